// A world for transcripts whose people chat over the Cloud API: webhooks in, messages out, the whole house between.
import { sql } from 'kysely'
import type { Said } from '../../src/flows/types.ts'
import { cloudId } from '../../src/jobs/cloud-house.ts'
import { card, csv, pdf } from '../files/samples.ts'
import { compare, compareNotices } from './cloud-compare.ts'
import { openDesk } from './cloud-desk.ts'
import { freshDatabase } from './database.ts'
import type { Person as Phone } from './graph-people.ts'
import { PHONE_ID, startGraphServer } from './graph-server.ts'
import { createOffice, repliesTo, waitFor } from './ledger-world.ts'
import type { World } from './world.ts'

/** `templates`: which approved words were shown since the beginning, after which acts of the office. */
export type CloudWorld = World & { readonly templates: () => readonly string[] }

export async function createCloudWorld(): Promise<CloudWorld> {
  const data = await freshDatabase()
  const { house } = data
  const graph = await startGraphServer()
  let desk = await openDesk(house, data.url, graph)
  const office = createOffice(house, { channel: 'cloud', account: PHONE_ID }, (what, at) => desk.jobs.ring(what, at))
  const pictures = { sharp: await card(), blurred: await card({ blur: 12 }) }
  let people = 0
  const phones = new Map<string, { readonly name: string; readonly phone: Phone }>()

  /** When each phone wrote last, by the house's clock. */
  const wrote = new Map<string, number>()
  const now = async (): Promise<number> =>
    (await sql<{ at: Date }>`select app_now() as at`.execute(house.db)).rows[0]?.at.getTime() ?? Number.NaN
  let templates: string[] = []

  const isSilent = (to: string, at: number) => at - (wrote.get(to) ?? Number.NEGATIVE_INFINITY) >= A_DAY_MS

  const newPhone = (name: string) => ({ name, phone: graph.person(name) })

  return {
    house,
    get bot() {
      return desk.bot
    },
    person: (role, number, on) => {
      // Who goes on with another app is known there by another name.
      const other = on !== undefined && on !== 'cloud'
      const key = `${role} ${other}`
      const called = number && !other ? number.replace(/\D/g, '') : undefined
      const { name, phone } = phones.get(key) ?? newPhone(called ?? `ID.${++people}`)
      phones.set(key, { name, phone })
      return {
        says: async said => {
          const before = phone.sees().length
          const id = await send(phone, said, pictures)
          wrote.set(name, await now())
          const replies = await waitFor(`the answer to ${JSON.stringify(said)}`, () =>
            repliesTo(house, [cloudId(house.seal, id)]),
          )
          await compare(phone.sees().slice(before), replies)
          return replies
        },
      }
    },
    pass: office.pass,
    begin: async at => {
      // A number that several transcripts share would use up what Meta takes to one person: a new program knows nothing of it.
      if (phones.values().some(({ name }) => /^\d+$/.test(name))) {
        await desk.stop()
        desk = await openDesk(house, data.url, graph)
      }
      phones.clear()
      wrote.clear()
      templates = []
      await office.begin(at)
    },
    office: async (_, act) => {
      const before = graph.messages.length
      const arrived = await office.acts(act)
      const at = await now()
      const said = await compareNotices(graph.messages.slice(before), arrived, to => isSilent(to, at))
      if (said.length > 0) templates.push(`Panitia: ${act}`, ...said.toSorted())
      return arrived.map(({ reply }) => reply)
    },
    templates: () => templates,
    close: async () => {
      await desk.stop()
      await graph.close()
      await data.close()
    },
  }
}

const A_DAY_MS = 24 * 3_600_000

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
