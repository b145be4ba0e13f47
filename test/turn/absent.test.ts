// A TIDAK frees the seat: it is offered to the next in the reserve, and a changed mind takes it back while it is free.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { decideInOffice, leave } from '../support/office.ts'
import { nominate, officerOf, say } from '../support/officers.ts'
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
