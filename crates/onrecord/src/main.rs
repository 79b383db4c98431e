//! The program: reads the command line, runs one command, and says how it went.

mod brief;
mod cmd;
mod export;
mod hidden;
mod loaded;
mod mask;
mod news;
mod pipeline;
mod progress;
mod wire;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let program = cmd::Program::parse();
    cmd::exit(cmd::run(&program.command, &mut std::io::stdout().lock()))
}
