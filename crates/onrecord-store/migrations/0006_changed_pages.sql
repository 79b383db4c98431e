-- Pages that changed from one version to another. Derived, as the findings; empty until the record is written anew.
CREATE TABLE changed_page (
    id      TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    weight  INTEGER NOT NULL     -- edits that touch what the page tells, each under all that it touches
) STRICT, WITHOUT ROWID;
CREATE INDEX changed_page_by_weight ON changed_page (weight DESC, id);

CREATE TABLE changed_page_version (
    page    TEXT NOT NULL REFERENCES changed_page (id),
    n       INTEGER NOT NULL,    -- each after one that it goes on from
    article TEXT NOT NULL REFERENCES article (id),
    PRIMARY KEY (page, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX changed_page_version_by_article ON changed_page_version (article);

CREATE TABLE changed_page_edit (
    page  TEXT NOT NULL REFERENCES changed_page (id),
    kind  TEXT NOT NULL,
    edits INTEGER NOT NULL,
    PRIMARY KEY (page, kind)
) STRICT, WITHOUT ROWID;
