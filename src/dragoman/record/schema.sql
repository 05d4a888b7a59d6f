-- The record's tables; docs/record.md tells them. Offsets count characters of a report's text.
-- `seq` numbers rows inside this file only; ids are hashes of content and hold everywhere.

-- Each build, addition or correction makes one state.
CREATE TABLE state (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,              -- UTC, ISO 8601
    cause   TEXT NOT NULL,
    program TEXT NOT NULL
) STRICT;

-- What was found in one report, kept by what it was found from, so that it is not done again.
CREATE TABLE annotation (
    key  TEXT PRIMARY KEY,
    blob BLOB NOT NULL                  -- MessagePack, zlib
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    source     TEXT NOT NULL,
    sha256     TEXT NOT NULL,           -- of the text in UTF-8
    text       BLOB NOT NULL,           -- UTF-8, zlib
    raw        BLOB,                    -- the bytes as they came, zlib; NULL: those of the text
    metadata   TEXT NOT NULL,           -- JSON
    annotation TEXT NOT NULL REFERENCES annotation (key)
) STRICT;
CREATE INDEX report_annotation ON report (annotation);

-- What was found out about two reports, or the like, that no other report can change.
CREATE TABLE memo (
    key  TEXT PRIMARY KEY,
    blob BLOB NOT NULL                  -- MessagePack
) STRICT, WITHOUT ROWID;

-- An entry stands from `first_state` to `last_state`, or still where that is NULL. One that keeps
-- its id while it grows has a row for each of its forms.
CREATE TABLE entry (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL,
    kind        TEXT NOT NULL,
    json        TEXT,                   -- the line of the export; NULL where it has lapsed
    packed      BLOB,                   -- the same, zlib, where it has lapsed
    crc         INTEGER NOT NULL,       -- CRC-32 of the line
    corrected   INTEGER NOT NULL,       -- 1: made or changed by a correction
    first_state INTEGER NOT NULL REFERENCES state (id) DEFERRABLE INITIALLY DEFERRED,
    last_state  INTEGER REFERENCES state (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (last_state IS NULL OR last_state >= first_state),
    CHECK ((last_state IS NULL) = (json IS NOT NULL) AND (json IS NULL) = (packed IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX entry_standing ON entry (id) WHERE last_state IS NULL;
CREATE INDEX entry_kind ON entry (kind, id) WHERE last_state IS NULL;
CREATE INDEX entry_lapsed ON entry (last_state) WHERE last_state IS NOT NULL;

-- Entries as the program derived them, where a correction has changed them or taken them away.
CREATE TABLE derived (
    id   TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The words that a standing entry rests on.
CREATE TABLE evidence (
    entry     INTEGER NOT NULL REFERENCES entry (seq),
    ordinal   INTEGER NOT NULL,
    report    INTEGER NOT NULL REFERENCES report (seq) DEFERRABLE INITIALLY DEFERRED,
    start     INTEGER NOT NULL CHECK (start >= 0),
    "end"     INTEGER NOT NULL,
    grounding TEXT NOT NULL CHECK (grounding IN ('exact', 'repaired', 'partial', 'none')),
    role      TEXT,
    PRIMARY KEY (entry, ordinal),
    CHECK ("end" > start)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_place ON evidence (report, start);

-- The entries that a standing entry names.
CREATE TABLE ref (
    entry   INTEGER NOT NULL REFERENCES entry (seq),
    field   TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    target  TEXT NOT NULL,              -- entry.id
    PRIMARY KEY (entry, field, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX ref_target ON ref (target);

-- What a person corrected. Nothing derived is kept here, and no build clears it.
CREATE TABLE correction (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    action    TEXT NOT NULL,
    anchor    TEXT NOT NULL,            -- JSON: kind, spans and fields of what is meant
    change    TEXT NOT NULL,            -- JSON: fields and their new values
    who       TEXT NOT NULL,
    at        TEXT NOT NULL,            -- UTC, ISO 8601
    why       TEXT NOT NULL,
    state     INTEGER NOT NULL REFERENCES state (id) DEFERRABLE INITIALLY DEFERRED,
    undone_by TEXT REFERENCES correction (id)
) STRICT;

CREATE TABLE skipped (
    state  INTEGER NOT NULL REFERENCES state (id) DEFERRABLE INITIALLY DEFERRED,
    source TEXT NOT NULL,
    cause  TEXT NOT NULL,
    step   TEXT NOT NULL,
    PRIMARY KEY (state, source, cause, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Full-text indexes; rowid is the report's or the entry's `seq`, the words are not kept twice.
CREATE VIRTUAL TABLE report_words USING fts5 (
    words, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_words USING fts5 (
    words, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- For people and other programs: what stands, with the ids and sources written out.
CREATE VIEW standing AS
    SELECT id, kind, json FROM entry WHERE last_state IS NULL;
CREATE VIEW cited AS
    SELECT entry.id AS entry, entry.kind AS kind, evidence.ordinal AS ordinal,
           report.id AS report, report.source AS source, evidence.start AS start,
           evidence."end" AS "end", evidence.grounding AS grounding, evidence.role AS role
    FROM evidence
    JOIN entry ON entry.seq = evidence.entry
    JOIN report ON report.seq = evidence.report;
