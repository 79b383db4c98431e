//! `onrecord serve`: the record as pages for a browser.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use onrecord_serve::Serving;

use super::DONE;
use super::inputs::ModelChoice;
use crate::workshop::Workshop;

/// Show the record as pages in a browser: on this machine only, read-only unless --edit, without anything from elsewhere.
///
/// Every statement with its accounts side by side, stories, figures over time, speakers, and articles with all that is
/// marked in them; a search that is narrowed by speaker, outlet, language, day and kind of difference. A
/// draft can be pasted to see it beside the record; it is kept nowhere. The pages work without scripts. Programs find the same as JSON under /api/v1, described at /api. The address is printed when they can be opened; end with Ctrl-C. A record may grow while it
/// is served.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The record: one SQLite file.
    #[arg(value_name = "RECORD")]
    record: PathBuf,

    /// Where to listen; port 0 takes a free one. An address that other machines can reach asks for --token-file.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    listen: SocketAddr,

    /// A file with a secret of at least 16 characters that readers must know: once as `?token=…` in the address, or
    /// as `Authorization: Bearer …`. It travels unencrypted: put a TLS proxy before it on a network you do not trust.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,

    /// Let readers correct the record: forms on the pages of statements, articles and speakers, the log of corrections
    /// with a way back at /review, and POST /api/v1/corrections for programs. Whoever can open the pages can then
    /// correct them.
    #[arg(long)]
    edit: bool,

    #[command(flatten)]
    model: ModelChoice,
}

pub(crate) fn run(args: &Serve, out: &mut dyn Write) -> Result<ExitCode> {
    let token = |path: &PathBuf| -> Result<String> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the token in `{}`", path.display()))?;
        Ok(text.trim().to_owned())
    };
    let serving = Serving {
        record: args.record.clone(),
        listen: args.listen,
        token: args.token_file.as_ref().map(token).transpose()?,
        edit: args.edit,
        workshop: Arc::new(Workshop { model: args.model.chosen() }),
    };
    let mut said = Ok(());
    serving.run(|address| {
        said = writeln!(out, "http://{address}/").and_then(|()| out.flush());
    })?;
    said?;
    Ok(ExitCode::from(DONE))
}
