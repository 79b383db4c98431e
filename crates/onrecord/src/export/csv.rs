//! CSV with a header: what is nested in a row becomes dotted columns, lists stay JSON in one cell.

use std::io::Write;

use anyhow::Result;
use serde_json::{Map, Value};

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
        let mut header: Vec<String> = Vec::new();
        (table.rows)(tables, &mut |row| {
            for (name, _) in columns(&row) {
                if !header.contains(&name) {
                    header.push(name);
                }
            }
            Ok(())
        })?;
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(&header)?;
        (table.rows)(tables, &mut |row| {
            let row: std::collections::BTreeMap<String, String> = columns(&row).into_iter().collect();
            let cells = header.iter().map(|name| row.get(name).map_or("", String::as_str));
            Ok(writer.write_record(cells)?)
        })?;
        Ok(writer.flush()?)
    }
}

/// The columns of one row, in its own order.
fn columns(row: &Value) -> Vec<(String, String)> {
    let mut out = Vec::new();
    if let Value::Object(fields) = row {
        flatten("", fields, &mut out);
    }
    out
}

fn flatten(prefix: &str, fields: &Map<String, Value>, out: &mut Vec<(String, String)>) {
    for (name, value) in fields {
        match value {
            Value::Object(inner) => flatten(&format!("{prefix}{name}."), inner, out),
            Value::Null => {}
            Value::String(text) => out.push((format!("{prefix}{name}"), guarded(text))),
            other => out.push((format!("{prefix}{name}"), other.to_string())),
        }
    }
}

/// A text that a spreadsheet would run as a formula gets an apostrophe before it.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nested_rows_become_columns_and_formulas_become_text() {
        let row = json!({"a": "=1+1", "span": {"start": 3, "text": "x"}, "none": null, "list": [1, "b"]});
        let columns: Vec<String> = columns(&row).into_iter().map(|(k, v)| format!("{k}: {v}")).collect();
        assert_eq!(columns, ["a: '=1+1", "span.start: 3", "span.text: x", "list: [1,\"b\"]"]);
    }
}
