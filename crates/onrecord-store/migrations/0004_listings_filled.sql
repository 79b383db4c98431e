-- Fills the listings from what the articles say together.
INSERT INTO statement_listing
SELECT statement.id, statement.story, statement.speaker,
       coalesce(statement.said_on_first, (SELECT min(substr(article.published, 1, 10)) FROM account
           JOIN article ON article.id = account.article WHERE account.statement = statement.id)),
       (SELECT count(*) FROM account WHERE account.statement = statement.id),
       told.texts, differing.n, told.texts + differing.kinds,
       (SELECT count(*) FROM reply WHERE reply."from" = statement.id)
FROM statement
JOIN (SELECT account.statement, count(DISTINCT coalesce(copy_group.origin, account.article)) AS texts FROM account
      LEFT JOIN copy_member ON copy_member.article = account.article
      LEFT JOIN copy_group ON copy_group.id = copy_member.copy_group
      GROUP BY account.statement) AS told ON told.statement = statement.id
JOIN (SELECT statement.id AS statement, count(difference.id) AS n, count(DISTINCT difference.kind) AS kinds FROM statement
      LEFT JOIN difference ON difference.statement = statement.id
      GROUP BY statement.id) AS differing ON differing.statement = statement.id;

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
