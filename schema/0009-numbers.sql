-- Step 9: the number of a follow-up never comes again. A person approves by number what he saw in a
-- review; what is withdrawn meanwhile must not leave its number to another network.

-- AUTOINCREMENT cannot be added: the table is made anew.
CREATE TABLE new_follow_up (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
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
    (id, complaint, kind, target, state, due_at, reason, outcome, trust, approved_by, term, around,
     registry, decided_at, tries, tried_at, fault, done_at)
    SELECT id, complaint, kind, target, state, due_at, reason, outcome, trust, approved_by, term,
           around, registry, decided_at, tries, tried_at, fault, done_at
    FROM follow_up;
DROP TABLE follow_up;
ALTER TABLE new_follow_up RENAME TO follow_up;
CREATE INDEX follow_up_by_state ON follow_up (state, due_at);
CREATE INDEX follow_up_by_target ON follow_up (kind, target);
CREATE INDEX follow_up_by_decision ON follow_up (kind, decided_at);

-- Numbers that a review showed before this step may be gone: the next ones leave them behind.
DELETE FROM sqlite_sequence WHERE name = 'follow_up';
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'follow_up', 1000 + ifnull((SELECT max(id) FROM follow_up), 0)
    WHERE EXISTS (SELECT 1 FROM complaint);
