// The Cloud API's webhook, and what people see: over HTTP on loopback.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { card } from '../files/samples.ts'
import { PHONE_ID, seconds, sign, VERIFY_TOKEN } from '../support/graph-server.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { data, desk, graph, openOffice, register, sendDue, stranger } from './office.ts'

openOffice()

describe('the webhook', () => {
  const url = () => `${desk.address}/webhooks/whatsapp`
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] })
  const rows = async () => (await sql`select from inbox`.execute(data.house.db)).rows.length

  it("answers Meta's challenge only to who knows our words", async () => {
    const ask = (token: string) =>
      fetch(`${url()}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`)
    expect(await (await ask(VERIFY_TOKEN)).text()).toBe('1158201444')
    expect((await ask('guess')).status).toBe(403)
  })

  it('refuses a wrong, a foreign and a missing signature, and stores nothing', async () => {
    const message = { from: '6281234567890', id: 'wamid.x', timestamp: seconds(), type: 'text', text: { body: 'P' } }
    const value = { metadata: { phone_number_id: PHONE_ID }, messages: [message] }
    const forged = JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] })
    expect(await graph.postRaw(forged, undefined)).toBe(401)
    expect(await graph.postRaw(forged, sign(forged, 'another secret'))).toBe(401)
    expect(await graph.postRaw(forged, sign(body))).toBe(401)
    expect(await graph.postRaw(forged, 'sha256=')).toBe(401)
    expect(await graph.postRaw(forged, sign(forged).slice(0, -2))).toBe(401)
    expect(await graph.postRaw(forged, undefined, 'application/x-whatever')).toBe(401)
    expect(await rows()).toBe(0)
    expect(await graph.postRaw(forged, sign(forged))).toBe(200)
    expect(await rows()).toBe(1)
  })

  it('answers what is no JSON, and takes nothing that was posted for another number', async () => {
    expect(await graph.postRaw('{', sign('{'))).toBe(400)
    const message = { from: '6281234567890', id: 'wamid.y', timestamp: seconds(), type: 'text', text: { body: 'P' } }
    expect(await graph.post({ messages: [message] }, { phoneId: '999' })).toBe(200)
    expect(await rows()).toBe(0)
  })

  it('stores a message once that is posted twice', async () => {
    const person = stranger()
    await person.says('P', 'wamid.twice')
    await person.says('P', 'wamid.twice')
    await person.hears(/setuju/i)
    expect(await rows()).toBe(1)
  })

  it('says 200 only when the row is committed', async () => {
    const { db } = data.house
    const locked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const holding = db.transaction().execute(async trx => {
      await sql`lock table inbox in share row exclusive mode`.execute(trx)
      locked.resolve()
      await release.promise
    })
    await locked.promise
    let said: number | undefined
    const message = { from: '6281234567890', id: 'wamid.held', timestamp: seconds(), type: 'text', text: { body: 'P' } }
    const posting = graph.post({ messages: [message] }).then(status => {
      said = status
    })
    await expect
      .poll(async () => (await sql`select from pg_locks where not granted`.execute(db)).rows.length)
      .toBeGreaterThan(0)
    expect(said).toBeUndefined()
    release.resolve()
    await Promise.all([holding, posting])
    expect(said).toBe(200)
    expect(await rows()).toBe(1)
  })

  it('says 503 while the database takes nothing, and stores the message once when Meta posts it again', async () => {
    const { db } = data.house
    const locked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const holding = db.transaction().execute(async trx => {
      await sql`lock table inbox in share row exclusive mode`.execute(trx)
      locked.resolve()
      await release.promise
    })
    await locked.promise
    const message = { from: '6281234567890', id: 'wamid.away', timestamp: seconds(), type: 'text', text: { body: 'P' } }
    const value = { metadata: { phone_number_id: PHONE_ID }, messages: [message] }
    const posted = JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] })
    expect(await graph.postRaw(posted, sign(posted))).toBe(503)
    release.resolve()
    await holding
    expect(await graph.postRaw(posted, sign(posted))).toBe(200)
    expect(await rows()).toBe(1)
  })

  it('refuses more than Meta ever posts, and takes what is as much', async () => {
    const filled = (size: number) => {
      const head = '{"entry":[],"x":"'
      return `${head}${'x'.repeat(size - head.length - 2)}"}`
    }
    const [most, more] = [filled(3 * 1024 * 1024), filled(3 * 1024 * 1024 + 1)]
    expect(await graph.postRaw(most, sign(most))).toBe(200)
    expect(await graph.postRaw(more, sign(more))).toBe(413)
  })

  it('takes what it can read of a post, whatever else is in it', async () => {
    const from = '6281234500009'
    const at = { from, timestamp: seconds() }
    const messages = [
      { ...at, id: 'wamid.odd1', type: 'button' },
      { ...at, id: 'wamid.odd2', type: 'interactive' },
      { from, id: 'wamid.odd3', type: 'text', text: { body: 'tanpa waktu' } },
      { ...at, type: 'text', text: { body: 'tanpa id' } },
      { ...at, id: 'wamid.odd4', type: 'hologram', hologram: {} },
      { ...at, id: 'wamid.odd5', type: 'text' },
    ]
    expect(await graph.post({ messages, errors: [{ code: 130429, title: 'Rate limit hit' }] })).toBe(200)
    expect(await rows()).toBe(4)
  })

  it('is deaf to what the office writes itself in another app', async () => {
    const echo = { from: '15550783881', to: '6281234500010', id: 'wamid.echo', timestamp: seconds(), type: 'text' }
    const value = { metadata: { phone_number_id: PHONE_ID }, message_echoes: [{ ...echo, text: { body: 'Halo' } }] }
    const posted = JSON.stringify({ entry: [{ changes: [{ field: 'smb_message_echoes', value }] }] })
    expect(await graph.postRaw(posted, sign(posted))).toBe(200)
    expect(await rows()).toBe(0)
  })

  it('keeps none of Meta’s ids: the person’s number is in them', async () => {
    const number = '6281234500011'
    const person = graph.person(number)
    await person.says('daftar')
    const { id } = await person.hears(/setuju/i)
    expect(Buffer.from(id.slice(6), 'base64').toString()).toContain(number)
    await person.says('setuju')
    await person.hears(/nama lengkap/)
    const ids = async () =>
      (
        await sql<{ id: string }>`
          select message_id as id from inbox union select message_id from ledger where message_id is not null`.execute(
          data.house.db,
        )
      ).rows
    await expect.poll(async () => (await ids()).length).toBeGreaterThanOrEqual(4)
    const kept = (await ids()).flatMap(row => [
      row.id,
      Buffer.from(row.id.replace(/^wamid\./, ''), 'base64').toString(),
    ])
    expect(kept.filter(text => text.includes(number))).toEqual([])
  })

  it('takes several messages of one post in their order', async () => {
    const messages = ['daftar', 'setuju', 'Budi Santoso'].map((text, i) => ({
      from: '6281234500001',
      id: `wamid.m${i}`,
      timestamp: seconds(),
      type: 'text',
      text: { body: text },
    }))
    await graph.post({ messages })
    await graph.person('6281234500001').hears(/NIK/)
  })
})

describe('what people see', () => {
  it('is a whole registration by buttons, lists and words, with the ticket as a picture', async () => {
    const person = stranger()
    const number = await register(person)
    expect(number).toMatch(/^PSR-\d{5}[A-Z]$/)
    const types = new Set(person.sees().map(({ type }) => type))
    expect(types).toEqual(new Set(['buttons', 'text', 'list', 'image']))
    expect(person.sees().at(-1)?.picture).toEqual(Buffer.of(1, 2, 3))
  })

  it('takes a pressed button, and changes nothing by an old or a forged one', async () => {
    const person = stranger()
    await person.says('daftar')
    await person.hears(/setuju/i)
    await person.presses('Setuju')
    await person.hears(/nama lengkap/)
    await person.pressesId('1:YES')
    await person.hears(/tidak berlaku/)
    await person.pressesId('drop table')
    await person.hears(/tidak berlaku/)
  })

  it('fetches a photo from the API, and refuses one that is too big or lies elsewhere', async () => {
    const person = stranger()
    const picture = await card()
    await person.says('daftar')
    for (const text of Object.values(ORDINARY).slice(0, -4)) await person.says(text)
    await person.hears(/KTP/)
    await person.sendsImage(picture, { size: 20 * 1024 * 1024 })
    await person.hears(/besar/)
    await person.sendsImage(picture, { url: 'http://169.254.169.254/latest/meta-data' })
    await shiftClock(data.house.db, '61 seconds')
    await sendDue()
    await person.hears(/kirim lagi|coba lagi|sekali lagi/i)
    await person.sendsImage(picture)
    await person.hears(/pas foto/i)
    const { rows } = await sql<{ type: string }>`select type from file`.execute(data.house.db)
    expect(rows).toEqual([{ type: 'image/jpeg' }])
  })

  it('goes on in one chat where a person is known by a number first, by both then, and by an id alone at last', async () => {
    const person = graph.person('6281234599999')
    await person.says('daftar')
    await person.hears(/setuju/i)
    person.isKnownBy({ number: '6281234599999', userId: 'ID.777' })
    await person.says('setuju')
    await person.hears(/nama lengkap/)
    person.isKnownBy({ userId: 'ID.777' })
    await person.says('Budi Santoso')
    await person.hears(/NIK/)
    expect((await sql`select from chat`.execute(data.house.db)).rows).toHaveLength(1)
  })
})
