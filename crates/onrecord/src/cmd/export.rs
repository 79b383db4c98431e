//! `onrecord export`: tables for other programs, and pages for people.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Args, builder::PossibleValuesParser};

use super::{DONE, RecordFile};
use crate::bundle;
use crate::export::{CONTAINERS, DOCUMENTS, EXPORTS, TABLES};
use onrecord_render::Loaded;
use onrecord_render::wire::Tables;

/// Write the record as tables for other programs; as one file in the words of another program; or as pages for people.
///
/// `jsonl` and `csv` write tables, `xlsx` one workbook of them,
/// `datasette` one SQLite file with `metadata.json` for Datasette;
/// `parquet` tables, where the program is built with that feature. `csl` (CSL-JSON) and `bibtex` cite every article and every account of a statement.
/// `graphml` draws speakers, who answers whom, and who tells whom. `plover` lists coded events as PLOVER's JSON. `jsonld` holds articles,
/// quotations, statements, differences and replies as linked data; `webannotation` quotations as
/// W3C Web Annotations; `prov` what was made from what, and who corrected it, as PROV-O; `ftm`
/// articles, whom they name and what they have them say as FollowTheMoney entities. `site` writes the pages of `onrecord serve` as files that
/// lead to each other: for any web server, or a stick. `bundle` writes one ZIP with the record, the bytes of every
/// page, where all of it comes from, and the hash of each file; `onrecord verify` checks it.
///
/// The tables: articles, quotations, figures, dates, events, entities, stories, statements, differences,
/// replies, copies, figure_series, themes, changes, corrections, problems. Offsets count Unicode code points. Persons are listed
/// as entities only in a public role or as speakers; e-mail addresses and telephone numbers are masked.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    record: RecordFile,

    /// The format of the files.
    #[arg(long, value_name = "FORMAT", default_value = "jsonl",
        value_parser = PossibleValuesParser::new(names()))]
    format: String,

    /// The folder to write them to; made if it is not there. Files of the same names are replaced.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Bundle a record that hides somebody all the same: pages and record hold the name as it was printed.
    #[arg(long)]
    with_hidden: bool,
}

/// The format that is pages, not tables.
const SITE: &str = "site";
/// The format that is the record with all it was made from.
const BUNDLE: &str = "bundle";

const HIDES_ALL_THE_SAME: &str = "`--with-hidden` goes with `--format bundle` alone: every other format hides whom corrections hide\n\
    (hint: leave it out; `onrecord correct undo` shows somebody again)";

pub(crate) fn run(args: &Export, out: &mut dyn Write) -> Result<ExitCode> {
    ensure!(!args.with_hidden || args.format == BUNDLE, HIDES_ALL_THE_SAME);
    let store = args.record.open()?;
    if args.format == SITE {
        onrecord_serve::write_site(&store, &args.out)?;
        writeln!(out, "{}", args.out.join("index.html").display())?;
        return Ok(ExitCode::from(DONE));
    }
    fs::create_dir_all(&args.out)
        .with_context(|| format!("cannot make the folder `{}`", args.out.display()))?;
    if args.format == BUNDLE {
        let manifest = bundle::write(&store, &args.out, args.with_hidden)?;
        writeln!(out, "{}", args.out.join(bundle::FILE).display())?;
        eprintln!("onrecord: the SHA-256 of its manifest is {manifest}");
        return Ok(ExitCode::from(DONE));
    }
    let loaded = Loaded::read(&store)?;
    let tables = Tables::new(&loaded, &store)?;
    if let Some(document) = DOCUMENTS.iter().find(|document| document.name() == args.format) {
        let path = args.out.join(document.file());
        write_file(&path, &|file| document.write(&tables, file))?;
        writeln!(out, "{}", path.display())?;
    }
    if let Some(container) = CONTAINERS.iter().find(|container| container.name() == args.format) {
        for path in container.write(&tables, &args.out)? {
            writeln!(out, "{}", path.display())?;
        }
    }
    if let Some(format) = EXPORTS.iter().find(|export| export.name() == args.format) {
        for table in TABLES {
            let path = args.out.join(format!("{}.{}", table.name, args.format));
            write_file(&path, &|file| format.write(table, &tables, file))?;
            writeln!(out, "{}", path.display())?;
        }
    }
    Ok(ExitCode::from(DONE))
}

/// The names of all formats.
fn names() -> impl Iterator<Item = &'static str> {
    let documents = DOCUMENTS.iter().map(|document| document.name());
    let containers = CONTAINERS.iter().map(|container| container.name());
    EXPORTS.iter().map(|export| export.name()).chain(containers).chain(documents).chain([SITE, BUNDLE])
}

fn write_file(path: &Path, write: &dyn Fn(&mut dyn Write) -> Result<()>) -> Result<()> {
    let written = || -> Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        write(&mut file)?;
        Ok(file.flush()?)
    };
    written().with_context(|| format!("cannot write `{}`", path.display()))
}
