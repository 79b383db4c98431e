//! One workbook for Excel, LibreOffice Calc and their like: a sheet a table, texts as texts.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onrecord_render::wire::Tables;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::Value;

use super::columns::{columns, header, is_formula};
use super::{Container, TABLES};

/// Office Open XML.
pub(crate) struct Xlsx;

impl Container for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn write(&self, tables: &Tables, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut book = Book::new(EXCEL)?;
        for table in TABLES {
            let mut sheets = book.begin(table.name, header(table, tables)?)?;
            (table.rows)(tables, &mut |row| {
                let row: BTreeMap<String, Value> = columns(row).into_iter().collect();
                book.put(&mut sheets, |name| row.get(name))
            })?;
        }
        let path = folder.join("record.xlsx");
        book.save(&path).with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(vec![path])
    }
}

/// What one sheet and one cell can hold.
#[derive(Clone, Copy)]
struct Limits {
    /// Rows of a sheet with its header.
    rows: u32,
    /// UTF-16 units of a cell.
    units: usize,
}

const EXCEL: Limits = Limits { rows: 1_048_576, units: 32_767 };

/// Ends a cell whose text is longer than a cell can be.
const GOES_ON: &str = " … (goes on in the sheet “continued”)";

/// Units of Excel: about as many digits.
const COLUMN_WIDTH: f64 = 18.0;

/// The sheets of one table: the last takes rows until it is full.
struct Sheets {
    title: &'static str,
    header: Vec<String>,
    /// Of the last sheet in the workbook.
    index: usize,
    count: u32,
    /// Of the last sheet, with its header.
    rows: u32,
}

impl Sheets {
    fn name(&self) -> String {
        if self.count == 1 { self.title.to_owned() } else { format!("{} ({})", self.title, self.count) }
    }
}

/// The part of a text that does not fit into its cell.
struct Rest {
    row: u32,
    column: String,
    text: String,
}

struct Book {
    workbook: Workbook,
    limits: Limits,
    bold: Format,
    /// A text that stays one when somebody edits its cell.
    text: Format,
    /// Where texts go on, if one had to.
    continued: Option<Sheets>,
}

impl Book {
    fn new(limits: Limits) -> Result<Self> {
        let mut workbook = Workbook::new();
        // The time of writing would make other bytes of the same record.
        let written = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let about = DocProperties::new().set_title("OnRecord").set_creation_datetime(&written);
        workbook.set_properties(&about);
        let (bold, text) = (Format::new().set_bold(), Format::new().set_quote_prefix());
        Ok(Self { workbook, limits, bold, text, continued: None })
    }

    fn begin(&mut self, title: &'static str, header: Vec<String>) -> Result<Sheets> {
        let mut sheets = Sheets { title, header, index: 0, count: 0, rows: 0 };
        self.next_sheet(&mut sheets)?;
        Ok(sheets)
    }

    fn next_sheet(&mut self, sheets: &mut Sheets) -> Result<()> {
        sheets.count += 1;
        sheets.rows = 1;
        sheets.index = self.workbook.worksheets().len();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheets.name())?.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(&sheets.header) {
            sheet.set_column_width(column, COLUMN_WIDTH)?;
            sheet.write_string_with_format(0, column, name, &self.bold)?;
        }
        Ok(())
    }

    /// Writes one row, whose values are asked for by the names of the columns.
    fn put<'v>(&mut self, sheets: &mut Sheets, value: impl Fn(&str) -> Option<&'v Value>) -> Result<()> {
        if sheets.rows == self.limits.rows {
            self.next_sheet(sheets)?;
        }
        let row = sheets.rows;
        sheets.rows += 1;
        let mut rests = Vec::new();
        let sheet = self.workbook.worksheet_from_index(sheets.index)?;
        for (column, name) in (0..).zip(&sheets.header) {
            let Some(value) = value(name) else { continue };
            if let Some(text) = write_cell(sheet, (row, column), value, (&self.text, self.limits))? {
                rests.push(Rest { row, column: name.clone(), text });
            }
        }
        rests.into_iter().try_for_each(|rest| self.go_on(&sheets.name(), &rest))
    }

    /// Writes what did not fit, in as many rows as it needs.
    fn go_on(&mut self, sheet: &str, rest: &Rest) -> Result<()> {
        let mut continued = match self.continued.take() {
            Some(continued) => continued,
            None => {
                self.begin("continued", ["sheet", "row", "column", "part", "text"].map(str::to_owned).into())?
            }
        };
        let mut text = rest.text.as_str();
        let mut part = 2_u32;
        while !text.is_empty() {
            let (piece, after) = text.split_at(fitting(text, self.limits.units));
            let row =
                [sheet.into(), (rest.row + 1).into(), rest.column.as_str().into(), part.into(), piece.into()];
            let row: BTreeMap<String, Value> = continued.header.iter().cloned().zip(row).collect();
            self.put(&mut continued, |name| row.get(name))?;
            (text, part) = (after, part + 1);
        }
        self.continued = Some(continued);
        Ok(())
    }

    fn save(&mut self, path: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        self.workbook.save_to_writer(&mut file)?;
        Ok(file.flush()?)
    }
}

/// Writes one value; what of it does not fit into a cell comes back.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    (quoted, limits): (&Format, Limits),
) -> Result<Option<String>> {
    let text = match value {
        Value::Bool(is) => {
            sheet.write_boolean(row, column, *is)?;
            return Ok(None);
        }
        Value::Number(number) => match number.as_f64().filter(|number| number.abs() < LARGEST_EXACT) {
            Some(number) => {
                sheet.write_number(row, column, number)?;
                return Ok(None);
            }
            None => number.to_string(),
        },
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let (shown, rest) = if units(&text) <= limits.units {
        (text, None)
    } else {
        let (first, rest) = text.split_at(fitting(&text, limits.units.saturating_sub(units(GOES_ON))));
        (format!("{first}{GOES_ON}"), Some(rest.to_owned()))
    };
    if is_formula(&shown) {
        sheet.write_string_with_format(row, column, shown, quoted)?;
    } else {
        sheet.write_string(row, column, shown)?;
    }
    Ok(rest)
}

/// 2^53: from there on a cell's number skips integers.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// How many bytes of a text fit into so many UTF-16 units; at least one character.
fn fitting(text: &str, limit: usize) -> usize {
    let mut taken = 0;
    let over = text.char_indices().find(|&(at, c)| {
        taken += c.len_utf16();
        taken > limit && at > 0
    });
    over.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet_names(rows: u32, units: usize, texts: &[&str]) -> Vec<String> {
        let mut book = Book::new(Limits { rows, units }).unwrap();
        let mut sheets = book.begin("words", vec!["word".to_owned()]).unwrap();
        for text in texts {
            let value = Value::from(*text);
            book.put(&mut sheets, |_| Some(&value)).unwrap();
        }
        book.workbook.worksheets().iter().map(Worksheet::name).collect()
    }

    #[test]
    fn rows_and_texts_that_do_not_fit_go_on_in_further_sheets() {
        let long = "x".repeat(100);
        assert_eq!(sheet_names(3, 50, &["a", "b"]), ["words"]);
        assert_eq!(sheet_names(3, 50, &["a", "b", "c"]), ["words", "words (2)"]);
        assert_eq!(sheet_names(3, 50, &["a", &long]), ["words", "continued"]);
        assert_eq!(sheet_names(2, 50, &[&long]), ["words", "continued", "continued (2)"]);
    }

    #[test]
    fn pieces_end_between_characters() {
        assert_eq!(fitting("a\u{1f4a7}b", 2), 1);
        assert_eq!(fitting("a\u{1f4a7}b", 3), 5);
        assert_eq!(fitting("\u{1f4a7}b", 1), 4);
        assert_eq!(fitting("ab", 2), 2);
    }
}
