//! Accounts made comparable: their words, clauses, figures and dates, and the alignment of two of them.

mod align;
mod count;
mod lexicon;
mod words;

use std::{collections::BTreeSet, ops::Range};

use onrecord_model::{Account, AnnotatedArticle, Figure, Quotation, QuotationKind, Span};

pub(crate) use align::{Alignment, Share};
pub(crate) use count::{Count, Relation, agree, counts_of};
pub(crate) use lexicon::{Answered, Lexicon, Phrases};
pub(crate) use words::{Word, read};

/// Words of one account that are compared; what comes after is cut off.
const LONGEST_ACCOUNT: usize = 240;
/// Words of the sentences around an account that are looked at.
const LONGEST_FRAME: usize = 160;
/// Quotations before the end of a sentence that may reach into it.
const MOST_NEAR: usize = 64;
/// Words that a clause must have, so as not to be read together with the one before.
const SHORTEST_CLAUSE: usize = 2;

/// One account, taken apart.
pub(crate) struct Telling<'a> {
    /// The account.
    pub(crate) account: &'a Account,
    /// Its article.
    pub(crate) of: &'a AnnotatedArticle,
    /// The words of the language.
    pub(crate) lexicon: &'static Lexicon,
    /// The words of its parts, in reading order.
    pub(crate) words: Vec<Word>,
    /// The words of the same sentences outside the parts: source, cue, when and where.
    pub(crate) frame: Vec<Word>,
    /// Clauses, as ranges of `words`; together they are all of them.
    pub(crate) clauses: Vec<Range<usize>>,
}

impl<'a> Telling<'a> {
    /// Takes an account apart; `None` where its language has no lexicon or nothing is left of it.
    pub(crate) fn new(account: &'a Account, of: &'a AnnotatedArticle) -> Option<Self> {
        let lexicon = Lexicon::of(&of.article)?;
        let mut words = Vec::new();
        let mut starts = Vec::new();
        for part in &account.parts {
            let room = LONGEST_ACCOUNT.saturating_sub(words.len());
            let mut found = read(of, lexicon, part.span, room);
            quote(&mut found, part.kind, part.span, &of.article.text);
            starts.push(words.len());
            words.append(&mut found);
        }
        let frame = frame(account, of, lexicon);
        let clauses = clauses(&words, &starts, lexicon, &of.article.text);
        (!words.is_empty()).then_some(Self { account, of, lexicon, words, frame, clauses })
    }

    /// The article's text.
    pub(crate) fn text(&self) -> &'a str {
        &self.of.article.text
    }

    /// What the words of a range cover in the article.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<Span> {
        let words = self.words.get(range)?;
        Some(words.first()?.span.cover(words.last()?.span))
    }

    /// The part that a word stands in.
    pub(crate) fn part_of(&self, word: usize) -> Option<Span> {
        let span = self.words.get(word)?.span;
        self.account.parts.iter().map(|p| p.span).find(|p| p.overlaps(span))
    }

    /// The sentences, as ranges of `words`; together they are all of them.
    pub(crate) fn sentences(&self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for clause in &self.clauses {
            match found.last_mut() {
                Some(sentence) if !self.begins_sentence(clause.start) => sentence.end = clause.end,
                _ => found.push(clause.clone()),
            }
        }
        found
    }

    /// Whether a sentence ends, or another part begins, before a word.
    fn begins_sentence(&self, word: usize) -> bool {
        let Some((before, here)) =
            word.checked_sub(1).and_then(|i| Some((self.words.get(i)?, self.words.get(word)?)))
        else {
            return true;
        };
        let between = self.text().get(before.span.end()..here.span.start()).unwrap_or_default();
        between.contains(['.', '!', '?', ';', '\n']) || self.part_of(word - 1) != self.part_of(word)
    }

    /// The clause that a word stands in.
    pub(crate) fn clause_of(&self, word: usize) -> Range<usize> {
        self.clauses.iter().find(|c| c.contains(&word)).cloned().unwrap_or(word..word + 1)
    }

    /// The figure behind a word.
    pub(crate) fn figure(&self, word: &Word) -> Option<&'a Figure> {
        word.figure.and_then(|i| self.of.annotations.figures.get(i as usize))
    }

    /// The quotations it was made from.
    pub(crate) fn quotations(&self) -> impl Iterator<Item = &'a Quotation> + '_ {
        let all = &self.of.annotations.quotations;
        self.account.quotations.iter().filter_map(|&i| all.get(i as usize))
    }

    /// The figures in its words, with what they count.
    pub(crate) fn counts(&self) -> Vec<Count<'a>> {
        let figures = (0..self.words.len()).filter(|&i| self.words[i].figure.is_some());
        let count = |i| Count::new(self.of, self.lexicon, (&self.words, self.clause_of(i), i));
        figures.filter_map(count).collect()
    }

    /// Whether all content stands in quotation marks.
    pub(crate) fn is_direct(&self) -> bool {
        self.account.primary || self.words.iter().filter(|w| w.content).all(|w| w.quoted)
    }

    /// The content keys of a range.
    pub(crate) fn keys(&self, range: Range<usize>) -> BTreeSet<&str> {
        let words = self.words.get(range).unwrap_or_default();
        words.iter().filter(|w| w.content).map(|w| w.key.as_str()).collect()
    }
}

/// Marks the words that stand in quotation marks.
fn quote(words: &mut [Word], kind: QuotationKind, part: Span, text: &str) {
    let (mut inside, mut at) = (false, part.start());
    for word in words {
        for c in text.get(at..word.span.start()).unwrap_or_default().chars() {
            inside = match c {
                '“' | '«' | '„' => true,
                '”' | '»' => false,
                '"' => !inside,
                _ => inside,
            };
        }
        at = word.span.end().max(at);
        word.quoted = kind == QuotationKind::Direct || (kind == QuotationKind::Mixed && inside);
    }
}

/// The words of the sentences that the parts stand in, without the parts.
fn frame(account: &Account, of: &AnnotatedArticle, lexicon: &Lexicon) -> Vec<Word> {
    let mut sentences: Vec<Span> = Vec::new();
    for part in &account.parts {
        let all = &of.annotations.sentences;
        let first = all.partition_point(|s| s.end() <= part.span.start());
        let touched = all[first..].iter().take_while(|s| s.start() < part.span.end());
        sentences.extend(touched.filter(|s| sentences.last() != Some(s)).copied().collect::<Vec<_>>());
    }
    sentences.sort_unstable();
    sentences.dedup();
    let mut words = Vec::new();
    for sentence in sentences {
        let room = LONGEST_FRAME.saturating_sub(words.len());
        let found = read(of, lexicon, sentence, LONGEST_ACCOUNT);
        let told = told_in(account, of, sentence);
        words.extend(found.into_iter().filter(|w| !told.iter().any(|s| s.overlaps(w.span))).take(room));
    }
    words
}

/// What of a sentence is not the outlet's own: parts of the account, other quotations, the dateline.
fn told_in(account: &Account, of: &AnnotatedArticle, sentence: Span) -> Vec<Span> {
    let dateline = of.article.dateline.as_ref().map(|d| d.span);
    let quotations = &of.annotations.quotations;
    let before =
        quotations.partition_point(|q| q.content.first().is_some_and(|c| c.start() < sentence.end()));
    let near = &quotations[before.saturating_sub(MOST_NEAR)..before];
    let parts = account.parts.iter().map(|p| p.span);
    let told = parts.chain(dateline).chain(near.iter().flat_map(|q| q.content.iter().copied()));
    told.filter(|span| span.overlaps(sentence)).collect()
}

/// Cuts the words into clauses: at punctuation, at a new part, before a condition.
fn clauses(words: &[Word], parts: &[usize], lexicon: &Lexicon, text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for at in 1..words.len() {
        let between = text.get(words[at - 1].span.end()..words[at].span.start()).unwrap_or_default();
        let hard = parts.contains(&at) || between.contains(['.', '!', '?', ';', ':', '\n']);
        let soft = between.contains([',', '—', '–', '(', ')']) || opens_limit(words, at, lexicon);
        let long = |range: Range<usize>| words[range].iter().filter(|w| w.content).count() >= SHORTEST_CLAUSE;
        if hard || (soft && long(start..at)) {
            found.push(start..at);
            start = at;
        }
    }
    if start < words.len() {
        found.push(start..words.len());
    }
    found
}

/// Whether a condition or a proviso begins at `at`.
fn opens_limit(words: &[Word], at: usize, lexicon: &Lexicon) -> bool {
    lexicon.conditions.at(words, at) > 0 || lexicon.provisos.at(words, at) > 0
}
