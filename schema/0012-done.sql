-- Step 12: for counting what was carried out within a day.

CREATE INDEX follow_up_by_end ON follow_up (kind, done_at) WHERE done_at IS NOT NULL;
