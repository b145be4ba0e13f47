// What an officer may type: KUOTA, STATUS, DAFTAR USULAN, BATALKAN 3, GANTI Budi -> Siti, KIRIM ULANG 3, HASIL …
import { clean } from './clean.ts'
import { type CommandName, readCommand } from './command.ts'
import { words } from './words.ts'

type Plain =
  | 'quota'
  | 'status'
  | 'list'
  | 'nominate'
  | 'cards'
  | 'template'
  | 'worker'
  | 'help'
  | 'human'
  | 'drop'
  | 'schedule'
  | 'results'
  | 'why'
  | 'my_data'
  | 'erase'
  | 'stop'
  | 'start'

export type OfficeCommand =
  | { readonly kind: Plain }
  /** About one nominee, by his number in the list or his name. */
  | { readonly kind: 'cancel'; readonly whom: string }
  | { readonly kind: 'resend'; readonly whom: string }
  | { readonly kind: 'replace'; readonly whom: string; readonly by: string }
  /** Lines of the draft that are left out. */
  | { readonly kind: 'strike'; readonly numbers: readonly number[] }

const WHOLE: readonly (readonly [RegExp, Plain])[] = [
  [
    /^(?:(?:cek|lihat|sisa|berapa|masih ada|tinggal) )*(?:kuota|quota|kursi)(?:nya)?(?: (?:kami|kita|sisa|tinggal|masih|berapa|lagi|ada))*$/,
    'quota',
  ],
  [/^(?:cek |lihat )?(?:status|rekap)(?: usulan| anggota| peserta)?$/, 'status'],
  [
    /^(?:siapa|sapa|sinten) (?:\w+ ){0,3}(?:belum|blm|sudah|sdh|durung|dereng|wis) (?:\w+ ){0,2}(?:daftar|mendaftar|terdaftar|buka|membuka|selesai|lengkap|klaim)$/,
    'status',
  ],
  [
    /^(?:bagaimana |gimana |piye )?cara(?:nya)? (?:mengusulkan|usul|mengirim|kirim|menambah|nambah)(?: \w+){0,2}$/,
    'help',
  ],
  [/^(?:lihat |cek )?(?:daftar|list) (?:usulan|anggota|nama|peserta)$/, 'list'],
  [/^(?:kartu|cetak|kartu qr|cetak kartu|qr|pdf)$/, 'cards'],
  [/^(?:(?:minta |kirim )?(?:contoh|template|templat|format))(?: file| berkas| excel| daftar)?$/, 'template'],
  [/^(?:saya )?(?:peserta|sebagai peserta)$/, 'worker'],
]
const CANCEL = /^(?:batal|batalkan|batalin|coret)\s+(?:usulan\s+)?(?:no(?:mor)?\.?\s+)?(.+)$/i
const RESEND = /^(?:kirim|krm)\s+(?:ulang|lagi)\s+(?:no(?:mor)?\.?\s+)?(.+)$/i
const REPLACE =
  /^ganti(?:kan)?\s+(?:no(?:mor)?\.?\s+)?(.+?)\s*(?:->|=>|→|>|:|;|=|\s(?:dengan|dgn|jadi|menjadi|oleh|ke)\s)\s*(.+)$/i
const STRIKE = /^(?:hapus|buang|hilangkan)\s+(?:baris\s+)?(\d[\d\s,&-]*(?:dan\s*\d+\s*)*)$/i

/** The command a message is, as a whole. */
export function readOfficeCommand(text: string): OfficeCommand | undefined {
  if (text.length > 300 || text.includes('\n')) return undefined
  const plain = clean(text).replace(/^\//, '')
  const strike = STRIKE.exec(plain)?.[1]
  if (strike) return { kind: 'strike', numbers: numbersOf(strike) }
  const [, replaced, by] = REPLACE.exec(plain) ?? []
  if (replaced && by) return { kind: 'replace', whom: replaced, by }
  const cancelled = CANCEL.exec(plain)?.[1]
  if (cancelled) return { kind: 'cancel', whom: cancelled }
  const resent = RESEND.exec(plain)?.[1]
  if (resent) return { kind: 'resend', whom: resent }
  const said = words(plain)
  const whole = WHOLE.find(([pattern]) => pattern.test(said))
  if (whole) return { kind: whole[1] }
  const command = readCommand(plain)
  if (!command.ok) return undefined
  return { kind: EVERYBODYS[command.value] ?? 'help' }
}

/** What an officer means by the words that everybody uses. */
const EVERYBODYS: { readonly [Name in CommandName]?: Plain } = {
  NOMINATE: 'nominate',
  STATUS: 'status',
  REGISTER: 'worker',
  SWITCH: 'worker',
  OTHER: 'worker',
  HUMAN: 'human',
  CANCEL: 'drop',
  SCHEDULE: 'schedule',
  RESULT: 'results',
  WHY: 'why',
  MYDATA: 'my_data',
  ERASE: 'erase',
  STOP: 'stop',
  START: 'start',
}

/** "3, 5-7 dan 9" → 3, 5, 6, 7, 9. */
function numbersOf(text: string): number[] {
  return text.split(/,|&|dan|\s(?!-)(?<!-\s)/i).flatMap(part => {
    const [from, to = from] = part.split('-').map(Number)
    if (!from || !to || to < from || to > 1_000) return []
    return Array.from({ length: to - from + 1 }, (_, n) => from + n)
  })
}
