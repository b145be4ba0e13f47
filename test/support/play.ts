// Plays a transcript: says what the worker says, as the look allows it, and gives what the bot said.
import { expect } from 'vitest'
import { render } from '../../src/bots/render.ts'
import { register } from '../../src/flows/register.ts'
import type { Option, Reply, Said } from '../../src/flows/types.ts'
import { eventAt } from './events.ts'
import { decideInOffice, invite } from './office.ts'
import type { Line } from './transcript.ts'
import { answerUntil, LOOKS, type Look, openEvent, type Person, type World } from './world.ts'

const FICTIONAL_FILE = {
  id: '01900000-0000-7000-8000-000000000000',
  type: 'image/jpeg',
  bytes: 1000,
  blurred: false,
} as const

/** What the bot said, by the number of the line it follows. */
export type Spoken = Readonly<Record<number, readonly string[]>>

/** Plays a transcript in a world that starts empty. */
export async function play(
  world: World,
  lines: readonly Line[],
  head: Readonly<Record<string, string>>,
  look: Look,
  phone = head['nomor chat'],
): Promise<Spoken> {
  await world.begin(`${head['hari ini'] ?? '2025-09-20'}T09:00:00+07:00`)
  for (const name of (head.acara ?? 'Pasuruan').split(', ')) await openEvent(world.house, eventAt(name))
  const other = look === 'telegram' ? 'whatsapp' : 'telegram'
  let here: Look = look
  let worker = world.person('pekerja', phone)
  let code = ''
  const said: Record<number, readonly string[]> = {}
  let last: readonly Reply[] = []
  let tokens: readonly string[] = []
  const phones = new Map([['pekerja', worker]])
  for (const line of lines) {
    if (line.who === 'bot') continue
    if (line.who === 'time') await world.pass(line.hours)
    else if (line.who === 'app') {
      here = here === look ? other : look
      // Nobody there tells the number of the first.
      worker = world.person('pekerja', here === look ? phone : undefined, here)
    } else if (line.who === 'phone') {
      worker = phones.get(line.whose) ?? world.person(line.whose, undefined, here)
      phones.set(line.whose, worker)
    } else if (line.who === 'office' && line.act.startsWith(INVITES)) {
      code = await invite(world, line.act.slice(INVITES.length))
      last = []
    } else if (line.who === 'office') {
      // What is due for several people at once leaves in any order.
      const told = await (world.office ?? decideInOffice)(world, line.act)
      last = told.toSorted((a, b) => (a.text < b.text ? -1 : 1))
    } else last = await speak(world, worker, filled(line.text, code, tokens), last, here)
    if (line.who === 'time' || line.who === 'app' || line.who === 'phone') continue
    const shownTokens = last.flatMap(reply => TOKEN.exec(reply.text)?.[1] ?? [])
    if (shownTokens.length > 0) tokens = shownTokens
    code = last.flatMap(reply => CODE.exec(reply.secret ? reply.text : '') ?? [])[0] ?? code
    said[line.line] = last.map(reply => shown(reply, here, head.saluran !== undefined))
  }
  return said
}

/** One message of the worker; words in brackets are a press, words in parentheses something that is no text. */
async function speak(
  world: World,
  worker: Person,
  text: string,
  last: readonly Reply[],
  look: Look,
): Promise<readonly Reply[]> {
  const until = /^\(sudah menjawab sampai (.+)\)$/.exec(text)
  if (until) {
    const label = until[1] as string
    const last = register.questions.find(q => q.label === label)?.id ?? 'confirm'
    await answerUntil(worker, last)
    return []
  }
  const other = /^\(orang lain sudah mendaftar dengan NIK (\d{16})\)$/.exec(text)
  if (other) {
    await answerUntil(world.person('orang lain'), 'confirm', { name: 'Agus Salim', nik: other[1] as string })
    return []
  }
  return worker.says(message(text, last, look))
}

function message(text: string, last: readonly Reply[], look: Look): Said {
  const press = /^\[(.+)\]$/.exec(text)
  if (press) return pressed(press[1] as string, last, look)
  switch (text) {
    case '(foto)':
      return { kind: 'file', file: FICTIONAL_FILE }
    case '(foto buram)':
      return { kind: 'file', file: { ...FICTIONAL_FILE, blurred: true } }
    case '(PDF)':
      return { kind: 'file', file: { ...FICTIONAL_FILE, type: 'application/pdf' } }
    case '(berkas SVG)':
      return { kind: 'lost_file', problem: 'wrong_type' }
    case '(berkas 20 MB)':
      return { kind: 'lost_file', problem: 'too_big' }
    case '(kontak sendiri)':
      return { kind: 'contact', phone: '6283600000017', own: true }
    case '(kontak orang lain)':
      return { kind: 'contact', phone: '6283600000018', own: false }
    case '(suara)':
      return { kind: 'other', what: 'voice' }
    case '(stiker)':
      return { kind: 'other', what: 'sticker' }
    case '(lokasi)':
      return { kind: 'other', what: 'location' }
    case '(polling)':
      return { kind: 'other', what: 'poll' }
    case '(pesan disunting)':
      return { kind: 'other', what: 'edit' }
    case '(tombol lama)':
      return { kind: 'button', asked: 1, value: 'YES' }
    case '(pesan kosong)':
      return { kind: 'text', text: '' }
    case '(10.000 huruf)':
      return { kind: 'text', text: 'a'.repeat(10_000) }
    default:
      return sheetOf(text) ?? { kind: 'text', text }
  }
}

/** "(berkas: Nama; NIK / Budi; 3575…)" is a spreadsheet, "(kontak Siti 0836…)" a card of an address book. */
function sheetOf(text: string): Said | undefined {
  const [, cells] = /^\(berkas: (.+)\)$/s.exec(text) ?? []
  if (cells) return { kind: 'sheet', rows: cells.split(/ \/ |\n/).map(row => row.split(/; ?/)) }
  const [, name, phone] = /^\(kontak (\D+) (\d+)\)$/.exec(text) ?? []
  return name && phone ? { kind: 'contact', phone, own: false, name } : undefined
}

/** A press where there are buttons; elsewhere the number that the menu shows for it, or the word itself. */
function pressed(label: string, last: readonly Reply[], look: Look): Said {
  const reply = last.findLast(r => r.options?.some(o => o.label === label))
  const index = reply?.options?.findIndex(o => o.label === label) ?? -1
  const option = reply?.options?.[index] as Option | undefined
  if (!option) throw new Error(`the bot offers no [${label}]`)
  if (LOOKS[look].buttons) return { kind: 'button', asked: reply?.asked ?? -1, value: option.value }
  if (reply?.spoken) return { kind: 'text', text: label.split(/[ ,]/)[0] as string }
  return { kind: 'text', text: String(option.number ?? index + 1) }
}

const INVITES = 'undang pengurus '
/** The token that a message passes on. */
const TOKEN = /DAFTAR ([0-9A-Z]{10})\b/

/** KODE is the code that was told last, TOKEN the first of the links that were, TOKEN2 the second. */
const filled = (text: string, code: string, tokens: readonly string[]): string =>
  text.replace('KODE', code).replace(/TOKEN(\d?)/, (_, n: string) => tokens[Number(n || 1) - 1] ?? 'TOKEN')

/** What is another one each time, or on each channel. */
const CODE = /\b[A-Z][0-9A-Z]{3}-[0-9A-Z]{3}\d\b/
/** Links stand only where our accounts have names. */
const LINKS = /Buka tautan ini:\n(?:https:\/\/(?:t|wa)\.me\/\S+\n)+Tautannya tidak terbuka\? Kirim ke chat panitia:/
const fixed = (text: string): string =>
  text
    .replace(/HAPUS-\w{8}/, 'HAPUS-BUKTI')
    .replaceAll(new RegExp(CODE, 'g'), 'KODE')
    .replaceAll(/Chat (on )?(?:Simulator|WhatsApp), (sejak|since)/g, 'Chat $1WhatsApp, $2')
    .replace(LINKS, 'Caranya: kirim pesan ini ke chat panitia:')
    .replace(TOKEN, 'DAFTAR TOKEN')

const pictured = ({ ticket }: Reply): string =>
  !ticket ? '' : 'certificate' in ticket ? '(gambar kartu pemberitahuan)' : '(gambar QR)'

/** A reply as a transcript shows it; what a channel renders must hold all of it. */
function shown(reply: Reply, look: Look, onlyHere: boolean): string {
  const drawn = render(reply, LOOKS[look])
  for (const option of reply.spoken ? [] : (reply.options ?? [])) {
    expect([...drawn.texts, ...drawn.rows.flat().map(b => b.label)].join('\n')).toContain(option.label)
  }
  const options = reply.options?.map(o => `[${o.label}]`).join(' ')
  const contact = onlyHere && reply.shareContact ? `${reply.shareContact.hint}\n[${reply.shareContact.label}]` : ''
  const name = reply.document?.name ?? reply.table?.name
  const file = name ? `(berkas ${name})` : reply.cards ? `(PDF: ${reply.cards.people.length} kartu QR)` : ''
  return [reply.popup ? '(sekilas)' : '', fixed(reply.text), pictured(reply), file, options, contact]
    .filter(Boolean)
    .join('\n')
}

/** What the transcript says the bot says, by the number of the line it follows. */
export function written(lines: readonly Line[]): Spoken {
  const said: Record<number, string[]> = {}
  let before = 0
  for (const line of lines) {
    if (line.who === 'bot') said[before]?.push(line.text)
    else if (line.who !== 'time' && line.who !== 'app' && line.who !== 'phone') {
      before = line.line
      said[before] = []
    }
  }
  return said
}

/** A transcript is written down on the simulator; who asks for his data is told where he really chats. */
export const onWhatsApp = (spoken: Spoken): Spoken =>
  Object.fromEntries(
    Object.entries(spoken).map(([line, texts]) => [
      line,
      texts.map(text => text.replaceAll(/Chat (on )?Simulator/g, 'Chat $1WhatsApp')),
    ]),
  )
