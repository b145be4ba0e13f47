// People's pictures and what becomes of them: for tests of erasure and retention.
import { sql } from 'kysely'
import { shiftClock } from '../../src/db/installation.ts'
import { createStore } from '../../src/files/store.ts'
import type { FileFact } from '../../src/flows/types.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { type Desk, message, ordinary, SENDER, says } from './desk.ts'

/** What these tests do at the desk that is open just now. */
export function picturesAt(desk: () => Desk) {
  /** The next sweep that tidies up, as one does every minute. */
  const sweepNow = async () => {
    await shiftClock(desk().house.db, '61 seconds')
    await sweep(desk().house, SENDER, () => {})
  }

  /** A picture that was stored for this person. */
  async function keepFile(address: string): Promise<FileFact> {
    const { house } = desk()
    const id = crypto.randomUUID()
    const key = house.seal.lookup('address', `${SENDER.channel} ${SENDER.account} ${address}`)
    const { conversation_id } = await house.db
      .selectFrom('chat')
      .select('conversation_id')
      .where('address_key', '=', key)
      .executeTakeFirstOrThrow()
    await createStore(house).put(id, Buffer.from('a picture'))
    const file = { id, type: 'image/jpeg', bytes: 9, blurred: false } as const
    await house.db
      .insertInto('file')
      .values({ ...file, conversation_id })
      .execute()
    return file
  }

  async function sends(address: string, file: FileFact): Promise<void> {
    await desk().receive([message(address, '', { said: { kind: 'file', file } })])
    await desk().takeAll()
  }

  /** Budi registers with a picture of the KTP. */
  async function register(): Promise<FileFact> {
    const words = ordinary()
    const ktp = words.length - 4
    await says(desk(), 'budi', ...words.slice(0, ktp))
    const file = await keepFile('budi')
    await sends('budi', file)
    await says(desk(), 'budi', ...words.slice(ktp + 1))
    return file
  }

  const bytesOf = ({ id }: FileFact) => createStore(desk().house).get(id)
  const count = async (from: string) =>
    (await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(from)}`.execute(desk().house.db)).rows[0]?.n

  return { sweepNow, keepFile, sends, register, bytesOf, count }
}
