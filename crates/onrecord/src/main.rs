//! The program: reads the command line, runs one command, and says how it went.

mod bundle;
mod cmd;
mod export;
mod news;
mod pipeline;
mod progress;
mod workshop;
mod xml;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let program = cmd::Program::parse();
    cmd::exit(cmd::run(&program.command, &mut std::io::stdout().lock()))
}
