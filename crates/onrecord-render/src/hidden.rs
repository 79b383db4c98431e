//! Hides persons in everything that is made from a loaded record: their names wherever they are printed.
//!
//! A name is replaced by as many bytes, so that offsets stay what they are. The record file itself is evidence and
//! is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{AnnotatedArticle, Because, Change, Id, Known, LocalEntity, Mention, Span, mask_of};
use onrecord_reconcile::HIDDEN;
use onrecord_store::Store;
use regex::Regex;

use crate::loaded::Loaded;

/// The names of the hidden, as patterns.
#[derive(Debug)]
pub struct Names {
    /// Full names: they tell nobody else.
    full: Option<Regex>,
    /// Single names: looked for where the person is known to be named.
    single: Option<Regex>,
}

impl Names {
    fn of<'a>(locals: impl Iterator<Item = &'a LocalEntity>) -> Self {
        let all: BTreeSet<&str> = locals
            .flat_map(|local| std::iter::once(&local.name).chain(&local.variants))
            .map(|name| name.trim())
            .filter(|name| has_capital(name))
            .collect();
        let (full, single): (Vec<&str>, Vec<&str>) =
            all.into_iter().partition(|name| name.split_whitespace().filter(|w| has_capital(w)).count() > 1);
        Self { full: pattern("(?i)", &full), single: pattern("", &single) }
    }

    /// A text about anybody, with full names hidden.
    pub fn hide(&self, text: &mut String) {
        replace(self.full.as_ref(), text);
    }

    /// A text about the person, with single names hidden too.
    pub fn hide_all(&self, text: &mut String) {
        self.hide(text);
        replace(self.single.as_ref(), text);
    }
}

/// Words of a name may be parted by anything that parts words in texts, addresses and search results.
fn pattern(flags: &str, names: &[&str]) -> Option<Regex> {
    let one = |name: &&str| {
        let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
        words.join(r"(?:[\s\u2068\u2069\-_.+]|%20)+")
    };
    let mut longest_first = names.to_vec();
    longest_first.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    let names: Vec<String> = longest_first.iter().map(one).collect();
    let whole = format!(r"{flags}\b(?:{})\b", names.join("|"));
    (!names.is_empty()).then(|| Regex::new(&whole).ok()).flatten()
}

fn replace(pattern: Option<&Regex>, text: &mut String) {
    let Some(pattern) = pattern.filter(|pattern| pattern.is_match(text)) else { return };
    let masked = pattern.replace_all(text, |found: &regex::Captures| mask(&found[0])).into_owned();
    *text = masked;
}

fn mask(words: &str) -> String {
    words.chars().map(|c| if c.is_alphanumeric() { mask_of(c) } else { c }).collect()
}

/// The words of a text that have more than a letter, in small letters.
fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.map(str::to_lowercase)
}

fn has_capital(name: &str) -> bool {
    name.chars().any(char::is_uppercase)
}

/// Who is shown nowhere in a record.
#[derive(Debug)]
pub struct Hidden {
    entities: BTreeSet<Id>,
    /// By article, what they are among its entities.
    members: BTreeMap<Id, BTreeSet<u32>>,
    /// Words of their names, in small letters.
    words: BTreeSet<String>,
    names: Names,
}

impl Hidden {
    /// Whoever the corrections of a record hide; reads all of it.
    pub fn of_record(store: &Store) -> anyhow::Result<Self> {
        let loaded = Loaded::unhidden(store)?;
        let found = loaded.hidden_entities();
        Ok(Self::find(&loaded, found))
    }

    /// These entities of a record.
    pub(crate) fn find(loaded: &Loaded, hidden: BTreeSet<Id>) -> Self {
        let entities = loaded.record.entities.iter().filter(|e| hidden.contains(&e.id));
        let places: BTreeSet<(Id, u32)> = entities.flat_map(|e| e.members.iter().copied()).collect();
        let mut members: BTreeMap<Id, BTreeSet<u32>> = BTreeMap::new();
        places.iter().for_each(|&(article, n)| _ = members.entry(article).or_default().insert(n));
        let local = |&(article, n): &(Id, u32)| {
            loaded.articles.get(&article).and_then(|a| a.annotations.entities.get(n as usize))
        };
        let names = Names::of(places.iter().filter_map(local));
        let called = places.iter().filter_map(local).filter(|local| has_capital(&local.name));
        let words = called.flat_map(|local| words_of(&local.name)).collect();
        Self { entities: hidden, members, words, names }
    }

    /// Whether this entity is.
    pub fn hides(&self, entity: Id) -> bool {
        self.entities.contains(&entity)
    }

    /// Whether a text holds one of their names, or a word of one, whatever its capitals.
    pub fn is_named_in(&self, text: &str) -> bool {
        let asked: BTreeSet<String> = words_of(text).collect();
        !asked.is_disjoint(&self.words)
    }

    /// Hides them in what is known to be about them, or may be.
    pub fn hide(&self, text: &mut String) {
        self.names.hide_all(text);
    }

    /// Hides them in all or part of the record, with their marks.
    pub fn hide_in(&self, loaded: &mut Loaded) {
        let spots = spots(loaded);
        for (id, annotated) in &mut loaded.articles {
            article(annotated, &self.names, self.members.get(id));
        }
        record(loaded, &self.names, &self.entities);
        corrections(loaded, &self.names, &spots);
    }

    /// Their names.
    pub(crate) fn into_names(self) -> Names {
        self.names
    }
}

/// Where the words of each place of each correction stand.
fn spots(loaded: &Loaded) -> BTreeMap<(usize, usize, bool), (Id, Span)> {
    let mut spots = BTreeMap::new();
    for (c, correction) in loaded.corrections.iter().enumerate() {
        let about = correction.change.places().into_iter().enumerate().map(|(n, place)| ((n, false), place));
        let content = correction.change.content().iter().enumerate().map(|(n, place)| ((n, true), place));
        for ((n, is_content), place) in about.chain(content) {
            let mut found =
                loaded.articles.values().filter_map(|a| Some((a.article.id, place.find_in(&a.article)?)));
            spots.extend(found.next().map(|spot| ((c, n, is_content), spot)));
        }
    }
    spots
}

fn article(annotated: &mut AnnotatedArticle, names: &Names, locals: Option<&BTreeSet<u32>>) {
    let AnnotatedArticle { article, annotations } = annotated;
    let is_theirs = |m: &&Mention| m.entity.is_some_and(|e| locals.is_some_and(|own| own.contains(&e.0)));
    let hide = |text: &mut String| match locals {
        Some(_) => names.hide_all(text),
        None => names.hide(text),
    };
    for span in annotations.mentions.iter().filter(is_theirs).map(|m| m.span) {
        let words = span.slice(&article.text);
        if has_capital(words) {
            let masked = mask(words);
            article.text.replace_range(span.start()..span.end(), &masked);
        }
    }
    hide(&mut article.text);
    let facts = [&mut article.headline, &mut article.byline, &mut article.url, &mut article.outlet];
    facts.into_iter().flatten().for_each(|Known { value, because }| {
        hide(value);
        hide(&mut because.note);
    });
    hide(&mut article.origin.path);
    article.origin.given_id.iter_mut().for_each(hide);
    for &n in locals.into_iter().flatten() {
        if let Some(local) = annotations.entities.get_mut(n as usize) {
            *local =
                LocalEntity { name: HIDDEN.to_owned(), role: None, variants: Vec::new(), ..local.clone() };
        }
    }
    for quotation in &mut annotations.quotations {
        let speaker = &mut quotation.speaker;
        if speaker.entity.is_some_and(|e| locals.is_some_and(|own| own.contains(&e.0))) {
            (speaker.name, speaker.role) = (Some(HIDDEN.to_owned()), None);
        }
        speaker.name.iter_mut().chain(&mut speaker.role).for_each(hide);
        [&mut speaker.because, &mut quotation.because]
            .into_iter()
            .for_each(|because| hide(&mut because.note));
    }
    annotations.dates.iter_mut().for_each(|date| hide(&mut date.because.note));
}

fn record(loaded: &mut Loaded, names: &Names, hidden: &BTreeSet<Id>) {
    let record = &mut loaded.record;
    record.entities.retain(|entity| !hidden.contains(&entity.id));
    for entity in &mut record.entities {
        let texts = std::iter::once(&mut entity.name).chain(&mut entity.variants).chain(&mut entity.roles);
        texts.for_each(|text| names.hide(text));
    }
    for statement in &mut record.statements {
        let texts = statement.speaker_name.iter_mut().chain(&mut statement.role);
        texts.chain(statement.place.as_mut().map(|(place, _)| place)).for_each(|text| names.hide(text));
    }
    record.stories.iter_mut().for_each(|story| names.hide_all(&mut story.title));
    record.figures.iter_mut().for_each(|series| names.hide_all(&mut series.counted));
    record.themes.iter_mut().for_each(|theme| names.hide_all(&mut theme.label));
    let note = |because: &mut Because| names.hide_all(&mut because.note);
    record.copies.iter_mut().for_each(|copies| note(&mut copies.because));
    record.stories.iter_mut().for_each(|story| note(&mut story.because));
    record.statements.iter_mut().for_each(|statement| note(&mut statement.because));
    record.differences.iter_mut().for_each(|difference| note(&mut difference.because));
    record.replies.iter_mut().for_each(|reply| note(&mut reply.because));
    record.figures.iter_mut().for_each(|series| note(&mut series.because));
    record.themes.iter_mut().for_each(|theme| note(&mut theme.because));
    for problem in &mut loaded.problems {
        names.hide(&mut problem.origin);
        names.hide(&mut problem.message);
    }
}

/// Places show the words as the article now shows them; they are found by them all the same.
fn corrections(loaded: &mut Loaded, names: &Names, spots: &BTreeMap<(usize, usize, bool), (Id, Span)>) {
    let articles = &loaded.articles;
    let shown = |key: (usize, usize, bool)| {
        let (article, span) = spots.get(&key)?;
        articles.get(article).map(|a| span.slice(&a.article.text).to_owned())
    };
    for (c, correction) in loaded.corrections.iter_mut().enumerate() {
        let signed = std::iter::once(&mut correction.signed).chain(&mut correction.undone);
        signed.for_each(|signed| names.hide_all(&mut signed.why));
        if let Change::Speaker { name: Some(name), .. } = &mut correction.change {
            names.hide(name);
        }
        let is_hiding = matches!(correction.change, Change::Hide { .. });
        for (n, place) in correction.change.places_mut().into_iter().enumerate() {
            match shown((c, n, false)) {
                Some(words) => place.words = words,
                None if is_hiding => place.words = mask(&place.words),
                None => names.hide_all(&mut place.words),
            }
        }
        for (n, place) in correction.change.content_mut().iter_mut().enumerate() {
            match shown((c, n, true)) {
                Some(words) => place.words = words,
                None => names.hide_all(&mut place.words),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use onrecord_model::EntityKind;

    use super::*;

    #[test]
    fn names_are_hidden_letter_for_letter() {
        let local = LocalEntity {
            kind: EntityKind::Person,
            name: "Zoë Hárd".to_owned(),
            role: None,
            variants: vec!["Hárd".to_owned(), "the mayor".to_owned()],
        };
        let names = Names::of(std::iter::once(&local));
        let check = |text: &str, about_anybody: &str, about_her: &str| {
            let (mut anybody, mut her) = (text.to_owned(), text.to_owned());
            names.hide(&mut anybody);
            names.hide_all(&mut her);
            assert_eq!((anybody.as_str(), her.as_str()), (about_anybody, about_her));
            assert_eq!((anybody.len(), her.len()), (text.len(), text.len()));
        };
        check(
            "Zoë Hárd, the mayor; Hárd left",
            "**× *×**, the mayor; Hárd left",
            "**× *×**, the mayor; *×** left",
        );
        check(
            "https://paper.example/zoë-hárd-left",
            "https://paper.example/**×-*×**-left",
            "https://paper.example/**×-*×**-left",
        );
        check("Hárdy and Zoë", "Hárdy and Zoë", "Hárdy and Zoë");
    }
}
