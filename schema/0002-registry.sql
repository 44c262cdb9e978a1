-- Step 2: the contacts that the registry publishes for a network, in its order.

CREATE TABLE network_contact (
    network       INTEGER NOT NULL REFERENCES network (id),
    position      INTEGER NOT NULL CHECK (position >= 0),
    role          TEXT NOT NULL
                  CHECK (role IN ('abuse', 'technical', 'administrative', 'noc', 'registrant')),
    address       TEXT NOT NULL,  -- mail, "" a telephone only
    telephone     TEXT NOT NULL,
    name          TEXT NOT NULL,
    validated_at  INTEGER,        -- when the registry last validated the address
    PRIMARY KEY (network, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX network_contact_by_address ON network_contact (address) WHERE address <> '';
-- When the addresses to complain to became others than they were.
ALTER TABLE network ADD COLUMN contacts_changed_at INTEGER;
-- For moving complaints to a better network.
CREATE INDEX complaint_by_address ON complaint (address);
