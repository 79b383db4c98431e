//! The rules of the house that no compiler checks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use toml::Table;

use crate::project;

/// Which of our crates each of our crates may use; see ARCHITECTURE.md.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("onrecord-model", &[]),
    ("onrecord-ingest", &["onrecord-model"]),
    ("onrecord-reader", &["onrecord-model"]),
    ("onrecord-annotate", &["onrecord-model", "onrecord-reader"]),
    ("onrecord-reconcile", &["onrecord-model"]),
    ("onrecord-store", &["onrecord-model"]),
    ("onrecord-render", &["onrecord-model", "onrecord-annotate", "onrecord-reconcile", "onrecord-store"]),
    ("onrecord-serve", &["onrecord-model", "onrecord-reconcile", "onrecord-render", "onrecord-store"]),
    (
        "onrecord",
        &[
            "onrecord-model",
            "onrecord-ingest",
            "onrecord-annotate",
            "onrecord-reconcile",
            "onrecord-store",
            "onrecord-render",
            "onrecord-serve",
        ],
    ),
    ("xtask", &[]),
];

/// Crates that touch no file, clock, network, environment or randomness.
const PURE: &[&str] = &["onrecord-model", "onrecord-reader", "onrecord-annotate", "onrecord-reconcile"];
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::time",
    "std::process",
    "SystemTime",
    "Instant::now",
    "thread_rng",
];

/// Words that a finished tree does not hold, and why.
const LEFTOVERS: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "finish it or file an issue"),
    (concat!("FIX", "ME"), "finish it or file an issue"),
    (concat!("to", "do!("), "finish it"),
    (concat!("unimple", "mented!("), "finish it"),
    (concat!("/wo", "rk/"), "a path of somebody's machine"),
    (concat!("/ro", "ot/"), "a path of somebody's machine"),
];

/// Files with more lines of code than this hold more than one thing.
const LONGEST_FILE: usize = 600;

/// Runs every check and lists all that fails.
pub(crate) fn run() -> Result<()> {
    let root = project::root();
    let sources = files(&root, &["rs"])?;
    let mut found = Vec::new();
    for (name, check) in CHECKS {
        for finding in check(&root, &sources)? {
            found.push(format!("{name}: {finding}"));
        }
    }
    if !found.is_empty() {
        bail!("{} rule(s) of the house broken:\n{}", found.len(), found.join("\n"));
    }
    eprintln!("tidy: {} checks over {} source files, all hold", CHECKS.len(), sources.len());
    Ok(())
}

type Sources = BTreeMap<PathBuf, String>;
type Check = fn(&Path, &Sources) -> Result<Vec<String>>;

const CHECKS: &[(&str, Check)] = &[
    ("direction", directions),
    ("purity", purity),
    ("module docs", module_docs),
    ("leftovers", leftovers),
    ("file length", file_length),
    ("lints", lints),
    ("language in code", language_in_code),
    ("migrations", migrations),
    ("papers", papers),
];

/// Every tracked-looking file with one of these extensions, by path from the root.
fn files(root: &Path, extensions: &[&str]) -> Result<Sources> {
    let mut out = Sources::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !name.starts_with('.') && name != "target" {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| extensions.iter().any(|x| e == *x)) {
                let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                out.insert(path.strip_prefix(root)?.to_owned(), text);
            }
        }
    }
    Ok(out)
}

fn manifest(root: &Path, krate: &str) -> Result<Table> {
    let folder = if krate == "xtask" { root.join(krate) } else { root.join("crates").join(krate) };
    Ok(fs::read_to_string(folder.join("Cargo.toml"))?.parse()?)
}

fn directions(root: &Path, _: &Sources) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (krate, allowed) in DIRECTIONS {
        let manifest = manifest(root, krate)?;
        let used = manifest.get("dependencies").and_then(|d| d.as_table()).into_iter().flat_map(Table::keys);
        for other in used.filter(|name| name.starts_with("onrecord")) {
            if !allowed.contains(&other.as_str()) {
                found.push(format!("{krate} must not know {other}"));
            }
        }
    }
    let known: Vec<&str> = DIRECTIONS.iter().map(|(name, _)| *name).collect();
    for entry in fs::read_dir(root.join("crates"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !known.contains(&name.as_str()) {
            found.push(format!("{name} is not in the table of directions"));
        }
    }
    Ok(found)
}

fn purity(_: &Path, sources: &Sources) -> Result<Vec<String>> {
    let is_pure =
        |path: &Path| PURE.iter().any(|krate| path.starts_with(Path::new("crates").join(krate).join("src")));
    let pure = sources.iter().filter(|(path, _)| is_pure(path));
    let mut found = Vec::new();
    for (path, text) in pure {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in IMPURE.iter().filter(|word| code.contains(**word)) {
            found.push(format!("{} uses {word}", path.display()));
        }
    }
    Ok(found)
}

fn module_docs(_: &Path, sources: &Sources) -> Result<Vec<String>> {
    let bare = sources.iter().filter(|(_, text)| !text.starts_with("//! "));
    Ok(bare.map(|(path, _)| format!("{} does not open with what it is for", path.display())).collect())
}

fn leftovers(root: &Path, sources: &Sources) -> Result<Vec<String>> {
    let others = files(root, &["md", "toml", "sql", "py", "sh"])?;
    let mut found = Vec::new();
    for (path, text) in sources.iter().chain(&others) {
        for (word, why) in LEFTOVERS {
            if let Some(line) = text.lines().position(|line| line.contains(word)) {
                found.push(format!("{}:{} holds `{word}`: {why}", path.display(), line + 1));
            }
        }
    }
    Ok(found)
}

fn file_length(_: &Path, sources: &Sources) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (path, text) in sources {
        let code =
            text.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with("//")).count();
        if code > LONGEST_FILE {
            found.push(format!("{} has {code} lines of code (at most {LONGEST_FILE})", path.display()));
        }
    }
    Ok(found)
}

fn lints(root: &Path, _: &Sources) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (krate, _) in DIRECTIONS {
        let inherits = manifest(root, krate)?
            .get("lints")
            .and_then(|l| l.get("workspace"))
            .and_then(toml::Value::as_bool);
        if inherits != Some(true) {
            found.push(format!("{krate} does not inherit the workspace's lints"));
        }
    }
    Ok(found)
}

/// Languages are data: no code asks which language it is in.
fn language_in_code(_: &Path, sources: &Sources) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (path, text) in sources.iter().filter(|(path, _)| path.starts_with("crates")) {
        let asks =
            text.lines().position(|line| line.contains("language == \"") || line.contains("lang == \""));
        if let Some(line) = asks {
            found.push(format!("{}:{} asks for a language by name", path.display(), line + 1));
        }
    }
    Ok(found)
}

/// Every migration file is in the list, in order.
fn migrations(root: &Path, sources: &Sources) -> Result<Vec<String>> {
    let list = &sources[Path::new("crates/onrecord-store/src/migrate.rs")];
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join("crates/onrecord-store/migrations"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !list.contains(&name) {
            found.push(format!("{name} is not in the list of migrations"));
        }
    }
    Ok(found)
}

fn papers(root: &Path, _: &Sources) -> Result<Vec<String>> {
    const PAPERS: &[&str] = &[
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "eval/floors.toml",
        "docs/reference/exit-codes.md",
        "docs/reference/quality.md",
        ".ci/run",
    ];
    let missing = PAPERS.iter().filter(|name| !root.join(name).is_file());
    Ok(missing.map(|name| format!("{name} is missing")).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        super::run().unwrap();
    }
}
