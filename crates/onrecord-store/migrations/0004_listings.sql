-- What pages, lists and searches of a long record are read by, so that none of them reads the whole.

CREATE INDEX article_by_published ON article (published, id);
CREATE INDEX article_by_outlet ON article (outlet);
CREATE INDEX article_by_language ON article (language);
CREATE INDEX problem_by_article ON problem (article);
CREATE INDEX copy_member_by_article ON copy_member (article);
CREATE INDEX story_article_by_article ON story_article (article);
CREATE INDEX entity_member_by_article ON entity_member (article, n);
CREATE INDEX reply_by_to ON reply ("to");
CREATE INDEX figure_series_by_story ON figure_series (story);
CREATE INDEX theme_statement_by_statement ON theme_statement (statement);

-- How much is told of a story. Derived, as the tables above.
CREATE TABLE story_listing (
    story      TEXT PRIMARY KEY REFERENCES story (id),
    first_day  TEXT,               -- NULL where no article has a day
    last_day   TEXT,
    articles   INTEGER NOT NULL,
    texts      INTEGER NOT NULL,   -- copies of one text count once
    statements INTEGER NOT NULL,
    weight     INTEGER NOT NULL    -- of its weightiest statement
) STRICT, WITHOUT ROWID;
CREATE INDEX story_listing_by_day ON story_listing (last_day DESC, weight DESC, story);

-- How much is told of a statement, and when it was said, or else first told.
CREATE TABLE statement_listing (
    statement   TEXT PRIMARY KEY REFERENCES statement (id),
    story       TEXT NOT NULL,
    speaker     TEXT,              -- entity.id
    day         TEXT,
    articles    INTEGER NOT NULL,
    texts       INTEGER NOT NULL,  -- copies of one text count once
    differences INTEGER NOT NULL,
    weight      INTEGER NOT NULL,  -- texts, and kinds of difference between them
    answers     INTEGER NOT NULL   -- statements that it answers
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_listing_by_weight ON statement_listing (weight DESC, texts DESC, articles DESC, statement);
CREATE INDEX statement_listing_by_day ON statement_listing (day DESC, weight DESC, statement);
CREATE INDEX statement_listing_by_story ON statement_listing (story, weight DESC, texts DESC, articles DESC, statement);
CREATE INDEX statement_listing_by_speaker ON statement_listing (speaker, day DESC, statement);
CREATE INDEX statement_listing_differing ON statement_listing (day DESC, weight DESC, statement) WHERE differences > 0;
CREATE INDEX statement_listing_answering ON statement_listing (day DESC, weight DESC, statement) WHERE answers > 0;
