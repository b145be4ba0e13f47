// Spells a name: "SITI BINTI ALI" → "Siti binti Ali".

const SMALL = new Set(['bin', 'binti'])

/** Capitals where names have them; a numeral and a word with marks that no name has stay as typed. */
export function spell(name: string): string {
  const words = name
    .replace(/\.(?=\p{L}{2})/gu, '. ')
    .replace(/\s*-\s*/g, '-')
    .split(/\s+/)
  return words
    .map((word, i) => (i > 0 && SMALL.has(word.toLowerCase()) ? word.toLowerCase() : capitalise(word)))
    .join(' ')
}

function capitalise(word: string): string {
  if (/[^\p{L}\p{M}.'-]/u.test(word) || /^(?:II|III|IV)$/.test(word)) return word
  return word.toLowerCase().replace(/^[do]'\p{L}|(?:^'?|[.-])\p{L}/gu, start => start.toUpperCase())
}
