//! A record where nothing can be written: on a read-only or full disk, in another's folder.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::{migrate, prepare_once};

/// Opens a record to be read, without the files that SQLite keeps beside one that may change. `None` where
/// that would show less than was written, or the file is no record.
pub(crate) fn open(path: &Path) -> Option<Connection> {
    let log = beside(path, "-wal");
    if log.metadata().is_ok_and(|log| log.is_file() && log.len() > 0) {
        return None;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let db = Connection::open_with_flags(uri(path)?, flags).ok()?;
    prepare_once(&db).ok()?;
    migrate::is_newest(&db).then_some(db)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The path as SQLite reads it, with what has a meaning in an address spelled out.
fn uri(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let spelled = path.to_str()?.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Some(format!("file:{spelled}?immutable=1"))
}
