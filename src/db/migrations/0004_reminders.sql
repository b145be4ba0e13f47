-- What reminders need beside the ledger: which of them were planned, who says he will come, who is there.

-- A reminder that was planned for everybody. Afterwards only registrations that changed since are looked at.
create table planned (
  event_id   text not null references event on delete cascade,
  rule       text not null,
  occurrence text not null,
  -- Up to when changes of registrations were looked at.
  seen_until timestamptz not null,
  primary key (event_id, rule, occurrence)
);

-- Whether an accepted person will come; the newest answer counts.
create table attendance (
  registration_id uuid primary key references registration on delete cascade,
  answer          text not null check (answer in ('HADIR', 'TIDAK', 'TENTATIF')),
  -- Comes, but not in time.
  late            boolean not null default false,
  -- In the person's own words, sealed ('attendance.said:<registration>').
  said            bytea not null,
  answered_at     timestamptz not null default app_now()
);

-- Who was at which session; the first check-in counts.
create table check_in (
  registration_id uuid not null references registration on delete cascade,
  session         text not null,
  at              timestamptz not null default app_now(),
  by              text not null,
  primary key (registration_id, session)
);

-- Every version of an event's file: what somebody who was told of a former one has to hear is the difference.
create table event_version (
  event_id text not null references event on delete cascade,
  version  int not null,
  file     jsonb not null,
  at       timestamptz not null default app_now(),
  -- It changed what people were told, and whom that concerns is still to be written into the ledger.
  to_tell  boolean not null default false,
  primary key (event_id, version)
);
create index event_version_to_tell on event_version (event_id) where to_tell;
insert into event_version (event_id, version, file, at) select id, version, file, changed_at from event;

-- The version of the event that a message told of; null where it tells no time or place.
alter table ledger add event_version int;

-- A correction that its person has confirmed.
create table confirmed (
  ledger_id uuid primary key references ledger on delete cascade,
  at        timestamptz not null default app_now()
);

-- Everybody of an event in steps of a fixed size, however many there are.
create index registration_event on registration (event_id, id);

-- A UUIDv7 (RFC 9562: 48 bits of milliseconds, version, random rest), for rows that are inserted by a query;
-- PostgreSQL has one of its own from 18 on only.
create function new_id() returns uuid language sql volatile parallel safe as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;
