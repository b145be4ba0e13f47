// A world for transcripts whose people chat over the Cloud API: webhooks in, messages out, the whole house between.
import { sql } from 'kysely'
import { partsOf } from '../../src/bots/cloud/content.ts'
import type { Reply, Said } from '../../src/flows/types.ts'
import { cloudId } from '../../src/jobs/cloud-house.ts'
import { card, csv, pdf } from '../files/samples.ts'
import { openDesk } from './cloud-desk.ts'
import { freshDatabase } from './database.ts'
import type { Person as Phone, Shown } from './graph-people.ts'
import { PHONE_ID, startGraphServer } from './graph-server.ts'
import { type Arrived, createOffice, repliesTo, waitFor } from './ledger-world.ts'
import type { World } from './world.ts'

/** `templates`: which approved words were shown since the beginning, after which acts of the office. */
export type CloudWorld = World & { readonly templates: () => readonly string[] }

export async function createCloudWorld(): Promise<CloudWorld> {
  const data = await freshDatabase()
  const { house } = data
  const graph = await startGraphServer()
  let desk = await openDesk(house, data.url, graph)
  const office = createOffice(
    house,
    { channel: 'cloud', account: PHONE_ID },
    {
      ring: (what, at) => desk.jobs.ring(what, at),
    },
  )
  const pictures = { sharp: await card(), blurred: await card({ blur: 12 }) }
  let people = 0
  const phones = new Map<string, Phone>()
  const names = new Map<string, string>()

  /** When each phone wrote last, by the house's clock. */
  const wrote = new Map<string, number>()
  const now = async (): Promise<number> =>
    (await sql<{ at: Date }>`select app_now() as at`.execute(house.db)).rows[0]?.at.getTime() ?? Number.NaN
  let templates: string[] = []

  /** Every notice arrived: in its own words, or in those that Meta approved where the person was silent for a day. */
  async function compareNotices(act: string, all: readonly Shown[], arrived: readonly Arrived[]): Promise<void> {
    const at = await now()
    const toOf = ({ id }: Arrived) => all.find(({ name }) => name === id)?.to ?? 'nobody'
    const told = Map.groupBy(arrived, toOf)
    const unasked = all.filter(({ to }) => !told.has(to))
    if (unasked.length > 0) throw new Error(`"${act}" is not known to say ${JSON.stringify(unasked)}`)
    const said: string[] = []
    for (const [to, notices] of told) {
      const shown = all.filter(one => one.to === to)
      const silent = at - (wrote.get(to) ?? Number.NEGATIVE_INFINITY) >= A_DAY_MS
      if (!silent)
        await compare(
          shown,
          notices.map(({ reply }) => reply),
        )
      else if (shown.length !== notices.length || shown.some(({ template }) => !template))
        throw new Error(`only templates may tell of "${act}": ${JSON.stringify(shown)}`)
      else said.push(...shown.map(worded))
    }
    if (said.length > 0) templates.push(`Panitia: ${act}`, ...said.toSorted())
  }

  return {
    house,
    get bot() {
      return desk.bot
    },
    person: (role, number, on) => {
      // Who goes on with another app is known there by another name.
      const other = on !== undefined && on !== 'cloud'
      const key = `${role} ${other}`
      const name = names.get(key) ?? (number && !other ? number.replace(/\D/g, '') : `ID.${++people}`)
      const phone = phones.get(key) ?? graph.person(name)
      names.set(key, name)
      phones.set(key, phone)
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
      if (names.values().some(name => /^\d+$/.test(name))) {
        await desk.stop()
        desk = await openDesk(house, data.url, graph)
      }
      for (const known of [phones, names, wrote]) known.clear()
      templates = []
      await office.begin(at)
    },
    office: async (_, act) => {
      const before = graph.messages.length
      const arrived = await office.acts(act)
      await compareNotices(act, graph.messages.slice(before), arrived)
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

const worded = ({ text, choices, template }: Shown): string =>
  [`${template?.name} (${template?.language}): ${text}`, choices.map(({ title }) => `[${title}]`).join(' ')]
    .filter(Boolean)
    .join('\n     ')

/** A phone shows a message for each part of the replies and no other, and every choice of theirs in full. */
async function compare(shown: readonly Shown[], replies: readonly Reply[]): Promise<void> {
  const uploads = { picture: async () => 'x', document: async () => 'x' }
  const parts = await Promise.all(replies.map(reply => partsOf(reply, uploads)))
  const all = shown.flatMap(({ text, choices }) => [text, ...choices.map(({ title }) => title)]).join('\n')
  const labels = replies.flatMap(({ spoken, options = [] }) => (spoken ? [] : options.map(({ label }) => label)))
  const missing = [...replies.map(({ text }) => text.slice(0, 300)), ...labels].filter(words => !all.includes(words))
  if (shown.length !== parts.flat().length || missing.length > 0 || shown.some(({ template }) => template))
    throw new Error(`the phone shows ${JSON.stringify(shown)}; missing: ${JSON.stringify(missing)}`)
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
