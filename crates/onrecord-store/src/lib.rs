//! A record as one SQLite file that ordinary tools can read.
//!
//! Articles and their marks are only ever added, a batch at a time, each batch all or nothing. What
//! the articles say together is derived, and replaced as a whole by [`Store::replace_record`].

mod columns;
mod corrections;
mod error;
mod migrate;
mod read;
mod sealed;
mod search;
mod verify;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

use onrecord_model::{
    AnnotatedArticle, Annotations, Boilerplate, Correction, Entity, EntityKind, Extraction, Hash, Id,
    OffsetMap, Problem, Record, Signed,
};
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, config::DbConfig,
};

pub use error::StoreError;
pub use read::article::Layers;
pub use read::finding::{MOST_RANKED, Search};
pub use read::listing::{Counts, Facets, List, Listed, Order, Page, StoryLine, Way};
pub use read::record::Wanted;
pub use search::{Hit, HitKind};
pub use verify::{VerifyFinding, VerifySummary};

/// How long another process that writes is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// One article with everything that is kept of it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The page as it was read.
    pub page_bytes: Vec<u8>,
    /// What was taken from it.
    pub extraction: Extraction,
    /// What is marked in it.
    pub annotations: Annotations,
}

/// The page behind an article: what extraction saw and left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPage {
    /// The page as it was read.
    pub bytes: Vec<u8>,
    /// All of its visible text.
    pub raw: String,
    /// From the article's text to `raw`.
    pub text_to_raw: OffsetMap,
    /// From `raw` to `bytes`, where the format allows it.
    pub raw_to_page: Option<OffsetMap>,
    /// What of `raw` is not in the article's text.
    pub boilerplate: Vec<Boilerplate>,
}

/// What a connection that only reads keeps in memory of the file.
const READ_CACHE_KIB: i64 = 16 * 1024;
/// As much of the file as such a connection reads out of the system's own memory, without a copy: half the time of a page.
const READ_MAPPED_BYTES: i64 = 1 << 36;

/// An open record.
#[derive(Debug)]
pub struct Store {
    db: Connection,
}

impl Store {
    /// Opens the record at `path`, or begins one; an older format is brought up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, OpenFlags::default())
    }

    /// Opens a record that must be there already.
    ///
    /// Where nothing can be written, on a full disk or a read-only one, it is opened to be read.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::NoSuchRecord { path: path.to_owned() });
        }
        let opened = Self::open_with(path, OpenFlags::default() & !OpenFlags::SQLITE_OPEN_CREATE);
        opened.or_else(|err| sealed::open(path).map(|db| Self { db }).ok_or(err))
    }

    /// Opens a record that must be there already, to be read only: nothing that is asked of it can change it.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        let store = Self::open_existing(path)?;
        store.db.pragma_update(None, "query_only", "ON")?;
        store.db.pragma_update(None, "cache_size", -READ_CACHE_KIB)?;
        store.db.pragma_update_and_check(None, "mmap_size", READ_MAPPED_BYTES, |_| Ok(()))?;
        Ok(store)
    }

    /// Does `work`, whose questions are all answered from the record as it stands when the first of them is asked.
    pub fn at_one_time<T>(&self, work: impl FnOnce() -> T) -> Result<T, StoreError> {
        let at = self.db.unchecked_transaction()?;
        let done = work();
        at.finish()?;
        Ok(done)
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let broken = |source| StoreError::of_file(path, source);
        let mut db = Connection::open_with_flags(path, flags).map_err(broken)?;
        db.busy_timeout(LONGEST_WAIT).map_err(broken)?;
        // WAL: a reader never waits for a build, and a killed build loses only its last batch.
        db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).map_err(broken)?;
        db.pragma_update(None, "synchronous", "NORMAL").map_err(broken)?;
        // Loads write children and parents in any order; `verify` checks every reference at once.
        db.pragma_update(None, "foreign_keys", "OFF").map_err(broken)?;
        prepare_once(&db)?;
        migrate::migrate(&mut db, path)?;
        Ok(Self { db })
    }

    /// Begins to write at once, so that another process that writes is waited for.
    fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.db.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Whether the article is in the record.
    pub fn has(&self, article: Id) -> Result<bool, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT 1 FROM article WHERE id = ?")?;
        Ok(statement.query_row([article.to_string()], |_| Ok(())).optional()?.is_some())
    }

    /// Adds a batch, all or nothing; articles that are there already are passed over. Returns how many were new.
    pub fn add(&mut self, batch: &[Entry]) -> Result<usize, StoreError> {
        let tx = self.begin()?;
        let mut added = 0;
        for entry in batch {
            added += usize::from(write::article::add(&tx, entry)?);
        }
        if added > 0 {
            set_reconciled(&tx, false)?;
            write::forget_totals(&tx)?;
        }
        tx.commit()?;
        Ok(added)
    }

    /// Lists what could not be read; a problem that is listed already is passed over.
    pub fn add_problems(&mut self, problems: &[Problem]) -> Result<(), StoreError> {
        let tx = self.begin()?;
        let mut any_new = false;
        for problem in problems {
            any_new |= write::article::add_problem(&tx, None, problem)?;
        }
        if any_new {
            write::forget_totals(&tx)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// How many articles there are.
    pub fn article_count(&self) -> Result<usize, StoreError> {
        article_count(&self.db)
    }

    /// Every article with its marks, by id.
    pub fn articles(&self) -> Result<Vec<AnnotatedArticle>, StoreError> {
        read::article::all(&self.db)
    }

    /// One article with its marks.
    pub fn article(&self, id: Id) -> Result<Option<AnnotatedArticle>, StoreError> {
        read::article::one(&self.db, id)
    }

    /// The page behind an article.
    pub fn page(&self, id: Id) -> Result<Option<StoredPage>, StoreError> {
        read::article::page(&self.db, id)
    }

    /// The way from an article's text to the page's bytes, where the format allows it.
    pub fn to_page(&self, id: Id) -> Result<Option<OffsetMap>, StoreError> {
        read::article::to_page(&self.db, id)
    }

    /// Everything that could not be read or is not known, by origin.
    pub fn problems(&self) -> Result<Vec<Problem>, StoreError> {
        read::article::problems(&self.db)
    }

    /// Puts `record`, made of the articles and corrections that were read, in the place of what they were found to
    /// say together before. Where another process has added some since, the record stays to be reconciled again.
    pub fn replace_record(
        &mut self,
        record: &Record,
        articles_read: usize,
        corrections_read: &[Correction],
    ) -> Result<(), StoreError> {
        let tx = self.begin()?;
        write::record::replace(&tx, record)?;
        let is_whole = article_count(&tx)? == articles_read && corrections::all(&tx)? == corrections_read;
        set_reconciled(&tx, is_whole)?;
        tx.commit()?;
        Ok(())
    }

    /// What the articles say together.
    pub fn record(&self) -> Result<Record, StoreError> {
        read::record::read(&self.db)
    }

    /// What of the record is asked for, read by the ids of the things.
    pub fn part(&self, wanted: &Wanted) -> Result<Record, StoreError> {
        read::record::part(&self.db, wanted)
    }

    /// One article with some of its marks.
    pub fn article_with(&self, id: Id, layers: Layers) -> Result<Option<AnnotatedArticle>, StoreError> {
        read::article::with(&self.db, id, layers)
    }

    /// What is damaged or not known in one article.
    pub fn problems_of(&self, id: Id) -> Result<Vec<Problem>, StoreError> {
        read::article::problems_of(&self.db, id)
    }

    /// An entity without the places where it is named.
    pub fn entity(&self, id: Id) -> Result<Option<Entity>, StoreError> {
        read::record::entity(&self.db, id)
    }

    /// A stretch of a list, and how long the list is.
    pub fn list(&self, list: List, page: Page) -> Result<Listed, StoreError> {
        read::listing::list(&self.db, list, page)
    }

    /// A stretch of a list alone, for less than [`list`](Self::list).
    pub fn list_ids(&self, list: List, page: Page) -> Result<Vec<Id>, StoreError> {
        read::listing::ids(&self.db, list, page)
    }

    /// Statements that fit: the best first by the words, or by how much is told of them where no words are given or
    /// where very many hold them.
    pub fn find_statements(&self, search: &Search, page: Page) -> Result<Listed, StoreError> {
        read::finding::find_statements(&self.db, search, page)
    }

    /// Articles that fit in words, outlet, language and day: the best first by the words, or the newest where very many
    /// hold them.
    pub fn find_articles(&self, search: &Search, page: Page) -> Result<Listed, StoreError> {
        read::finding::find_articles(&self.db, search, page)
    }

    /// Articles that have any of some words, those first that have most and the rarest; at most so many.
    pub fn articles_with_any(&self, words: &[String], most: usize) -> Result<Vec<Id>, StoreError> {
        read::finding::articles_with_any(&self.db, words, most)
    }

    /// What a search can be narrowed to, at most so many of each.
    pub fn facets(&self, most: usize) -> Result<Facets, StoreError> {
        read::listing::facets(&self.db, most)
    }

    /// How much the record holds.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        read::listing::counts(&self.db)
    }

    /// What a list says of stories, in the order asked for.
    pub fn story_lines(&self, ids: &[Id]) -> Result<Vec<StoryLine>, StoreError> {
        read::listing::story_lines(&self.db, ids)
    }

    /// The days that statements are listed by: when they were said, or else first told.
    pub fn days(&self, statements: &[Id]) -> Result<BTreeMap<Id, String>, StoreError> {
        read::listing::days(&self.db, statements)
    }

    /// The things that one leads to.
    pub fn along(&self, way: Way, from: Id) -> Result<Vec<Id>, StoreError> {
        read::listing::along(&self.db, way, from)
    }

    /// The corrections that hide somebody, as one text that changes with them; empty where there are none.
    pub fn hiding(&self) -> Result<String, StoreError> {
        read::listing::hiding(&self.db)
    }

    /// Whether [`record`](Self::record) takes every article into account.
    pub fn is_reconciled(&self) -> Result<bool, StoreError> {
        let sql = "SELECT value FROM state WHERE key = 'reconciled'";
        let value: Option<String> = self.db.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(value.as_deref() == Some("yes"))
    }

    /// The articles that were read from any of these pages.
    pub fn articles_of_pages(&self, pages: &BTreeSet<Hash>) -> Result<Vec<Id>, StoreError> {
        read::correcting::articles_of_pages(&self.db, pages)
    }

    /// Entities of a kind that have all of some words in one of their names, whatever their capitals, each with the
    /// number of articles that name it; those first that most name. Reads the names of all of that kind.
    pub fn entities_called(
        &self,
        (kind, words): (EntityKind, &str),
        most: usize,
    ) -> Result<Vec<(Entity, usize)>, StoreError> {
        read::correcting::entities_called(&self.db, (kind, words), most)
    }

    /// The articles that name an entity, by id.
    pub fn articles_naming(&self, entity: Id, page: Page) -> Result<Listed, StoreError> {
        let (ids, total) = read::correcting::named_in(&self.db, entity, (page.offset, page.limit))?;
        Ok(Listed { ids, total, order: None })
    }

    /// What people say about the record, oldest first; those that were taken back are among them.
    pub fn corrections(&self) -> Result<Vec<Correction>, StoreError> {
        corrections::all(&self.db)
    }

    /// Keeps corrections; those that are there already are passed over. Says whether anything is new: the record
    /// is then to be reconciled again.
    pub fn correct(&mut self, corrections: &[Correction]) -> Result<bool, StoreError> {
        let tx = self.begin()?;
        let changed = corrections::add(&tx, corrections)?;
        if changed {
            set_reconciled(&tx, false)?;
        }
        tx.commit()?;
        Ok(changed)
    }

    /// Takes a correction back. Says whether there was one that held.
    pub fn undo_correction(&mut self, id: Id, signed: &Signed) -> Result<bool, StoreError> {
        let tx = self.begin()?;
        let undone = corrections::undo(&tx, id, signed)?;
        if undone {
            set_reconciled(&tx, false)?;
        }
        tx.commit()?;
        Ok(undone)
    }

    /// Statements and articles that hold all words of `query`, best first.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        search::search(&self.db, query, limit)
    }

    /// What every article and its page hash to, by id: the article, its page's bytes, its clean text.
    pub fn hashes(&self) -> Result<Vec<(Id, Hash, Hash)>, StoreError> {
        read::article::hashes(&self.db)
    }

    /// Writes the record as it stands into a file that must not be there yet, without what was deleted in it.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let name = path.to_str().ok_or_else(|| StoreError::Damaged {
            expected: "a path in UTF-8",
            value: path.display().to_string(),
        })?;
        self.db.execute("VACUUM INTO ?", [name])?;
        Ok(())
    }

    /// Recomputes every hash and compares every quoted word with the text it points into. Calls
    /// `found` for each thing that does not hold.
    pub fn verify(&self, found: &mut dyn FnMut(VerifyFinding)) -> Result<VerifySummary, StoreError> {
        verify::verify(&self.db, found)
    }
}

/// Statements are kept, and planned once: SQLite would plan some of them anew for every value that is asked for, which
/// took a quarter of the time of a page.
fn prepare_once(db: &Connection) -> rusqlite::Result<()> {
    db.set_prepared_statement_cache_capacity(256);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

fn article_count(db: &Connection) -> Result<usize, StoreError> {
    let count: i64 = db.query_row("SELECT count(*) FROM article", [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

fn set_reconciled(db: &Connection, reconciled: bool) -> Result<(), StoreError> {
    let value = if reconciled { "yes" } else { "no" };
    db.execute("INSERT OR REPLACE INTO state VALUES ('reconciled', ?)", [value])?;
    Ok(())
}
