//! CSV with a header: what is nested in a row becomes dotted columns, lists stay JSON in one cell.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use serde_json::Value;

use super::columns::{columns, header, is_formula};
use super::{Export, Table};
use onrecord_render::wire::Tables;

/// Comma-separated values, UTF-8.
pub(crate) struct Csv;

impl Export for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    /// Two passes, since any row can bring a column: the first gathers the header, the second writes.
    fn write(&self, table: &Table, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        let header = header(table, tables)?;
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(&header)?;
        (table.rows)(tables, &mut |row| {
            let row: BTreeMap<String, String> = cells(row).collect();
            let cells = header.iter().map(|name| row.get(name).map_or("", String::as_str));
            Ok(writer.write_record(cells)?)
        })?;
        Ok(writer.flush()?)
    }
}

fn cells(row: Value) -> impl Iterator<Item = (String, String)> {
    columns(row).into_iter().map(|(name, value)| match value {
        Value::String(text) => (name, guarded(text)),
        other => (name, other.to_string()),
    })
}

/// A text that a spreadsheet would run as a formula gets an apostrophe before it.
fn guarded(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nested_rows_become_columns_and_formulas_become_text() {
        let row = json!({"a": "=1+1", "span": {"start": 3, "text": "x"}, "none": null, "list": [1, "b"]});
        let columns: Vec<String> = cells(row).map(|(k, v)| format!("{k}: {v}")).collect();
        assert_eq!(columns, ["a: '=1+1", "span.start: 3", "span.text: x", "list: [1,\"b\"]"]);
    }
}
