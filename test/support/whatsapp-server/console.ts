// The console of the emulator: whoever sits at it is people with phones, and the owner of the linked number.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { card } from '../../files/samples.ts'
import type { Person } from './people.ts'
import type { WhatsAppServer } from './server.ts'

export type Desk = {
  readonly server: WhatsAppServer
  readonly print: (line: string) => void
  /** Asks the bot for linking; gives each QR as it comes. Resolves with what went wrong, if anything. */
  readonly link: (qr: (text: string) => void) => Promise<string | undefined>
  /** Where pictures and files from the bot are kept. */
  readonly pictures: string
}

const HELP = `Type what a worker writes; a line that begins with / is a command:
  /link           link the number, as its owner who scans the QR code
  /scan QR        scan the QR code of this text (sapa whatsapp link --json)
  /code CODE      type the code of "sapa whatsapp link --code"
  /as NUMBER      be somebody else: /as +6281200000002
  /photo [FILE]   send a picture or PDF file; without FILE a made-up identity card
  /voice          send a voice note
  /drop           cut the line        /end CODE     end the stream: 500, 440 …
  /refuse CODE    refuse the bot's next message: 463, 429 …
  /logout         the owner removes the device
  /quit           stop`

/** Gives what takes a line, and who is writing now. */
export function createConsole({ server, print, link, pictures }: Desk) {
  const people = new Map<string, Person>()
  let me = become('+6281200000001')

  function become(number: string): Person {
    const pn = number.replace(/\D/g, '')
    const known = people.get(pn)
    if (known) return known
    const person = server.person(pn)
    people.set(pn, person)
    let shown = 0
    server.world.events.on(`message ${pn}`, async () => {
      const fresh = person.sees().slice(shown)
      shown += fresh.length
      for (const { id, text, picture, file } of fresh) {
        if (picture) print(`to ${person.phone}: a picture, ${await keep(`${id}.png`, picture)}`)
        if (file) print(`to ${person.phone}: a file, ${await keep(`${id}-${basename(file.name)}`, file.bytes)}`)
        if (text) print(`to ${person.phone}: ${text.replaceAll('\n', '\n    ')}`)
      }
    })
    return person
  }

  async function keep(name: string, bytes: Buffer): Promise<string> {
    await mkdir(pictures, { recursive: true })
    const path = join(pictures, name)
    await writeFile(path, bytes)
    return path
  }

  async function sendFile(path: string): Promise<unknown> {
    if (path === '') return me.sendsImage(await card())
    const bytes = await readFile(resolve(path))
    return path.toLowerCase().endsWith('.pdf') ? me.sendsDocument(bytes, 'application/pdf') : me.sendsImage(bytes)
  }

  async function scanAll(): Promise<void> {
    const problem = await link(qr => print(server.scan(qr) ? 'scanned' : 'the phone says: couldn’t link this device'))
    print(problem ?? `linked: +${server.owner().pn}`)
  }

  const commands: Readonly<Record<string, (rest: string) => unknown>> = {
    link: scanAll,
    scan: qr => print(server.scan(qr) ? 'scanned' : 'the phone says: couldn’t link this device'),
    code: code => server.type(code.replace('-', '').toUpperCase()),
    as: number => {
      if (!/\d{7}/.test(number)) return print('/as wants a number: /as +6281200000002')
      me = become(number)
    },
    photo: sendFile,
    voice: () => me.sends({ audioMessage: { ptt: true } }, '(suara)'),
    drop: () => server.drop(),
    end: code => server.streamError(Number(code) || 500),
    refuse: error => server.fails({ error: error || '463' }),
    logout: () => server.logOut(),
    help: () => print(HELP),
  }

  return {
    help: HELP,
    who: () => me.phone,
    /** Does what a line says. What can't be done is printed. */
    take: async (line: string): Promise<void> => {
      const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/.exec(line.trim()) ?? []
      try {
        if (!line.trimStart().startsWith('/')) return void (line.trim() && (await me.says(line.trim())))
        const command = commands[name]
        if (!command) return print(`there is no /${name}; /help lists what there is`)
        await command(rest)
      } catch (error) {
        print(error instanceof Error ? error.message : String(error))
      }
    },
  }
}
