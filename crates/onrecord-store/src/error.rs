//! What can go wrong with a record file.

use std::path::PathBuf;

/// A record that could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no record at `{path}`\n(hint: `onrecord build FOLDER --record {path}` makes one)", path = path.display())]
    NoSuchRecord {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is not SQLite, cannot be opened, or holds something else.
    #[error("`{path}` cannot be opened as a record", path = path.display())]
    NotARecord {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// Written by a version that knows more than this one.
    #[error(
        "`{path}` was written by a newer onrecord (format {found}, this version reads up to {supported}); it was left untouched",
        path = path.display()
    )]
    TooNew {
        /// The file.
        path: PathBuf,
        /// The format it has.
        found: u32,
        /// The newest format this version reads.
        supported: u32,
    },
    /// A value in the file is not what a record holds there.
    #[error(
        "the record holds `{value}` where {expected} should stand\n(hint: `onrecord verify` lists what does not hold)"
    )]
    Damaged {
        /// What was expected.
        expected: &'static str,
        /// What was there.
        value: String,
    },
    /// SQLite could not read or write.
    #[error("the record could not be read or written")]
    Sqlite(#[from] rusqlite::Error),
}
