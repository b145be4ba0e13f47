// The tables as kysely sees them. Columns are those of migrations/; sealed values are Buffers.
import type { ColumnType, Generated } from 'kysely'
import type { NominationTables } from './schema-nomination.ts'

type Time = Date
/** An int8, read as a plain number. */
type Int8 = ColumnType<number, number | string, number | string>

export type Database = NominationTables & {
  installation: { only_row: Generated<boolean>; key_check: Buffer; own: boolean; clock_shift: Generated<unknown> }
  event: {
    id: string
    file: unknown
    version: Generated<number>
    starts_at: Time
    ends_at: Time
    open_at: Time
    close_at: Time
    capacity: number
    numbers: Generated<number>
    changed_at: Generated<Time>
  }
  event_association: { event_id: string; association: string; quota: number }
  conversation: {
    id: string
    state: Buffer | null
    question: string | null
    waiting_since: Time | null
    language: Generated<string>
    event_id: string | null
    stopped_at: Time | null
    turns: Generated<number>
    draft: Generated<boolean>
    created_at: Generated<Time>
    changed_at: Generated<Time>
  }
  chat: {
    id: string
    channel: string
    account: string
    address_key: Buffer
    address: Buffer
    phone: Buffer | null
    conversation_id: string
    back_to: string | null
    blocked_at: Time | null
    cold: Generated<boolean>
    started_until: Time | null
    created_at: Generated<Time>
  }
  chat_conversation: { chat_id: string; conversation_id: string; joined_at: Generated<Time> }
  inbox: {
    id: string
    chat_id: string
    channel: string
    account: string
    message_id: string
    place: Int8
    payload: Buffer | null
    received_at: Generated<Time>
    ready_at: Generated<Time>
    handled_at: Time | null
    conversation_id: string | null
    tries: Generated<number>
    set_aside: string | null
    moved: string | null
  }
  link_code: { conversation_id: string; code_key: Buffer; expires_at: Time }
  nik_lookup: { chat_id: string; nik_key: Buffer; at: Generated<Time> }
  file_fetch: { inbox_id: string; channel: string; account: string; lease_until: Time | null; tries: Generated<number> }
  file: {
    id: string
    conversation_id: string
    type: string
    bytes: number
    blurred: boolean
    created_at: Generated<Time>
    erased_at: Time | null
    erase_at: Time | null
  }
  consent: {
    id: string
    conversation_id: string
    purpose: string
    given: boolean
    text_version: string
    language: string
    channel: string
    chat_id: string
    message_id: string
    at: Generated<Time>
  }
  registration: {
    id: string
    event_id: string
    conversation_id: string
    number: string
    status: string
    why: Buffer | null
    nik_key: Buffer
    name: string
    trade: string
    level: number
    association: string | null
    record: Buffer
    ktp_file: string | null
    returns: Generated<number>
    erased_at: Time | null
    created_at: Generated<Time>
    changed_at: Generated<Time>
  }
  ledger: {
    id: string
    purpose: string
    recipient: string
    occurrence: string
    revision: Generated<number>
    road: Generated<number>
    conversation_id: string | null
    registration_id: string | null
    event_id: string | null
    chat_id: string | null
    channel: string | null
    account: string | null
    state: string
    priority: Generated<number>
    due_at: Generated<Time>
    expires_at: Time | null
    lease_until: Time | null
    attempts: Generated<number>
    content: Buffer | null
    choices: Generated<boolean>
    secret: Generated<boolean>
    turn: number | null
    place: Generated<number>
    message_id: string | null
    why: string | null
    created_at: Generated<Time>
    sent_at: Time | null
    delivered_at: Time | null
    read_at: Time | null
    event_version: number | null
    nomination_id: string | null
  }
  pause: {
    id: string
    channel: string
    account: string
    chat_id: string | null
    until: Time
    why: string
    at: Generated<Time>
    notices_only: Generated<boolean>
  }
  task: {
    id: string
    kind: string
    event_id: string | null
    conversation_id: string | null
    registration_id: string | null
    detail: Buffer | null
    matter: string
    created_at: Generated<Time>
    closed_at: Time | null
    closed_by: string | null
    why: Buffer | null
  }
  audit: {
    id: string
    at: Generated<Time>
    by: string
    action: string
    subject: string
    detail: Buffer | null
    /** Set by the database, with the hashes. */
    seq: ColumnType<number | null, number | undefined, number | null>
    detail_hash: Generated<Buffer | null>
    hash: Generated<Buffer | null>
  }
  audit_head: { only_row: Generated<boolean>; seq: Int8; hash: Buffer }
  lease: { name: string; holder: string; fence: Generated<number>; until: Time }
  poll_offset: { channel: string; account: string; place: Int8 }
  sweep: { name: string; ran_at: Time }
  planned: { event_id: string; rule: string; occurrence: string; seen_until: Time }
  attendance: {
    registration_id: string
    answer: string
    late: Generated<boolean>
    said: Buffer
    answered_at: Generated<Time>
  }
  check_in: { registration_id: string; session: string; at: Generated<Time>; by: string }
  event_version: { event_id: string; version: number; file: unknown; at: Generated<Time>; to_tell: Generated<boolean> }
  confirmed: { ledger_id: string; at: Generated<Time> }
  result_import: {
    id: string
    event_id: string
    number: number
    imported_at: Generated<Time>
    imported_by: string
    published_at: Time | null
    published_by: string | null
    approved_at: Time | null
    approved_by: string | null
    tells_at: Time | null
    round: Generated<number>
  }
  result: {
    import_id: string
    registration_id: string
    outcome: string
    certificate_key: Buffer | null
    /** A day, as text. */
    valid_until: ColumnType<string | null>
    detail: Buffer
    tells: string | null
  }
  appeal: {
    id: string
    registration_id: string
    number: string
    answers: Buffer
    task_id: string
    created_at: Generated<Time>
  }
  whatsapp_number: {
    account: string
    number: string | null
    standing: string
    people_per_day: number | null
    starts_cold: Generated<boolean>
    linked_at: Time | null
    changed_at: Generated<Time>
  }
  whatsapp_key: { account: string; key: Buffer; type: string; value: Buffer }
  whatsapp_journal: { account: string; key: Buffer; value: Buffer; at: Generated<Time>; taken_at: Time | null }
  whatsapp_address: { account: string; key: Buffer; address: Buffer }
  whatsapp_link: {
    id: string
    account: string
    asked_by: string
    phone: Buffer | null
    token: Buffer | null
    news: Buffer | null
    ended_at: Time | null
    asked_at: Generated<Time>
    until: Time
  }
}
