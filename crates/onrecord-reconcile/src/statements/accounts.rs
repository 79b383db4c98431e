//! From aligned units to a statement: accounts, rows, speaker, occasion.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Account, AccountPart, Because, Id, Quotation, QuotationKind, Span, Statement};

use super::{occasion, told::Directory, units::Spoken};
use crate::{corpus::Corpus, tellings::Lexicon};

/// Who is credited: an entity of the record, or a name.
type Credited<'t> = (Option<Id>, Option<&'t String>);

/// What speaks for one who is credited.
#[derive(Default)]
struct Votes {
    /// Whether it is one whom the record knows, and not only a description.
    is_known: bool,
    /// By text, how much its articles credit it.
    texts: BTreeMap<usize, u32>,
    articles: BTreeSet<usize>,
}

/// What the statements of one story are made from.
pub(crate) struct Maker<'a> {
    pub(crate) corpus: &'a Corpus<'a>,
    pub(crate) directory: &'a Directory<'a>,
    pub(crate) story: Id,
    /// The text that each article is.
    pub(crate) texts: &'a [usize],
    /// The units of the story, in order.
    pub(crate) units: &'a [Spoken],
}

impl Maker<'_> {
    /// The statement that tells these propositions.
    pub(crate) fn statement(&self, propositions: &[Vec<usize>]) -> Option<Statement> {
        let mut units: Vec<usize> = propositions.iter().flatten().copied().collect();
        units.sort_unstable();
        let mut by_article: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        units.iter().for_each(|&u| by_article.entry(self.units[u].unit.article).or_default().push(u));
        let mut told: Vec<(Account, Vec<usize>)> =
            by_article.into_iter().map(|(article, units)| (self.account(article, &units), units)).collect();
        told.sort_by_key(|(account, _)| (!account.primary, account.article));
        let rows = self.rows(propositions, &told);
        let accounts: Vec<Account> = told.into_iter().map(|(account, _)| account).collect();
        let (speaker, name, role) = self.speaker(&units);
        Some(Statement {
            id: accounts.first().map(|a| Id::of(["statement".to_owned(), a.id.to_string()]))?,
            story: self.story,
            speaker,
            speaker_name: name,
            role,
            said_on: occasion::said_on(self, &units),
            place: occasion::place(self, &units),
            rows,
            because: because(&accounts),
            accounts,
        })
    }

    fn account(&self, article: usize, units: &[usize]) -> Account {
        let id = self.corpus.articles()[article].article.id;
        let parts = self.parts(article, units);
        let mut quotations: Vec<u32> = units.iter().filter_map(|&u| self.units[u].unit.quotation).collect();
        quotations.sort_unstable();
        quotations.dedup();
        let told = |part: fn(&Quotation) -> Option<Span>| {
            quotations.iter().filter_map(|&q| self.corpus.quotation(id, q)).find_map(part)
        };
        let spans = parts.iter().map(|part| format!("{:?}", part.span));
        Account {
            id: Id::of([id.to_string()].into_iter().chain(spans)),
            article: id,
            source: told(|q| q.source),
            cue: told(|q| q.cue),
            primary: units.iter().all(|&u| self.units[u].unit.primary),
            quotations,
            parts,
        }
    }

    /// The words in reading order; units of one stretch that touch are one part.
    fn parts(&self, article: usize, units: &[usize]) -> Vec<AccountPart> {
        let article = &self.corpus.articles()[article].article;
        let links = Lexicon::of(article).map(|l| &l.links);
        let joins = |words: &str| links.is_some_and(|links| links.contains(words));
        let mut parts: Vec<(AccountPart, (Option<u32>, u32))> = Vec::new();
        let mut units: Vec<&Spoken> = units.iter().map(|&u| &self.units[u]).collect();
        units.sort_by_key(|spoken| spoken.unit.span);
        for unit in units.into_iter().map(|spoken| &spoken.unit) {
            let stretch = (unit.quotation, unit.stretch);
            match parts.last_mut() {
                Some((part, at)) if *at == stretch && touches(part.span, unit.span, &article.text, joins) => {
                    part.span = part.span.cover(unit.span);
                }
                _ => parts.push((AccountPart { span: unit.span, kind: unit.kind }, stretch)),
            }
        }
        parts.into_iter().map(|(part, _)| part).collect()
    }

    /// One row a proposition: the words of each account, in the order of the accounts.
    fn rows(&self, propositions: &[Vec<usize>], told: &[(Account, Vec<usize>)]) -> Vec<Vec<Option<Span>>> {
        let mut rows: Vec<Vec<Option<Span>>> = propositions
            .iter()
            .map(|units| {
                let cell = |(_, own): &(Account, Vec<usize>)| {
                    let mine = units.iter().filter(|u| own.contains(u)).map(|&u| &self.units[u].unit);
                    mine.max_by_key(|unit| (unit.kind == QuotationKind::Direct, unit.span.len()))
                        .map(|u| u.span)
                };
                told.iter().map(cell).collect()
            })
            .collect();
        rows.sort_by_key(|row: &Vec<Option<Span>>| {
            row.iter().enumerate().find_map(|(i, cell)| cell.map(|span| (i, span)))
        });
        rows
    }

    /// Whom most texts credit, those that say it outright before those where it was worked out; the words themselves
    /// count twice, and words in marks a little more than others. Among equals, whom most articles credit.
    fn speaker(&self, units: &[usize]) -> (Option<Id>, Option<String>, Option<String>) {
        let mut votes: BTreeMap<Credited, Votes> = BTreeMap::new();
        for spoken in units.iter().map(|&u| &self.units[u]) {
            let told = &spoken.told;
            let votes = votes.entry((told.speaker, told.name.as_ref())).or_default();
            votes.is_known |= told.speaker.is_some() || told.is_joint;
            votes.articles.insert(spoken.unit.article);
            let direct = u32::from(spoken.unit.kind == QuotationKind::Direct);
            let vote = 2 * told.sureness * (1 + u32::from(spoken.unit.primary)) + direct;
            let text = votes.texts.entry(self.texts[spoken.unit.article]).or_default();
            *text = vote.max(*text);
        }
        let known = votes.iter().filter(|(who, _)| **who != (None, None));
        let best = known.max_by_key(|(who, votes)| {
            let sum = votes.texts.values().sum::<u32>();
            (votes.is_known, sum, votes.articles.len(), std::cmp::Reverse(**who))
        });
        let (speaker, name) = best.map_or((None, None), |(&who, _)| who);
        let credited = units.iter().map(|&u| &self.units[u].told);
        let roles = credited
            .filter(|t| (t.speaker, t.name.as_ref()) == (speaker, name))
            .filter_map(|t| t.role.as_ref());
        let role = roles.max_by_key(|role| (role.chars().count(), std::cmp::Reverse(*role))).cloned();
        let entity = speaker.and_then(|id| self.directory.get(id));
        let role = role.or_else(|| entity.and_then(|e| e.roles.first().cloned()));
        (speaker, entity.map(|e| e.name.clone()).or(name.cloned()), role)
    }
}

/// Whether there are no words between two spans, or only such as join them.
fn touches(a: Span, b: Span, text: &str, joins: impl Fn(&str) -> bool) -> bool {
    a.end() >= b.start() || {
        let between = Span::new(a.end(), b.start()).slice(text);
        !between.contains(char::is_alphanumeric) || joins(between.trim_matches([',', ';', ' ']))
    }
}

fn because(accounts: &[Account]) -> Because {
    match accounts.len() {
        1 => Because::new("statements.alone", "one article tells it"),
        _ => Because::new("statements.likeness", "the accounts share rare words, figures and the speaker"),
    }
}
