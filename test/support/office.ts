// The office in a transcript: decides about the worker's registration, and lets what is due leave.
import { randomInt, randomUUIDv7 } from 'node:crypto'
import { accept, reject, returnForRepair } from '../../src/cli/decide.ts'
import { moveSession } from '../../src/cli/event-move.ts'
import { check, keep } from '../../src/cli/results-import.ts'
import { approve, publish, undo } from '../../src/cli/results-publish.ts'
import { importEvent } from '../../src/db/event-import.ts'
import { listEvents } from '../../src/db/event-list.ts'
import { loadEvents, loadEventsNow } from '../../src/db/event-read.ts'
import { claimDue } from '../../src/db/ledger-claim.ts'
import { routeNotices } from '../../src/db/ledger-route.ts'
import { settleRows } from '../../src/db/ledger-settle.ts'
import { addInvitation } from '../../src/db/officer.ts'
import { closeTask, listTasks } from '../../src/db/task-list.ts'
import { invitationCode } from '../../src/domain/claim-code.ts'
import type { EventFile } from '../../src/domain/event-file.ts'
import type { Reply } from '../../src/flows/types.ts'
import { planCorrections } from '../../src/jobs/correct.ts'
import type { Letter } from '../../src/jobs/hand.ts'
import { makeLetters } from '../../src/jobs/letters.ts'
import { sweepNominations } from '../../src/jobs/nominations.ts'
import { planNudges } from '../../src/jobs/nudge.ts'
import { planReminders } from '../../src/jobs/plan.ts'
import { planRenewals } from '../../src/jobs/renew.ts'
import { accepted, botOf, LOOKS, type Look, type World } from './world.ts'

const BY = 'Bu Rina'

/** Makes an invitation for an officer of an association; gives its code. */
export async function invite({ house: { db, seal } }: Pick<World, 'house'>, association: string): Promise<string> {
  const id = randomUUIDv7()
  const code = invitationCode(randomInt)
  const code_key = seal.lookup('invitation', code)
  const [open] = await loadEvents(db)
  if (!open) throw new Error('there is no event')
  await addInvitation(db, { id, event_id: open.event.id, association, name: null, code_key })
  return code
}

/**
 * Carries out "terima semua", "kirim pengingat", "kembalikan, ALASAN", "tolak, ALASAN", "pindah SESI, WAKTU",
 * "tempat, NAMA", "hasil, K; …", "batalkan hasil", "umumkan lagi" or "selesaikan tugas"; gives the messages that leave then.
 */
export async function decideInOffice(world: World, act: string): Promise<readonly Reply[]> {
  await decide(world, act)
  return leave(world)
}

/** Carries it out; what is to be said waits in the ledger. */
export async function decide({ house }: Pick<World, 'house'>, act: string): Promise<void> {
  const [verb, why = ''] = act.split(/, (.*)/s)
  if (verb === 'kirim pengingat') {
    const open = await loadEventsNow(house.db)
    await planReminders(house, open)
    await planNudges(house, open)
    await planRenewals(house)
  } else if (verb === 'kabari pengurus') await sweepNominations(house.db, await loadEventsNow(house.db))
  else if (verb === 'hasil') await tellResult(house, why.split('; '))
  else if (verb === 'batalkan hasil') await undo(house, await theEvent(house), BY)
  else if (verb === 'umumkan lagi') await announce(house, await theEvent(house))
  else if (verb === 'selesaikan tugas') await closeTasks(house)
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

/** One result, imported, published and approved: "hasil, K; NOMOR; TERBIT; BERLAKU" or "hasil, BK; UMPAN BALIK". */
async function tellResult(house: World['house'], [outcome = '', ...cells]: readonly string[]): Promise<void> {
  const { id, number, event_id, record } = await house.db
    .selectFrom('registration')
    .selectAll()
    .orderBy('number')
    .executeTakeFirstOrThrow()
  const { nik } = house.seal.openJson<{ readonly nik: string }>(`registration.record:${id}`, record)
  const [certificate = '', issued = '', until = ''] = outcome === 'K' ? cells : []
  const rows = [
    ['nomor_pendaftaran', 'nik', 'hasil', 'nomor_sertifikat', 'tanggal_terbit', 'berlaku_sampai', 'umpan_balik'],
    [number, nik, outcome, certificate, issued, until, outcome === 'BK' ? (cells[0] ?? '') : ''],
  ]
  const checked = await check(house, event_id, rows)
  if (checked.mistakes.length > 0) throw new Error(JSON.stringify(checked.mistakes))
  await keep(house, event_id, checked, BY)
  await announce(house, event_id)
}

/** Two names publish what waits for it. */
async function announce(house: World['house'], event: string): Promise<void> {
  await publish(house, event, BY)
  await approve(house, event, 'Pak Hadi')
}

const theEvent = async ({ db }: World['house']): Promise<string> => (await listEvents(db))[0]?.id ?? ''

/** Looks after every open task. */
async function closeTasks({ db, seal }: World['house']): Promise<void> {
  for (const { id } of await listTasks(db)) await closeTask(db, id, BY, seal.seal(`task.why:${id}`, 'selesai'))
}

export async function leave(world: World): Promise<readonly Reply[]> {
  return (await sendDue(world)).map(letter => letter.reply)
}

/** Lets what is due leave on every look's account, up to 50 messages each; gives it. */
export async function sendDue({ house }: Pick<World, 'house'>): Promise<readonly Letter[]> {
  await routeNotices(house.db)
  const sent: Letter[] = []
  for (const look of Object.keys(LOOKS) as Look[]) sent.push(...(await sendOn(house, botOf(look))))
  return sent
}

async function sendOn(house: World['house'], bot: World['bot']): Promise<readonly Letter[]> {
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
  return letters
}

/** Replaces the event's file by a changed one. */
async function change(house: World['house'], change: (file: EventFile) => EventFile): Promise<void> {
  const [event] = await listEvents(house.db)
  if (!event) throw new Error('there is no event')
  const imported = await importEvent(house.db, house.seal, change(event.file), BY)
  if (!imported.ok) throw new Error(imported.why)
  await planCorrections(house)
}
