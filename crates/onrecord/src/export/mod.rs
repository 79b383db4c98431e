//! Tables for other programs, one file a table and one row a thing, or all tables together; and documents, one file a record.

mod citations;
mod columns;
mod csv;
mod datasette;
mod ftm;
mod graphml;
mod json;
mod json_ld;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;
mod plover;
mod prov;
mod tables;
#[cfg(test)]
mod tests;
mod typed;
mod web_annotation;
mod xlsx;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;

pub(crate) use prov::Prov;
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

/// A way to write one file of the whole record, in the words of other programs.
///
/// Contract, checked for every document by `every_export_keeps_the_contract`: the same record gives the same bytes; what is
/// written goes out as it is made; contact data is masked, and nobody is named whom the tables do not name.
pub(crate) trait Document: Sync {
    /// The name used on the command line.
    fn name(&self) -> &'static str;

    /// The name of its file.
    fn file(&self) -> &'static str;

    /// Writes it.
    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()>;
}

/// Every document. A new one is added here and nowhere else.
pub(crate) const DOCUMENTS: &[&dyn Document] = &[
    &citations::Csl,
    &citations::BibTex,
    &graphml::GraphMl,
    &plover::Plover,
    &json_ld::JsonLd,
    &web_annotation::WebAnnotation,
    &prov::Prov,
    &ftm::Ftm,
];

/// A way to write all tables together, where a program wants them so.
///
/// Contract, checked for every container by `every_export_keeps_the_contract` and, for what is in the files, by
/// `.ci/exports`: the same record gives the same bytes; a row is lost nowhere.
pub(crate) trait Container: Sync {
    /// The name used on the command line.
    fn name(&self) -> &'static str;

    /// Writes its files into a folder that is there, and says which.
    fn write(&self, tables: &Tables, folder: &Path) -> Result<Vec<PathBuf>>;
}

/// Every container. A new one is added here and nowhere else.
pub(crate) const CONTAINERS: &[&dyn Container] = &[
    &xlsx::Xlsx,
    &datasette::Datasette,
    #[cfg(feature = "parquet")]
    &parquet::Parquet,
];
