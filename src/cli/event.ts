// `sapa event`: brings an event file in, shows how an event stands.
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { importEvent } from '../db/event-import.ts'
import { countRegistrations, listEvents } from '../db/event-list.ts'
import { type EventFile, readEventFile } from '../domain/event-file.ts'
import type { House } from '../house.ts'
import { eventChanges, sayChange } from './event-changes.ts'
import { chooseEvent } from './event-choice.ts'
import { eventLines, eventView } from './event-view.ts'
import { actor, type Common, inHouse } from './house.ts'
import { printJson, printLines } from './print.ts'
import { CommandRefused } from './refuse.ts'

type ImportOptions = Common & { readonly yes?: true }

export function addEvent(program: Command): void {
  const event = program.command('event').description('bring an event in and look at it')

  event
    .command('import')
    .description('import an event file (form: examples/pasuruan-2025.json); an event of the same id is replaced')
    .argument('<FILE>', 'the event file, JSON')
    .option('--yes', 'replace the event that is there; without it the changes are only shown')
    .action(async (path: string, _, command: Command) => {
      const file = await readFileAt(path)
      return inHouse(house => importFile(house, file, command.optsWithGlobals<ImportOptions>()))
    })

  event
    .command('show')
    .description('show an event, its registration and its seats')
    .argument('[EVENT]', 'id of the event; not needed where there is only one')
    .action((id: string | undefined, _, command: Command) =>
      inHouse(async ({ db }) => {
        const chosen = await chooseEvent(db, id)
        const view = eventView(chosen, await countRegistrations(db, chosen.id))
        return command.optsWithGlobals<Common>().json ? printJson(view) : printLines(...eventLines(view))
      }),
    )
}

async function readFileAt(path: string): Promise<EventFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandRefused(`${path} can't be read (${error.code})`)
  })
  const read = readEventFile(parse(path, text))
  if (!read.ok) throw new CommandRefused(`${path} has mistakes: ${read.mistakes.join('; ')}`)
  return read.value
}

function parse(path: string, text: string): unknown {
  try {
    // Notepad puts a mark before the text.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new CommandRefused(`${path} is no JSON: ${(error as SyntaxError).message}`)
  }
}

async function importFile({ db, seal }: House, file: EventFile, options: ImportOptions): Promise<void> {
  const { id } = file.event
  const former = (await listEvents(db)).find(event => event.id === id)
  const changes = former ? eventChanges(former.file, file) : []
  const say = (imported: boolean, version: number, line: string) =>
    options.json ? printJson({ id, version, imported, changes }) : printLines(...changes.map(sayChange), line)
  if (former && changes.length === 0) return say(false, former.version, `${id} is unchanged, version ${former.version}`)
  if (former && !options.yes) {
    await say(false, former.version, 'Nobody is told of these changes.')
    throw new CommandRefused(`nothing was changed; to replace ${id} as shown, add --yes`)
  }
  const imported = await importEvent(db, seal, file, actor(options))
  if (!imported.ok) throw new CommandRefused(imported.why)
  return say(true, imported.version, `${id} is imported, version ${imported.version}`)
}
