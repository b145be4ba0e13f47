-- A chat of several people goes back to the conversation whose question was interrupted.

-- Set when an answer led the chat away from an open question to another person's; 'back' in inbox.moved is the return.
alter table chat add back_to uuid references conversation on delete set null;
