// `sapa reminders preview`: what the rules would send at a moment, to whom, and how long it would take.
import { type Command, InvalidArgumentError } from 'commander'
import { readConfig } from '../config.ts'
import { readCloudNumber } from '../db/cloud.ts'
import { listEvents } from '../db/event-list.ts'
import { anyCheckIn } from '../db/reminder-plan.ts'
import { type Previewed, previewMoment } from '../db/reminder-preview.ts'
import type { EventFile } from '../domain/event-file.ts'
import { type Moment, momentsOf, whyNoMoment } from '../domain/moments.ts'
import type { House } from '../house.ts'
import { tellsOf } from '../jobs/plan.ts'
import { type Common, inHouse } from './house.ts'
import { printJson, printLines } from './print.ts'
import { startBar } from './progress.ts'
import { paceOf, sayPace } from './reminder-pace.ts'
import { sayAt, sayNumbers } from './say.ts'

export function addReminders(program: Command): void {
  const reminders = program.command('reminders').description('the reminders of the event files')
  reminders
    .command('preview')
    .description('show who would get which reminder at a moment, who would not and why, and how long it would take')
    .requiredOption('--at <ISO>', 'the moment, such as 2025-10-07T18:30:00+07:00', instant)
    .action(({ at }: { at: Temporal.Instant }, command: Command) =>
      inHouse(async house => {
        const { zone, ...view } = await preview(house, at, readConfig(process.env).whatsapp?.noticesPerDay ?? 0)
        return command.optsWithGlobals<Common>().json ? printJson(view) : printLines(...lines(view, zone))
      }),
    )
}

/** A moment with its zone. */
export function instant(value: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(value)
  } catch {
    throw new InvalidArgumentError('write a moment with its zone, such as 2025-10-07T18:30:00+07:00')
  }
}

type RuleView = {
  readonly event: string
  readonly rule: string
  readonly occurrence: string | null
  readonly due: string | null
  /** Why nobody gets it. */
  readonly silent: string | null
  readonly recipients: readonly { readonly number: string; readonly name: string; readonly channel: string }[]
  readonly excluded: readonly { readonly number: string; readonly reason: string }[]
}
type Preview = Omit<Awaited<ReturnType<typeof preview>>, 'zone'>

/** What would leave at a moment. `perDay`: how many notices a linked WhatsApp number sends in a day; 0 where none is. */
async function preview({ db }: House, at: Temporal.Instant, perDay: number) {
  const rules: RuleView[] = []
  const events = await listEvents(db)
  const bar = startBar(
    'rules',
    events.reduce((sum, { file }) => sum + file.reminders.plan.length, 0),
  )
  for (const { file } of events) {
    const moments = currentMoments(file, at)
    for (const rule of file.reminders.plan) {
      const own = moments.filter(moment => moment.rule === rule.id)
      for (const moment of own) rules.push(await viewMoment(db, file, moment))
      if (own.length === 0) rules.push(silentRule(file, rule.id, whyNot(file, rule.id, at)))
      bar.add(1)
    }
  }
  bar.end()
  const pace = paceOf(
    rules.flatMap(({ recipients }) => recipients),
    { whatsapp: perDay, cloud: (await readCloudNumber(db))?.people_per_day ?? 0 },
  )
  return { at: at.toString(), rules, pace, zone: events[0]?.file.event.timezone ?? 'UTC' }
}

/** What is due and of use at a moment; of several of one series the latest. */
function currentMoments(file: EventFile, at: Temporal.Instant): readonly Moment[] {
  const useful = momentsOf(file).filter(
    ({ due, expires }) => Temporal.Instant.compare(due, at) <= 0 && Temporal.Instant.compare(at, expires) < 0,
  )
  return useful.filter(moment => useful.findLast(({ series }) => series === moment.series) === moment)
}

function whyNot(file: EventFile, id: string, at: Temporal.Instant): string {
  const rule = file.reminders.plan.find(one => one.id === id)
  const never = rule && whyNoMoment(rule)
  if (never) return never
  const next = momentsOf(file).find(({ rule, due }) => rule === id && Temporal.Instant.compare(due, at) > 0)
  return next ? `due ${sayAt(file, next.due)}` : 'its time is over, or a later reminder says the same'
}

const silentRule = (file: EventFile, rule: string, silent: string): RuleView => {
  return { event: file.event.id, rule, occurrence: null, due: null, silent, recipients: [], excluded: [] }
}

async function viewMoment(db: House['db'], file: EventFile, moment: Moment): Promise<RuleView> {
  const { id } = file.event
  const { rule, occurrence, to, sessions } = moment
  const due = moment.due.toString()
  if ((to === 'present' || to === 'not_checked_in') && !(await anyCheckIn(db, id, sessions)))
    return { ...silentRule(file, rule, `nobody was checked in at ${sessions.join(', ')} yet`), occurrence, due }
  const people = await previewMoment(db, id, moment, tellsOf(file, moment))
  const judged = people.map(person => ({ ...person, reason: whyExcluded(person, moment) }))
  return {
    event: id,
    rule,
    occurrence,
    due,
    silent: null,
    recipients: judged.flatMap(({ number, name, channel, reason }) =>
      reason === null && channel ? [{ number, name, channel }] : [],
    ),
    excluded: judged.flatMap(({ number, reason }) => (reason === null ? [] : [{ number, reason }])),
  }
}

/** Why this person does not get it; null where he does. */
function whyExcluded({ concerned, status, stopped, knows, state, channel }: Previewed, { to }: Moment): string | null {
  if (!concerned) {
    if (to === 'incomplete') return `nothing to mend: ${status}`
    if (status !== 'DITERIMA') return `not accepted: ${status}`
    return to === 'present' ? 'was not checked in' : 'is checked in'
  }
  if (state !== null && state !== 'queued') return `in the ledger already: ${state}`
  if (state === null && knows) return 'was told all of it since it was due'
  if (stopped) return 'said BERHENTI'
  return channel === null ? 'can be reached nowhere' : null
}

function lines({ at, rules, pace }: Preview, zone: string): string[] {
  const told = rules.flatMap(({ rule, event, silent, recipients, excluded }) => {
    if (silent) return [`${rule} (${event}): nobody, ${silent}`]
    return [
      `${rule} (${event}): ${recipients.length} people`,
      ...recipients.map(({ number, name, channel }) => `  ${number}  ${channel}  ${name}`),
      ...[...Map.groupBy(excluded, ({ reason }) => reason)].map(
        ([reason, those]) => `  not ${those.length}: ${reason} (${sayNumbers(those.map(({ number }) => number))})`,
      ),
    ]
  })
  const times = pace.map(sayPace)
  const there = Temporal.Instant.from(at).toString({ timeZone: zone, smallestUnit: 'minute' })
  return [`At ${there}`, '', ...told, '', ...(times.length ? times : ['nothing would leave'])]
}
