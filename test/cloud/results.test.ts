// Results over the Cloud API, weeks after anybody wrote: Meta takes only templates then, which call for a word that opens the chat.
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { decide, invite } from '../support/office.ts'
import { data, EVENT, notices, openOffice, register, sendDue, stranger } from './office.ts'

openOffice()

const setClock = (at: string) =>
  sql`update installation set clock_shift = ${at}::timestamptz - clock_timestamp()`.execute(data.house.db)

it('worker and officer are told by a template each, the officer after the worker, and read the rest with HASIL', async () => {
  const [worker, officer] = [stranger(), stranger()]
  await officer.says(`PENGURUS ${await invite(data, 'gapensi')}`)
  await officer.hears(/Selamat datang/)
  await register(worker)
  await accept(data.house, { allOf: EVENT }, 'Bu Rina')
  await setClock('2025-10-20T09:00:00+07:00')
  await decide(data, 'hasil, BK; Perlu latihan')
  const told = async () => (await notices()).filter(({ purpose }) => purpose.startsWith('hasil'))
  await setClock('2025-10-20T09:11:00+07:00')
  await sendDue()
  expect((await worker.hears(/sapa_hasil/)).template).toMatchObject({ name: 'sapa_hasil' })
  await expect.poll(told).toMatchObject([{ purpose: 'hasil' }, { state: 'queued', why: 'its members are being told' }])
  await setClock('2025-10-20T09:15:00+07:00')
  await sendDue()
  expect((await officer.hears(/sapa_hasil_anggota/)).template).toMatchObject({
    name: 'sapa_hasil_anggota',
    values: ['Uji Kompetensi Tenaga Kerja Konstruksi 2025'],
  })
  await officer.says('HASIL')
  await officer.hears(/GAPENSI .*: 0 Kompeten, 1 Belum Kompeten/)
  await worker.says('HASIL')
  await worker.hears(/tanggal lahir/)
})
