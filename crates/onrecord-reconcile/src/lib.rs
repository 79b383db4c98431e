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
mod differences;
mod figures;
mod keys;
mod replies;
mod resolve;
mod statements;
mod stories;
mod tellings;
mod themes;
mod words;

use onrecord_model::{AnnotatedArticle, Record};

use corpus::{Corpus, Findings};

/// Reconciles `articles`, in any order, into one record.
pub fn reconcile(articles: &[AnnotatedArticle]) -> Record {
    let corpus = Corpus::new(articles);
    let copies = copies::group(&corpus);
    let stories = stories::group(&corpus, &copies);
    let entities = resolve::entities(&corpus, &stories);
    let statements = statements::align(&corpus, &entities, (&copies, &stories));
    let found = Findings::new(&corpus, &entities, (&copies, &stories), &statements);
    let figures = figures::series(&found);
    let differences = differences::find(&found, &figures);
    let replies = replies::find(&found);
    let themes = themes::find(&found);
    let figures = figures.into_iter().map(|counted| counted.series).collect();
    Record { entities, copies, stories, statements, differences, replies, figures, themes }
}
