// One person on many chats, many persons on one: codes that work once, answers that reach whom they are meant for, NIKs.
import { randomUUIDv7 } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accept, returnForRepair } from '../../src/cli/decide.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { claimDue } from '../../src/db/ledger-claim.ts'
import { routeNotices } from '../../src/db/ledger-route.ts'
import { settleRows } from '../../src/db/ledger-settle.ts'
import { makeLetters } from '../../src/jobs/letters.ts'
import { accepted } from '../support/world.ts'
import { type Desk, message, openDesk, ordinary, SENDER, says, stateOf, textsTo } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const CODE = /[A-Z][0-9A-Z]{3}-[0-9A-Z]{3}\d/
const codeIn = (texts: readonly string[]): string => CODE.exec(texts.join())?.[0] ?? ''
const WIFE = { name: 'Siti Aminah', nik: '3575015708859002', phone: '083600000018' }
const tasks = () => desk.house.db.selectFrom('task').select('kind').execute()

/** Lets what is due leave; gives to whom and in which words. */
async function leaving(): Promise<(readonly [string, string])[]> {
  const { house } = desk
  await house.db.updateTable('ledger').set({ state: 'accepted' }).where('state', '=', 'attempted').execute()
  await routeNotices(house.db)
  const bot = { ...SENDER, send: async () => ({ messageId: null }), fetch: async () => Buffer.alloc(0) }
  const { rows } = await claimDue(house.db, SENDER, 'notices', 50)
  const { ready } = await makeLetters(house, bot, rows)
  await settleRows(
    house.db,
    [],
    ready.map(one => one.leaving),
  )
  await settleRows(
    house.db,
    ready.map(({ letter }) => accepted(letter.id)),
  )
  return ready.map(({ letter }) => [letter.address, letter.reply.text] as const)
}

describe('a code', () => {
  it('is stored as a digest, sent as a secret, and joins the same question', async () => {
    const code = codeIn(await says(desk, 'old', ...ordinary().slice(0, 5), 'sambungkan'))
    const [row] = await desk.house.db.selectFrom('link_code').selectAll().execute()
    expect(row?.code_key).toEqual(desk.house.seal.lookup('link', code))
    const newest = desk.house.db.selectFrom('ledger').select('secret').orderBy('created_at', 'desc').limit(1)
    expect(await newest.executeTakeFirst()).toEqual({ secret: true })

    const before = await stateOf(desk, 'old')
    expect((await says(desk, 'new', code.toLowerCase())).join()).toContain('tersambung')
    expect(await stateOf(desk, 'new')).toMatchObject({ question: before.question, answers: before.answers })
    await says(desk, 'new', 'Malang')
    expect((await stateOf(desk, 'old')).answers.birth_place?.value).toBe('Malang')
    await says(desk, 'old', '0836 0000 0017')
    expect((await stateOf(desk, 'new')).question).toBe('address')
  })

  it('is told to the chats that knew the person before, once, without saying to whom', async () => {
    const code = codeIn(await says(desk, 'old', 'daftar', 'setuju', 'Budi Santoso', 'sambungkan'))
    await says(desk, 'new', code)
    expect(await leaving()).toEqual([
      ['old', expect.stringMatching(/^Baru saja ada chat lain yang disambungkan.*ketik PANITIA\.$/)],
    ])
    expect(await leaving()).toEqual([])
    expect((await says(desk, 'old', 'kenapa')).join()).toContain('karena ada chat lain yang disambungkan')
  })

  it('is told with the name on a chat of several people', async () => {
    await says(desk, 'home', ...ordinary(), 'orang lain', 'setuju', 'Siti Aminah')
    const code = codeIn(await says(desk, 'home', 'sambungkan'))
    await says(desk, 'new', code)
    expect(await leaving()).toEqual([['home', expect.stringMatching(/^Untuk Siti Aminah:\n\nBaru saja/)]])
  })

  it('joins one of two chats that say it at once', async () => {
    const code = codeIn(await says(desk, 'old', 'daftar', 'setuju', 'sambungkan'))
    await desk.receive([message('first', code), message('second', code)])
    const replies = await desk.takeAll()
    const heard = ['first', 'second'].map(who => textsTo(replies, who).join())
    expect(heard.filter(text => text.includes('sudah tersambung'))).toHaveLength(1)
    expect(heard.filter(text => text.includes('tidak berlaku'))).toHaveLength(1)
  })

  it('is worth nothing after 15 minutes, after another was asked for, and when it was never made: all hear the same', async () => {
    const late = codeIn(await says(desk, 'a', 'daftar', 'setuju', 'sambungkan'))
    await shiftClock(desk.house.db, '16 minutes')
    const replaced = codeIn(await says(desk, 'b', 'daftar', 'setuju', 'sambungkan'))
    await says(desk, 'b', 'sambungkan')
    const heard = []
    for (const [who, code] of [
      ['x', late],
      ['y', replaced],
      ['z', 'K7M4-P2Q9'],
    ] as const)
      heard.push(await says(desk, who, code))
    expect(heard[0]?.join()).toContain('tidak berlaku')
    expect(heard[1]).toEqual(heard[0])
    expect(heard[2]).toEqual(heard[0])
  })

  it('is not used up by the chat that asked for it', async () => {
    const code = codeIn(await says(desk, 'old', 'daftar', 'setuju', 'sambungkan'))
    expect((await says(desk, 'old', `sambungkan ${code}`)).join()).toContain('chat yang satunya')
    expect((await says(desk, 'new', code)).join()).toContain('sudah tersambung')
  })

  it('leaves nobody behind in a chat that had not said a name', async () => {
    const code = codeIn(await says(desk, 'old', ...ordinary().slice(0, 4), 'sambungkan'))
    await says(desk, 'new', 'daftar', 'setuju', code)
    expect((await says(desk, 'new', 'ganti orang')).join()).toContain('baru ada satu peserta')
  })
})

describe('a chat of two', () => {
  /** Budi is registered, Siti has come to the question for her NIK. */
  async function family(): Promise<void> {
    await says(desk, 'home', ...ordinary(), 'orang lain', 'setuju', 'Siti Aminah')
  }

  /** The notice leaves for the chat. */
  const leave = async () => expect(await leaving()).toEqual([['home', expect.stringMatching(/^Untuk Budi Santoso:/)]])

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
    const told = await leaving()
    expect(told.map(([, text]) => text).sort()).toEqual([
      expect.stringMatching(/^Selamat, Budi Santoso!/),
      expect.stringMatching(/^Selamat, Siti Aminah!/),
    ])
    expect(told.every(([, text]) => text.includes(NOTICE))).toBe(true)
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
    await says(desk, 'home', ...ordinary(), 'orang lain', ...ordinary(WIFE).slice(1))
    for (const { number } of await desk.house.db
      .selectFrom('registration')
      .select('number')
      .orderBy('number')
      .execute())
      await returnForRepair(desk.house, number, 'foto KTP belum ada', 'test')
    await leaving()
    const file = { id: randomUUIDv7(), type: 'image/jpeg', bytes: 9, blurred: false } as const
    const siti = desk.house.db.selectFrom('chat').select('conversation_id').executeTakeFirstOrThrow()
    await desk.house.db
      .insertInto('file')
      .values({ ...file, ...(await siti) })
      .execute()
    await desk.receive([message('home', '', { said: { kind: 'file', file } })])
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
    await says(desk, 'home', ...ordinary(), 'orang lain', ...ordinary(WIFE).slice(1))
    for (const { number } of await desk.house.db
      .selectFrom('registration')
      .select('number')
      .orderBy('number')
      .execute())
      await returnForRepair(desk.house, number, 'foto KTP belum ada', 'test')
    await leaving()
    const file = { id: randomUUIDv7(), type: 'image/jpeg', bytes: 9, blurred: false } as const
    const siti = desk.house.db.selectFrom('chat').select('conversation_id').executeTakeFirstOrThrow()
    await desk.house.db
      .insertInto('file')
      .values({ ...file, ...(await siti) })
      .execute()
    await desk.receive([message('home', '', { said: { kind: 'file', file } })])
    await desk.takeAll()
    await says(desk, 'home', 'jadwal')
    const { erase_at } = await desk.house.db.selectFrom('file').select('erase_at').executeTakeFirstOrThrow()
    expect(erase_at).not.toBeNull()
  })
})

describe('NIKs', () => {
  const NIKS = ['3575020304909002', '3575020304909003', '3575020304909004', '3575020304909005']

  it('are looked up for three a day and chat; then known and unknown hear the same, and the operator is told', async () => {
    await says(desk, 'known', ...ordinary())
    await says(desk, 'stranger', 'daftar', 'setuju', 'Siti Aminah')
    for (const nik of NIKS.slice(0, 3)) await says(desk, 'stranger', nik, 'UBAH 2')
    const unknown = await says(desk, 'stranger', NIKS[3] as string)
    await says(desk, 'stranger', 'lewati', 'UBAH 2')
    const known = await says(desk, 'stranger', '3575011708859001')
    expect(unknown.join()).toContain('sudah ada beberapa NIK')
    expect(known).toEqual(unknown)
    expect(await tasks()).toEqual([{ kind: 'nik_limit' }])
    expect(await desk.house.db.selectFrom('nik_lookup').select('nik_key').execute()).toHaveLength(4)
  })

  it('of people who registered here do not count', async () => {
    for (const nik of NIKS) {
      await shiftClock(desk.house.db, '1 minute')
      await says(desk, 'mandor', 'orang lain', ...ordinary({ nik }))
    }
    expect(await desk.house.db.selectFrom('registration').select('id').execute()).toHaveLength(4)
    expect(await tasks()).toEqual([])
  })
})
