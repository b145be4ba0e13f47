// What must be true after a crash test: read from the ledger on one side, and from what people's phones show on the other.
import { sql } from 'kysely'
import { cloud, telegram } from '../../src/bots/capabilities.ts'
import { render } from '../../src/bots/render.ts'
import { contentsOf } from '../../src/bots/whatsapp/content.ts'
import type { Reply } from '../../src/flows/types.ts'
import type { Fleet } from './fleet.ts'

const ARRIVED = ['accepted', 'delivered', 'read']
const FINAL = [...ARRIVED, 'failed', 'cancelled', 'superseded', 'expired', 'uncertain']
/** So often a doubtful message is sent at the most. */
const COPIES = 2

export type Verdict = {
  readonly messages: number
  /** Sent according to the ledger and on no phone, or in the ledger without a final state, or never planned. */
  readonly lost: number
  readonly notFinal: number
  /** Turns beyond one a message that came in, reminders beyond one a person and rule, answers beyond one a message. */
  readonly doubledEffects: number
  readonly visibleTwiceOnWhatsApp: number
  /** On Telegram and the Cloud API, which give the ids of messages themselves. */
  readonly copies: number
  /** Most copies of one message that a phone there shows. */
  readonly mostCopies: number
  /** In doubt for good, and listed for the operator. */
  readonly uncertain: number
  readonly failed: number
  readonly triedTwice: number
}

type Row = {
  readonly id: string
  readonly channel: string | null
  readonly address: Buffer | null
  readonly chat_id: string | null
  readonly state: string
  readonly attempts: number
  readonly content: Buffer | null
}

/** `wanted`: how many reminders there must be. */
export async function judge(fleet: Fleet, wanted: number): Promise<Verdict> {
  const { db } = fleet.data.house
  const { rows } = await sql<Row>`
    select ledger.id, ledger.channel, chat.address, chat_id, state, attempts, content
    from ledger left join chat on chat.id = chat_id`.execute(db)
  const arrived = rows.filter(({ state }) => ARRIVED.includes(state))
  const told = await Promise.all(rows.map(async row => ({ row, key: await keyOf(fleet, row) })))
  const sent = Map.groupBy(
    told.filter(({ row }) => row.content !== null),
    ({ key }) => key,
  )
  const shown = countShown(fleet)
  let lost = 0
  let copies = 0
  let most = 0
  let twice = 0
  for (const [key, those] of sent) {
    const seen = shown.get(key) ?? 0
    const sure = those.filter(({ row }) => ARRIVED.includes(row.state)).length
    lost += Math.max(0, sure - seen)
    const extra = Math.max(0, seen - those.length)
    if (those[0]?.row.channel === 'whatsapp') twice += extra
    else {
      copies += extra
      most = Math.max(most, Math.ceil(seen / those.length))
    }
  }
  const reminders = await count(fleet, sql`select count(*)::int as n from ledger where purpose <> 'reply'`)
  const notFinal = rows.filter(({ state }) => !FINAL.includes(state)).length
  return {
    messages: arrived.length,
    lost: lost + notFinal + Math.max(0, wanted - reminders),
    notFinal,
    doubledEffects: Math.max(0, reminders - wanted) + (await countDoubled(fleet)),
    visibleTwiceOnWhatsApp: twice,
    copies,
    mostCopies: most,
    uncertain: rows.filter(({ state }) => state === 'uncertain').length,
    failed: rows.filter(({ state }) => state === 'failed').length,
    triedTwice: rows.filter(({ attempts }) => attempts >= COPIES).length,
  }
}

/** The chat, and what its phone shows of a message: a chat's equal messages are counted together. */
async function keyOf({ data, whatsapp }: Fleet, { id, channel, chat_id, address, content }: Row): Promise<string> {
  if (!content || !address) return ''
  const { seal } = data.house
  const reply = seal.openJson<Reply>(`ledger.content:${id}`, content)
  const to = seal.open(`chat.address:${chat_id}`, address).toString()
  if (channel !== 'whatsapp') return `${to}\n${render(reply, channel === 'cloud' ? cloud : telegram).texts.join('\n')}`
  const [first] = await contentsOf(reply, async () => Buffer.of(0))
  return `${whatsapp.world.find(to)?.pn}\n${first && 'text' in first ? first.text : ''}`
}

function countShown({ telegram, whatsapp, graph }: Fleet): Map<string, number> {
  const shown = new Map<string, number>()
  const see = (key: string) => shown.set(key, (shown.get(key) ?? 0) + 1)
  for (const [id, chat] of telegram.world.chats)
    for (const message of chat.messages) if (message.byBot) see(`${id}\n${message.text}`)
  for (const account of whatsapp.world.everybody())
    for (const message of account.messages) if (message.byBot) see(`${account.pn}\n${message.text}`)
  for (const { to, text } of graph.messages) see(`${to}\n${text}`)
  return shown
}

/** Turns that were taken twice, or not at all; messages that were answered twice. */
const countDoubled = async (fleet: Fleet): Promise<number> =>
  (await count(
    fleet,
    sql`
      select coalesce(sum(abs(turns - (
        select count(*) from inbox where inbox.conversation_id = conversation.id and handled_at is not null
      ))), 0)::int as n from conversation`,
  )) +
  (await count(
    fleet,
    sql`
      select count(*)::int as n from (
        select from ledger where purpose = 'reply' group by split_part(occurrence, '/', 1), place having count(*) > 1
      ) as twice`,
  ))

async function count({ data }: Fleet, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(data.house.db)
  return (rows[0] as { n: number }).n
}

/** What still has to be done: nothing once every message that came in had its turn, and every row is final. */
export const unfinished = (fleet: Fleet): Promise<number> =>
  count(
    fleet,
    sql`
      select (select count(*) from inbox where handled_at is null)::int
        + (select count(*) from ledger where state in ('queued', 'claimed', 'attempted')
          or (state = 'uncertain' and purpose <> 'reply' and attempts < ${COPIES}))::int as n`,
  )
