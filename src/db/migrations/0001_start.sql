-- Everything the front desk stands on. Sealed values (bytea) open only with the master key; ids are UUIDv7 made by the
-- program, since the id is bound into the seal. Times are instants in UTC; the zone is the event's.

create table installation (
  only_row   boolean primary key default true check (only_row),
  -- A known text sealed with this installation's key: another key can't open it, and the start is refused.
  key_check  bytea not null,
  -- True where the program created the database itself: only then may the clock be shifted.
  own        boolean not null,
  clock_shift interval not null default '0'
);

-- The one clock of the house: real time plus this database's shift. Declared stable so that an index on a time serves
-- "due_at <= app_now()"; within a statement a microsecond's difference does not matter here.
create function app_now() returns timestamptz language sql stable as
$$ select clock_timestamp() + coalesce((select clock_shift from installation), interval '0') $$;

create table event (
  id         text primary key,
  -- The event file as it was imported.
  file       jsonb not null,
  version    int not null default 1,
  starts_at  timestamptz not null,
  ends_at    timestamptz not null,
  open_at    timestamptz not null,
  close_at   timestamptz not null,
  capacity   int not null check (capacity > 0),
  -- Registration numbers given so far.
  numbers    int not null default 0,
  changed_at timestamptz not null default app_now()
);

-- One association's part in an event. Its row lock orders whatever concerns its seats.
create table event_association (
  event_id    text not null references event on delete cascade,
  association text not null,
  quota       int not null check (quota >= 0),
  primary key (event_id, association)
);

-- One person's conversation: the unit of lock and of order. Half of each page is left free, so that the next turn's version
-- finds room there and touches no index: 86 % of updates instead of 29 %.
create table conversation (
  id          uuid primary key,
  -- State of the engine, sealed: place 'conversation.state:<id>'. Null before the first turn.
  state       bytea,
  question    text,
  -- Since when the open question waits for an answer.
  waiting_since timestamptz,
  language    text not null default 'id',
  event_id    text references event,
  -- The person said BERHENTI: no reminders until MULAI.
  stopped_at  timestamptz,
  turns       int not null default 0,
  created_at  timestamptz not null default app_now(),
  changed_at  timestamptz not null default app_now()
) with (fillfactor = 50);
-- What is sealed can't be compressed: PostgreSQL would try with each turn of a long conversation.
alter table conversation alter state set storage external;

-- A chat on a platform. Its address is sealed (place 'chat.address:<id>') and found by its keyed digest.
create table chat (
  id              uuid primary key,
  channel         text not null,
  account         text not null,
  address_key     bytea not null,
  address         bytea not null,
  -- The platform's own word for the sender's phone, sealed ('chat.phone:<id>').
  phone           bytea,
  -- Whose conversation a message of this chat joins now.
  conversation_id uuid not null references conversation,
  -- The platform says this person can't be reached here.
  blocked_at      timestamptz,
  created_at      timestamptz not null default app_now(),
  unique (channel, account, address_key)
);
create index chat_current on chat (conversation_id);

-- Who has ever talked where: many chats a person, many persons a chat.
create table chat_conversation (
  chat_id         uuid not null references chat on delete cascade,
  conversation_id uuid not null references conversation on delete cascade,
  joined_at       timestamptz not null default app_now(),
  primary key (chat_id, conversation_id)
);
create index chat_conversation_person on chat_conversation (conversation_id);

-- What came in. Stored before the platform hears "received"; handled by exactly one committed turn.
create table inbox (
  id              uuid primary key,
  -- No foreign keys: chats and conversations are never deleted, and each check locks, that is writes, the row it looks at.
  chat_id         uuid not null,
  -- Unique within the account: the platform's repeat is stored once.
  channel         text not null,
  account         text not null,
  message_id      text not null,
  -- The platform's order within the chat.
  place           bigint not null,
  -- The message, sealed ('inbox.payload:<id>'); erased 30 days after it was handled.
  payload         bytea,
  received_at     timestamptz not null default app_now(),
  -- From when a turn may take it: at once, or when its file is stored, at the latest after 60 s.
  ready_at        timestamptz not null default app_now(),
  handled_at      timestamptz,
  conversation_id uuid,
  tries           int not null default 0,
  -- Why it was set aside after three failures: an error's name, never a person's words.
  set_aside       text,
  unique (channel, account, message_id)
);
create index inbox_waiting on inbox (received_at, id) where handled_at is null;
create index inbox_waiting_chat on inbox (chat_id, place) where handled_at is null;
create index inbox_recent on inbox (chat_id, received_at);
create index inbox_handled on inbox (handled_at) where handled_at is not null and payload is not null;

-- Files on their way: one row while a message waits for its file.
create table file_fetch (
  inbox_id   uuid primary key references inbox on delete cascade,
  channel    text not null,
  account    text not null,
  lease_until timestamptz,
  tries      int not null default 0
);

-- A stored file; its bytes lie sealed in the data folder under the id.
create table file (
  id              uuid primary key,
  conversation_id uuid not null references conversation,
  type            text not null,
  bytes           int not null,
  blurred         boolean not null,
  created_at      timestamptz not null default app_now(),
  erased_at       timestamptz
);
create index file_conversation on file (conversation_id);

create table consent (
  id              uuid primary key,
  conversation_id uuid not null references conversation,
  purpose         text not null,
  given           boolean not null,
  text_version    text not null,
  language        text not null,
  channel         text not null,
  chat_id         uuid not null references chat,
  message_id      text not null,
  at              timestamptz not null default app_now()
);
create index consent_conversation on consent (conversation_id, at);

create table registration (
  id              uuid primary key,
  event_id        text not null references event,
  conversation_id uuid not null references conversation,
  number          text not null unique,
  status          text not null check (status in ('MENUNGGU_VERIFIKASI', 'DITERIMA', 'PERLU_PERBAIKAN', 'DITOLAK',
                                                  'CADANGAN', 'MENGUNDURKAN_DIRI')),
  -- The organiser's reason for a return or a refusal, sealed ('registration.why:<id>').
  why             bytea,
  -- Keyed digest of the NIK.
  nik_key         bytea not null,
  name            text not null,
  trade           text not null,
  level           int not null,
  association     text,
  -- The complete record, sealed ('registration.record:<id>').
  record          bytea not null,
  -- How often it was returned; a notice of each return is sent once.
  returns         int not null default 0,
  created_at      timestamptz not null default app_now(),
  changed_at      timestamptz not null default app_now()
);
-- One active registration a NIK and event, whatever happens at once.
create unique index registration_nik on registration (event_id, nik_key)
  where status not in ('DITOLAK', 'MENGUNDURKAN_DIRI');
create unique index registration_conversation on registration (event_id, conversation_id)
  where status not in ('DITOLAK', 'MENGUNDURKAN_DIRI');
create index registration_person on registration (conversation_id);
create index registration_status on registration (event_id, status, association);
create index registration_changed on registration (event_id, changed_at);

-- Everything sent, once. A reply's content is sealed at birth; a notice's is rendered when it is claimed.
create table ledger (
  id              uuid primary key,
  -- 'reply', or the id of the rule or notice.
  purpose         text not null,
  -- A registration, a conversation or a chat.
  recipient       uuid not null,
  occurrence      text not null,
  revision        int not null default 0,
  road            int not null default 1,
  -- Four columns without foreign keys: none of those rows is ever deleted, and each check locks, that is writes, the row
  -- it looks at. Planning reminders for everybody took more than twice as long.
  conversation_id uuid,
  registration_id uuid,
  event_id        text,
  chat_id         uuid,
  channel         text,
  account         text,
  state           text not null check (state in ('queued', 'claimed', 'attempted', 'accepted', 'delivered', 'read', 'failed',
                                                 'cancelled', 'superseded', 'expired', 'uncertain')),
  -- Small goes first: 0 replies, 10 offers and corrections, 20 reminders.
  priority        int not null default 20,
  due_at          timestamptz not null default app_now(),
  expires_at      timestamptz,
  lease_until     timestamptz,
  -- Times it was handed to the platform; a platform's "wait" is none.
  attempts        int not null default 0,
  -- Sealed Reply ('ledger.content:<id>'); erased 30 days after a final state.
  content         bytea,
  -- It offers choices: a bare number belongs to the newest such message of a chat.
  choices         boolean not null default false,
  secret          boolean not null default false,
  -- The turn it answers, and its place in it.
  turn            int,
  place           int not null default 0,
  -- The platform's id of the message.
  message_id      text,
  -- Why it failed, waits or is uncertain: never a person's words.
  why             text,
  created_at      timestamptz not null default app_now(),
  sent_at         timestamptz,
  delivered_at    timestamptz,
  read_at         timestamptz,
  unique (purpose, recipient, occurrence, revision, road)
);
create index ledger_due on ledger (channel, account, priority, due_at) where state = 'queued';
create index ledger_leased on ledger (lease_until) where state in ('claimed', 'attempted');
create index ledger_chat on ledger (chat_id, created_at);
create index ledger_conversation on ledger (conversation_id, created_at);
create index ledger_state on ledger (state, created_at) where state in ('uncertain', 'failed');
create index ledger_erase on ledger (created_at)
  where content is not null and state not in ('queued', 'claimed', 'attempted');

-- A platform's "wait": all processes obey. chat_id null: the whole account.
create table pause (
  id       uuid primary key,
  channel  text not null,
  account  text not null,
  chat_id  uuid references chat on delete cascade,
  until    timestamptz not null,
  why      text not null,
  at       timestamptz not null default app_now(),
  unique nulls not distinct (channel, account, chat_id)
);

-- Everything that waits for a person's decision.
create table task (
  id              uuid primary key,
  kind            text not null,
  event_id        text references event,
  conversation_id uuid references conversation,
  registration_id uuid references registration,
  -- What the operator reads, sealed ('task.detail:<id>').
  detail          bytea not null,
  -- Keeps one open task a matter.
  matter          text not null,
  created_at      timestamptz not null default app_now(),
  closed_at       timestamptz,
  closed_by       text,
  why             bytea
);
create unique index task_open on task (matter) where closed_at is null;
create index task_waiting on task (created_at) where closed_at is null;

create table audit (
  id      uuid primary key,
  at      timestamptz not null default app_now(),
  by      text not null,
  action  text not null,
  subject text not null,
  -- Old and new values, sealed ('audit.detail:<id>').
  detail  bytea
);
create index audit_subject on audit (subject, at);

-- Who holds what only one process may hold: a poller, a socket, the sweep. The fence rises with every holder.
create table lease (
  name   text primary key,
  holder uuid not null,
  fence  bigint not null default 1,
  until  timestamptz not null
);

-- How far a poller has read; moved in the transaction that stores what it read.
create table poll_offset (
  channel text not null,
  account text not null,
  place   bigint not null,
  primary key (channel, account)
);

-- When the sweep last ran; whoever finds it late starts it again.
create table sweep (
  name   text primary key,
  ran_at timestamptz not null
);
