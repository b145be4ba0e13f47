// `sapa whatsapp`: links a number, and says how it stands. The process that holds the socket does the work; this asks for it.
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Argument, type Command } from 'commander'
import QRCode from 'qrcode'
import { ACCOUNT } from '../bots/whatsapp/account.ts'
import type { LinkNews } from '../bots/whatsapp/store.ts'
import { readConfig } from '../config.ts'
import { audit } from '../db/audit.ts'
import { COLD_PER_DAY, setStartsCold } from '../db/cold.ts'
import { addLink, isHeld, watchLink } from '../db/whatsapp-link.ts'
import { readNumber } from '../db/whatsapp-number.ts'
import { readPhone } from '../domain/phone.ts'
import type { House } from '../house.ts'
import { digestOfToken, placeOfNews, placeOfPhone, SOCKET_LEASE } from '../jobs/whatsapp-store.ts'
import { actor, type Common, inHouse } from './house.ts'
import { print, printJson, printLines } from './print.ts'
import { CommandRefused } from './refuse.ts'
import { printStatus } from './whatsapp-status.ts'
import { printTemplates } from './whatsapp-templates.ts'

const LOOK_MS = 300
/** Somebody who watches keeps the request alive for so long; a closed terminal ends it. */
const WATCH_SECONDS = 30
const URL_SECONDS = 600
const SERVER_MS = 8_000

type LinkOptions = Common & { readonly code?: string; readonly url?: true }

export function addWhatsApp(program: Command): void {
  const whatsapp = program.command('whatsapp').description('link a WhatsApp number, and see how it stands')
  whatsapp
    .command('link')
    .description('link a number, beside a running server with WHATSAPP=baileys: scan the QR code with its phone')
    .option('--code <phone>', 'type a code on the phone of this number instead of scanning')
    .option('--url', 'print the link of a page that shows the QR code, for ten minutes')
    .action((_, command: Command) => inHouse(house => link(house, command.optsWithGlobals<LinkOptions>())))
  whatsapp
    .command('status')
    .description('say how the number stands, what waits, and who has not written to a new number yet')
    .action((_, command: Command) => inHouse(house => printStatus(house, command.optsWithGlobals<Common>())))
  whatsapp
    .command('cold')
    .description(
      `let notices start at most ${COLD_PER_DAY} chats a day with who has not written to this number, or not (default)`,
    )
    .addArgument(new Argument('<switch>').choices(['on', 'off']))
    .action((value: string, _, command: Command) =>
      inHouse(house => switchCold(house, value === 'on', command.optsWithGlobals<Common>())),
    )
  whatsapp
    .command('templates')
    .description('print the templates to submit to Meta for WHATSAPP=cloud')
    .action((_, command: Command) => printTemplates(command.optsWithGlobals<Common>()))
}

async function link(house: House, options: LinkOptions): Promise<void> {
  if (options.code && options.url) throw new CommandRefused('--code and --url exclude each other')
  const phone = options.code === undefined ? null : numberOf(options.code)
  const stands = await readNumber(house.db, ACCOUNT)
  if (stands?.number && ['ok', 'connecting'].includes(stands.standing))
    throw new CommandRefused(
      `${stands.number} is linked: to link another number, first remove this device on its phone (WhatsApp → Linked devices)`,
    )
  await waitForServer(house)
  const id = randomUUIDv7()
  const token = options.url ? randomBytes(24).toString('base64url') : null
  const by = actor(options)
  await addLink(house.db, {
    id,
    account: ACCOUNT,
    asked_by: by,
    phone: phone === null ? null : house.seal.seal(placeOfPhone(id), phone),
    token: token === null ? null : digestOfToken(house.seal, token),
    seconds: token ? URL_SECONDS : WATCH_SECONDS,
  })
  await audit(house.db, house.seal, [{ by, action: 'whatsapp.link', subject: ACCOUNT, detail: {} }])
  if (!token) return print(watch(house, id, options))
  const { publicUrl, host, port } = readConfig(process.env)
  const url = `${publicUrl ?? `http://${host}:${port}`}/whatsapp/link/${token}`
  await printLines(options.json ? JSON.stringify({ url }) : url)
}

async function switchCold({ db, seal }: House, on: boolean, options: Common): Promise<void> {
  await db.transaction().execute(async trx => {
    if (!(await setStartsCold(trx, ACCOUNT, on)))
      throw new CommandRefused('no number is linked yet: sapa whatsapp link')
    await audit(trx, seal, [{ by: actor(options), action: 'whatsapp.cold', subject: ACCOUNT, detail: { on } }])
  })
  if (options.json) return printJson({ cold: on })
  await printLines(on ? `on: at most ${COLD_PER_DAY} chats a day are started` : 'off: no chat is started')
}

function numberOf(text: string): string {
  const read = readPhone(text)
  if (!read.ok) throw new CommandRefused(`--code wants the number of the phone, like +6281234567890, not "${text}"`)
  return read.value
}

async function waitForServer({ db }: House): Promise<void> {
  const end = performance.now() + SERVER_MS
  while (!(await isHeld(db, SOCKET_LEASE))) {
    if (performance.now() > end)
      throw new CommandRefused('no server with WHATSAPP=baileys runs: start it first (WHATSAPP=baileys npm start)')
    await sleep(LOOK_MS)
  }
}

/** Shows what is to be scanned or typed, the next as soon as the last is worn out, until the number is linked. */
async function* watch({ db, seal }: House, id: string, { json }: LinkOptions): AsyncGenerator<string> {
  let shown = ''
  while (true) {
    const row = await watchLink(db, id, WATCH_SECONDS).catch(() => {
      throw new CommandRefused('the database does not answer any more: is the server still running?')
    })
    const news = row?.news ? seal.openJson<LinkNews>(placeOfNews(id), row.news) : undefined
    if (news && 'failed' in news) throw new CommandRefused(news.failed)
    if (news && JSON.stringify(news) !== shown) {
      shown = JSON.stringify(news)
      const lines = json ? [JSON.stringify('linked' in news ? { linked: true } : news)] : await inWords(news)
      yield lines.map(line => `${line}\n`).join('')
    }
    if (news && 'linked' in news) return
    if (!row?.open) throw new CommandRefused('the linking was ended: another one was asked for, or the server stopped')
    await sleep(LOOK_MS)
  }
}

async function inWords(news: Exclude<LinkNews, { failed: string }>): Promise<string[]> {
  if ('linked' in news) return [`linked: ${news.linked}`]
  if ('code' in news)
    return [
      `Type on the phone (WhatsApp → Linked devices → Link with phone number): ${news.code.slice(0, 4)}-${news.code.slice(4)}`,
    ]
  return [
    await QRCode.toString(news.qr, { type: 'terminal', small: true }),
    'Scan with the phone of the number: WhatsApp → Linked devices → Link a device. A new code follows by itself.',
  ]
}
