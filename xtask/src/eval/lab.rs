//! What a measurement needs: the program, the sets, a place for files in between.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Measure;
use crate::project;

pub(crate) struct Lab {
    binary: PathBuf,
    sets: PathBuf,
    scratch: PathBuf,
    /// What the quality page is to say below the figures of the set that is measured now.
    note: RefCell<String>,
}

impl Lab {
    pub(crate) fn open() -> Result<Self> {
        let binary = project::release_binary()?;
        let scratch = binary.parent().context("a binary has a folder")?.join("eval");
        std::fs::create_dir_all(&scratch)?;
        Ok(Self { binary, sets: project::root().join("../shared/eval"), scratch, note: RefCell::default() })
    }

    /// Whether the set that is needed is there, with the interpreter its scorer needs.
    pub(crate) fn has(&self, needs: Option<&str>) -> bool {
        let python = || Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success());
        needs.is_none_or(|folder| self.sets.join(folder).is_dir() && python())
    }

    /// Leaves Markdown for the quality page, below the figures of the set that is measured now.
    pub(crate) fn note(&self, markdown: String) {
        self.note.replace(markdown);
    }

    /// What was left for the page since the last call.
    pub(super) fn take_note(&self) -> String {
        self.note.take()
    }

    /// A file or folder of the sets.
    pub(crate) fn set(&self, path: &str) -> PathBuf {
        self.sets.join(path)
    }

    /// A fresh path for a file in between.
    pub(crate) fn scratch(&self, name: &str) -> Result<PathBuf> {
        let path = self.scratch.join(name);
        if path.is_dir() {
            std::fs::remove_dir_all(&path)?;
        } else if path.exists() {
            std::fs::remove_file(&path)?;
        }
        Ok(path)
    }

    pub(crate) fn onrecord(&self) -> Command {
        Command::new(&self.binary)
    }

    /// Builds a record over `inputs` and exports its tables; returns the folder of the tables.
    pub(crate) fn tables(&self, name: &str, inputs: &[PathBuf]) -> Result<PathBuf> {
        let record = self.scratch(&format!("{name}.onrecord"))?;
        for extra in ["-wal", "-shm"] {
            self.scratch(&format!("{name}.onrecord{extra}"))?;
        }
        let out = self.scratch(&format!("{name}-tables"))?;
        let (folder, inputs) = self.named_alike(inputs);
        let mut build = self.onrecord();
        project::output(build.current_dir(folder).arg("build").args(inputs).arg("--record").arg(&record))?;
        project::output(
            self.onrecord()
                .arg("export")
                .arg("--record")
                .arg(&record)
                .args(["--format", "jsonl", "--out"])
                .arg(&out),
        )?;
        Ok(out)
    }

    /// A folder to run in and the inputs as seen from there: an article's id holds its path, and figures that hang on
    /// the order of ids must not change with the place of the clone.
    fn named_alike(&self, inputs: &[PathBuf]) -> (PathBuf, Vec<PathBuf>) {
        let root = project::root();
        let is_scratch = inputs.iter().all(|input| input.starts_with(&self.scratch));
        let folder = if is_scratch { self.scratch.clone() } else { root };
        let below = |input: &PathBuf| input.strip_prefix(&folder).unwrap_or(input).to_owned();
        let inputs = inputs.iter().map(below).collect();
        (folder, inputs)
    }

    /// What `onrecord annotate` says of a file of JSON Lines.
    pub(crate) fn annotate(&self, input: &Path) -> Result<Vec<Value>> {
        project::rows(&project::output(self.onrecord().arg("annotate").arg(input).arg("--json"))?)
    }

    /// Runs a script of the sets and returns what it prints.
    pub(crate) fn python(&self, script: &str, arguments: &[&Path]) -> Result<String> {
        project::output(Command::new("python3").arg(self.set(script)).args(arguments))
    }

    /// Runs a scorer and picks figures out of the JSON it prints: `(name, JSON pointer)`.
    pub(crate) fn score(
        &self,
        script: &str,
        arguments: &[&Path],
        flags: &[&str],
        pick: &[(&str, &str)],
    ) -> Result<Vec<Measure>> {
        let mut command = Command::new("python3");
        command.arg(self.set(script)).args(arguments).args(flags).arg("--json");
        let scores: Value = serde_json::from_str(&project::output(&mut command)?)?;
        pick.iter()
            .map(|(name, pointer)| match scores.pointer(pointer).and_then(Value::as_f64) {
                Some(value) => Ok(Measure::new(*name, value)),
                None => bail!("{script} printed nothing at {pointer}"),
            })
            .collect()
    }
}
