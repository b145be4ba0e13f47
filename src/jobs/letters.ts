// Makes letters of claimed rows: opens what was sealed before, renders a notice from the facts of this moment.
import { reservedId } from '../bots/message-id.ts'
import type { Bot } from '../bots/port.ts'
import { loadEvents } from '../db/event-read.ts'
import type { Claimed } from '../db/ledger-claim.ts'
import type { Leaving, Settled } from '../db/ledger-settle.ts'
import { type NoticeRow, readNoticeRows } from '../db/notice-facts.ts'
import { begin } from '../flows/engine.ts'
import { eventFact } from '../flows/event-fact.ts'
import { type NoticeFacts, notice } from '../flows/notices.ts'
import { isNominationNotice, type NominationNotice, nominationNotice } from '../flows/office-notices.ts'
import { register } from '../flows/register.ts'
import type { EventFact, Facts, Lang, RegistrationStatus, Reply, State } from '../flows/types.ts'
import type { House } from '../house.ts'
import { cancelled, failed, type Letter } from './hand.ts'
import { readNominations } from './nomination-letters.ts'

/** Letters that may leave, each with what its row must keep; and rows for which there is nothing to send. */
export type Letters = {
  readonly ready: readonly { readonly letter: Letter; readonly leaving: Leaving }[]
  readonly settled: readonly Settled[]
}

export async function makeLetters(house: House, bot: Bot, claimed: readonly Claimed[]): Promise<Letters> {
  const bare = claimed.filter(({ content }) => content === null).map(({ id }) => id)
  const facts = bare.length > 0 ? await readFacts(house, bot, bare) : new Map<string, NoticeFacts>()
  const about = await readNominations(
    house,
    claimed.filter(({ content, purpose }) => content === null && isNominationNotice(purpose)).map(({ id }) => id),
  )
  const ready: Letters['ready'][number][] = []
  const settled: Settled[] = []
  for (const row of claimed) {
    const made = makeLetter(house, bot, row, facts.get(row.id) ?? about.get(row.id))
    if ('state' in made) settled.push(made)
    else ready.push(made)
  }
  return { ready, settled }
}

/** Never throws: a notice that can't be made must not hold up the others. */
function makeLetter(
  { seal, log }: House,
  bot: Bot,
  row: Claimed,
  facts: NoticeFacts | NominationNotice | undefined,
): Letters['ready'][number] | Settled {
  const { id, purpose, chat_id: chatId } = row
  const place = `ledger.content:${id}`
  try {
    const reply = row.content ? seal.openJson<Reply>(place, row.content) : facts && write(purpose, facts)
    if (!reply) return cancelled(id)
    const address = seal.open(`chat.address:${chatId}`, row.address).toString()
    return {
      letter: { id, chatId, address, reply, notice: purpose !== 'reply' },
      leaving: {
        id,
        content: row.content ?? seal.sealJson(place, reply),
        // A returned registration asks, whether by choices or not.
        choices: reply.options !== undefined || purpose === 'perbaikan',
        secret: reply.secret ?? false,
        message_id: reservedId(bot.channel, id),
      },
    }
  } catch (error) {
    log.error({ err: error, ledger: id, purpose }, 'a notice could not be made')
    return failed(id, error instanceof Error ? error.name : 'error')
  }
}

const write = (purpose: string, facts: NoticeFacts | NominationNotice): Reply | null =>
  'view' in facts ? nominationNotice(purpose, facts) : notice(purpose, facts)

async function readFacts(house: House, bot: Bot, ids: readonly string[]): Promise<Map<string, NoticeFacts>> {
  const rows = await readNoticeRows(house.db, ids)
  const open = (await loadEvents(house.db, rows[0]?.events ?? [])).map(eventFact)
  // A result is told when the event is over: its own event is looked up beside those that are not.
  const own = new Map(
    (
      await loadEvents(
        house.db,
        rows.map(({ event }) => event),
      )
    ).map(file => [file.event.id, file]),
  )
  return new Map(
    rows.flatMap(row => {
      const file = own.get(row.event[0])
      return file ? [[row.ledger_id, factsOf(house, bot, row, eventFact(file), open)] as const] : []
    }),
  )
}

function factsOf(
  { seal }: House,
  bot: Bot,
  row: NoticeRow,
  event: EventFact,
  events: readonly EventFact[],
): NoticeFacts {
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
    registration: {
      number: row.number,
      name: row.name,
      status: row.status as RegistrationStatus,
      ...(why ? { why } : {}),
    },
    state: row.state
      ? seal.openJson<State>(`conversation.state:${row.conversation_id}`, row.state)
      : begin(register, lang),
    present: row.present,
    facts,
  }
}
