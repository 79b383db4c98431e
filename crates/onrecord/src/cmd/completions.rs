//! `onrecord completions`: what a shell needs to complete our commands.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{DONE, Program};

/// Print a completion script for a shell.
///
/// For example: `onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Which shell.
    shell: Shell,
}

pub(crate) fn run(args: &Completions, out: &mut dyn Write) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Program::command(), "onrecord", &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::from(DONE))
}
