-- One person on many chats and many persons on one; erasure, and what is kept only for a time.

-- A message that made its chat change over to another conversation is taken again there, once. What it was: 'linked'
-- (a code), 'new' or 'switched' (another person), 'answered' (the question of another person of this chat).
alter table inbox add moved text;

-- Nothing came of it yet: erased when the event's draft days are over. Rarely changes, so that a turn's update stays cheap.
alter table conversation add draft boolean not null default true;
update conversation set draft = false
  where state is null or exists (select from registration where registration.conversation_id = conversation.id);
create index conversation_draft on conversation (created_at) where draft;

-- The one code by which another chat may join a conversation; only its keyed digest. Gone when used.
create table link_code (
  conversation_id uuid primary key references conversation on delete cascade,
  code_key   bytea not null unique,
  expires_at timestamptz not null
);
create index link_code_expired on link_code (expires_at);

-- Which NIKs (keyed digests) a chat asked about within a day: nobody can try many.
create table nik_lookup (
  chat_id uuid not null references chat on delete cascade,
  nik_key bytea not null,
  at      timestamptz not null default app_now(),
  primary key (chat_id, nik_key)
);
create index nik_lookup_old on nik_lookup (at);

-- From when a file's bytes are to be erased; erased_at says that they are.
alter table file add erase_at timestamptz;
create index file_erase on file (erase_at) where erase_at is not null and erased_at is null;

-- The KTP picture, until it was verified.
alter table registration add ktp_file uuid;
create index registration_verified on registration (changed_at) where status = 'DITERIMA' and ktp_file is not null;

-- Null where the person asked for erasure.
alter table task alter detail drop not null;
create index task_conversation on task (conversation_id);
