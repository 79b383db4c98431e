//! Many annotated articles to one record: copies, stories, statements, differences, replies, themes.
//!
//! A pure function of the *set* of articles. (1) Each article gives a few blocking [`keys`]; (2) articles
//! that share a key are candidates; (3) two candidates are compared with each other and with fixed
//! background statistics, never with the rest of the set; (4) connected components over the links are
//! the groups, and alignment happens inside each. So no order, thread count or earlier state can
//! change the result.

mod background;
mod cluster;
mod components;
mod copies;
mod corpus;
mod corrections;
mod differences;
mod draft;
mod figures;
mod keys;
mod replies;
mod resolve;
mod revisions;
mod statements;
mod stories;
mod tally;
mod tellings;
mod themes;
mod words;

use onrecord_model::{AnnotatedArticle, Correction, Record};

use corpus::{Corpus, Findings};
use corrections::{Book, Pages};

pub use corrections::{CannotCorrect, Desk, HIDDEN, Standing, hidden, standing};
pub use draft::{Draft, DraftFindings, ToldInDraft, Unattributed, compare_draft, telling_words};
pub use revisions::{changed_pages, page_of, revisions};
pub use tally::{Course, Policy, Tallies, Tally, Told};
pub use words::holds_words;

/// Reconciles `articles`, in any order, into one record.
pub fn reconcile(articles: &[AnnotatedArticle]) -> Record {
    reconcile_corrected(articles, &[])
}

/// The same, with what people said about the record applied where it belongs. A function of both sets.
pub fn reconcile_corrected(articles: &[AnnotatedArticle], corrections: &[Correction]) -> Record {
    reconcile_counting(articles, corrections).0
}

/// Pairs of articles that share enough keys to be compared: at most 32 an article for copies, 48 for stories.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// As one text.
    pub copies: usize,
    /// As one happening.
    pub stories: usize,
}

/// The same; says what was compared on the way.
pub fn reconcile_counting(articles: &[AnnotatedArticle], corrections: &[Correction]) -> (Record, Compared) {
    let book = Book::new(corrections);
    let changed = changed_pages(&revisions(articles));
    let corrected = book.marks(articles);
    let articles = articles.iter().enumerate().map(|(i, article)| corrected.get(&i).unwrap_or(article));
    let corpus = Corpus::new(articles);
    let pages = Pages::new(corpus.articles().iter().copied());
    let (copies, compared_copies) = copies::group(&corpus);
    let (stories, compared_stories) = stories::group(&corpus, &copies);
    let compared = Compared { copies: compared_copies, stories: compared_stories };
    let entities = book.entities(&pages, resolve::entities(&corpus, &stories));
    let statements = statements::align(&corpus, &entities, (&copies, &stories));
    let statements = corrections::statements(&book, &pages, (&corpus, &entities), statements);
    let found = Findings::new(&corpus, &entities, (&copies, &stories), &statements);
    let figures = figures::series(&found);
    let differences = differences::find(&found, &figures);
    let replies = replies::find(&found);
    let themes = themes::find(&found);
    let figures = figures.into_iter().map(|counted| counted.series).collect();
    let record = Record {
        entities,
        copies,
        stories,
        statements,
        differences,
        replies,
        figures,
        themes,
        pages: changed,
    };
    (record, compared)
}
