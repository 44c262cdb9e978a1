-- Step 4: by which key a complaint's tokens are signed, under which number.

ALTER TABLE complaint ADD COLUMN token_key TEXT NOT NULL DEFAULT '';  -- key id, "" has no tokens
ALTER TABLE complaint ADD COLUMN token_number INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX complaint_by_token ON complaint (token_key, token_number)
    WHERE token_key <> '';

-- How a reply came: what the caller told.
ALTER TABLE reply ADD COLUMN envelope_recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE reply ADD COLUMN envelope_sender TEXT NOT NULL DEFAULT '';
ALTER TABLE reply ADD COLUMN client TEXT;  -- "" none: our own MTA; NULL not told

-- Letters that `doctor` sends to itself, and how they came back. They are no replies.
CREATE TABLE mail_test (
    token      TEXT PRIMARY KEY CHECK (length(token) = 31),
    digest     TEXT NOT NULL CHECK (length(digest) = 64),
    sent_at    INTEGER NOT NULL,
    came_at    INTEGER,                    -- for the first time
    recipient  TEXT NOT NULL DEFAULT '',   -- where the token stood, else what the caller told
    place      TEXT NOT NULL DEFAULT '',   -- where the token stood, for people; "" it was lost
    client     TEXT                        -- "" none: our own MTA; NULL not told
) STRICT, WITHOUT ROWID;
