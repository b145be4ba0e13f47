// Claims: a link opens one nomination for one person, and tells a stranger nothing.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepPlace } from '../../src/db/officer.ts'
import { decideInOffice, leave } from '../support/office.ts'
import { nominate, officerOf, say, tokensIn } from '../support/officers.ts'
import { answerUntil, createWorld, openEvent, type Person, type World } from '../support/world.ts'

let world: World
let officer: Person
beforeAll(async () => {
  world = await createWorld('telegram')
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
  officer = await officerOf(world, 'gapensi')
})

const BUDI = 'Budi Santoso - 3575011708859001 - 0836 0000 0017'
const UNUSABLE = 'Tautan itu tidak bisa dipakai. Minta tautan baru kepada pengurus asosiasi Bapak/Ibu'
const tasks = async () => (await world.house.db.selectFrom('task').select('kind').execute()).map(({ kind }) => kind)
const registrations = () => world.house.db.selectFrom('registration').select('status').execute()

test('the message to pass on has a link for each app, and the token is kept nowhere', async () => {
  await keepPlace(world.house.db, 'telegram', '4242', 'sapa_test_bot')
  await world.house.db
    .insertInto('whatsapp_number')
    .values({ account: 'main', number: '6283600000001', standing: 'open' })
    .execute()
  await say(officer, BUDI)
  const told = await say(officer, 'YA')
  const [token = ''] = tokensIn(told)
  expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/)
  expect(told).toContain(`https://t.me/sapa_test_bot?start=${token}`)
  expect(told).toContain(`https://wa.me/6283600000001?text=DAFTAR%20${token}`)
  const kept = JSON.stringify(await world.house.db.selectFrom('nomination').selectAll().execute())
  expect(kept).not.toContain(token)
  const [sheet] = await officer.says({ kind: 'text', text: 'KARTU' })
  expect(sheet?.cards?.people[0]?.codes).toEqual([
    { label: 'Telegram', link: `https://t.me/sapa_test_bot?start=${token}` },
    { label: 'WhatsApp', link: `https://wa.me/6283600000001?text=DAFTAR%20${token}` },
  ])
})

test('five wrong tokens in an hour: then a right one gets the same answer, until the hour is over', async () => {
  const [token] = await nominate(officer, BUDI)
  const guesser = world.person('Tono')
  for (const n of [1, 2, 3, 4, 5]) expect(await say(guesser, `DAFTAR 0123456AB${n}`)).toContain(UNUSABLE)
  expect(await say(guesser, `DAFTAR ${token}`)).toContain(UNUSABLE)
  expect(await say(world.person('Budi'), `DAFTAR ${token}`)).toContain('B••• S••••••')
  await world.pass(1)
  expect(await say(guesser, `DAFTAR ${token}`)).toContain('B••• S••••••')
})

test('a second person who opens the link is held back, and the organiser has a task', async () => {
  const [token] = await nominate(officer, 'Budi Santoso')
  await say(world.person('Budi'), `DAFTAR ${token}`)
  await say(world.person('Budi'), 'setuju')
  const other = world.person('Tono')
  await say(other, `DAFTAR ${token}`)
  expect(await say(other, 'setuju')).toContain('sedang diperiksa panitia')
  expect(await tasks()).toEqual(['claim_twice'])
  const bound = await world.house.db.selectFrom('nomination').select('conversation_id').execute()
  expect(bound).toEqual([{ conversation_id: expect.any(String) }])
})

test('GANTI makes the link before worthless, and so does KIRIM ULANG', async () => {
  const [first] = await nominate(officer, 'Budi Santoso')
  const [second] = tokensIn(await say(officer, 'KIRIM ULANG 1'))
  await say(officer, 'GANTI 1 -> Siti Aminah')
  const [third] = tokensIn(await say(officer, 'YA'))
  for (const [n, dead] of [first, second].entries())
    expect(await say(world.person(`Budi ${n}`), `DAFTAR ${dead}`)).toContain(UNUSABLE)
  expect(await say(world.person('Siti'), `DAFTAR ${third}`)).toContain('S••• A•••••')
})

test('a nomination is a registration only when the worker has finished, and nobody is written to before', async () => {
  const [token] = await nominate(officer, BUDI)
  const budi = world.person('Budi')
  await say(budi, `DAFTAR ${token}`)
  await say(budi, 'setuju')
  await say(budi, '17-08-1985')
  await say(budi, 'ya')
  expect(await registrations()).toEqual([])
  const { db } = world.house
  const written = await db.selectFrom('ledger').select('purpose').where('purpose', '!=', 'reply').execute()
  expect(written).toEqual([])
  expect((await db.selectFrom('chat').select('id').execute()).length).toBe(2)
})

test('who registers by himself with the NIK that his association named is its nominee, in one seat', async () => {
  await nominate(officer, BUDI)
  await answerUntil(world.person('Budi'), 'confirm', { association: 'gapensi' })
  expect(await say(officer, 'STATUS')).toContain('1. Budi Santoso: menunggu diperiksa panitia')
  expect(await say(officer, 'KUOTA')).toBe('8 kursi: 1 terisi, 0 menunggu, 7 kosong.')
})

test.each(['BATALKAN 1', 'GANTI 1 -> Siti Aminah'])(
  'who is registered and is called off by %s hears it himself, and why when he asks',
  async command => {
    await nominate(officer, BUDI)
    const budi = world.person('Budi')
    await answerUntil(budi, 'confirm', { association: 'gapensi' })
    await decideInOffice(world, 'terima semua')
    await say(officer, command)
    await say(officer, 'YA')
    expect((await leave(world)).map(({ text }) => text)).toEqual([
      expect.stringContaining('Budi Santoso, usulan GAPENSI'),
    ])
    expect((await registrations()).map(({ status }) => status)).toEqual(['MENGUNDURKAN_DIRI'])
    expect(await say(budi, 'KENAPA')).toContain('asosiasi yang mengusulkan Bapak/Ibu membatalkan usulannya')
  },
)

test('no officer is ever shown a whole NIK', async () => {
  const said = [`1. ${BUDI}\n2. Siti Aminah 3575015708909002`, '2: Siti Aminah 3575015708909003', 'YA', 'STATUS']
  for (const text of [...said, 'DAFTAR USULAN', 'GANTI 1 -> Tono Wijaya 3575010101809004', 'YA', 'DATA SAYA'])
    expect(JSON.stringify(await officer.says({ kind: 'text', text }))).not.toMatch(/\d{16}/)
  const sheet = {
    kind: 'sheet',
    rows: [
      ['Nama', 'NIK'],
      ['Rudi', '3575010101809005'],
    ],
  } as const
  expect(JSON.stringify(await officer.says(sheet))).not.toMatch(/\d{16}/)
})
