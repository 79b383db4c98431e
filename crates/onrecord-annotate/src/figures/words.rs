//! The article as the figures' rules see it: words, with numbers and units cut out of hyphened words.

use onrecord_model::{Annotations, Article, Reading, Span};

use super::lexicon::Lexicon;
use crate::{
    sentences,
    tagger::{self, Tag},
    tokens::{Token, TokenKind},
};

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits with their inner separators.
    Digits,
    /// Any other sign.
    Mark,
    /// A line end.
    Break,
}

/// A token or a part of one: "15", "-", "year" of "15-year".
#[derive(Debug, Clone)]
struct Piece {
    span: Span,
    low: String,
    kind: Kind,
    tag: Tag,
    /// No white space before it.
    glued: bool,
    /// Opens a sentence or a line.
    opens: bool,
}

/// An article cut into pieces.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pieces: Vec<Piece>,
}

impl<'a> Words<'a> {
    /// Cuts `article`.
    pub(super) fn read(article: &'a Article, marks: &Annotations, lexicon: &Lexicon) -> Self {
        let tokens = sentences::tokens_of(article);
        let opens = openers(&tokens, &marks.sentences);
        let tags = tags((&article.text, &marks.reading), &tokens, &opens, lexicon);
        let mut words = Self { text: &article.text, pieces: Vec::with_capacity(tokens.len()) };
        for (i, token) in tokens.iter().enumerate() {
            let first = words.pieces.len();
            words.cut(token, tags[i], lexicon);
            if let Some(piece) = words.pieces.get_mut(first) {
                piece.opens = opens[i];
            }
        }
        words
    }

    fn cut(&mut self, token: &Token, tag: Tag, lexicon: &Lexicon) {
        let span = token.span;
        match token.kind {
            TokenKind::Break => self.push(span, Kind::Break, tag),
            TokenKind::Mark => self.push(span, Kind::Mark, tag),
            TokenKind::Number => self.cut_number(span, tag),
            TokenKind::Word => self.cut_word(span, tag, lexicon),
        }
    }

    /// Digits and the letters glued to them: "500" and "km".
    fn cut_number(&mut self, span: Span, tag: Tag) {
        let word = span.slice(self.text);
        let letters = word.find(|c: char| c.is_alphabetic()).unwrap_or(word.len());
        let middle = span.start() + letters;
        self.push(Span::new(span.start(), middle), Kind::Digits, tag);
        if letters < word.len() {
            self.push(Span::new(middle, span.end()), Kind::Word, Tag::Nn);
        }
    }

    /// A hyphened word that starts with a number word, in parts; any other word whole.
    fn cut_word(&mut self, span: Span, tag: Tag, lexicon: &Lexicon) {
        let word = span.slice(self.text);
        let first = word.split('-').next().unwrap_or(word);
        if first.len() == word.len() || !is_numeric(&tagger::low(first), lexicon) {
            return self.push(span, Kind::Word, tag);
        }
        let mut at = span.start();
        for (n, part) in word.split('-').enumerate() {
            if n > 0 {
                self.push(Span::new(at - 1, at), Kind::Mark, Tag::Punct);
            }
            if !part.is_empty() {
                let digits = part.bytes().all(|b| b.is_ascii_digit());
                let kind = if digits { Kind::Digits } else { Kind::Word };
                let last = at + part.len() == span.end();
                self.push(Span::new(at, at + part.len()), kind, if last { Tag::Nn } else { Tag::Cd });
            }
            at += part.len() + 1;
        }
    }

    fn push(&mut self, span: Span, kind: Kind, tag: Tag) {
        let glued = self.pieces.last().is_some_and(|last| last.span.end() == span.start());
        let low = tagger::low(span.slice(self.text));
        self.pieces.push(Piece { span, low, kind, tag, glued, opens: false });
    }

    /// How many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Lower case, straight apostrophes; empty past the end.
    pub(super) fn low(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |piece| piece.low.as_str())
    }

    /// The piece `back` places before `i`.
    pub(super) fn before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |at| self.low(at))
    }

    /// As printed.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.pieces.get(i).map_or("", |piece| piece.span.slice(self.text))
    }

    /// What piece `i` is; a line end past the last.
    pub(super) fn kind(&self, i: usize) -> Kind {
        self.pieces.get(i).map_or(Kind::Break, |piece| piece.kind)
    }

    /// The word class of piece `i`.
    pub(super) fn tag(&self, i: usize) -> Tag {
        self.pieces.get(i).map_or(Tag::Punct, |piece| piece.tag)
    }

    /// Whether piece `i` follows the one before without white space.
    pub(super) fn glued(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|piece| piece.glued)
    }

    /// Whether piece `i` opens a sentence.
    pub(super) fn opens(&self, i: usize) -> bool {
        self.pieces.get(i).is_none_or(|piece| piece.opens)
    }

    /// Whether piece `i` starts with a capital.
    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.word(i).starts_with(char::is_uppercase)
    }

    /// From the start of piece `from` to the end of the last piece before `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let end = |i: usize| self.pieces.get(i).map_or(Span::new(0, 0), |piece| piece.span);
        if to <= from {
            Span::new(end(from).start(), end(from).start())
        } else {
            end(from).cover(end(to - 1))
        }
    }

    /// What stands between piece `i` and the one before.
    pub(super) fn gap(&self, i: usize) -> &'a str {
        match (i.checked_sub(1).and_then(|last| self.pieces.get(last)), self.pieces.get(i)) {
            (Some(last), Some(piece)) => Span::new(last.span.end(), piece.span.start()).slice(self.text),
            _ => "",
        }
    }

    /// Whether `phrase` stands at `i`.
    pub(super) fn has_at(&self, i: usize, phrase: &[String]) -> bool {
        phrase.iter().enumerate().all(|(n, word)| self.low(i + n) == word)
    }
}

fn is_numeric(low: &str, lexicon: &Lexicon) -> bool {
    lexicon.numbers.contains_key(low)
        || lexicon.scales.contains_key(low)
        || low == lexicon.half
        || lexicon.range_words.contains(low)
        || lexicon.joiners.contains(low)
}

/// Word classes of the sentences that hold a number, and of the one before where a pronoun points back to it; the others are
/// not asked about.
fn tags((text, reading): (&str, &Reading), tokens: &[Token], opens: &[bool], lexicon: &Lexicon) -> Vec<Tag> {
    let mut tags = Vec::with_capacity(tokens.len());
    let (mut start, mut before) = (0, 0);
    while start < tokens.len() {
        let ends = |i: &usize| opens[*i] || tokens[*i].kind == TokenKind::Break;
        let end = (start + 1..tokens.len()).find(ends).unwrap_or(tokens.len());
        let sentence = &tokens[start..end];
        if sentence.iter().any(|token| holds_number(text, token, lexicon)) {
            if tags[before..start].iter().all(|tag| *tag == Tag::Other)
                && points_back(text, sentence, lexicon)
            {
                tags.truncate(before);
                tags.extend(tagger::tag_read(reading, text, &tokens[before..start], |_| false));
            }
            tags.extend(tagger::tag_read(reading, text, sentence, |_| false));
        } else {
            tags.extend(std::iter::repeat_n(Tag::Other, sentence.len()));
        }
        (before, start) = (start, end);
    }
    tags
}

/// Whether "it", "they" or "them" stands in the sentence.
fn points_back(text: &str, sentence: &[Token], lexicon: &Lexicon) -> bool {
    sentence.iter().filter(|token| token.kind == TokenKind::Word).any(|token| {
        let low = tagger::low(token.span.slice(text));
        lexicon.words.it.has(&low) || lexicon.words.them.has(&low)
    })
}

fn holds_number(text: &str, token: &Token, lexicon: &Lexicon) -> bool {
    let part = |word: &str| {
        let low = tagger::low(word);
        lexicon.numbers.contains_key(&low)
            || lexicon.scales.contains_key(&low)
            || lexicon.fractions.contains_key(&low)
            || low == lexicon.pair
    };
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Word => token.span.slice(text).split('-').any(part),
        _ => false,
    }
}

/// Whether each token opens a sentence.
fn openers(tokens: &[Token], sentences: &[Span]) -> Vec<bool> {
    let mut starts = sentences.iter().map(|span| span.start()).peekable();
    let mut opens = vec![false; tokens.len()];
    for (token, open) in tokens.iter().zip(&mut opens) {
        while starts.next_if(|start| *start < token.span.start()).is_some() {}
        *open = starts.next_if_eq(&token.span.start()).is_some();
    }
    opens
}
