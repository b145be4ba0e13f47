// Sends messages: one chat's in order and one in flight, chats side by side; obeys what the platforms say.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bot } from '../bots/port.ts'
import { findHeldBack } from '../db/ledger-hold.ts'
import { blockChat, type Settled } from '../db/ledger-settle.ts'
import { pauseAccount, pauseChat } from '../db/pause.ts'
import type { House } from '../house.ts'
import type { LeavingReply, Sender } from '../turn.ts'
import { type Account, addressOf } from './account.ts'
import { failed, type Halt, hand, type Letter, putBack } from './hand.ts'
import { createHeld, type Held } from './held.ts'
import { createLanes, type Lanes } from './lanes.ts'
import { restrict } from './restrict.ts'
import { createSettler } from './settle.ts'
import { within } from './within.ts'

/** In flight at once on one account, and how many of its messages may wait here before no more turns are taken. */
const WIDTH = 64
const ROOM = 256

/** What is in flight at a stop gets this long; the rest goes back into the queue. */
const FINISH_MS = 5_000
const PUT_BACK_MS = 2_000

const BACKOFF_SECONDS = [1, 2, 4, 8, 15, 30, 60]

/** One account's messages in this process. */
type Desk = {
  readonly bot: Bot
  readonly at: Account
  readonly lanes: Lanes
  /** Chats whose messages in their lane must not leave any more: they wait, or the chat is closed to us. */
  readonly held: Map<string, 'wait' | 'blocked'>
  /** Until when (performance.now) nothing leaves. */
  haltedUntil: number
  /** What was written before then is no notice that may leave: the pause of the account's notices came after its claim. */
  restrictedAt: number
  /** How often in a row the platform was not reachable. */
  failures: number
}

export type Deliverer = {
  /** Takes replies that were born attempted and sends them; resolves when they stand in their lanes. */
  readonly deliver: (replies: readonly LeavingReply[]) => Promise<void>
  /** Sends one message that this process holds and has marked attempted; gives what is to be written. */
  readonly send: (at: Account, letter: Letter) => Promise<Settled | undefined>
  readonly settle: (result: Settled) => Promise<void>
  readonly held: Held
  /** Accounts with room for more. */
  readonly senders: () => readonly Sender[]
  readonly isHalted: (at: Account) => boolean
  /** Lets what is in flight end, at most so long; the rest goes back into the queue. */
  readonly stop: () => Promise<void>
}

export type Wake = {
  /** An account that was full has room again. */
  readonly room: () => void
  /** An account has, or will have in so many seconds, something in the queue that may leave. */
  readonly due: (at: Account, seconds: number) => void
}

export function createDeliverer(house: House, bots: readonly Bot[], wake: Wake): Deliverer {
  const held = createHeld(house)
  const settler = createSettler(house, held)
  const desks = new Map(bots.map(bot => [addressOf(bot), openDesk(bot)]))
  let delivered: Promise<void> = Promise.resolve()
  let pausing: Promise<void> = Promise.resolve()

  const deskOf = (at: Account): Desk => {
    const desk = desks.get(addressOf(at))
    if (!desk) throw new Error(`this process can't send on ${addressOf(at)}`)
    return desk
  }

  /** One account's share of a batch. What can't leave at once goes behind what waits already. */
  async function deliverOn(desk: Desk, replies: readonly LeavingReply[]): Promise<void> {
    const idle = [...new Set(replies.map(({ chatId }) => chatId))].filter(chat => !desk.lanes.busy(chat))
    const back = idle.length === 0 ? new Set<string>() : await findBack(desk, idle)
    let waiting = 0
    for (const { id, chatId, address, reply, press } of replies) {
      if (back === 'account' || back.has(chatId)) {
        waiting++
        void settler.settle(putBack(id)).then(() => --waiting || wake.due(desk.at, 0))
        continue
      }
      const letter = {
        id,
        chatId,
        address,
        reply,
        notice: false,
        madeAt: performance.now(),
        ...(press ? { press } : {}),
      }
      void sendFrom(desk, letter).then(result => result && settler.settle(result))
    }
  }

  /** Without an answer of the database they leave: they are committed as attempted. */
  const findBack = (desk: Desk, chats: readonly string[]) =>
    findHeldBack(house.db, desk.at, chats, held.ids()).catch(error => {
      house.log.warn({ err: error }, 'could not see which chats wait')
      return new Set<string>()
    })

  async function sendFrom(desk: Desk, letter: Letter): Promise<Settled | undefined> {
    const result = await desk.lanes.run(letter.chatId, () => handOver(desk, letter))
    if (desk.lanes.load() === ROOM - 1) wake.room()
    return result
  }

  async function handOver(desk: Desk, letter: Letter): Promise<Settled | undefined> {
    // First of all: about a row that another process may hold by now nothing is written.
    if (!held.isMine(letter.id)) {
      held.drop([letter.id])
      return undefined
    }
    if (desk.held.get(letter.chatId) === 'blocked') return failed(letter.id, 'blocked')
    if (desk.held.has(letter.chatId) || isHalted(desk)) return putBack(letter.id)
    if (letter.notice && letter.madeAt < desk.restrictedAt) return putBack(letter.id)
    const { settled, halt } = await hand(house, desk.bot, letter)
    if (halt) await obey(desk, letter.chatId, halt)
    else if (settled.state === 'accepted') desk.failures = 0
    return settled
  }

  /** One at a time, since two chats told to wait within a minute are a matter of the account. */
  function obey(desk: Desk, chatId: string, halt: Halt): Promise<void> {
    pausing = pausing
      .then(() => heed(desk, chatId, halt))
      .catch(error => {
        house.log.warn({ err: error }, 'a pause could not be written')
      })
    return pausing
  }

  async function heed(desk: Desk, chatId: string, halt: Halt): Promise<void> {
    if (halt.kind === 'blocked') {
      desk.held.set(chatId, 'blocked')
      return blockChat(house.db, chatId)
    }
    if (halt.kind === 'hold') {
      desk.held.set(chatId, 'wait')
      return wake.due(desk.at, halt.seconds)
    }
    if (halt.kind === 'restricted') {
      desk.restrictedAt = performance.now()
      return restrict(house, desk.at, halt.why)
    }
    if (halt.kind === 'unreachable') {
      // Whatever was in flight meets the same closed door: that counts once.
      if (isHalted(desk)) return
      const seconds = BACKOFF_SECONDS[Math.min(desk.failures++, BACKOFF_SECONDS.length - 1)] as number
      return rest(desk, seconds, () => pauseAccount(house.db, desk.at, seconds, 'unreachable'))
    }
    const { seconds } = halt
    const why = `wait ${seconds} s`
    if (halt.of === 'account') return rest(desk, seconds, () => pauseAccount(house.db, desk.at, seconds, why))
    desk.held.set(chatId, 'wait')
    wake.due(desk.at, seconds)
    if ((await pauseChat(house.db, desk.at, chatId, seconds, why)) === 'account') await rest(desk, seconds)
  }

  async function rest(desk: Desk, seconds: number, write: () => Promise<void> = async () => {}): Promise<void> {
    desk.haltedUntil = Math.max(desk.haltedUntil, performance.now() + seconds * 1_000)
    wake.due(desk.at, seconds)
    await write()
  }

  const idle = async (): Promise<void> => {
    await delivered
    while (held.ids().length > 0) await sleep(10)
  }

  return {
    deliver: replies => {
      held.add(replies.map(({ id }) => id))
      const shares = Map.groupBy(replies, addressOf)
      delivered = delivered.then(async () => {
        for (const share of shares.values()) await deliverOn(deskOf(share[0] as LeavingReply), share)
      })
      return delivered
    },
    send: (at, letter) => sendFrom(deskOf(at), letter),
    settle: settler.settle,
    held,
    senders: () =>
      [...desks.values()]
        .filter(({ bot, lanes }) => isReady(bot) && lanes.load() < ROOM)
        .map(({ bot: { channel, account, capabilities } }) => {
          return { channel, account, capabilities }
        }),
    isHalted: at => isHalted(deskOf(at)) || !isReady(deskOf(at).bot),
    stop: async () => {
      if (!(await within(FINISH_MS, idle()))) {
        for (const desk of desks.values()) desk.haltedUntil = Number.POSITIVE_INFINITY
        await within(PUT_BACK_MS, idle())
      }
      held.stop()
    },
  }
}

const isReady = (bot: Bot): boolean => bot.ready?.() ?? true

const isHalted = (desk: Desk): boolean => performance.now() < desk.haltedUntil

function openDesk(bot: Bot): Desk {
  const { channel, account } = bot
  const at = { channel, account }
  const held: Desk['held'] = new Map()
  const lanes = createLanes(WIDTH, chat => held.delete(chat))
  return { bot, at, lanes, held, haltedUntil: 0, restrictedAt: 0, failures: 0 }
}
