//! JSON Lines: the shapes of `wire`, one object a line.

use std::io::Write;

use anyhow::Result;

use super::{Export, Table};
use onrecord_render::wire::Tables;

/// One JSON object a line.
pub(crate) struct JsonLines;

impl Export for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn write(&self, table: &Table, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        (table.rows)(tables, &mut |row| {
            serde_json::to_writer(&mut *out, &row)?;
            Ok(out.write_all(b"\n")?)
        })
    }
}
