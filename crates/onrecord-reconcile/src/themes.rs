//! Propositions that come back in several stories.
//!
//! Two statements of different stories tell one theme where they share several rare words that are no
//! names: the same people meet again over other things, and the same thing is said by other people.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Account, Because, Id, Statement, Theme};

use crate::{
    background,
    cluster::Grouping,
    corpus::Findings,
    keys::Blocks,
    tellings::{Lexicon, read},
    words::{combine, hash},
};

/// A pair of telling words makes two statements candidates.
const BLOCKS: Blocks = Blocks { least_shared: 1, most_candidates: 24 };

const GROUPING: Grouping = Grouping { linked: 0.3, least: 0.25, most_together: 200 };

/// The words of a statement that keys are made from: those that tell most.
const KEY_WORDS: usize = 7;

/// Words that tell less than this are in every text.
const LEAST_WEIGHT: f32 = 0.2;

/// Words that two statements must share.
const LEAST_SHARED: usize = 3;

/// Words of one part that are read.
const LONGEST_PART: usize = 120;

/// Words of a label.
const LABEL_WORDS: usize = 6;

/// Finds the themes.
pub(crate) fn find(found: &Findings) -> Vec<Theme> {
    let said: Vec<Said> = found.statements.iter().map(|s| Said::new(found, s)).collect();
    let keys: Vec<Vec<u64>> = said.iter().map(Said::keys).collect();
    let alike = |a: usize, b: usize| said[a].likeness(&said[b]);
    let across = |&(a, b): &(usize, usize)| said[a].statement.story != said[b].statement.story;
    let pairs = BLOCKS.candidates(&keys).into_iter().filter(across);
    let links: Vec<_> = pairs.map(|(a, b)| (a, b, alike(a, b))).collect();
    let groups = GROUPING.groups(said.len(), &links, alike);
    let mut themes: Vec<Theme> = groups.iter().filter_map(|group| theme(&said, group)).collect();
    themes.sort_by_key(|theme| theme.id);
    themes
}

/// A word: its weight, where it begins, and how it is printed.
type Telling<'a> = (f32, usize, &'a str);

/// A statement with the words it is compared by.
struct Said<'a> {
    statement: &'a Statement,
    /// Telling words of the first account that are no names, by term.
    terms: BTreeMap<u64, Telling<'a>>,
    /// The same of each account, with their weights.
    accounts: Vec<BTreeMap<u64, f32>>,
}

/// Accounts of one statement that are compared.
const MOST_ACCOUNTS: usize = 6;

impl<'a> Said<'a> {
    /// Reads the accounts.
    fn new(found: &'a Findings, statement: &'a Statement) -> Self {
        let accounts = statement.accounts.iter().take(MOST_ACCOUNTS);
        let mut read: Vec<BTreeMap<u64, Telling>> =
            accounts.filter_map(|account| terms(found, account)).collect();
        let weights =
            |terms: &BTreeMap<u64, Telling>| terms.iter().map(|(&t, &(weight, ..))| (t, weight)).collect();
        let accounts = read.iter().map(weights).collect();
        let terms = if read.is_empty() { BTreeMap::new() } else { read.swap_remove(0) };
        Self { statement, terms, accounts }
    }

    /// Pairs of the words that tell most.
    fn keys(&self) -> Vec<u64> {
        let mut best: Vec<(u64, f32)> =
            self.terms.iter().map(|(&term, &(weight, ..))| (term, weight)).collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut rare: Vec<u64> = best.into_iter().take(KEY_WORDS).map(|(term, _)| term).collect();
        rare.sort_unstable();
        let pairs =
            |(i, &a): (usize, &u64)| rare[i + 1..].iter().map(move |&b| combine([a, b])).collect::<Vec<_>>();
        rare.iter().enumerate().flat_map(pairs).collect()
    }

    /// The likeness of the two accounts that are most alike.
    fn likeness(&self, other: &Said) -> f32 {
        let pairs = self.accounts.iter().flat_map(|a| other.accounts.iter().map(move |b| likeness(a, b)));
        pairs.fold(0.0, f32::max)
    }
}

/// Share of the weight of both that lies in words of both; 0 where these are few.
fn likeness(a: &BTreeMap<u64, f32>, b: &BTreeMap<u64, f32>) -> f32 {
    let sum = |terms: &BTreeMap<u64, f32>| terms.values().sum::<f32>();
    let shared = || a.iter().filter(|(term, _)| b.contains_key(term));
    if shared().count() < LEAST_SHARED {
        return 0.0;
    }
    2.0 * shared().map(|(_, weight)| weight).sum::<f32>() / (sum(a) + sum(b))
}

/// The telling words of an account that are no names, by what they are compared by: words for one thing are one
/// term, and so is a number however it is printed.
fn terms<'a>(found: &'a Findings, account: &'a Account) -> Option<BTreeMap<u64, Telling<'a>>> {
    let of = found.corpus.get(account.article)?;
    let lexicon = Lexicon::of(&of.article)?;
    let mut terms = BTreeMap::new();
    for part in &account.parts {
        for word in read(of, lexicon, part.span, LONGEST_PART)
            .into_iter()
            .filter(|w| w.content && !w.name && w.date.is_none())
        {
            let figure = word.figure.and_then(|i| of.annotations.figures.get(i as usize));
            let key = figure.map_or_else(|| word.key.clone(), |figure| figure.value.to_string());
            let term = hash(key.as_bytes());
            let printed = word.span.slice(&of.article.text);
            terms.entry(term).or_insert((background::weight(term), word.span.start(), printed));
        }
    }
    terms.retain(|_, (weight, ..)| *weight >= LEAST_WEIGHT);
    Some(terms)
}

/// The theme of some statements, if they come from more than one story.
fn theme(said: &[Said], group: &[usize]) -> Option<Theme> {
    let mut members: Vec<&Said> = group.iter().map(|&i| &said[i]).collect();
    let stories: BTreeSet<Id> = members.iter().map(|m| m.statement.story).collect();
    if stories.len() < 2 {
        return None;
    }
    let day = |said: &Said| said.statement.said_on.as_ref().map(|(day, _)| (day.first, day.last));
    members.sort_by_key(|m| (day(m).is_none(), day(m), m.statement.id));
    let label = label(&members);
    let note = format!("statements of {} stories share the words “{label}”", stories.len());
    Some(Theme {
        id: Id::of(["theme".to_owned(), members.first()?.statement.id.to_string()]),
        label,
        statements: members.iter().map(|m| m.statement.id).collect(),
        because: Because::new("themes.words", note),
    })
}

/// The telling words that most of the statements share, as the first one prints them, in its order.
fn label(members: &[&Said]) -> String {
    let Some(first) = members.first() else { return String::new() };
    let holders = |term: &u64| members.iter().filter(|m| m.terms.contains_key(term)).count();
    let held = first.terms.iter().map(|(term, telling)| (holders(term), telling));
    let mut shared: Vec<(usize, &Telling)> = held.filter(|(holders, _)| *holders > 1).collect();
    shared.sort_by(|(n, a), (m, b)| m.cmp(n).then(b.0.total_cmp(&a.0)).then(a.1.cmp(&b.1)));
    shared.truncate(LABEL_WORDS);
    shared.sort_by_key(|(_, telling)| telling.1);
    shared.into_iter().map(|(_, telling)| telling.2).collect::<Vec<_>>().join(" ")
}
