// Messages: from people's phones to a linked device and back, with acknowledgements, receipts and retries.
import type { BinaryNode, proto } from '@whiskeysockets/baileys'
import { attr, bytesOf, child, children, deviceIdOf, node, seconds, userOf } from './nodes.ts'
import { bundleOf } from './queries.ts'
import type { Account, Device, World } from './world.ts'

const keyOf = ({ account, id }: Device): string => `${account.pn}:${id}`

/** How a person's number and LID stand in a message. */
function addressOf({ pn, lid, addressing }: Account): Record<string, string> {
  const jid = `${pn}@s.whatsapp.net`
  switch (addressing) {
    case 'lid':
      return { from: `${lid}@lid`, sender_pn: jid, addressing_mode: 'lid' }
    case 'lid without phone':
      return { from: `${lid}@lid`, addressing_mode: 'lid' }
    case 'pn':
      return { from: jid, sender_lid: `${lid}@lid`, addressing_mode: 'pn' }
    case 'pn without lid':
      return { from: jid, addressing_mode: 'pn' }
  }
}

/** Sends a person's message to every linked device of a number. */
export async function sendToBot(
  world: World,
  from: Account,
  to: Account,
  message: proto.IMessage,
  {
    id = world.newId(),
    attrs = {},
    fresh = false,
  }: { id?: string; attrs?: Record<string, string>; fresh?: boolean } = {},
): Promise<string> {
  for (const device of to.devices) {
    if (fresh) from.signal.forget(keyOf(device))
    const { type, body } = await from.signal.seal(keyOf(device), message, () => bundleOf(device, keyOf(device)))
    const said = { ...addressOf(from), id, t: seconds(), notify: from.name, type: 'text', ...attrs }
    if (from.garbled) body.fill(0, 8)
    const wanted = node('message', said, [node('enc', { v: '2', type }, body)])
    for (let i = world.options.duplicates ? 2 : 1; i > 0; i--) deliver(device, wanted)
  }
  from.garbled = false
  world.changed()
  return id
}

/** Hands a node over now, or when the device is back; it stays until it is acknowledged. */
export function deliver(device: Device, wanted: BinaryNode): void {
  device.pending.set(attr(wanted, 'id'), wanted)
  if (device.active) device.link?.send(wanted)
}

/** What waited while the device was away. */
export function deliverPending(device: Device): void {
  const waiting = [...device.pending.values()]
  device.active = true
  for (const one of waiting) device.link?.send({ ...one, attrs: { ...one.attrs, offline: '1' } })
  device.link?.send(node('ib', { from: 's.whatsapp.net' }, [node('offline', { count: String(waiting.length) })]))
}

/** The code of a nack for what no client of WhatsApp's own would send. */
const INVALID = '479'

/** It is sealed for devices that exist only; where a session begins with it, the bot's device shows who it is. */
function isWellAddressed(world: World, said: BinaryNode): boolean {
  const sealed = children(child(said, 'participants'))
  const begins = [said, ...sealed].some(one => attr(child(one, 'enc'), 'type') === 'pkmsg')
  return (
    sealed.every(one => isDevice(world, attr(one, 'jid'))) && (!begins || child(said, 'device-identity') !== undefined)
  )
}

/** A phone is device 0 of its number. */
function isDevice(world: World, jid: string): boolean {
  const id = deviceIdOf(jid)
  return world.find(jid)?.devices.some(device => device.id === id) || (id === 0 && world.find(jid) !== undefined)
}

/** A bot's message: acknowledged, or refused as planned, then handed to the person's phone. */
export async function takeFromBot(world: World, device: Device, said: BinaryNode): Promise<void> {
  const to = world.find(attr(said, 'to'))
  const fault = attr(said, 'category') === 'peer' || to === device.account ? undefined : world.faultFor(to)
  const ack = (error?: string) =>
    device.link?.send(
      node('ack', {
        class: 'message',
        id: attr(said, 'id'),
        from: attr(said, 'to'),
        t: seconds(),
        ...(error ? { error } : {}),
      }),
    )
  if (typeof fault === 'object') return ack(fault.error)
  if (!to || !isWellAddressed(world, said)) return ack(INVALID)
  if (fault === 'drop before') return device.link?.close(true)
  const sealed = children(child(said, 'participants')).filter(one => world.find(attr(one, 'jid')) === to)
  const enc = child(said, 'enc') ?? child(sealed[0], 'enc')
  if (fault === undefined) ack()
  if (enc) await arrive(world, device, to, attr(said, 'id'), enc)
  if (fault === 'drop after') device.link?.close(true)
  if (fault === 'late ack') ack()
}

/** The phone opens it and says "delivered"; what it can't open it asks for again. */
async function arrive(world: World, device: Device, to: Account, id: string, enc: BinaryNode): Promise<void> {
  const { from } = addressOf(to)
  const attrs = { from: from as string, id, t: seconds() }
  try {
    const message = await to.signal.open(keyOf(device), { type: attr(enc, 'type'), body: bytesOf(enc) })
    const copies = (to.arrivals.get(id) ?? 0) + 1
    to.arrivals.set(id, copies)
    if (to === device.account) return
    if (copies === 1) to.messages.push(await look(world, id, message))
    if (!to.mute) deliver(device, node('receipt', attrs))
    if (to.reads) deliver(device, node('receipt', { ...attrs, type: 'read' }))
    world.events.emit(`message ${to.pn}`, to.messages.at(-1))
  } catch {
    askAgain(device, to, id)
  }
  world.changed()
}

/** The phone asks for a message that it can't open, or does not have any more. */
export function askAgain(device: Device, phone: Account, id: string): void {
  const { from } = addressOf(phone)
  const retry = node('retry', { count: '1', id, t: seconds(), v: '1' })
  const attrs = { from: from as string, id, t: seconds(), type: 'retry' }
  deliver(device, node('receipt', attrs, [retry, node('registration', {}, Buffer.alloc(4))]))
}

async function look(world: World, id: string, message: proto.IMessage) {
  const { imageMessage: image, documentMessage: sent } = message
  const text = message.conversation ?? message.extendedTextMessage?.text ?? image?.caption ?? ''
  const picture =
    image?.directPath && image.mediaKey ? await world.media.open(image.directPath, image.mediaKey, 'image') : undefined
  const file =
    sent?.directPath && sent.mediaKey
      ? { name: sent.fileName ?? '', bytes: await world.media.open(sent.directPath, sent.mediaKey, 'document') }
      : undefined
  return { id, byBot: true, text, message, ...(picture ? { picture } : {}), ...(file ? { file } : {}) }
}

/** A device's receipt or ack: the node need not be sent again. A retry receipt asks the person's phone for the message. */
export async function takeReceipt(world: World, device: Device, said: BinaryNode): Promise<void> {
  const id = attr(said, 'id')
  if (attr(said, 'type') === 'retry') return resend(world, device, said)
  if (said.tag === 'receipt') device.link?.send(node('ack', { class: 'receipt', id, from: attr(said, 'to') }))
  device.pending.delete(id)
  world.changed()
}

async function resend(world: World, device: Device, said: BinaryNode): Promise<void> {
  const from = world.find(userOf(attr(said, 'to')))
  const shown = from?.messages.find(one => one.id === attr(said, 'id') && !one.byBot)
  device.link?.send(node('ack', { class: 'receipt', type: 'retry', id: attr(said, 'id'), from: attr(said, 'to') }))
  if (from && shown) await sendToBot(world, from, device.account, shown.message, { id: shown.id, fresh: true })
}
