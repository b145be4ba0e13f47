-- The audit log as a chain: each entry's hash covers its own words and the hash before, so that an entry that was edited,
-- deleted, put elsewhere or cut off at the end shows. Entries join the chain in the order in which they are committed.

alter table audit add column seq bigint unique, add column detail_hash bytea, add column hash bytea;

create table audit_head (
  only_row boolean primary key default true check (only_row),
  seq bigint not null,
  hash bytea not null
);

-- Of the sealed detail only its hash, so that what a person had erased may go.
create function audit_hash(former bytea, entry audit) returns bytea language sql stable as $$
  select sha256(former || convert_to(json_build_array(entry.seq, entry.id, (extract(epoch from entry.at) * 1000000)::bigint,
    entry.by, entry.action, entry.subject, encode(entry.detail_hash, 'hex'))::text, 'UTF8'))
$$;

create function audit_join() returns trigger language plpgsql as $$
declare
  head audit_head;
  entry audit;
begin
  select * into head from audit_head for update;
  select * into entry from audit where id = new.id;
  if not found then
    return null;
  end if;
  entry.seq := head.seq + 1;
  entry.detail_hash := sha256(entry.detail);
  entry.hash := audit_hash(head.hash, entry);
  update audit set seq = entry.seq, detail_hash = entry.detail_hash, hash = entry.hash where id = entry.id;
  update audit_head set seq = entry.seq, hash = entry.hash;
  return null;
end
$$;

-- What was written before, in its order.
do $$
declare
  entry audit;
  former bytea := sha256('');
  nth bigint := 0;
begin
  for entry in select * from audit order by at, id loop
    nth := nth + 1;
    entry.seq := nth;
    entry.detail_hash := sha256(entry.detail);
    former := audit_hash(former, entry);
    update audit set seq = nth, detail_hash = entry.detail_hash, hash = former where id = entry.id;
  end loop;
  insert into audit_head (seq, hash) values (nth, former);
end
$$;

-- At the end of the transaction: the head is locked for a moment, and after everything else.
create constraint trigger audit_joins after insert on audit deferrable initially deferred
  for each row execute function audit_join();
