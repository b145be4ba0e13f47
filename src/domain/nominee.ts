// One nominee as an officer writes him: "3. Budi Santoso - 0836 0000 0017 - tukang batu", in whatever order.
import { readBirthDate } from './birth-date.ts'
import { trades } from './catalogue.ts'
import { readName } from './name.ts'
import { splitTitles } from './name-titles.ts'
import { readNik } from './nik.ts'
import { readPhone } from './phone.ts'
import { readTrade } from './trade.ts'
import { words } from './words.ts'

/** What a line gave. Only the name is needed; `warn` says what was written and could not be read. */
export type Nominee = {
  readonly name?: string
  /** Titles before and behind it, as the registration keeps them. */
  readonly prefix?: string
  readonly suffix?: string
  readonly phone?: string
  readonly nik?: string
  /** How many digits a NIK of another length has. */
  readonly digits?: number
  readonly birth_date?: string
  /** An entry of the trade catalogue, its level included. */
  readonly trade?: string
  readonly warn: readonly string[]
}

/** The texts of a nominee's fields, as far as they are known to be that. */
export type Written = { readonly [Field in 'name' | 'phone' | 'nik' | 'birth_date' | 'trade']?: string }

type Context = { readonly today: string }

/** What tells nothing to an officer. */
const QUIET = new Set(['OUT_OF_CITY', 'REGION_UNKNOWN', 'DISTRICT_UNKNOWN', 'CONFUSABLE_FIXED', 'HONORIFIC_DROPPED'])

/** Reads each field by itself; what can't be read is left out and named. */
export function readWritten(written: Written, { today }: Context): Nominee {
  const warn: string[] = []
  const take = <V>(read: { ok: true; value: V; warn?: readonly string[] } | { ok: false; reason: string }) => {
    warn.push(...(read.ok ? (read.warn ?? []) : [read.reason]))
    return read.ok ? read.value : undefined
  }
  const said = (text: string | undefined): text is string => text !== undefined && /[\p{L}\d]/u.test(text)
  const name = said(written.name) ? take(readName(written.name)) : undefined
  const phone = said(written.phone) ? take(readPhone(written.phone)) : undefined
  const nik = said(written.nik) ? take(readNik(written.nik, { today })) : undefined
  const birth_date = said(written.birth_date) ? take(readBirthDate(written.birth_date, { today })) : undefined
  const trade = said(written.trade) ? take(readTrade(written.trade, trades)) : undefined
  return {
    ...name,
    ...(phone ? { phone } : {}),
    ...(nik ? { nik: nik.nik } : {}),
    ...(warn.includes('NIK_LENGTH') ? { digits: (written.nik ?? '').replace(/\D/g, '').length } : {}),
    ...(birth_date ? { birth_date } : {}),
    ...(trade ? { trade } : {}),
    warn: [...new Set(warn.filter(one => !QUIET.has(one)))],
  }
}

/** A part that has been found is a gap between the others. */
const GAP = '\t'
const DATE =
  /(?<!\d)\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}(?!\d)|(?<!\d)(?:19|20)\d{2}-\d{1,2}-\d{1,2}(?!\d)|(?<!\d)\d{1,2} (?:jan|feb|mar|apr|mei|jun|jul|agu|agt|sep|okt|nov|des)\p{L}* (?:19|20)\d{2}(?!\d)/iu
const SCIENTIFIC = /(?<!\d)\d[.,]\d+ ?e ?\+? ?\d{1,2}(?!\d)/i
const NIK = /(?<![\d+])[1-9]\d(?:[ .-]?\d){14}(?!\d)/
/** As long as no phone is, or as begins like a NIK: one that lost or won a digit. */
const NEARLY_NIK = /(?<![\d+])(?!62|0|8)[1-9]\d(?:[ .]?\d){11,16}(?!\d)/
const PHONE = /(?:(?:wa\.me\/|tel:)?\+?\(?\d[\d\s().-]{2,20}\d)/i
const LABEL =
  /(?<!\p{L})(?:nama(?: lengkap)?|nik|no\.? ?ktp|ktp|no\.? ?(?:hp|wa|telp|tlp|telepon)|nomor (?:hp|wa|telepon)|hp|wa|telp|tlp|telepon|(?:tgl|tanggal)\.? lahir|lahir|jabatan(?: kerja)?|pekerjaan|keahlian)\s*[:=]/giu
/** A label without a colon, before what was found. */
const BARE_LABEL = /(?<!\p{L})(?:nik|(?:no\.? ?)?(?:ktp|hp|wa|telp|tlp))(?=[\s.]*\t)/giu
const BULLET = /^\s*(?:[-*•·–>✓]+\s*|\(?\d{1,3}\s*[.):\]]\s*-?\s*|\d{1,3}\s*-\s*(?=\p{L})|\d{1,3}\s+(?=\p{L}))/u
/** Words with which a trade begins, so that "Slamet mandor" is no name of two words. */
const HEADS = new Set(
  `tukang tk tkg mandor pelaksana operator op juru pengawas kepala teknisi sopir supir welder surveyor estimator drafter
  ahli manajer manager petugas pemasang perancah asisten`.split(/\s+/),
)

/** True where a line is marked as one of a list. */
export const isMarked = (line: string): boolean => BULLET.test(line)

/** The parts of a line; `name` is missing where nothing in it can be one. */
export function partsOf(line: string): Written {
  let rest = ` ${line.replace(BULLET, '')} `.replace(LABEL, GAP)
  const found: { -readonly [Field in keyof Written]: string } = {}
  const cut = (field: 'nik' | 'phone' | 'birth_date', pattern: RegExp) => {
    const match = found[field] === undefined ? pattern.exec(rest)?.[0] : undefined
    if (match === undefined) return
    found[field] = match.trim()
    rest = rest.replace(match, GAP)
  }
  cut('nik', SCIENTIFIC)
  cut('nik', NIK)
  cut('birth_date', DATE)
  cut('nik', NEARLY_NIK)
  cut('phone', PHONE)
  const cells = rest
    .replace(BARE_LABEL, GAP)
    .split(/[\t;|]|\s[-–—/]\s|\s[-–—]|[-–—]\s|\s:\s/)
    .flatMap(splitCommas)
    .map(cell => cell.replace(/^[\s,.:()/-]+|[\s,:(/-]+$/g, ''))
    .filter(cell => /\p{L}/u.test(cell))
  const [first = '', ...others] = cells
  const { name, trade } = nameAndTrade(first)
  const told = [trade, ...others].filter(Boolean).join(' ')
  return { ...found, ...(name ? { name } : {}), ...(told ? { trade: told } : {}) }
}

/** A comma parts cells, but for one before a degree: "Budi, S.T.". */
function splitCommas(cell: string): string[] {
  const [name = '', ...after] = cell.split(/\s*,\s*/)
  if (after.length > 0 && splitTitles(`${name}, ${after[0]}`).suffix) return [`${name}, ${after[0]}`, ...after.slice(1)]
  return [name, ...after]
}

/** "Slamet mandor", "Budi Santoso tk. batu": where a trade begins behind a name. */
function nameAndTrade(cell: string): { readonly name: string; readonly trade?: string } {
  const parts = cell.replace(/\s*\((.+)\)\s*$/, ' $1').split(/\s+/)
  const at = parts.findIndex((part, n) => n > 0 && HEADS.has(words(part)))
  if (at < 0) return { name: cell }
  return { name: parts.slice(0, at).join(' '), trade: parts.slice(at).join(' ') }
}
