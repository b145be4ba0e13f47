// Makes letters of claimed rows: opens what was sealed before, renders a notice from the facts of this moment.
import { reservedId } from '../bots/message-id.ts'
import type { Bot } from '../bots/port.ts'
import { findSilent } from '../db/cloud.ts'
import { readVersions } from '../db/correction.ts'
import { loadEvents } from '../db/event-read.ts'
import type { Claimed } from '../db/ledger-claim.ts'
import type { Leaving, Settled } from '../db/ledger-settle.ts'
import { type NoticeRow, readNoticeRows } from '../db/notice-facts.ts'
import { readCorrected, readResultRows } from '../db/result-read.ts'
import type { EventFile } from '../domain/event-file.ts'
import { secondsUntilTold } from '../domain/result-times.ts'
import { toldChanges } from '../domain/told-changes.ts'
import { begin } from '../flows/engine.ts'
import { eventFact } from '../flows/event-fact.ts'
import type { EventFact, Facts, RegistrationStatus } from '../flows/facts.ts'
import {
  CHANGE,
  type NoticeFacts,
  notice,
  type PersonFacts,
  putsQuestion,
  RENEWAL,
  RESULT_NOTICES,
  tellsWhen,
} from '../flows/notices.ts'
import { isNominationNotice, nominationNotice } from '../flows/office-notices.ts'
import { register } from '../flows/register.ts'
import type { ResultFact } from '../flows/result-types.ts'
import { templateFor } from '../flows/templates.ts'
import type { Lang, Reply, State } from '../flows/types.ts'
import type { House } from '../house.ts'
import { openResults } from '../turn.ts'
import { cancelled, failed, type Letter, putBack } from './hand.ts'
import { type Noticed, OUT_OF_HOURS, type Rest, readNominations } from './nomination-letters.ts'

/** Letters that may leave, each with what its row must keep; and rows for which there is nothing to send. */
export type Letters = {
  readonly ready: readonly { readonly letter: Letter; readonly leaving: Leaving }[]
  readonly settled: readonly Settled[]
}

/** What a notice to a person is rendered from, and the version of the event it then tells of. */
type Facing = {
  readonly facts: PersonFacts & Partial<NoticeFacts>
  readonly version: number
  readonly rest: Rest | null
}

export async function makeLetters(house: House, bot: Bot, claimed: readonly Claimed[]): Promise<Letters> {
  const closed = await findClosed(house, bot, claimed)
  const notices = claimed.filter(({ purpose }) => purpose !== 'reply')
  const idsOf = (nomination: boolean) =>
    notices.filter(({ purpose }) => isNominationNotice(purpose) === nomination).map(({ id }) => id)
  const facing = await readFacing(house, bot, idsOf(false))
  const nominations = await readNominations(house, idsOf(true))
  const ready: Letters['ready'][number][] = []
  const settled: Settled[] = []
  for (const row of claimed) {
    const about = facing.get(row.id) ?? nominations.get(row.id)
    const made = makeLetter(house, bot, row, about, closed.get(row.chat_id))
    if ('state' in made) settled.push(made)
    else ready.push(made)
  }
  return { ready, settled }
}

/** A notice that has no template waits until the person writes, which is looked for this often. */
const WINDOW_SECONDS = 300

/** Chats to which the platform takes no free words just now, since their people have been silent for so long; and their
 * languages. */
async function findClosed(
  { db }: House,
  { windowHours }: Bot,
  claimed: readonly Claimed[],
): Promise<ReadonlyMap<string, string>> {
  if (windowHours === undefined) return new Map()
  return findSilent(db, [...new Set(claimed.map(({ chat_id }) => chat_id))], windowHours)
}

/**
 * Never throws: a notice that can't be made must not hold up the others. A notice is rendered anew whenever it is taken,
 * since it may have waited: what was true an hour ago is no reason to say it.
 */
function makeLetter(
  { seal, log }: House,
  bot: Bot,
  row: Claimed,
  about: Facing | Noticed | undefined,
  closed: string | undefined,
): Letters['ready'][number] | Settled {
  const { id, purpose, chat_id: chatId } = row
  const place = `ledger.content:${id}`
  const isReply = purpose === 'reply'
  try {
    const facing = about && 'version' in about ? about : undefined
    if (about?.rest) return putBack(id, about.rest)
    // What is about nobody's registration or talk was written when it was queued.
    const reply = isReply || !about ? row.content && seal.openJson<Reply>(place, row.content) : write(purpose, about)
    if (!reply) return cancelled(id)
    const known = about?.facts ?? { lang: closed as Lang }
    const template = closed ? templateFor(purpose, known as Parameters<typeof templateFor>[1]) : undefined
    if (closed && !template)
      return putBack(id, { why: `outside the 24-hour window: no template for ${purpose}`, seconds: WINDOW_SECONDS })
    const address = seal.open(`chat.address:${chatId}`, row.address).toString()
    const event = facing?.facts.event
    return {
      letter: {
        id,
        chatId,
        address,
        reply,
        notice: !isReply,
        madeAt: performance.now(),
        ...(template ? { template } : {}),
      },
      leaving: {
        id,
        content: (isReply || !about) && row.content ? row.content : seal.sealJson(place, reply),
        choices: reply.options !== undefined || (event !== undefined && putsQuestion(purpose, event)),
        secret: reply.secret ?? false,
        message_id: reservedId(bot.channel, id),
        event_version: facing && event && tellsWhen(purpose, event) ? facing.version : null,
      },
    }
  } catch (error) {
    log.error({ err: error, ledger: id, purpose }, 'a notice could not be made')
    return failed(id, error instanceof Error ? error.name : 'error')
  }
}

const write = (purpose: string, about: Facing | Noticed): Reply | null =>
  'version' in about ? notice(purpose, about.facts) : nominationNotice(purpose, about.facts)

async function readFacing(house: House, bot: Bot, ids: readonly string[]): Promise<ReadonlyMap<string, Facing>> {
  if (ids.length === 0) return new Map()
  const rows = await readNoticeRows(house.db, ids, CHANGE)
  const open = (await loadEvents(house.db, rows[0]?.events ?? [])).map(eventFact)
  // A result is told when the event is over: its own event is looked up beside those that are not.
  const own = await loadEvents(
    house.db,
    rows.map(({ event }) => event),
  )
  const corrections = rows.flatMap(({ event, told_version }) =>
    told_version === null ? [] : [[event[0], told_version] as const],
  )
  const former = await readVersions(house.db, corrections)
  const results = await readResults(house, rows)
  return new Map(
    rows.flatMap(row => {
      const file = own.find(({ event }) => event.id === row.event[0])
      if (!file) return []
      const facts = factsOf(house, bot, row, eventFact(file), open)
      const knows = former.get(`${file.event.id} ${row.told_version}`)
      const changes = knows ? toldChanges(knows, file, row.now.toTemporalInstant()) : []
      const result = results.get(row.ledger_id)
      return [
        [
          row.ledger_id,
          { facts: { ...facts, changes, ...(result && { result }) }, version: row.event[1], rest: restOf(file, row) },
        ] as const,
      ]
    }),
  )
}

/** What counts now of the results that these notices are about, by message. */
async function readResults({ db, seal }: House, rows: readonly NoticeRow[]): Promise<Map<string, ResultFact>> {
  const about = rows.filter(({ purpose }) => RESULT_NOTICES.includes(purpose) || purpose === RENEWAL)
  const ids = about.flatMap(({ registration_id }) => registration_id ?? [])
  if (ids.length === 0) return new Map()
  const results = await openResults(db, seal, await readResultRows(db, ids))
  const corrected = await readCorrected(
    db,
    about.map(({ ledger_id }) => ledger_id),
  )
  return new Map(
    about.flatMap(({ ledger_id, registration_id }) => {
      const result = results.get(registration_id ?? '')
      return result ? [[ledger_id, { ...result, corrected: corrected.has(ledger_id) }] as const] : []
    }),
  )
}

/** What is told of results keeps to the hours of its rule: at a slow pace many are due in them and leave after them. */
function restOf(file: EventFile, { purpose, now }: NoticeRow): Rest | null {
  if (!RESULT_NOTICES.includes(purpose) && purpose !== RENEWAL) return null
  const seconds = secondsUntilTold(file, purpose, now.toTemporalInstant())
  return seconds > 0 ? { why: OUT_OF_HOURS, seconds } : null
}

function factsOf(
  { seal }: House,
  bot: Bot,
  row: NoticeRow,
  event: EventFact,
  events: readonly EventFact[],
): PersonFacts & Partial<NoticeFacts> {
  const lang = row.language as Lang
  const why = row.why && seal.open(`registration.why:${row.registration_id}`, row.why).toString()
  const facts: Facts = {
    now: row.now.toISOString(),
    channel: {
      buttons: bot.capabilities.buttons,
      contactButton: bot.capabilities.contactButton,
      ownPhone: row.phone && seal.open(`chat.phone:${row.chat_id}`, row.phone).toString(),
    },
    events,
    registrations: row.registrations.map(({ id, event, number, status, why }) => {
      const reason = why && seal.open(`registration.why:${id}`, Buffer.from(why.slice(2), 'hex')).toString()
      return { event, number, status: status as RegistrationStatus, ...(reason ? { why: reason } : {}) }
    }),
    people: [],
    outcomes: [],
  }
  return {
    lang,
    shared: row.shared,
    event,
    ...(row.number !== null && {
      registration: {
        number: row.number,
        name: row.name ?? '',
        status: row.status as RegistrationStatus,
        ...(why ? { why } : {}),
      },
    }),
    ledger: row.ledger_id,
    changes: [],
    spoke: row.spoke,
    state: row.state
      ? seal.openJson<State>(`conversation.state:${row.conversation_id}`, row.state)
      : begin(register, lang),
    present: row.present,
    facts,
  }
}
