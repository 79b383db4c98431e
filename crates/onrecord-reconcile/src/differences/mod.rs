//! Where two accounts, figures, dates or tellings differ: one file a kind, listed in [`DIFFERENCES`].
//!
//! Two accounts of one statement are aligned word by word; each rule looks at what the alignment leaves.
//! Rules run from the kind that changes the content most to the one that changes it least, and words that
//! one rule has explained are not explained again by a later one. What differs is shown; who is right is
//! never said.

mod addition;
mod date;
mod figure;
mod hedge;
mod omission;
mod pair;
mod place;
mod scope;
mod slots;
mod speaker;
mod told;
mod translation;
mod truncation;
mod wording;

use std::collections::BTreeSet;

use onrecord_model::{Account, Because, Difference, DifferenceKind, Id, Side, Statement, Subject};
use rayon::prelude::*;

use crate::{corpus::Findings, figures::Counted, revisions::page_of, tellings::Telling};
use pair::{Finding, Pair, Told};

/// One kind of difference and the rule that finds it.
///
/// Contract, checked for every rule by `every_rule_keeps_the_contract`: the same pair gives the same
/// findings; turning the pair round turns the findings round; every span lies in the text of its side;
/// at least one side shows words; two tellings of the same words do not differ.
pub(crate) struct Rule {
    /// What it finds.
    pub(crate) kind: DifferenceKind,
    /// Compares two accounts of one statement.
    pub(crate) compare: fn(&Pair) -> Vec<Finding>,
}

/// Every rule, in the order of [`DifferenceKind::ALL`]. A new kind is added here and nowhere else.
pub(crate) const DIFFERENCES: &[Rule] = &[
    Rule { kind: DifferenceKind::Figure, compare: figure::compare },
    Rule { kind: DifferenceKind::Date, compare: date::compare },
    Rule { kind: DifferenceKind::Speaker, compare: speaker::compare },
    Rule { kind: DifferenceKind::Truncation, compare: truncation::compare },
    Rule { kind: DifferenceKind::Scope, compare: scope::compare },
    Rule { kind: DifferenceKind::Wording, compare: wording::compare },
    Rule { kind: DifferenceKind::Hedge, compare: hedge::compare },
    Rule { kind: DifferenceKind::Addition, compare: addition::compare },
    Rule { kind: DifferenceKind::Omission, compare: omission::compare },
    Rule { kind: DifferenceKind::Place, compare: place::compare },
    Rule { kind: DifferenceKind::Translation, compare: translation::compare },
];

/// Accounts of one statement that are compared with each other; beyond them, later copies are left out.
const MOST_ACCOUNTS: usize = 24;

/// Finds what differs, between the accounts of each statement and between the outlets' own words.
pub(crate) fn find(found: &Findings, figures: &[Counted]) -> Vec<Difference> {
    let mut differences: Vec<Difference> =
        found.statements.par_iter().flat_map_iter(|s| in_statement(found, s)).collect();
    differences.extend(told::by_outlets(found, figures));
    differences.sort_by_key(|d| d.id);
    differences.dedup_by_key(|d| d.id);
    differences.iter_mut().for_each(|difference| name_own_change(found, difference));
    differences
}

/// The same of one article alone: between its accounts and all others, and between its own words and all others'.
pub(crate) fn of_article(found: &Findings, figures: &[Counted], article: Id) -> Vec<Difference> {
    let has = |difference: &Difference| difference.between.iter().any(|side| side.article == article);
    let in_statements = found.statements.par_iter().flat_map_iter(|s| with_article(found, s, article));
    let mut differences: Vec<Difference> = in_statements.collect();
    differences.extend(told::by_outlets(found, figures).into_iter().filter(has));
    differences.sort_by_key(|d| d.id);
    differences.dedup_by_key(|d| d.id);
    differences
}

/// What differs between the account of an article and the other accounts of a statement.
fn with_article(found: &Findings, statement: &Statement, article: Id) -> Vec<Difference> {
    let own = statement.accounts.iter().find(|account| account.article == article);
    let own = own.and_then(|account| Telling::new(account, found.corpus.get(article)?));
    let Some(own) = own else { return Vec::new() };
    let others =
        chosen(found, &statement.accounts).into_iter().filter(|other| other.of.article.id != article);
    let told = Told { found, statement, tellings: std::iter::once(own).chain(others).collect() };
    let pairs = (1..told.tellings.len()).map(|other| Pair::new(&told, 0, other));
    pairs.flat_map(|pair| of_pair(&pair)).collect()
}

/// Two versions of one page do not disagree: the outlet changed what it says.
fn name_own_change(found: &Findings, difference: &mut Difference) {
    let [left, right] = difference.between.map(|side| side.article);
    let page = |article: Id| {
        let url = found.corpus.get(article).and_then(|a| a.article.url.as_ref());
        url.map(|url| page_of(&url.value)).filter(|page| !page.is_empty())
    };
    if left != right && page(left).is_some() && page(left) == page(right) {
        let note = &difference.because.note;
        difference.because.note = format!("{note}; both are versions of one page, so the outlet changed it");
    }
}

fn in_statement(found: &Findings, statement: &Statement) -> Vec<Difference> {
    let told = Told { found, statement, tellings: chosen(found, &statement.accounts) };
    let mut differences = Vec::new();
    for left in 0..told.tellings.len() {
        for right in left + 1..told.tellings.len() {
            differences.extend(of_pair(&Pair::new(&told, left, right)));
        }
    }
    differences
}

fn of_pair(pair: &Pair) -> Vec<Difference> {
    compare(pair).into_iter().map(|(kind, finding)| difference(pair, kind, finding)).collect()
}

/// The accounts to compare: different words first, then reprints of the same words, as many as are compared.
fn chosen<'a>(found: &'a Findings, accounts: &'a [Account]) -> Vec<Telling<'a>> {
    let mut seen = BTreeSet::new();
    let (mut fresh, mut again) = (Vec::new(), Vec::new());
    for account in accounts {
        let words: Vec<&str> =
            account.parts.iter().map(|p| found.corpus.words(account.article, p.span)).collect();
        let list = if seen.insert(words) { &mut fresh } else { &mut again };
        list.push(account);
    }
    let telling = |account: &'a Account| Telling::new(account, found.corpus.get(account.article)?);
    fresh.into_iter().chain(again).take(MOST_ACCOUNTS).filter_map(telling).collect()
}

/// Runs every rule; what a finding has explained is not found again.
fn compare(pair: &Pair) -> Vec<(DifferenceKind, Finding)> {
    let mut kept: Vec<(DifferenceKind, Finding)> = Vec::new();
    for rule in DIFFERENCES {
        for finding in (rule.compare)(pair) {
            if !kept.iter().any(|(_, earlier)| finding.repeats(earlier)) {
                kept.push((rule.kind, finding));
            }
        }
    }
    kept
}

fn difference(pair: &Pair, kind: DifferenceKind, finding: Finding) -> Difference {
    let side = |i: usize| Side { article: pair.sides[i].of.article.id, span: finding.sides[i].span() };
    let subject = match kind {
        DifferenceKind::Figure | DifferenceKind::Scope => Subject::Figure,
        DifferenceKind::Date => Subject::Date,
        _ => Subject::Statement,
    };
    make(Some(pair.told.statement.id), subject, (kind, finding.rule, finding.note), [side(0), side(1)])
}

/// Builds a difference; its sides are put in order, so that the id does not depend on who came first.
fn make(
    statement: Option<Id>,
    subject: Subject,
    (kind, rule, note): (DifferenceKind, &'static str, String),
    mut between: [Side; 2],
) -> Difference {
    between.sort();
    let parts = between.map(|side| format!("{} {:?}", side.article, side.span));
    let id = Id::of([kind.name(), parts[0].as_str(), parts[1].as_str()]);
    Difference { id, statement, subject, kind, between, because: Because::new(rule, note) }
}
