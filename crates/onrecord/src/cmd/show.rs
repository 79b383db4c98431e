//! `onrecord show`: looks at one thing in the record.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::{DONE, RecordFile};
use crate::brief;

/// Show stories, or one statement, article or speaker.
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    record: RecordFile,
}

pub(crate) fn run(args: &Show, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    brief::top(&args.record.load()?, out)?;
    Ok(ExitCode::from(DONE))
}
