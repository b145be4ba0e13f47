// Files in and out of the Cloud API: how big they may be, of what kind, and that neither they nor the token leave the API's host.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCloud } from '../../src/bots/cloud/cloud.ts'
import { FileRefused, type Outgoing, Refused } from '../../src/bots/port.ts'
import { createCloudHouse } from '../../src/jobs/cloud-house.ts'
import { PHONE_ID, TOKEN } from '../support/graph-server.ts'
import { data, desk, graph, openOffice, sendDue, stranger } from './office.ts'

openOffice()

const MEGABYTE = 1024 * 1024

describe('a file of ours', () => {
  let picture = Buffer.of(1)
  const bot = () =>
    createCloud(
      { token: TOKEN, phoneId: PHONE_ID, apiRoot: graph.root },
      createCloudHouse(data.house, PHONE_ID),
      async () => picture,
      data.house.log,
    )
  const ticket = {
    id: 'ledger-1',
    address: '6281234500021',
    reply: { text: 'Ini tiketnya.', ticket: { number: 'PSR' } },
  }
  const refusal = (message: unknown) =>
    bot()
      .send(message as Outgoing)
      .catch((error: unknown) => (error instanceof Refused ? error.refusal : error))
  const shown = () => graph.messages.filter(({ to }) => to === ticket.address)

  it('leaves as a picture of 5 MB, and is refused by ourselves with a byte more', async () => {
    picture = Buffer.alloc(5 * MEGABYTE + 1, 1)
    expect(await refusal(ticket)).toEqual({ kind: 'rejected', why: 'the image is too big' })
    expect(shown()).toEqual([])
    picture = Buffer.alloc(5 * MEGABYTE, 1)
    await bot().send(ticket as unknown as Outgoing)
    expect(shown()).toMatchObject([{ type: 'image', text: 'Ini tiketnya.' }])
  })

  it('leaves as a document, and is refused by ourselves above 100 MB, after no word of it', async () => {
    const before = shown().length
    const big = { name: 'daftar.txt', text: 'x'.repeat(100 * MEGABYTE + 1) }
    const sent = { id: 'ledger-2', address: ticket.address, reply: { text: 'Ini daftarnya.', document: big } }
    expect(await refusal(sent)).toEqual({ kind: 'rejected', why: 'the document is too big' })
    expect(shown()).toHaveLength(before)
    const document = { name: 'daftar.txt', text: 'Budi' }
    await bot().send({ ...sent, reply: { text: 'Ini daftarnya.', document } } as Outgoing)
    expect(shown().slice(before)).toMatchObject([{ type: 'text' }, { type: 'document' }])
    expect(shown().at(-1)?.picture?.toString()).toBe('Budi')
  })
})

describe('another host', () => {
  const asked: string[] = []
  const elsewhere = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.authorization ?? ''}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"url":"x"}')
  })
  let url = ''
  beforeAll(async () => {
    await new Promise<void>(resolve => elsewhere.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/there`
  })
  beforeEach(() => {
    asked.length = 0
  })
  afterAll(() => void elsewhere.close())

  const file = { bytes: Buffer.of(1, 2, 3), mime: 'image/jpeg' }
  const problem = (ref: string) =>
    desk.bot
      .fetch({ ref }, 10 * MEGABYTE)
      .catch((error: unknown) => (error instanceof FileRefused ? error.problem : error))

  it('is asked for no file: neither where Meta’s answer names it, nor by a redirect, nor by an id that is an address', async () => {
    expect(await problem(graph.addMedia(file))).toEqual(file.bytes)
    expect(await problem(graph.addMedia({ ...file, url }))).toBe('unreachable')
    expect(await problem(graph.addMedia({ ...file, moved: { bytes: url } }))).toBe('unreachable')
    expect(await problem(graph.addMedia({ ...file, moved: { facts: url } }))).toBe('unreachable')
    expect(await problem(url)).toBe('unreachable')
    expect(asked).toEqual([])
  })

  it('is told nothing that we send: a redirect is not followed, and the answer leaves later', async () => {
    graph.fail({ redirect: url })
    const person = stranger()
    await person.says('P')
    const row = () => data.house.db.selectFrom('ledger').select(['state', 'why']).execute()
    await expect.poll(row).toEqual([{ state: 'queued', why: 'HTTP 307' }])
    expect(asked).toEqual([])
    await expect.poll(() => sendDue().then(() => person.sees().length)).toBe(1)
  })
})
