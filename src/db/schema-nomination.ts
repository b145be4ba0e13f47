// The tables of nominations as kysely sees them: officers, nominees, seats.
import type { Generated } from 'kysely'

type Time = Date

export type NominationTables = {
  invitation: {
    id: string
    event_id: string
    association: string
    name: Buffer | null
    code_key: Buffer
    expires_at: Time
    used_at: Time | null
  }
  officer: {
    id: string
    event_id: string
    association: string
    name: Buffer | null
    chat_id: string
    conversation_id: string
    bound_at: Generated<Time>
    removed_at: Time | null
  }
  wrong_code: { id: string; chat_id: string; kind: string; at: Generated<Time> }
  account_name: { channel: string; account: string; name: string }
  nomination: {
    id: string
    event_id: string
    association: string | null
    officer_id: string | null
    name: string
    nik_key: Buffer | null
    person_key: Buffer | null
    line: Buffer | null
    state: string
    queue: number | null
    revision: Generated<number>
    claim_key: Buffer | null
    conversation_id: string | null
    registration_id: string | null
    misses: Generated<number>
    locked_at: Time | null
    offers: Generated<number>
    conflict_with: string | null
    created_at: Generated<Time>
    changed_at: Generated<Time>
  }
  seat: {
    event_id: string
    place: number
    capacity: number
    association: string | null
    across_from: Time | null
    holder: string | null
    holder_from: string | null
    taken_at: Time | null
    offered_until: Time | null
  }
}
