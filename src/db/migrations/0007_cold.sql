-- Writing first to chats that have not written to the linked number: only where somebody switched it on.

alter table whatsapp_number add column starts_cold boolean not null default false;

-- Until then what is due may be sent to this cold chat: it is one of the few that are started in a day.
alter table chat add column started_until timestamptz;
