-- The ledger, step 1: networks, complaints, replies with their verdicts and octets, follow-ups.
-- Times are seconds since 1970 UTC; addresses are 16 octets (IPv4 mapped, RFC 4291 section 2.5.5.2).

CREATE TABLE network (
    id         INTEGER PRIMARY KEY,
    first      BLOB NOT NULL CHECK (length(first) = 16),
    last       BLOB NOT NULL CHECK (length(last) = 16),
    registry   TEXT CHECK (registry IN ('afrinic', 'apnic', 'arin', 'lacnic', 'ripe-ncc')),
    country    TEXT NOT NULL DEFAULT '',
    name       TEXT NOT NULL DEFAULT '',
    handle     TEXT NOT NULL DEFAULT '',
    telephone  TEXT NOT NULL DEFAULT '',
    authority  TEXT NOT NULL CHECK (authority IN ('registry', 'imported', 'delegated', 'guess')),
    source     TEXT NOT NULL,
    dated      INTEGER NOT NULL,
    UNIQUE (first, last),
    CHECK (first <= last)
) STRICT;

-- The prefixes that cover a network, for finding the most specific one that holds an address.
CREATE TABLE prefix (
    start    BLOB NOT NULL CHECK (length(start) = 16),
    length   INTEGER NOT NULL CHECK (length BETWEEN 0 AND 128),
    network  INTEGER NOT NULL REFERENCES network (id),
    PRIMARY KEY (start, length)
) STRICT, WITHOUT ROWID;

CREATE TABLE complaint (
    id           INTEGER PRIMARY KEY,
    digest       TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    address      BLOB NOT NULL CHECK (length(address) = 16),
    network      INTEGER NOT NULL REFERENCES network (id),
    sent_at      INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    recorded_at  INTEGER NOT NULL,
    look_again   INTEGER  -- when time alone changes the decision
) STRICT;
CREATE INDEX complaint_by_network ON complaint (network);
CREATE INDEX complaint_by_look_again ON complaint (look_again) WHERE look_again IS NOT NULL;

CREATE TABLE contact (
    id       INTEGER PRIMARY KEY,
    address  TEXT NOT NULL UNIQUE
) STRICT;

-- The copy of a complaint that one contact got.
CREATE TABLE copy (
    complaint   INTEGER NOT NULL REFERENCES complaint (id),
    position    INTEGER NOT NULL CHECK (position >= 0),
    contact     INTEGER NOT NULL REFERENCES contact (id),
    message_id  TEXT NOT NULL,
    PRIMARY KEY (complaint, position),
    UNIQUE (complaint, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_by_message_id ON copy (message_id) WHERE message_id <> '';
CREATE INDEX copy_by_contact ON copy (contact);

CREATE TABLE reply (
    id               INTEGER PRIMARY KEY,
    digest           TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    received_at      INTEGER NOT NULL,
    recorded_at      INTEGER NOT NULL,
    form             TEXT NOT NULL,
    outcome          TEXT NOT NULL,
    acknowledgement  TEXT,
    rule             TEXT NOT NULL,
    trust            TEXT NOT NULL CHECK (trust IN ('unknown', 'matched', 'signed')),
    trust_reason     TEXT NOT NULL,
    born_here        INTEGER NOT NULL CHECK (born_here IN (0, 1)),
    auto_reply_says  INTEGER NOT NULL CHECK (auto_reply_says IN (0, 1)),  -- and no mail host
    complaint        INTEGER REFERENCES complaint (id),
    position         INTEGER,  -- of the copy that it answers, if known
    message_id       TEXT NOT NULL,
    sender           TEXT NOT NULL,
    subject          TEXT NOT NULL,
    size             INTEGER NOT NULL,
    judgement        TEXT NOT NULL,  -- everything read out of it, with the evidence: JSON
    CHECK (position IS NULL OR complaint IS NOT NULL)
) STRICT;
CREATE INDEX reply_by_complaint ON reply (complaint) WHERE complaint IS NOT NULL;
CREATE INDEX reply_by_outcome ON reply (outcome, received_at);

-- The Message-IDs that a reply names: of what it returns, of what it answers.
CREATE TABLE mention (
    message_id  TEXT NOT NULL,
    reply       INTEGER NOT NULL REFERENCES reply (id),
    PRIMARY KEY (message_id, reply)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_reply ON mention (reply);

-- The octets of a reply, up to 64 KiB, kept for a time.
CREATE TABLE message (
    reply   INTEGER PRIMARY KEY REFERENCES reply (id),
    octets  BLOB NOT NULL
) STRICT;

CREATE TABLE verdict (
    reply               INTEGER NOT NULL REFERENCES reply (id),
    position            INTEGER NOT NULL,
    final_recipient     TEXT NOT NULL,
    original_recipient  TEXT NOT NULL,
    outcome             TEXT NOT NULL,
    action              TEXT NOT NULL,
    status              TEXT NOT NULL,
    reply_code          INTEGER,
    diagnostic_code     TEXT NOT NULL,
    remote_mta          TEXT NOT NULL,
    rule                TEXT NOT NULL,
    PRIMARY KEY (reply, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_by_final_recipient ON verdict (final_recipient);

CREATE TABLE follow_up (
    id          INTEGER PRIMARY KEY,
    complaint   INTEGER NOT NULL REFERENCES complaint (id),
    kind        TEXT NOT NULL CHECK (kind IN ('block', 'report', 'notice', 'call')),
    target      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('proposed', 'held', 'due', 'refused', 'done')),
    due_at      INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    term        INTEGER,  -- of a block, seconds
    registry    TEXT,     -- of a report
    decided_at  INTEGER NOT NULL,
    done_at     INTEGER CHECK ((done_at IS NOT NULL) = (state = 'done')),
    UNIQUE (complaint, kind, target)
) STRICT;
CREATE INDEX follow_up_by_state ON follow_up (state, due_at);
