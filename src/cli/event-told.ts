// Who is told what and when, where an event file replaces another one.
import { readNow } from '../db/clock.ts'
import { listToTell, type ToTell } from '../db/correction.ts'
import type { ListedEvent } from '../db/event-list.ts'
import type { EventFile } from '../domain/event-file.ts'
import { momentsOf } from '../domain/moments.ts'
import { toldChanges } from '../domain/told-changes.ts'
import { changeLine } from '../flows/change.ts'
import { eventFact } from '../flows/event-fact.ts'
import type { House } from '../house.ts'
import { correctionDue, tellingPurposes } from '../jobs/correct.ts'
import { plain } from './print.ts'
import { sayAt, sayNumbers } from './say.ts'

type Moved = { readonly rule: string; readonly from: string | null; readonly to: string | null }

/** What people hear of a change. */
export type Told = {
  /** In the words of the message. */
  readonly changes: readonly string[]
  /** When the corrections leave; null where there is none. */
  readonly at: string | null
  readonly people: readonly Pick<ToTell, 'number' | 'name' | 'channel'>[]
  /** Accepted people who were told nothing yet. */
  readonly others: readonly string[]
  /** Reminders that leave at another time than before. */
  readonly reminders: readonly Moved[]
}

/** What a file would tell whom, in place of the one that is there. */
export async function whatIsTold({ db }: House, former: ListedEvent, file: EventFile): Promise<Told> {
  const now = (await readNow(db)).toTemporalInstant()
  const changes = toldChanges(former.file, file, now)
  const reminders = movedReminders(former.file, file, now)
  if (changes.length === 0) return { changes: [], at: null, people: [], others: [], reminders }
  const telling = tellingPurposes({ former: former.file, file })
  const everybody = await listToTell(db, file.event.id, former.version + 1, telling)
  return {
    changes: changes.map(change => changeLine('id', eventFact(file), change)),
    at: correctionDue(former.file, file, now).toString(),
    people: everybody.flatMap(({ knows, number, name, channel }) => (knows ? [{ number, name, channel }] : [])),
    others: everybody.filter(({ knows }) => !knows).map(({ number }) => number),
    reminders,
  }
}

/** Reminders to come, before and after. */
function movedReminders(former: EventFile, file: EventFile, now: Temporal.Instant): readonly Moved[] {
  const times = (of: EventFile) =>
    Map.groupBy(
      momentsOf(of).filter(({ due }) => Temporal.Instant.compare(due, now) > 0),
      ({ rule }) => rule,
    )
  const [before, after] = [times(former), times(file)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(rule => {
    const [was, is] = [before.get(rule) ?? [], after.get(rule) ?? []]
    return Array.from({ length: Math.max(was.length, is.length) }, (_, n) => ({
      rule,
      from: was[n]?.due.toString() ?? null,
      to: is[n]?.due.toString() ?? null,
    })).filter(({ from, to }) => from !== to)
  })
}

/** The same in lines for a terminal. */
export function toldLines(file: EventFile, { changes, at, people, others, reminders }: Told): string[] {
  const when = (instant: string | null) => (instant === null ? 'never' : sayAt(file, Temporal.Instant.from(instant)))
  return [
    '',
    ...(at === null
      ? ['Nobody is told of these changes.']
      : [
          `${people.length} people are told from ${when(at)} on:`,
          ...changes.map(line => `  "${line}"`),
          ...people.map(
            ({ number, name, channel }) => `  ${number}  ${channel ?? 'can be reached nowhere'}  ${plain(name)}`,
          ),
          ...(others.length > 0 ? [`  not ${others.length}: was told nothing so far (${sayNumbers(others)})`] : []),
        ]),
    ...reminders.map(({ rule, from, to }) => `Reminder ${rule}: ${when(from)} → ${when(to)}`),
  ]
}
