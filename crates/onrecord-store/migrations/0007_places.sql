-- Statements are numbered in the order of how much is told of them, so that long lists and searches are counted and
-- turned by numbers; what is counted over the whole record is kept. Derived, as the tables before.
DROP TABLE statement_listing;
DELETE FROM story_listing;

-- How much is told of a statement, and when it was said, or else first told.
CREATE TABLE statement_listing (
    n           INTEGER PRIMARY KEY, -- its place, from 1, and its rowid in statement_search
    statement   TEXT NOT NULL UNIQUE REFERENCES statement (id),
    story       TEXT NOT NULL,
    speaker     TEXT,              -- entity.id
    day         TEXT,
    articles    INTEGER NOT NULL,
    texts       INTEGER NOT NULL,  -- copies of one text count once
    differences INTEGER NOT NULL,
    weight      INTEGER NOT NULL,  -- texts, and kinds of difference between them
    answers     INTEGER NOT NULL   -- statements that it answers
) STRICT;
CREATE INDEX statement_listing_by_day ON statement_listing (day DESC, weight DESC, statement);
CREATE INDEX statement_listing_by_story ON statement_listing (story, n);
CREATE INDEX statement_listing_by_speaker ON statement_listing (speaker, day DESC, statement);
CREATE INDEX statement_listing_differing ON statement_listing (day DESC, weight DESC, statement) WHERE differences > 0;
CREATE INDEX statement_listing_answering ON statement_listing (day DESC, weight DESC, statement) WHERE answers > 0;

-- Who tells a statement, in which language, and in what its accounts differ.
CREATE TABLE statement_facet (
    facet TEXT NOT NULL CHECK (facet IN ('outlet', 'language', 'kind')),
    value TEXT NOT NULL,
    n     INTEGER NOT NULL,        -- statement_listing.n
    PRIMARY KEY (facet, value, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE theme_listing (
    theme TEXT PRIMARY KEY REFERENCES theme (id),
    told  INTEGER NOT NULL         -- statements
) STRICT, WITHOUT ROWID;
CREATE INDEX theme_listing_by_told ON theme_listing (told DESC, theme);

-- How many of each the record has; no row where that was not counted since something was added.
CREATE TABLE total (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Persons are listed in a public role only.
CREATE INDEX entity_in_public ON entity (id) WHERE kind <> 'person' OR roles <> '[]';

-- What lists say of the differences of a statement, which can have hundreds.
DROP INDEX difference_by_statement;
CREATE INDEX difference_by_statement ON difference (statement, kind, id, left_article, right_article, subject);
