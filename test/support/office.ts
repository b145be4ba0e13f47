// The office in a transcript: decides about the worker's registration, and lets what is due leave.
import { randomInt, randomUUIDv7 } from 'node:crypto'
import { accept, reject, returnForRepair } from '../../src/cli/decide.ts'
import { moveSession } from '../../src/cli/event-move.ts'
import { importEvent } from '../../src/db/event-import.ts'
import { listEvents } from '../../src/db/event-list.ts'
import { claimDue } from '../../src/db/ledger-claim.ts'
import { routeNotices } from '../../src/db/ledger-route.ts'
import { settleRows } from '../../src/db/ledger-settle.ts'
import { addInvitation } from '../../src/db/officer.ts'
import { invitationCode } from '../../src/domain/claim-code.ts'
import type { EventFile } from '../../src/domain/event-file.ts'
import type { Reply } from '../../src/flows/types.ts'
import { planCorrections } from '../../src/jobs/correct.ts'
import { makeLetters } from '../../src/jobs/letters.ts'
import { sweepNominations } from '../../src/jobs/nominations.ts'
import { planNudges } from '../../src/jobs/nudge.ts'
import { planReminders } from '../../src/jobs/plan.ts'
import { accepted, type World } from './world.ts'

const BY = 'Bu Rina'

/** Makes an invitation for an officer of an association; gives its code. */
export async function invite({ house: { db, seal } }: Pick<World, 'house'>, association: string): Promise<string> {
  const id = randomUUIDv7()
  const code = invitationCode(randomInt)
  const code_key = seal.lookup('invitation', code)
  const [event] = await listEvents(db)
  if (!event) throw new Error('there is no event')
  await addInvitation(db, { id, event_id: event.id, association, name: null, code_key })
  return code
}

/**
 * Carries out "terima semua", "kirim pengingat", "kembalikan, ALASAN", "tolak, ALASAN", "pindah SESI, WAKTU" or
 * "tempat, NAMA"; gives the messages that leave then.
 */
export async function decideInOffice(world: World, act: string): Promise<readonly Reply[]> {
  await decide(world, act)
  return leave(world)
}

/** Carries it out; what is to be said waits in the ledger. */
export async function decide({ house }: Pick<World, 'house'>, act: string): Promise<void> {
  const [verb, why = ''] = act.split(/, (.*)/s)
  if (verb === 'kirim pengingat') {
    await planReminders(house)
    await planNudges(house)
  } else if (verb === 'kabari pengurus') await sweepNominations(house.db)
  else if (verb?.startsWith('pindah '))
    await change(house, file => moveSession(file, verb.slice(7), Temporal.Instant.from(`${why}+07:00`)))
  else if (verb === 'tempat')
    await change(house, file => ({
      ...file,
      event: { ...file.event, venue: { ...file.event.venue, hall: null, name: why } },
    }))
  else if (verb === 'terima semua') {
    const events = await house.db.selectFrom('event').select('id').orderBy('id').execute()
    for (const { id } of events) await accept(house, { allOf: id }, BY)
  } else {
    const { number } = await house.db.selectFrom('registration').select('number').executeTakeFirstOrThrow()
    if (verb === 'kembalikan') await returnForRepair(house, number, why, BY)
    else if (verb === 'tolak') await reject(house, number, why, BY)
    else throw new Error(`the office does not know how to "${act}"`)
  }
}

/** Lets what is due leave; gives the messages. */
export async function leave({ house, bot }: World): Promise<readonly Reply[]> {
  await routeNotices(house.db)
  const { rows } = await claimDue(house.db, bot, 'notices', 50)
  const { ready, settled } = await makeLetters(house, bot, rows)
  const leaving = new Set(
    await settleRows(
      house.db,
      settled,
      ready.map(r => r.leaving),
    ),
  )
  const letters = ready.map(r => r.letter).filter(l => leaving.has(l.id))
  await settleRows(
    house.db,
    letters.map(l => accepted(l.id)),
  )
  return letters.map(l => l.reply)
}

/** Replaces the event's file by a changed one. */
async function change(house: World['house'], change: (file: EventFile) => EventFile): Promise<void> {
  const [event] = await listEvents(house.db)
  if (!event) throw new Error('there is no event')
  const imported = await importEvent(house.db, house.seal, change(event.file), BY)
  if (!imported.ok) throw new Error(imported.why)
  await planCorrections(house)
}
