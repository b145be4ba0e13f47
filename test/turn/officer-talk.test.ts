// How officers really write: greetings first, half a list at a time, a changed mind in the middle.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { invite } from '../support/office.ts'
import { nominate, officerOf, say } from '../support/officers.ts'
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

test('who said hello before the invitation has a chat of an officer alone', async () => {
  const other = world.person('Tono')
  await say(other, 'halo')
  expect(await say(other, `PENGURUS ${await invite(world, 'ataki')}`)).toMatch(/^Selamat datang/)
  expect(await say(other, 'KUOTA')).toMatch(/^7 kursi/)
})

test('what is to be passed on has nothing before it, also where the officer is a participant too', async () => {
  await say(officer, 'PESERTA')
  await answerUntil(officer, 'name')
  await say(officer, 'PENGURUS')
  await say(officer, '1. Siti Aminah\n2. Tono Wijaya')
  const [saved, first] = await officer.says({ kind: 'text', text: 'YA' })
  expect(saved?.text).toContain('Untuk Pengurus GAPENSI')
  expect(first?.text).toMatch(/^Bapak\/Ibu Siti Aminah diusulkan GAPENSI/)
})

test('two halves of a list are one; a line sent once more takes the place of the one of its name', async () => {
  await say(officer, '1. Budi Santoso\n2. Siti Aminah')
  expect(await say(officer, '1. Tono Wijaya\n2. Rudi Hartono')).toContain(
    'Kami tambahkan 2 baris. Sekarang 4 baris, belum ada yang disimpan.',
  )
  const told = await say(officer, 'Siti Aminah 083600000018')
  expect(told).toContain('Kami baca 4 baris')
  expect(told).toContain('2. Siti Aminah, HP 0836••••0018')
  expect(await say(officer, 'YA')).toContain('Tersimpan: 4 orang')
})

test('a list that is sent twice before its YA is one list', async () => {
  const list = '1. Budi Santoso 083600000017\n2. Budi Santoso 083600000018\n3. Siti Aminah'
  await say(officer, list)
  expect(await say(officer, list)).toContain('Kami baca 3 baris')
})

test.each(['oke, simpan', 'YA dong, simpan', 'tolong disimpan semua ya'])('"%s" saves a list', async said => {
  await say(officer, '1. Budi Santoso\n2. Siti Aminah')
  expect(await say(officer, 'jangan disimpan dulu')).not.toContain('Tersimpan')
  await say(officer, '1. Budi Santoso\n2. Siti Aminah')
  expect(await say(officer, said)).toContain('Tersimpan: 2 orang')
})

test('two people of one name stay two', async () => {
  const told = await say(officer, '1. Budi Santoso 083600000017\n2. Budi Santoso 083600000018')
  expect(told).toContain('Kami baca 2 baris')
  expect(await say(officer, 'Budi Santoso 083600000019')).toContain('Sekarang 3 baris')
})

test('a corrected line of a long list is told alone', async () => {
  await say(
    officer,
    Array.from({ length: 60 }, (_, n) => `${n + 1}. Orang ${'ABCDEFGHIJ'[n % 10]} 0836${10_000_000 + n}`).join('\n'),
  )
  const told = await say(officer, '7: Siti Aminah 083600000018')
  expect(told).toContain('Kami baca 60 baris')
  expect(told).toContain('\n7. Siti Aminah')
  expect(told).not.toContain('\n8. ')
  const struck = await say(officer, 'HAPUS 8-60')
  expect(struck).toContain('Kami baca 7 baris')
})

test('"tidak jadi" leaves who was to be called off or replaced', async () => {
  await nominate(officer, 'Budi Santoso', 'Siti Aminah')
  for (const command of ['BATALKAN 1', 'GANTI 1 -> Tono Wijaya']) {
    await say(officer, command)
    expect(await say(officer, 'tidak jadi')).toBe('Baik, usulan Budi Santoso tetap.')
  }
  expect(await say(officer, 'STATUS')).toContain('1. Budi Santoso: belum membuka tautan')
})

test('before somebody is called off it is said what becomes of the seat', async () => {
  await nominate(officer, ...Array.from({ length: 8 }, (_, n) => `Orang ${'ABCDEFGH'[n]}`))
  expect(await say(officer, 'BATALKAN 1')).toContain('Kursinya menjadi kosong')
  await say(officer, 'TIDAK')
  await nominate(officer, 'Siti Aminah')
  expect(await say(officer, 'BATALKAN 1')).toContain('Kursinya ditawarkan kepada cadangan berikutnya')
  expect(await say(officer, 'TIDAK')).toContain('tetap')
  expect(await say(officer, 'BATALKAN Siti')).toBe('Batalkan usulan Siti Aminah? Balas YA atau TIDAK.')
})

test('one by one "belum tahu" is as good as LEWATI', async () => {
  await say(officer, 'USULKAN')
  await say(officer, 'Budi Santoso')
  expect(await say(officer, 'belum tahu pak')).toContain('Berapa NIK-nya?')
  expect(await say(officer, 'nggak hafal')).toContain('Apa jabatan kerjanya?')
  expect(await say(officer, 'kurang tahu')).toContain('Balas YA untuk menyimpan 1 orang')
})

test.each([
  ['selamat pagi bu', 'Ada yang bisa dibantu?'],
  ['Assalamualaikum', 'Waalaikumsalam'],
  ['pagi, kuota', '8 kursi'],
  ['terima kasih banyak', 'Sama-sama'],
  ['sisa kursi kami berapa', '8 kursi'],
  ['siapa saja yang belum daftar?', 'Belum ada anggota yang diusulkan'],
  ['bagaimana cara mengusulkan?', 'satu baris satu orang'],
])('"%s" is answered', async (said, told) => {
  expect(await say(officer, said)).toContain(told)
})

test('where there is no reserve, whoever is over the quota is refused, and nothing else is promised', async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house, ({ waitlist: _, ...file }) => ({ ...file, quotas: { ataki: 1 } }))
  const ataki = await officerOf(world, 'ataki')
  const told = await say(ataki, '1. Budi Santoso\n2. Siti Aminah')
  expect(told).toContain('2. Siti Aminah → kuota penuh; tanpa nomor HP')
  expect(told).toContain('Tidak ada tempat lagi untuk baris 2')
  expect(told).not.toContain('adangan')
})
