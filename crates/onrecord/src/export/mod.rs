//! Tables for other programs: one file a table, one row a thing.

mod csv;
mod jsonl;
mod tables;

use std::io::Write;

use anyhow::Result;

pub(crate) use tables::{TABLES, Table};

use onrecord_render::wire::Tables;

/// A way to write tables.
///
/// Contract, checked for every export by `every_export_keeps_the_contract`: each table gives one file;
/// the same record gives the same bytes; a row is lost nowhere.
pub(crate) trait Export: Sync {
    /// The name used on the command line; also the files' ending.
    fn name(&self) -> &'static str;

    /// Writes one table.
    fn write(&self, table: &Table, tables: &Tables, out: &mut dyn Write) -> Result<()>;
}

/// Every export. A new one is added here and nowhere else.
pub(crate) const EXPORTS: &[&dyn Export] = &[&jsonl::JsonLines, &csv::Csv];
