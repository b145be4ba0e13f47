// A batch is nothing but the same turns one by one, only cheaper.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Incoming } from '../../src/bots/port.ts'
import type { House } from '../../src/house.ts'
import { type LeavingReply, takeTurns } from '../../src/turn.ts'
import { type Desk, message, openDesk, ordinary, SENDER, stateOf } from './desk.ts'

let together: Desk
let alone: Desk
beforeAll(async () => {
  together = await openDesk()
  alone = await openDesk()
})
afterAll(async () => {
  await together.close()
  await alone.close()
})

const NIKS = ['3575011708859001', '3575015708859002']
const chatter = fc.constantFrom('P', 'bantuan', 'UBAH 2', 'kembali', 'YA', 'ya', 'batal', 'panitia', 'EN', 'berhenti')

/** A worker who registers with one of two NIKs and says something else in between. */
const worker = fc
  .tuple(fc.constantFrom(...NIKS), fc.array(fc.tuple(fc.nat(16), chatter), { maxLength: 4 }))
  .map(([nik, extras]) => extras.reduce((words, [at, extra]) => words.toSpliced(at, 0, extra), ordinary({ nik })))

it('answers, remembers and registers as if each person had been alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(worker, { minLength: 2, maxLength: 5 }), async people => {
      await empty(together.house)
      await empty(alone.house)
      const rounds = Math.max(...people.map(words => words.length))
      for (let round = 0; round < rounds; round++) {
        const messages = people.flatMap((words, i) => words.slice(round, round + 1).map(text => message(`p${i}`, text)))
        const order = await inOrderOfAsks(together, messages)
        await together.receive(messages)
        const batch = await takeTurns(together.house, [SENDER])
        expect(batch.turns).toBe(messages.length)
        for (const one of order) {
          // Stored by the same commit; the crowd's were stored before.
          const { replies } = await takeTurns(alone.house, [SENDER], undefined, [one])
          expect(batch.replies.filter(reply => reply.address === one.address).map(told)).toEqual(replies.map(told))
        }
      }
      for (const i of people.keys()) expect(await kept(together, `p${i}`)).toEqual(await kept(alone, `p${i}`))
      expect(await registered(together.house)).toEqual(await registered(alone.house))
    }),
    { numRuns: 12, interruptAfterTimeLimit: 15_000 },
  )
}, 60_000)

const told = ({ reply, place }: LeavingReply) => ({ reply, place })

/** A batch settles what is contested by kind: who asks for a NIK, then who withdraws, then who registers. */
async function inOrderOfAsks(desk: Desk, messages: readonly Incoming[]): Promise<Incoming[]> {
  const ranks = new Map<Incoming, number>()
  for (const one of messages) {
    const { question, aside } = await stateOf(desk, one.address).catch(() => ({ question: null, aside: undefined }))
    ranks.set(one, question === 'nik' ? 0 : aside?.kind === 'withdraw' ? 1 : 2)
  }
  return messages.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
}

async function empty({ db }: House): Promise<void> {
  await sql`truncate conversation, registration, inbox, ledger cascade`.execute(db)
  await sql`update event set numbers = 0`.execute(db)
}

/** Where a person stands, but for the time of the answers. */
async function kept(desk: Desk, address: string): Promise<unknown> {
  const { answers, ...state } = await stateOf(desk, address)
  return { ...state, answers: Object.entries(answers).map(([id, { at: _, ...answer }]) => [id, answer]) }
}

const registered = ({ db }: House) =>
  db.selectFrom('registration').select(['number', 'status', 'name', 'trade', 'level']).orderBy('number').execute()
