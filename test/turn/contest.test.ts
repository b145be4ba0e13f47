// What people contest: one registration a person, one a NIK, numbers in order; withdrawing and correcting.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RegistrationRecord } from '../../src/flows/facts.ts'
import { type Desk, message, openDesk, ordinary, says, stateOf, textsTo } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const registrations = () => desk.house.db.selectFrom('registration').selectAll().orderBy('number').execute()
const untilSummary = (instead: Record<string, string> = {}) => ordinary(instead).slice(0, -1)

describe('registering', () => {
  it('makes one registration of a YA said twice in a second', async () => {
    await says(desk, 'budi', ...untilSummary())
    await desk.receive([message('budi', 'YA'), message('budi', 'YA')])
    const texts = textsTo(await desk.takeAll(), 'budi')
    const [registration, ...others] = await registrations()
    expect(others).toEqual([])
    expect(texts[0]).toContain(`Nomor pendaftaran: ${registration?.number}`)
    expect(registration).toMatchObject({ status: 'MENUNGGU_VERIFIKASI', name: 'Budi Santoso', association: 'gapensi' })
    const record: RegistrationRecord = desk.house.seal.openJson(
      `registration.record:${registration?.id}`,
      registration?.record as Buffer,
    )
    expect(record).toMatchObject({ nik: '3575011708859001', documents: { ktp: null } })
  })

  it('gives a NIK that two people bring to the summary at once to exactly one of them', async () => {
    await says(desk, 'first', ...untilSummary())
    await says(desk, 'second', ...untilSummary({ name: 'Siti Aminah' }))
    await desk.receive([message('first', 'YA'), message('second', 'YA')])
    const replies = await desk.takeAll()
    expect((await registrations()).map(row => row.name)).toEqual(['Budi Santoso'])
    expect(textsTo(replies, 'first').join()).toContain('Nomor pendaftaran: PSR-00001')
    expect(textsTo(replies, 'second').join()).toContain('sudah terdaftar')
  })

  it('says at the NIK question that a NIK is taken, but not to its owner', async () => {
    await says(desk, 'first', ...ordinary())
    const heard = await says(desk, 'second', ...ordinary().slice(0, 4))
    expect(heard.at(-1)).toContain('sudah terdaftar')
    await says(desk, 'first', 'UBAH 2', '3575011708859001')
    expect((await stateOf(desk, 'first')).question).not.toBe('nik')
  })

  it('numbers a batch in the order in which its people waited', async () => {
    const people = [
      ['Agus Salim', '3575011708859001'],
      ['Budi Santoso', '3575011708859002'],
      ['Siti Aminah', '3575015708859003'],
    ] as const
    for (const [i, [name, nik]] of people.entries()) await says(desk, `p${i}`, ...untilSummary({ name, nik }))
    for (const address of ['p2', 'p0', 'p1']) await desk.receive([message(address, 'YA')])
    await desk.takeAll()
    expect((await registrations()).map(row => [row.number.slice(0, 9), row.name])).toEqual([
      ['PSR-00001', 'Siti Aminah'],
      ['PSR-00002', 'Agus Salim'],
      ['PSR-00003', 'Budi Santoso'],
    ])
    const { numbers } = await desk.house.db.selectFrom('event').select('numbers').executeTakeFirstOrThrow()
    expect(numbers).toBe(3)
  })

  it('keeps the number when the data is corrected, and waits for the organiser again', async () => {
    await says(desk, 'budi', ...ordinary())
    const [before] = await registrations()
    await desk.house.db.updateTable('registration').set({ status: 'PERLU_PERBAIKAN' }).execute()
    await says(desk, 'budi', 'UBAH 1', 'Budi Santosa', 'YA')
    const [after, ...others] = await registrations()
    expect(others).toEqual([])
    expect(after).toMatchObject({ id: before?.id, number: before?.number, name: 'Budi Santosa' })
    expect(after?.status).toBe('MENUNGGU_VERIFIKASI')
  })

  it('does not let a correction take the NIK of somebody else', async () => {
    await says(desk, 'budi', ...ordinary())
    await says(desk, 'siti', ...ordinary({ nik: '3575015708859002', name: 'Siti Aminah' }))
    await says(desk, 'budi', 'UBAH 2', '3575015708859002')
    const niks = (await registrations()).map(row => row.nik_key.toString('hex'))
    expect(new Set(niks).size).toBe(2)
    expect((await stateOf(desk, 'budi')).question).toBe('nik')
  })

  it('frees the NIK when its owner withdraws', async () => {
    await says(desk, 'first', ...ordinary())
    await says(desk, 'first', 'batal', 'ya')
    expect((await registrations()).map(row => row.status)).toEqual(['MENGUNDURKAN_DIRI'])
    await says(desk, 'second', ...ordinary({ name: 'Siti Aminah' }))
    expect((await registrations()).map(row => row.status)).toEqual(['MENGUNDURKAN_DIRI', 'MENUNGGU_VERIFIKASI'])
  })
})

describe('what a turn leaves beside its replies', () => {
  it('keeps the consent with its text, language, chat and message', async () => {
    await says(desk, 'budi', 'daftar')
    const agrees = message('budi', 'setuju')
    await desk.receive([agrees])
    await desk.takeAll()
    const consents = await desk.house.db.selectFrom('consent').selectAll().execute()
    expect(consents).toMatchObject([
      { purpose: 'registration', given: true, language: 'id', channel: 'simulator', message_id: agrees.messageId },
    ])
  })

  it('opens one task for a person who asks for help, however often', async () => {
    await says(desk, 'budi', 'daftar', 'setuju', 'panitia', 'panitia')
    const [task, ...others] = await desk.house.db.selectFrom('task').selectAll().execute()
    expect(others).toEqual([])
    const detail = desk.house.seal.openJson(`task.detail:${task?.id}`, task?.detail as Buffer)
    expect(detail).toMatchObject({ channel: 'simulator', question: 'name', said: 'panitia' })
  })

  it('stops and starts the reminders', async () => {
    const stopped = async () =>
      (await desk.house.db.selectFrom('conversation').select('stopped_at').executeTakeFirstOrThrow()).stopped_at
    await says(desk, 'budi', 'daftar', 'berhenti')
    expect(await stopped()).toBeInstanceOf(Date)
    await says(desk, 'budi', 'mulai')
    expect(await stopped()).toBeNull()
  })

  it('shows SQL the open question, the language and the event', async () => {
    await says(desk, 'budi', 'daftar', 'setuju', 'EN')
    const row = await desk.house.db.selectFrom('conversation').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ question: 'name', language: 'en', event_id: 'pasuruan-2025-10', turns: 3 })
    expect(row.waiting_since).toBeInstanceOf(Date)
  })
})
