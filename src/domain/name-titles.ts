// Takes titles, degrees and forms of address off a name: "Drs. H. Kusnadi, M.M." → Kusnadi, Drs. H., M.M.

export type Titled = {
  readonly name: string
  readonly prefix?: string
  readonly suffix?: string
  readonly honorific: boolean
}

const PREFIX = new Map(
  Object.entries({
    h: 'H.',
    haji: 'H.',
    hj: 'Hj.',
    hajah: 'Hj.',
    hajjah: 'Hj.',
    kh: 'KH.',
    drs: 'Drs.',
    dra: 'Dra.',
    ir: 'Ir.',
    insinyur: 'Ir.',
    dr: 'Dr.',
    drg: 'drg.',
    prof: 'Prof.',
    doktor: 'Dr.',
    profesor: 'Prof.',
  }),
)
const HONORIFIC = new Set(
  `pak bapak bpk bp bu ibu mas mbak mba mbk cak kang bang abang mbah pakde pakdhe paklik bude budhe bulik om tante tn tuan
   ny nyonya sdr sdri saudara saudari ustadz ustad ustaz ust kyai kiai gus mr mrs`.split(/\s+/),
)
/** Degrees that are nobody's name, so that they are known without dots or comma: "Budi Santoso ST". */
const PLAIN_DEGREE = new Set('st se sh skom spd spdi sag sip skm skep amd mt mm msi mpd mkom'.split(' '))
const DEGREE = new Set([
  ...PLAIN_DEGREE,
  ...'sp ssi ssos shi str stp ssn sst sstp mh mhum mkes msc mba mtr mag map mak ama amdt amdkom amdkep phd bsc beng ba'.split(
    ' ',
  ),
])
/** After a comma anything that looks like a degree counts: S.Ars., M.Eng. */
const DOTTED_DEGREE = /^(?:[SMB]\.\p{L}{1,5}|A\.Md|Ph\.D|Sp\.\p{L}{1,5})(?:\.\p{L}{1,4})*\.?$/iu

/** The name without what stands before and after it; at least one word stays the name. */
export function splitTitles(text: string): Titled {
  const { name: bare, suffix } = splitDegrees(text)
  const prefixes: string[] = []
  let honorific = false
  let words = bare
    .replace(/^K\. ?H\.? ?(?=\p{L})/iu, 'KH. ')
    .split(' ')
    .flatMap(openTitle)
  while (words.length > 1) {
    const [first = '', ...rest] = words
    const key = letters(first)
    const title = PREFIX.get(key)
    if (title) prefixes.push(first === 'dr.' || first === 'dr' ? 'dr.' : title)
    else if (HONORIFIC.has(key)) honorific = true
    else break
    words = rest
  }
  return {
    name: words.join(' '),
    ...(prefixes.length && { prefix: prefixes.join(' ') }),
    ...(suffix && { suffix }),
    honorific,
  }
}

const letters = (word: string) => word.replaceAll('.', '').toLowerCase()

/** "Drs.H.Kusnadi" → Drs. H. Kusnadi; "HM. Yusuf" and "H.M. Yusuf" → H. M. Yusuf. Other dots stay: "A.R. Hakim". */
function openTitle(word: string): string[] {
  if (/^H\.?M\.$/i.test(word)) return ['H.', 'M.']
  const [, title = '', rest = ''] = /^(\p{L}+\.)(.+)$/u.exec(word) ?? []
  return PREFIX.has(letters(title)) || HONORIFIC.has(letters(title)) ? [title, ...openTitle(rest)] : [word]
}

/** Degrees after the name; a title after a comma ("Abdul Rokhim, H.") goes before it. A list of names stays whole. */
function splitDegrees(text: string): { name: string; suffix?: string } {
  const [first = '', ...after] = text.split(/\s*,\s*/)
  const words = first.split(' ')
  let end = words.length
  while (end > 1 && isPlainDegree(words[end - 1] as string)) end--
  const marks = after.filter(Boolean)
  if (!marks.every(mark => mark.split(' ').every(word => isDegree(word) || isTitle(word)))) return { name: text }
  const name = [...marks.filter(isTitle), ...words.slice(0, end)].join(' ')
  const degrees = [words.slice(end).join(' '), ...marks.filter(mark => !isTitle(mark))].filter(Boolean)
  return { name, ...(degrees.length && { suffix: degrees.map(spellDegree).join(', ') }) }
}

const isTitle = (word: string) => PREFIX.has(letters(word))
const isDegree = (word: string) => DEGREE.has(letters(word)) || DOTTED_DEGREE.test(word)
const isPlainDegree = (word: string) => (word.includes('.') ? DEGREE : PLAIN_DEGREE).has(letters(word))

/** As typed; all small gets its capitals: "s.pd" → "S.Pd", "st" → "ST". */
function spellDegree(degree: string): string {
  if (degree !== degree.toLowerCase()) return degree
  return degree.includes('.') ? degree.replace(/(?:^|[. ])\p{L}/gu, start => start.toUpperCase()) : degree.toUpperCase()
}
