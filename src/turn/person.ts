// One person in a batch: opens what is sealed about them for the engine, and seals what the turn left.
import { randomUUIDv7 } from 'node:crypto'
import { reservedId } from '../bots/message-id.ts'
import type { Capabilities, Channel, Incoming } from '../bots/port.ts'
import type { TakenTurn } from '../db/conversation.ts'
import type { NewReply } from '../db/reply.ts'
import type { KnownPerson, Waiting } from '../db/waiting.ts'
import { begin, isActive } from '../flows/engine.ts'
import type { EventFact, Facts, PersonFact, RegistrationFact, RegistrationStatus } from '../flows/facts.ts'
import type { Flow } from '../flows/flow.ts'
import { CHANGE, OFFER, RESULT_NOTICES } from '../flows/notices.ts'
import { arrived, nameOf } from '../flows/people.ts'
import type { Lang, Reply, Said, State, Turn } from '../flows/types.ts'
import type { Seal } from '../seal.ts'

/** An account this process can send on. */
export type Sender = { readonly channel: Channel; readonly account: string; readonly capabilities: Capabilities }

export type Person = {
  readonly waiting: Waiting
  readonly incoming: Incoming
  readonly said: Said
  readonly state: State
  readonly facts: Facts
}

/** A reply whose ledger row is committed: whoever holds it sends it within the row's lease. */
export type LeavingReply = {
  /** The ledger row's id. */
  readonly id: string
  readonly channel: Channel
  readonly account: string
  readonly chatId: string
  readonly address: string
  readonly reply: Reply
  readonly press?: { readonly callback: string; readonly message: string }
  readonly place: number
}

/** Opens what a turn needs to know of a person. */
export function openPerson(
  seal: Seal,
  flow: Flow,
  senders: readonly Sender[],
  events: readonly EventFact[],
  waiting: Waiting,
): Person {
  const { conversation_id: id, inbox_id, chat_id, language } = waiting
  const incoming = seal.openJson<Incoming>(`inbox.payload:${inbox_id}`, waiting.payload)
  const sender = senders.find(one => one.channel === waiting.channel && one.account === waiting.account)
  const known = waiting.state
    ? seal.openJson<State>(`conversation.state:${id}`, waiting.state)
    : begin(flow, language as Lang)
  const state = waiting.moved ? arrived(known) : known
  const facts: Facts = {
    now: waiting.now.toISOString(),
    channel: {
      buttons: sender?.capabilities.buttons ?? false,
      contactButton: sender?.capabilities.contactButton ?? false,
      ownPhone: waiting.phone ? seal.open(`chat.phone:${chat_id}`, waiting.phone).toString() : null,
    },
    events,
    registrations: waiting.registrations.map(({ id, event, number, status, why, absent }): RegistrationFact => {
      const reason = why && seal.open(`registration.why:${id}`, Buffer.from(why.slice(2), 'hex')).toString()
      const said = { ...(reason ? { why: reason } : {}), ...(absent ? { absent } : {}) }
      return { event, number, status: status as RegistrationStatus, ...said }
    }),
    ...newestFact(events, waiting),
    ...(waiting.office ? { office: { event: waiting.office.event, association: waiting.office.association } } : {}),
    people: waiting.people.map(known => personFact(seal, known, id, state)),
    ...(waiting.moved ? { moved: waiting.moved as NonNullable<Facts['moved']> } : {}),
    outcomes: [],
  }
  return { waiting, incoming, said: whatWasSaid(incoming), state, facts }
}

/** The notice that waits for a choice in this chat, as its rule has it. */
export function newestFact(
  events: readonly EventFact[],
  { newest, registrations }: Pick<Waiting, 'newest' | 'registrations'>,
): Pick<Facts, 'newest'> {
  if (newest?.purpose === OFFER && newest.nomination)
    return { newest: { ledger: newest.id, number: '', asks: 'offer', nomination: newest.nomination } }
  const registration = registrations.find(({ id }) => id === newest?.registration)
  if (!newest || !registration) return {}
  const event = events.find(({ id }) => id === registration.event)
  const asks =
    newest.purpose === CHANGE
      ? 'ok'
      : RESULT_NOTICES.includes(newest.purpose)
        ? 'result'
        : event?.rules.some(rule => rule.id === newest.purpose && rule.asks)
          ? 'attendance'
          : null
  const short = newest.short ? { short: true } : {}
  return asks ? { newest: { ledger: newest.id, number: registration.number, asks, ...short } } : {}
}

function personFact(seal: Seal, { id, state, office }: KnownPerson, current: string, here: State): PersonFact {
  const whose = office ? { office } : {}
  if (id === current) return { id, name: nameOf(here), current: true, ...whose }
  const known = state && seal.openJson<State>(`conversation.state:${id}`, Buffer.from(state.slice(2), 'hex'))
  return { id, name: known ? nameOf(known) : null, current: false, ...whose }
}

/** A file that was not there in time is lost for this turn. */
const whatWasSaid = ({ said }: Incoming): Said =>
  said.kind === 'remote_file' ? { kind: 'lost_file', problem: 'unreachable' } : said

/** What a turn leaves in the person's row. */
export function sealTurn(seal: Seal, { waiting, facts }: Person, { state, effects }: Turn): TakenTurn {
  const id = waiting.conversation_id
  const reminders = effects.findLast(effect => effect.kind === 'reminders')
  return {
    conversation_id: id,
    inbox_id: waiting.inbox_id,
    state: seal.sealJson(`conversation.state:${id}`, state),
    question: state.question,
    language: state.lang,
    event_id: eventOf(state, facts)?.id ?? null,
    reminders: reminders?.on ?? null,
    draft: facts.office
      ? state.office?.draft !== undefined || state.office?.asking !== undefined
      : !state.done && !facts.registrations.some(isActive),
  }
}

/** The event a conversation is about, once it is settled. */
export const eventOf = (state: State, facts: Facts): EventFact | undefined =>
  facts.events.find(event => event.id === state.answers.event?.value)

/** A press that gets no words is answered all the same, or the button keeps turning. */
const ACKNOWLEDGE: Reply = { text: '', popup: true }

/** The replies of a turn, as they leave. */
export function leavingReplies({ waiting, incoming }: Person, { replies }: Turn): LeavingReply[] {
  const { press, address } = incoming
  const said = replies.length === 0 && press ? [ACKNOWLEDGE] : replies
  return said.map((reply, place) => ({
    id: randomUUIDv7(),
    channel: incoming.channel,
    account: incoming.account,
    chatId: waiting.chat_id,
    address,
    reply,
    // Where the chat goes back, the press was answered before.
    ...(press && place === 0 && waiting.moved !== 'back' ? { press } : {}),
    place,
  }))
}

/** A leaving reply as its ledger row. `answers` is the message it answers. */
export function sealReply(
  seal: Seal,
  leaving: LeavingReply,
  conversationId: string,
  answers: string,
  turn: number | null,
): NewReply {
  const { id, reply, place } = leaving
  return {
    id,
    chat_id: leaving.chatId,
    conversation_id: conversationId,
    channel: leaving.channel,
    account: leaving.account,
    occurrence: `${answers}/${place}`,
    content: seal.sealJson(`ledger.content:${id}`, reply),
    choices: reply.options !== undefined,
    secret: reply.secret ?? false,
    turn,
    place,
    message_id: reservedId(leaving.channel, id),
  }
}
