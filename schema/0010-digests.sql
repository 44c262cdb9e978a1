-- Step 10: replies of one digest to several complaints are several. The digest leaves out what tells
-- their complaints apart (envelope, In-Reply-To), and whoever answers one must not undo or hide the
-- answer to another.

-- A UNIQUE column cannot be altered: the table is made anew, without.
CREATE TABLE new_reply (
    id                  INTEGER PRIMARY KEY,
    digest              TEXT NOT NULL CHECK (length(digest) = 64),
    received_at         INTEGER NOT NULL,
    recorded_at         INTEGER NOT NULL,
    form                TEXT NOT NULL,
    outcome             TEXT NOT NULL,
    acknowledgement     TEXT,
    rule                TEXT NOT NULL,
    trust               TEXT NOT NULL CHECK (trust IN ('unknown', 'matched', 'signed')),
    trust_reason        TEXT NOT NULL,
    born_here           INTEGER NOT NULL CHECK (born_here IN (0, 1)),
    auto_reply_says     INTEGER NOT NULL CHECK (auto_reply_says IN (0, 1)),  -- and no mail host
    complaint           INTEGER REFERENCES complaint (id),
    position            INTEGER,  -- of the copy that it answers, if known
    message_id          TEXT NOT NULL,
    sender              TEXT NOT NULL,
    subject             TEXT NOT NULL,
    size                INTEGER NOT NULL,
    judgement           TEXT NOT NULL,  -- everything read out of it, with the evidence: JSON
    envelope_recipient  TEXT NOT NULL DEFAULT '',
    envelope_sender     TEXT NOT NULL DEFAULT '',
    client              TEXT,  -- "" none: our own MTA; NULL not told
    CHECK (position IS NULL OR complaint IS NOT NULL)
) STRICT;
INSERT INTO new_reply
    (id, digest, received_at, recorded_at, form, outcome, acknowledgement, rule, trust,
     trust_reason, born_here, auto_reply_says, complaint, position, message_id, sender, subject,
     size, judgement, envelope_recipient, envelope_sender, client)
    SELECT id, digest, received_at, recorded_at, form, outcome, acknowledgement, rule, trust,
           trust_reason, born_here, auto_reply_says, complaint, position, message_id, sender,
           subject, size, judgement, envelope_recipient, envelope_sender, client
    FROM reply;
DROP TABLE reply;
ALTER TABLE new_reply RENAME TO reply;
CREATE INDEX reply_by_complaint ON reply (complaint) WHERE complaint IS NOT NULL;
CREATE INDEX reply_by_outcome ON reply (outcome, received_at);
CREATE INDEX reply_by_time ON reply (received_at) WHERE trust <> 'unknown';
-- What is only guessed counts for nothing here; a signature tells the copies of one complaint apart.
CREATE UNIQUE INDEX reply_by_digest ON reply
    (digest, iif(trust = 'unknown', 0, ifnull(complaint, 0)),
     iif(trust = 'signed', ifnull(position, -1), -1));
