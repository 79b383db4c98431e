//! What can go wrong with a record file.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A record that could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no record at `{path}`\n(hint: `onrecord build FOLDER --record {path}` makes one)", path = path.display())]
    NoSuchRecord {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A database of another program.
    #[error("`{path}` is a database, but no record; it was left untouched\n(hint: name another file with --record)", path = path.display())]
    OtherTables {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be opened or made.
    #[error("`{path}` cannot be opened or made\n(hint: check that its folder is there and may be written)", path = path.display())]
    NotOpened {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        #[source]
        source: rusqlite::Error,
    },
    /// Another process did not finish writing.
    #[error(
        "the record is being written by another process\n(hint: give the command again when that has ended)"
    )]
    Busy(#[source] rusqlite::Error),
    /// Nothing more can be written.
    #[error(
        "there is no room left on the disk of the record\n(hint: make room and give the same command again; it goes on where it was)"
    )]
    DiskFull(#[source] rusqlite::Error),
    /// The file or its folder may not be written.
    #[error("the record may only be read\n(hint: copy it to a folder that may be written)")]
    ReadOnly(#[source] rusqlite::Error),
    /// The file is not SQLite, or broken.
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
    Sqlite(#[source] rusqlite::Error),
}

impl StoreError {
    /// What stopped a file from being opened.
    pub(crate) fn of_file(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => Self::NotOpened { path, source },
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::NotARecord { path, source },
            _ => source.into(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(source),
            Some(ErrorCode::DiskFull) => Self::DiskFull(source),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(source),
            _ => Self::Sqlite(source),
        }
    }
}
