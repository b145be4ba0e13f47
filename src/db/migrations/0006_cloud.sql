-- WhatsApp through the Cloud API: Meta gives the message ids, and says to how many people a number may write unasked.

drop index ledger_message;
create index ledger_message on ledger (account, message_id)
  where channel in ('whatsapp', 'cloud') and message_id is not null;

-- How many people may be written to unasked in 24 hours; null where the platform has no such limit.
alter table whatsapp_number add people_per_day int;
