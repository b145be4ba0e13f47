// A TIDAK frees the seat: it is offered to the next in the reserve, and a changed mind takes it back while it is free.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { decideInOffice, leave } from '../support/office.ts'
import { nominate, officerOf, say } from '../support/officers.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { answerUntil, createWorld, openEvent, type Person, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld('telegram')
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
})

/** Somebody of ATAKI who came by himself and was accepted. */
async function acceptedPerson(): Promise<Person> {
  const budi = world.person('Budi')
  await answerUntil(budi, 'confirm', { association: 'ataki' })
  await decideInOffice(world, 'terima semua')
  return budi
}

async function saysNo(person: Person): Promise<void> {
  expect(await say(person, 'tidak bisa hadir')).toContain('Kursi Bapak/Ibu akan diberikan kepada cadangan. Yakin?')
  await say(person, '1')
}

const status = async () => (await world.house.db.selectFrom('registration').select('status').executeTakeFirst())?.status
const six = 'ABCDEF'.split('').map(letter => `Orang ${letter}`)

test('the seat of who can’t come is offered to the next in the reserve at once; a changed mind waits behind him', async () => {
  const officer = await officerOf(world, 'ataki')
  await nominate(officer, ...six)
  const budi = await acceptedPerson()
  expect(await say(officer, 'KUOTA')).toBe('7 kursi: 1 terisi, 6 menunggu, 0 kosong.')
  await nominate(officer, 'Siti Aminah', 'Tono Wijaya')
  await saysNo(budi)
  expect((await leave(world)).map(({ text }) => text)).toEqual([expect.stringContaining('Siti Aminah')])
  expect(await say(budi, 'saya bisa hadir')).toContain('cadangan')
  expect(await status()).toBe('CADANGAN')
  // Tono waits before him.
  await say(officer, 'BATALKAN Siti Aminah')
  await say(officer, 'YA')
  expect((await leave(world)).map(({ text }) => text)).toEqual([expect.stringContaining('Tono Wijaya')])
  await say(officer, 'BATALKAN Tono Wijaya')
  await say(officer, 'YA')
  const [offer] = await leave(world)
  expect(offer?.text).toContain('Budi Santoso, ada kursi kosong')
  expect(await say(budi, 'ya')).toContain('kursinya untuk Bapak/Ibu')
  expect(await status()).toBe('MENUNGGU_VERIFIKASI')
})

test('while nobody has been offered the seat, a changed mind takes it back', async () => {
  const officer = await officerOf(world, 'ataki')
  await nominate(officer, ...six)
  const budi = await acceptedPerson()
  await saysNo(budi)
  expect(await say(officer, 'KUOTA')).toBe('7 kursi: 0 terisi, 6 menunggu, 1 kosong.')
  await say(budi, 'saya bisa hadir')
  expect(await status()).toBe('DITERIMA')
  expect(await say(officer, 'KUOTA')).toBe('7 kursi: 1 terisi, 6 menunggu, 0 kosong.')
})

test('who refuses an offered seat is not asked again, and comes back at the end of the reserve with his link', async () => {
  const officer = await officerOf(world, 'ataki')
  const tokens = await nominate(officer, ...six, 'Orang G', 'Siti Aminah', 'Tono Wijaya')
  const siti = world.person('Siti')
  await say(siti, `DAFTAR ${tokens[7]}`)
  expect(await say(siti, 'setuju')).toContain('cadangan 1')
  await say(officer, 'BATALKAN Orang G')
  await say(officer, 'YA')
  expect((await leave(world)).map(({ text }) => text)).toEqual([
    expect.stringContaining('Siti Aminah, ada kursi kosong'),
  ])
  expect(await say(siti, 'tidak')).toContain(`kirim lagi: DAFTAR ${tokens[7]}`)
  expect((await leave(world)).map(({ text }) => text)).toEqual([expect.stringContaining('Tono Wijaya')])
  await say(officer, 'BATALKAN Tono Wijaya')
  await say(officer, 'YA')
  expect(await leave(world)).toEqual([])
  // A seat is free and nobody waits: it is hers once more.
  await say(siti, `DAFTAR ${tokens[7]}`)
  expect(await say(officer, 'STATUS')).toContain('Siti Aminah: sudah membuka tautan')
})

test('who came by himself and refuses an offered seat comes back when he says so, at the end of the reserve', async () => {
  const officer = await officerOf(world, 'ataki')
  await nominate(officer, ...six)
  const budi = await acceptedPerson()
  await nominate(officer, 'Siti Aminah')
  await saysNo(budi)
  await leave(world)
  expect(await say(budi, 'saya bisa hadir')).toContain('cadangan')
  await say(officer, 'BATALKAN Siti Aminah')
  await say(officer, 'YA')
  expect((await leave(world)).map(({ text }) => text)).toEqual([expect.stringContaining('Budi Santoso, ada kursi')])
  await nominate(officer, 'Tono Wijaya', 'Rudi Hartono')
  expect(await say(budi, 'tidak')).toContain('Kalau berubah pikiran, ketik IKUT LAGI')
  await leave(world)
  // Nothing more is offered to him of its own accord, however many seats become free.
  await say(officer, 'BATALKAN Tono Wijaya')
  await say(officer, 'YA')
  expect((await leave(world)).map(({ text }) => text)).toEqual([expect.stringContaining('Rudi Hartono')])
  await nominate(officer, 'Agus Salim')
  expect(await say(budi, 'IKUT LAGI')).toContain('sekarang cadangan 2')
  // Asked once more he only hears his place.
  expect(await say(budi, 'saya mau ikut')).toContain('sekarang cadangan 2')
  expect(await say(budi, 'DAFTAR')).toContain('sekarang cadangan 2')
  await say(officer, 'BATALKAN Rudi Hartono')
  await say(officer, 'YA')
  expect((await leave(world)).map(({ text }) => text)).toEqual([expect.stringContaining('Agus Salim')])
  await say(officer, 'BATALKAN Agus Salim')
  await say(officer, 'YA')
  expect((await leave(world)).map(({ text }) => text)).toEqual([expect.stringContaining('Budi Santoso, ada kursi')])
  // Words take an open offer, too.
  expect(await say(budi, 'saya ikut')).toContain('kursinya untuk Bapak/Ibu')
  expect(await status()).toBe('MENUNGGU_VERIFIKASI')
})

test('a full reserve takes nobody back, and says how many wait', async () => {
  const officer = await officerOf(world, 'ataki')
  const tokens = await nominate(officer, ...six, 'Orang G', 'Siti Aminah')
  const siti = world.person('Siti')
  await say(siti, `DAFTAR ${tokens[7]}`)
  await say(siti, 'setuju')
  await say(officer, 'BATALKAN Orang G')
  await say(officer, 'YA')
  await leave(world)
  await nominate(officer, ...Array.from({ length: 15 }, (_, n) => `Cadangan ${'ABCDEFGHIJKLMNOP'[n]}`))
  await say(siti, 'tidak')
  await nominate(officer, 'Cadangan Z')
  expect(await say(siti, `DAFTAR ${tokens[7]}`)).toContain('daftar cadangannya penuh: 15 orang')
  // Somebody else who let the offer run out and only now opens the link is refused with the number, and may come later.
  await world.pass(25)
  await decideInOffice(world, 'kabari pengurus')
  const late = tokens[7] as string
  expect(await say(world.person('Lain'), `DAFTAR ${late}`)).toContain('S••• A•••••')
})

test('a nominee who finishes the registration after the offer ran out is back in the reserve, with one seat at most', async () => {
  const officer = await officerOf(world, 'ataki')
  const tokens = await nominate(officer, ...six, 'Orang G', 'Budi Santoso')
  const budi = world.person('Budi')
  await say(budi, `DAFTAR ${tokens[7]}`)
  await say(budi, 'setuju')
  await say(budi, 'ya')
  await say(officer, 'BATALKAN Orang G')
  await say(officer, 'YA')
  await leave(world)
  await nominate(officer, 'Siti Aminah')
  await world.pass(25)
  await decideInOffice(world, 'kabari pengurus')
  const { consent: _c, name: _n, association: _a, ...rest } = ORDINARY as Readonly<Record<string, string>>
  let told = ''
  for (const text of Object.values(rest)) told = await say(budi, text)
  expect(told).toContain('masih cadangan')
  expect(await status()).toBe('CADANGAN')
  const linked = await world.house.db
    .selectFrom('nomination')
    .select(['state', 'queue', 'registration_id'])
    .where('name', '=', 'Budi Santoso')
    .execute()
  expect(linked).toEqual([{ state: 'CADANGAN', queue: expect.any(Number), registration_id: expect.any(String) }])
})
