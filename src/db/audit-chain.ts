// Looks the audit log's chain through: what was edited, deleted, put elsewhere or cut off.
import { type Kysely, sql } from 'kysely'
import type { Seal } from '../seal.ts'
import type { Database } from './schema.ts'

export type ChainFault = { readonly seq: number | null; readonly why: string }
export type Chain = {
  readonly entries: number
  /** Hash of the last entry, in hex: kept elsewhere, it shows later that nothing before it was changed. */
  readonly head: string
  readonly faults: readonly ChainFault[]
  /** Entries whose detail was erased on a person's wish. */
  readonly erased: number
  /** False where an entry of a given hash was looked for and isn't there. */
  readonly known: boolean
}

type Row = {
  readonly seq: number | null
  readonly action: string
  readonly subject: string
  readonly why: string | null
  readonly gone: boolean
}

/** Reads the whole chain; `head` is one that was written down before. Run it in a repeatable-read transaction. */
export async function verifyChain(db: Kysely<Database>, seal: Seal, head?: string): Promise<Chain> {
  const { rows } = await sql<Row>`
    select seq, action, subject, detail is null and detail_hash is not null as gone,
      case
        when seq is null then 'was written past the chain'
        when seq <> former_seq + 1 then 'the entry before it is gone'
        when detail is not null and sha256(detail) is distinct from detail_hash then 'its detail was changed'
        when hash is distinct from audit_hash(former, entry) then 'it was changed, or stood elsewhere'
      end as why
    from (
      select entry, entry.*, lag(hash, 1, sha256('')) over chain as former, lag(seq, 1, 0::bigint) over chain as former_seq
      from audit as entry window chain as (order by seq)
    ) as chained
    where detail is null and detail_hash is not null or seq is null or seq <> former_seq + 1
      or sha256(detail) is distinct from detail_hash or hash is distinct from audit_hash(former, entry)
    order by seq`.execute(db)
  const { rows: ends } = await sql<{ entries: number; last: number; head_seq: number; head: string; known: boolean }>`
    select count(*)::int as entries, coalesce(max(seq), 0) as last,
      coalesce((select seq from audit_head), 0) as head_seq,
      encode(coalesce((select hash from audit_head), sha256('')), 'hex') as head,
      ${head ?? null}::text is null or coalesce(bool_or(encode(hash, 'hex') = ${head ?? null}), false) as known
    from audit`.execute(db)
  const end = ends[0] as (typeof ends)[number]
  const wanted = await readErased(db, seal)
  const faults: ChainFault[] = rows.flatMap(({ seq, subject, why, gone }) => {
    if (why !== null) return [{ seq, why }]
    return gone && !wanted.has(subject) ? [{ seq, why: 'its detail is gone, and nobody had it erased' }] : []
  })
  if (end.last < end.head_seq)
    faults.push({ seq: end.head_seq, why: `the last ${end.head_seq - end.last} are gone: cut off after ${end.last}` })
  else if (end.last > end.head_seq) faults.push({ seq: end.last, why: 'the head of the chain was put back' })
  else if (end.last > 0 && !(await headStands(db)))
    faults.push({ seq: end.last, why: 'the head of the chain was changed' })
  const erased = rows.filter(({ why, gone, subject }) => why === null && gone && wanted.has(subject)).length
  return { entries: end.entries, head: end.head, faults, erased, known: end.known }
}

async function headStands(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql`select from audit join audit_head using (seq, hash)`.execute(db)
  return rows.length > 0
}

/** What was erased, as the log itself says. */
async function readErased(db: Kysely<Database>, seal: Seal): Promise<ReadonlySet<string>> {
  const entries = await db
    .selectFrom('audit')
    .select(['id', 'action', 'subject', 'detail'])
    .where('action', 'in', ['registration.erase', 'person.erase'])
    .execute()
  return new Set(
    entries.flatMap(({ id, action, subject, detail }) => {
      if (action === 'registration.erase' || detail === null) return [subject]
      return seal.openJson<{ readonly erased?: readonly string[] }>(`audit.detail:${id}`, detail).erased ?? []
    }),
  )
}
