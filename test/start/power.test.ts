// A worker begins in Telegram's look; the power fails; he goes on in WhatsApp's. Nothing is asked twice, nothing is lost.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Look } from '../../src/web/simulator/view.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { phonesOf } from '../support/phones.ts'
import { type Program, startProgram, startServer, temporaryFolder } from '../support/program.ts'

const CODE = /\b[A-Z][0-9A-Z]{3}-[0-9A-Z]{3}\d\b/

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: Program
let address = ''
beforeAll(async () => {
  folder = await temporaryFolder()
  server = startServer(folder.path)
  address = await server.ready
}, 60_000)
afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
  await folder.remove()
})

const phones = phonesOf(() => address)

/** Everything ends at once, the database too; then the server is started again on the same folder. */
async function powerFails(): Promise<void> {
  const postmaster = Number((await readFile(join(folder.path, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
  server.kill('SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  await server.ended
  server = startServer(folder.path)
  address = await server.ready
}

/** The steps that the bot has put on a look, in their order. */
async function stepsOn(person: string, look: Look): Promise<number[]> {
  const { bubbles } = (await phones.view(person)).chats[look]
  return bubbles.flatMap(({ mine, text }) =>
    mine ? [] : [...text.matchAll(/^Langkah (\d+) dari/gm)].map(m => Number(m[1])),
  )
}

test('what was begun in Telegram’s look is finished in WhatsApp’s, with the power gone in between', {
  timeout: 240_000,
}, async () => {
  const { consent, name, nik, nik_ok, birth_place, ...rest } = ORDINARY
  const person = await phones.person()
  for (const text of ['daftar', consent, name, nik, nik_ok] as string[]) await phones.says(person, 'telegram', text)
  // The phone does not know whether this one arrived: it hands it over again when the server is back.
  const id = randomUUID()
  const handed = phones.send(person, 'telegram', birth_place as string, id).catch(() => undefined)
  await powerFails()
  await handed
  await phones.says(person, 'telegram', birth_place as string, id)

  const { bubbles } = await phones.says(person, 'telegram', 'sambungkan')
  const code = CODE.exec(bubbles.at(-1)?.text ?? '')?.[0] ?? ''
  await powerFails()
  await phones.says(person, 'whatsapp', code)
  for (const text of Object.values(rest)) await phones.says(person, 'whatsapp', text)

  const steps = { telegram: await stepsOn(person, 'telegram'), whatsapp: await stepsOn(person, 'whatsapp') }
  // The fourth is the question at which the chat changed over: asked there, and put again here.
  expect(steps).toEqual({ telegram: [1, 2, 3, 4], whatsapp: [4, 5, 6, 7, 8, 9, 10, 11, 12] })
  const { stdout } = await startProgram('src/cli.ts', ['registrations', '--json', '--reveal'], {
    SAPA_DATA_DIR: folder.path,
  }).ended
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({
      name,
      nik,
      birth_date: '1985-08-17',
      sex: 'L',
      birth_place: 'Pasuruan',
      phone: '+6283600000017',
      address: rest.address,
      trade: 'tukang-bata-plesteran-1',
      level: 1,
      association: 'gapensi',
      experience_years: 5,
      education: 'SMP',
      status: 'MENUNGGU_VERIFIKASI',
    }),
  ])
})
