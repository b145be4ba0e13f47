// Reads the association somebody belongs to. Acronyms differ by a letter or two: a near miss is always confirmed.
import type { Association } from './catalogue.ts'
import { NOT_SURE } from './polarity.ts'
import { got, not, type Read } from './read.ts'
import { commandOr } from './refuse.ts'
import { cores, isBlank, phrases, squeeze, typos, words } from './words.ts'

export type AssociationContext = {
  /** Ids that take part in the event. */
  readonly offered: readonly string[]
  readonly all: readonly Association[]
}

/** Words around a name that don't say which association it is. */
const AROUND = new Set(
  `saya sy aku kulo kami dari anggota member ikut gabung bergabung tergabung masuk lewat melalui asosiasi asosiasinya
  organisasi pengurus ketua sekretaris bendahara bpc bpd bpp dpc dpd dpp dpw cabang pusat wilayah kota kab kabupaten
  provinsi prov pasuruan probolinggo malang jatim jawa timur surabaya sidoarjo mojokerto pak bu bapak ibu mas mbak min kak
  ya yaa nggih aja saja ae di ke yang yg adalah itu ini utusan perwakilan wakil nama namanya karo teko saking apa opo
  dan atau sama`.split(/\s+/),
)

const NO =
  '(?:tidak|tdk|tak|gak|ga|gk|nggak|ngga|enggak|engga|ndak|nda|kagak|ora|ra|belum|blm|belom|durung|dereng|mboten|boten|bukan|tanpa|non)'
const BELONGS = `(?:ada|onok|ono|ana|wonten|punya|duwe|gadah|ikut|melu|nderek|masuk|gabung|bergabung|tergabung|terdaftar|jadi|menjadi|
  anggota|asosiasi|asosiasinya|organisasi|apa|apapun|opo|mana|manapun|pernah|tau|dalam|di|dari|sama|sekali|pak|bu|ya)`
const NO_MEMBER = new RegExp(`^(?:(?:saya|sy|aku|kulo|maaf|kami) )*(?:${NO}|g)(?: ${BELONGS.replace(/\s+/g, '')})*$`)
const NEGATED = new RegExp(`(?:^| )${NO}(?: |$)`)
const ALONE = phrases({
  none: `perorangan, perseorangan, orang perorangan, perorang, individu, individual, pribadi, mandiri, sendiri, sendirian,
    independen, independent, freelance, freelancer, lepas, bebas, umum, peserta umum, swadaya, dewe, dewean, ijen,
    jalur umum, jalur mandiri, nihil, kosong, none, no, nothing, netral`,
})

/** What was found: several, one that is meant, or one that is probably meant. */
type Found = { readonly hits: readonly Association[]; readonly sure: boolean; readonly doubt: boolean }

/** Nobody's association takes that long to say. */
const LONGEST = 300

const ACRONYMS = new WeakMap<Association, string>()

function acronym(a: Association): string {
  const known = ACRONYMS.get(a) ?? words(a.acronym).replaceAll(' ', '')
  ACRONYMS.set(a, known)
  return known
}

/** Acronyms in the text, the letters possibly set apart: "G.A.P.E.N.S.I", "gapek nas", "A2K4-I". */
function byAcronym(said: readonly string[], core: readonly string[], all: readonly Association[]): Found {
  const names = all.map(a => ({ a, name: acronym(a) }))
  const prose = core.some(word => word.length > 1 && !names.some(({ name }) => name === word))
  const hits = new Set<Association>()
  let doubt = false
  for (const [from] of said.entries())
    for (let to = from + 1; to <= Math.min(said.length, from + 10); to++) {
      const run = said.slice(from, to)
      if (run.length > 1 && run.some(word => AROUND.has(word))) break
      const spelled = run.join('')
      for (const { a, name } of names) {
        // "aksi" is also an ordinary word: a short acronym must be all that was said.
        if (name.length < 5 && prose && core.length > run.length) continue
        const misspelled = spelled !== name && (squeeze(spelled) === squeeze(name) || a.aliases.includes(spelled))
        if (spelled === name || misspelled) hits.add(a)
        if (misspelled) doubt = true
      }
    }
  return { hits: [...hits], sure: hits.size === 1, doubt }
}

/** The association whose full name stands in the text, the longest first, or those whose names hold all its words. */
function byName(said: readonly string[], all: readonly Association[]): Found {
  const text = ` ${said.join(' ')} `
  const whole = all
    .filter(a => text.includes(` ${words(a.name)} `))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
  if (whole) return { hits: [whole], sure: true, doubt: false }
  const named = said.filter(word => word === 'asosiasi' || !AROUND.has(word))
  const hits = named.length < 2 ? [] : all.filter(a => named.every(word => words(a.name).split(' ').includes(word)))
  return { hits, sure: hits.length === 1, doubt: true }
}

/** What one misspelled word may be: begun but not finished, or a letter or two off; best first. */
function byLikeness(said: string, all: readonly Association[]): Found {
  const begun = said.length > 1 ? all.filter(a => squeeze(acronym(a)).startsWith(said)) : []
  if (begun.length) return { hits: begun, sure: begun.length === 1 && said.length > 4, doubt: true }
  const ranked = all
    .map(a => ({ a, off: typos(said, squeeze(acronym(a))) }))
    .filter(({ off }) => said.length > 2 && off <= (said.length > 7 ? 2 : 1))
    .toSorted((x, y) => x.off - y.off)
  const [first, second] = ranked
  const sure = said.length > 4 && first !== undefined && (!second || second.off > first.off)
  return { hits: ranked.map(({ a }) => a), sure, doubt: true }
}

/** The id of an offered association; FUZZY where it was misspelled, and must be confirmed. */
export function readAssociation(text: string, { offered, all }: AssociationContext): Read<string> {
  if (isBlank(text)) return not('ASSOC_EMPTY')
  if (text.length > LONGEST) return not('ASSOC_UNKNOWN')
  const said = words(text).split(' ')
  const core = said.filter(word => !AROUND.has(word))
  const negated = NEGATED.test(said.join(' '))
  const acronyms = byAcronym(said, core, all)
  const found = acronyms.hits.length ? acronyms : byName(said, all)
  if (found.hits.length) return choose({ ...found, sure: found.sure && !negated }, offered)
  const none = [...cores(text)].some(each => NO_MEMBER.test(each)) || ALONE.has(squeeze(core.join(' ')))
  if (none && !NOT_SURE.test(said.join(' '))) return not('ASSOC_NONE')
  const like = core.length === 1 && !negated ? choose(byLikeness(squeeze(core[0] as string), all), offered) : undefined
  return like && (like.ok || like.reason !== 'ASSOC_UNKNOWN') ? like : commandOr(text, not<string>('ASSOC_UNKNOWN'))
}

function choose({ hits, sure, doubt }: Found, offered: readonly string[]): Read<string> {
  const candidates = hits.filter(a => offered.includes(a.id)).map(a => a.id)
  const [first] = hits
  if (!sure || !first) return candidates.length ? not('ASSOC_AMBIGUOUS', { candidates }) : not('ASSOC_UNKNOWN')
  if (!offered.includes(first.id)) return not('ASSOC_NOT_OFFERED')
  return doubt ? got(first.id, 'FUZZY') : got(first.id)
}
