//! Recomputes what a record claims about its own bytes and words.

use onrecord_model::{Article, Correction, Hash, Id, OffsetMap, Span};
use rusqlite::Connection;

use crate::StoreError;
use crate::columns::query;
use crate::{corrections, read};

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyFinding {
    /// The article it is about.
    pub article: Id,
    /// The table that makes the claim: `page`, `account_part`.
    pub place: &'static str,
    /// What was claimed and what is there.
    pub message: String,
}

/// How much was checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VerifySummary {
    /// Articles whose bytes and text were hashed.
    pub articles: usize,
    /// Spans whose words were compared.
    pub spans: usize,
    /// Things that do not hold.
    pub findings: usize,
}

/// Claims of the form "these words stand at these offsets of this article's text".
const CLAIMS: &[(&str, &str)] = &[
    ("quotation_part", "SELECT start, \"end\", words FROM quotation_part WHERE article = ?"),
    ("figure", "SELECT start, \"end\", words FROM figure WHERE article = ?"),
    (
        "figure",
        "SELECT counted_start, counted_end, counted FROM figure WHERE article = ? AND counted IS NOT NULL",
    ),
    ("date_reference", "SELECT start, \"end\", words FROM date_reference WHERE article = ?"),
    ("event", "SELECT start, \"end\", words FROM event WHERE article = ?"),
    (
        "account_part",
        "SELECT part.start, part.\"end\", part.words FROM account_part AS part \
         JOIN account ON account.id = part.account WHERE account.article = ?",
    ),
    (
        "account",
        "SELECT source_start, source_end, source FROM account WHERE article = ? AND source IS NOT NULL",
    ),
    ("account", "SELECT cue_start, cue_end, cue FROM account WHERE article = ? AND cue IS NOT NULL"),
    ("statement_evidence", "SELECT start, \"end\", words FROM statement_evidence WHERE article = ?"),
    (
        "difference",
        "SELECT left_start, left_end, left_words FROM difference WHERE left_article = ? AND left_words IS NOT NULL",
    ),
    (
        "difference",
        "SELECT right_start, right_end, right_words FROM difference WHERE right_article = ? AND right_words IS NOT NULL",
    ),
];

/// Offsets that repeat no words: they must at least lie on characters of the text.
const PLACES: &[(&str, &str)] = &[
    ("sentence", "SELECT start, \"end\" FROM sentence WHERE article = ?"),
    ("mention", "SELECT start, \"end\" FROM mention WHERE article = ?"),
    (
        "quotation",
        "SELECT source_start, source_end FROM quotation WHERE article = ? AND source_start IS NOT NULL",
    ),
    ("quotation", "SELECT cue_start, cue_end FROM quotation WHERE article = ? AND cue_start IS NOT NULL"),
];

pub(crate) fn verify(
    db: &Connection,
    found: &mut dyn FnMut(VerifyFinding),
) -> Result<VerifySummary, StoreError> {
    let mut summary = VerifySummary::default();
    for id in query(db, "SELECT id FROM article ORDER BY id", &[], |c| c.id())? {
        let Some(article) = read::article::one(db, id)?.map(|stored| stored.article) else { continue };
        let mut check = Check { db, article: &article, summary: &mut summary, found };
        check.summary.articles += 1;
        check.hashes()?;
        check.words()?;
    }
    check_references(db, &mut summary, found)?;
    check_corrections(db, &mut summary, found)?;
    Ok(summary)
}

/// A correction is what its id was made of, and its words stand in the article of their page, where that is here.
fn check_corrections(
    db: &Connection,
    summary: &mut VerifySummary,
    found: &mut dyn FnMut(VerifyFinding),
) -> Result<(), StoreError> {
    let mut report = |article: Option<Id>, message: String| {
        summary.findings += 1;
        let article = article.unwrap_or_else(|| Id::of(["none"]));
        found(VerifyFinding { article, place: "correction", message });
    };
    let mut spans = 0;
    for correction in corrections::all(db)? {
        if Correction::new(correction.change.clone(), correction.signed.clone()).id != correction.id {
            report(None, format!("`{}` is not what it was when it was made", correction.id));
        }
        for place in correction.change.places().into_iter().chain(correction.change.content()) {
            let sql = "SELECT id FROM article WHERE page_hash = ? ORDER BY id";
            let ids = query(db, sql, &[&place.page.to_string()], |c| c.id())?;
            let articles = ids.iter().map(|&id| read::article::one(db, id)).collect::<Result<Vec<_>, _>>()?;
            spans += 1;
            let stands = articles.iter().flatten().any(|a| place.find_in(&a.article).is_some());
            if !ids.is_empty() && !stands {
                let words = shortened(&place.words);
                report(
                    ids.first().copied(),
                    format!("`{words}` does not stand at character {}", place.start),
                );
            }
        }
    }
    summary.spans += spans;
    Ok(())
}

/// The checks of one article.
struct Check<'a> {
    db: &'a Connection,
    article: &'a Article,
    summary: &'a mut VerifySummary,
    found: &'a mut dyn FnMut(VerifyFinding),
}

impl Check<'_> {
    fn report(&mut self, place: &'static str, message: String) {
        self.summary.findings += 1;
        (self.found)(VerifyFinding { article: self.article.id, place, message });
    }

    fn hashes(&mut self) -> Result<(), StoreError> {
        let article = self.article;
        if Hash::of(article.text.as_bytes()) != article.text_hash {
            self.report("article", "the text does not have the hash that stands beside it".into());
        }
        if Article::id_of(article.page_hash, &article.origin) != article.id {
            self.report("article", "the id does not follow from the page's hash and origin".into());
        }
        let Some(page) = read::article::page(self.db, article.id)? else {
            self.report("page", "the page's bytes are missing".into());
            return Ok(());
        };
        if Hash::of(&page.bytes) != article.page_hash {
            self.report("page", "the page's bytes do not have the hash that the article names".into());
        }
        self.runs("text_to_raw", &page.text_to_raw, &article.text, page.raw.as_bytes());
        if let Some(map) = &page.raw_to_page {
            self.runs("raw_to_page", map, &page.raw, &page.bytes);
        }
        Ok(())
    }

    /// Every run of an offset map must lead to the very same bytes.
    fn runs(&mut self, place: &'static str, map: &OffsetMap, derived: &str, source: &[u8]) {
        for (from, to, length) in map.runs() {
            let (from, to, length) = (from as usize, to as usize, length as usize);
            self.summary.spans += 1;
            let bytes = derived.as_bytes().get(from..from + length);
            if bytes.is_none() || bytes != source.get(to..to + length) {
                let message =
                    format!("offsets {from}..{} do not lead to the same bytes at {to}", from + length);
                self.report(place, message);
            }
        }
    }

    fn words(&mut self) -> Result<(), StoreError> {
        let id = self.article.id.to_string();
        let text = &self.article.text;
        for &(place, sql) in CLAIMS {
            for (span, words) in query(self.db, sql, &[&id], |c| Ok((c.span()?, c.text()?)))? {
                self.summary.spans += 1;
                if text.get(span.start()..span.end()) != Some(words.as_str()) {
                    self.report(place, format!("`{}` does not stand at {span:?}", shortened(&words)));
                }
            }
        }
        for &(place, sql) in PLACES {
            for span in query(self.db, sql, &[&id], |c| c.span())? {
                self.summary.spans += 1;
                self.place(place, span);
            }
        }
        Ok(())
    }

    fn place(&mut self, place: &'static str, span: Span) {
        if self.article.text.get(span.start()..span.end()).is_none() {
            self.report(place, format!("{span:?} does not lie on characters of the text"));
        }
    }
}

/// Rows that name an article, statement or account that is not there.
fn check_references(
    db: &Connection,
    summary: &mut VerifySummary,
    found: &mut dyn FnMut(VerifyFinding),
) -> Result<(), StoreError> {
    let mut statement = db.prepare("SELECT \"table\", parent FROM pragma_foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(1)?);
        summary.findings += 1;
        let message = format!("a row of `{table}` names a row of `{parent}` that is not there");
        found(VerifyFinding { article: Id::of(["none"]), place: "reference", message });
    }
    Ok(())
}

fn shortened(words: &str) -> String {
    let mut short: String = words.chars().take(60).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}
