//! The road from inputs to a record: read pages, make articles of them, annotate, store, reconcile.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use anyhow::Result;
use onrecord_annotate::{EventCoder, Model};
use onrecord_ingest::{Page, Selection, extract, sources};
use onrecord_model::{AnnotatedArticle, Annotations, Article, Extraction, Hash, Problem, ProblemKind};
use onrecord_reconcile::Compared;
use onrecord_store::{Entry, Store};
use rayon::prelude::*;

use crate::progress::Progress;

/// Pages worked on at a time: enough for every thread, few enough to hold in memory.
const BATCH_PAGES: usize = 256;
/// A batch ends early at this many bytes, so that long pages do not pile up.
const BATCH_BYTES: usize = 16 << 20;

/// How a run over inputs went.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Files that were opened.
    pub(crate) files: usize,
    /// Articles that the run added.
    pub(crate) added: usize,
    /// Pages that were in the record already.
    pub(crate) known: usize,
    /// Inputs that gave no article, and why.
    pub(crate) unread: Vec<Problem>,
    /// Pairs of articles that were compared; none where the record was up to date.
    pub(crate) compared: Compared,
}

/// What the inputs give, one at a time and in a fixed order.
pub(crate) enum Item {
    /// A file was opened.
    File,
    /// A page to make an article of.
    Page(Page),
    /// What could not be read.
    Problem(Problem),
}

/// Reads `inputs` into `store`, a batch at a time, and reconciles what is then in it. A page that is in
/// the record already is passed over, so that an interrupted run goes on where it was.
pub(crate) fn build(
    store: &mut Store,
    (inputs, selection): (&[PathBuf], &Selection),
    model: Model,
    progress: &Progress,
) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut items = items(inputs, selection);
    loop {
        let batch = next_batch(&mut items);
        if batch.is_empty() {
            break;
        }
        outcome.files += batch.iter().filter(|item| matches!(item, Item::File)).count();
        store_batch(store, batch, model, &mut outcome)?;
        progress.read(outcome.added + outcome.known, outcome.unread.len());
    }
    outcome.compared = reconcile(store, progress)?;
    Ok(outcome)
}

/// Makes the record anew where articles were added since it was made, or something was said about it;
/// says what was compared.
pub(crate) fn reconcile(store: &mut Store, progress: &Progress) -> Result<Compared> {
    let mut compared = Compared::default();
    while !store.is_reconciled()? {
        let articles = store.articles()?;
        progress.reconciling(articles.len());
        let corrections = store.corrections()?;
        let record;
        (record, compared) = onrecord_reconcile::reconcile_counting(&articles, &corrections);
        let read = articles.len();
        drop(articles);
        store.replace_record(&record, read, &corrections)?;
    }
    Ok(compared)
}

/// Files, pages and problems of the inputs, read as they are asked for.
pub(crate) fn items(inputs: &[PathBuf], selection: &Selection) -> impl Iterator<Item = Item> + use<> {
    sources(inputs, selection).flat_map(|source| -> Box<dyn Iterator<Item = Item>> {
        match source {
            Ok(source) => {
                let pages = source.pages().map(|page| page.map_or_else(Item::Problem, Item::Page));
                Box::new(std::iter::once(Item::File).chain(pages))
            }
            Err(problem) => Box::new(std::iter::once(Item::Problem(problem))),
        }
    })
}

/// As many items as are worked on together; empty at the end.
pub(crate) fn next_batch(items: &mut impl Iterator<Item = Item>) -> Vec<Item> {
    let mut batch = Vec::new();
    let (mut pages, mut bytes) = (0, 0);
    while pages < BATCH_PAGES && bytes < BATCH_BYTES {
        let Some(item) = items.next() else { break };
        if let Item::Page(page) = &item {
            pages += 1;
            bytes += page.bytes.len();
        }
        batch.push(item);
    }
    batch
}

fn store_batch(store: &mut Store, batch: Vec<Item>, model: Model, outcome: &mut Outcome) -> Result<()> {
    let mut pages = Vec::new();
    let mut problems = Vec::new();
    for item in batch {
        match item {
            Item::File => {}
            Item::Problem(problem) => problems.push(problem),
            Item::Page(page) if store.has(id_of(&page))? => outcome.known += 1,
            Item::Page(page) => pages.push(page),
        }
    }
    let read: Vec<Result<Entry, Problem>> = pages.into_par_iter().map(|page| entry(page, model)).collect();
    let mut entries = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push(problem),
        }
    }
    let added = store.add(&entries)?;
    outcome.added += added;
    outcome.known += entries.len() - added;
    store.add_problems(&problems)?;
    outcome.unread.extend(problems);
    Ok(())
}

fn id_of(page: &Page) -> onrecord_model::Id {
    Article::id_of(Hash::of(&page.bytes), &page.origin)
}

fn entry(page: Page, model: Model) -> Result<Entry, Problem> {
    let (extraction, annotations) = read(&page, model)?;
    Ok(Entry { page_bytes: page.bytes, extraction, annotations })
}

/// Makes an article of a page and marks it up. A page that trips a fault of ours is a problem too: one
/// article must not cost the run.
pub(crate) fn read(page: &Page, model: Model) -> Result<(Extraction, Annotations), Problem> {
    read_with(page, model, None)
}

/// The same, of which only the article counts.
pub(crate) fn read_article(page: &Page, model: Model) -> Result<AnnotatedArticle, Problem> {
    let (extraction, annotations) = read(page, model)?;
    Ok(AnnotatedArticle { article: extraction.article, annotations })
}

/// The same, with events coded by `coder` where there is one.
pub(crate) fn read_with(
    page: &Page,
    model: Model,
    coder: Option<&EventCoder>,
) -> Result<(Extraction, Annotations), Problem> {
    guarded(page, || {
        let mut extraction = extract(page)?;
        let annotations = onrecord_annotate::annotate_with(&extraction.article, model, coder);
        extraction.problems.extend(too_long(&extraction.article));
        extraction.problems.extend(not_read(&extraction.article));
        Ok((extraction, annotations))
    })
}

/// What to say of a text of which only the beginning was marked up.
fn too_long(article: &Article) -> Option<Problem> {
    let (length, most) = (article.text.len(), onrecord_annotate::LONGEST_TEXT_BYTES);
    let origin = article.origin.to_string();
    let message = format!(
        "`{origin}` has {length} bytes of text; quotations, figures and dates were looked for in the first {most} (hint: split it, one article a file)"
    );
    (length > most).then_some(Problem { kind: ProblemKind::Damaged, origin, message, span: None })
}

/// What to say of a text whose language has no pack.
fn not_read(article: &Article) -> Option<Problem> {
    let language = article.language.as_ref().filter(|_| !onrecord_annotate::reads_language_of(article))?;
    let origin = article.origin.to_string();
    let message = format!(
        "`{origin}` is in a language without a pack ({}): its text was kept, and no quotations, names, figures or dates were looked for (hint: if that is not its language, give `language` in a JSON Lines or CSV file)",
        language.value
    );
    Some(Problem { kind: ProblemKind::Unknown, origin, message, span: None })
}

/// Makes an article of a page, without marking it up.
pub(crate) fn read_text(page: &Page) -> Result<Extraction, Problem> {
    guarded(page, || extract(page))
}

fn guarded<T>(page: &Page, work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let origin = page.origin.to_string();
        let message =
            format!("`{origin}` was not read because of a fault in onrecord (hint: report it with the page)");
        Err(Problem { kind: ProblemKind::Unread, origin, message, span: None })
    })
}
