// Meta takes a message and says nothing: after twenty seconds it is uncertain, the next one leaves, and it is not sent again.
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { data, graph, openOffice, sendDue, stranger } from '../cloud/office.ts'

openOffice()

it('an answer that Meta is silent about is uncertain, and the person goes on', { timeout: 90_000 }, async () => {
  const states = async () =>
    (await sql<{ state: string }>`select state from ledger order by created_at`.execute(data.house.db)).rows.map(
      ({ state }) => state,
    )
  const person = stranger()
  graph.fail('silence')
  await person.says('P')
  await expect.poll(states, { timeout: 40_000 }).toEqual(['uncertain'])
  await shiftClock(data.house.db, '2 minutes')
  await sendDue()
  await person.says('setuju')
  await person.hears(/nama lengkap/)
  await expect.poll(states).toEqual(['uncertain', 'accepted'])
  expect(person.sees().filter(({ text }) => /setuju/i.test(text))).toHaveLength(1)
})
