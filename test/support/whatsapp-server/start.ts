// npm run start:emulator: the bot beside a WhatsApp of this machine's own, and a console to chat through. No phone needed.
import './trust.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createConsole } from './console.ts'
import { startWhatsAppServer } from './server.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const { SAPA_DATA_DIR = 'data-emulator' } = process.env
const server = await startWhatsAppServer()
const env = { ...process.env, SAPA_DATA_DIR, WHATSAPP: 'baileys', WHATSAPP_WS_URL: server.url }
const run = (script: string, args: readonly string[]) =>
  spawn(process.execPath, ['--import', here('./trust.ts'), here(`../../../src/${script}`), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C is the console's: it stops the bot in order.
    detached: true,
  })

const keyboard = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY })
const print = (line: string): void => {
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[K')
  console.log(line)
  if (process.stdin.isTTY) keyboard.prompt(true)
}

/** The operator's command, with what it shows handed to the owner's phone. */
async function link(scan: (qr: string) => void): Promise<string | undefined> {
  const command = run('cli.ts', ['whatsapp', 'link', '--json'])
  const ended = once(command, 'close')
  const problem = text(command.stderr)
  for await (const line of createInterface({ input: command.stdout })) {
    const news: { qr?: string } = JSON.parse(line)
    if (news.qr) scan(news.qr)
  }
  const [code] = await ended
  return code === 0 ? undefined : (await problem).trim()
}

const desk = createConsole({ server, print, link, pictures: join(resolve(SAPA_DATA_DIR), 'pictures') })
const bot = run('main.ts', [])
for (const stream of [bot.stdout, bot.stderr])
  createInterface({ input: stream }).on('line', line => {
    print(line)
    if (!line.startsWith('sapa ready')) return
    print(
      `${desk.help}\nOperator's commands, in another terminal: SAPA_DATA_DIR=${SAPA_DATA_DIR} npm run -s sapa -- whatsapp status`,
    )
    keyboard.on('line', take)
    prompt()
  })

/** One line after the other, as they were typed. */
let taking = Promise.resolve()
function take(line: string): void {
  if (line.trim() === '/quit') keyboard.close()
  else taking = taking.then(() => desk.take(line)).then(prompt)
}
function prompt(): void {
  keyboard.setPrompt(`${desk.who()}> `)
  if (process.stdin.isTTY) keyboard.prompt(true)
}

// A closed terminal ends the bot too.
for (const signal of ['SIGHUP', 'SIGTERM'] as const) process.once(signal, () => keyboard.close())

await Promise.race([once(keyboard, 'close'), once(bot, 'close')])
bot.kill('SIGTERM')
if (bot.exitCode === null) await once(bot, 'close')
await server.close()
process.exit(bot.exitCode ?? 0)
