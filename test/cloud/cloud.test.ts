// What becomes of the Cloud API's messages: statuses, refusals, the 24-hour window, the limits; over HTTP on loopback.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { accept, returnForRepair } from '../../src/cli/decide.ts'
import { readCloudNumber } from '../../src/db/cloud.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { noteReceipts } from '../../src/db/ledger-receipt.ts'
import { TEMPLATES } from '../../src/flows/templates.ts'
import { cloudId, createCloudHouse, sayCloud } from '../../src/jobs/cloud-house.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { PHONE_ID } from '../support/graph-server.ts'
import { AT, data, desk, EVENT, graph, notices, openOffice, register, sendDue, stranger } from './office.ts'

openOffice()

describe('what became of a message', () => {
  const states = async () =>
    (await sql<{ state: string }>`select state from ledger order by created_at`.execute(data.house.db)).rows.map(
      r => r.state,
    )

  it('is delivered and read, in whatever order it is told and however often', async () => {
    const person = stranger()
    await person.says('P')
    const shown = await person.hears(/setuju/i)
    await graph.postStatus(shown, 'read')
    expect(await states()).toEqual(['read'])
    for (const status of ['delivered', 'sent', 'read', 'delivered'] as const) await graph.postStatus(shown, status)
    expect(await states()).toEqual(['read'])
  })

  it('is read though that is told before Meta says that it took it', async () => {
    graph.fail({ early: 'read', ms: 100 })
    await stranger().says('P')
    await expect.poll(states).toEqual(['read'])
  })

  it('is not lost though it is told long before Meta’s answer comes: Meta hears no 200, and tells it again', async () => {
    const person = stranger()
    graph.answers.length = 0
    graph.fail({ early: { failed: 131000 }, ms: 1_500 })
    await person.says('P')
    await expect.poll(states).toEqual(['failed'])
    await expect.poll(() => graph.answers).toContain(503)
    await expect.poll(() => graph.answers.at(-1)).toBe(200)
  })

  it('of somebody else’s message with this number is no news, and is not told again', async () => {
    const person = stranger()
    await person.says('P')
    const shown = await person.hears(/setuju/i)
    const foreign = { ...shown, id: 'wamid.foreign', name: '0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee' }
    for (const name of [foreign.name, 'order 17'])
      expect(await graph.postStatus({ ...foreign, name }, 'read')).toBe(200)
    await expect.poll(states).toEqual(['accepted'])
  })

  it('waits as long as Meta says, and burns no try: throughput, and too many to one person', async () => {
    for (const code of [130429, 131056]) {
      const person = stranger()
      graph.fail({ code })
      await person.says('P')
      await expect.poll(async () => (await states()).at(-1)).toBe('queued')
      await shiftClock(data.house.db, '1 minute')
      await sendDue()
      await expect.poll(() => person.sees().length, { timeout: 20_000 }).toBe(1)
    }
  }, 60_000)

  it('closes a chat that cannot be reached, whether told at once or afterwards', async () => {
    const [now, later] = [stranger(), stranger()]
    graph.fail({ code: 131026 })
    await now.says('P')
    await expect.poll(states).toEqual(['failed'])
    graph.fate({ failed: 131026 })
    await later.says('P')
    await expect.poll(states).toEqual(['failed', 'failed'])
    const { rows } = await sql`select from chat where blocked_at is not null`.execute(data.house.db)
    expect(rows).toHaveLength(2)
  })

  it('keeps what Meta holds back for the number’s own sake, rests its notices, and tells somebody', async () => {
    const person = stranger()
    await register(person)
    graph.fate({ failed: 131048 })
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'queued', why: 'restricted: 131048' }])
    const tasks = async () => (await sql<{ kind: string }>`select kind from task`.execute(data.house.db)).rows
    await expect.poll(tasks).toEqual([{ kind: 'restricted' }])
    const { rows } = await sql`select from pause where notices_only`.execute(data.house.db)
    expect(rows).toHaveLength(1)
    expect(await sayCloud(data.house, desk.bot)).toBe('restricted: 131048')
  })

  it('that could not be delivered afterwards and has no other chat is somebody’s task', async () => {
    const person = stranger()
    await register(person)
    graph.fate({ failed: 131026 })
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'failed', why: 'error 131026' }])
    const { rows } = await sql<{ kind: string }>`select kind from task`.execute(data.house.db)
    expect(rows).toEqual([{ kind: 'undelivered' }])
  })

  it('is noted once who is writing the same row has ended, without waiting in its way', async () => {
    const person = stranger()
    await person.says('P')
    const shown = await person.hears(/setuju/i)
    await expect.poll(states).toEqual(['accepted'])
    const { db, seal } = data.house
    const id = cloudId(seal, shown.id)
    const { noting } = await db.transaction().execute(async trx => {
      await sql`select from ledger where message_id = ${id} for update`.execute(trx)
      expect(await noteReceipts(db, PHONE_ID, [{ message_id: id, read: true }], 'cloud')).toEqual([])
      return { noting: createCloudHouse(data.house, PHONE_ID).noteStatuses([{ state: 'read', messageId: id }]) }
    })
    await noting
    expect(await states()).toEqual(['read'])
  })
})

describe('outside the 24-hour window', () => {
  it('a notice leaves as its template, with buttons that count', async () => {
    const person = stranger()
    const number = await register(person)
    await shiftClock(data.house.db, '30 hours')
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    const { template, choices } = await person.hears(/sapa_diterima_hadir/)
    expect(template).toMatchObject({ language: 'id' })
    expect(template?.values).toContain(number)
    await person.pressesId(choices[0]?.id as string)
    await person.hears(/Terima kasih/)
    // Who pressed has it before him, whatever the phone told of it.
    expect((await notices()).map(({ state }) => state)).toEqual(['read'])
  })

  it.each([
    ['at once', 'buttons', '0 minutes'],
    ['a quarter of an hour before its end', 'buttons', '23 hours 45 minutes'],
    ['nine minutes before its end, since Meta’s clock may be ahead', 'template', '23 hours 51 minutes'],
  ])('inside it the same notice leaves in free words: %s as %s', async (_, type, silent) => {
    const person = stranger()
    await register(person)
    await shiftClock(data.house.db, silent)
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    expect((await person.hears(/Selamat|sapa_diterima_hadir/)).type).toBe(type)
  })

  it('the values of a template hold no line breaks, tabs or rows of spaces: Meta takes none', async () => {
    const address = '6281234500031'
    const template = {
      name: 'sapa_pengingat',
      language: 'id',
      values: ['Budi', 'Uji', 'besok', ' Hotel\n\tAscent      Premier '],
    }
    await desk.bot.send({ id: 'ledger-3', address, reply: { text: 'Ingat.' }, template })
    const shown = graph.messages.find(({ to }) => to === address)
    expect(shown?.template?.values).toEqual(['Budi', 'Uji', 'besok', 'Hotel Ascent Premier'])
  })

  it('a template has the buttons that Meta approved, and no other', async () => {
    const address = '6281234500032'
    const options = [
      { value: 'YES', label: 'Ya' },
      { value: 'NO', label: 'Tidak' },
    ]
    const template = { name: 'sapa_hasil', language: 'id', values: ['Budi', 'Uji'] }
    await desk.bot.send({ id: 'ledger-4', address, reply: { text: 'Hasil.', asked: 1, options }, template })
    const shown = graph.messages.find(({ to }) => to === address)
    expect(shown).toMatchObject({ text: expect.stringMatching(/^Bapak\/Ibu Budi, hasil .* Uji /), choices: [] })
  })

  it('a notice without a template waits and says so, and leaves once the person writes', async () => {
    const person = stranger()
    const number = await register(person)
    await shiftClock(data.house.db, '30 hours')
    const { perbaikan, ...others } = TEMPLATES
    Object.assign(TEMPLATES, { perbaikan: undefined })
    await returnForRepair(data.house, number, 'Foto KTP buram', 'Bu Rina')
    await sendDue()
    const why = 'outside the 24-hour window: no template for perbaikan'
    await expect.poll(notices).toMatchObject([{ state: 'queued', why }])
    Object.assign(TEMPLATES, { perbaikan, ...others })
    await person.says('status')
    await shiftClock(data.house.db, '6 minutes')
    await sendDue()
    expect((await person.hears(/Foto KTP buram/)).template).toBeUndefined()
  })

  it('is what Meta takes for it: a message that came hours after it was written opens it no longer', async () => {
    const person = stranger()
    await register(person)
    await shiftClock(data.house.db, '30 hours')
    const { rows } = await sql<{ s: string }>`
      select floor(extract(epoch from app_now() - interval '25 hours'))::text as s`.execute(data.house.db)
    await person.sends({ type: 'text', text: { body: 'status' }, timestamp: rows[0]?.s })
    await expect
      .poll(async () => (await sql`select from inbox where handled_at is null`.execute(data.house.db)).rows.length)
      .toBe(0)
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    await person.hears(/sapa_diterima_hadir/)
  })

  it('an old chat is told by a template that another one was linked', async () => {
    const [old, other] = [stranger(), stranger()]
    await register(old)
    await old.says('SAMBUNGKAN')
    const code = /Kode sambung: (\S+)/.exec((await old.hears(/Kode sambung/)).text)?.[1]
    await sql`update inbox set received_at = received_at - interval '25 hours'`.execute(data.house.db)
    await other.says(`SAMBUNGKAN ${code}`)
    await other.hears(/sudah tersambung/)
    await sendDue()
    expect((await old.hears(/sapa_tersambung/)).template).toEqual({
      name: 'sapa_tersambung',
      language: 'id',
      values: [],
    })
    await expect.poll(notices).toMatchObject([{ purpose: 'tersambung', state: 'accepted' }])
  })

  it('a template that is not approved waits, and so does what Meta thinks is outside', async () => {
    const person = stranger()
    await register(person)
    await shiftClock(data.house.db, '30 hours')
    graph.fail({ code: 132001 })
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'queued', why: 'error 132001: the template is not approved' }])
    graph.fate({ failed: 131047 })
    await shiftClock(data.house.db, '61 minutes')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'queued', why: 'error 131047: outside the 24-hour window' }])
    graph.fate('delivered')
    await shiftClock(data.house.db, '16 minutes')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'delivered' }])
  })
})

describe('the limits of a number', () => {
  it('a day holds so many people as its tier says; the others wait and say why', async () => {
    const crowd = [stranger(), stranger(), stranger()]
    for (const person of crowd) await register(person)
    await shiftClock(data.house.db, '30 hours')
    graph.limit('TIER_2')
    await desk.lookAgain(() => desk.bot.perDay() === 2)
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    graph.fail('reset', 1)
    await sendDue()
    // One of whom it is not known counts, too.
    await expect
      .poll(async () => (await notices()).map(({ state }) => state).toSorted())
      .toEqual(['accepted', 'queued', 'uncertain'])
    // Without a word to the outbox, which would look at the cap while the clock leaps.
    const why = async () => (await notices()).find(({ state }) => state === 'queued')?.why
    await expect.poll(() => sweep(data.house, AT, () => {}).then(why)).toBe('daily cap: 2')
    await shiftClock(data.house.db, '24 hours')
    await crowd[2]?.says('status')
    // The number rests for a second after the broken connection: one of the next looks sends them.
    const accepted = async () => (await notices()).filter(({ state }) => state === 'accepted').length
    await expect.poll(() => sendDue().then(accepted)).toBe(3)
    for (const [tier, people] of [
      ['TIER_UNLIMITED', 2 ** 31 - 1],
      ['TIER_100K', 100_000],
      ['TIER_NEW', 250],
      ['TIER_2K', 2_000],
    ] as const) {
      graph.limit(tier)
      await desk.lookAgain(() => desk.bot.perDay() === people)
      await expect.poll(async () => (await readCloudNumber(data.house.db))?.people_per_day).toBe(people)
    }
  })
})

describe('the number', () => {
  it('says how it stands, and when its token is refused', async () => {
    expect(desk.bot.health()).toBe('ok')
    expect(desk.bot.perDay()).toBe(2_000)
    graph.revoke(true)
    await desk.lookAgain(() => desk.bot.health() !== 'ok')
    expect(desk.bot.health()).toBe('refused: error 190')
    const tasks = async () => (await sql<{ kind: string }>`select kind from task`.execute(data.house.db)).rows
    await expect.poll(tasks).toEqual([{ kind: 'refused' }])
    graph.revoke(false)
    await desk.lookAgain(() => desk.bot.health() === 'ok')
    expect(await sayCloud(data.house, desk.bot)).toBe('ok')
  })
})
