-- Step 8: what was told to people, and what came back to notices.

-- Mails to `notify`, and what they told of, as long as it stands.
CREATE TABLE notification (
    sent_at  INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE told (
    matter   TEXT PRIMARY KEY,
    told_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Replies that went on to `answers`.
CREATE TABLE passed_on (
    reply  INTEGER PRIMARY KEY REFERENCES reply (id),
    at     INTEGER NOT NULL
) STRICT;

-- Somebody answered the notice about this contact: what failed before does not make it known dead.
ALTER TABLE contact ADD COLUMN answered_at INTEGER;
