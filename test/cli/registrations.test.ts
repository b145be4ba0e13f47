import { afterAll, beforeAll, expect, test } from 'vitest'
import { listRegistrations } from '../../src/db/registration-list.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, sapa } from './support.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await importSample(database.house)
  await addRegistration(database.house, 1)
  await addRegistration(database.house, 2, {
    name: '=HYPERLINK("http://x","Siti, S.T.")',
    phone: null,
    association: null,
  })
})
afterAll(() => database.close())

const listed = async (...options: string[]) => JSON.parse((await sapa(database, ['registrations', ...options])).stdout)

test('the JSON has the fields in their order, with NIK and phone masked', async () => {
  const [first, second] = await listed('--json')
  expect(Object.keys(first).slice(0, 17)).toEqual([
    'number',
    'status',
    'name',
    'nik',
    'birth_date',
    'sex',
    'birth_place',
    'phone',
    'address',
    'trade',
    'level',
    'association',
    'experience_years',
    'education',
    'documents',
    'channels',
    'created_at',
  ])
  expect(first).toMatchObject({
    number: 'PSR-00001B',
    status: 'MENUNGGU_VERIFIKASI',
    name: 'Budi Santoso',
    nik: '3575••••••••9001',
    birth_date: '1985-08-17',
    phone: '+62836••••1234',
    channels: ['telegram'],
    event: 'pasuruan-2025-10',
  })
  expect(second).toMatchObject({ phone: null, association: null })
})

test('what is revealed is in the audit log', async () => {
  const [first] = await listed('--json', '--reveal', '--by', 'Siti')
  expect(first).toMatchObject({ nik: '3575011708859001', phone: '+6283600001234' })
  const rows = await database.house.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'registration.reveal')
    .execute()
  expect(rows).toMatchObject([{ by: 'Siti', subject: 'all events' }])
})

test('a spreadsheet takes no cell of the CSV for a formula', async () => {
  const { stdout } = await sapa(database, ['registrations', '--csv', '--reveal'])
  const [head, first, second, end] = stdout.split('\r\n')
  expect(head).toMatch(/^number,status,name,nik,birth_date,/)
  expect(first).toContain(
    `,Budi Santoso,3575011708859001,1985-08-17,L,Pasuruan,'+6283600001234,"Jl. Veteran 12, Pasuruan",`,
  )
  expect(second).toContain(`,"'=HYPERLINK(""http://x"",""Siti, S.T."")",`)
  expect(end).toBe('')
})

test('people get a table with aligned columns and the sums', async () => {
  const { stdout } = await sapa(database, ['registrations'])
  const [head, first, second, , sums] = stdout.split('\n')
  expect(head?.indexOf('NAME')).toBe(first?.indexOf('Budi'))
  expect(head?.indexOf('NIK')).toBe(second?.indexOf('3575'))
  expect(sums).toBe('2 registrations: 2 MENUNGGU_VERIFIKASI')
})

test('an unknown event is refused in one line, wrong usage is told from it', async () => {
  const run = (...args: string[]) => sapa(database, args)
  const [unknown, both, command, nobody, nothing] = await Promise.all([
    run('registrations', '--event', 'x', '--json'),
    run('registrations', '--json', '--csv'),
    run('registration'),
    run('registrations', 'accept'),
    run(),
  ])
  const stderr = 'sapa: there is no event "x": there is pasuruan-2025-10\n'
  expect(unknown).toEqual({ code: 1, stdout: '', stderr })
  expect([both, command, nobody, nothing].map(ended => ended?.code)).toEqual([2, 2, 2, 2])
})

test('a list of several pages names everybody once, in the order of their registration', async () => {
  const many = await freshDatabase()
  await importSample(many.house)
  const numbers: string[] = []
  for (let n = 1; n <= 1001; n += 100) {
    const added = await Promise.all(Array.from({ length: 100 }, (_, i) => addRegistration(many.house, n + i)))
    numbers.push(...added.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ number }) => number))
  }
  const rows = await Array.fromAsync(listRegistrations(many.house.db, 'pasuruan-2025-10'))
  expect(rows.map(({ number }) => number)).toEqual(numbers)
  await many.close()
})
