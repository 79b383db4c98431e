//! A draft beside a record: which statements it tells, in what it differs from the accounts of others, what it leaves
//! out, and which words of a statement it prints without saying whose they are.
//!
//! The stories of the record stay as they are. The draft joins those that it is like, and is then read as any other
//! article of theirs.

mod attribution;
mod words;

use std::collections::BTreeSet;

use onrecord_model::{
    Account, AnnotatedArticle, Because, CopyGroup, Correction, Id, Record, Span, Statement, Story,
};

use crate::{
    corpus::{Corpus, Findings},
    corrections::{self, Book, Pages},
    differences, figures, resolve, statements,
    stories::alike,
};

pub use words::telling_words;

/// Stories that a draft is held against; one that is like more is like none.
const MOST_STORIES: usize = 3;

/// A draft, and the part of a record that it is held against.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The draft, annotated as any article.
    pub draft: &'a AnnotatedArticle,
    /// The articles of the stories.
    pub articles: &'a [AnnotatedArticle],
    /// Stories, their statements, and the copies among their articles.
    pub record: &'a Record,
    /// What people say about the record.
    pub corrections: &'a [Correction],
}

/// What comes of holding a draft against a record.
#[derive(Debug, Default)]
pub struct DraftFindings {
    /// The stories with the draft in them, and every statement that the draft tells, with all accounts. Its
    /// differences are those that have the draft on one side; its stories come by how like the draft is.
    pub record: Record,
    /// The statements of the record that the draft tells, in the order of the draft.
    pub told: Vec<ToldInDraft>,
    /// What the draft quotes and no article of the record tells: ids of statements in `record`, in the order of the
    /// draft.
    pub only_in_draft: Vec<Id>,
    /// Statements of the record, by id, in stories that the draft tells of, of which no account is found in it.
    pub untold: Vec<Id>,
}

/// A statement that the draft tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldInDraft {
    /// In the findings' record.
    pub statement: Id,
    /// The same in the whole record.
    pub known_as: Id,
    /// Words that the draft prints without saying whose they are.
    pub unattributed: Option<Unattributed>,
}

/// Words of a statement without its speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unattributed {
    /// In the draft.
    pub span: Span,
    /// The account that names the speaker: its article, and the words that name the speaker there.
    pub named: (Id, Span),
    /// What shows it.
    pub because: Because,
}

/// Holds a draft against part of a record. A function of both; neither is changed.
pub fn compare_draft(of: &Draft) -> DraftFindings {
    let id = of.draft.article.id;
    let joined = stories_like(of);
    if joined.is_empty() {
        return DraftFindings::default();
    }
    let book = Book::new(of.corrections);
    let corrected = book.marks(of.articles);
    let articles = of.articles.iter().enumerate().map(|(i, article)| corrected.get(&i).unwrap_or(article));
    let corpus = Corpus::new(articles.filter(|a| a.article.id != id).chain([of.draft]));
    let pages = Pages::new(corpus.articles().iter().copied());
    let copies: Vec<CopyGroup> = of.record.copies.clone();
    let by_id = {
        let mut stories = joined.clone();
        stories.sort_by_key(|story| story.id);
        stories
    };
    let entities = book.entities(&pages, resolve::entities(&corpus, &by_id));
    let aligned = statements::align(&corpus, &entities, (&copies, &by_id));
    let aligned = corrections::statements(&book, &pages, (&corpus, &entities), aligned);
    let sorted = Sorted::new(of.record, &joined, id, aligned);
    let found = Findings::new(&corpus, &entities, (&copies, &by_id), &sorted.statements);
    let series = figures::series(&found);
    let differences = differences::of_article(&found, &series, id);
    let told = sorted.told.iter().map(|&(statement, known_as)| ToldInDraft {
        statement,
        known_as,
        unattributed: sorted.statement(statement).and_then(|s| attribution::missing(of.draft, &corpus, s)),
    });
    let told = told.collect();
    DraftFindings {
        told,
        only_in_draft: sorted.only_in_draft,
        untold: sorted.untold,
        record: Record {
            differences,
            copies,
            stories: joined,
            statements: sorted.statements,
            entities,
            ..Record::default()
        },
    }
}

/// The stories that the draft is like, the likest first, each with the draft in it.
fn stories_like(of: &Draft) -> Vec<Story> {
    let id = of.draft.article.id;
    let corpus = Corpus::new(of.articles);
    let likeness = |story: &Story| {
        let members = story.articles.iter().filter(|&&article| article != id).filter_map(|&a| corpus.get(a));
        alike(of.draft, members)
    };
    let mut like: Vec<(f32, &Story)> =
        of.record.stories.iter().filter_map(|story| Some((likeness(story)?, story))).collect();
    like.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
    let join = |(_, story): (f32, &Story)| {
        let mut story = story.clone();
        story.articles.retain(|&article| article != id && corpus.get(article).is_some());
        story.articles.push(id);
        story.articles.sort_unstable();
        story
    };
    like.into_iter().take(MOST_STORIES).map(join).collect()
}

/// The statements that the draft tells, by whether the record knows them.
struct Sorted {
    statements: Vec<Statement>,
    told: Vec<(Id, Id)>,
    only_in_draft: Vec<Id>,
    untold: Vec<Id>,
}

impl Sorted {
    fn new(record: &Record, stories: &[Story], draft: Id, aligned: Vec<Statement>) -> Self {
        let place = |id: Id| stories.iter().position(|story| story.id == id).unwrap_or(stories.len());
        let own = |statement: &Statement| account_of(statement, draft).cloned();
        let mut with_draft: Vec<(usize, Account, Statement)> = aligned
            .into_iter()
            .filter_map(|statement| Some((place(statement.story), own(&statement)?, statement)))
            .collect();
        // What a story tells with others counts before what it has from the draft alone, and the likest story first.
        with_draft
            .sort_by_key(|(place, account, s)| (s.accounts.len() == 1, *place, first_byte(account), s.id));
        let mut out = Self { statements: vec![], told: vec![], only_in_draft: vec![], untold: vec![] };
        let mut spent: Vec<Span> = Vec::new();
        let mut order: Vec<(usize, Id, Option<Id>)> = Vec::new();
        let mut covered: BTreeSet<(Id, u32)> = BTreeSet::new();
        for (_, account, mut statement) in with_draft {
            let is_spent = |span: Span| spent.iter().any(|known| known.overlaps(span));
            if account.parts.iter().any(|part| is_spent(part.span)) {
                continue;
            }
            spent.extend(account.parts.iter().map(|part| part.span));
            covered.extend(quotations(&statement, draft));
            let known = known_as(record, &statement, draft);
            if let Some(known) = known {
                // Whom the record credits is not put to the vote again.
                statement.speaker_name.clone_from(&known.speaker_name);
                statement.role.clone_from(&known.role);
            }
            order.push((first_byte(&account), statement.id, known.map(|known| known.id)));
            out.statements.push(statement);
        }
        out.statements.sort_by_key(|statement| statement.id);
        order.sort_unstable();
        for (_, id, known) in order {
            match known {
                Some(known) => out.told.push((id, known)),
                None => out.only_in_draft.push(id),
            }
        }
        out.untold = untold(record, &out, &covered);
        out
    }

    fn statement(&self, id: Id) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == id)
    }
}

/// Statements of the stories that the draft tells something of, none of whose quotations stands in what it tells.
fn untold(record: &Record, sorted: &Sorted, covered: &BTreeSet<(Id, u32)>) -> Vec<Id> {
    let told = sorted.told.iter().map(|(_, known)| *known).collect::<BTreeSet<Id>>();
    let of = record.statements.iter().filter(|s| told.contains(&s.id)).map(|s| s.story);
    let stories: BTreeSet<Id> = of.collect();
    let is_untold = |statement: &&Statement| {
        let quotations = statement.accounts.iter().flat_map(|a| a.quotations.iter().map(|&q| (a.article, q)));
        stories.contains(&statement.story)
            && !told.contains(&statement.id)
            && !quotations.clone().any(|quotation| covered.contains(&quotation))
    };
    record.statements.iter().filter(is_untold).map(|statement| statement.id).collect()
}

fn first_byte(account: &Account) -> usize {
    account.parts.first().map_or(0, |part| part.span.start())
}

fn account_of(statement: &Statement, article: Id) -> Option<&Account> {
    statement.accounts.iter().find(|account| account.article == article)
}

/// The quotations of others that tell a statement.
fn quotations(statement: &Statement, draft: Id) -> impl Iterator<Item = (Id, u32)> {
    let others = statement.accounts.iter().filter(move |account| account.article != draft);
    others.flat_map(|account| account.quotations.iter().map(|&q| (account.article, q)))
}

/// The statement of the record that shares most quotations with this one.
fn known_as<'r>(record: &'r Record, statement: &Statement, draft: Id) -> Option<&'r Statement> {
    let here: BTreeSet<(Id, u32)> = quotations(statement, draft).collect();
    let shared = |known: &Statement| quotations(known, draft).filter(|q| here.contains(q)).count();
    let known = record.statements.iter().map(|known| (shared(known), known));
    let best = known.filter(|(shared, _)| *shared > 0);
    best.max_by_key(|(shared, known)| (*shared, std::cmp::Reverse(known.id))).map(|(_, known)| known)
}
