//! Where things are, and how to run the program that is being measured.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    // Asked when it runs: a target folder that several clones share may hold what another clone compiled.
    let own = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().unwrap_or(&own).to_owned()
}

/// Builds the program as it is released and returns its path.
pub(crate) fn release_binary() -> Result<PathBuf> {
    release_binary_with("")
}

/// The same with features that are off by default.
pub(crate) fn release_binary_with(features: &str) -> Result<PathBuf> {
    built(&["--package", "onrecord", "--features", features])
}

/// Builds the reader's example, which reads words alone, and returns its path.
pub(crate) fn word_reader() -> Result<PathBuf> {
    built(&["--package", "onrecord-reader", "--example", "read"])
}

/// The words of a CoNLL-U file as the reader reads them, on so many threads.
pub(crate) fn read_words(conllu: &Path, threads: usize) -> Result<String> {
    let input = std::fs::File::open(conllu).with_context(|| format!("cannot read {}", conllu.display()))?;
    let mut reader = Command::new(word_reader()?);
    let output = reader.arg(threads.to_string()).stdin(input).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "the reader ended with {}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn built(what: &[&str]) -> Result<PathBuf> {
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--release", "--message-format=json"])
        .args(what)
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(built.status.success(), "the release build failed");
    let messages = String::from_utf8_lossy(&built.stdout);
    let mut executables = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executables.next_back().context("cargo named no executable")
}

/// Runs `command` and returns what it prints. Exit code 3 (done, with unread inputs) is a success too.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {command:?}"))?;
    if !matches!(output.status.code(), Some(0 | 3)) {
        bail!("{command:?} ended with {}:\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The JSON objects of a JSON Lines text.
pub(crate) fn rows(text: &str) -> Result<Vec<Value>> {
    // Python writes a missing number as NaN, which is no JSON.
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| Ok(serde_json::from_str(&line.replace(": NaN", ": null"))?)).collect()
}

/// The JSON objects of a JSON Lines file.
pub(crate) fn rows_of(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    rows(&text)
}

/// Writes JSON objects as JSON Lines.
pub(crate) fn write_rows(path: &Path, rows: &[Value]) -> Result<()> {
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
