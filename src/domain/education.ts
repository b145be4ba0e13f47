// Reads the last diploma a person holds: schools of today and of old, religious schools, equivalency packages, degrees.
import { clean } from './clean.ts'
import { readNumberWords } from './numbers.ts'
import { got, not, type Read } from './read.ts'
import { commandOr } from './refuse.ts'
import { cores, isBlank, words } from './words.ts'

/** From the lowest to the highest. D4 counts as S1. */
export const EDUCATIONS = ['NONE', 'SD', 'SMP', 'SMA', 'SMK', 'D1', 'D2', 'D3', 'S1', 'S2', 'S3'] as const
export type Education = (typeof EDUCATIONS)[number]

/** Unmistakable words, wherever they stand; each is taken out before the next is looked for. */
const SCHOOLS: readonly (readonly [RegExp, Education])[] = [
  [/\b(?:smk+n?|smkk|stmn?|smean?|smtk|smik|smip|esemka|es em ka|es te em|(?:sekolah )?teknik menengah)\b/g, 'SMK'],
  [/\b(?:sekolah |pendidikan )?(?:menengah )?(?:kejuruan|ekonomi atas)\b/g, 'SMK'],
  [/\b(?:sma+n?|smun?|slta+n?|sltan?|esema|es em a|spg|pga|(?:madrasah )?ali+y*ah?|paket c|ulya)\b/g, 'SMA'],
  [/\b(?:sekolah )?(?:menengah|lanjutan)(?: tingkat)? (?:atas|umum)\b/g, 'SMA'],
  [/\b(?:smp+n?|sltp+n?|mtsn?|m ts|smep|esempe|es em pe|(?:madrasah )?t?s[ao]?nawiy*ah|paket b|wust?h?o)\b/g, 'SMP'],
  [/\b(?:sekolah )?(?:menengah|lanjutan)(?: tingkat)? pertama\b|\bsekolah teknik\b/g, 'SMP'],
  [
    /\b(?:sd+n?|s r|sdi|sdit|sdlb|esde|es de|s d|sekolah (?:dasar|rakyat)|(?:madrasah )?ibtid[ai]+y*ah|paket a)\b/g,
    'SD',
  ],
]

/** Titles that say a degree where no degree is named. */
const TITLES: readonly (readonly [RegExp, Education])[] = [
  [/\b(?:sarjana muda|akademi|ahli madya|amd|a md)\b/, 'D3'],
  [/\b(?:pasca ?sarjana|magister|megister|master)\b/, 'S2'],
  [/\b(?:sarjana|sarjna|sarjanah|insinyur|bachelor)\b/, 'S1'],
  [/\b(?:doktor|doctor|phd|ph d)\b/, 'S3'],
]

/** Short words that only count at the start of the answer ("MA Negeri 2") … */
const AT_START: Readonly<Record<string, Education>> = {
  mi: 'SD',
  min: 'SD',
  sr: 'SD',
  st: 'SMP',
  ma: 'SMA',
  man: 'SMA',
}

/** … or as the whole of it, its spaces and full stops left out. */
const ALONE: Readonly<Record<string, Education>> = {
  ...{ ula: 'SD', di: 'D1', dii: 'D2', diii: 'D3', div: 'S1', ir: 'S1', spd: 'S1', skom: 'S1', se: 'S1', sh: 'S1' },
  ...{ sag: 'S1', spdi: 'S1', mt: 'S2', mm: 'S2', mpd: 'S2', msi: 'S2', mkom: 'S2', dr: 'S3' },
}

const NO =
  '(?:tidak|tdk|tak|gak|ga|g|gk|nggak|ngga|enggak|engga|ndak|nda|kagak|ora|ra|belum|blm|belom|durung|dereng|mboten|boten)'
const NEVER = new RegExp(
  `^${NO} (?:(?:pernah|prnah|tau|nate) )?(?:ber)?se?kolah?(?: sd| sama sekali)?$|` +
    `^${NO} (?:(?:ada|punya|gadah|duwe|nduwe|memiliki|wonten|ono) ?)?(?:ijazah|ijasah|ijasa|pendidikan|berpendidikan)?$|` +
    `^(?:tanpa|non) (?:ijazah|ijasah|sekolah|pendidikan)$|^buta (?:huruf|aksara)$|^(?:none|no school)$`,
)
const UNFINISHED = new RegExp(
  `\\b${NO} (?:\\p{L}+ )?(?:lulus|tamat|selesai|rampung|tutug|sampai|sampe)\\b|\\b(?:putus|drop ?out|dropout|do|keluar|metu|mutung)\\b`,
  'u',
)
const UNDERWAY =
  /\b(?:kelas|kls|klas|semester|smt|tingkat) ?(?:\d|[ivx]+\b|satu|dua|tiga|empat|lima|enam)|\b(?:masih|sedang|proses|mahasiswa|pelajar|siswa|kuliah)\b/
const LEADING =
  /^(?:(?:saya|sy|aku|kulo|pendidikan|pendidikannya|pend|terakhir|ijazah|ijasah|ijazahnya|lulusan|tamatan|lulus|tamat|hanya|cuma|cuman|sampai|setara|sederajat|setingkat|kejar|dari|adalah|sudah|program)\b ?)+(?=.)/

/** What a diploma that was not finished leaves. */
const BELOW: Readonly<Record<Education, Education>> = {
  ...{ NONE: 'NONE', SD: 'NONE', SMP: 'SD', SMA: 'SMP', SMK: 'SMP', D1: 'SMA', D2: 'SMA', D3: 'SMA', S1: 'SMA' },
  ...{ S2: 'S1', S3: 'S2' },
}

/** The degrees named by letter and number: "D3", "d-iii", "diploma tiga", "strata satu"; undefined among them: "S4". */
function degrees(said: string): (Education | undefined)[] {
  const named = said.matchAll(
    /\b(d|de|dip|dipl|diplom|diploma|s|es|strata) ?(\d+|i{1,3}|iv|satu|dua|tiga|empat|siji|loro|telu|papat)\b/g,
  )
  return [...named].map(([, letter, number]) => {
    const n = /^i/.test(number as string)
      ? number === 'iv'
        ? 4
        : (number as string).length
      : readNumberWords(number as string)
    if (/^d/.test(letter as string)) return n === 4 ? 'S1' : EDUCATIONS.find(e => e === `D${n}`)
    return EDUCATIONS.find(e => e === `S${n}`)
  })
}

function schools(said: string): Education[] {
  let rest = said
  return SCHOOLS.flatMap(([school, education]) => {
    const before = rest
    rest = rest.replace(school, ' ')
    return rest === before ? [] : [education]
  })
}

/** The education an answer names, whether or not it was finished. Several, or none, leave it open. */
function named(said: string, plain: string): Education | undefined {
  // "S.T." is the degree, "ST" the old technical school.
  if (/^s\.\s?t\b/.test(plain)) return 'S1'
  const found = new Set([...degrees(said), ...schools(said)])
  if (found.size > 0) return found.size === 1 ? [...found][0] : undefined
  const title = TITLES.find(([name]) => name.test(said))
  const core = said.replace(LEADING, '')
  return title?.[1] ?? ALONE[core.replaceAll(' ', '')] ?? AT_START[core.split(' ')[0] as string]
}

/** The last diploma; `suggest` where one was begun and not finished. */
export function readEducation(text: string): Read<Education> {
  const plain = clean(text).toLowerCase()
  const said = words(text)
  if (isBlank(text)) return not('EDU_EMPTY')
  if ([...cores(said)].some(core => NEVER.test(core.replace(LEADING, '')))) return got<Education>('NONE')
  const education = named(said, plain)
  if (!education) return commandOr(text, not<Education>('EDU_UNCLEAR'))
  if (UNFINISHED.test(said) && education === 'SD') return got<Education>('NONE')
  if (UNFINISHED.test(said) || UNDERWAY.test(said)) return not<Education>('EDU_UNCLEAR', { suggest: BELOW[education] })
  return new RegExp(`\\b${NO}\\b`).test(said) ? not('EDU_UNCLEAR') : got(education)
}
