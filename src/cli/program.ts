// All commands as one program, and how it ends.
import { Command, CommanderError } from 'commander'
import { StartRefused } from '../db/refused.ts'
import { addAudit } from './audit.ts'
import { addCheckIn } from './checkin.ts'
import { addEvent } from './event.ts'
import { addEvidence } from './evidence.ts'
import { addLedger } from './ledger.ts'
import { addNominations } from './nominations.ts'
import { addOfficer } from './officer.ts'
import { CommandRefused } from './refuse.ts'
import { addRegistrations } from './registrations.ts'
import { addReminders } from './reminders.ts'
import { addResults } from './results.ts'
import { addTasks } from './tasks.ts'
import { addUnderstand } from './understand.ts'
import { addWhatsApp } from './whatsapp.ts'

/** Runs the command that the arguments name; gives the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...argv])
    return 0
  } catch (error) {
    // Commander has said it already; help that was asked for is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof CommandRefused || error instanceof StartRefused)) throw error
    console.error(`sapa: ${error.message.replaceAll(/\s+/g, ' ')}`)
    return 1
  }
}

function createProgram(): Command {
  const program = new Command('sapa')
    .description("The operator's commands, beside a running server or without one.")
    .option('--json', 'print JSON, alone on stdout')
    .option('--by <name>', 'who acts, for the audit log (default: your name on this machine)')
    .exitOverride()
  const globals = program.options
  program.configureHelp({
    showGlobalOptions: true,
    visibleGlobalOptions: command => (command === program ? [] : [...globals]),
  })
  addEvent(program)
  addRegistrations(program)
  addOfficer(program)
  addNominations(program)
  addCheckIn(program)
  addReminders(program)
  addResults(program)
  addTasks(program)
  addLedger(program)
  addAudit(program)
  addEvidence(program)
  addUnderstand(program)
  addWhatsApp(program)
  return program
}
