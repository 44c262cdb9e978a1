-- Step 3: how each contact of a complaint stands after its last decision, and whether its copy was
-- sent at all.

ALTER TABLE copy ADD COLUMN was_sent INTEGER NOT NULL DEFAULT 1 CHECK (was_sent IN (0, 1));
ALTER TABLE copy ADD COLUMN state TEXT NOT NULL DEFAULT 'silent'
    CHECK (state IN ('silent', 'failed', 'works'));
ALTER TABLE copy ADD COLUMN outcome TEXT NOT NULL DEFAULT '';  -- of a failed one
ALTER TABLE copy ADD COLUMN allows TEXT NOT NULL DEFAULT 'proposed'
    CHECK (allows IN ('proposed', 'held', 'due', 'refused'));
ALTER TABLE copy ADD COLUMN stands_since INTEGER;  -- the reply that says so, by its date
