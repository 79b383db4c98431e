//! Who an article says is speaking, in terms of the whole record, and on which day.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{AnnotatedArticle, DateValue, Entity, EntityKind, Id, Quotation, Story};

use crate::{
    background,
    corpus::Corpus,
    tellings::Lexicon,
    words::{Look, Word, fold, hash, words},
};

/// The speaker and the occasion that one quotation gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Told {
    /// The record's entity.
    pub(crate) speaker: Option<Id>,
    /// Whether it is a body, not a person.
    pub(crate) is_body: bool,
    /// The name or description, where there is no entity.
    pub(crate) name: Option<String>,
    /// Whether only a description is told: "the minister".
    pub(crate) is_described: bool,
    /// The role as printed.
    pub(crate) role: Option<String>,
    /// The day, where the article tells it.
    pub(crate) said_on: Option<DateValue>,
}

/// How two speakers stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speakers {
    Same,
    /// Not told by one of them, or a person and a body that may speak for each other.
    Unclear,
    Other,
}

impl Told {
    /// How the two speakers stand to each other.
    pub(crate) fn compare(&self, other: &Told) -> Speakers {
        let known = |told: &Told| told.speaker.is_some() || (told.name.is_some() && !told.is_described);
        if self.name.is_some() && self.name == other.name {
            return Speakers::Same;
        }
        if !known(self) || !known(other) || self.is_body != other.is_body {
            return Speakers::Unclear;
        }
        if (self.speaker, &self.name) == (other.speaker, &other.name) {
            Speakers::Same
        } else {
            Speakers::Other
        }
    }

    /// What two who are the same share: the entity, or else the name.
    pub(crate) fn key(&self) -> Option<u64> {
        let entity = self.speaker.map(|id| hash(id.to_string().as_bytes()));
        entity.or_else(|| self.name.as_ref().map(|name| hash(name.as_bytes())))
    }

    /// Whether both tell a day and no day fits both.
    pub(crate) fn excludes_day_of(&self, other: &Told) -> bool {
        matches!((&self.said_on, &other.said_on), (Some(a), Some(b)) if !a.is_compatible_with(b))
    }
}

/// Least share of a role's telling words that must fit the one person it is then taken for.
const ROLE_FITS: f32 = 0.6;

/// Looks speakers up.
pub(crate) struct Directory<'a> {
    entities: &'a [Entity],
    of_local: BTreeMap<(Id, u32), usize>,
}

impl<'a> Directory<'a> {
    /// A directory over the record's entities.
    pub(crate) fn new(entities: &'a [Entity]) -> Self {
        let of = |(i, entity): (usize, &'a Entity)| entity.members.iter().map(move |&member| (member, i));
        Self { entities, of_local: entities.iter().enumerate().flat_map(of).collect() }
    }

    /// The entity with this id.
    pub(crate) fn get(&self, id: Id) -> Option<&'a Entity> {
        self.entities.binary_search_by_key(&id, |e| e.id).ok().map(|i| &self.entities[i])
    }

    /// Those whom the story's articles name.
    pub(crate) fn cast(&self, corpus: &Corpus, story: &Story) -> Cast {
        let mut cast: BTreeMap<usize, Described> = BTreeMap::new();
        for annotated in story.articles.iter().filter_map(|&id| corpus.get(id)) {
            for (i, local) in annotated.annotations.entities.iter().enumerate() {
                let Some(&entity) = self.of_local.get(&(annotated.article.id, i as u32)) else { continue };
                if matches!(local.kind, EntityKind::Person | EntityKind::Organisation) {
                    let described = cast.entry(entity).or_default();
                    let name = (local.kind == EntityKind::Organisation).then_some(&local.name);
                    let lexicon = Lexicon::of(&annotated.article);
                    let texts = local.role.iter().chain(&local.variants).chain(name);
                    texts.for_each(|text| described.add(text, lexicon));
                }
            }
        }
        Cast(cast)
    }

    /// What one quotation tells.
    pub(crate) fn told(&self, annotated: &AnnotatedArticle, quotation: &Quotation, cast: &Cast) -> Told {
        let speaker = &quotation.speaker;
        let local = speaker.entity.and_then(|local| self.of_local.get(&(annotated.article.id, local.0)));
        let source = quotation.source.map(|span| span.slice(&annotated.article.text));
        let described = speaker.role.as_deref().or(speaker.name.as_deref()).or(source);
        let is_described = local.is_none() && (speaker.role.is_some() || speaker.name.is_none());
        let lexicon = Lexicon::of(&annotated.article);
        let bearer = || {
            let named = described.filter(|_| !source.is_some_and(|s| is_one_of_many(s, lexicon)));
            named.and_then(|d| cast.bearer(d, lexicon))
        };
        let entity = local.copied().or_else(bearer);
        let role =
            speaker.role.clone().or_else(|| source.filter(|_| speaker.name.is_none()).map(str::to_owned));
        let entity = entity.map(|i| &self.entities[i]);
        Told {
            speaker: entity.map(|e| e.id),
            is_body: entity.is_some_and(|e| e.kind != EntityKind::Person),
            name: speaker.name.clone().filter(|_| entity.is_none()),
            is_described,
            role,
            said_on: quotation.said_on.clone(),
        }
    }
}

/// Whether a description is of one among many: "a minister" is none whom the article has named.
fn is_one_of_many(source: &str, lexicon: Option<&Lexicon>) -> bool {
    let first = fold(source.split_whitespace().next().unwrap_or_default());
    lexicon.is_some_and(|l| l.unnamed.contains(&first))
}

/// How a story's articles describe one person or body.
#[derive(Default)]
struct Described {
    /// Every telling word of the descriptions.
    terms: BTreeSet<u64>,
    /// The words that say what it is: "minister" in "the Minister of Energy".
    heads: BTreeSet<u64>,
}

impl Described {
    fn add(&mut self, text: &str, lexicon: Option<&Lexicon>) {
        self.terms.extend(telling_words(text).into_iter().map(|(term, _)| term));
        self.heads.extend(head(text, lexicon));
    }
}

/// Those whom one story names, by the words that describe them.
pub(crate) struct Cast(BTreeMap<usize, Described>);

impl Cast {
    /// The one whom a role fits, if it is only one.
    fn bearer(&self, role: &str, lexicon: Option<&Lexicon>) -> Option<usize> {
        let head = head(role, lexicon)?;
        let wanted = telling_words(role);
        let all: f32 = wanted.iter().map(|(_, weight)| weight).sum();
        let fit = |described: &Described| {
            let shared = wanted.iter().filter(|(term, _)| described.terms.contains(term));
            shared.map(|(_, weight)| weight).sum::<f32>() / all.max(0.1)
        };
        let candidates = self.0.iter().filter(|(_, described)| described.heads.contains(&head));
        let mut best: Vec<(f32, usize)> = candidates.map(|(&entity, d)| (fit(d), entity)).collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        match best.as_slice() {
            [(first, entity)] if *first >= ROLE_FITS => Some(*entity),
            [(first, entity), (second, _), ..] if *first >= ROLE_FITS && first > second => Some(*entity),
            _ => None,
        }
    }
}

/// The word that says what a description describes: the last one before what ends it.
fn head(description: &str, lexicon: Option<&Lexicon>) -> Option<u64> {
    let ends = lexicon.map_or(&[][..], |l| &l.description_ends);
    let end = ends.iter().filter_map(|end| description.find(end)).min().unwrap_or(description.len());
    words(&description[..end]).last().map(|word| word.term)
}

/// Letters by which the words of descriptions are compared: a country and its people, an office and its
/// holder, two spellings of one word mostly begin alike.
const LETTERS: usize = 5;

/// The words of a description that are not in every text, by their first letters, with their weights, each once.
fn telling_words(text: &str) -> Vec<(u64, f32)> {
    let first_letters = |word: &Word| {
        let folded = fold(word.span.slice(text));
        hash(folded.chars().take(LETTERS).collect::<String>().as_bytes())
    };
    let mut terms: Vec<(u64, f32)> = words(text)
        .iter()
        .filter(|word| word.look != Look::Number)
        .map(|word| (first_letters(word), background::weight(word.term)))
        .filter(|&(_, weight)| weight > 0.15)
        .collect();
    terms.sort_by_key(|&(term, _)| term);
    terms.dedup_by_key(|&mut (term, _)| term);
    terms
}
