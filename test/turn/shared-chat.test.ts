// A chat of several people: answers reach whom they are meant for.
import { randomUUIDv7 } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accept, returnForRepair } from '../../src/cli/decide.ts'
import { type Desk, leaving, message, openDesk, ordinary, says, stateOf, textsTo } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const WIFE = { name: 'Siti Aminah', nik: '3575015708859002', phone: '083600000018' }

describe('a chat of two', () => {
  /** Budi is registered, Siti has come to the question for her NIK. */
  async function family(): Promise<void> {
    await says(desk, 'home', ...ordinary(), 'orang lain', 'setuju', 'Siti Aminah')
  }

  /** The notice leaves for the chat. */
  const leave = async () =>
    expect(await leaving(desk)).toEqual([['home', expect.stringMatching(/^Untuk Budi Santoso:/)]])

  it('says for whom each message is', async () => {
    await family()
    expect((await says(desk, 'home', 'status'))[0]).toMatch(/^Untuk Siti Aminah:/)
  })

  it('takes words for who is asked, and a yes for the newest question', async () => {
    await family()
    const { number } = await desk.house.db.selectFrom('registration').select('number').executeTakeFirstOrThrow()
    await returnForRepair(desk.house, number, 'pendidikan keliru', 'test')
    await leave()
    expect((await says(desk, 'home', '3575015708859002'))[0]).toMatch(/^Untuk Siti Aminah:/)
    expect((await says(desk, 'home', 'ya'))[0]).toMatch(/^Untuk Siti Aminah:/)
  })

  it('takes a bare number for the notice that came after the last answer', async () => {
    await family()
    const { number } = await desk.house.db.selectFrom('registration').select('number').executeTakeFirstOrThrow()
    await returnForRepair(desk.house, number, 'pendidikan keliru', 'test')
    await leave()
    const heard = await says(desk, 'home', '4')
    expect(heard[0]).toMatch(/^Untuk Budi Santoso:/)
    expect((await stateOf(desk, 'home')).answers.education?.value).toBe('SMK')
  })

  it('takes a press for the message it sat on, and a quote for the quoted one', async () => {
    await family()
    const { number } = await desk.house.db.selectFrom('registration').select('number').executeTakeFirstOrThrow()
    await returnForRepair(desk.house, number, 'pendidikan keliru', 'test')
    await leave()
    const sent = await desk.house.db
      .selectFrom('ledger')
      .selectAll()
      .where('purpose', '=', 'perbaikan')
      .executeTakeFirstOrThrow()
    await says(desk, 'home', 'bantuan')
    await desk.receive([message('home', '4', { quotes: sent.message_id as string })])
    expect(textsTo(await desk.takeAll(), 'home')[0]).toMatch(/^Untuk Budi Santoso:/)
  })
})

describe('a chat of two who were both asked', () => {
  const NOTICE = 'Bapak/Ibu bisa hadir?'
  const attendance = () =>
    desk.house.db
      .selectFrom('attendance')
      .innerJoin('registration', 'registration.id', 'registration_id')
      .select(['name', 'answer'])
      .orderBy('name')
      .execute()

  /** Budi and Siti are registered and accepted, and both are asked whether they come. */
  async function couple(...afterwards: string[]): Promise<void> {
    await says(desk, 'home', ...ordinary(), 'orang lain', ...ordinary(WIFE).slice(1), ...afterwards)
    await accept(desk.house, { allOf: 'pasuruan-2025-10' }, 'test')
    const told = await leaving(desk)
    expect(told.map(([, text]) => text).sort()).toEqual([
      expect.stringMatching(/^Selamat, Budi Santoso!/),
      expect.stringMatching(/^Selamat, Siti Aminah!/),
    ])
    expect(told.every(([, text]) => text.includes(NOTICE))).toBe(true)
  }

  /** Both were told to send the photo of the KTP again, and one has come. */
  async function photo() {
    await says(desk, 'home', ...ordinary(), 'orang lain', ...ordinary(WIFE).slice(1))
    for (const { number } of await desk.house.db
      .selectFrom('registration')
      .select('number')
      .orderBy('number')
      .execute())
      await returnForRepair(desk.house, number, 'foto KTP belum ada', 'test')
    await leaving(desk)
    const file = { id: randomUUIDv7(), type: 'image/jpeg', bytes: 9, blurred: false } as const
    const siti = desk.house.db.selectFrom('chat').select('conversation_id').executeTakeFirstOrThrow()
    await desk.house.db
      .insertInto('file')
      .values({ ...file, ...(await siti) })
      .execute()
    await desk.receive([message('home', '', { said: { kind: 'file', file } })])
    return file
  }

  it.each(['ya', '1', 'siap hadir', 'tidak bisa'])(
    'is asked for whom "%s" is, and it counts for that one alone',
    async word => {
      await couple()
      expect(await says(desk, 'home', word)).toEqual(['Jawaban tadi untuk siapa?'])
      expect(await attendance()).toEqual([])
      const heard = await says(desk, 'home', 'Budi Santoso')
      expect(heard.join()).toMatch(/^Untuk Budi Santoso:/)
      if (word === 'tidak bisa') await says(desk, 'home', 'ya')
      expect(await attendance()).toEqual([{ name: 'Budi Santoso', answer: word === 'tidak bisa' ? 'TIDAK' : 'HADIR' }])
    },
  )

  it('needs not ask about the other one any more', async () => {
    await couple()
    await says(desk, 'home', 'ya', 'Budi Santoso')
    expect((await says(desk, 'home', 'ya')).join()).toMatch(/^Untuk Siti Aminah:/)
    expect(await attendance()).toEqual([
      { name: 'Budi Santoso', answer: 'HADIR' },
      { name: 'Siti Aminah', answer: 'HADIR' },
    ])
    expect((await says(desk, 'home', 'ya')).join()).not.toContain('untuk siapa')
  })

  it('is not asked where the message says itself what it answers', async () => {
    await couple()
    const sent = await desk.house.db
      .selectFrom('ledger')
      .innerJoin('registration', 'registration.id', 'registration_id')
      .select('message_id')
      .where('purpose', '=', 'diterima')
      .where('name', '=', 'Budi Santoso')
      .executeTakeFirstOrThrow()
    await desk.receive([message('home', 'ya', { quotes: sent.message_id as string })])
    expect(textsTo(await desk.takeAll(), 'home').join()).toMatch(/^Untuk Budi Santoso:/)
    expect(await attendance()).toEqual([{ name: 'Budi Santoso', answer: 'HADIR' }])
  })

  it('is told the answer to a command at once', async () => {
    await couple()
    expect((await says(desk, 'home', 'jadwal')).join()).not.toContain('untuk siapa')
  })

  it('is asked the interrupted question again, whoever was asked in between', async () => {
    await couple('orang lain', 'setuju', 'Agus Salim')
    expect(await says(desk, 'home', 'ya')).toEqual(['Jawaban tadi untuk siapa?'])
    const heard = await says(desk, 'home', '1')
    expect(heard).toEqual([
      expect.stringMatching(/^Untuk Budi Santoso:\n\nTerima kasih/),
      expect.stringMatching(/^Untuk Agus Salim:\n\nBaik, kita lanjutkan\.\n\n.*Berapa NIK/s),
    ])
    // Siti's notice came before that question: only a quote or a press still answers it.
    expect((await says(desk, 'home', '3575011708859003')).join()).toMatch(/^Untuk Agus Salim:.*Benar\?/s)
  })

  it('goes back to the interrupted question after a question about the answer', async () => {
    await couple('orang lain', 'setuju', 'Agus Salim')
    await says(desk, 'home', 'tidak bisa')
    expect((await says(desk, 'home', 'Siti Aminah')).join()).toMatch(/^Untuk Siti Aminah:.*Yakin/is)
    const heard = await says(desk, 'home', 'ya')
    expect(heard[0]).toMatch(/^Untuk Siti Aminah:/)
    expect(heard[1]).toMatch(/^Untuk Agus Salim:.*Berapa NIK/s)
    expect(await attendance()).toEqual([{ name: 'Siti Aminah', answer: 'TIDAK' }])
  })

  it('is asked for whom a picture is, which then belongs to that one', async () => {
    const file = await photo()
    expect(textsTo(await desk.takeAll(), 'home')).toEqual(['Jawaban tadi untuk siapa?'])
    expect((await says(desk, 'home', 'Budi Santoso')).join()).toMatch(/^Untuk Budi Santoso:/)
    expect((await stateOf(desk, 'home')).answers.ktp?.value).toEqual({ id: file.id, type: file.type })
    const kept = await desk.house.db
      .selectFrom('file')
      .innerJoin('registration', 'registration.conversation_id', 'file.conversation_id')
      .select(['name', 'erase_at'])
      .execute()
    expect(kept).toEqual([{ name: 'Budi Santoso', erase_at: null }])
  })

  it('keeps no picture of which nobody said for whom it is', async () => {
    await photo()
    await desk.takeAll()
    await says(desk, 'home', 'jadwal')
    const { erase_at } = await desk.house.db.selectFrom('file').select('erase_at').executeTakeFirstOrThrow()
    expect(erase_at).not.toBeNull()
  })
})
