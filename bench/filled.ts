// Databases that hold many registrations already, to be copied for a round.

import { readConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { openHouse } from '../src/open-house.ts'
import { loadSampleEvent } from '../src/sample-event.ts'
import { onServer, withDatabase } from '../test/support/admin.ts'
import { KEY } from './key.ts'
import type { Server } from './round.ts'

/** An event's numbers have five digits. */
const OF_ONE_EVENT = 90_000

/**
 * A new database with so many people who have registered, each with a message handled and one sent; gives its name. Some
 * registered for the open event and wait for a decision, the rest for events that are over; or all are `accepted`.
 */
export async function fillDatabase({ url }: Server, people: number, accepted = false): Promise<string> {
  const name = `bench_filled_${people}_${crypto.randomUUID().slice(0, 8)}`
  await onServer(url, `create database ${name}`)
  const there = withDatabase(url, name)
  const { house, close } = await openHouse(readConfig({ DATABASE_URL: there, SAPA_KEY: KEY }), createLog('silent'))
  await loadSampleEvent(house)
  await close()
  await onServer(there, statements(people, accepted).join(';\n'))
  // It can't run within the transaction of the others.
  await onServer(there, 'vacuum analyze')
  return name
}

/** Ids rise as those of the program do. */
const id = (table: number) => `('0${table}990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
const sealed = (bytes: number) => `decode(repeat(md5(n::text), ${bytes / 16}), 'hex')`
const some = (people: number) => `generate_series(1, ${people}) as n`

const statements = (people: number, accepted: boolean): readonly string[] => [
  `create temporary table source as select *, starts_at as old from event`,
  `insert into event (id, file, starts_at, ends_at, open_at, close_at, capacity, numbers)
     select 'old-' || n, file, starts_at - '1 year'::interval, ends_at - '1 year'::interval,
       open_at - '1 year'::interval, close_at - '1 year'::interval, capacity, 0
     from source, generate_series(1, ${Math.floor(people / OF_ONE_EVENT)}) as n`,
  `create temporary table place as
     select n, case when ${accepted} or n <= ${OF_ONE_EVENT} then (select id from source) else 'old-' || (n - 1) / ${OF_ONE_EVENT} end as event_id
     from ${some(people)}`,
  `insert into conversation (id, state, event_id, turns, draft) select ${id(1)}, ${sealed(640)}, event_id, 16, false from place`,
  `insert into chat (id, channel, account, address_key, address, conversation_id)
     select ${id(2)}, 'telegram', '4242', ${sealed(32)}, ${sealed(48)}, ${id(1)} from ${some(people)}`,
  `insert into chat_conversation (chat_id, conversation_id) select ${id(2)}, ${id(1)} from ${some(people)}`,
  `insert into registration (id, event_id, conversation_id, number, status, nik_key, name, trade, level, association, record,
       changed_at)
     select ${id(3)}, event_id, ${id(1)}, 'OLD-' || n, '${accepted ? 'DITERIMA' : 'MENUNGGU_VERIFIKASI'}', ${sealed(32)},
       'Budi ' || n, 'tukang-batu', 2, 'gapensi', ${sealed(640)}, app_now() - '1 day'::interval from place`,
  `insert into inbox (id, chat_id, channel, account, message_id, place, payload, handled_at, conversation_id)
     select ${id(4)}, ${id(2)}, 'telegram', '4242', 'm' || n, n, ${sealed(160)}, app_now(), ${id(1)} from ${some(people)}`,
  `insert into ledger (id, purpose, recipient, occurrence, conversation_id, chat_id, channel, account, state, priority,
       attempts, content, choices, turn, message_id, sent_at)
     select ${id(5)}, 'reply', ${id(2)}, n || '/0', ${id(1)}, ${id(2)}, 'telegram', '4242', 'accepted', 0,
       1, ${sealed(320)}, true, 16, n::text, app_now() from ${some(people)}`,
]
