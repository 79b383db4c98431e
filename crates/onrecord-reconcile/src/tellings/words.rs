//! The words of a telling, each with what it is compared by.

use onrecord_model::{AnnotatedArticle, Span};

use super::lexicon::Lexicon;
use crate::words::{Look, fold, words as split};

/// One word, number or date of a telling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands; a figure or a date is one word with the whole of its span.
    pub(crate) span: Span,
    /// Folded.
    pub(crate) text: String,
    /// The stem of `text`.
    pub(crate) stem: String,
    /// What it is compared by: words for one thing have one key.
    pub(crate) key: String,
    /// Whether it carries content.
    pub(crate) content: bool,
    /// Whether it stands in quotation marks.
    pub(crate) quoted: bool,
    /// Whether it begins with a capital inside a sentence.
    pub(crate) name: bool,
    /// Index into the article's figures.
    pub(crate) figure: Option<u32>,
    /// Index into the article's dates.
    pub(crate) date: Option<u32>,
}

impl Word {
    /// Whether it is a plain word: no figure, no date, with content.
    pub(crate) fn is_plain(&self) -> bool {
        self.content && self.figure.is_none() && self.date.is_none()
    }
}

/// The words of `span`, at most `limit` of them; a figure or a date is one word.
pub(crate) fn read(of: &AnnotatedArticle, lexicon: &Lexicon, span: Span, limit: usize) -> Vec<Word> {
    let text = &of.article.text;
    let shown = clip(text, span, limit);
    let tokens: Vec<(Span, String, Look)> = split(shown.slice(text))
        .into_iter()
        .take(limit)
        .map(|w| (w.span.shifted(shown.start()), fold(w.span.slice(shown.slice(text))), w.look))
        .collect();
    let spelled: Vec<String> = tokens.iter().map(|(_, text, _)| text.clone()).collect();
    let mut found: Vec<Word> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some((span, folded, look)) = tokens.get(at) {
        let (word, len) = marked(of, *span)
            .map_or_else(|| plain(lexicon, (*span, folded, *look), &spelled[at..]), |word| (word, 1));
        let last = tokens.get(at + len - 1).map_or(word.span, |t| t.0);
        at += len;
        while tokens.get(at).is_some_and(|t| word.is_marked() && word.span.overlaps(t.0)) {
            at += 1;
        }
        let span = if word.is_marked() { word.span } else { word.span.cover(last) };
        found.push(Word { span, ..word });
    }
    found
}

/// As much of `span` as `limit` words can reach, cut at a character.
fn clip(text: &str, span: Span, limit: usize) -> Span {
    let mut end = span.end().min(text.len()).min(span.start() + limit * 64);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(span.start().min(end), end)
}

impl Word {
    fn is_marked(&self) -> bool {
        self.figure.is_some() || self.date.is_some()
    }
}

/// The date or figure that a token belongs to, as one word.
fn marked(of: &AnnotatedArticle, token: Span) -> Option<Word> {
    let dates = &of.annotations.dates;
    let figures = &of.annotations.figures;
    let date = holding(dates, token, |d| d.span);
    let figure = holding(figures, token, |f| f.span);
    let (span, date, figure) = match (date, figure) {
        // "33 years" names no day and is compared as a figure.
        (Some(d), _) if figure.is_none() || dates[d].value.is_some() => (dates[d].span, Some(d), None),
        (_, Some(f)) => (figures[f].span, None, Some(f)),
        _ => return None,
    };
    let text = fold(span.slice(&of.article.text));
    let index = |i: Option<usize>| i.and_then(|i| u32::try_from(i).ok());
    let word = Word {
        span,
        stem: text.clone(),
        key: text.clone(),
        text,
        content: true,
        quoted: false,
        name: false,
        figure: index(figure),
        date: index(date),
    };
    Some(word)
}

/// The first item, in reading order, whose span holds the token.
fn holding<T>(items: &[T], token: Span, span: impl Fn(&T) -> Span) -> Option<usize> {
    let first = items.partition_point(|item| span(item).end() <= token.start());
    items.get(first).filter(|item| span(item).overlaps(token)).map(|_| first)
}

/// A word that is neither, or a fixed phrase that stands for one; with the number of tokens it takes.
fn plain(lexicon: &Lexicon, (span, folded, look): (Span, &str, Look), rest: &[String]) -> (Word, usize) {
    let compound = lexicon.compound(rest);
    let len = compound.map_or(1, |(len, _)| len);
    let text = rest[..len].join(" ");
    let key = compound.map_or_else(|| lexicon.key(folded), |(_, key)| key.to_owned());
    let content = compound.is_some() || !(lexicon.is_function(folded) || folded.ends_with("n't"));
    let stem = if len == 1 { lexicon.stem(folded) } else { key.clone() };
    let word = Word {
        span,
        text,
        stem,
        key,
        content,
        quoted: false,
        name: look == Look::Name,
        figure: None,
        date: None,
    };
    (word, len)
}
