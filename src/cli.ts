// The operator's commands: `npm run -s sapa -- COMMAND`. Exit 0 done, 1 refused (one line on stderr), 2 wrong usage.
import { Command, CommanderError } from 'commander'
import { addEvent } from './cli/event.ts'
import { CommandRefused } from './cli/refuse.ts'
import { addRegistrations } from './cli/registrations.ts'
import { addTasks } from './cli/tasks.ts'
import { addUnderstand } from './cli/understand.ts'
import { StartRefused } from './db/refused.ts'

const program = new Command('sapa')
  .description("The operator's commands, beside a running server or without one.")
  .option('--json', 'print JSON, alone on stdout')
  .option('--by <name>', 'who acts, for the audit log (default: your name on this machine)')
  .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
  .exitOverride()

addEvent(program)
addRegistrations(program)
addTasks(program)
addUnderstand(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCode(error)
}

function exitCode(error: unknown): number {
  // Commander has said it already; help that was asked for is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (!(error instanceof CommandRefused || error instanceof StartRefused)) throw error
  console.error(`sapa: ${error.message.replaceAll(/\s+/g, ' ')}`)
  return 1
}
