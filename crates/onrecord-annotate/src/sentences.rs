//! Splits a text into sentences.
//!
//! A line end always ends a sentence: the article's text has one paragraph a line. Inside a line a
//! full stop ends one where the next word can open one, closing marks included.

use onrecord_model::{Annotations, Article, Span};
use serde::Deserialize;

use crate::{
    Annotator,
    lang::{self, List, Packs},
    tokens::{self, Token, TokenKind},
};

/// Splits a text into sentences.
pub(crate) struct Sentences;

impl Annotator for Sentences {
    fn name(&self) -> &'static str {
        "sentences"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let data = DATA.of(article);
        let tokens = tokens::tokens(&article.text, |word| data.is_abbreviation(word));
        let dateline_end = article.dateline.as_ref().map(|dateline| dateline.span.end());
        out.sentences = Splitter { text: &article.text, tokens: &tokens, data, dateline_end }.split();
    }
}

/// The tokens of an article, by the abbreviations of its language.
pub(crate) fn tokens_of(article: &Article) -> Vec<Token> {
    let data = DATA.of(article);
    tokens::tokens(&article.text, |word| data.is_abbreviation(word))
}

/// Marks in a row around the end of a sentence; more are no text.
const MOST_MARKS: usize = 12;

static DATA: Packs<Data> = Packs::new(lang::sentences);

/// The types of `sentences.toml`.
#[derive(Debug, Deserialize)]
struct Data {
    never_end: List,
    can_end: List,
    openers: List,
}

impl Data {
    fn is_abbreviation(&self, word: &str) -> bool {
        self.never_end.has(word) || self.can_end.has(word)
    }
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    data: &'a Data,
    /// Where the dateline ends: what follows it is a sentence of its own.
    dateline_end: Option<usize>,
}

impl Splitter<'_> {
    fn split(&self) -> Vec<Span> {
        let mut found = Vec::new();
        let mut start = 0;
        let mut i = 0;
        while i < self.tokens.len() {
            if self.tokens[i].kind == TokenKind::Break {
                self.push(start, i, &mut found);
                start = i + 1;
            } else if Some(self.tokens[i].span.end()) == self.dateline_end {
                self.push(start, i + 1, &mut found);
                start = i + 1;
            } else if let Some(end) = self.end_after(i) {
                self.push(start, end, &mut found);
                start = end;
                i = end;
                continue;
            }
            i += 1;
        }
        self.push(start, self.tokens.len(), &mut found);
        found
    }

    fn push(&self, start: usize, end: usize, found: &mut Vec<Span>) {
        if let (Some(first), true) = (self.tokens.get(start), start < end) {
            found.push(first.span.cover(self.tokens[end - 1].span));
        }
    }

    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.span.slice(self.text))
    }

    /// One past the last token of the sentence that ends with token `i`, if one does.
    fn end_after(&self, i: usize) -> Option<usize> {
        let stop = self.word(i);
        if self.tokens[i].kind == TokenKind::Word && stop.ends_with('.') {
            return self.abbreviation_ends(i, stop);
        }
        if !is_stop(stop) {
            return None;
        }
        let end = self.after_closers(i + 1);
        self.can_open(end, stop.starts_with("..") || stop == "…").then_some(end)
    }

    fn abbreviation_ends(&self, i: usize, word: &str) -> Option<usize> {
        let low = word.to_lowercase();
        if self.data.never_end.has(&low) || (low.chars().count() == 2 && !self.is_after_number(i)) {
            return None;
        }
        let end = self.after_closers(i + 1);
        let opener = self.word(self.after_openers(end));
        let capital = opener.chars().next().is_some_and(char::is_uppercase);
        (capital && self.data.openers.has(&opener.to_lowercase())).then_some(end)
    }

    fn is_after_number(&self, i: usize) -> bool {
        i > 0 && self.tokens[i - 1].kind == TokenKind::Number
    }

    /// Past closing marks and further stops.
    fn after_closers(&self, mut i: usize) -> usize {
        for _ in 0..MOST_MARKS {
            let Some(token) = self.tokens.get(i) else { break };
            let mark = self.word(i);
            let glued = i > 0 && self.tokens[i - 1].span.end() == token.span.start();
            let closes = matches!(mark, "”" | "»" | "''" | ")" | "]" | "’" | "“" | "″")
                && (glued || matches!(mark, "”" | "»" | "''"));
            let straight = matches!(mark, "\"" | "'") && glued;
            if !(closes || straight || (glued && is_stop(mark))) {
                break;
            }
            i += 1;
        }
        i
    }

    fn after_openers(&self, mut i: usize) -> usize {
        let limit = i + MOST_MARKS;
        while i < limit
            && matches!(self.word(i), "“" | "„" | "«" | "``" | "\"" | "'" | "‘" | "(" | "[" | "—" | "–" | "-")
        {
            i += 1;
        }
        i
    }

    /// Whether a sentence can start with token `i`. After dots of omission only a new quotation or a capital after a space does.
    fn can_open(&self, i: usize, after_omission: bool) -> bool {
        let first = self.after_openers(i);
        let Some(token) = self.tokens.get(first) else { return true };
        let c = self.word(first).chars().next().unwrap_or(' ');
        match token.kind {
            TokenKind::Break => true,
            TokenKind::Number => !after_omission && self.is_apart(i),
            _ if c.is_uppercase() => true,
            TokenKind::Word if c.is_alphabetic() && !c.is_lowercase() => true,
            // "iPhone sales rose."
            TokenKind::Word => {
                self.is_apart(i) && self.word(first).chars().nth(1).is_some_and(char::is_uppercase)
            }
            TokenKind::Mark => {
                !after_omission && self.is_apart(i) && matches!(c, '$' | '€' | '£' | '#' | '@')
            }
        }
    }

    fn is_apart(&self, i: usize) -> bool {
        i == 0 || self.tokens.get(i).is_none_or(|token| self.tokens[i - 1].span.end() < token.span.start())
    }
}

fn is_stop(mark: &str) -> bool {
    matches!(mark, "!" | "?" | "…" | "。" | "！" | "？") || mark.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_article(&crate::testing::article(text), expected);
    }

    #[track_caller]
    fn check_article(article: &Article, expected: &[&str]) {
        let mut out = Annotations::default();
        Sentences.annotate(article, &mut out);
        let found: Vec<&str> = out.sentences.iter().map(|span| span.slice(&article.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_dateline_is_no_part_of_the_sentence_after_it() {
        let mut article = crate::testing::article("ELDMOUTH (Vesta) - The mayor left.");
        article.dateline = Some(onrecord_model::Dateline {
            place: Some("ELDMOUTH".to_owned()),
            date: None,
            agency: Some("Vesta".to_owned()),
            span: Span::new(0, 18),
        });
        check_article(&article, &["ELDMOUTH (Vesta) -", "The mayor left."]);
    }

    #[test]
    fn stops_that_end_and_stops_that_do_not() {
        check("Mr. Orlov left. He was 5.5 km away.", &["Mr. Orlov left.", "He was 5.5 km away."]);
        check(
            "The U.S. Navy left the U.S. The rest stayed.",
            &["The U.S. Navy left the U.S.", "The rest stayed."],
        );
        check(
            "D. Orlov won No. 5 of J.R. Smith Inc. in May.",
            &["D. Orlov won No. 5 of J.R. Smith Inc. in May."],
        );
        check("“It is over.” She left.", &["“It is over.”", "She left."]);
        check("\"Over?\" she asked. \"Yes.\" He sat.", &["\"Over?\" she asked.", "\"Yes.\"", "He sat."]);
        check("``It is over. '' She left.", &["``It is over. ''", "She left."]);
        check("It ended Tuesday.The minister left.", &["It ended Tuesday.", "The minister left."]);
    }

    #[test]
    fn line_ends_are_hard() {
        check("Mayor quits\n\nThe mayor of\nLindau quit", &["Mayor quits", "The mayor of", "Lindau quit"]);
        check("  \n ", &[]);
    }
}
