//! The words of a passage as an editor sees them: a figure or a date is one word, and each word knows whether it
//! is quoted and whether it names somebody.

use onrecord_model::{AnnotatedArticle, Mention, QuotationKind, Span};

use super::passages::{Passage, passages};
use crate::words::{Look, hash, words};

/// One word, figure or date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) span: Span,
    /// Hash of its folded words.
    pub(super) form: u64,
    /// What it means, where that is known: the value of a figure, a date or a grouped number.
    pub(super) value: Option<u64>,
    /// The stem of a plain word.
    pub(super) term: u64,
    pub(super) sort: Sort,
    pub(super) quoted: bool,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Plain,
    /// A part of a name.
    Name,
    Figure,
    Date,
}

impl Token {
    /// Whether both say the same.
    pub(super) fn says(&self, other: &Token) -> bool {
        self.form == other.form || (self.value.is_some() && self.value == other.value)
    }
}

/// An article as passages, with the places of its quoted words.
pub(super) struct Version<'a> {
    pub(super) of: &'a AnnotatedArticle,
    pub(super) passages: Vec<Passage>,
    quoted: Vec<Span>,
}

impl<'a> Version<'a> {
    pub(super) fn new(of: &'a AnnotatedArticle) -> Self {
        Self { of, passages: passages(of), quoted: quoted(of) }
    }

    pub(super) fn text(&self) -> &'a str {
        &self.of.article.text
    }

    /// Whether a passage is the headline or a part of it.
    pub(super) fn is_headline(&self, span: Span) -> bool {
        self.of.article.headline_span.is_some_and(|headline| headline.overlaps(span))
    }

    /// The words of a passage.
    pub(super) fn tokens(&self, passage: Span) -> Vec<Token> {
        let mut found: Vec<Token> = Vec::new();
        let is_headline = self.is_headline(passage);
        for word in words(passage.slice(self.text())) {
            let span = word.span.shifted(passage.start());
            if found.last().is_some_and(|last| last.span.overlaps(span)) {
                continue; // It belongs to the figure or date before.
            }
            let token = self.marked(span, passage).unwrap_or_else(|| {
                let sort = match word.look {
                    Look::Number => Sort::Figure,
                    _ if self.is_name(span, word.look, is_headline) => Sort::Name,
                    _ => Sort::Plain,
                };
                let value = (word.look == Look::Number).then_some(word.term);
                Token { span, form: word.form, value, term: word.term, sort, quoted: false }
            });
            found.push(Token { quoted: covers(&self.quoted, span), ..token });
        }
        found
    }

    /// The date or figure that begins or goes on at a word, cut to the passage.
    fn marked(&self, word: Span, passage: Span) -> Option<Token> {
        let marks = &self.of.annotations;
        let date = holding(&marks.dates, word, |d| d.span).filter(|d| d.value.is_some());
        let (span, sort, value) = match (date, holding(&marks.figures, word, |f| f.span)) {
            (Some(date), _) => (date.span, Sort::Date, date.value.as_ref().map(|value| value.edtf.clone())),
            (None, Some(figure)) => {
                let unit = figure.unit.as_ref().map(|unit| unit.name().to_owned());
                let value = format!("{:?} {:?} {:?} {unit:?}", figure.value, figure.value_to, figure.bound);
                (figure.span, Sort::Figure, Some(value))
            }
            (None, None) => return None,
        };
        let span = Span::new(span.start().max(passage.start()), span.end().min(passage.end()));
        let forms = words(span.slice(self.text())).into_iter().map(|word| word.form);
        let form = crate::words::combine(forms);
        Some(Token { span, form, value: value.map(|v| hash(v.as_bytes())), term: form, sort, quoted: false })
    }

    /// In a headline every word may begin with a capital: there only what was marked as a name is one.
    fn is_name(&self, word: Span, look: Look, is_headline: bool) -> bool {
        let is_capital = word.slice(self.text()).chars().next().is_some_and(char::is_uppercase);
        is_capital && ((look == Look::Name && !is_headline) || self.mention(word).is_some())
    }

    /// The mention of something known that a word belongs to.
    pub(super) fn mention(&self, word: Span) -> Option<&'a Mention> {
        holding(&self.of.annotations.mentions, word, |m| m.span).filter(|mention| mention.entity.is_some())
    }

    /// The fullest name of what a word names.
    pub(super) fn named(&self, word: Span) -> Option<&'a str> {
        let entity = self.mention(word)?.entity?;
        self.of.annotations.entity(entity).map(|entity| entity.name.as_str())
    }
}

/// The first item, in reading order, whose span holds a word.
fn holding<T>(items: &[T], word: Span, span: impl Fn(&T) -> Span) -> Option<&T> {
    let first = items.partition_point(|item| span(item).end() <= word.start());
    items.get(first).filter(|item| span(item).overlaps(word))
}

fn covers(stretches: &[Span], word: Span) -> bool {
    let first = stretches.partition_point(|s| s.end() <= word.start());
    stretches.get(first).is_some_and(|s| s.overlaps(word))
}

/// Where words stand in quotation marks, in order and without overlaps.
fn quoted(of: &AnnotatedArticle) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for quotation in &of.annotations.quotations {
        for &content in &quotation.content {
            match quotation.kind {
                QuotationKind::Direct => found.push(content),
                QuotationKind::Mixed => between_marks(&of.article.text, content, &mut found),
                QuotationKind::Indirect => {}
            }
        }
    }
    found.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in found {
        match merged.last_mut() {
            Some(last) if last.end() >= span.start() => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// The stretches of `content` that stand between quotation marks; a last one may end with the content.
fn between_marks(text: &str, content: Span, found: &mut Vec<Span>) {
    let mut open = None;
    for (at, mark) in content.slice(text).match_indices(['"', '“', '”', '„', '«', '»']) {
        let at = content.start() + at;
        match (mark, open) {
            ("”" | "»", Some(start)) | ("\"", Some(start)) => {
                found.push(Span::new(start, at));
                open = None;
            }
            ("”" | "»", None) => {}
            _ => open = Some(at + mark.len()),
        }
    }
    found.extend(open.map(|start| Span::new(start, content.end())));
}
