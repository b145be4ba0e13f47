// `sapa event`: brings an event file in, shows how an event stands.
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { readLastCorrection } from '../db/correction.ts'
import { countRegistrations } from '../db/event-list.ts'
import { type EventFile, readEventFile } from '../domain/event-file.ts'
import { CHANGE } from '../flows/notices.ts'
import { chooseEvent } from './event-choice.ts'
import { moveSession } from './event-move.ts'
import { type Replacing, replaceEvent } from './event-replace.ts'
import { eventLines, eventView } from './event-view.ts'
import { type Common, inHouse } from './house.ts'
import { printJson, printLines } from './print.ts'
import { CommandRefused } from './refuse.ts'
import { instant } from './reminders.ts'

export function addEvent(program: Command): void {
  const event = program.command('event').description('bring an event in and look at it')

  event
    .command('import')
    .description(
      'import an event file (form: examples/pasuruan-2025.json); an event of the same id is replaced, and who knows a former hour or place is told',
    )
    .argument('<FILE>', 'the event file, JSON')
    .option(
      '--yes',
      'replace the event that is there; without it is only shown what changes, and who is told what and when',
    )
    .action(async (path: string, _, command: Command) => {
      const file = await readFileAt(path)
      return inHouse(house => replaceEvent(house, file, command.optsWithGlobals<Replacing>()))
    })

  event
    .command('move')
    .description('move a session, its length kept; who knows the former hour is told')
    .argument('<SESSION>', 'id of the session, such as d1-reg')
    .requiredOption('--to <ISO>', 'when it begins, such as 2025-10-08T08:00:00+07:00', instant)
    .option('--event <id>', 'id of the event; not needed where there is only one')
    .option('--yes', 'move it; without it is only shown who is told what and when')
    .action((session: string, { to, event }: { to: Temporal.Instant; event?: string }, command: Command) =>
      inHouse(async house => {
        const { file } = await chooseEvent(house.db, event)
        return replaceEvent(house, moveSession(file, session, to), command.optsWithGlobals<Replacing>())
      }),
    )

  event
    .command('show')
    .description('show an event, its registration, its seats, and who has not confirmed its last change')
    .argument('[EVENT]', 'id of the event; not needed where there is only one')
    .action((id: string | undefined, _, command: Command) =>
      inHouse(async ({ db }) => {
        const chosen = await chooseEvent(db, id)
        const [counts, change] = [
          await countRegistrations(db, chosen.id),
          await readLastCorrection(db, chosen.id, CHANGE),
        ]
        const view = eventView(chosen, counts, change)
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
