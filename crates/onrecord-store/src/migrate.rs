//! Brings an older record to the newest format.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;

/// Every migration ever released, oldest first. Append only: a released file is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_record.sql"),
    include_str!("../migrations/0002_corrections.sql"),
    include_str!("../migrations/0003_event_actors.sql"),
    concat!(
        include_str!("../migrations/0004_listings.sql"),
        include_str!("../migrations/0004_listings_filled.sql")
    ),
    include_str!("../migrations/0005_pages.sql"),
    include_str!("../migrations/0006_changed_pages.sql"),
    concat!(
        include_str!("../migrations/0007_places.sql"),
        include_str!("write/listings.sql"),
        include_str!("../migrations/0007_words.sql")
    ),
];

/// The format this version writes.
const NEWEST: u32 = MIGRATIONS.len() as u32;

/// Brings `db` to the newest format, all or nothing, and returns the format it had.
pub(crate) fn migrate(db: &mut Connection, path: &Path) -> Result<u32, StoreError> {
    let broken = |source| StoreError::of_file(path, source);
    let found: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(broken)?;
    if found == NEWEST {
        return Ok(found);
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside the transaction: another process may have migrated in between.
    let found: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let Some(pending) = MIGRATIONS.get(found as usize..) else {
        return Err(StoreError::TooNew { path: path.to_owned(), found, supported: NEWEST });
    };
    if found == 0 && !is_empty(&tx)? {
        return Err(StoreError::OtherTables { path: path.to_owned() });
    }
    for sql in pending {
        tx.execute_batch(sql).map_err(broken)?;
    }
    tx.pragma_update(None, "user_version", NEWEST)?;
    tx.commit()?;
    Ok(found)
}

/// Whether the record can be read as it stands.
pub(crate) fn is_newest(db: &Connection) -> bool {
    db.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)).is_ok_and(|found| found == NEWEST)
}

fn is_empty(db: &Connection) -> Result<bool, StoreError> {
    Ok(db.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(db: &Connection) -> Vec<String> {
        let mut rows =
            db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn every_older_format_ends_at_the_same_schema() {
        let path = Path::new("memory");
        let mut fresh = Connection::open_in_memory().unwrap();
        assert_eq!(migrate(&mut fresh, path).unwrap(), 0);
        for format in 0..NEWEST {
            let mut old = Connection::open_in_memory().unwrap();
            for sql in &MIGRATIONS[..format as usize] {
                old.execute_batch(sql).unwrap();
            }
            old.pragma_update(None, "user_version", format).unwrap();
            assert_eq!(migrate(&mut old, path).unwrap(), format);
            assert_eq!(schema(&old), schema(&fresh), "from format {format}");
            assert_eq!(migrate(&mut old, path).unwrap(), NEWEST, "a second run does nothing");
        }
    }

    /// Two statements of one article; the second also of another outlet's, so that it stands first.
    const TOLD: &str = "INSERT INTO article (id, path, page_hash, text, text_hash, outlet, published, language) VALUES
            ('a1', 'a', '', 'Rain fell', '', 'Lantern', '2024-05-08', 'en'), ('a2', 'b', '', 'Rain fell', '', 'Courier', NULL, 'en');
        INSERT INTO story VALUES ('s', 'Rain', '', '', '[]');
        INSERT INTO story_article VALUES ('s', 'a1'), ('s', 'a2');
        INSERT INTO statement (id, story, rule, note, spans) VALUES ('first', 's', '', '', '[]'), ('second', 's', '', '', '[]');
        INSERT INTO account (id, statement, n, article, quotations, is_primary) VALUES
            ('c1', 'first', 0, 'a1', '[]', 0), ('c2', 'second', 0, 'a1', '[]', 0), ('c3', 'second', 1, 'a2', '[]', 0);
        INSERT INTO theme VALUES ('t', 'rain', '', '', '[]');
        INSERT INTO theme_statement VALUES ('t', 0, 'first'), ('t', 1, 'second');
        INSERT INTO statement_search (statement, speaker, words) VALUES ('first', NULL, 'hail'), ('second', NULL, 'rain');";

    #[test]
    fn statements_of_an_older_record_get_their_places_and_their_words_with_them() {
        let mut db = Connection::open_in_memory().unwrap();
        MIGRATIONS[..6].iter().for_each(|sql| db.execute_batch(sql).unwrap());
        db.pragma_update(None, "user_version", 6).unwrap();
        db.execute_batch(TOLD).unwrap();
        migrate(&mut db, Path::new("memory")).unwrap();
        let asked = |sql: &str| -> Option<String> {
            db.query_row(&format!("SELECT group_concat(x) FROM ({sql})"), [], |row| row.get(0)).unwrap()
        };
        let check = |sql: &str, expected: &str| assert_eq!(asked(sql).as_deref(), Some(expected), "{sql}");
        check("SELECT statement || n AS x FROM statement_listing ORDER BY n", "second1,first2");
        check("SELECT rowid AS x FROM statement_search WHERE statement_search MATCH 'hail'", "2");
        check(
            "SELECT n AS x FROM statement_facet WHERE facet = 'outlet' AND value = 'Lantern' ORDER BY n",
            "1,2",
        );
        check("SELECT n AS x FROM statement_facet WHERE facet = 'outlet' AND value = 'Courier'", "1");
        check("SELECT told AS x FROM theme_listing", "2");
        check("SELECT n AS x FROM total WHERE name IN ('articles', 'undated') ORDER BY name", "2,1");
    }

    #[test]
    fn a_newer_record_is_refused_and_left_alone() {
        let mut db = Connection::open_in_memory().unwrap();
        db.pragma_update(None, "user_version", NEWEST + 1).unwrap();
        let err = migrate(&mut db, Path::new("new.onrecord")).unwrap_err();
        insta::assert_snapshot!(err, @"`new.onrecord` was written by a newer onrecord (format 8, this version reads up to 7); it was left untouched");
        assert!(schema(&db).is_empty());
    }
}
