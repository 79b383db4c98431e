//! Model values as columns: written by [`Values`], read back in the same order by [`Columns`].

use jiff::civil::Date;
use onrecord_model::{Because, DateValue, Id, Span};
use rusqlite::types::{FromSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};

use crate::StoreError;

/// The values of one row, in the order of the table's columns.
#[derive(Default)]
pub(crate) struct Values<'a>(Vec<ToSqlOutput<'a>>);

impl<'a> Values<'a> {
    /// Begins a row with an id.
    pub(crate) fn of(id: Id) -> Self {
        Self::default().id(id)
    }

    pub(crate) fn text(mut self, text: &'a str) -> Self {
        self.0.push(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())));
        self
    }

    pub(crate) fn bytes(mut self, bytes: &'a [u8]) -> Self {
        self.0.push(ToSqlOutput::Borrowed(ValueRef::Blob(bytes)));
        self
    }

    pub(crate) fn owned(mut self, text: String) -> Self {
        self.0.push(ToSqlOutput::Owned(Value::Text(text)));
        self
    }

    pub(crate) fn null(mut self) -> Self {
        self.0.push(ToSqlOutput::Owned(Value::Null));
        self
    }

    pub(crate) fn int(mut self, n: i64) -> Self {
        self.0.push(ToSqlOutput::Owned(Value::Integer(n)));
        self
    }

    /// Offsets, lengths and positions.
    pub(crate) fn n(self, n: usize) -> Self {
        self.int(i64::try_from(n).unwrap_or(i64::MAX))
    }

    pub(crate) fn id(self, id: Id) -> Self {
        self.owned(id.to_string())
    }

    /// A value, or NULL.
    pub(crate) fn opt<T>(self, value: Option<T>, write: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    pub(crate) fn opt_text(self, text: Option<&'a str>) -> Self {
        self.opt(text, Self::text)
    }

    /// Two columns.
    pub(crate) fn span(self, span: Span) -> Self {
        self.n(span.start()).n(span.end())
    }

    /// Two columns, both NULL for `None`.
    pub(crate) fn opt_span(self, span: Option<Span>) -> Self {
        match span {
            Some(span) => self.span(span),
            None => self.null().null(),
        }
    }

    /// Three columns: EDTF, first and last day.
    pub(crate) fn date(self, date: Option<&'a DateValue>) -> Self {
        match date {
            Some(date) => self.text(&date.edtf).owned(date.first.to_string()).owned(date.last.to_string()),
            None => self.null().null().null(),
        }
    }

    /// Three columns: rule, note, spans.
    pub(crate) fn because(self, because: &'a Because) -> Self {
        let spans: Vec<[usize; 2]> = because.spans.iter().map(|s| [s.start(), s.end()]).collect();
        self.text(&because.rule).text(&because.note).owned(serde_json::json!(spans).to_string())
    }

    /// A JSON array.
    pub(crate) fn strings(self, strings: &[String]) -> Self {
        self.owned(serde_json::json!(strings).to_string())
    }

    /// Writes the row. `table` is one of our own names, never text from outside.
    pub(crate) fn insert_into(self, table: &str, db: &Connection) -> Result<(), StoreError> {
        self.execute("INSERT", table, db).map(|_| ())
    }

    /// Writes the row unless it is there; says whether it was written.
    pub(crate) fn insert_new_into(self, table: &str, db: &Connection) -> Result<bool, StoreError> {
        Ok(self.execute("INSERT OR IGNORE", table, db)? > 0)
    }

    fn execute(self, verb: &str, table: &str, db: &Connection) -> Result<usize, StoreError> {
        let marks = vec!["?"; self.0.len()].join(", ");
        let mut statement = db.prepare_cached(&format!("{verb} INTO {table} VALUES ({marks})"))?;
        Ok(statement.execute(params_from_iter(self.0))?)
    }
}

/// Reads the columns of one row from left to right.
pub(crate) struct Columns<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Columns<'r> {
    pub(crate) fn of(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    pub(crate) fn get<T: FromSql>(&mut self) -> Result<T, StoreError> {
        self.next += 1;
        Ok(self.row.get(self.next - 1)?)
    }

    /// An offset, length or position; a negative one is damage and reads as 0.
    pub(crate) fn n(&mut self) -> Result<usize, StoreError> {
        Ok(usize::try_from(self.get::<i64>()?).unwrap_or(0))
    }

    pub(crate) fn skip(&mut self, columns: usize) {
        self.next += columns;
    }

    pub(crate) fn text(&mut self) -> Result<String, StoreError> {
        self.get()
    }

    pub(crate) fn opt_text(&mut self) -> Result<Option<String>, StoreError> {
        self.get()
    }

    pub(crate) fn id(&mut self) -> Result<Id, StoreError> {
        let text = self.text()?;
        named(&text, "an id", Id::parse)
    }

    pub(crate) fn opt_id(&mut self) -> Result<Option<Id>, StoreError> {
        self.opt_text()?.map(|text| named(&text, "an id", Id::parse)).transpose()
    }

    pub(crate) fn span(&mut self) -> Result<Span, StoreError> {
        Ok(Span::new(self.n()?, self.n()?))
    }

    pub(crate) fn opt_span(&mut self) -> Result<Option<Span>, StoreError> {
        let (start, end): (Option<i64>, Option<i64>) = (self.get()?, self.get()?);
        let n = |value: i64| usize::try_from(value).unwrap_or(0);
        Ok(start.zip(end).map(|(start, end)| Span::new(n(start), n(end))))
    }

    pub(crate) fn date(&mut self) -> Result<Option<DateValue>, StoreError> {
        let (edtf, first, last) = (self.opt_text()?, self.opt_text()?, self.opt_text()?);
        let (Some(edtf), Some(first), Some(last)) = (edtf, first, last) else { return Ok(None) };
        let day = |text: &str| named(text, "a day", |t| t.parse::<Date>().ok());
        Ok(Some(DateValue { edtf, first: day(&first)?, last: day(&last)? }))
    }

    pub(crate) fn because(&mut self) -> Result<Because, StoreError> {
        let (rule, note, spans) = (self.text()?, self.text()?, self.text()?);
        let spans: Vec<[usize; 2]> = json(&spans)?;
        Ok(Because::new(rule, note).at(spans.into_iter().map(|[start, end]| Span::new(start, end))))
    }

    pub(crate) fn strings(&mut self) -> Result<Vec<String>, StoreError> {
        json(&self.text()?)
    }

    pub(crate) fn numbers(&mut self) -> Result<Vec<u32>, StoreError> {
        json(&self.text()?)
    }

    /// A word out of a fixed list, such as the kind of a quotation.
    pub(crate) fn word<T>(
        &mut self,
        expected: &'static str,
        read: fn(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let text = self.text()?;
        named(&text, expected, read)
    }
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    named(text, "a JSON array", |text| serde_json::from_str(text).ok())
}

/// `text` as `read` understands it; a record that holds anything else is damaged.
pub(crate) fn named<T>(
    text: &str,
    expected: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StoreError> {
    read(text).ok_or_else(|| StoreError::Damaged { expected, value: text.chars().take(60).collect() })
}

/// Runs a query and reads every row with `read`.
pub(crate) fn query<T>(
    db: &Connection,
    sql: &str,
    key: &[&dyn rusqlite::ToSql],
    read: impl Fn(&mut Columns<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(key)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(&mut Columns::of(row))?);
    }
    Ok(out)
}
