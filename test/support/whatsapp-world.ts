// A world for transcripts whose people chat over WhatsApp: real phones of the emulator, the client, the whole house.
import { sql } from 'kysely'
import { contentsOf } from '../../src/bots/whatsapp/content.ts'
import { ACCOUNT } from '../../src/bots/whatsapp/whatsapp.ts'
import { shiftClock } from '../../src/db/installation.ts'
import type { Reply, Said } from '../../src/flows/types.ts'
import { card, pdf } from '../files/samples.ts'
import { freshDatabase } from './database.ts'
import { decide } from './office.ts'
import { linkNumber, openDesk } from './whatsapp-desk.ts'
import type { Person as Phone } from './whatsapp-server/people.ts'
import { startWhatsAppServer } from './whatsapp-server/server.ts'
import type { Account } from './whatsapp-server/world.ts'
import type { World } from './world.ts'

const PATIENCE_MS = 20_000

/** `known`: how people whose number WhatsApp tells are addressed; the others write from a LID without a number. */
export async function createWhatsAppWorld(known: Account['addressing']): Promise<World> {
  const data = await freshDatabase()
  const { house } = data
  const server = await startWhatsAppServer()
  const desk = openDesk(house, data.url, server.url)
  await linkNumber(house, server)
  const pictures = { sharp: await card(), blurred: await card({ blur: 12 }) }
  let people = 0

  /** The replies to a message once a phone has them all; undefined before. */
  async function repliesTo(phone: Phone, id: string): Promise<readonly Reply[] | undefined> {
    const { lid, pn } = phone.account
    const ids = [`${lid}@lid`, `${pn}@s.whatsapp.net`].map(address =>
      house.seal.lookup('whatsapp message', `${address} ${id}`).toString('base64url'),
    )
    const { rows } = await sql<{ id: string }>`
      select id from inbox where message_id = any(${ids}) and handled_at is not null`.execute(house.db)
    return rows[0] && delivered(sql`split_part(occurrence, '/', 1) = ${rows[0].id}`)
  }

  /** What left, opened, once phones have all of it. */
  async function delivered(which: ReturnType<typeof sql>): Promise<readonly Reply[] | undefined> {
    const { rows } = await sql<{ id: string; content: Buffer | null; state: string }>`
      select id, content, state from ledger where ${which} order by created_at, place, id`.execute(house.db)
    if (rows.some(({ state }) => !['delivered', 'cancelled'].includes(state))) return undefined
    const left = rows.filter(({ state }) => state === 'delivered')
    return left.map(({ id, content }) => house.seal.openJson<Reply>(`ledger.content:${id}`, content as Buffer))
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

  /** A phone has to show these replies, and nothing else, after what it showed before. */
  async function compare(phone: Phone, before: number, replies: readonly Reply[]): Promise<void> {
    const contents = await Promise.all(replies.map(reply => contentsOf(reply, async () => Buffer.of(0))))
    const wanted = contents.flat().map(one => ('text' in one ? one.text : 'caption' in one ? (one.caption ?? '') : ''))
    const shown = phone
      .sees()
      .slice(before)
      .map(({ text }) => text)
    if (JSON.stringify(shown) !== JSON.stringify(wanted))
      throw new Error(`the phone shows ${JSON.stringify(shown)} instead of ${JSON.stringify(wanted)}`)
  }

  const phones: Phone[] = []
  const world: World = {
    house,
    bot: desk.bot,
    person: (_, number) => {
      const pn = number?.replace(/\D/g, '') ?? `62815${String(++people).padStart(8, '0')}`
      const phone = server.person(pn)
      phone.account.addressing = number ? known : 'lid without phone'
      phones.push(phone)
      return {
        says: async said => {
          const before = phone.sees().length
          const id = await send(phone, said, pictures)
          const replies = await wait(`the answer to ${JSON.stringify(said)}`, () => repliesTo(phone, id))
          await compare(phone, before, replies)
          return replies
        },
      }
    },
    pass: hours => shiftClock(house.db, `${hours} hours`),
    begin: async at => {
      await sql`truncate event, conversation, chat cascade`.execute(house.db)
      await sql`update installation set clock_shift = ${at}::timestamptz - clock_timestamp()`.execute(house.db)
      phones.length = 0
    },
    office: async (_, act) => {
      const { rows } = await sql<{ at: Date }>`select app_now() as at`.execute(house.db)
      await decide(world, act)
      desk.jobs.ring('notices', { channel: 'whatsapp', account: ACCOUNT })
      // What is to be said stands in the ledger by now; an act that says nothing is no wait.
      return wait(`what the office says by "${act}"`, () =>
        delivered(sql`purpose <> 'reply' and created_at >= ${rows[0]?.at}`),
      )
    },
    close: async () => {
      await desk.stop()
      await server.close()
      await data.close()
    },
  }
  return world
}

async function send(phone: Phone, said: Said, pictures: { sharp: Buffer; blurred: Buffer }): Promise<string> {
  switch (said.kind) {
    case 'text':
      return phone.says(said.text)
    case 'file':
      if (said.file.type === 'application/pdf') return phone.sendsDocument(pdf(), said.file.type)
      return phone.sendsImage(said.file.blurred ? pictures.blurred : pictures.sharp)
    case 'lost_file':
      if (said.problem === 'too_big') return phone.sends({ imageMessage: { fileLength: 20 * 1024 * 1024 } })
      return phone.sendsDocument(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml')
    case 'contact': {
      const vcard = `BEGIN:VCARD\nVERSION:3.0\n${said.name ? `FN:${said.name}\n` : ''}TEL;waid=${said.phone}:+${said.phone}\nEND:VCARD`
      return phone.sends({ contactMessage: { displayName: 'x', vcard } })
    }
    case 'sheet':
      return phone.sendsDocument(csv(said.rows), 'text/csv')
    case 'other':
      return phone.sends(OTHERS[said.what])
    case 'button':
      throw new Error('WhatsApp has no buttons')
  }
}

const csv = (rows: readonly (readonly string[])[]) => Buffer.from(rows.map(row => row.join(';')).join('\n'))

const OTHERS = {
  voice: { audioMessage: { ptt: true } },
  video: { videoMessage: {} },
  sticker: { stickerMessage: {} },
  location: { locationMessage: { degreesLatitude: -7.6, degreesLongitude: 112.9 } },
  poll: { pollCreationMessageV3: { name: 'x' } },
  edit: { protocolMessage: { type: 14, editedMessage: { conversation: 'x' } } },
  unknown: { orderMessage: { orderId: '1' } },
} as const
