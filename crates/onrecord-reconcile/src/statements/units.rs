//! Quotations cut into units: sentences, and clauses where one sentence tells several things.
//!
//! Outlets cut a speech differently: what one prints as one long quotation, another tells in three. A
//! unit is small enough to belong to one proposition, and knows what it was cut from.

use onrecord_model::{AnnotatedArticle, Article, Figure, Quotation, QuotationKind, Span};

use super::told::Told;
use crate::tellings::Lexicon;

/// One proposition as one article tells it.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Index of the article in the corpus.
    pub(crate) article: usize,
    /// Index of the quotation in the article; `None` where the outlet tells it in its own words.
    pub(crate) quotation: Option<u32>,
    /// The words.
    pub(crate) span: Span,
    /// How they are marked.
    pub(crate) kind: QuotationKind,
    /// Which stretch of the quotation's content it lies in.
    pub(crate) stretch: u32,
    /// Which sentence of the quotation it lies in.
    pub(crate) sentence: u32,
    /// Whether these are the words themselves: a transcript or a published text.
    pub(crate) primary: bool,
}

/// A stretch of text with fewer bytes than this is not a unit by itself.
const SHORTEST_BYTES: usize = 8;

/// Words on both sides of a comma that may part two propositions.
const COMMA_WORDS: usize = 4;

/// Words of a bound before the number that opens a clause: "at least".
const BOUND_WORDS: usize = 3;

/// The units of one article's quotations, in order. Words in the headline are not told twice.
pub(crate) fn units(index: usize, annotated: &AnnotatedArticle) -> Vec<Unit> {
    let article = &annotated.article;
    let quotations = annotated.annotations.quotations.iter().enumerate();
    let body = quotations.filter(|(_, q)| {
        !q.content.iter().all(|&span| article.headline_span.is_some_and(|h| h.contains(span)))
    });
    body.flat_map(|(i, quotation)| Cutter::new(annotated, quotation).cut(index, i as u32)).collect()
}

/// Sentences of one article that are read outside quotations.
const MOST_SENTENCES: usize = 400;

/// The units of what the outlet tells outside quotations, in order, without the headline.
pub(crate) fn own_words(index: usize, annotated: &AnnotatedArticle) -> Vec<Unit> {
    let article = &annotated.article;
    let mut quoted: Vec<Span> =
        annotated.annotations.quotations.iter().flat_map(|q| q.content.iter().copied()).collect();
    quoted.extend(article.headline_span);
    quoted.sort_unstable();
    let sentences = annotated.annotations.sentences.iter().take(MOST_SENTENCES).enumerate();
    let mut found = Vec::new();
    let mut reached = 0;
    let mut next = quoted.iter().peekable();
    for (i, &sentence) in sentences {
        while let Some(span) = next.next_if(|span| span.start() < sentence.end()) {
            reached = reached.max(span.end());
        }
        if reached > sentence.start() {
            continue;
        }
        let told = trimmed(after_dateline(sentence, article), &article.text, &[]);
        let pieces = after_colons(told, article).into_iter().flat_map(|piece| clauses_of(piece, article));
        found.extend(pieces.map(|span| Unit {
            article: index,
            quotation: None,
            span,
            kind: QuotationKind::Indirect,
            stretch: i as u32,
            sentence: i as u32,
            primary: false,
        }));
    }
    found
}

/// What follows the dateline: nobody says it.
fn after_dateline(span: Span, article: &Article) -> Span {
    let dateline = article.dateline.as_ref().filter(|d| d.span.overlaps(span));
    let start = dateline.map_or(span.start(), |d| d.span.end().clamp(span.start(), span.end()));
    Span::new(start, span.end())
}

/// A sentence cut behind its colons: a name stands before what a published text has somebody say.
fn after_colons(sentence: Span, article: &Article) -> Vec<Span> {
    let words = sentence.slice(&article.text);
    let cuts = words.match_indices(": ").map(|(at, colon)| sentence.start() + at + colon.len());
    cut_at(sentence, cuts.collect(), article)
}

/// What the words are cut out of.
struct Cutter<'a> {
    article: &'a Article,
    figures: &'a [Figure],
    sentences: &'a [Span],
    quotation: &'a Quotation,
}

/// Where a piece lies in its quotation.
#[derive(Clone, Copy, Default)]
struct Place {
    stretch: u32,
    sentence: u32,
}

impl<'a> Cutter<'a> {
    fn new(annotated: &'a AnnotatedArticle, quotation: &'a Quotation) -> Self {
        Self {
            article: &annotated.article,
            figures: &annotated.annotations.figures,
            sentences: &annotated.annotations.sentences,
            quotation,
        }
    }

    fn cut(&self, article: usize, quotation: u32) -> Vec<Unit> {
        let primary = is_primary(self.article, self.quotation);
        self.pieces()
            .into_iter()
            .map(|(span, place)| Unit {
                article,
                quotation: Some(quotation),
                span,
                kind: self.kind(span, place.stretch as usize),
                stretch: place.stretch,
                sentence: place.sentence,
                primary,
            })
            .collect()
    }

    /// The pieces of the content, each with its place.
    fn pieces(&self) -> Vec<(Span, Place)> {
        let mut pieces = Vec::new();
        let mut place = Place::default();
        let mut before: Option<usize> = None;
        for &stretch in &self.quotation.content {
            for sentence in self.sentences_of(stretch) {
                if let Some(end) = before {
                    let between = Span::new(end, sentence.start()).slice(&self.article.text);
                    place.sentence +=
                        u32::from(ends_sentence(between, Span::new(0, end).slice(&self.article.text)));
                }
                before = Some(sentence.end());
                let clauses = self.told_clauses(sentence);
                pieces.extend(clauses.into_iter().map(|clause| (clause, place)));
            }
            place.stretch += 1;
        }
        pieces
    }

    /// The clauses of a sentence. What happened to so many is told without the happening itself, which all accounts
    /// of it share: "twelve were hurt" in "twelve were hurt when the roof fell".
    fn told_clauses(&self, sentence: Span) -> Vec<Span> {
        let mut clauses = clauses_of(sentence, self.article);
        if let Some(last) = clauses.last_mut() {
            *last = self.toll(*last).unwrap_or(*last);
        }
        clauses
    }

    /// The part of a clause about so many people or things before its circumstances, if it has both.
    fn toll(&self, clause: Span) -> Option<Span> {
        let text = &self.article.text;
        let words = |span: Span| span.slice(text).split_whitespace().take(COMMA_WORDS).count();
        let counts = |figure: &Figure| {
            let opens = clause.contains(figure.span)
                && words(Span::new(clause.start(), figure.span.start())) <= BOUND_WORDS;
            figure.unit.is_none() && opens
        };
        if self.quotation.kind != QuotationKind::Indirect || !self.figures.iter().any(counts) {
            return None;
        }
        let lexicon = Lexicon::of(self.article)?;
        let cuts =
            lexicon.circumstances.iter().filter_map(|opening| clause.slice(text).find(opening.as_str()));
        let at = clause.start() + cuts.min()?;
        let (toll, rest) = (Span::new(clause.start(), at), Span::new(at, clause.end()));
        let befell = toll.slice(text).split_whitespace().any(|word| lexicon.befell.contains(word));
        (befell && words(rest) == COMMA_WORDS).then_some(toll)
    }

    /// A stretch of content, cut where sentences and lines begin.
    fn sentences_of(&self, stretch: Span) -> Vec<Span> {
        let text = &self.article.text;
        let first = self.sentences.partition_point(|s| s.start() <= stretch.start());
        let inside = self.sentences[first..].iter().map(|s| s.start()).take_while(|&at| at < stretch.end());
        let lines = stretch.slice(text).match_indices('\n').map(|(at, _)| stretch.start() + at + 1);
        let mut cuts: Vec<usize> = inside.chain(lines).collect();
        cuts.sort_unstable();
        cut_at(after_dateline(stretch, self.article), cuts, self.article)
    }

    fn kind(&self, span: Span, stretch: usize) -> QuotationKind {
        if self.quotation.kind != QuotationKind::Mixed {
            return self.quotation.kind;
        }
        let text = &self.article.text;
        let start = self.quotation.content.get(stretch).map_or(span.start(), |c| c.start());
        let before = Span::new(0, start).slice(text).chars().next_back();
        if before.is_some_and(is_quotation_mark) {
            QuotationKind::Direct
        } else if span.slice(text).contains(is_quotation_mark) {
            QuotationKind::Mixed
        } else {
            QuotationKind::Indirect
        }
    }
}

/// A sentence, cut where a clause begins that can be told by itself.
fn clauses_of(sentence: Span, article: &Article) -> Vec<Span> {
    let words = sentence.slice(&article.text);
    let mut cuts: Vec<usize> = openings(article)
        .iter()
        .flat_map(|clause| words.match_indices(clause.as_str()))
        .map(|(at, clause)| sentence.start() + at + clause.len())
        .chain(commas(words).into_iter().map(|at| sentence.start() + at))
        .collect();
    cuts.sort_unstable();
    cut_at(sentence, cuts, article)
}

/// What stands before a clause in the article's language.
fn openings(article: &Article) -> &'static [String] {
    Lexicon::of(article).map_or(&[], |lexicon| &lexicon.clauses)
}

/// Offsets behind commas that have enough words on both sides, up to the next such comma.
fn commas(words: &str) -> Vec<usize> {
    let count = |text: &str| text.split_whitespace().take(COMMA_WORDS).count();
    let mut cuts = Vec::new();
    let mut start = 0;
    for (at, _) in words.match_indices(", ") {
        if count(&words[start..at]) == COMMA_WORDS && count(&words[at + 2..]) == COMMA_WORDS {
            cuts.push(at + 2);
            start = at + 2;
        }
    }
    cuts
}

/// `whole` cut at the offsets, sorted; pieces that are too short stay with the piece before.
fn cut_at(whole: Span, cuts: Vec<usize>, article: &Article) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    let mut start = whole.start();
    for end in cuts.into_iter().chain([whole.end()]) {
        let piece = trimmed(Span::new(start, end), &article.text, openings(article));
        match pieces.last_mut() {
            Some(last) if piece.len() < SHORTEST_BYTES && !piece.is_empty() => *last = last.cover(piece),
            _ if piece.is_empty() => {}
            _ => pieces.push(piece),
        }
        start = end.max(start);
    }
    pieces
}

/// The span without spaces, marks and joining words at its edges.
fn trimmed(span: Span, text: &str, openings: &[String]) -> Span {
    let words = span.slice(text);
    let head = words.trim_start_matches(|c: char| {
        c.is_whitespace() || is_quotation_mark(c) || matches!(c, ',' | ';' | '-' | '–' | '—')
    });
    let start = span.start() + words.len() - head.len();
    let mut tail =
        head.trim_end_matches(|c: char| c.is_whitespace() || is_quotation_mark(c) || matches!(c, ',' | ';'));
    for clause in openings {
        let clause = clause.trim_end();
        if tail.len() > clause.len() && tail.ends_with(clause) {
            tail = &tail[..tail.len() - clause.len()];
        }
    }
    Span::new(start, start + tail.trim_end_matches([',', ' ', ';']).len())
}

pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '″')
}

/// Whether a sentence ends in the words between two pieces, or in the last characters of the first.
fn ends_sentence(between: &str, before: &str) -> bool {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n' | ':');
    let last =
        before.trim_end_matches(|c: char| c.is_whitespace() || is_quotation_mark(c)).chars().next_back();
    between.contains(ends) || last.is_some_and(ends)
}

/// Whether the words are printed as they were said or published, without marks: a transcript or a text.
fn is_primary(article: &Article, quotation: &Quotation) -> bool {
    let (Some(first), QuotationKind::Direct) = (quotation.content.first(), quotation.kind) else {
        return false;
    };
    let before = Span::new(0, first.start()).slice(&article.text).trim_end().chars().next_back();
    !before.is_some_and(is_quotation_mark)
}

impl Unit {
    /// Whether the two lie in one sentence of one quotation.
    pub(crate) fn shares_sentence(&self, other: &Unit) -> bool {
        self.shares_quotation(other) && self.sentence == other.sentence
    }

    /// Whether the two lie in one quotation.
    pub(crate) fn shares_quotation(&self, other: &Unit) -> bool {
        self.quotation.is_some() && (self.article, self.quotation) == (other.article, other.quotation)
    }
}

/// The speaker of every unit, beside it.
pub(crate) struct Spoken {
    /// The words.
    pub(crate) unit: Unit,
    /// Who is said to speak, and when.
    pub(crate) told: Told,
}

#[cfg(test)]
mod tests {
    use onrecord_model::{Annotations, Because, Bound, Hash, Holder, Known, Number, Speaker};

    use super::*;

    /// The units of one quotation that is the whole text and counts something in its first word.
    #[track_caller]
    fn check(text: &str, kind: QuotationKind, expected: &[&str]) {
        let because = || Because::new("test", "");
        let article = Article {
            language: Some(Known { value: "en".to_owned(), because: because() }),
            ..Article::of_text("a.txt", Hash::of(text.as_bytes()), text)
        };
        let number = Span::new(0, text.find(' ').unwrap_or(text.len()));
        let figure = Figure {
            span: number,
            value: Number::whole(12),
            value_to: None,
            bound: Bound::Exactly,
            unit: None,
            counted: None,
            holder: Holder::Quotation(0),
        };
        let quotation = Quotation {
            kind,
            source: None,
            cue: None,
            content: vec![Span::new(0, text.len())],
            speaker: Speaker { name: None, entity: None, role: None, because: because() },
            addressee: None,
            said_on: None,
            place: None,
            because: because(),
        };
        let annotations =
            Annotations { figures: vec![figure], quotations: vec![quotation], ..Annotations::default() };
        let found = units(0, &AnnotatedArticle { article, annotations });
        let found: Vec<&str> = found.iter().map(|unit| unit.span.slice(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_toll_is_told_without_the_happening() {
        let text = "Twelve people were hurt and two lost when the roof of the hall fell";
        check(text, QuotationKind::Indirect, &["Twelve people were hurt and two lost"]);
        check(text, QuotationKind::Direct, &[text]);
    }

    #[test]
    fn a_condition_of_what_is_to_come_stays() {
        let text = "Twelve boats will leave when the ice on the lake breaks";
        check(text, QuotationKind::Indirect, &[text]);
    }

    #[test]
    fn what_is_told_behind_the_happening_stays() {
        let text = "Twelve people were hurt when the roof fell, and more than thirty spent the night outside";
        check(
            text,
            QuotationKind::Indirect,
            &["Twelve people were hurt when the roof fell", "and more than thirty spent the night outside"],
        );
    }
}
