-- What is left of who withdrew or was rejected.

-- Nothing in the record tells any more whose it was.
alter table registration add erased_at timestamptz;
create index registration_ended on registration (changed_at)
  where status in ('DITOLAK', 'MENGUNDURKAN_DIRI') and erased_at is null;

-- The KTP picture of everybody who was decided about is verified.
drop index registration_verified;
create index registration_verified on registration (changed_at)
  where status in ('DITERIMA', 'DITOLAK', 'MENGUNDURKAN_DIRI') and ktp_file is not null;
