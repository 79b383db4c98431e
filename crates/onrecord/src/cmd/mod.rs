//! The commands: one file each, and what they share: how a run ends.

mod annotate;
mod brief;
mod build;
mod changes;
mod compare;
mod completions;
mod correct;
mod export;
mod extract;
mod figures;
mod inputs;
mod news;
mod search;
mod serve;
mod show;
mod stream;
mod verify;

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use onrecord_store::Store;

use onrecord_render::Loaded;

/// Reads news articles and writes the record: who said what, told by whom, where the accounts differ.
///
/// Inputs are plain text, web pages, JSON Lines and CSV, in any encoding. A record is one SQLite file.
/// Nothing is sent anywhere. Exit codes: 0 done, 1 nothing found, 2 could not run, 3 done but some
/// inputs could not be read.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100)]
pub(crate) struct Program {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Build(build::Build),
    Add(build::Add),
    Show(show::Show),
    Figures(figures::Figures),
    Changes(changes::Changes),
    News(news::NewsOf),
    Search(search::Search),
    Compare(compare::Compare),
    Serve(serve::Serve),
    Brief(brief::Brief),
    Export(export::Export),
    Correct(correct::Correct),
    Annotate(annotate::Annotate),
    Extract(extract::Extract),
    Verify(verify::Verify),
    Completions(completions::Completions),
}

/// Exit codes are documented in `docs/reference/exit-codes.md` and never change meaning.
pub(crate) const DONE: u8 = 0;
/// An empty folder, no hit, no such statement.
pub(crate) const NOTHING_FOUND: u8 = 1;
/// Wrong arguments, a record that cannot be opened, a disk that is full.
pub(crate) const FAILED: u8 = 2;
/// Done, but some inputs could not be read.
pub(crate) const DONE_WITH_UNREAD: u8 = 3;

/// The record that a command works on.
#[derive(Debug, Args)]
pub(crate) struct RecordFile {
    /// The record: one SQLite file.
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
}

impl RecordFile {
    /// Opens the record, which must be there.
    pub(crate) fn open(&self) -> anyhow::Result<Store> {
        Ok(Store::open_existing(&self.record)?)
    }

    /// Everything in the record.
    pub(crate) fn load(&self) -> anyhow::Result<Loaded> {
        Loaded::read(&self.open()?)
    }
}

/// Makes the folder that `file` is to be written to, where it is not there.
pub(crate) fn make_folder_of(file: &Path) -> anyhow::Result<()> {
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))
}

/// Runs one command; its answer goes to `out`, all else to standard error.
pub(crate) fn run(command: &Command, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let code = match command {
        Command::Build(args) => build::build(args, out),
        Command::Add(args) => build::add(args, out),
        Command::Show(args) => show::run(args, out),
        Command::Figures(args) => figures::run(args, out),
        Command::Changes(args) => changes::run(args, out),
        Command::News(args) => news::run(args, out),
        Command::Search(args) => search::run(args, out),
        Command::Compare(args) => compare::run(args, out),
        Command::Serve(args) => serve::run(args, out),
        Command::Brief(args) => brief::run(args, out),
        Command::Export(args) => export::run(args, out),
        Command::Correct(args) => correct::run(args, out),
        Command::Annotate(args) => annotate::run(args, out),
        Command::Extract(args) => extract::run(args, out),
        Command::Verify(args) => verify::run(args, out),
        Command::Completions(args) => completions::run(args, out),
    }?;
    out.flush()?;
    Ok(code)
}

/// Turns the outcome of any command into what the shell sees.
pub(crate) fn exit(outcome: anyhow::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|err| {
        if is_broken_pipe(&err) {
            return ExitCode::from(DONE); // `onrecord … | head` is not a failure.
        }
        eprintln!("onrecord: {}", told(&err));
        ExitCode::from(FAILED)
    })
}

fn is_broken_pipe(err: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn Error + 'static)| {
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        cause.downcast_ref::<io::Error>().map(io::Error::kind).or(json)
    };
    err.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}

/// The error and its causes, each said once: some repeat the cause below them.
fn told(err: &anyhow::Error) -> String {
    let mut out = String::new();
    for cause in err.chain().map(ToString::to_string) {
        if out.is_empty() {
            out = cause;
        } else if !out.contains(&cause) && !cause.split(": ").any(|part| out.ends_with(part)) {
            out = format!("{out}: {cause}");
        }
    }
    out
}
