// The guide for the operator is true: its commands, typed in its order, lead from an empty folder to results that people have heard.
import { execFile } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { readServerNote } from '../../src/db/folder.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { type Program, startServer } from '../support/program.ts'
import { startTelegramServer, type TelegramServer } from '../support/telegram-server.ts'
import { type Copy, commandsOf, filesOf, follow } from './follow.ts'

const run = promisify(execFile)
const GUIDE = 'run-an-event.md'
/** These end by refusing, as the guide says. */
const REFUSED = /event move (?!.*--yes)/

let copy: Copy
let telegram: TelegramServer
let server: Program | undefined
let people: readonly ReturnType<TelegramServer['person']>[]
beforeAll(async () => {
  copy = await follow(GUIDE)
  // As root PostgreSQL runs as another user, who must come by.
  await chmod(copy.path, 0o755)
  telegram = await startTelegramServer()
  people = [1, 2, 3, 4].map(id => telegram.person(id))
})
afterAll(async () => {
  await stop('SIGTERM')
  await telegram.close()
  await copy.remove()
})

const data = () => join(copy.path, 'data')

/** As `start.sh` of the guide, with a Telegram of our own. */
async function start(): Promise<void> {
  server = startServer(data(), { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root })
  await server.ready
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  server?.kill(signal)
  await server?.ended
}

async function setClock(local: string): Promise<void> {
  const db = connect((await readServerNote(data()))?.databaseUrl ?? '', () => {}, 1)
  await sql`update installation set clock_shift = ${`${local}+07:00`}::timestamptz - clock_timestamp()`.execute(db)
  await db.destroy()
}

async function register(n: number): Promise<void> {
  const person = people[n - 1] as (typeof people)[number]
  const answers = { ...ORDINARY, nik: `357501170885900${n}`, phone: `08360000001${n}` }
  person.says('daftar')
  await person.hears(/setuju/i)
  for (const answer of Object.values(answers)) {
    person.says(answer)
    await person.hears(answer === 'YA' ? /Nomor pendaftaran/ : /./)
  }
}

/** Writes a chapter's files and types its commands; what each printed. */
async function typeChapter(chapter: number): Promise<string[]> {
  for (const [name, content] of await filesOf(GUIDE, chapter)) await writeFile(join(copy.path, name), content)
  const printed: string[] = []
  for (const command of await commandsOf(GUIDE, chapter)) {
    const env = { PATH: process.env.PATH, PORT: '0' }
    const ended = await run('sh', ['-c', command], { cwd: copy.path, env }).catch(error => error)
    expect({ command, code: ended.code ?? 0, stderr: ended.stderr }).toEqual({
      command,
      code: REFUSED.test(command) ? 1 : 0,
      stderr: REFUSED.test(command) ? expect.stringContaining('nothing was changed') : '',
    })
    printed.push(ended.stdout)
  }
  return printed
}

const hears = (n: number, pattern: RegExp) => people[n - 1]?.hears(pattern, 20_000)

test('from an empty folder to results that people have heard', { timeout: 600_000 }, async () => {
  const [, imported, shown] = await typeChapter(3)
  expect(imported).toContain('pasuruan-2025-10 is imported, version 1')
  expect(shown).toContain('Ascent Premier Hotel')
  const [key] = await typeChapter(4)
  expect(Buffer.from(key as string, 'base64')).toHaveLength(32)

  await start()
  await setClock('2025-09-20T09:00:00')
  for (const n of [1, 2, 3, 4]) await register(n)
  expect((await typeChapter(6)).join()).toContain('4 MENUNGGU_VERIFIKASI')

  const decided = await typeChapter(7)
  expect(decided.join('\n')).toContain('4 registrations: peserta.xlsx')
  expect(decided.find(text => text.startsWith('At 2025-10-05T09:00+07:00'))).toMatch(
    /h-3 \(pasuruan-2025-10\): 2 people/,
  )
  await Promise.all([hears(1, /Selamat/), hears(2, /Selamat/), hears(3, /foto KTP buram/), hears(4, /belum bekerja/)])

  await setClock('2025-10-06T10:00:00')
  const [before, after, silent] = await typeChapter(8)
  expect(before).toContain('2 people are told from 2025-10-06 10:00')
  expect(after).toContain('version 2')
  expect(silent).toContain('silent: PSR-00001B')
  await Promise.all([hears(1, /08\.00/), hears(2, /08\.00/)])

  await setClock('2025-10-07T19:00:00')
  await Promise.all([hears(1, /besok/), hears(2, /besok/)])
  await typeChapter(9)
  const sheet = (await run('cat', ['daftar-hadir.txt'], { cwd: copy.path })).stdout
  expect(sheet).toMatch(/PSR-00001B[\s\S]*PSR-00002C[\s\S]*2 people/)

  await setClock('2025-10-08T07:50:00')
  const [checked, preview] = await typeChapter(10)
  expect(checked).toContain('PSR-00001B  Budi Santoso: checked in at d1-reg, 2025-10-08 07:50')
  expect(preview).toMatch(/belum-hadir[^\n]*: 1 people\n {2}PSR-00002C/)

  await setClock('2025-10-20T09:00:00')
  const published = await typeChapter(11)
  expect(published[0]).toContain('2 results: 1 Kompeten, 1 Belum Kompeten')
  expect(published.at(-1)).toContain('2 hear their result')
  await setClock('2025-10-20T09:11:00')
  await Promise.all([hears(1, /balas dengan tanggal lahir/), hears(2, /balas dengan tanggal lahir/)])
  for (const n of [1, 2]) people[n - 1]?.says('17-08-1985')
  await Promise.all([hears(1, /: Kompeten\./), hears(2, /: Belum Kompeten\.[\s\S]*banding sampai 27 Oktober 2025/)])
  const heard = (await typeChapter(12)).join('\n')
  expect(heard).toContain('what counts now: 1 Kompeten, 1 Belum Kompeten')
  expect(heard).toContain('hasil: 2 accepted')
  expect(heard).toContain('results.csv: 2')

  await stop('SIGKILL')
  people[0]?.says('status')
  await start()
  await hears(1, /Status: diterima/i)
})
