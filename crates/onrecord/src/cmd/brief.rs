//! `onrecord brief`: the record to read and cite.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::{DONE, RecordFile};
use crate::brief;

/// Write the record to read and cite.
#[derive(Debug, Args)]
pub(crate) struct Brief {
    #[command(flatten)]
    record: RecordFile,
}

pub(crate) fn run(args: &Brief, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    brief::top(&args.record.load()?, out)?;
    Ok(ExitCode::from(DONE))
}
