-- WhatsApp through a linked number: its keys, what it decrypted, who is who, and how linking goes.

-- The linked number of an account, and how it stands.
create table whatsapp_number (
  account    text primary key,
  -- Our own number, E.164.
  number     text,
  standing   text not null,
  linked_at  timestamptz,
  changed_at timestamptz not null default app_now()
);

-- Every key of the encryption. Its name holds phone numbers: found by a keyed digest, sealed with its value
-- ('whatsapp_key.value:<key>').
create table whatsapp_key (
  account text  not null,
  key     bytea not null,
  type    text  not null,
  value   bytea not null,
  primary key (account, key)
);

-- What was decrypted, written by the commit that moves the ratchet; kept a while after it reached the inbox, since a
-- repeat can't be decrypted again. Sealed ('whatsapp_journal.value:<key>').
create table whatsapp_journal (
  account  text  not null,
  key      bytea not null,
  value    bytea not null,
  at       timestamptz not null default app_now(),
  taken_at timestamptz,
  primary key (account, key)
);
create index whatsapp_journal_waiting on whatsapp_journal (account, at) where taken_at is null;
create index whatsapp_journal_taken on whatsapp_journal (taken_at) where taken_at is not null;

-- A person's LID and phone number both lead to the one address of his chat, sealed ('whatsapp_address.address:<key>').
create table whatsapp_address (
  account text  not null,
  key     bytea not null,
  address bytea not null,
  primary key (account, key)
);

-- Somebody wants to link a number; whoever holds the socket serves it.
create table whatsapp_link (
  id       uuid primary key,
  account  text not null,
  asked_by text not null,
  -- By a code typed on this number's phone, sealed ('whatsapp_link.phone:<id>'); null: by QR.
  phone    bytea,
  -- Digest of the token of a one-time page.
  token    bytea unique,
  -- What to show now, or how it ended, sealed ('whatsapp_link.news:<id>').
  news     bytea,
  ended_at timestamptz,
  asked_at timestamptz not null default app_now(),
  -- Nobody waits for it any more after this.
  until    timestamptz not null
);
create index whatsapp_link_open on whatsapp_link (account, asked_at) where ended_at is null;

-- Has not written to the number that is linked now: nothing may be sent there first.
alter table chat add column cold boolean not null default false;
create index chat_cold on chat (channel, account) where cold;

-- A pause may hold back only what is sent unasked.
alter table pause add column notices_only boolean not null default false;
alter table pause drop constraint pause_channel_account_chat_id_key;
alter table pause add constraint pause_channel_account_chat_id_key
  unique nulls not distinct (channel, account, chat_id, notices_only);

-- Receipts and repeats name a message by its id.
create index ledger_message on ledger (account, message_id) where channel = 'whatsapp' and message_id is not null;
-- Only these channels' notices are counted by the day.
create index ledger_sent on ledger (channel, account, sent_at)
  where channel in ('whatsapp', 'cloud') and priority > 0 and sent_at is not null;
