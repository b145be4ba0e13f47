// A world for transcripts whose people chat over the Cloud API: webhooks in, messages out, the whole house between.
import { sql } from 'kysely'
import { partsOf } from '../../src/bots/cloud/content.ts'
import { shiftClock } from '../../src/db/installation.ts'
import type { Reply, Said } from '../../src/flows/types.ts'
import { card, pdf } from '../files/samples.ts'
import { openDesk } from './cloud-desk.ts'
import { freshDatabase } from './database.ts'
import { emptyHouse } from './empty.ts'
import type { Person as Phone } from './graph-people.ts'
import { PHONE_ID, startGraphServer } from './graph-server.ts'
import { decide } from './office.ts'
import type { World } from './world.ts'

const PATIENCE_MS = 20_000

export async function createCloudWorld(): Promise<World> {
  const data = await freshDatabase()
  const { house } = data
  const graph = await startGraphServer()
  const desk = await openDesk(house, data.url, graph)
  const pictures = { sharp: await card(), blurred: await card({ blur: 12 }) }
  let people = 0
  const phones = new Map<string, Phone>()

  async function repliesTo(id: string): Promise<readonly Reply[] | undefined> {
    const { rows } = await sql<{ id: string }>`
      select id from inbox where message_id = ${id} and handled_at is not null`.execute(house.db)
    return rows[0] && left(sql`split_part(occurrence, '/', 1) = ${rows[0].id}`)
  }

  /** What left, opened, once Meta delivered all of it. */
  async function left(which: ReturnType<typeof sql>): Promise<readonly Reply[] | undefined> {
    const { rows } = await sql<{ id: string; content: Buffer | null; state: string }>`
      select id, content, state from ledger where ${which} order by created_at, place, id`.execute(house.db)
    if (rows.some(({ state }) => !['delivered', 'cancelled'].includes(state))) return undefined
    return rows
      .filter(({ state }) => state === 'delivered')
      .map(({ id, content }) => house.seal.openJson<Reply>(`ledger.content:${id}`, content as Buffer))
  }

  async function wait<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      const found = await look()
      if (found !== undefined) return found
      if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }

  /** The phone shows a message for each part of the replies, and every choice of theirs in full. */
  async function compare(phone: Phone, before: number, replies: readonly Reply[]): Promise<void> {
    const uploads = { picture: async () => 'x', document: async () => 'x' }
    const parts = await Promise.all(replies.map(reply => partsOf(reply, uploads)))
    const shown = phone.sees().slice(before)
    // A template says it in its own words.
    if (shown.some(({ template }) => template)) return
    const all = shown.flatMap(({ text, choices }) => [text, ...choices.map(({ title }) => title)]).join('\n')
    const labels = replies.flatMap(({ spoken, options = [] }) => (spoken ? [] : options.map(({ label }) => label)))
    const missing = [...replies.map(({ text }) => text.slice(0, 300)), ...labels].filter(words => !all.includes(words))
    if (shown.length !== parts.flat().length || missing.length > 0)
      throw new Error(`the phone shows ${JSON.stringify(shown)}; missing: ${JSON.stringify(missing)}`)
  }

  const world: World = {
    house,
    bot: desk.bot,
    person: (role, number, on) => {
      // Who goes on with another app is known there by another name.
      const other = on !== undefined && on !== 'cloud'
      const key = `${role} ${other}`
      const phone = phones.get(key) ?? graph.person(number && !other ? number.replace(/\D/g, '') : `ID.${++people}`)
      phones.set(key, phone)
      return {
        says: async said => {
          const before = phone.sees().length
          const id = await send(phone, said, pictures)
          const replies = await wait(`the answer to ${JSON.stringify(said)}`, () => repliesTo(id))
          await compare(phone, before, replies)
          return replies
        },
      }
    },
    pass: hours => shiftClock(house.db, `${hours} hours`),
    begin: async at => {
      phones.clear()
      await emptyHouse(house)
      await sql`update installation set clock_shift = ${at}::timestamptz - clock_timestamp()`.execute(house.db)
    },
    office: async (_, act) => {
      const { rows } = await sql<{ at: Date }>`select app_now() as at`.execute(house.db)
      await decide(world, act)
      desk.jobs.ring('notices', { channel: 'cloud', account: PHONE_ID })
      return wait(`what the office says by "${act}"`, () =>
        left(sql`purpose <> 'reply' and created_at >= ${rows[0]?.at}`),
      )
    },
    close: async () => {
      await desk.stop()
      await graph.close()
      await data.close()
    },
  }
  return world
}

function send(phone: Phone, said: Said, pictures: { sharp: Buffer; blurred: Buffer }): Promise<string> {
  switch (said.kind) {
    case 'text':
      return phone.says(said.text)
    case 'button':
      return phone.pressesId(`${said.asked}:${said.value}`)
    case 'file':
      if (said.file.type === 'application/pdf') return phone.sendsDocument(pdf(), said.file.type)
      return phone.sendsImage(said.file.blurred ? pictures.blurred : pictures.sharp)
    case 'lost_file':
      if (said.problem === 'too_big') return phone.sendsImage(pictures.sharp, { size: 20 * 1024 * 1024 })
      return phone.sendsDocument(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml')
    case 'contact':
      return phone.sends({ type: 'contacts', contacts: [{ phones: [{ phone: `+${said.phone}`, wa_id: said.phone }] }] })
    case 'other':
      return phone.sends(OTHERS[said.what])
  }
}

const OTHERS = {
  voice: { type: 'audio', audio: { id: '1', voice: true } },
  video: { type: 'video', video: { id: '1' } },
  sticker: { type: 'sticker', sticker: { id: '1' } },
  location: { type: 'location', location: { latitude: -7.6, longitude: 112.9 } },
  poll: { type: 'unsupported', unsupported: { type: 'poll_creation' }, errors: [{ code: 131051 }] },
  edit: { type: 'unsupported', unsupported: { type: 'edit' }, errors: [{ code: 131051 }] },
  unknown: { type: 'order', order: { catalog_id: '1' } },
} as const
