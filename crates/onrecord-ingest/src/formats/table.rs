//! Tables with a header: comma or tab between the columns, one article a row.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ReaderBuilder, StringRecord};
use onrecord_model::Problem;

use crate::formats::decoded::Decoded;
use crate::formats::fields::{Field, Record, field};
use crate::formats::{Format, Input, broken, unread};
use crate::page::{LONGEST_PAGE_BYTES, Page};
use crate::source::Pages;

/// A table whose columns stand between marks.
pub(super) struct Table {
    name: &'static str,
    extensions: &'static [&'static str],
    /// Tried in this order; the one that the header holds most often is it.
    marks: &'static [u8],
}

/// `.csv`, also with the semicolons that some locales write.
pub(super) const COMMA_SEPARATED: Table = Table { name: "csv", extensions: &["csv"], marks: b",;\t" };

/// `.tsv`.
pub(super) const TAB_SEPARATED: Table = Table { name: "tsv", extensions: &["tsv", "tab"], marks: b"\t" };

/// A quotation mark that is never closed must not pull the rest of a large file into memory.
const LONGEST_ROW_BYTES: u64 = 2 * LONGEST_PAGE_BYTES as u64;

impl Format for Table {
    fn name(&self) -> &'static str {
        self.name
    }

    fn extensions(&self) -> &'static [&'static str] {
        self.extensions
    }

    /// A first line that names a text column and one more that we know.
    fn is_recognised(&self, head: &[u8]) -> bool {
        let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
        let Ok(line) = std::str::from_utf8(line) else { return false };
        let mark = char::from(mark(self.marks, line.as_bytes()));
        let known = line.split(mark).filter_map(|name| field(name.trim().trim_matches('"')));
        let known: Vec<Field> = known.map(|(field, _)| field).collect();
        known.len() >= 2 && known.iter().any(|f| matches!(f, Field::Text | Field::Html))
    }

    fn pages(&'static self, input: Input) -> Pages {
        match Rows::open(self, input) {
            Ok(rows) => Box::new(rows),
            Err(problem) => Box::new(std::iter::once(Err(problem))),
        }
    }
}

fn mark(marks: &[u8], line: &[u8]) -> u8 {
    let count = |mark: u8| line.iter().filter(|&&b| b == mark).count();
    let most = marks.iter().copied().rev().max_by_key(|&m| count(m));
    most.unwrap_or(b',')
}

struct Rows {
    format: &'static str,
    name: String,
    columns: StringRecord,
    reader: csv::Reader<Budget>,
    left: Arc<AtomicU64>,
    row: u64,
    is_done: bool,
}

impl Rows {
    fn open(table: &'static Table, input: Input) -> Result<Self, Problem> {
        let name = input.name;
        let mut decoded = Decoded::new(input.reader);
        let mut head = Vec::new();
        decoded.by_ref().take(8 << 10).read_to_end(&mut head).map_err(|err| broken(&name, &err))?;
        let first_line = head.split(|&b| b == b'\n').next().unwrap_or_default();
        let delimiter = mark(table.marks, first_line);
        let left = Arc::new(AtomicU64::new(LONGEST_ROW_BYTES));
        let all: Box<dyn Read + Send> = Box::new(io::Cursor::new(head).chain(decoded));
        let budget = Budget { inner: all, left: Arc::clone(&left) };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(budget);
        let columns = reader.headers().map_err(|err| bad_table(&name, &err))?.clone();
        if !columns.iter().filter_map(field).any(|(f, _)| matches!(f, Field::Text | Field::Html)) {
            return Err(no_text_column(&name, &columns));
        }
        Ok(Self { format: table.name, name, columns, reader, left, row: 0, is_done: false })
    }

    fn page(&self, values: &StringRecord) -> Result<Page, Problem> {
        let mut record = Record::default();
        for (column, value) in self.columns.iter().zip(values) {
            record.put(column, value.to_owned());
        }
        record.page(self.format, &self.name, self.row).unwrap_or_else(|| {
            let message = format!(
                "`{}` row {} has no text (hint: look for a quotation mark that is not closed in the row above)",
                self.name, self.row
            );
            Err(unread(&format!("{}#{}", self.name, self.row), message))
        })
    }
}

impl Iterator for Rows {
    type Item = Result<Page, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        self.left.store(LONGEST_ROW_BYTES, Ordering::Relaxed);
        let mut values = StringRecord::new();
        match self.reader.read_record(&mut values) {
            Ok(true) => {
                self.row += 1;
                Some(self.page(&values))
            }
            Ok(false) => None,
            Err(err) => {
                self.is_done = true;
                Some(Err(bad_table(&self.name, &err)))
            }
        }
    }
}

/// Gives at most a row's worth of bytes between two resets.
struct Budget {
    inner: Box<dyn Read + Send>,
    left: Arc<AtomicU64>,
}

impl Read for Budget {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row never ends"));
        }
        let n = self.inner.read(buf)?;
        self.left.store(left.saturating_sub(n as u64), Ordering::Relaxed);
        Ok(n)
    }
}

fn bad_table(name: &str, err: &csv::Error) -> Problem {
    let line = err.position().map(|p| format!(" line {}", p.line())).unwrap_or_default();
    unread(
        name,
        format!(
            "cannot read `{name}`{line} to its end: {err} (hint: look for a quotation mark that is not closed)"
        ),
    )
}

fn no_text_column(name: &str, columns: &StringRecord) -> Problem {
    let listed: Vec<&str> = columns.iter().take(12).collect();
    let listed = listed.join(", ");
    let message = format!(
        "cannot read `{name}`: no column holds the text; its columns are: {listed} (hint: name the column `text`)"
    );
    unread(name, message)
}
