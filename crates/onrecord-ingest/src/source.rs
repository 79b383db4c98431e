//! Finds the files that the user means, and opens them.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use onrecord_model::{Problem, ProblemKind};
use walkdir::{DirEntry, WalkDir};

use crate::formats::{self, Input};
use crate::page::Page;

/// The pages of one source, read as they are asked for. A problem stands where a page could not be made.
pub type Pages = Box<dyn Iterator<Item = Result<Page, Problem>> + Send>;

/// Which files of a folder are read. Patterns are matched against the path below the folder that the
/// user named, and against the file's name alone.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

impl Selection {
    /// Only files that match one of `include` (all, if it is empty) and none of `exclude`.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, globset::Error> {
        Ok(Self { include: glob_set(include)?, exclude: glob_set(exclude)? })
    }

    fn takes(&self, below: &Path) -> bool {
        let matches =
            |set: &GlobSet| set.is_match(below) || below.file_name().is_some_and(|n| set.is_match(n));
        self.include.as_ref().is_none_or(matches) && !self.exclude.as_ref().is_some_and(matches)
    }
}

fn glob_set(patterns: &[String]) -> Result<Option<GlobSet>, globset::Error> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern)?);
    }
    set.build().map(Some)
}

/// One input: a file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    name: String,
    file: Option<PathBuf>,
}

impl Source {
    /// Standard input, printed as `-`.
    pub fn stdin() -> Self {
        Self { name: "-".to_owned(), file: None }
    }

    /// One file, whatever its name.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { name: printed(&path), file: Some(path) }
    }

    /// The path as the user named it, with `/` between parts; `-` for standard input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file on disk; `None` for standard input.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Opens the source. A file that cannot be opened gives one problem and no page.
    pub fn pages(&self) -> Pages {
        match self.open() {
            Ok(reader) => formats::read(Input { name: self.name.clone(), reader }),
            Err(err) => Box::new(std::iter::once(Err(unreadable(&self.name, &err)))),
        }
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match &self.file {
            Some(path) => Box::new(File::open(path)?),
            None => Box::new(io::stdin()),
        })
    }
}

/// The files that `inputs` mean: a file is itself, `-` is standard input, a folder is every file below
/// it in the order of its path. Hidden files, what a saved page keeps in its `_files` folder, and
/// folders that link back to themselves are left out.
pub fn sources(
    inputs: &[PathBuf],
    selection: &Selection,
) -> impl Iterator<Item = Result<Source, Problem>> + use<> {
    let inputs = inputs.to_vec();
    let selection = selection.clone();
    inputs.into_iter().flat_map(move |input| files_of(&input, &selection))
}

type Found = Box<dyn Iterator<Item = Result<Source, Problem>>>;

fn files_of(input: &Path, selection: &Selection) -> Found {
    if input == Path::new("-") {
        return Box::new(std::iter::once(Ok(Source::stdin())));
    }
    if !input.is_dir() {
        let found =
            input.metadata().map(|_| Source::file(input)).map_err(|e| unreadable(&printed(input), &e));
        return Box::new(std::iter::once(found));
    }
    let (root, selection) = (input.to_owned(), selection.clone());
    let walk = WalkDir::new(input).follow_links(true).sort_by_file_name().into_iter();
    Box::new(walk.filter_entry(is_wanted).filter_map(move |entry| found(entry, &root, &selection)))
}

/// Whether the walk goes into or takes `entry`; what the user named is always wanted.
fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0
        || !(name.starts_with('.') || entry.file_type().is_dir() && is_saved_parts(entry, &name))
}

/// Browsers save `page.html` and keep its pictures and scripts in `page_files/` beside it.
fn is_saved_parts(entry: &DirEntry, name: &str) -> bool {
    let Some(page) = name.strip_suffix("_files") else { return false };
    ["html", "htm", "xhtml"].iter().any(|ext| entry.path().with_file_name(format!("{page}.{ext}")).is_file())
}

fn found(
    entry: Result<DirEntry, walkdir::Error>,
    root: &Path,
    selection: &Selection,
) -> Option<Result<Source, Problem>> {
    match entry {
        Ok(entry) => {
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let wanted = entry.file_type().is_file() && selection.takes(below);
            wanted.then(|| Ok(Source::file(entry.path())))
        }
        // A link to a folder above is seen where it is met first; following it again would find nothing new.
        Err(err) if err.loop_ancestor().is_some() => None,
        Err(err) => {
            let name = err.path().map_or_else(String::new, printed);
            let cause = err.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
            Some(Err(unreadable(&name, &cause)))
        }
    }
}

fn printed(path: &Path) -> String {
    let name = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace('\\', "/") }
}

fn unreadable(name: &str, cause: &io::Error) -> Problem {
    let (what, hint) = match cause.kind() {
        io::ErrorKind::NotFound => ("no such file or folder".to_owned(), "check the path"),
        io::ErrorKind::PermissionDenied => ("permission denied".to_owned(), "make the file readable"),
        _ => (cause.to_string(), "try to open the file with another program"),
    };
    Problem {
        kind: ProblemKind::Unread,
        origin: name.to_owned(),
        message: format!("cannot read `{name}`: {what} (hint: {hint})"),
        span: None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Lists what is found in a folder with `files`, below the folder.
    #[track_caller]
    fn check(files: &[&str], include: &[&str], exclude: &[&str], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "words").unwrap();
        }
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let selection = Selection::new(&owned(include), &owned(exclude)).unwrap();
        let found: Vec<String> = sources(&[folder.path().to_owned()], &selection)
            .map(|source| printed(source.unwrap().path().unwrap().strip_prefix(folder.path()).unwrap()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn folders_are_walked_in_the_order_of_their_paths() {
        let files = &["b.txt", "a/z.html", "a/b/c.txt", ".hidden.txt", ".git/x.txt", "ü b.txt"];
        check(files, &[], &[], &["a/b/c.txt", "a/z.html", "b.txt", "ü b.txt"]);
        check(files, &["*.html"], &[], &["a/z.html"]);
        check(files, &["a/**"], &["*.html"], &["a/b/c.txt"]);
        check(&["p.html", "p_files/x.txt", "q_files/y.txt"], &[], &[], &["p.html", "q_files/y.txt"]);
        check(&[], &[], &[], &[]);
    }

    #[test]
    fn a_missing_input_is_a_problem_with_a_next_step() {
        let found: Vec<_> = sources(&["no/such".into(), "-".into()], &Selection::default()).collect();
        let problem = found[0].clone().unwrap_err();
        insta::assert_snapshot!(problem.message, @"cannot read `no/such`: no such file or folder (hint: check the path)");
        assert_eq!(found[1], Ok(Source::stdin()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_goes_round_is_walked_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "words").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        let found: Vec<_> = sources(&[folder.path().to_owned()], &Selection::default()).collect();
        assert_eq!(found.len(), 1);
    }
}
