// What has just arrived is stored and answered by one commit; whatever goes wrong, it is stored.
import { randomUUIDv7 } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeTurns } from '../../src/turn.ts'
import { type Desk, message, openDesk, SENDER, textsTo } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const handled = async () => {
  const rows = await desk.house.db.selectFrom('inbox').select(['message_id', 'handled_at']).execute()
  return new Map(rows.map(row => [row.message_id, row.handled_at !== null]))
}

it('stores and answers somebody who writes for the first time, and says that nobody waits any more', async () => {
  const hello = message('budi', 'daftar')
  const batch = await takeTurns(desk.house, [SENDER], undefined, [hello])
  expect(batch).toMatchObject({ turns: 1, more: false })
  expect(textsTo(batch.replies, 'budi')).toHaveLength(1)
  expect(await handled()).toEqual(new Map([[hello.messageId, true]]))
})

it('answers the first of two messages of a chat, and says that the other waits', async () => {
  const [first, second] = [message('budi', 'daftar'), message('budi', 'ya')]
  expect(await takeTurns(desk.house, [SENDER], undefined, [first, second])).toMatchObject({ turns: 1, more: true })
  expect(await handled()).toEqual(
    new Map([
      [first.messageId, true],
      [second.messageId, false],
    ]),
  )
  expect(await takeTurns(desk.house, [SENDER])).toMatchObject({ turns: 1, more: false })
})

it('answers a repeat once, whether it comes along with the first or after it', async () => {
  const hello = message('budi', 'daftar')
  expect((await takeTurns(desk.house, [SENDER], undefined, [hello, hello])).turns).toBe(1)
  expect((await takeTurns(desk.house, [SENDER], undefined, [hello])).turns).toBe(0)
  expect((await handled()).size).toBe(1)
})

it('stores what came for an account on which it can not send now', async () => {
  const hello = message('budi', 'daftar')
  expect((await takeTurns(desk.house, [], undefined, [hello])).turns).toBe(0)
  const elsewhere = { ...SENDER, account: 'elsewhere' }
  const other = message('siti', 'daftar')
  expect((await takeTurns(desk.house, [elsewhere], undefined, [other])).turns).toBe(0)
  expect(await handled()).toEqual(
    new Map([
      [hello.messageId, false],
      [other.messageId, false],
    ]),
  )
})

it('lets only what is committed count as received: a message that no table takes is heard of', async () => {
  const broken = message('budi', 'halo', { messageId: `${randomUUIDv7()}\0` })
  await expect(takeTurns(desk.house, [SENDER], undefined, [broken])).rejects.toThrow()
  expect(await handled()).toEqual(new Map())
})
