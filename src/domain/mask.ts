// Hides long numbers in words that people wrote: a NIK or a phone may stand anywhere.

/** Nine digits or more, also with spaces and dashes between: the middle is hidden. */
export const maskNumbers = (text: string): string =>
  text.replace(/\+?\d(?:[\s.-]?\d){8,}/g, run => {
    const digits = run.replace(/\D/g, '')
    return `${digits.slice(0, 4)}${'•'.repeat(digits.length - 8)}${digits.slice(-4)}`
  })
