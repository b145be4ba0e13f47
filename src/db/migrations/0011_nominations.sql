-- Associations nominate their members: officers and how they are invited, nominations, and the seats of an event.

-- A one-time code by which a chat becomes an officer's; only its keyed digest.
create table invitation (
  id          uuid primary key,
  event_id    text not null references event on delete cascade,
  association text not null,
  -- Whom it is for, sealed ('invitation.name:<id>').
  name        bytea,
  code_key    bytea not null unique,
  expires_at  timestamptz not null,
  used_at     timestamptz
);
create index invitation_expired on invitation (expires_at) where used_at is null;

-- One chat, bound to one association of an event. The officer's talk is a conversation of its own.
create table officer (
  id              uuid primary key,
  event_id        text not null references event on delete cascade,
  association     text not null,
  -- Sealed ('officer.name:<id>').
  name            bytea,
  chat_id         uuid not null references chat on delete cascade,
  conversation_id uuid not null unique references conversation on delete cascade,
  bound_at        timestamptz not null default app_now(),
  removed_at      timestamptz
);
create unique index officer_chat on officer (event_id, chat_id) where removed_at is null;
create index officer_association on officer (event_id, association) where removed_at is null;

-- Codes and tokens that were wrong: nobody can try many.
create table wrong_code (
  id      uuid primary key,
  chat_id uuid not null references chat on delete cascade,
  -- 'invitation' or 'claim'.
  kind    text not null,
  at      timestamptz not null default app_now()
);
create index wrong_code_chat on wrong_code (chat_id, kind, at);
create index wrong_code_old on wrong_code (at);

-- What our accounts are called where people look for them: a bot's user name, a number in E.164.
create table account_name (
  channel text not null,
  account text not null,
  name    text not null,
  primary key (channel, account)
);

-- Somebody who wants a seat of an event, or has one: nominated by an officer, or come by himself (officer null).
create table nomination (
  id              uuid primary key,
  event_id        text not null references event on delete cascade,
  association     text,
  officer_id      uuid references officer on delete set null,
  name            text not null,
  -- Keyed digests of the NIK, and of name and birth date: the same person nominated twice.
  nik_key         bytea,
  person_key      bytea,
  -- What the line gave, sealed ('nomination.line:<id>'); gone when nobody claimed it in time.
  line            bytea,
  state           text not null check (state in ('DIUSULKAN', 'CADANGAN', 'DITAWARI', 'DIKLAIM', 'DIPERIKSA', 'BATAL',
                                                 'KEDALUWARSA')),
  -- Place in the reserve of its association: who waits longest has the smallest.
  queue           int,
  -- Raised where the link was replaced: the one before is worth nothing.
  revision        int not null default 1,
  -- Keyed digest of the link's token; the token itself is never stored.
  claim_key       bytea unique,
  -- Who opened the link.
  conversation_id uuid references conversation on delete set null,
  registration_id uuid unique references registration on delete set null,
  -- Wrong birth dates, and since when no more are taken.
  misses          int not null default 0,
  locked_at       timestamptz,
  -- How often a seat was offered.
  offers          int not null default 0,
  -- The older nomination of the same person by another association, until somebody decides.
  conflict_with   uuid references nomination on delete set null,
  created_at      timestamptz not null default app_now(),
  changed_at      timestamptz not null default app_now(),
  unique (id, association),
  check ((state = 'CADANGAN') = (queue is not null))
);
create unique index nomination_queue on nomination (event_id, association, queue) nulls not distinct where queue is not null;
create unique index nomination_claimed on nomination (event_id, conversation_id)
  where conversation_id is not null and state not in ('BATAL', 'KEDALUWARSA');
create unique index nomination_once on nomination (event_id, association, nik_key)
  where nik_key is not null and state not in ('BATAL', 'KEDALUWARSA');
create index nomination_association on nomination (event_id, association, created_at);
create index nomination_nik on nomination (event_id, nik_key) where nik_key is not null;
create index nomination_person on nomination (event_id, person_key) where person_key is not null;
create index nomination_conversation on nomination (conversation_id) where conversation_id is not null;
create index nomination_conflict on nomination (conflict_with) where conflict_with is not null;
create index nomination_officer on nomination (officer_id);

-- The seats of an event: as many rows as it has capacity, each with at most one holder, who holds no other.
alter table event add constraint event_capacity unique (id, capacity);
create table seat (
  event_id      text not null,
  place         int not null check (place >= 1),
  capacity      int not null,
  -- Whose quota it belongs to; null: nobody's.
  association   text,
  -- From when it may be held by another association's people.
  across_from   timestamptz,
  holder        uuid unique,
  holder_from   text,
  taken_at      timestamptz,
  -- Until when its holder may say whether he takes it; null: it is his.
  offered_until timestamptz,
  primary key (event_id, place),
  foreign key (event_id, capacity) references event (id, capacity) on update cascade on delete cascade,
  foreign key (holder) references nomination,
  foreign key (holder, holder_from) references nomination (id, association),
  check (place <= capacity),
  check ((holder is null) = (taken_at is null)),
  check (holder is not null or (holder_from is null and offered_until is null)),
  -- Who has no association may have any seat that is free; else it is the association's own until then.
  check (holder_from is null or holder_from = coalesce(association, '') or coalesce(taken_at >= across_from, false))
);
create index seat_free on seat (event_id, association) where holder is null;
create index seat_offered on seat (offered_until) where offered_until is not null;

insert into seat (event_id, place, capacity, association, across_from)
select id, place, capacity, quota.association, (file -> 'waitlist' ->> 'across_from')::timestamptz
from event cross join generate_series(1, capacity) as place
left join lateral (
  select association from (
    select association, sum(quota) over (order by association) as last from event_association where event_id = event.id
  ) as each where last >= place order by association limit 1
) as quota on true;

-- Who was accepted before there were seats has one now: of the own association, or any where there is none.
insert into nomination (id, event_id, association, name, state, conversation_id, registration_id)
select new_id(), event_id, association, name, 'DIKLAIM', conversation_id, id from registration where status = 'DITERIMA';
with people as (
  select id, event_id, association, row_number() over (partition by event_id, association order by registration_id) as nth
  from nomination where association is not null
), places as (
  select event_id, place, association, row_number() over (partition by event_id, association order by place) as nth
  from seat where association is not null
)
update seat set holder = people.id, holder_from = people.association, taken_at = app_now()
from people join places using (event_id, association, nth)
where seat.event_id = places.event_id and seat.place = places.place;
with people as (
  select id, event_id, row_number() over (partition by event_id order by registration_id) as nth
  from nomination where association is null
), places as (
  select event_id, place, row_number() over (partition by event_id order by association nulls first, place) as nth
  from seat where holder is null
)
update seat set holder = people.id, taken_at = app_now()
from people join places using (event_id, nth)
where seat.event_id = places.event_id and seat.place = places.place;

-- A notice to a nominee or an officer names the nomination it is about.
alter table ledger add nomination_id uuid references nomination on delete set null;
create index ledger_nomination on ledger (nomination_id) where nomination_id is not null;
