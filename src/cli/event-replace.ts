// Brings an event file in, or replaces one that is there: first it is shown what changes and who is told what and when.
import { importEvent } from '../db/event-import.ts'
import { listEvents } from '../db/event-list.ts'
import type { EventFile } from '../domain/event-file.ts'
import type { House } from '../house.ts'
import { planCorrections } from '../jobs/correct.ts'
import { eventChanges, sayChange } from './event-changes.ts'
import { toldLines, whatIsTold } from './event-told.ts'
import { actor, type Common } from './house.ts'
import { printJson, printLines } from './print.ts'
import { startBar } from './progress.ts'
import { CommandRefused } from './refuse.ts'

export type Replacing = Common & { readonly yes?: true }

/** Imports a file. An event that is there is replaced only with --yes. */
export async function replaceEvent(house: House, file: EventFile, options: Replacing): Promise<void> {
  const { db, seal } = house
  const { id } = file.event
  const former = (await listEvents(db)).find(event => event.id === id)
  const changes = former ? eventChanges(former.file, file) : []
  const told = former && changes.length > 0 ? await whatIsTold(house, former, file) : undefined
  const say = (imported: boolean, version: number, ...lines: readonly string[]) =>
    options.json
      ? printJson({ id, version, imported, changes, told: told ?? null })
      : printLines(...changes.map(sayChange), ...(told ? toldLines(file, told) : []), ...lines)
  if (former && changes.length === 0) return say(false, former.version, `${id} is unchanged, version ${former.version}`)
  if (former && !options.yes) {
    await say(false, former.version)
    throw new CommandRefused(`nothing was changed; to replace ${id} as shown, add --yes`)
  }
  const imported = await importEvent(db, seal, file, actor(options))
  if (!imported.ok) throw new CommandRefused(imported.why)
  const bar = startBar('corrections', (told?.people.length ?? 0) + (told?.others.length ?? 0))
  await planCorrections(house, bar.add)
  bar.end()
  return say(true, imported.version, `${id} is imported, version ${imported.version}`)
}
