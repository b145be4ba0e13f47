// Accepted people of an event, put there directly: whom the reminders go to.
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { addChats } from '../../src/db/chat.ts'
import { registrationNumber } from '../../src/domain/number.ts'
import type { State } from '../../src/flows/types.ts'
import type { House } from '../../src/house.ts'

const EVENT = 'pasuruan-2025-10'
const AT_ONCE = 500

/** As a finished registration leaves a conversation. */
const DONE: State = {
  flow: 'register',
  lang: 'id',
  turn: 15,
  answers: {},
  question: null,
  asked: 15,
  misses: 0,
  page: 0,
  done: true,
  idle: false,
  stopped: false,
}

/** Chats on Telegram, one a person. */
export async function addTelegramChats({ db, seal }: House, account: string, ids: readonly number[]): Promise<void> {
  for (let i = 0; i < ids.length; i += AT_ONCE)
    await addChats(
      db,
      ids.slice(i, i + AT_ONCE).map(chat => {
        const id = randomUUIDv7()
        return {
          id,
          channel: 'telegram',
          account,
          address_key: seal.lookup('address', `telegram ${account} ${chat}`),
          address: seal.seal(`chat.address:${id}`, String(chat)),
          conversation_id: randomUUIDv7(),
        }
      }),
    )
}

/** Everybody who has a conversation is registered and accepted. Gives how many there are. */
export async function acceptEverybody({ db, seal }: House): Promise<number> {
  const people = await db.selectFrom('conversation').select('id').orderBy('id').execute()
  for (let i = 0; i < people.length; i += AT_ONCE) {
    const some = people.slice(i, i + AT_ONCE)
    const states = some.map(({ id }) => seal.sealJson(`conversation.state:${id}`, DONE))
    await sql`
      update conversation set state = done.state, question = null, event_id = ${EVENT}
      from unnest(${some.map(({ id }) => id)}::uuid[], ${states}::bytea[]) as done (id, state)
      where conversation.id = done.id`.execute(db)
    await db
      .insertInto('registration')
      .values(
        some.map((conversation, n) => {
          const id = randomUUIDv7()
          return {
            id,
            event_id: EVENT,
            conversation_id: conversation.id,
            number: registrationNumber('PSR', i + n + 1),
            status: 'DITERIMA',
            nik_key: seal.lookup('nik', id),
            name: `Budi ${i + n + 1}`,
            trade: 'tukang-batu',
            level: 2,
            association: null,
            record: seal.sealJson(`registration.record:${id}`, {}),
          }
        }),
      )
      .execute()
  }
  return people.length
}
