// Plays the acts of a timeline on a test clock that jumps from one moment to the next, and writes down what people were told.
import { accept, reject, returnForRepair } from '../../src/cli/decide.ts'
import { checkIn } from '../../src/db/check-in.ts'
import { loadEvents } from '../../src/db/event-read.ts'
import { momentsOf } from '../../src/domain/moments.ts'
import { type Act, printAct, printRanges } from './acts.ts'
import type { TimelineHouse, Told } from './house.ts'

const BY = 'Bu Rina'
const ZONE = 'Asia/Jakarta'

export type Person = { readonly name: string; readonly number: string }

type Instant = Temporal.Instant
const instantOf = (at: string): Instant =>
  Temporal.PlainDateTime.from(at.replace(' ', 'T')).toZonedDateTime(ZONE).toInstant()
const sayAt = (at: Instant): string =>
  at.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')

/** Everything from the first act to `end`; nothing but the acts is fed in. `people` are counted from 1. */
export async function playTimeline(
  house: TimelineHouse,
  acts: readonly Act[],
  people: readonly Person[],
  end: string,
): Promise<string> {
  const [file] = await loadEvents(house.house.db)
  if (!file) throw new Error('there is no event')
  const moments = momentsOf(file).map(({ due }) => due)
  const out: string[] = []
  const last = instantOf(end)
  const left = [...acts]
  let now = instantOf((left[0] as Act).at)
  let down = false

  while (Temporal.Instant.compare(now, last) <= 0) {
    await house.setClock(now.add({ milliseconds: 500 }).toString())
    house.told.length = 0
    for (let act = left[0]; act && Temporal.Instant.compare(instantOf(act.at), now) <= 0; act = left[0]) {
      left.shift()
      out.push(printAct(act), '')
      if (act.verb === 'mati' || act.verb === 'hidup') down = act.verb === 'mati'
      else await carryOut(house, act, people)
    }
    if (!down) await house.sweep()
    out.push(...print(now, house.told, people))
    const waiting = down ? undefined : (await house.nextDue())?.toTemporalInstant()
    const hour = now.toZonedDateTimeISO(ZONE).round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 })
    const next = [...moments, ...left.map(({ at }) => instantOf(at)), ...(waiting ? [waiting] : []), hour.toInstant()]
    now = next
      .filter(at => Temporal.Instant.compare(at, now) > 0)
      .reduce((a, b) => (Temporal.Instant.compare(a, b) < 0 ? a : b))
  }
  return out.join('\n')
}

async function carryOut(
  { house, say }: TimelineHouse,
  { verb, people: concerned, what }: Act,
  people: readonly Person[],
): Promise<void> {
  const numbers = concerned.map(n => (people[n - 1] as Person).number)
  if (verb === 'kata') return say(concerned, () => what)
  if (verb === 'terima') return void (await accept(house, { numbers }, BY))
  if (verb === 'hadir') return void (await house.db.transaction().execute(trx => checkIn(trx, numbers, what, BY)))
  for (const number of numbers) await (verb === 'tolak' ? reject : returnForRepair)(house, number, what, BY)
}

/** Who was told what: equal messages together, with {nama} and {nomor} for each one's own. */
function print(at: Instant, told: readonly Told[], people: readonly Person[]): string[] {
  const equal = Map.groupBy(told, ({ person, why, reply }) => {
    const { name, number } = people[person - 1] as Person
    const options = reply.options?.map(({ label }) => `[${label}]`).join(' ')
    const text = [reply.text, ...(options ? [options] : [])].join('\n')
    return `${why}\n${text.replaceAll(name, '{nama}').replaceAll(number, '{nomor}')}`
  })
  return [...equal]
    .sort(([, a], [, b]) => Math.min(...a.map(one => one.person)) - Math.min(...b.map(one => one.person)))
    .flatMap(([message, those]) => {
      const [why, ...lines] = message.split('\n')
      const persons = those.map(({ person }) => person)
      const twice = persons.length === new Set(persons).size ? '' : ' (DUA KALI)'
      return [
        `${sayAt(at)} ${why} → ${printRanges(persons)} (${persons.length})${twice}`,
        ...lines.map(line => (line ? `    ${line}` : '')),
        '',
      ]
    })
}
