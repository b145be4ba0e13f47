// A press proves that a message arrived, whatever the platform said of it.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { retryUncertain } from '../../src/db/ledger-recover.ts'
import { longId, shortId } from '../../src/domain/short-id.ts'
import { type Desk, message, openDesk, ordinary, SENDER, says } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await says(desk, 'budi', ...ordinary())
  await says(desk, 'siti', ...ordinary({ nik: '3575015708859002', name: 'Siti Aminah' }))
  await accept(desk.house, { allOf: 'pasuruan-2025-10' }, 'Bu Rina')
})
afterAll(() => desk.close())

/** Nobody knows whether they arrived. */
beforeEach(() =>
  sql`
    update ledger set state = 'uncertain', attempts = 1, channel = ${SENDER.channel}, account = ${SENDER.account}
    where purpose = 'diterima'`.execute(desk.house.db),
)

type Notice = { readonly id: string; readonly number: string; readonly state: string }
async function notices(): Promise<readonly [budi: Notice, siti: Notice]> {
  const { rows } = await sql<Notice>`
    select ledger.id, number, state from ledger join registration on registration.id = recipient
    where purpose = 'diterima' order by name`.execute(desk.house.db)
  return rows as [Notice, Notice]
}

async function presses(address: string, value: string): Promise<void> {
  const id = crypto.randomUUID()
  const said = { kind: 'button', asked: 0, value } as const
  await desk.receive([message(address, '', { messageId: id, said, press: { callback: id, message: '7' } })])
  await desk.takeAll()
}

it('what was in doubt is read, and is not sent again', async () => {
  const [{ id, number }] = await notices()
  await presses('budi', `attend:HADIR:${number}:${shortId(id)}`)
  await shiftClock(desk.house.db, '61 seconds')
  await retryUncertain(desk.house.db, SENDER)
  expect((await notices()).map(({ state }) => state)).toEqual(['read', 'queued'])
})

it('an answer that has to be confirmed proves it as well', async () => {
  const [{ id, number }] = await notices()
  await presses('budi', `attend:TIDAK:${number}:${shortId(id)}`)
  expect((await notices())[0].state).toBe('read')
})

it("a forged button says nothing of somebody else's message", async () => {
  const [budi, siti] = await notices()
  await presses('siti', `attend:HADIR:${siti.number}:${shortId(budi.id)}`)
  await presses('siti', `attend:HADIR:${siti.number}:nothing`)
  expect((await notices()).map(({ state }) => state)).toEqual(['uncertain', 'uncertain'])
})

it('a short id is the same id', () => {
  const id = crypto.randomUUID()
  expect(shortId(id)).toHaveLength(22)
  expect(longId(shortId(id))).toBe(id)
  expect(longId('nothing')).toBeUndefined()
})
