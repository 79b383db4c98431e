//! `onrecord verify`: whether a record still says what it was made from.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onrecord_store::{Store, VerifyFinding};
use serde_json::json;

use super::{DONE, FAILED};

/// Recompute every hash of a record and compare every quoted word with the text it points into.
///
/// Ends with exit code 2 when something does not hold.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The record.
    #[arg(value_name = "RECORD")]
    record: PathBuf,

    /// Print one JSON object per finding, and the counts last.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Verify, out: &mut dyn Write) -> Result<ExitCode> {
    let store = Store::open_existing(&args.record)?;
    let mut findings: Vec<VerifyFinding> = Vec::new();
    let summary = store.verify(&mut |finding| findings.push(finding))?;
    for finding in &findings {
        let VerifyFinding { article, place, message } = finding;
        if args.json {
            let row = json!({"article": article.to_string(), "place": place, "message": message});
            writeln!(out, "{row}")?;
        } else {
            writeln!(out, "article {article}, {place}: {message}")?;
        }
    }
    if args.json {
        let counts =
            json!({"articles": summary.articles, "spans": summary.spans, "findings": summary.findings});
        writeln!(out, "{counts}")?;
    } else {
        let verdict = if summary.findings == 0 { "all hold" } else { "see above" };
        writeln!(
            out,
            "{} articles and {} spans checked, {} findings: {verdict}",
            summary.articles, summary.spans, summary.findings
        )?;
    }
    Ok(ExitCode::from(if summary.findings == 0 { DONE } else { FAILED }))
}
