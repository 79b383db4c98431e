//! `onrecord verify`: whether a record still says what it was made from.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use onrecord_store::{Store, StoreError, VerifyFinding, VerifySummary};
use serde_json::{Value, json};

use super::{DONE, FAILED};
use crate::bundle::{self, Checked};

/// Recompute every hash of a record and compare every quoted word with the text it points into.
///
/// Of an evidence bundle, every file is compared with the manifest first, and every page with the record. Nothing of
/// it is unpacked but the record, into a file that is removed at the end. A bundle that is to hold more than a gibibyte and
/// more than 64 times its own length is refused; `--most-unpacked` takes it.
///
/// Ends with exit code 2 when something does not hold.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The record, or an evidence bundle (`onrecord export --format bundle`).
    #[arg(value_name = "RECORD")]
    record: PathBuf,

    /// Unpack at most so many gigabytes of a bundle, whatever its length.
    #[arg(long, value_name = "GB")]
    most_unpacked: Option<u64>,

    /// Print one JSON object per finding, and the counts last.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Verify, out: &mut dyn Write) -> Result<ExitCode> {
    let mut told = Told { args, out };
    let findings = if bundle::is_bundle(&args.record) { told.bundle()? } else { told.record()? };
    Ok(ExitCode::from(if findings == 0 { DONE } else { FAILED }))
}

struct Told<'a> {
    args: &'a Verify,
    out: &'a mut dyn Write,
}

impl Told<'_> {
    fn record(&mut self) -> Result<usize> {
        let store = Store::open_existing(&self.args.record)?;
        let summary = self.claims(&store)?;
        self.summary(&summary, &json!({}), "")?;
        Ok(summary.findings)
    }

    fn bundle(&mut self) -> Result<usize> {
        let most = self.args.most_unpacked.map(|gigabytes| gigabytes.saturating_mul(bundle::GIGABYTE));
        let Checked { manifest, files, findings, record, .. } = &bundle::check(&self.args.record, most)?;
        for (file, message) in findings {
            self.damage(file, message)?;
        }
        let mut summary = VerifySummary::default();
        if let Some(store) = record {
            match self.claims(store) {
                Ok(claims) => summary = claims,
                Err(err) if err.is::<StoreError>() => {
                    summary.findings += 1;
                    self.damage("record.onrecord", &format!("{err:#}"))?;
                }
                Err(err) => return Err(err),
            }
        }
        summary.findings += findings.len();
        let more = json!({"files": files, "manifest_sha256": manifest.to_string()});
        self.summary(&summary, &more, &format!("{files} files (manifest {manifest}), "))?;
        Ok(summary.findings)
    }

    /// A file of a bundle that is not what it should be.
    fn damage(&mut self, file: &str, message: &str) -> Result<()> {
        if self.args.json {
            writeln!(self.out, "{}", json!({"file": file, "place": "bundle", "message": message}))?;
        } else {
            writeln!(self.out, "{file}: {message}")?;
        }
        Ok(())
    }

    /// What the record claims of itself.
    fn claims(&mut self, store: &Store) -> Result<VerifySummary> {
        let mut findings: Vec<VerifyFinding> = Vec::new();
        let summary = store.verify(&mut |finding| findings.push(finding))?;
        for VerifyFinding { article, place, message } in &findings {
            if self.args.json {
                let row = json!({"article": article.to_string(), "place": place, "message": message});
                writeln!(self.out, "{row}")?;
            } else {
                writeln!(self.out, "article {article}, {place}: {message}")?;
            }
        }
        Ok(summary)
    }

    fn summary(&mut self, summary: &VerifySummary, more: &Value, files: &str) -> Result<()> {
        let VerifySummary { articles, spans, findings } = summary;
        if self.args.json {
            let mut counts = json!({"articles": articles, "spans": spans, "findings": findings});
            if let (Value::Object(counts), Value::Object(more)) = (&mut counts, more) {
                counts.extend(more.clone());
            }
            writeln!(self.out, "{counts}")?;
        } else {
            let verdict = if *findings == 0 { "all hold" } else { "see above" };
            writeln!(
                self.out,
                "{files}{articles} articles and {spans} spans checked, {findings} findings: {verdict}"
            )?;
        }
        Ok(())
    }
}
