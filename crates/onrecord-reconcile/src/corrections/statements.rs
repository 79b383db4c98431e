//! Which tellings are of one statement, who made it, and when.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{
    Account, AccountPart, Because, Change, Correction, DateValue, Entity, Evidence, Id, Place, Quotation,
    Span, Statement,
};

use super::{Book, HIDDEN, Pages, side_by_side::rows_of_both};
use crate::{corpus::Corpus, words::words};

/// The statements after every correction, by id.
pub(crate) fn corrected(
    book: &Book,
    pages: &Pages,
    (corpus, entities): (&Corpus, &[Entity]),
    statements: Vec<Statement>,
) -> Vec<Statement> {
    if book.0.is_empty() {
        return statements;
    }
    let members = entities.iter().flat_map(|e| e.members.iter().map(move |&member| (member, e)));
    let mut bench = Bench { pages, corpus, entity_of: members.collect(), statements };
    for correction in book.iter() {
        match &correction.change {
            Change::SameStatement { places } => bench.join(places, correction),
            Change::OtherStatement { kept, apart } => bench.take_out(kept, apart, correction),
            Change::Speaker { places, .. } => bench.credit(places, correction),
            Change::SaidOn { places, day } => bench.date(places, day, correction),
            _ => {}
        }
    }
    bench.hide_roles();
    let mut statements = bench.statements;
    statements.sort_by_key(|statement| statement.id);
    statements
}

/// The statements while they are worked on.
struct Bench<'a> {
    pages: &'a Pages<'a>,
    corpus: &'a Corpus<'a>,
    entity_of: BTreeMap<(Id, u32), &'a Entity>,
    statements: Vec<Statement>,
}

impl Bench<'_> {
    /// The tellings at a place: the statement, the account in it, and where the words stand.
    fn tellings(&self, place: &Place) -> Vec<(usize, usize, Span)> {
        let mut found = Vec::new();
        for (annotated, span) in self.pages.find(place) {
            for (s, statement) in self.statements.iter().enumerate() {
                let tells = |a: &Account| {
                    a.article == annotated.article.id && a.parts.iter().any(|p| p.span.overlaps(span))
                };
                found.extend(statement.accounts.iter().position(tells).map(|account| (s, account, span)));
            }
        }
        found
    }

    fn statements_at(&self, places: &[Place]) -> BTreeSet<usize> {
        places.iter().flat_map(|place| self.tellings(place)).map(|(statement, ..)| statement).collect()
    }

    fn join(&mut self, places: &[Place], correction: &Correction) {
        let joined = self.statements_at(places);
        let mut parts: Vec<Statement> = Vec::new();
        for &i in joined.iter().rev() {
            parts.push(self.statements.swap_remove(i));
        }
        parts.sort_by_key(|statement| (std::cmp::Reverse(statement.accounts.len()), statement.id));
        let is_one = parts.len() < 2;
        let whole = parts.into_iter().reduce(|a, b| self.joined(a, b));
        let signed = |whole| if is_one { whole } else { signed(whole, correction) };
        self.statements.extend(whole.map(signed));
    }

    /// The accounts of both, those of one article as one account.
    fn joined(&self, left: Statement, right: Statement) -> Statement {
        let mut by_article: BTreeMap<Id, Account> = BTreeMap::new();
        for account in left.accounts.iter().chain(&right.accounts) {
            let whole = match by_article.remove(&account.article) {
                None => account.clone(),
                Some(other) => {
                    let parts = other.parts.iter().chain(&account.parts).copied().collect();
                    self.account(account.article, parts, other.primary && account.primary)
                }
            };
            by_article.insert(account.article, whole);
        }
        let mut accounts: Vec<Account> = by_article.into_values().collect();
        accounts.sort_by_key(|account| (!account.primary, account.article));
        let rows = rows_of_both(self.corpus, &accounts, (&left, &right));
        Statement {
            id: id_of(&accounts),
            speaker_name: left.speaker_name.clone().or(right.speaker_name.clone()),
            speaker: if left.speaker_name.is_some() { left.speaker } else { right.speaker },
            role: left.role.clone().or(right.role),
            said_on: left.said_on.clone().or(right.said_on),
            place: left.place.clone().or(right.place),
            accounts,
            rows,
            ..left
        }
    }

    /// An account of these words, with what its quotations tell.
    fn account(&self, article: Id, parts: Vec<AccountPart>, primary: bool) -> Account {
        let mut parts = parts;
        parts.sort_unstable();
        parts.dedup();
        let quotations = self.quotations(article, &parts);
        let first = |part: fn(&Quotation) -> Option<Span>| quotations.iter().find_map(|(_, q)| part(q));
        let spans = parts.iter().map(|part| format!("{:?}", part.span));
        Account {
            id: Id::of([article.to_string()].into_iter().chain(spans)),
            article,
            source: first(|q| q.source),
            cue: first(|q| q.cue),
            quotations: quotations.iter().map(|&(n, _)| n).collect(),
            primary,
            parts,
        }
    }

    /// The quotations that some words lie in.
    fn quotations(&self, article: Id, parts: &[AccountPart]) -> Vec<(u32, &Quotation)> {
        let Some(annotated) = self.corpus.get(article) else { return Vec::new() };
        let holds = |q: &Quotation| q.content.iter().any(|c| parts.iter().any(|part| part.span.overlaps(*c)));
        let all = annotated.annotations.quotations.iter().enumerate();
        all.filter(|(_, q)| holds(q)).map(|(n, q)| (u32::try_from(n).unwrap_or(u32::MAX), q)).collect()
    }

    /// Takes the tellings at `apart`, and those in the very same words, out of the statement at `kept`.
    fn take_out(&mut self, kept: &Place, apart: &[Place], correction: &Correction) {
        let Some((at, stays, _)) = self.tellings(kept).into_iter().next() else { return };
        let mut out: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        for (statement, account, span) in apart.iter().flat_map(|place| self.tellings(place)) {
            if statement == at {
                out.entry(account).or_default().push(span);
            }
        }
        let statement = &self.statements[at];
        let forms = |i: usize| self.forms(&statement.accounts[i]);
        let taken: BTreeSet<Vec<u64>> = out.keys().filter(|&&i| i != stays).map(|&i| forms(i)).collect();
        for i in (0..statement.accounts.len()).filter(|&i| i != stays && taken.contains(&forms(i))) {
            out.entry(i).or_insert_with(|| statement.accounts[i].parts.iter().map(|p| p.span).collect());
        }
        let goes = |account: usize, span: Span| {
            out.get(&account).is_some_and(|spans| spans.iter().any(|s| s.overlaps(span)))
        };
        let left = self.cut(statement, |account, span| !goes(account, span));
        let out = self.cut(statement, goes);
        if let (Some(left), Some(out)) = (left, out) {
            self.statements[at] = signed(left, correction);
            self.statements.push(signed(out, correction));
        }
    }

    /// The words of an account, folded.
    fn forms(&self, account: &Account) -> Vec<u64> {
        let text = |part: &AccountPart| self.corpus.words(account.article, part.span);
        account.parts.iter().flat_map(|part| words(text(part))).map(|word| word.form).collect()
    }

    /// A statement with those of its words that `keep` lets through; `None` where none are left.
    fn cut(&self, statement: &Statement, keep: impl Fn(usize, Span) -> bool) -> Option<Statement> {
        let mut accounts = Vec::new();
        let mut columns = Vec::new();
        for (i, account) in statement.accounts.iter().enumerate() {
            let parts: Vec<AccountPart> =
                account.parts.iter().copied().filter(|part| keep(i, part.span)).collect();
            if parts == account.parts {
                accounts.push(account.clone());
                columns.push(i);
            } else if !parts.is_empty() {
                accounts.push(self.account(account.article, parts, account.primary));
                columns.push(i);
            }
        }
        let cell =
            |row: &Vec<Option<Span>>, &i: &usize| row.get(i).copied().flatten().filter(|&span| keep(i, span));
        let cells = |row: &Vec<Option<Span>>| columns.iter().map(|i| cell(row, i)).collect::<Vec<_>>();
        let mut rows: Vec<Vec<Option<Span>>> = statement.rows.iter().map(cells).collect();
        rows.retain(|row| row.iter().any(Option::is_some));
        let whole = Statement { id: id_of(&accounts), accounts, rows, ..statement.clone() };
        (!whole.accounts.is_empty()).then(|| self.renewed(whole))
    }

    /// Speaker, day and place as the accounts that are left tell them.
    fn renewed(&self, statement: Statement) -> Statement {
        let mut statement = statement;
        let told: BTreeSet<Id> = statement.accounts.iter().map(|account| account.article).collect();
        self.name_speaker(&mut statement);
        if let Some((_, evidence)) = &mut statement.said_on {
            evidence.retain(|e| told.contains(&e.article));
        }
        if statement.said_on.as_ref().is_none_or(|(_, evidence)| evidence.is_empty()) {
            statement.said_on = self.said_on(&statement);
        }
        statement.place = statement.place.and_then(|(place, mut evidence)| {
            evidence.retain(|e| told.contains(&e.article));
            (!evidence.is_empty()).then_some((place, evidence))
        });
        statement
    }

    /// Whom most of the accounts credit.
    fn name_speaker(&self, statement: &mut Statement) {
        let mut votes: BTreeMap<(Option<Id>, &str), usize> = BTreeMap::new();
        for account in &statement.accounts {
            let quotations = self.quotations(account.article, &account.parts);
            let credited = quotations.into_iter().find_map(|(_, q)| self.credited(account.article, q));
            credited.into_iter().for_each(|who| *votes.entry(who).or_default() += 1);
        }
        let best = votes.into_iter().max_by_key(|(who, n)| (*n, who.0.is_some(), std::cmp::Reverse(*who)));
        if let Some(((speaker, name), _)) = best.filter(|((speaker, _), _)| *speaker != statement.speaker) {
            statement.role = self.role(speaker);
            (statement.speaker, statement.speaker_name) = (speaker, Some(name.to_owned()));
        }
    }

    /// The record's name for who speaks in a quotation.
    fn credited<'q>(&'q self, article: Id, quotation: &'q Quotation) -> Option<(Option<Id>, &'q str)> {
        let local = quotation.speaker.entity.and_then(|e| self.entity_of.get(&(article, e.0)));
        let name = local.map(|e| e.name.as_str()).or(quotation.speaker.name.as_deref())?;
        Some((local.map(|e| e.id), name))
    }

    fn role(&self, speaker: Option<Id>) -> Option<String> {
        let entity = self.entity_of.values().find(|e| Some(e.id) == speaker)?;
        entity.roles.first().cloned()
    }

    /// The first day that an account gives, or on which one came out.
    fn said_on(&self, statement: &Statement) -> Option<(DateValue, Vec<Evidence>)> {
        let day = |account: &Account| {
            let quotations = self.quotations(account.article, &account.parts);
            let told = quotations.iter().find_map(|(_, q)| q.said_on.clone());
            let out = || self.corpus.get(account.article)?.article.reference_day().map(DateValue::day);
            let span = account.parts.first()?.span;
            let is_told = told.is_some();
            let day = told.or_else(out)?;
            Some((!is_told, day.first, day, Evidence::new(account.article, span)))
        };
        let (.., day, evidence) = statement.accounts.iter().filter_map(day).min()?;
        Some((day, vec![evidence]))
    }

    fn credit(&mut self, places: &[Place], correction: &Correction) {
        let tellings: Vec<_> = places.iter().flat_map(|place| self.tellings(place)).collect();
        for (at, account, _) in tellings {
            let mut statement = self.statements[at].clone();
            let told = &statement.accounts[account];
            let quotations = self.quotations(told.article, &told.parts);
            let by_hand = quotations.iter().find(|(_, q)| q.speaker.because.rule == "corrections.speaker");
            let Some((_, quotation)) = by_hand else { continue };
            match self.credited(told.article, quotation) {
                None => (statement.speaker, statement.speaker_name, statement.role) = (None, None, None),
                Some((speaker, name)) => {
                    if speaker != statement.speaker || speaker.is_none() {
                        statement.role = self.role(speaker);
                    }
                    (statement.speaker, statement.speaker_name) = (speaker, Some(name.to_owned()));
                }
            }
            self.statements[at] = signed(statement, correction);
        }
    }

    fn date(&mut self, places: &[Place], day: &DateValue, correction: &Correction) {
        let mut shown: BTreeMap<usize, BTreeSet<Evidence>> = BTreeMap::new();
        for (at, account, span) in places.iter().flat_map(|place| self.tellings(place)) {
            let evidence = Evidence::new(self.statements[at].accounts[account].article, span);
            shown.entry(at).or_default().insert(evidence);
        }
        for (at, evidence) in shown {
            let mut statement = self.statements[at].clone();
            statement.said_on = Some((day.clone(), evidence.into_iter().collect()));
            self.statements[at] = signed(statement, correction);
        }
    }

    /// A role may tell who a hidden speaker is.
    fn hide_roles(&mut self) {
        for statement in &mut self.statements {
            if statement.speaker.is_some() && statement.speaker_name.as_deref() == Some(HIDDEN) {
                statement.role = None;
            }
        }
    }
}

fn id_of(accounts: &[Account]) -> Id {
    let first = accounts.first().map(|account| account.id.to_string()).unwrap_or_default();
    Id::of(["statement".to_owned(), first])
}

/// The statement with a word on who corrected it and why, said once.
fn signed(statement: Statement, correction: &Correction) -> Statement {
    let Correction { change, signed, .. } = correction;
    let mut statement = statement;
    let word = format!("corrected by {}: {}", signed.by, signed.why);
    let note = match &statement.because.note {
        note if note.contains(&word) => note.clone(),
        note => format!("{note}; {word}"),
    };
    let spans = statement.because.spans.clone();
    statement.because = Because::new(format!("corrections.{}", change.name()), note).at(spans);
    statement
}
