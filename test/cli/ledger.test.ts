// What leaves the house by commands: the ledger, and registrations for Excel.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, sapa } from './support.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await importSample(database.house)
  await addRegistration(database.house, 1)
  await addRegistration(database.house, 2, { name: '=HYPERLINK("http://x","Siti")', address: '+cmd|/c calc\u0007' })
  await sapa(database, ['registrations', 'accept', '--all'])
})
afterAll(() => database.close())

test('the ledger names the rule and the registration, by person, event and state', async () => {
  const rows = async (...options: string[]) =>
    JSON.parse((await sapa(database, ['ledger', '--json', ...options])).stdout)
  const all = await rows()
  expect(all.map((row: { rule: string }) => row.rule)).toEqual(['diterima', 'diterima'])
  expect(all[0]).toMatchObject({ event: 'pasuruan-2025-10', state: 'queued', sent_at: null })
  expect(await rows('--person', 'PSR-00001B')).toMatchObject([{ number: 'PSR-00001B', rule: 'diterima' }])
  expect(await rows('--state', 'accepted')).toEqual([])
  expect(await rows('--event', 'pasuruan-2025-10', '--state', 'queued')).toHaveLength(2)
})

test('the ledger is a table for people, and refuses a number that is nobody’s', async () => {
  const { stdout } = await sapa(database, ['ledger'])
  expect(stdout).toMatch(/^ID +SENT +STATE +RULE +NUMBER/)
  expect(stdout).toContain('2 messages')
  expect(await sapa(database, ['ledger', '--person', 'PSR-99999X'])).toMatchObject({ code: 1 })
  expect(await sapa(database, ['ledger', '--state', 'lost'])).toMatchObject({ code: 2 })
})

test('a person decides about what is uncertain or failed, with a reason; nothing else can be decided (O10)', async () => {
  const { db, seal } = database.house
  const rows = await db.selectFrom('ledger').select('id').orderBy('id').execute()
  const [first, second] = rows.map(({ id }) => id) as [string, string]
  const resolve = (...args: string[]) => sapa(database, ['ledger', 'resolve', ...args, '--by', 'Rini'])
  expect((await resolve(first, '--close', '--why', 'x')).stderr).toBe('sapa: nothing to decide: it is queued\n')
  const set = (id: string, row: object) => db.updateTable('ledger').set(row).where('id', '=', id).execute()
  await set(first, { state: 'uncertain', attempts: 2, channel: 'telegram', account: '1', expires_at: null })
  await set(second, { state: 'failed', why: 'blocked', channel: 'telegram', account: '1' })
  expect(await resolve(first)).toMatchObject({ code: 2 })
  expect(await resolve(first, '--resend', '--close', '--why', 'x')).toMatchObject({ code: 2 })
  const resent = await resolve(first.slice(-8), '--resend', '--why', 'Budi belum menerima')
  expect(resent).toMatchObject({ code: 0, stderr: '' })
  expect(resent.stdout).toMatch(/^resent: diterima PSR-0000\d\w /)
  expect((await resolve(second, '--close', '--why', 'sudah ditelepon', '--json')).stdout).toContain(
    `"closed": "${second}"`,
  )
  const now = await db.selectFrom('ledger').select(['state', 'why', 'channel']).orderBy('id').execute()
  expect(now).toEqual([
    { state: 'queued', why: 'sent again by hand', channel: 'telegram' },
    { state: 'cancelled', why: 'closed by hand', channel: 'telegram' },
  ])
  const audit = await db.selectFrom('audit').selectAll().where('action', 'like', 'ledger.%').orderBy('at').execute()
  expect(audit.map(({ action, by, subject }) => [action, by, subject])).toEqual([
    ['ledger.resent', 'Rini', first],
    ['ledger.closed', 'Rini', second],
  ])
  expect(seal.openJson(`audit.detail:${audit[0]?.id}`, audit[0]?.detail as Buffer)).toMatchObject({
    former: 'uncertain',
    why: 'Budi belum menerima',
  })
  await set(first, { state: 'uncertain', expires_at: new Date('2020-01-01') })
  expect((await resolve(first, '--resend', '--why', 'x')).stderr).toContain('its time is over')
  await set(first, { state: 'uncertain', expires_at: null, secret: true })
  expect((await resolve(first, '--resend', '--why', 'x')).stderr).toContain('must not be sent twice')
})

test('an Excel file has every value as text, no formula, and masks NIK and phone', async () => {
  const path = join(database.house.dataDir, 'list.xlsx')
  expect((await sapa(database, ['registrations', '--xlsx', path])).stdout).toContain('2 registrations')
  const parts = unzipSync(await readFile(path))
  const xml = Object.entries(parts)
    .filter(([name]) => name.endsWith('.xml'))
    .map(([, bytes]) => Buffer.from(bytes).toString())
    .join('\n')
  expect(xml).toContain('=HYPERLINK(')
  expect(xml).not.toMatch(/<f[ >]/)
  expect(xml).toContain('3575••••••••9001')
  expect(xml).not.toContain('3575011708859001')
  expect(xml).not.toContain('\u0007')
  expect(await sapa(database, ['registrations', '--xlsx', '/nowhere/list.xlsx'])).toMatchObject({ code: 1 })
  expect(await sapa(database, ['registrations', '--xlsx', path, '--csv'])).toMatchObject({ code: 2 })
})
