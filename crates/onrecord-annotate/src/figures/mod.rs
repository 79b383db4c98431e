//! Finds asserted quantities and what they count.
//!
//! A figure is a **number** with its **bound** ("more than"), its **unit** (money, percent, measure, or none
//! for a plain count) and what is **counted**. Numbers that assert no quantity are left out: dates,
//! clock times, labels, names, scores, ages. Who asserts a figure is the innermost quotation that it lies in.

mod bounds;
mod clause;
mod counted;
mod draft;
mod exclude;
mod lexicon;
mod money;
mod numerals;
mod phrases;
#[cfg(test)]
mod tests;
mod words;

use onrecord_model::{Annotations, Article, Figure, Holder, Quotation, Span};

use crate::Annotator;
use counted::Memory;
use draft::Draft;
use lexicon::LEXICON;
use money::Money;
use numerals::{Digits, Reader};
use words::{Kind, Words};

/// Quotations looked at for the holder of one figure.
const MOST_QUOTATIONS: usize = 64;

/// Finds asserted quantities and what they count.
pub(crate) struct Figures;

impl Annotator for Figures {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let lexicon = LEXICON.of(article);
        let words = Words::read(article, out, lexicon);
        let money = Money::read(&words, lexicon);
        let digits = Digits { comma_is_decimal: writes_decimal_commas(&words) };
        let names = exclude::names(&words, lexicon);
        let reader = Reader { words: &words, lexicon, digits, money: &money, names: &names };
        let contents = Contents::new(&out.quotations);
        out.figures = read(&reader, &contents);
    }
}

fn read(reader: &Reader<'_>, contents: &Contents) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut memory = Memory::default();
    let (mut i, mut free) = (0, 0);
    while i < reader.words.len() {
        if reader.words.kind(i) == Kind::Break {
            memory.turn();
        }
        if let Some(to) = reader.code_run(i) {
            (i, free) = (to, to);
            continue;
        }
        let Some(mut draft) = reader.draft(i) else {
            i += 1;
            continue;
        };
        reader.add_bound(&mut draft);
        i = draft.to.max(i + 1);
        if draft.from >= free && reader.is_figure(&draft) {
            free = draft.to;
            figures.push(figure(reader, draft, contents, &mut memory));
        }
    }
    figures
}

fn figure(reader: &Reader<'_>, mut draft: Draft, contents: &Contents, memory: &mut Memory) -> Figure {
    let span = reader.words.span(draft.from, draft.to);
    let counted = reader.counted(&mut draft, memory);
    Figure {
        span,
        value: draft.value,
        value_to: draft.value_to,
        bound: draft.bound,
        unit: draft.unit,
        counted,
        holder: contents.holder(span),
    }
}

/// Whether the article writes "4,5" for four and a half.
fn writes_decimal_commas(words: &Words<'_>) -> bool {
    (0..words.len()).filter(|i| words.kind(*i) == Kind::Digits).any(|i| {
        let parts: Vec<&str> = words.word(i).split(',').collect();
        matches!(parts.as_slice(), [whole, part] if whole.len() <= 3 && part.len() <= 2 && !whole.contains('.'))
    })
}

/// The contents of all quotations, by where they start.
struct Contents(Vec<(Span, u32)>);

impl Contents {
    fn new(quotations: &[Quotation]) -> Self {
        let mut spans: Vec<(Span, u32)> = quotations
            .iter()
            .enumerate()
            .flat_map(|(n, quotation)| quotation.content.iter().map(move |span| (*span, n as u32)))
            .collect();
        spans.sort_unstable();
        Self(spans)
    }

    /// The innermost quotation whose content holds `figure`, or else the outlet.
    fn holder(&self, figure: Span) -> Holder {
        let end = self.0.partition_point(|(span, _)| span.start() < figure.end());
        let near = &self.0[end.saturating_sub(MOST_QUOTATIONS)..end];
        let holding = near.iter().filter(|(span, _)| span.overlaps(figure) && span.end() >= figure.end());
        holding.min_by_key(|(span, _)| span.len()).map_or(Holder::Outlet, |(_, n)| Holder::Quotation(*n))
    }
}
