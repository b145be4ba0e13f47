// Who is who on WhatsApp: whatever names of a person come along (LID, number, an id for our business) lead to one chat.
import { findAddresses, joinChats, keepAddresses } from '../db/whatsapp-address.ts'
import type { House } from '../house.ts'
import type { Account } from './account.ts'

/** Addresses remembered, so that not every message asks for its sender's. */
const REMEMBERED = 20_000

const placeOfAddress = (key: Buffer): string => `whatsapp_address.address:${key.toString('hex')}`

/** Gives the function that finds the address of whoever goes by these names: the one by which he was known first. */
export function createAddressBook({ db, seal }: House, { channel, account }: Account) {
  const addresses = new Map<string, string>()

  return async (names: readonly string[]): Promise<string> => {
    const known = addresses.get(names.join(' '))
    if (known) return known
    const keys = names.map(name => seal.lookup('whatsapp address', name))
    const rows = await findAddresses(db, account, keys)
    const found = new Map(
      rows.map(({ key, address }) => [key.toString('hex'), seal.open(placeOfAddress(key), address).toString()]),
    )
    const all = keys.map(key => found.get(key.toString('hex')))
    const address = all.find(one => one !== undefined) ?? (names[0] as string)
    const others = [...new Set(all)].filter(one => one !== undefined && one !== address)
    const changed = keys.filter((_, i) => all[i] !== address)
    if (others.length > 0) {
      const chatKeys = [address, ...others].map(one => seal.lookup('address', `${channel} ${account} ${one}`))
      await joinChats(db, channel, account, chatKeys)
    }
    if (changed.length > 0)
      await keepAddresses(
        db,
        account,
        changed.map(key => ({ key, address: seal.seal(placeOfAddress(key), address) })),
      )
    addresses.set(names.join(' '), address)
    if (addresses.size > REMEMBERED) addresses.delete(addresses.keys().next().value as string)
    return address
  }
}
