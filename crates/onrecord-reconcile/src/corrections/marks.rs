//! Who speaks, which words, which day: corrections of one article's own marks.

use std::collections::BTreeMap;

use onrecord_model::{
    AnnotatedArticle, Because, Change, Correction, EntityKind, EntityRef, Hash, LocalEntity, Place,
    Quotation, Span, Speaker,
};

use super::Book;
use crate::words::fold;

/// Copies of the articles that a correction reaches, corrected in the order of the book.
pub(super) fn corrected(book: &Book, articles: &[AnnotatedArticle]) -> BTreeMap<usize, AnnotatedArticle> {
    let mut by_page: BTreeMap<Hash, Vec<usize>> = BTreeMap::new();
    for (i, annotated) in articles.iter().enumerate() {
        by_page.entry(annotated.article.page_hash).or_default().push(i);
    }
    let mut copies: BTreeMap<usize, AnnotatedArticle> = BTreeMap::new();
    for correction in book.iter().filter(|c| is_about_marks(&c.change)) {
        for place in correction.change.places() {
            for &i in by_page.get(&place.page).into_iter().flatten() {
                let copy = copies.entry(i).or_insert_with(|| articles[i].clone());
                correct(copy, place, correction);
            }
        }
    }
    copies
}

fn is_about_marks(change: &Change) -> bool {
    matches!(change, Change::Speaker { .. } | Change::Words { .. } | Change::SaidOn { .. })
}

/// Corrects the quotations of one article at one place.
fn correct(copy: &mut AnnotatedArticle, place: &Place, correction: &Correction) {
    let Some(span) = place.find_in(&copy.article) else { return };
    let signed = &correction.signed;
    let because = || Because::new(rule(&correction.change), format!("{}: {}", signed.by, signed.why));
    match &correction.change {
        Change::Speaker { name, kind, .. } => {
            let entity = name.as_deref().map(|name| entity(copy, name, *kind));
            let speaker = Speaker { name: name.clone(), entity, role: None, because: because() };
            quotations_at(copy, span).for_each(|q| q.speaker = speaker.clone());
        }
        Change::SaidOn { day, .. } => {
            quotations_at(copy, span).for_each(|q| q.said_on = Some(day.clone()));
        }
        Change::Words { content, .. } => {
            let found: Vec<Span> = content.iter().filter_map(|c| c.find_in(&copy.article)).collect();
            let best = told_at(&copy.annotations.quotations, span);
            let best = best.and_then(|at| copy.annotations.quotations.get_mut(at));
            if let Some(quotation) = best.filter(|_| found.len() == content.len() && !found.is_empty()) {
                quotation.content = found;
                quotation.because = because();
            }
        }
        _ => {}
    }
}

fn rule(change: &Change) -> String {
    format!("corrections.{}", change.name())
}

/// The quotation that has most of some words. The first of equals, so that one place never moves two quotations.
pub(super) fn told_at(quotations: &[Quotation], span: Span) -> Option<usize> {
    let shared = |q: &Quotation| -> usize {
        let overlap = |c: &Span| c.end().min(span.end()).saturating_sub(c.start().max(span.start()));
        q.content.iter().map(overlap).sum()
    };
    let holds = |q: &Quotation| q.content.iter().any(|c| c.overlaps(span));
    let held = quotations.iter().enumerate().filter(|(_, q)| holds(q));
    held.rev().max_by_key(|(_, q)| shared(q)).map(|(at, _)| at)
}

fn quotations_at(copy: &mut AnnotatedArticle, span: Span) -> impl Iterator<Item = &mut Quotation> + '_ {
    copy.annotations.quotations.iter_mut().filter(move |q| q.content.iter().any(|c| c.overlaps(span)))
}

/// The article's own entity of this name, or a new one.
fn entity(copy: &mut AnnotatedArticle, name: &str, kind: EntityKind) -> EntityRef {
    let wanted = fold(name);
    let locals = &mut copy.annotations.entities;
    let bears = |local: &LocalEntity| {
        local.kind == kind && std::iter::once(&local.name).chain(&local.variants).any(|n| fold(n) == wanted)
    };
    let at = locals.iter().position(bears).unwrap_or_else(|| {
        locals.push(LocalEntity { kind, name: name.to_owned(), role: None, variants: Vec::new() });
        locals.len() - 1
    });
    EntityRef(u32::try_from(at).unwrap_or(u32::MAX))
}
