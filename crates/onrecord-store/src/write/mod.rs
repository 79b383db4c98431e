//! Model values into tables.

pub(crate) mod article;
pub(crate) mod record;

use rusqlite::Connection;

use crate::StoreError;

/// What was counted over the whole record holds no longer: something is added.
pub(crate) fn forget_totals(db: &Connection) -> Result<(), StoreError> {
    db.execute("DELETE FROM total", [])?;
    Ok(())
}
