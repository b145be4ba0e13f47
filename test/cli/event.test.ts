import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, sapa } from './support.ts'

let database: TestDatabase
let other: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  other = await freshDatabase()
})
afterAll(() => Promise.all([database.close(), other.close()]))

/** The sample with changes, as a file. */
async function fileWith(name: string, change: (file: typeof sample) => void): Promise<string> {
  const file = structuredClone(sample)
  change(file)
  const path = join(database.house.dataDir, name)
  await writeFile(path, JSON.stringify(file))
  return path
}

test('a new event is imported; one that is there is replaced only with --yes, its changes shown first', async () => {
  const run = (...args: string[]) => sapa(database, ['event', ...args])
  expect((await run('show')).stderr).toBe('sapa: there is no event yet: sapa event import FILE\n')
  expect(await run('import', 'examples/pasuruan-2025.json', '--by', 'Rini')).toEqual({
    code: 0,
    stdout: 'pasuruan-2025-10 is imported, version 1\n',
    stderr: '',
  })
  const path = await fileWith('changed.json', file => {
    file.event.capacity = 80
    file.quotas.gapensi = 10
    file.sessions = file.sessions.filter(({ id }) => id !== 'd1-break1')
  })
  const shown = await run('import', path)
  expect(shown.code).toBe(1)
  expect(shown.stdout).toContain('event.capacity: 75 → 80\nquotas.gapensi: 8 → 10\n')
  expect(shown.stdout).toContain('sessions.d1-break1.title: Rehat kopi (gone)\n')
  expect(shown.stderr).toBe('sapa: nothing was changed; to replace pasuruan-2025-10 as shown, add --yes\n')
  const done = JSON.parse((await run('import', path, '--yes', '--json')).stdout)
  expect(done).toMatchObject({ id: 'pasuruan-2025-10', version: 2, imported: true })
  expect((await run('import', path)).stdout).toBe('pasuruan-2025-10 is unchanged, version 2\n')
})

test('an event is shown with its seats', async () => {
  await importSample(other.house)
  await addRegistration(other.house, 1)
  const [text, json] = await Promise.all([sapa(other, ['event', 'show']), sapa(other, ['event', 'show', '--json'])])
  expect(text?.stdout).toContain('Registration  2025-09-15 08:00 to 2025-10-03 16:00 (Asia/Jakarta)')
  expect(text?.stdout).toMatch(/gapensi +8 +0 +1 +0 +8/)
  expect(text?.stdout).toMatch(/together +75 +0 +1 +0 +75/)
  expect(JSON.parse(json?.stdout ?? '')).toMatchObject({
    id: 'pasuruan-2025-10',
    version: 1,
    file: { event: { capacity: 75 } },
  })
})

test('a file with mistakes, no file and a file that is no JSON are refused in one line', async () => {
  const path = await fileWith('wrong.json', file => {
    file.event.capacity = 70
    file.event.timezone = 'Asia/Makassar'
  })
  const [wrong, none, text] = await Promise.all(
    [path, '/nowhere.json', '.gitignore'].map(file => sapa(database, ['event', 'import', file])),
  )
  expect(wrong).toMatchObject({ code: 1, stdout: '' })
  expect(wrong?.stderr).toMatch(
    /^sapa: \S+ has mistakes: quotas: together they give 75 seats[^\n]*; registration.open: [^\n]*\n$/,
  )
  expect(none?.stderr).toBe("sapa: /nowhere.json can't be read (ENOENT)\n")
  expect(text?.stderr).toMatch(/^sapa: .gitignore is no JSON: [^\n]*\n$/)
})
