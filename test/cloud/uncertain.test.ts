// Meta gives the ids of messages: what may have arrived is never sent again blindly, and nobody is left without a word.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { shiftClock } from '../../src/db/installation.ts'
import type { Shown } from '../support/graph-people.ts'
import { data, EVENT, graph, notices, openOffice, register, sendDue, stranger } from './office.ts'

openOffice()

const replies = async () =>
  (
    await sql<{ state: string }>`select state from ledger where purpose = 'reply' order by created_at`.execute(
      data.house.db,
    )
  ).rows.map(({ state }) => state)

describe('an answer', () => {
  it.each(['reset', 'half', 'no JSON', 'a page', { code: 131000, status: 500 }] as const)(
    'is uncertain where %j comes instead of Meta’s word, and not sent again',
    async fault => {
      const person = stranger()
      const arrives = typeof fault === 'string'
      graph.fail(fault)
      await person.says('P')
      await expect.poll(replies).toEqual(['uncertain'])
      await shiftClock(data.house.db, '2 minutes')
      await sendDue()
      expect(await replies()).toEqual(['uncertain'])
      expect(person.sees()).toHaveLength(arrives ? 1 : 0)
    },
  )

  it('in doubt is accepted once Meta tells that it took it, and read then', async () => {
    const person = stranger()
    graph.fail('reset')
    await person.says('P')
    await expect.poll(replies).toEqual(['uncertain'])
    const [shown] = person.sees()
    if (!shown) throw new Error('nothing was shown')
    await graph.postStatus(shown, 'sent')
    expect(await replies()).toEqual(['accepted'])
    await graph.postStatus(shown, 'read')
    expect(await replies()).toEqual(['read'])
  })

  /** The answer stands as it would if its process had died in sending it, for the `attempts`th time. */
  async function dieInSending(attempts: number): Promise<void> {
    await sql`
      update ledger set state = 'attempted', message_id = null, attempts = ${attempts}, lease_until = app_now() - interval '1 second'
      where id = (select id from ledger order by created_at desc limit 1)`.execute(data.house.db)
    await sendDue()
  }

  it('whose process died is sent once more, and after a second death the person is told to ask', async () => {
    const person = stranger()
    await person.says('P')
    await person.hears(/setuju/i)
    await expect.poll(replies).toEqual(['accepted'])
    await dieInSending(1)
    await person.hears(/setuju/i)
    await expect.poll(replies).toEqual(['accepted'])
    await dieInSending(2)
    await person.hears(/gangguan.*LANJUT/)
    await expect.poll(replies).toEqual(['uncertain', 'accepted'])
  })

  it('with a secret is not sent once more: the person is told to ask for another', async () => {
    const person = stranger()
    await register(person)
    await person.says('SAMBUNGKAN')
    await person.hears(/Kode sambung/)
    await expect.poll(replies).not.toContain('attempted')
    await dieInSending(1)
    await person.hears(/tidak bisa dikirim ulang/)
    expect(person.sees().filter(({ text }) => /Kode sambung/.test(text))).toHaveLength(1)
  })
})

describe('a notice', () => {
  it('in doubt gets no second copy once Meta tells that it took the first', async () => {
    const person = stranger()
    await register(person)
    graph.fail('reset')
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'uncertain' }])
    const copies = () => person.sees().filter(({ text }) => /^Selamat, /.test(text))
    await graph.postStatus(copies()[0] as Shown, 'delivered')
    expect(await notices()).toMatchObject([{ state: 'delivered' }])
    await shiftClock(data.house.db, '61 seconds')
    await sendDue()
    expect(await notices()).toMatchObject([{ state: 'delivered' }])
    expect(copies()).toHaveLength(1)
  })

  it('gets a second copy after a minute and no third, then somebody may decide', async () => {
    const person = stranger()
    await register(person)
    graph.fail('reset', 2)
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'uncertain' }])
    const copies = () => person.sees().filter(({ text }) => /^Selamat, /.test(text)).length
    await sendDue()
    expect(await notices()).toMatchObject([{ state: 'uncertain' }])
    expect(copies()).toBe(1)
    await shiftClock(data.house.db, '61 seconds')
    await sendDue()
    await expect.poll(copies).toBe(2)
    await expect.poll(notices).toMatchObject([{ state: 'uncertain' }])
    await shiftClock(data.house.db, '61 seconds')
    await sendDue()
    expect(await notices()).toMatchObject([{ state: 'uncertain' }])
    expect(copies()).toBe(2)
  })
})
