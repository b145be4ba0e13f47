// A world for transcripts whose people chat over WhatsApp: real phones of the emulator, the client, the whole house.
import { ACCOUNT } from '../../src/bots/whatsapp/account.ts'
import { contentsOf } from '../../src/bots/whatsapp/content.ts'
import type { Reply, Said } from '../../src/flows/types.ts'
import { card, csv, pdf } from '../files/samples.ts'
import { freshDatabase } from './database.ts'
import { createOffice, repliesTo, waitFor } from './ledger-world.ts'
import { linkNumber, openDesk } from './whatsapp-desk.ts'
import type { Person as Phone } from './whatsapp-server/people.ts'
import { startWhatsAppServer } from './whatsapp-server/server.ts'
import type { Account } from './whatsapp-server/world.ts'
import type { World } from './world.ts'

/** `known`: how people whose number WhatsApp tells are addressed; the others write from a LID without a number. */
export async function createWhatsAppWorld(known: Account['addressing']): Promise<World> {
  const data = await freshDatabase()
  const { house } = data
  const server = await startWhatsAppServer()
  const desk = openDesk(house, data.url, server.url)
  await linkNumber(house, server)
  const office = createOffice(house, { channel: 'whatsapp', account: ACCOUNT }, desk.jobs.ring)
  const pictures = { sharp: await card(), blurred: await card({ blur: 12 }) }
  let people = 0

  /** The ids under which a message of the phone may be stored. */
  function storedIds({ account: { lid, pn } }: Phone, id: string): string[] {
    return [`${lid}@lid`, `${pn}@s.whatsapp.net`].map(address =>
      house.seal.lookup('whatsapp message', `${address} ${id}`).toString('base64url'),
    )
  }

  /** Everybody's phones by name; where somebody goes to another app, a second phone is that app. */
  const phones = new Map<string, Phone>()

  function newPhone(number: string | undefined): Phone {
    const phone = server.person(number?.replace(/\D/g, '') ?? `62815${String(++people).padStart(8, '0')}`)
    phone.account.addressing = number ? known : 'lid without phone'
    return phone
  }

  return {
    house,
    url: data.url,
    bot: desk.bot,
    person: (name, number, on = 'whatsapp') => {
      const first = on === 'whatsapp'
      const phone = phones.get(`${name} ${on}`) ?? newPhone(first ? number : undefined)
      phones.set(`${name} ${on}`, phone)
      return {
        says: async said => {
          const before = phone.sees().length
          const id = await send(phone, said, pictures)
          const replies = await waitFor(`the answer to ${JSON.stringify(said)}`, () =>
            repliesTo(house, storedIds(phone, id)),
          )
          compare(textsOf(phone, before), await textsIn(replies))
          return replies
        },
      }
    },
    pass: office.pass,
    begin: async at => {
      await office.begin(at)
      phones.clear()
    },
    office: async (_, act) => {
      const before = [...phones.values()].map(phone => [phone, phone.sees().length] as const)
      const replies = (await office.acts(act)).map(({ reply }) => reply)
      const shown = before.flatMap(([phone, seen]) => textsOf(phone, seen))
      // To several people they leave in any order.
      compare(shown.toSorted(), (await textsIn(replies)).toSorted())
      return replies
    },
    close: async () => {
      await desk.stop()
      await server.close()
      await data.close()
    },
  }
}

const textsOf = (phone: Phone, before: number): string[] =>
  phone
    .sees()
    .slice(before)
    .map(({ text }) => text)

async function textsIn(replies: readonly Reply[]): Promise<string[]> {
  const contents = await Promise.all(replies.map(reply => contentsOf(reply, async () => Buffer.of(0))))
  return contents.flat().map(one => ('text' in one ? one.text : 'caption' in one ? (one.caption ?? '') : ''))
}

/** Phones have to show what the replies say, and nothing else. */
function compare(shown: readonly string[], wanted: readonly string[]): void {
  if (JSON.stringify(shown) !== JSON.stringify(wanted))
    throw new Error(`phones show ${JSON.stringify(shown)} instead of ${JSON.stringify(wanted)}`)
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

const OTHERS = {
  voice: { audioMessage: { ptt: true } },
  video: { videoMessage: {} },
  sticker: { stickerMessage: {} },
  location: { locationMessage: { degreesLatitude: -7.6, degreesLongitude: 112.9 } },
  poll: { pollCreationMessageV3: { name: 'x' } },
  edit: { protocolMessage: { type: 14, editedMessage: { conversation: 'x' } } },
  unknown: { orderMessage: { orderId: '1' } },
} as const
