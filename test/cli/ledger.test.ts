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
  expect(stdout).toMatch(/^SENT +STATE +RULE +NUMBER/)
  expect(stdout).toContain('2 messages')
  expect(await sapa(database, ['ledger', '--person', 'PSR-99999X'])).toMatchObject({ code: 1 })
  expect(await sapa(database, ['ledger', '--state', 'lost'])).toMatchObject({ code: 2 })
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
