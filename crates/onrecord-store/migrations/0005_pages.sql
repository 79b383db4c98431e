-- Corrections point at words by the page that prints them; their articles are found by it.
CREATE INDEX article_by_page ON article (page_hash);
