-- The words of statements, by their places.
CREATE TABLE words_of AS SELECT statement, speaker, words FROM statement_search;
DROP TABLE statement_search;
CREATE VIRTUAL TABLE statement_search USING fts5 (
    statement UNINDEXED, speaker, words, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO statement_search (rowid, statement, speaker, words)
SELECT statement_listing.n, words_of.statement, words_of.speaker, words_of.words
FROM words_of JOIN statement_listing ON statement_listing.statement = words_of.statement
ORDER BY statement_listing.n;
DROP TABLE words_of;
