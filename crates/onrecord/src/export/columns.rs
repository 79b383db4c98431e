//! Rows as flat columns: what is nested gets a dotted name, lists stay whole, null is no column.

use anyhow::Result;
use onrecord_render::wire::Tables;
use serde_json::{Map, Value};

use super::Table;

/// The columns of one row, in its own order.
pub(super) fn columns(row: Value) -> Vec<(String, Value)> {
    let mut out = Vec::new();
    if let Value::Object(fields) = row {
        flatten("", fields, &mut out);
    }
    out
}

fn flatten(prefix: &str, fields: Map<String, Value>, out: &mut Vec<(String, Value)>) {
    for (name, value) in fields {
        match value {
            Value::Object(inner) => flatten(&format!("{prefix}{name}."), inner, out),
            Value::Null => {}
            other => out.push((format!("{prefix}{name}"), other)),
        }
    }
}

/// The names of all columns of a table, as its rows bring them.
pub(super) fn header(table: &Table, tables: &Tables) -> Result<Vec<String>> {
    let mut header: Vec<String> = Vec::new();
    (table.rows)(tables, &mut |row| {
        for (name, _) in columns(row) {
            if !header.contains(&name) {
                header.push(name);
            }
        }
        Ok(())
    })?;
    Ok(header)
}

/// Whether a spreadsheet takes the text for a formula when it is typed in.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
