//! Brings an older record to the newest format.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;

/// Every migration ever released, oldest first. Append only: a released file is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_record.sql"),
    include_str!("../migrations/0002_corrections.sql"),
    include_str!("../migrations/0003_event_actors.sql"),
    concat!(include_str!("../migrations/0004_listings.sql"), include_str!("write/listings.sql")),
    include_str!("../migrations/0005_pages.sql"),
    include_str!("../migrations/0006_changed_pages.sql"),
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

    #[test]
    fn a_newer_record_is_refused_and_left_alone() {
        let mut db = Connection::open_in_memory().unwrap();
        db.pragma_update(None, "user_version", NEWEST + 1).unwrap();
        let err = migrate(&mut db, Path::new("new.onrecord")).unwrap_err();
        insta::assert_snapshot!(err, @"`new.onrecord` was written by a newer onrecord (format 7, this version reads up to 6); it was left untouched");
        assert!(schema(&db).is_empty());
    }
}
