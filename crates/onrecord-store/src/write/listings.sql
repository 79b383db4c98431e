-- Fills the listings from what the articles say together.
INSERT INTO statement_listing
SELECT row_number() OVER (ORDER BY weight DESC, texts DESC, articles DESC, statement),
       statement, story, speaker, day, articles, texts, differences, weight, answers
FROM (SELECT statement.id AS statement, statement.story, statement.speaker,
             coalesce(statement.said_on_first, (SELECT min(substr(article.published, 1, 10)) FROM account
                 JOIN article ON article.id = account.article WHERE account.statement = statement.id)) AS day,
             (SELECT count(*) FROM account WHERE account.statement = statement.id) AS articles,
             told.texts AS texts, differing.n AS differences, told.texts + differing.kinds AS weight,
             (SELECT count(*) FROM reply WHERE reply."from" = statement.id) AS answers
      FROM statement
      JOIN (SELECT account.statement, count(DISTINCT coalesce(copy_group.origin, account.article)) AS texts FROM account
            LEFT JOIN copy_member ON copy_member.article = account.article
            LEFT JOIN copy_group ON copy_group.id = copy_member.copy_group
            GROUP BY account.statement) AS told ON told.statement = statement.id
      JOIN (SELECT statement.id AS statement, count(difference.id) AS n, count(DISTINCT difference.kind) AS kinds FROM statement
            LEFT JOIN difference ON difference.statement = statement.id
            GROUP BY statement.id) AS differing ON differing.statement = statement.id);

INSERT INTO story_listing
SELECT story.id, told.first_day, told.last_day, told.articles, told.texts,
       (SELECT count(*) FROM statement_listing WHERE statement_listing.story = story.id),
       coalesce((SELECT max(weight) FROM statement_listing WHERE statement_listing.story = story.id), 0)
FROM story
JOIN (SELECT story_article.story, min(substr(article.published, 1, 10)) AS first_day, max(substr(article.published, 1, 10)) AS last_day,
             count(*) AS articles, count(DISTINCT coalesce(copy_group.origin, article.id)) AS texts FROM story_article
      JOIN article ON article.id = story_article.article
      LEFT JOIN copy_member ON copy_member.article = article.id
      LEFT JOIN copy_group ON copy_group.id = copy_member.copy_group
      GROUP BY story_article.story) AS told ON told.story = story.id;

INSERT INTO statement_facet
SELECT 'outlet', article.outlet, statement_listing.n FROM account
JOIN article ON article.id = account.article JOIN statement_listing ON statement_listing.statement = account.statement
WHERE article.outlet IS NOT NULL
UNION
SELECT 'language', article.language, statement_listing.n FROM account
JOIN article ON article.id = account.article JOIN statement_listing ON statement_listing.statement = account.statement
WHERE article.language IS NOT NULL
UNION
SELECT 'kind', difference.kind, statement_listing.n FROM difference
JOIN statement_listing ON statement_listing.statement = difference.statement;

INSERT INTO theme_listing SELECT theme, count(*) FROM theme_statement GROUP BY theme;

INSERT INTO total
SELECT 'articles', count(*) FROM article
UNION ALL SELECT 'outlets', count(DISTINCT outlet) FROM article
UNION ALL SELECT 'stories', count(*) FROM story_listing
UNION ALL SELECT 'statements', count(*) FROM statement_listing
UNION ALL SELECT 'differing', count(*) FROM statement_listing WHERE differences > 0
UNION ALL SELECT 'answering', count(*) FROM statement_listing WHERE answers > 0
UNION ALL SELECT 'differences', count(*) FROM difference
UNION ALL SELECT 'figures', count(*) FROM figure_series
UNION ALL SELECT 'entities', count(*) FROM entity WHERE kind <> 'person' OR roles <> '[]'
UNION ALL SELECT 'themes', count(*) FROM theme_listing
UNION ALL SELECT 'pages', count(*) FROM changed_page
UNION ALL SELECT 'copied', count(*) FROM copy_group
UNION ALL SELECT 'replies', count(*) FROM reply
UNION ALL SELECT 'undated', count(*) FROM article WHERE published IS NULL
UNION ALL SELECT 'without outlet', count(*) FROM article WHERE outlet IS NULL
UNION ALL SELECT 'without headline', count(*) FROM article WHERE headline IS NULL
UNION ALL SELECT 'unread', count(*) FROM problem WHERE kind IN ('unread', 'no_article');
