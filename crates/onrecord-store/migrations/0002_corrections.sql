-- What people say about the record, kept apart from what was found. Nothing here is ever rewritten; a correction
-- that was taken back keeps its row.

CREATE TABLE correction (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,     -- same, not_same, merge, split, speaker, words, date, hide
    name        TEXT,              -- speaker: who it is; NULL says that nobody knows
    entity_kind TEXT,              -- speaker: what bears the name
    day         TEXT,              -- date: EDTF
    day_first   TEXT,
    day_last    TEXT,
    "by"        TEXT NOT NULL,
    at          TEXT NOT NULL,     -- ISO 8601, UTC
    why         TEXT NOT NULL,
    undone_by   TEXT,
    undone_at   TEXT,
    undone_why  TEXT
) STRICT, WITHOUT ROWID;

-- The printed words that a correction is about, by the page they stand on: the same words are found again in a
-- record that was made anew.
CREATE TABLE correction_place (
    correction TEXT NOT NULL REFERENCES correction (id),
    part       TEXT NOT NULL CHECK (part IN ('about', 'content')),
    n          INTEGER NOT NULL,
    page_hash  TEXT NOT NULL,      -- SHA-256 of the page's bytes
    start      INTEGER NOT NULL,   -- code points into the clean text of the page's article
    words      TEXT NOT NULL,
    PRIMARY KEY (correction, part, n)
) STRICT, WITHOUT ROWID;
