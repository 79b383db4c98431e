-- A record: articles with what is marked in them, and what they say together.
-- Ids are 16 hexadecimal digits; offsets are bytes (UTF-8) into article.text unless a column says otherwise;
-- `words` repeats the exact words at the offsets, so that ordinary tools can read them and `verify` can check them.
-- A conclusion carries `rule` (stable name), `note` (for people) and `spans` (JSON: [[start, end], ...], what the rule looked at).

CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    n             INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    path          TEXT NOT NULL,   -- the file as named on the command line; '-' is standard input
    record        INTEGER,         -- the record in the file, from 1
    given_id      TEXT,            -- the caller's own id
    page_hash     TEXT NOT NULL,   -- SHA-256 of page.bytes
    text          TEXT NOT NULL,   -- clean text
    text_hash     TEXT NOT NULL,   -- SHA-256 of text
    headline      TEXT,
    headline_start INTEGER,        -- the headline in text, where text holds it
    headline_end  INTEGER,
    outlet        TEXT,
    byline        TEXT,
    published     TEXT,            -- ISO 8601, as precise as printed
    language      TEXT,            -- BCP 47
    url           TEXT,
    dateline_place TEXT,
    dateline_agency TEXT,
    dateline_date TEXT,            -- EDTF
    dateline_first TEXT,
    dateline_last TEXT,
    dateline_start INTEGER,
    dateline_end  INTEGER
) STRICT;

CREATE TABLE page (
    article TEXT PRIMARY KEY REFERENCES article (id),
    bytes   BLOB NOT NULL,         -- as they were read
    raw     TEXT NOT NULL,         -- all visible text, boilerplate included
    maps_to_page INTEGER NOT NULL  -- 1 where offset_run leads from raw to bytes
) STRICT, WITHOUT ROWID;

-- How each known fact about an article was found.
CREATE TABLE article_fact (
    article TEXT NOT NULL REFERENCES article (id),
    field   TEXT NOT NULL,         -- headline, outlet, byline, published, language, url
    rule    TEXT NOT NULL,
    note    TEXT NOT NULL,
    spans   TEXT NOT NULL,
    PRIMARY KEY (article, field)
) STRICT, WITHOUT ROWID;

-- `length` bytes from `derived` on are the bytes from `source` on.
CREATE TABLE offset_run (
    article TEXT NOT NULL REFERENCES article (id),
    leads   TEXT NOT NULL CHECK (leads IN ('text_to_raw', 'raw_to_page')),
    derived INTEGER NOT NULL,
    source  INTEGER NOT NULL,
    length  INTEGER NOT NULL,
    PRIMARY KEY (article, leads, derived)
) STRICT, WITHOUT ROWID;

-- What of page.raw is not in article.text. Offsets are bytes into page.raw.
CREATE TABLE boilerplate (
    article TEXT NOT NULL REFERENCES article (id),
    n       INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    rule    TEXT NOT NULL,
    note    TEXT NOT NULL,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE problem (
    n       INTEGER PRIMARY KEY,
    article TEXT REFERENCES article (id),  -- NULL where no article was made
    kind    TEXT NOT NULL,                 -- unread, no_article, damaged, unknown
    origin  TEXT NOT NULL,
    message TEXT NOT NULL,
    start   INTEGER,                       -- bytes into page.raw
    "end"   INTEGER
) STRICT;
CREATE UNIQUE INDEX problem_once ON problem (origin, kind, message);

CREATE TABLE sentence (
    article TEXT NOT NULL REFERENCES article (id),
    n       INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE local_entity (
    article  TEXT NOT NULL REFERENCES article (id),
    n        INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    role     TEXT,
    variants TEXT NOT NULL,        -- JSON array of strings
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    article TEXT NOT NULL REFERENCES article (id),
    n       INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    entity  INTEGER,               -- local_entity.n
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotation (
    article         TEXT NOT NULL REFERENCES article (id),
    n               INTEGER NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed')),
    source_start    INTEGER,
    source_end      INTEGER,
    cue_start       INTEGER,
    cue_end         INTEGER,
    speaker         TEXT,          -- NULL: the text does not tell
    speaker_entity  INTEGER,       -- local_entity.n
    speaker_role    TEXT,
    speaker_rule    TEXT NOT NULL,
    speaker_note    TEXT NOT NULL,
    speaker_spans   TEXT NOT NULL,
    addressee_start INTEGER,
    addressee_end   INTEGER,
    said_on         TEXT,          -- EDTF
    said_on_first   TEXT,
    said_on_last    TEXT,
    place_start     INTEGER,
    place_end       INTEGER,
    rule            TEXT NOT NULL,
    note            TEXT NOT NULL,
    spans           TEXT NOT NULL,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotation_part (
    article   TEXT NOT NULL,
    quotation INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    words     TEXT NOT NULL,
    PRIMARY KEY (article, quotation, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE figure (
    article       TEXT NOT NULL REFERENCES article (id),
    n             INTEGER NOT NULL,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    words         TEXT NOT NULL,
    value         TEXT NOT NULL,   -- exact decimal; CAST (value AS REAL) to compute
    value_to      TEXT,
    bound         TEXT NOT NULL,
    unit          TEXT,
    counted_start INTEGER,
    counted_end   INTEGER,
    counted       TEXT,
    holder        INTEGER,         -- quotation.n of the same article; NULL: the outlet
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE date_reference (
    article TEXT NOT NULL REFERENCES article (id),
    n       INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    words   TEXT NOT NULL,
    edtf    TEXT,
    first   TEXT,
    last    TEXT,
    rule    TEXT NOT NULL,
    note    TEXT NOT NULL,
    spans   TEXT NOT NULL,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    article      TEXT NOT NULL REFERENCES article (id),
    n            INTEGER NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    words        TEXT NOT NULL,
    class        TEXT NOT NULL,    -- PLOVER
    code         TEXT,             -- CAMEO
    source_start INTEGER,
    source_end   INTEGER,
    target_start INTEGER,
    target_end   INTEGER,
    place_start  INTEGER,
    place_end    INTEGER,
    edtf         TEXT,
    first        TEXT,
    last         TEXT,
    negated      INTEGER NOT NULL,
    hypothetical INTEGER NOT NULL,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

-- From here on: what the articles say together. Rewritten as a whole whenever articles were added.

CREATE TABLE entity (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    variants TEXT NOT NULL,        -- JSON array of strings
    roles    TEXT NOT NULL         -- JSON array of strings
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_member (
    entity  TEXT NOT NULL REFERENCES entity (id),
    article TEXT NOT NULL,
    n       INTEGER NOT NULL,      -- local_entity.n
    PRIMARY KEY (entity, article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy_group (
    id     TEXT PRIMARY KEY,
    origin TEXT NOT NULL REFERENCES article (id),
    rule   TEXT NOT NULL,
    note   TEXT NOT NULL,
    spans  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE copy_member (
    copy_group TEXT NOT NULL REFERENCES copy_group (id),
    article    TEXT NOT NULL REFERENCES article (id),
    PRIMARY KEY (copy_group, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE story (
    id    TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    rule  TEXT NOT NULL,
    note  TEXT NOT NULL,
    spans TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE story_article (
    story   TEXT NOT NULL REFERENCES story (id),
    article TEXT NOT NULL REFERENCES article (id),
    PRIMARY KEY (story, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    id            TEXT PRIMARY KEY,
    story         TEXT NOT NULL REFERENCES story (id),
    speaker       TEXT REFERENCES entity (id),
    speaker_name  TEXT,
    role          TEXT,
    said_on       TEXT,            -- EDTF
    said_on_first TEXT,
    said_on_last  TEXT,
    place         TEXT,
    rule          TEXT NOT NULL,
    note          TEXT NOT NULL,
    spans         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What shows the day and the place of a statement.
CREATE TABLE statement_evidence (
    statement TEXT NOT NULL REFERENCES statement (id),
    field     TEXT NOT NULL CHECK (field IN ('said_on', 'place')),
    n         INTEGER NOT NULL,
    article   TEXT NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    words     TEXT NOT NULL,
    PRIMARY KEY (statement, field, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_evidence_by_article ON statement_evidence (article);

CREATE TABLE account (
    id           TEXT PRIMARY KEY,
    statement    TEXT NOT NULL REFERENCES statement (id),
    n            INTEGER NOT NULL, -- place in the statement; 0 is the reference
    article      TEXT NOT NULL REFERENCES article (id),
    source_start INTEGER,
    source_end   INTEGER,
    source       TEXT,
    cue_start    INTEGER,
    cue_end      INTEGER,
    cue          TEXT,
    quotations   TEXT NOT NULL,    -- JSON array of quotation.n
    is_primary   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX account_by_statement ON account (statement, n);
CREATE INDEX account_by_article ON account (article);

CREATE TABLE account_part (
    account TEXT NOT NULL REFERENCES account (id),
    n       INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    words   TEXT NOT NULL,
    PRIMARY KEY (account, n)
) STRICT, WITHOUT ROWID;

-- The accounts side by side: what account n says of row r. A missing cell is a silence.
CREATE TABLE statement_row (
    statement TEXT NOT NULL REFERENCES statement (id),
    row       INTEGER NOT NULL,
    account   INTEGER NOT NULL,    -- account.n
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    PRIMARY KEY (statement, row, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE difference (
    id            TEXT PRIMARY KEY,
    statement     TEXT REFERENCES statement (id),
    subject       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    left_article  TEXT NOT NULL,
    left_start    INTEGER,
    left_end      INTEGER,
    left_words    TEXT,            -- NULL: this side leaves it out
    right_article TEXT NOT NULL,
    right_start   INTEGER,
    right_end     INTEGER,
    right_words   TEXT,
    rule          TEXT NOT NULL,
    note          TEXT NOT NULL,
    spans         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX difference_by_statement ON difference (statement);
CREATE INDEX difference_by_left ON difference (left_article);
CREATE INDEX difference_by_right ON difference (right_article);

CREATE TABLE reply (
    "from" TEXT NOT NULL REFERENCES statement (id),
    "to"   TEXT NOT NULL REFERENCES statement (id),
    stance TEXT NOT NULL,
    rule   TEXT NOT NULL,
    note   TEXT NOT NULL,
    spans  TEXT NOT NULL,
    PRIMARY KEY ("from", "to")
) STRICT, WITHOUT ROWID;

CREATE TABLE figure_series (
    id      TEXT PRIMARY KEY,
    story   TEXT NOT NULL REFERENCES story (id),
    counted TEXT NOT NULL,
    unit    TEXT,
    lowest  TEXT NOT NULL,
    highest TEXT NOT NULL,
    rule    TEXT NOT NULL,
    note    TEXT NOT NULL,
    spans   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE figure_series_member (
    figure_series TEXT NOT NULL REFERENCES figure_series (id),
    n             INTEGER NOT NULL,
    article       TEXT NOT NULL,
    figure        INTEGER NOT NULL, -- figure.n
    PRIMARY KEY (figure_series, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE theme (
    id    TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    rule  TEXT NOT NULL,
    note  TEXT NOT NULL,
    spans TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE theme_statement (
    theme     TEXT NOT NULL REFERENCES theme (id),
    n         INTEGER NOT NULL,
    statement TEXT NOT NULL REFERENCES statement (id),
    PRIMARY KEY (theme, n)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE article_search USING fts5 (
    headline, text, content = 'article', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_searchable AFTER INSERT ON article BEGIN
    INSERT INTO article_search (rowid, headline, text) VALUES (new.n, new.headline, new.text);
END;

CREATE VIRTUAL TABLE statement_search USING fts5 (
    statement UNINDEXED, speaker, words, tokenize = 'unicode61 remove_diacritics 2'
);

-- For reporters with an ordinary SQLite tool.

CREATE VIEW accounts AS
SELECT account.statement, statement.speaker_name AS speaker, article.outlet, article.published, article.headline,
       (SELECT group_concat(words, ' … ') FROM (SELECT words FROM account_part WHERE account_part.account = account.id ORDER BY n)) AS words,
       (SELECT group_concat(DISTINCT kind) FROM account_part WHERE account_part.account = account.id) AS kind,
       account.source, account.cue, account.is_primary, account.article, account.id AS account,
       coalesce(article.url, article.path) AS origin
FROM account
JOIN article ON article.id = account.article
JOIN statement ON statement.id = account.statement;

CREATE VIEW statements AS
SELECT statement.id AS statement, statement.speaker_name AS speaker, statement.role, statement.said_on, statement.place,
       (SELECT words FROM accounts WHERE accounts.statement = statement.id ORDER BY accounts.is_primary DESC, length(words) DESC LIMIT 1) AS words,
       (SELECT count(*) FROM account WHERE account.statement = statement.id) AS accounts,
       (SELECT count(*) FROM difference WHERE difference.statement = statement.id) AS differences,
       story.title AS story_title, statement.story
FROM statement JOIN story ON story.id = statement.story;

CREATE VIEW differences AS
SELECT difference.kind, difference.subject,
       l.outlet AS left_outlet, difference.left_words, r.outlet AS right_outlet, difference.right_words,
       difference.note AS reason, difference.rule, difference.statement,
       difference.left_article, difference.right_article, difference.id AS difference
FROM difference
JOIN article AS l ON l.id = difference.left_article
JOIN article AS r ON r.id = difference.right_article;

CREATE VIEW figures AS
SELECT figure.words, CAST (figure.value AS REAL) AS value, CAST (figure.value_to AS REAL) AS value_to, figure.bound, figure.unit,
       figure.counted, coalesce(quotation.speaker, CASE WHEN figure.holder IS NULL THEN 'outlet' ELSE 'unknown' END) AS holder,
       article.outlet, article.published, article.headline, figure.article, figure.start, figure."end"
FROM figure
JOIN article ON article.id = figure.article
LEFT JOIN quotation ON quotation.article = figure.article AND quotation.n = figure.holder;
