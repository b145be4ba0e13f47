// The guide to results is true: its files are imported and its commands carried out, in its order, word for word.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { run } from '../../src/cli/program.ts'
import { addRegistration, importSample, setClock } from '../cli/support.ts'
import { freshDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'
import { sendDue } from '../support/office.ts'

const STEP = /^`([\w.]+)`:\n\n```csv\n(.*?)^```$|^```\n(.*?)^```$/gms

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('whoever follows the guide has published results', { timeout: 240_000 }, async () => {
  const database = await freshDatabase()
  const { house } = database
  const environment = {
    DATABASE_URL: database.url,
    SAPA_KEY: TEST_KEY.toString('base64'),
    SAPA_DATA_DIR: house.dataDir,
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  // What the commands print is not looked at here.
  process.stdout.setMaxListeners(100)
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  const at = (time: string) => setClock(house, `2025-10-20T${time}:00+07:00`)
  await setClock(house, '2025-10-01T09:00:00+07:00')
  await importSample(house)
  const people = [await addRegistration(house, 1), await addRegistration(house, 2)]
  await accept(house, { numbers: people.map(({ number }) => number) }, 'Bu Rini')
  await at('09:00')
  const guide = await readFile('docs/guide/results.md', 'utf8')
  const done: string[] = []
  for (const [, file, content, commands] of guide.matchAll(STEP)) {
    if (file) await writeFile(join(house.dataDir, file), content ?? '')
    for (const line of commands?.trim().split('\n') ?? []) {
      const args = [...line.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(5)
      // The files lie in the folder in which the commands are typed.
      const here = args.map(arg => (/\.csv$|^bukti$/.test(arg) ? join(house.dataDir, arg) : arg))
      expect({ line, code: await run(['node', 'sapa', ...here]) }).toEqual({ line, code: 0 })
      done.push(line)
      // "When the minutes are over the messages leave."
      if (done.filter(one => one.includes('approve')).length === 2 && line.includes('approve')) await at('09:30')
      if (done.filter(one => one.includes('approve')).length === 3 && line.includes('approve')) await at('10:00')
      await sendDue({ house })
    }
  }
  expect(done.length).toBeGreaterThan(14)
  const told = await house.db
    .selectFrom('ledger')
    .select('purpose')
    .where('purpose', 'in', ['hasil', 'sertifikat'])
    .where('state', '<>', 'cancelled')
    .execute()
  expect(told.map(({ purpose }) => purpose).sort()).toEqual(['hasil', 'hasil', 'sertifikat'])
  await database.close()
})
