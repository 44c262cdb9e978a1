-- Step 7: who holds a network and where, for calls; and the contacts that calls were told of.

ALTER TABLE network ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
ALTER TABLE network ADD COLUMN region TEXT NOT NULL DEFAULT '';  -- ISO 3166-2 without the country
CREATE INDEX ruling_by_contact ON ruling (complaint) WHERE verb = 'contact';
