//! Saved watches: files that say what somebody wants to be told of.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use onrecord_model::{Entity, Id, Span};
use onrecord_reconcile::holds_words;
use serde::Deserialize;

use super::News;
use onrecord_render::Loaded;

/// What one watch asks for: one of the names in every list that it gives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Watch {
    /// What the user calls it.
    pub(crate) name: String,
    /// Who speaks.
    #[serde(default)]
    speaker: Vec<String>,
    /// Who or what is named in the words, or speaks them.
    #[serde(default)]
    entity: Vec<String>,
    /// Words in a row.
    #[serde(default)]
    phrase: Vec<String>,
    /// What is counted.
    #[serde(default)]
    counted: Vec<String>,
}

/// A file of watches.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WatchFile {
    watch: Vec<Watch>,
}

/// Reads the watches of files, and of every `.toml` file in folders.
pub(crate) fn read_watches(paths: &[PathBuf]) -> Result<Vec<Watch>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let listed = fs::read_dir(path).with_context(|| format!("cannot read `{}`", path.display()))?;
            let mut inside = listed.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
            inside.retain(|file| file.extension().is_some_and(|ext| ext == "toml"));
            inside.sort();
            files.append(&mut inside);
        } else {
            files.push(path.clone());
        }
    }
    let mut watches = Vec::new();
    for file in &files {
        watches
            .append(&mut read(file).with_context(|| format!("`{}` is no file of watches", file.display()))?);
    }
    ensure!(paths.is_empty() || !watches.is_empty(), "no watch was found in what --watch names");
    Ok(watches)
}

fn read(file: &Path) -> Result<Vec<Watch>> {
    let WatchFile { watch: watches } = toml::from_str(&fs::read_to_string(file)?)?;
    for watch in &watches {
        let asked = [&watch.speaker, &watch.entity, &watch.phrase, &watch.counted];
        let says_something =
            asked.iter().flat_map(|list| list.iter()).all(|word| word.contains(char::is_alphanumeric));
        ensure!(
            says_something && asked.iter().any(|list| !list.is_empty()),
            "the watch `{}` asks for nothing (hint: `phrase = [\"words in a row\"]`)",
            watch.name
        );
    }
    Ok(watches)
}

impl Watch {
    /// Whether it wants to be told of this.
    pub(crate) fn asks_for(&self, news: &News, loaded: &Loaded) -> bool {
        let words = |(article, span): &(Id, Span)| loaded.words(*article, *span);
        let is_any =
            |list: &[String], holds: &dyn Fn(&str) -> bool| list.is_empty() || list.iter().any(|w| holds(w));
        let speaks = |name: &str| news.speakers.iter().any(|own| holds_words(own, name));
        let is_said = |phrase: &str| news.evidence.iter().any(|place| holds_words(words(place), phrase));
        is_any(&self.speaker, &speaks)
            && is_any(&self.entity, &|name| speaks(name) || self.is_named(name, news, loaded))
            && is_any(&self.phrase, &is_said)
            && is_any(&self.counted, &|thing| is_counted(thing, news, loaded))
    }

    /// Whether somebody of this name, by whatever name the articles use, is named in the words.
    fn is_named(&self, name: &str, news: &News, loaded: &Loaded) -> bool {
        let bears =
            |e: &&Entity| std::iter::once(&e.name).chain(&e.variants).any(|own| holds_words(own, name));
        let members = |e: &Entity| e.members.clone();
        let members: std::collections::BTreeSet<(Id, u32)> =
            loaded.record.entities.iter().filter(bears).flat_map(members).collect();
        news.evidence.iter().any(|&(article, span)| {
            let mentions =
                loaded.article(article).map(|a| a.annotations.mentions.as_slice()).unwrap_or_default();
            let here = mentions.iter().filter(|m| m.span.overlaps(span)).filter_map(|m| m.entity);
            here.into_iter().any(|entity| members.contains(&(article, entity.0)))
        })
    }
}

/// Whether a figure in the words counts the thing.
fn is_counted(thing: &str, news: &News, loaded: &Loaded) -> bool {
    news.evidence.iter().any(|&(article, span)| {
        let Some(annotated) = loaded.article(article) else { return false };
        let figures = annotated.annotations.figures.iter().filter(|figure| span.overlaps(figure.span));
        let counted = figures.filter_map(|figure| figure.counted);
        counted.into_iter().any(|counted| holds_words(counted.slice(&annotated.article.text), thing))
    })
}
