//! Acts of saying, and every outlet's account of each.
//!
//! The quotations of one story are cut into units (sentences and clauses); units that tell one
//! proposition are clustered; propositions that outlets report in one breath are one statement.

mod accounts;
mod cast;
mod gather;
mod joint;
mod likeness;
mod occasion;
mod retold;
mod runs;
mod short;
mod told;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{CopyGroup, Entity, Id, Statement, Story};
use rayon::prelude::*;

use crate::{cluster::Grouping, corpus::Corpus, keys::Blocks, words::combine};
use accounts::Maker;
use likeness::Features;
use told::{Directory, Told};
use units::{Spoken, Unit, own_words, units};

/// One shared telling word makes two units candidates.
const BLOCKS: Blocks = Blocks { least_shared: 1, most_candidates: 64 };

const GROUPING: Grouping = Grouping { linked: 0.2, least: 0.3, most_together: 250 };

/// Aligns the quotations of each story into statements.
pub(crate) fn align(
    corpus: &Corpus,
    entities: &[Entity],
    (copies, stories): (&[CopyGroup], &[Story]),
) -> Vec<Statement> {
    let directory = Directory::new(entities);
    let texts = texts(corpus, copies);
    let of_story = |story: &Story| in_story(corpus, &directory, (story, &texts));
    let mut statements: Vec<Statement> = stories.par_iter().flat_map_iter(of_story).collect();
    statements.sort_by_key(|statement| statement.id);
    statements
}

/// The statements of one story.
fn in_story(corpus: &Corpus, directory: &Directory, (story, texts): (&Story, &[usize])) -> Vec<Statement> {
    let mut units = spoken(corpus, directory, story);
    let quoted = units.len();
    let counts = quotation_counts(&units);
    units.extend(in_own_words(corpus, story));
    let features: Vec<Features> =
        units.iter().map(|s| Features::of(s, corpus.articles()[s.unit.article])).collect();
    let (said, features_said) = (&units[..quoted], &features[..quoted]);
    let groups = runs::join(said, propositions(said, features_said, &counts), texts);
    let told = gather::Told { units: said, features: features_said, texts, counts: &counts };
    let mut groups = gather::gather(&told, groups);
    retold::add(&units, &features, quoted, &mut groups);
    let maker = Maker { corpus, directory, story: story.id, texts, units: &units };
    groups.iter().filter_map(|group| maker.statement(group)).collect()
}

/// What the articles of a story tell outside quotations; nobody is told to have said it.
fn in_own_words(corpus: &Corpus, story: &Story) -> Vec<Spoken> {
    let indices = story.articles.iter().filter_map(|id| corpus.index(*id));
    let told = indices.flat_map(|index| own_words(index, corpus.articles()[index]));
    told.map(|unit| Spoken { unit, told: Told::default() }).collect()
}

/// The text that each article is: the first of its copy group.
fn texts(corpus: &Corpus, copies: &[CopyGroup]) -> Vec<usize> {
    let mut texts: Vec<usize> = (0..corpus.articles().len()).collect();
    for group in copies {
        let members: Vec<usize> = group.members.iter().filter_map(|&m: &Id| corpus.index(m)).collect();
        members.iter().for_each(|&i| texts[i] = members[0]);
    }
    texts
}

/// The units of a story in order of article and place.
fn spoken(corpus: &Corpus, directory: &Directory, story: &Story) -> Vec<Spoken> {
    let cast = directory.cast(corpus, story);
    let articles: Vec<usize> = story.articles.iter().filter_map(|id| corpus.index(*id)).collect();
    let quotations = articles.iter().flat_map(|&index| {
        let annotated = corpus.articles()[index];
        annotated.annotations.quotations.iter().map(move |quotation| (annotated, quotation))
    });
    let mut told: Vec<(Told, bool)> = quotations
        .map(|(annotated, q)| (directory.told(annotated, q, &cast), joint::is_source(annotated, q)))
        .collect();
    joint::share(&mut told);
    let mut told = told.into_iter().map(|(told, _)| told);
    let of_article = |index: usize| {
        let annotated = corpus.articles()[index];
        let told: Vec<Told> = told.by_ref().take(annotated.annotations.quotations.len()).collect();
        let speak = move |unit: Unit| {
            let told = unit.quotation.and_then(|q| told.get(q as usize).cloned()).unwrap_or_default();
            Spoken { told, unit }
        };
        units(index, annotated).into_iter().map(speak).collect::<Vec<_>>()
    };
    articles.iter().copied().flat_map(of_article).collect()
}

/// Clusters of units that tell one proposition. Units with the very same words are one to begin with.
fn propositions(units: &[Spoken], features: &[Features], counts: &[usize]) -> Vec<Vec<usize>> {
    let mut same: BTreeMap<(u64, Option<Id>), Vec<usize>> = BTreeMap::new();
    for (i, (spoken, features)) in units.iter().zip(features).enumerate() {
        let words = combine(features.forms.iter().copied());
        same.entry((words, spoken.told.speaker)).or_default().push(i);
    }
    let nodes: Vec<Vec<usize>> = same.into_values().collect();
    let heads: Vec<usize> = nodes.iter().map(|node| node[0]).collect();
    let alike = |a: usize, b: usize| {
        let (a, b) = (heads[a], heads[b]);
        let alone = 1.0 / counts[a].max(counts[b]) as f32;
        likeness::likeness((&units[a], &features[a]), (&units[b], &features[b]), alone)
    };
    let keys: Vec<Vec<u64>> = heads.iter().map(|&head| features[head].keys()).collect();
    let links: Vec<_> = BLOCKS.candidates(&keys).into_iter().map(|(a, b)| (a, b, alike(a, b))).collect();
    let clusters = GROUPING.groups(nodes.len(), &links, alike);
    let in_order = |cluster: Vec<usize>| {
        let mut members: Vec<usize> = cluster.into_iter().flat_map(|node| nodes[node].clone()).collect();
        members.sort_unstable();
        members
    };
    let mut propositions: Vec<Vec<usize>> = clusters.into_iter().map(in_order).collect();
    propositions.sort_unstable();
    propositions
}

/// For every unit, how many quotations its article credits to its speaker.
fn quotation_counts(units: &[Spoken]) -> Vec<usize> {
    let key = |spoken: &Spoken| (spoken.unit.article, spoken.told.speaker, spoken.told.name.clone());
    let mut counts: BTreeMap<_, BTreeSet<Option<u32>>> = BTreeMap::new();
    for spoken in units {
        counts.entry(key(spoken)).or_default().insert(spoken.unit.quotation);
    }
    units.iter().map(|spoken| counts.get(&key(spoken)).map_or(1, BTreeSet::len)).collect()
}
