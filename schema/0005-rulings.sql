-- Step 5: what people ruled, blocks by hand, and how far a letter has come.

-- Who decided what about a follow-up, when and why. The latest about one holds.
CREATE TABLE ruling (
    id         INTEGER PRIMARY KEY,
    complaint  INTEGER REFERENCES complaint (id),  -- NULL: by hand, of no complaint
    kind       TEXT NOT NULL CHECK (kind IN ('block', 'report', 'notice', 'call', 'lift')),
    target     TEXT NOT NULL,
    verb       TEXT NOT NULL CHECK (verb IN ('approve', 'approve-around', 'dismiss', 'sent',
                                             'satisfied', 'contact', 'no-satisfaction')),
    detail     TEXT NOT NULL DEFAULT '',           -- of 'contact': the new one
    ruled_at   INTEGER NOT NULL,
    ruled_by   TEXT NOT NULL,                      -- login name
    why        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX ruling_by_follow_up ON ruling (complaint, kind, target);

-- A CHECK cannot be altered: the table is made anew.
CREATE TABLE new_follow_up (
    id           INTEGER PRIMARY KEY,
    complaint    INTEGER REFERENCES complaint (id),  -- NULL: by hand, of no complaint
    kind         TEXT NOT NULL CHECK (kind IN ('block', 'report', 'notice', 'call', 'lift')),
    target       TEXT NOT NULL,
    state        TEXT NOT NULL
                 CHECK (state IN ('proposed', 'held', 'due', 'refused', 'dismissed', 'sending', 'done')),
    due_at       INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    outcome      TEXT NOT NULL DEFAULT '',  -- because of which, '' of no failure
    trust        TEXT NOT NULL DEFAULT 'unknown' CHECK (trust IN ('unknown', 'matched', 'signed')),
    approved_by  TEXT NOT NULL DEFAULT '',  -- login name, '' nobody had to
    term         INTEGER,                   -- of a block, seconds
    around       INTEGER NOT NULL DEFAULT 0 CHECK (around IN (0, 1)),  -- what must stay open
    registry     TEXT,                      -- of a report
    decided_at   INTEGER NOT NULL,
    tries        INTEGER NOT NULL DEFAULT 0,  -- of a letter, those that failed
    tried_at     INTEGER,                     -- the last one
    fault        TEXT NOT NULL DEFAULT '',    -- what kept it
    done_at      INTEGER CHECK ((done_at IS NOT NULL) = (state = 'done')),
    UNIQUE (complaint, kind, target),
    CHECK (complaint IS NOT NULL OR kind IN ('block', 'lift')),
    CHECK (tried_at IS NOT NULL OR (tries = 0 AND state <> 'sending'))
) STRICT;
INSERT INTO new_follow_up
    (id, complaint, kind, target, state, due_at, reason, outcome, trust, term, registry,
     decided_at, done_at)
    SELECT id, complaint, kind, target, state, due_at, reason, outcome, trust, term, registry,
           decided_at, done_at
    FROM follow_up;
DROP TABLE follow_up;
ALTER TABLE new_follow_up RENAME TO follow_up;
CREATE INDEX follow_up_by_state ON follow_up (state, due_at);
CREATE INDEX follow_up_by_target ON follow_up (kind, target);
CREATE INDEX follow_up_by_decision ON follow_up (kind, decided_at);
