-- Step 6: what asking the mail host of a domain found, and times when lost connections look like a
-- fault of ours.

CREATE TABLE probe (
    domain    TEXT NOT NULL,
    asked_at  INTEGER NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('answers', 'unreachable', 'unsure', 'offline')),
    detail    TEXT NOT NULL,
    PRIMARY KEY (domain, asked_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE outage (
    began_at  INTEGER PRIMARY KEY,
    reason    TEXT NOT NULL,
    ended_at  INTEGER CHECK (ended_at >= began_at)
) STRICT;
-- At most one at a time.
CREATE UNIQUE INDEX outage_now ON outage (ended_at IS NULL) WHERE ended_at IS NULL;

-- The last replies that are tied to a complaint.
CREATE INDEX reply_by_time ON reply (received_at) WHERE trust <> 'unknown';
