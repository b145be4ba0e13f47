// What goes wrong: a message nobody can handle, a lost connection, a flood.
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { personName } from '../../src/flows/answers/identity.ts'
import { type Flow, flow } from '../../src/flows/flow.ts'
import { takeTurns } from '../../src/turn.ts'
import { type Desk, message, openDesk, ordinary, SENDER, says, stateOf, textsTo } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

/** A flow with a bug: it breaks on one word. */
const fragile: Flow = flow('fragile', 'Halo')
  .ask(
    'name',
    {
      ...personName(),
      read: (said, context) => {
        if (said.kind === 'text' && said.text === 'Patah') throw new RangeError('Patah')
        return personName().read(said, context)
      },
    },
    'Siapa nama Bapak/Ibu? Contoh: Budi',
    { label: 'Nama' },
  )
  .confirm('Benar?')
  .done(() => ({ kind: 'withdraw', event: '' }))

describe('a message that fails', () => {
  it('is tried three times, set aside with a task and an apology, and the chat goes on', async () => {
    await desk.receive([message('budi', 'daftar'), message('siti', 'daftar')])
    await desk.takeAll(fragile)
    const broken = message('budi', 'Patah')
    await desk.receive([broken, message('budi', 'Budi Santoso'), message('siti', 'Siti Aminah')])
    const first = await takeTurns(desk.house, [SENDER], fragile)
    expect(textsTo(first.replies, 'siti')).toHaveLength(1)
    expect(textsTo(first.replies, 'budi')).toEqual([])

    const replies = await desk.takeAll(fragile)
    expect(textsTo(replies, 'budi')[0]).toContain('tidak berhasil kami proses')
    expect((await stateOf(desk, 'budi')).answers.name?.said).toBe('Budi Santoso')
    const row = await desk.house.db
      .selectFrom('inbox')
      .selectAll()
      .where('message_id', '=', broken.messageId)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ tries: 3, set_aside: 'RangeError' })
    expect(row.handled_at).toBeInstanceOf(Date)
    const tasks = await desk.house.db.selectFrom('task').selectAll().execute()
    expect(tasks.map(task => task.kind)).toEqual(['failed'])
  })

  it('is stored all the same where it should have been stored and answered at once, and so are the others', async () => {
    await desk.receive([message('budi', 'daftar'), message('siti', 'daftar')])
    await desk.takeAll(fragile)
    const arrived = [message('budi', 'Patah'), message('siti', 'Siti Aminah')]
    const { replies } = await takeTurns(desk.house, [SENDER], fragile, arrived)
    expect(textsTo(replies, 'siti')).toHaveLength(1)
    expect(textsTo(await desk.takeAll(fragile), 'budi')[0]).toContain('tidak berhasil kami proses')
  })

  it('counts only against itself when SQL refuses it', async () => {
    const bad = personName()
    const unwritable: Flow = {
      ...fragile,
      questions: [
        { ...fragile.questions[0], kind: { ...bad, read: () => ({ ok: true, value: { name: 'x' } }) } },
      ] as never,
      finish: () => ({ kind: 'register', event: 'no-such-event', record: { nik: '1' } as never }),
    }
    await desk.receive([message('budi', 'daftar'), message('siti', 'daftar')])
    await desk.takeAll(unwritable)
    await desk.receive([message('budi', 'Budi')])
    await desk.takeAll(unwritable)
    await desk.receive([message('budi', 'YA'), message('siti', 'Siti')])
    const replies = await desk.takeAll(unwritable)
    expect(textsTo(replies, 'siti')).toHaveLength(1)
    expect(textsTo(replies, 'budi').join()).toContain('tidak berhasil kami proses')
  })
})

describe('a lost connection', () => {
  it('repeats the batch and counts against nobody', async () => {
    await says(desk, 'budi', ...ordinary().slice(0, -1))
    await desk.receive([message('budi', 'YA')])
    // Somebody holds the event, so that the batch stands still with its transaction open.
    const hold = await desk.house.db.startTransaction().execute()
    await sql`select from event for update`.execute(hold)
    const taking = takeTurns(desk.house, [SENDER])
    const waiting = sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    const { pid } = await vi.waitFor(
      async () => {
        const { rows } = await waiting.execute(desk.house.db)
        if (!rows[0]) throw new Error('not there yet')
        return rows[0]
      },
      { timeout: 10_000 },
    )
    await sql`select pg_terminate_backend(${pid})`.execute(desk.house.db)
    await hold.commit().execute()
    const batch = await taking
    expect(textsTo(batch.replies, 'budi').join()).toContain('Nomor pendaftaran')
    const { rows } = await sql`select from inbox where tries > 0 or handled_at is null`.execute(desk.house.db)
    expect(rows).toEqual([])
  })
})

describe('a flood', () => {
  it('gets a turn for 50 messages in 10 s and one warning a minute; others are not delayed', async () => {
    await desk.receive(Array.from({ length: 2_500 }, (_, i) => message('flood', `spam ${i}`)))
    await desk.receive([message('budi', 'daftar')])
    const first = await takeTurns(desk.house, [SENDER])
    // The window is full of the flood: its surplus goes first.
    const replies = [...first.replies, ...(await desk.takeAll())]
    expect(textsTo(replies, 'budi')).toHaveLength(1)
    const toFlood = textsTo(replies, 'flood')
    expect(toFlood.filter(text => text.includes('banyak sekali'))).toHaveLength(1)
    expect(toFlood).toHaveLength(51)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from inbox where set_aside = 'flood' and handled_at is not null`.execute(desk.house.db)
    expect(rows[0]?.n).toBe(2_450)
    await desk.receive([message('flood', 'lagi')])
    expect(textsTo(await desk.takeAll(), 'flood')).toEqual([])
  })

  it('is warned once within sixty seconds, on whichever side of the full minute', async () => {
    const { rows } = await sql<{ left: number }>`
      select 60 - extract(second from app_now())::float8 as left`.execute(desk.house.db)
    await shiftClock(desk.house.db, `${(rows[0]?.left ?? 0) + 57} seconds`)
    const flood = async () => {
      await desk.receive(Array.from({ length: 60 }, (_, i) => message('late', `spam ${i}`)))
      return textsTo(await desk.takeAll(), 'late').filter(text => text.includes('banyak sekali')).length
    }
    expect(await flood()).toBe(1)
    await shiftClock(desk.house.db, '11 seconds')
    expect(await flood()).toBe(0)
    await shiftClock(desk.house.db, '50 seconds')
    expect(await flood()).toBe(1)
  })

  it('is none below 50 messages: each takes its turn', async () => {
    await desk.receive(Array.from({ length: 49 }, (_, i) => message('eager', `P ${i}`)))
    expect(textsTo(await desk.takeAll(), 'eager')).toHaveLength(49)
  })
})
