// A world for transcripts whose people chat over the Cloud API: webhooks in, messages out, the whole house between.
import { sql } from 'kysely'
import { partsOf } from '../../src/bots/cloud/content.ts'
import { shiftClock } from '../../src/db/installation.ts'
import type { Reply, Said } from '../../src/flows/types.ts'
import type { House } from '../../src/house.ts'
import { cloudId } from '../../src/jobs/cloud-house.ts'
import { card, csv, pdf } from '../files/samples.ts'
import { openDesk } from './cloud-desk.ts'
import { freshDatabase } from './database.ts'
import { emptyHouse } from './empty.ts'
import type { Person as Phone } from './graph-people.ts'
import { PHONE_ID, startGraphServer } from './graph-server.ts'
import { officeActs, repliesTo, waitFor } from './ledger-world.ts'
import type { World } from './world.ts'

export async function createCloudWorld(): Promise<World> {
  const data = await freshDatabase()
  const { house } = data
  const graph = await startGraphServer()
  const desk = await openDesk(house, data.url, graph)
  const pictures = { sharp: await card(), blurred: await card({ blur: 12 }) }
  let people = 0
  const phones = new Map<string, Phone>()

  /** The phone shows a message for each part of the replies, and every choice of theirs in full. */
  async function compare(phone: Phone, before: number, replies: readonly Reply[]): Promise<void> {
    const uploads = { picture: async () => 'x', document: async () => 'x' }
    const parts = await Promise.all(replies.map(reply => partsOf(reply, uploads)))
    const told = await noticeTexts(house)
    const shown = phone
      .sees()
      .slice(before)
      .filter(({ text }) => !told.includes(text))
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
          const replies = await waitFor(`the answer to ${JSON.stringify(said)}`, () =>
            repliesTo(house, [cloudId(house.seal, id)]),
          )
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
    office: (_, act) =>
      officeActs(world, act, () => desk.jobs.ring('notices', { channel: 'cloud', account: PHONE_ID })),
    close: async () => {
      await desk.stop()
      await graph.close()
      await data.close()
    },
  }
  return world
}

/** A notice may arrive between an answer's parts. */
async function noticeTexts({ db, seal }: House): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; content: Buffer }>`
    select id, content from ledger where purpose <> 'reply' and content is not null`.execute(db)
  return rows.map(({ id, content }) => seal.openJson<Reply>(`ledger.content:${id}`, content).text)
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
    case 'contact': {
      const name = said.name ? { name: { formatted_name: said.name } } : {}
      const phones = [{ phone: `+${said.phone}`, wa_id: said.phone }]
      return phone.sends({ type: 'contacts', contacts: [{ ...name, phones }] })
    }
    case 'sheet':
      return phone.sendsDocument(csv(said.rows), 'text/csv')
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
