// An officer's own data, asked for in the chat in which he nominates.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { loadEventsNow } from '../../src/db/event-read.ts'
import { sweepNominations } from '../../src/jobs/nominations.ts'
import { setClock } from '../cli/support.ts'
import { decideInOffice, invite, leave } from '../support/office.ts'
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

async function digestAt(instant: string): Promise<readonly string[]> {
  await setClock(world.house, instant)
  await sweepNominations(world.house.db, await loadEventsNow(world.house.db))
  return (await leave(world)).map(({ text }) => text)
}

test('KENAPA explains the newest message that an officer got as one', async () => {
  expect(await say(officer, 'KENAPA')).toContain('belum mengirim pemberitahuan')
  await nominate(officer, 'Budi Santoso')
  expect(await digestAt('2025-09-20T16:00:10+07:00')).toHaveLength(1)
  const told = await say(officer, 'KENAPA')
  expect(told).toContain('20 September 2025, 16.00 WIB')
  expect(told).toContain('usulan yang belum lengkap (sekali sehari; ketik BERHENTI')
  expect(told).toContain('usulan-harian')
})

test('KENAPA of an officer who is a participant too speaks of what he got as an officer', async () => {
  await nominate(officer, 'Budi Santoso')
  await digestAt('2025-09-20T16:00:10+07:00')
  await say(officer, 'PESERTA')
  await answerUntil(officer, 'confirm', { association: 'ataki' })
  await decideInOffice(world, 'terima semua')
  await say(officer, 'PENGURUS')
  expect(await say(officer, 'KENAPA')).toContain('usulan-harian')
})

test('DATA SAYA of an officer says what is held of him, and where his own registration is asked for', async () => {
  await nominate(officer, 'Budi Santoso', 'Siti Aminah')
  await say(officer, '1. Tono Wijaya 083600000018\n2. Rudi Hartono')
  const told = await say(officer, 'DATA SAYA')
  expect(told).toContain('Pengurus GAPENSI pada Uji Kompetensi Tenaga Kerja Konstruksi 2025, sejak 20 September')
  expect(told).toContain('Anggota yang Bapak/Ibu usulkan: 2')
  expect(told).toContain('Daftar yang belum disimpan: 2 orang')
  expect(told).not.toContain('ketik PESERTA')
  await say(officer, 'PESERTA')
  await answerUntil(officer, 'name')
  await say(officer, 'PENGURUS')
  expect(await say(officer, 'data saya')).toContain('ketik PESERTA, lalu DATA SAYA')
})

test('HAPUS DATA of an officer asks first, then forgets him and tells the organiser; what he nominated stays', async () => {
  await nominate(officer, 'Budi Santoso - 3575011708859001')
  expect(await say(officer, 'HAPUS DATA')).toContain('Anggota yang sudah diusulkan tetap diusulkan')
  expect(await say(officer, 'TIDAK')).toContain('tidak ada yang dihapus')
  expect(await say(officer, 'KUOTA')).toContain('1 menunggu')
  await say(officer, 'HAPUS DATA')
  expect(await say(officer, 'YA')).toMatch(/sudah kami hapus\. Nomor bukti: HAPUS-\w+/)
  const { db } = world.house
  expect(await db.selectFrom('officer').select(['name', 'removed_at']).execute()).toEqual([
    { name: null, removed_at: expect.any(Date) },
  ])
  expect((await db.selectFrom('task').select('kind').execute()).map(({ kind }) => kind)).toEqual(['officer_left'])
  expect((await db.selectFrom('nomination').select('state').execute()).map(({ state }) => state)).toEqual(['DIUSULKAN'])
  const left = await db.selectFrom('inbox').select('payload').where('payload', 'is not', null).execute()
  expect(left).toHaveLength(1)
  expect(await say(officer, 'KUOTA')).not.toContain('kursi')
  expect(await say(officer, `PENGURUS ${await invite(world, 'gapensi')}`)).toContain('Selamat datang')
  expect(await say(officer, 'DAFTAR USULAN')).toContain('1. Budi Santoso')
})

test('HAPUS DATA of an officer leaves his own registration as it is, and says so', async () => {
  await say(officer, 'PESERTA')
  await answerUntil(officer, 'confirm', { association: 'gapensi' })
  await say(officer, 'PENGURUS')
  expect(await say(officer, 'HAPUS DATA')).toContain('ketik PESERTA, lalu HAPUS DATA')
  await say(officer, 'YA')
  const rows = await world.house.db.selectFrom('registration').select(['status', 'erased_at']).execute()
  expect(rows).toEqual([{ status: 'MENUNGGU_VERIFIKASI', erased_at: null }])
})

test('BERHENTI of an officer ends the daily digest, MULAI brings it back; offers are passed on all the same', async () => {
  await nominate(officer, ...Array.from({ length: 9 }, (_, n) => `Orang ${'ABCDEFGHI'[n]}`))
  expect(await say(officer, 'BERHENTI')).toContain('ringkasan harian tidak kami kirim lagi')
  await say(officer, 'BATALKAN 1')
  await say(officer, 'YA')
  expect(await digestAt('2025-09-20T16:00:10+07:00')).toEqual([expect.stringContaining('Ada kursi kosong')])
  expect(await say(officer, 'MULAI')).toContain('kami kirim lagi')
  expect(await digestAt('2025-09-21T16:00:10+07:00')).toContainEqual(expect.stringContaining('Usulan GAPENSI hari ini'))
})

test('JADWAL tells an officer when and where', async () => {
  expect(await say(officer, 'JADWAL')).toContain('Jadwal Uji Kompetensi')
})

test('when the event is over an officer still gets at his own data, and at the participant he is', async () => {
  await say(officer, 'PESERTA')
  await answerUntil(officer, 'confirm', { association: 'gapensi' })
  await say(officer, 'PENGURUS')
  await setClock(world.house, '2025-10-20T09:00:00+07:00')
  expect(await say(officer, 'KUOTA')).toContain('sudah selesai')
  expect(await say(officer, 'DATA SAYA')).toContain('Pengurus GAPENSI')
  expect(await say(officer, 'KENAPA')).toContain('belum mengirim pemberitahuan')
  expect(await say(officer, 'PESERTA')).toContain('Nomor pendaftaran')
  await say(officer, 'PENGURUS')
  await say(officer, 'HAPUS DATA')
  expect(await say(officer, 'YA')).toContain('sudah kami hapus')
})
