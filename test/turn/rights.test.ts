// What people may ask about their data: after an erasure nothing of it is left but what must stay.
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { check, keep } from '../../src/cli/results-import.ts'
import { approve, publish } from '../../src/cli/results-publish.ts'
import { shiftClock } from '../../src/db/installation.ts'
import type { RegistrationRecord } from '../../src/flows/facts.ts'
import { sapa } from '../cli/support.ts'
import { type Desk, message, openDesk, ordinary, says, textsTo } from './desk.ts'
import { picturesAt } from './pictures.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const { sweepNow, register, bytesOf, count } = picturesAt(() => desk)

it('shows what is held in one message and as a file, the NIK masked', async () => {
  await register()
  await desk.receive([message('budi', 'data saya')])
  const [reply] = (await desk.takeAll()).map(leaving => leaving.reply)
  expect(reply?.document).toMatchObject({ name: 'data-saya.txt' })
  expect(reply?.document?.text).toContain(reply?.text)
  for (const held of ['Budi Santoso', '3575••••••••9001', 'Foto dan berkas: 1', 'Izin memakai data: diberikan']) {
    expect(reply?.text).toContain(held)
  }
  expect(reply?.text).not.toContain('3575011708859001')
})

it('erases everything of who is not accepted, and proves it by a number', async () => {
  const file = await register()
  await says(desk, 'budi', 'panitia')
  const heard = await says(desk, 'budi', 'hapus data', 'ya')
  const proof = /HAPUS-\w{8}/.exec(heard.join())?.[0]
  expect(await count('conversation where state is not null and octet_length(state) > 600')).toBe(0)
  expect(await count('inbox where payload is not null')).toBe(1)
  expect(await count("ledger where content is not null and state <> 'attempted'")).toBe(0)
  expect(await count('task where detail is not null')).toBe(0)
  expect(await count('link_code')).toBe(0)
  const registration = await desk.house.db.selectFrom('registration').selectAll().executeTakeFirstOrThrow()
  expect(registration).toMatchObject({ name: '-', status: 'MENGUNDURKAN_DIRI', ktp_file: null })
  expect(registration.erased_at).not.toBeNull()
  expect(registration.nik_key).not.toEqual(desk.house.seal.lookup('nik', '3575011708859001'))
  const [entry] = await desk.house.db.selectFrom('audit').selectAll().where('action', '=', 'person.erase').execute()
  expect(entry?.subject).toBe(proof)
  expect(await bytesOf(file)).not.toBeNull()
  await sweepNow()
  expect(await bytesOf(file)).toBeNull()
  expect(await count('file where erased_at is null')).toBe(0)
  expect((await says(desk, 'again', ...ordinary())).join()).toContain('Nomor pendaftaran')
})

it('keeps the registration of who was accepted, without the pictures', async () => {
  const file = await register()
  await accept(desk.house, { allOf: 'pasuruan-2025-10' }, 'test')
  await says(desk, 'budi', 'hapus data', 'ya')
  const { id, status, record } = await desk.house.db.selectFrom('registration').selectAll().executeTakeFirstOrThrow()
  expect(status).toBe('DITERIMA')
  const kept = desk.house.seal.openJson<RegistrationRecord>(`registration.record:${id}`, record)
  expect(kept).toMatchObject({ nik: '3575011708859001', documents: { ktp: null } })
  await sweepNow()
  expect(await bytesOf(file)).toBeNull()
})

describe('an appeal', () => {
  const REASON = 'alat praktiknya rusak, istri saya sakit'
  /** Budi, accepted and not yet competent, appeals. */
  async function appeals(): Promise<void> {
    await desk.receive([message('budi', 'daftar', { phone: '6283600000017' })])
    await says(desk, 'budi', ...ordinary().slice(1))
    await accept(desk.house, { allOf: 'pasuruan-2025-10' }, 'test')
    const { number } = await desk.house.db.selectFrom('registration').select('number').executeTakeFirstOrThrow()
    const titles = 'nomor_pendaftaran,nik,hasil,nomor_sertifikat,tanggal_terbit,berlaku_sampai,umpan_balik'
    const rows = [titles, `${number},3575011708859001,BK,,,,ulang`].map(line => line.split(','))
    await keep(desk.house, 'pasuruan-2025-10', await check(desk.house, 'pasuruan-2025-10', rows), 'a')
    await publish(desk.house, 'pasuruan-2025-10', 'a')
    await approve(desk.house, 'pasuruan-2025-10', 'b')
    await shiftClock(desk.house.db, '1 hour')
    const heard = await says(desk, 'budi', 'banding', '17-08-1985', 'ya', 'tidak', 'ya', REASON, 'ya')
    expect(heard.join()).toContain('Nomor banding: ')
  }
  const answers = async () => {
    const { id, answers } = await desk.house.db.selectFrom('appeal').selectAll().executeTakeFirstOrThrow()
    return desk.house.seal.openJson(`appeal.answers:${id}`, answers)
  }
  const detail = async () => {
    const { id, detail } = await desk.house.db
      .selectFrom('task')
      .selectAll()
      .where('kind', '=', 'appeal')
      .executeTakeFirstOrThrow()
    return detail && desk.house.seal.openJson(`task.detail:${id}`, detail)
  }
  const settle = async () => {
    const { id } = await desk.house.db.selectFrom('task').select('id').executeTakeFirstOrThrow()
    const ended = await sapa(desk, ['tasks', 'close', id, '--why', 'hasil tetap'])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
  }

  it('that is looked at outlives an erasure with its words, which go when it is settled', async () => {
    await appeals()
    expect((await says(desk, 'budi', 'data saya')).join()).toContain(`/B1 (20 September 2025, 10.00 WIB): "${REASON}"`)
    const heard = (await says(desk, 'budi', 'hapus data', 'ya')).join()
    expect(heard).toContain('Alasan banding yang masih diperiksa dihapus begitu selesai')
    expect(await answers()).toEqual(['YES', 'NO', 'YES', REASON])
    expect(await detail()).toMatchObject({ reason: REASON, erase_when_closed: true })
    await settle()
    expect(await answers()).toEqual(['YES', 'NO', 'YES', ''])
    expect(await detail()).toBeNull()
    expect(await count('task where why is not null')).toBe(0)
  })

  it('that was settled keeps its number and its ticks through an erasure, and loses its words', async () => {
    await appeals()
    await settle()
    expect(await answers()).toEqual(['YES', 'NO', 'YES', REASON])
    await says(desk, 'budi', 'hapus data', 'ya')
    expect(await answers()).toEqual(['YES', 'NO', 'YES', ''])
    expect(await detail()).toBeNull()
    expect((await says(desk, 'budi', 'data saya')).join()).toMatch(/Banding PSR-\d{5}\w\/B1 \([^)]*\)\n/)
  })
})

it('erases nothing before the yes', async () => {
  const file = await register()
  await says(desk, 'budi', 'hapus data', 'tidak')
  await sweepNow()
  expect(await bytesOf(file)).not.toBeNull()
  expect((await says(desk, 'budi', 'data saya')).join()).toContain('Budi Santoso')
})

it('tells by a quote which rule sent a message', async () => {
  await register()
  await desk.house.db
    .updateTable('ledger')
    .set({ purpose: 'diterima', message_id: 'm7', state: 'accepted', sent_at: sql`app_now()` })
    .where('place', '=', 1)
    .execute()
  await desk.receive([message('budi', 'kenapa', { quotes: 'm7' })])
  expect(textsTo(await desk.takeAll(), 'budi').join()).toContain('Aturan: diterima')
})

it('shows whether somebody comes and where he was checked in, and the number that the platform vouches for', async () => {
  await desk.receive([message('budi', 'daftar', { phone: '6283600000017' })])
  await says(desk, 'budi', ...ordinary().slice(1))
  await accept(desk.house, { allOf: 'pasuruan-2025-10' }, 'test')
  await says(desk, 'budi', 'tidak bisa hadir, anak sakit', 'tidak', 'saya datang agak telat')
  const { id } = await desk.house.db.selectFrom('registration').select('id').executeTakeFirstOrThrow()
  await desk.house.db.insertInto('check_in').values({ registration_id: id, session: 'd1-reg', by: 'meja 1' }).execute()
  const heard = (await says(desk, 'budi', 'data saya')).join()
  expect(heard).toMatch(/Jawaban kehadiran PSR-\d{5}\w: hadir, agak terlambat, "saya datang agak telat" \(20 Sep/)
  expect(heard).toMatch(/Tercatat hadir PSR-\d{5}\w: Registrasi ulang, cek KTP, pembagian perlengkapan \(20 Sep/)
  expect(heard).toContain('Chat Simulator (6283600000017), sejak')
})

it('erases the words about coming and keeps the record of attendance of who was accepted; of others both', async () => {
  const words = async () => {
    const rows = await desk.house.db.selectFrom('attendance').selectAll().execute()
    return rows.map(({ registration_id: id, said }) => desk.house.seal.open(`attendance.said:${id}`, said).toString())
  }
  for (const [who, nik] of [
    ['budi', '3575011708859001'],
    ['agus', '3575020304909002'],
  ] as const)
    await says(desk, who, ...ordinary({ nik }))
  await accept(desk.house, { allOf: 'pasuruan-2025-10' }, 'test')
  const rows = await desk.house.db.selectFrom('registration').select('id').execute()
  for (const { id: registration_id } of rows)
    await desk.house.db.insertInto('check_in').values({ registration_id, session: 'd1-reg', by: 'meja 1' }).execute()
  await says(desk, 'budi', 'insyaallah datang, istri sakit', 'hapus data', 'ya')
  expect(await words()).toEqual([''])
  await says(desk, 'agus', 'tidak bisa hadir, anak sakit', 'ya', 'hapus data', 'ya')
  expect(await words()).toEqual([''])
  expect(await count('check_in')).toBe(1)
  expect(await count("audit where detail is not null and action = 'registration.accept'")).toBe(1)
})
