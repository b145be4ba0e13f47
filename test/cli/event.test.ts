import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, sapa, setClock } from './support.ts'

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

test('a session is moved only with --yes; before, it is shown who is told what and when, and afterwards who is silent (O5)', async () => {
  const moving = await freshDatabase()
  try {
    const { house } = moving
    await setClock(house, '2025-10-05T10:00:00+07:00')
    await importSample(house)
    const [told, fresh] = [await addRegistration(house, 1), await addRegistration(house, 2, { name: 'Siti Aminah' })]
    await house.db.updateTable('registration').set({ status: 'DITERIMA' }).execute()
    await sql`insert into ledger (id, purpose, recipient, occurrence, registration_id, conversation_id, event_id, state,
      event_version) values (new_id(), 'diterima', ${told.id}, 'accepted', ${told.id}, ${told.conversation},
      'pasuruan-2025-10', 'accepted', 1)`.execute(house.db)
    const move = (...args: string[]) => sapa(moving, ['event', 'move', 'd1-reg', ...args])

    const shown = await move('--to', '2025-10-08T13:00:00+07:00')
    expect(shown.code).toBe(1)
    expect(shown.stderr).toBe('sapa: nothing was changed; to replace pasuruan-2025-10 as shown, add --yes\n')
    expect(shown.stdout).toContain('sessions.d1-reg.start: 2025-10-08T07:30:00+07:00 → 2025-10-08T13:00:00+07:00\n')
    expect(shown.stdout).toContain(
      '1 people are told from 2025-10-05 10:00 on:\n' +
        '  "Registrasi ulang, cek KTP, pembagian perlengkapan: sekarang Rabu, 8 Oktober 2025, 13.00 WIB (sebelumnya 07.30 WIB)."\n' +
        `  ${told.number}  telegram  Budi Santoso\n` +
        `  not 1: was told nothing so far (${fresh.number})\n`,
    )
    expect(shown.stdout).toContain('Reminder pagi: 2025-10-08 06:00 → 2025-10-08 12:45\n')
    const of = (purpose: string) =>
      house.db.selectFrom('ledger').select('state').where('purpose', '=', purpose).execute()
    expect(await of('perubahan')).toEqual([])

    const done = JSON.parse((await move('--to', '2025-10-08T13:00:00+07:00', '--yes', '--json')).stdout)
    expect(done).toMatchObject({
      imported: true,
      version: 2,
      told: { people: [{ number: told.number }], others: [fresh.number] },
    })
    expect(await of('perubahan')).toEqual([{ state: 'queued' }])
    const change = async () => JSON.parse((await sapa(moving, ['event', 'show', '--json'])).stdout).change
    expect(await change()).toMatchObject({ version: 2, told: 1, confirmed: 0, silent: [{ number: told.number }] })
    await sql`insert into confirmed (ledger_id) select id from ledger where purpose = 'perubahan'`.execute(house.db)
    expect(await change()).toMatchObject({ told: 1, confirmed: 1, silent: [] })

    expect((await move('--to', '2025-11-08T13:00:00+07:00')).stderr).toMatch(
      /d1-reg can't be moved there: .*isn't within/,
    )
    expect((await sapa(moving, ['event', 'move', 'd9', '--to', '2025-10-08T13:00:00+07:00'])).stderr).toContain(
      'no session "d9"',
    )
    expect(await move('--to', 'tomorrow')).toMatchObject({ code: 2 })
  } finally {
    await moving.close()
  }
})
