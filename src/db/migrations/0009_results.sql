-- Results: what an assessment body decided, as the organiser brings it in. The newest that was told counts; none is changed.

create table result_import (
  id uuid primary key,
  event_id text not null references event on delete cascade,
  -- 1, 2, 3 … of its event.
  number integer not null,
  imported_at timestamptz not null default app_now(),
  imported_by text not null,
  published_at timestamptz,
  published_by text,
  approved_at timestamptz,
  approved_by text,
  -- People are told from then on; until then it can be undone.
  tells_at timestamptz,
  -- How often it was approved: what was undone is told under another occurrence.
  round integer not null default 0,
  unique (event_id, number)
);
-- One at a time waits for its approval.
create unique index result_import_open on result_import (event_id) where approved_at is null;

create table result (
  import_id uuid not null references result_import on delete cascade,
  registration_id uuid not null references registration,
  outcome text not null check (outcome in ('K', 'BK')),
  certificate_key bytea,
  valid_until date,
  -- Sealed: number and dates as they stand in the file, feedback, units.
  detail bytea not null,
  -- What the person hears of it; null where it is as he knows it. Set by the approval.
  tells text check (tells in ('hasil', 'sertifikat')),
  primary key (import_id, registration_id)
);
create index result_person on result (registration_id);
create index result_certificate on result (certificate_key) where certificate_key is not null;
create index result_valid on result (valid_until) where valid_until is not null;

create table appeal (
  id uuid primary key,
  registration_id uuid not null references registration,
  number text not null unique,
  -- Sealed: the answers to FR.AK.04.
  answers bytea not null,
  -- Open as long as its task is.
  task_id uuid not null references task,
  created_at timestamptz not null default app_now()
);
create index appeal_person on appeal (registration_id);

-- What an approval queued, for its undoing.
create index ledger_result on ledger (event_id, purpose, occurrence) where purpose in ('hasil', 'sertifikat');

create index consent_renewal on consent (conversation_id, at) where purpose = 'renewal';
