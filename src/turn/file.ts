// Puts what became of a file into the message that brought it.
import type { Incoming } from '../bots/port.ts'
import { putFile, readUnfetched } from '../db/inbox.ts'
import type { FileFact, Said } from '../flows/types.ts'
import type { House } from '../house.ts'

/** The outcome of fetching: a file that lies in the data folder, the cells of a list, or why there is none. */
export type Fetched = Extract<Said, { readonly kind: 'file' | 'lost_file' | 'sheet' }>

/** Makes the message ready for its turn. False where the turn was taken without the file: its bytes are nobody's. */
export async function fileStored(house: House, inboxId: string, said: Fetched): Promise<boolean> {
  const place = `inbox.payload:${inboxId}`
  const payload = await readUnfetched(house.db, inboxId)
  if (!payload) return false
  const message: Incoming = house.seal.openJson(place, payload)
  const file: FileFact | undefined = said.kind === 'file' ? said.file : undefined
  return putFile(house.db, inboxId, house.seal.sealJson(place, { ...message, said }), file)
}
