// Plays every transcript through the house, on each channel's look: what the bot says must be what is written.
// `TRANSCRIPTS=write npx vitest run test/transcripts.test.ts` writes down what it says now, to be read and reviewed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { render } from '../src/bots/render.ts'
import { register } from '../src/flows/register.ts'
import type { Option, Reply, Said } from '../src/flows/types.ts'
import { decideInOffice } from './support/office.ts'
import { type Line, readTranscript } from './support/transcript.ts'
import { answerUntil, createWorld, LOOKS, type Look, openEvent, type Person, type World } from './support/world.ts'

const FOLDER = new URL('./transcripts/', import.meta.url)
const WRITE = process.env.TRANSCRIPTS === 'write'
const FICTIONAL_FILE = {
  id: '01900000-0000-7000-8000-000000000000',
  type: 'image/jpeg',
  bytes: 1000,
  blurred: false,
} as const

const worlds: Partial<Record<Look, World>> = {}
beforeAll(async () => {
  for (const look of Object.keys(LOOKS) as Look[]) worlds[look] = await createWorld(look)
})
afterAll(() => Promise.all(Object.values(worlds).map(world => world.close())))

for (const file of readdirSync(FOLDER).filter(name => name.endsWith('.txt'))) {
  const text = readFileSync(new URL(file, FOLDER), 'utf8')
  const transcript = readTranscript(text)
  const only = transcript.head.saluran as Look | undefined
  describe(transcript.title, () => {
    for (const look of only ? [only] : (Object.keys(LOOKS) as Look[])) {
      it(`${file} with the look of ${look}`, async () => {
        const said = await play(transcript.lines, transcript.head, look)
        if (WRITE && look === (only ?? 'telegram')) writeFileSync(new URL(file, FOLDER), rewritten(text, said))
        else if (!WRITE) expect(said).toEqual(written(transcript.lines))
      })
    }
  })
}

/** What the bot said, by the number of the line it follows. */
type Said_ = Readonly<Record<number, readonly string[]>>

async function play(lines: readonly Line[], head: Readonly<Record<string, string>>, look: Look): Promise<Said_> {
  const world = worlds[look] as World
  await world.begin(`${head['hari ini'] ?? '2025-09-20'}T09:00:00+07:00`)
  await openEvent(world.house)
  let here = look
  let worker = world.person('pekerja', head['nomor chat'])
  let code = ''
  const said: Record<number, readonly string[]> = {}
  let last: readonly Reply[] = []
  for (const line of lines) {
    if (line.who === 'bot') continue
    if (line.who === 'time') await world.pass(line.hours)
    else if (line.who === 'app') {
      here = here === 'telegram' ? 'whatsapp' : 'telegram'
      worker = world.person('pekerja', head['nomor chat'], here)
    } else if (line.who === 'office') last = await decideInOffice(world, line.act)
    else last = await speak(world, worker, line.text.replace('KODE', code), last, here)
    if (line.who === 'time' || line.who === 'app') continue
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
      return { kind: 'text', text }
  }
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

/** What is another one each time. */
const CODE = /[A-Z][0-9A-Z]{3}-[0-9A-Z]{3}\d/
const fixed = (text: string): string =>
  text.replaceAll(new RegExp(CODE, 'g'), 'KODE').replace(/HAPUS-\w{8}/, 'HAPUS-BUKTI')

/** A reply as a transcript shows it; what a channel renders must hold all of it. */
function shown(reply: Reply, look: Look, onlyHere: boolean): string {
  const drawn = render(reply, LOOKS[look])
  for (const option of reply.spoken ? [] : (reply.options ?? [])) {
    expect([...drawn.texts, ...drawn.rows.flat().map(b => b.label)].join('\n')).toContain(option.label)
  }
  const options = reply.options?.map(o => `[${o.label}]`).join(' ')
  const contact = onlyHere && reply.shareContact ? `${reply.shareContact.hint}\n[${reply.shareContact.label}]` : ''
  const file = reply.document ? `(berkas ${reply.document.name})` : ''
  return [reply.popup ? '(sekilas)' : '', fixed(reply.text), reply.ticket ? '(gambar QR)' : '', file, options, contact]
    .filter(Boolean)
    .join('\n')
}

/** What the transcript says the bot says, by the number of the line it follows. */
function written(lines: readonly Line[]): Said_ {
  const said: Record<number, string[]> = {}
  let before = 0
  for (const line of lines) {
    if (line.who === 'bot') said[before]?.push(line.text)
    else if (line.who !== 'time' && line.who !== 'app') {
      before = line.line
      said[before] = []
    }
  }
  return said
}

/** The transcript with what the bot really said. */
function rewritten(text: string, said: Said_): string {
  const out: string[] = []
  const after: string[] = []
  let inBot = false
  for (const [i, raw] of text.split('\n').entries()) {
    const goesOn = /^\s+\S/.test(raw)
    if (!goesOn) inBot = /^Bot: ?/.test(raw)
    if (inBot) continue
    if (!goesOn) out.push(...after.splice(0))
    out.push(raw)
    after.push(
      ...(said[i + 1]?.map(
        one =>
          `Bot: ${one
            .split('\n')
            .map(l => l || '|')
            .join('\n     ')}`,
      ) ?? []),
    )
  }
  return [...out, ...after].join('\n')
}
