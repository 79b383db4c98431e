//! Statements and articles that fit what is asked for.
//!
//! Every condition is read by its index as a set of numbers, and what is in all of the sets fits: so a search takes as
//! long as its conditions are long, and is counted without a look at what fits.

use onrecord_model::{DifferenceKind, Id};
use rusqlite::{Connection, ToSql};

use super::listing::{List, Listed, Order, Page, list};
use crate::StoreError;
use crate::columns::{Columns, query};
use crate::search::expression;

/// As many that hold the words are weighed against each other. Of more, each is as good as the next: words that so
/// many hold tell little, and weighing them all would take a record of a hundred thousand articles a tenth of a second.
pub const MOST_RANKED: usize = 2_000;

/// What is looked for; everything that is given must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Words that all must be there.
    pub words: String,
    /// Part of the speaker's name.
    pub speaker: String,
    /// The outlet that tells it.
    pub outlet: Option<String>,
    /// The language it is told in.
    pub language: Option<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// In what the accounts differ.
    pub kind: Option<DifferenceKind>,
    /// The story it belongs to.
    pub story: Option<Id>,
}

/// Numbers from here on are of no record: a set of them would take 32 MiB and more.
const MOST_NUMBERED: usize = 1 << 28;

/// A set of numbers, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Numbers(Vec<u64>);

impl Numbers {
    /// Those that a query gives.
    fn of(db: &Connection, sql: &str, key: &[&dyn ToSql]) -> Result<Self, StoreError> {
        let mut out = Self::default();
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query(key)?;
        while let Some(row) = rows.next()? {
            let n = Columns::of(row).n()?;
            let is_place = |n: &usize| *n < MOST_NUMBERED;
            let damaged = || StoreError::Damaged { expected: "a place in a list", value: n.to_string() };
            out.insert(Some(n).filter(is_place).ok_or_else(damaged)?);
        }
        Ok(out)
    }

    fn insert(&mut self, n: usize) {
        let at = n / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (n % 64);
    }

    fn holds(&self, n: usize) -> bool {
        self.0.get(n / 64).is_some_and(|bits| bits >> (n % 64) & 1 == 1)
    }

    fn len(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Those that are in `other` too.
    fn and(mut self, other: &Self) -> Self {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= other);
        self
    }

    /// From the least on.
    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let of = |(at, &bits): (usize, &u64)| {
            let mut bits = bits;
            std::iter::from_fn(move || {
                let lowest = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(at * 64 + lowest)
            })
        };
        self.0.iter().enumerate().flat_map(of)
    }
}

/// Sets that are narrowed, one after another.
struct Fitting<'d> {
    db: &'d Connection,
    found: Option<Numbers>,
}

impl Fitting<'_> {
    /// Keeps those that the query gives for a value, where there is one.
    fn narrow(&mut self, sql: &str, value: Option<&str>) -> Result<(), StoreError> {
        value.map_or(Ok(()), |value| self.narrow_by(sql, &[&value]))
    }

    fn narrow_by(&mut self, sql: &str, key: &[&dyn ToSql]) -> Result<(), StoreError> {
        // Nothing fits already: the other conditions need not be read.
        if self.found.as_ref().is_some_and(|found| found.len() == 0) {
            return Ok(());
        }
        let numbers = Numbers::of(self.db, sql, key)?;
        self.found = Some(match self.found.take() {
            Some(found) => found.and(&numbers),
            None => numbers,
        });
        Ok(())
    }
}

const BY_WORDS: &str = "SELECT rowid FROM statement_search WHERE statement_search MATCH ?";
const RANKED: &str = "SELECT rowid FROM statement_search WHERE statement_search MATCH ? ORDER BY rank, rowid";
const OF_STORY: &str = "SELECT n FROM statement_listing WHERE story = ?";
const OF_DAYS: &str = "SELECT n FROM statement_listing WHERE day >= ? AND day <= ?";
const DIFFERING_IN: &str = "SELECT n FROM statement_facet WHERE facet = 'kind' AND value = ?";
const TOLD_BY: &str = "SELECT n FROM statement_facet WHERE facet = 'outlet' AND value = ?";
const TOLD_IN: &str = "SELECT n FROM statement_facet WHERE facet = 'language' AND value = ?";

/// Before and behind every day.
const FIRST: &str = "";
const LAST: &str = "~";

/// Statements that fit: the best first by the words where there are some and no more than [`MOST_RANKED`] hold them,
/// or else by how much is told of them.
pub(crate) fn find_statements(db: &Connection, search: &Search, page: Page) -> Result<Listed, StoreError> {
    if *search == Search::default() {
        return list(db, List::Statements, page);
    }
    let terms = [expression(&search.words), expression(&search.speaker).map(|s| format!("speaker : ({s})"))];
    let terms: Vec<String> = terms.into_iter().flatten().collect();
    let is_asked = [&search.words, &search.speaker].iter().any(|words| !words.trim().is_empty());
    if is_asked && terms.is_empty() {
        return Ok(Listed::default());
    }
    let words = is_asked.then(|| terms.join(" AND "));
    let mut fitting = Fitting { db, found: None };
    fitting.narrow(BY_WORDS, words.as_deref())?;
    let holding = fitting.found.as_ref().map_or(0, Numbers::len);
    fitting.narrow(OF_STORY, search.story.map(|id| id.to_string()).as_deref())?;
    fitting.narrow(DIFFERING_IN, search.kind.map(DifferenceKind::name))?;
    fitting.narrow(TOLD_BY, search.outlet.as_deref())?;
    fitting.narrow(TOLD_IN, search.language.as_deref())?;
    if search.from.is_some() || search.to.is_some() {
        let [from, to] =
            [(&search.from, FIRST), (&search.to, LAST)].map(|(day, or)| day.as_deref().unwrap_or(or));
        fitting.narrow_by(OF_DAYS, &[&from, &to])?;
    }
    let found = fitting.found.unwrap_or_default();
    let (ns, order) = match &words {
        Some(words) if holding <= MOST_RANKED => {
            let ranked = query(db, RANKED, &[words], |c| c.n())?;
            (stretch(ranked.into_iter().filter(|&n| found.holds(n)), page), Order::Words)
        }
        _ => (stretch(found.iter(), page), Order::MostTold),
    };
    let of = |n: &usize| {
        query(db, "SELECT statement FROM statement_listing WHERE n = ?", &[&(*n as i64)], |c| c.id())
    };
    let ids = ns.iter().map(of).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    Ok(Listed { ids, total: found.len(), order: words.map(|_| order) })
}

fn stretch<T>(all: impl Iterator<Item = T>, page: Page) -> Vec<T> {
    all.skip(page.offset).take(page.limit).collect()
}

const ARTICLES_BY_WORDS: &str = "SELECT rowid FROM article_search WHERE article_search MATCH ?";
const ARTICLES_RANKED: &str = "SELECT article.n, article.id FROM article_search JOIN article ON article.n = article_search.rowid \
     WHERE article_search MATCH ? ORDER BY article_search.rank, article.id";
// A day, or a day, 'T' and a time: what stands before 'U' is of the day.
const ARTICLES_OF_DAYS: &str = "SELECT n FROM article WHERE published >= ? AND published < ? || 'U'";
// What has no day stands last.
const NEWEST: &str = "SELECT n, id FROM article ORDER BY published DESC, id DESC";

/// Articles that fit in words, outlet, language and day; none where there are no words. The best first by the words,
/// or the newest where more than [`MOST_RANKED`] hold them.
pub(crate) fn find_articles(db: &Connection, search: &Search, page: Page) -> Result<Listed, StoreError> {
    let Some(words) = expression(&search.words) else { return Ok(Listed::default()) };
    let mut fitting = Fitting { db, found: None };
    fitting.narrow(ARTICLES_BY_WORDS, Some(&words))?;
    let holding = fitting.found.as_ref().map_or(0, Numbers::len);
    fitting.narrow("SELECT n FROM article WHERE outlet = ?", search.outlet.as_deref())?;
    fitting.narrow("SELECT n FROM article WHERE language = ?", search.language.as_deref())?;
    if search.from.is_some() || search.to.is_some() {
        let [from, to] =
            [(&search.from, FIRST), (&search.to, LAST)].map(|(day, or)| day.as_deref().unwrap_or(or));
        fitting.narrow_by(ARTICLES_OF_DAYS, &[&from, &to])?;
    }
    let found = fitting.found.unwrap_or_default();
    let (ids, order) = match holding <= MOST_RANKED {
        true => {
            let ranked = query(db, ARTICLES_RANKED, &[&words], |c| Ok((c.n()?, c.id()?)))?;
            let fit = ranked.into_iter().filter(|(n, _)| found.holds(*n)).map(|(_, id)| id);
            (stretch(fit, page), Order::Words)
        }
        false => (newest(db, &found, page)?, Order::Newest),
    };
    Ok(Listed { ids, total: found.len(), order: Some(order) })
}

/// A stretch of some articles, the newest first; reads no further than it reaches.
fn newest(db: &Connection, of: &Numbers, page: Page) -> Result<Vec<Id>, StoreError> {
    let mut statement = db.prepare_cached(NEWEST)?;
    let mut rows = statement.query([])?;
    let (mut out, mut passed) = (Vec::new(), 0);
    while out.len() < page.limit
        && passed < of.len()
        && let Some(row) = rows.next()?
    {
        let mut columns = Columns::of(row);
        if of.holds(columns.n()?) {
            passed += 1;
            if passed > page.offset {
                out.push(columns.id()?);
            }
        }
    }
    Ok(out)
}

/// Articles that have any of some words, those first that have most and the rarest; at most so many.
pub(crate) fn articles_with_any(
    db: &Connection,
    words: &[String],
    most: usize,
) -> Result<Vec<Id>, StoreError> {
    let terms: Vec<String> = words.iter().filter_map(|word| expression(&word.replace('"', ""))).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT article.id FROM article_search JOIN article ON article.n = article_search.rowid \
         WHERE article_search MATCH ? ORDER BY article_search.rank, article.id LIMIT ?";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    query(db, sql, &[&terms.join(" OR "), &most], |c| c.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_record_takes_no_memory() {
        let db = Connection::open_in_memory().unwrap();
        assert_eq!(Numbers::of(&db, "SELECT 70", &[]).unwrap().len(), 1);
        let err = Numbers::of(&db, "SELECT 1 << 60", &[]).unwrap_err();
        assert!(matches!(err, StoreError::Damaged { .. }), "{err}");
    }

    #[test]
    fn a_set_of_numbers_holds_what_was_put_in() {
        let of = |numbers: &[usize]| {
            let mut set = Numbers::default();
            numbers.iter().for_each(|&n| set.insert(n));
            set
        };
        let a = of(&[3, 64, 1, 200, 64]);
        assert_eq!((a.iter().collect::<Vec<_>>(), a.len()), (vec![1, 3, 64, 200], 4));
        assert!(a.holds(200) && !a.holds(2) && !a.holds(100_000));
        assert_eq!(a.clone().and(&of(&[64, 3, 5])).iter().collect::<Vec<_>>(), [3, 64]);
        assert_eq!(of(&[3]).and(&a).len(), 1);
        assert_eq!(a.and(&Numbers::default()).len(), 0);
    }
}
