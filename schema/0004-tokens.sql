-- Step 4: by which key a complaint's tokens are signed, under which number.

ALTER TABLE complaint ADD COLUMN token_key TEXT NOT NULL DEFAULT '';  -- key id, "" has no tokens
ALTER TABLE complaint ADD COLUMN token_number INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX complaint_by_token ON complaint (token_key, token_number)
    WHERE token_key <> '';

-- How a reply came: what the caller told.
ALTER TABLE reply ADD COLUMN envelope_recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE reply ADD COLUMN envelope_sender TEXT NOT NULL DEFAULT '';
ALTER TABLE reply ADD COLUMN client TEXT;  -- "" none: our own MTA; NULL not told
