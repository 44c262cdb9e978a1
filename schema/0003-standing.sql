-- Step 3: how each contact of a complaint stands after its last decision, whether its copy was sent
-- at all, and what each follow-up rests on.

ALTER TABLE copy ADD COLUMN was_sent INTEGER NOT NULL DEFAULT 1 CHECK (was_sent IN (0, 1));
ALTER TABLE copy ADD COLUMN state TEXT NOT NULL DEFAULT 'silent'
    CHECK (state IN ('silent', 'failed', 'works'));
ALTER TABLE copy ADD COLUMN outcome TEXT NOT NULL DEFAULT '';  -- of a failed one
ALTER TABLE copy ADD COLUMN trust TEXT NOT NULL DEFAULT 'unknown'
    CHECK (trust IN ('unknown', 'matched', 'signed'));
ALTER TABLE copy ADD COLUMN allows TEXT NOT NULL DEFAULT 'proposed'
    CHECK (allows IN ('proposed', 'held', 'due'));
ALTER TABLE copy ADD COLUMN due_at INTEGER;        -- from when on it is certain
ALTER TABLE copy ADD COLUMN stands_since INTEGER;  -- the reply that says so, by its date
CREATE INDEX copy_by_standing ON copy (contact, state, stands_since);
CREATE INDEX copy_not_sent ON copy (contact) WHERE was_sent = 0;
DROP INDEX copy_by_contact;

CREATE INDEX complaint_by_network_and_time ON complaint (network, sent_at);
DROP INDEX complaint_by_network;

-- A CHECK cannot be altered: the table is made anew, with another kind and two columns.
CREATE TABLE new_follow_up (
    id          INTEGER PRIMARY KEY,
    complaint   INTEGER NOT NULL REFERENCES complaint (id),
    kind        TEXT NOT NULL CHECK (kind IN ('block', 'report', 'notice', 'call', 'lift')),
    target      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('proposed', 'held', 'due', 'refused', 'done')),
    due_at      INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    outcome     TEXT NOT NULL DEFAULT '',  -- because of which, '' of no failure
    trust       TEXT NOT NULL DEFAULT 'unknown' CHECK (trust IN ('unknown', 'matched', 'signed')),
    term        INTEGER,  -- of a block, seconds
    registry    TEXT,     -- of a report
    decided_at  INTEGER NOT NULL,
    done_at     INTEGER CHECK ((done_at IS NOT NULL) = (state = 'done')),
    UNIQUE (complaint, kind, target)
) STRICT;
INSERT INTO new_follow_up
    (id, complaint, kind, target, state, due_at, reason, term, registry, decided_at, done_at)
    SELECT id, complaint, kind, target, state, due_at, reason, term, registry, decided_at, done_at
    FROM follow_up;
DROP TABLE follow_up;
ALTER TABLE new_follow_up RENAME TO follow_up;
CREATE INDEX follow_up_by_state ON follow_up (state, due_at);
CREATE INDEX follow_up_by_target ON follow_up (kind, target);
CREATE INDEX follow_up_by_decision ON follow_up (kind, decided_at);
