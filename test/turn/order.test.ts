// Whose turn it is: the platform's order within a chat, files before what follows them, one process a person.
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { lockWaiting, readWaiting } from '../../src/db/waiting.ts'
import { fileStored, takeTurns } from '../../src/turn.ts'
import { type Desk, message, openDesk, ordinary, SENDER, says, stateOf, textsTo } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
beforeEach(() => desk.takeAll())

const photo = (address: string) =>
  message(address, '', { said: { kind: 'remote_file', file: { ref: 'r', caption: 'ini KTP saya' } } })

const inboxId = async (messageId: string) =>
  (await desk.house.db.selectFrom('inbox').select('id').where('message_id', '=', messageId).executeTakeFirstOrThrow())
    .id

const toKtp = (nik: string) => ordinary({ nik }).slice(0, -4)

describe('turns', () => {
  it("follow the platform's order, not the order of arrival", async () => {
    const words = ordinary()
    const messages = words.map(text => message('shuffled', text))
    await desk.receive(messages.toReversed())
    await desk.takeAll()
    expect(await stateOf(desk, 'shuffled')).toMatchObject({ done: true, turn: words.length })
  })

  it('wait for a file, and so does what follows it in the chat; other chats do not', async () => {
    await says(desk, 'photo', ...toKtp('3575011708859002'))
    const ktp = photo('photo')
    await desk.receive([ktp, message('photo', 'lewati'), message('bystander', 'halo')])
    const before = await desk.takeAll()
    expect(new Set(before.map(reply => reply.address))).toEqual(new Set(['bystander']))

    const file = { id: randomUUIDv7(), type: 'image/jpeg', bytes: 5, blurred: false } as const
    expect(await fileStored(desk.house, await inboxId(ktp.messageId), { kind: 'file', file })).toBe(true)
    await desk.takeAll()
    const { answers } = await stateOf(desk, 'photo')
    expect(answers.ktp?.value).toMatchObject({ id: file.id })
    expect(answers.portrait?.value).toBeNull()
    const row = await desk.house.db.selectFrom('file').selectAll().where('id', '=', file.id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ type: 'image/jpeg', bytes: 5, blurred: false })
    expect(await desk.house.db.selectFrom('file_fetch').selectAll().execute()).toEqual([])
  })

  it('say after 60 s that a file could not be fetched, and refuse it later', async () => {
    await says(desk, 'lost', ...toKtp('3575011708859003'))
    const ktp = photo('lost')
    await desk.receive([ktp])
    await shiftClock(desk.house.db, '59 seconds')
    expect(await desk.takeAll()).toEqual([])
    await shiftClock(desk.house.db, '1 second')
    expect(textsTo(await desk.takeAll(), 'lost').join()).toContain('tidak berhasil kami ambil')
    const late = { kind: 'lost_file', problem: 'damaged' } as const
    expect(await fileStored(desk.house, await inboxId(ktp.messageId), late)).toBe(false)
    expect((await stateOf(desk, 'lost')).question).toBe('ktp')
  })

  it('say at once why a file was refused', async () => {
    const large = photo('large')
    await desk.receive([large])
    await fileStored(desk.house, await inboxId(large.messageId), { kind: 'lost_file', problem: 'too_big' })
    expect(textsTo(await desk.takeAll(), 'large').join()).toContain('terlalu besar')
  })

  it('are taken by one process a person, and a busy person keeps nobody waiting', async () => {
    await desk.receive(Array.from({ length: 130 }, (_, i) => message(`crowd ${i}`, 'halo')))
    const other = { ...desk.house, db: connect(desk.url, () => {}) }
    try {
      await desk.house.db.transaction().execute(async trx => {
        await lockWaiting(trx, [SENDER])
        expect(await readWaiting(trx, [SENDER])).toHaveLength(100)
        const theirs = await takeTurns(other, [SENDER])
        expect(theirs.turns).toBe(30)
        expect(await takeTurns(other, [SENDER])).toMatchObject({ turns: 0, replies: [] })
      })
      const batches = await Promise.all([takeTurns(desk.house, [SENDER]), takeTurns(other, [SENDER])])
      expect(batches.reduce((sum, batch) => sum + batch.turns, 0)).toBe(100)
      const chats = batches.flatMap(batch => batch.replies.map(reply => reply.chatId))
      expect(new Set(chats).size).toBe(chats.length)
    } finally {
      await other.db.destroy()
    }
  })

  it('are taken only for accounts that can be answered on', async () => {
    await desk.receive([message('elsewhere', 'halo', { account: 'whatsapp' })])
    expect(await desk.takeAll()).toEqual([])
    const elsewhere = { ...SENDER, account: 'whatsapp' }
    expect((await takeTurns(desk.house, [SENDER, elsewhere])).turns).toBe(1)
  })

  it('answer a press on its first reply', async () => {
    const press = { callback: 'c1', message: '7' }
    await says(desk, 'press', 'daftar')
    await desk.receive([message('press', '', { said: { kind: 'button', asked: 99, value: 'YES' }, press })])
    const replies = await desk.takeAll()
    expect(replies.map(reply => reply.press)).toEqual([press])
  })

  it('leave each reply in the ledger, attempted, with a lease of 15 s', async () => {
    const hello = message('ledger', 'daftar')
    await desk.receive([hello])
    const [reply] = await desk.takeAll()
    const row = await desk.house.db
      .selectFrom('ledger')
      .selectAll()
      .where('id', '=', reply?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      purpose: 'reply',
      recipient: reply?.chatId,
      occurrence: `${await inboxId(hello.messageId)}/0`,
      state: 'attempted',
      attempts: 1,
      turn: 1,
      place: 0,
      choices: true,
    })
    expect(Number(row.lease_until) - Number(row.created_at)).toBe(15_000)
    expect(desk.house.seal.openJson(`ledger.content:${row.id}`, row.content as Buffer)).toEqual(reply?.reply)
  })
})
