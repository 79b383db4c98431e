//! What one article names: the names in order, and the cast they stand for.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Annotations, Article, EntityKind, LocalEntity};

use super::{
    bodies,
    combined::combined,
    keys,
    lexicon::{LEXICON, Lexicon},
    names::{Name, names},
    people,
    roles::{Gender, Role, RoleReader},
    words::{Run, Shape, Word, Words},
};

/// One thing that the article names, with what helps to tell it from others.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// As the record keeps it.
    pub(crate) local: LocalEntity,
    /// Every role printed beside one of its names.
    pub(crate) roles: Vec<Role>,
    /// The gender that titles, roles and given names print, where they agree.
    pub(crate) gender: Option<Gender>,
    /// "russia" for a state, by whatever name.
    pub(crate) state: Option<&'static str>,
}

/// The names of an article.
pub(crate) struct Reading<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
    /// In reading order; no two overlap.
    pub(crate) names: Vec<Name>,
    /// By name: its place in `cast`.
    pub(crate) entity_of: Vec<usize>,
    pub(crate) cast: Vec<Part>,
}

impl<'a> Reading<'a> {
    /// Reads `article` by the sentences and the network's names of `marks`.
    pub(crate) fn of(article: &'a Article, marks: &Annotations) -> Self {
        let lexicon = LEXICON.of(article);
        let words = Words::read(&article.text, &marks.sentences, lexicon);
        let rules = distinct(names(article, &words, lexicon));
        let mut names = distinct(combined(rules, &marks.reading, &words, lexicon));
        agree_on_kinds(&words, &mut names);
        name_by_surname(&words, &mut names);
        let groups = groups(&words, lexicon, &names);
        let (entity_of, order) = numbered(&groups);
        let roles = RoleReader { words: &words, lexicon };
        let mut members: Vec<Vec<&Name>> = vec![Vec::new(); order.len()];
        for (name, entity) in names.iter().zip(&entity_of) {
            members[*entity].push(name);
        }
        let cast = members.iter().map(|members| part(members, roles)).collect();
        Self { words, lexicon, names, entity_of, cast }
    }
}

/// Overlapping names: the first stays.
fn distinct(names: Vec<Name>) -> Vec<Name> {
    let mut end = 0;
    let mut kept: Vec<Name> = Vec::with_capacity(names.len());
    for name in names {
        if name.run.0 >= end && name.run.0 < name.run.1 {
            end = name.run.1;
            kept.push(name);
        }
    }
    kept
}

/// One spelling names one sort of thing in an article: the sort that most of its uses show.
fn agree_on_kinds(words: &Words<'_>, names: &mut [Name]) {
    let mut votes: BTreeMap<String, BTreeMap<EntityKind, usize>> = BTreeMap::new();
    for name in names.iter() {
        *votes.entry(words.phrase(name.run)).or_default().entry(name.kind).or_default() += 1;
    }
    for name in names {
        let Some(counts) = votes.get(&words.phrase(name.run)) else { continue };
        let most = counts.values().max().copied().unwrap_or(0);
        if counts.get(&name.kind).is_none_or(|count| *count < most) {
            name.kind = counts.iter().find(|(_, count)| **count == most).map_or(name.kind, |(kind, _)| *kind);
        }
    }
}

/// A lone word that is the surname of somebody whom the article names in full is that person, and no body, unless
/// something sure says so.
fn name_by_surname(words: &Words<'_>, names: &mut [Name]) {
    let full = names.iter().filter(|name| name.kind == EntityKind::Person && name.run.1 > name.run.0 + 1);
    let surnames: BTreeSet<String> = full.map(|name| words.low(name.run.1 - 1).to_owned()).collect();
    for name in names {
        let lone = name.run.1 == name.run.0 + 1 && name.kind == EntityKind::Organisation && !name.is_sure;
        if lone && surnames.contains(words.low(name.run.0)) {
            name.kind = EntityKind::Person;
        }
    }
}

/// By name, the first name of the group it belongs to.
fn groups(words: &Words<'_>, lexicon: &Lexicon, names: &[Name]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..names.len()).collect();
    people::join(words, lexicon, names, &mut groups);
    bodies::join(words, lexicon, names, &mut groups);
    groups
}

/// Groups numbered in order of first use, and the group of each number.
fn numbered(groups: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut order = Vec::new();
    let entity_of = groups
        .iter()
        .map(|group| {
            *numbers.entry(*group).or_insert_with(|| {
                order.push(*group);
                order.len() - 1
            })
        })
        .collect();
    (entity_of, order)
}

/// The most names of one thing that are asked for roles; more tell nothing new.
const MOST_ASKED: usize = 40;

fn part(members: &[&Name], reader: RoleReader<'_>) -> Part {
    let RoleReader { words, lexicon } = reader;
    let kind = members.first().map_or(EntityKind::Organisation, |name| name.kind);
    let person = kind == EntityKind::Person;
    let asked = || members.iter().take(MOST_ASKED).filter(|_| person);
    let roles: Vec<Role> =
        asked().flat_map(|name| reader.around(name.run)).filter(|role| !role.plural).collect();
    let gender = people::gender(members, reader, &roles).filter(|_| person);
    let name = best_name(members, words, lexicon);
    let mut variants: Vec<String> = Vec::new();
    for member in members {
        let printed = keys::printed(words.span(member.run).slice(words.text));
        if printed != name && !variants.contains(&printed) {
            variants.push(printed);
        }
    }
    let body = || members.iter().take(MOST_ASKED).find_map(|name| described_as(name.run, words, lexicon));
    let role = roles
        .first()
        .map(|role| printed_role(role, words))
        .or_else(|| Some(kind).filter(|kind| *kind == EntityKind::Organisation).and_then(|_| body()));
    let state = members.iter().find_map(|name| lexicon.states.get(&words.phrase(name.run)).copied());
    Part {
        local: LocalEntity { kind, name, role, variants },
        roles,
        gender,
        state: state.filter(|_| kind == EntityKind::State),
    }
}

/// What sort of body a name is printed to be: "the operator Norvan Lines", "Norvan Lines, the ferry operator,".
fn described_as((from, to): Run, words: &Words<'_>, lexicon: &Lexicon) -> Option<String> {
    let is_noun = |i: usize| {
        words.get(i).is_some_and(|word| {
            word.shape == Shape::Lower
                && (lexicon.company_nouns.has(&word.low) || lexicon.body_nouns.has(&word.low))
        })
    };
    if let Some(before) = from.checked_sub(1).filter(|at| is_noun(*at) && words.same_line(*at, from)) {
        return Some(words.low(before).to_owned());
    }
    let apposed = words.low(to) == "," && lexicon.definite_articles.has(words.low(to + 1));
    let first = to + 2;
    let last = (first..first + LONGEST_APPOSED).find(|at| is_noun(*at) && words.low(at + 1) == ",");
    last.filter(|_| apposed).map(|last| words.phrase((first, last + 1)))
}

/// Words of an apposition that says what a body is.
const LONGEST_APPOSED: usize = 3;

/// The role as printed, without "the" and without honorifics at its end.
fn printed_role(role: &Role, words: &Words<'_>) -> String {
    let printed = role.span.slice(words.text);
    let without = printed
        .split_once(' ')
        .filter(|(first, _)| matches!(first.to_lowercase().as_str(), "the" | "a" | "an" | "who"));
    without.map_or(printed, |(_, rest)| rest).to_owned()
}

/// The fullest name; of several as full, the one printed most often, then first.
fn best_name(members: &[&Name], words: &Words<'_>, lexicon: &Lexicon) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for member in members {
        *counts.entry(words.phrase(member.run)).or_default() += 1;
    }
    let rank = |name: &Name| {
        let state = lexicon
            .states
            .get(&words.phrase(name.run))
            .is_some_and(|state| *state == words.span(name.run).slice(words.text));
        let heavy = words.run(name.run).iter().filter(|word| is_heavy(word, lexicon)).count();
        (state, heavy, counts.get(&words.phrase(name.run)).copied().unwrap_or(0))
    };
    let mut best: Option<&Name> = None;
    for member in members {
        if best.is_none_or(|best| rank(member) > rank(best)) {
            best = Some(member);
        }
    }
    best.map_or_else(String::new, |name| called(name, words, lexicon))
}

/// Initials, suffixes and the legal forms of firms add nothing to a name.
fn is_heavy(word: &Word, lexicon: &Lexicon) -> bool {
    let low = word.low.trim_end_matches('.');
    low.chars().count() > 1
        && !lexicon.name_suffixes.has(low)
        && !lexicon.body_suffixes.has(low)
        && !lexicon.legal_words.has(low)
}

/// The name without a legal form at its end, and with the article that is part of it.
fn called(name: &Name, words: &Words<'_>, lexicon: &Lexicon) -> String {
    let (from, mut to) = name.run;
    if name.kind == EntityKind::Organisation {
        while to > from + 1 && lexicon.body_suffixes.has(words.low(to - 1).trim_end_matches('.')) {
            to -= 1;
        }
        let press = lexicon.press_nouns.has(words.low(to - 1)) && to - from > 1;
        let article =
            |word: &Word| word.low == "the" && (press || word.shape == Shape::Capital && !word.opens);
        if words.before(from, 1).is_some_and(article) && words.same_line(from - 1, from) {
            let name = words.span((from, to)).slice(words.text);
            return format!("The {}", keys::printed(name));
        }
    }
    keys::printed(words.span((from, to)).slice(words.text)).trim_end_matches(',').to_owned()
}
