//! What the outlets say in their own words: figures that do not agree, and corrections of themselves.
//!
//! Outside quotations nobody vouches that two figures speak of one moment and one count, so much more must
//! agree before they are set against each other: the articles came out on one day, no statement of a body
//! lies between, nothing says that the number grows.

use onrecord_model::{AnnotatedArticle, Difference, DifferenceKind, Figure, Holder, Id, Side, Span, Subject};

use super::{figure::differ, make};
use crate::{
    corpus::Findings,
    figures::{Counted, Placed},
    tellings::{Lexicon, Relation, counts_of, read},
};

/// Figures of one series that are compared with each other.
const MOST_MEMBERS: usize = 24;

/// Sentences of one article in which a correction is looked for, and words of each.
const MOST_SENTENCES: usize = 400;
const LONGEST_SENTENCE: usize = 80;

/// Differences between figures outside quotations, inside one story.
pub(super) fn by_outlets(found: &Findings, figures: &[Counted]) -> Vec<Difference> {
    let rivals = figures.iter().flat_map(|counted| in_series(found, counted));
    let corrected = found.corpus.articles().iter().flat_map(|article| corrections(article));
    rivals.chain(corrected).collect()
}

/// The members that the outlets themselves tell, each against those of other texts.
fn in_series(found: &Findings, counted: &Counted) -> Vec<Difference> {
    let own: Vec<&Placed> =
        counted.members.iter().filter(|m| is_told_plainly(found, m)).take(MOST_MEMBERS).collect();
    let mut differences = Vec::new();
    for (i, left) in own.iter().enumerate() {
        for right in &own[i + 1..] {
            if !found.are_copies(left.article, right.article) && on_one_day(found, left, right) {
                differences.extend(rival(left, right));
            }
        }
    }
    differences
}

fn rival(left: &Placed, right: &Placed) -> Option<Difference> {
    let alike = left.count.figure.bound == right.count.figure.bound;
    let finding = differ(&left.count, &right.count).filter(|_| alike)?;
    let sides = [(left, finding.sides[0].span()), (right, finding.sides[1].span())];
    let between = sides.map(|(placed, span)| Side { article: placed.article, span });
    let why = (DifferenceKind::Figure, "difference.figure.outlets", finding.note);
    Some(make(None, Subject::Figure, why, between))
}

/// Whether the outlet tells the figure itself, and not as one that grows.
fn is_told_plainly(found: &Findings, placed: &Placed) -> bool {
    let Some(of) = found.corpus.get(placed.article) else { return false };
    let Some(lexicon) = Lexicon::of(&of.article) else { return false };
    let span = placed.count.figure.span;
    if placed.count.figure.holder != Holder::Outlet || is_quoted(of, span) {
        return false;
    }
    let sentence = of.annotations.sentences.iter().find(|s| s.contains(span)).copied().unwrap_or(span);
    let words = read(of, lexicon, sentence, LONGEST_SENTENCE);
    !lexicon.growing.stand_in(&words) && !lexicon.corrections.stand_in(&words)
}

fn is_quoted(of: &AnnotatedArticle, span: Span) -> bool {
    of.annotations.quotations.iter().flat_map(|q| &q.content).any(|content| content.overlaps(span))
}

fn on_one_day(found: &Findings, a: &Placed, b: &Placed) -> bool {
    let day = |article: Id| found.corpus.get(article).and_then(|a| a.article.published.as_ref());
    matches!((day(a.article), day(b.article)), (Some(a), Some(b)) if a.value.date == b.value.date)
}

/// What a sentence that takes back `wrong` leaves standing: the article's other value of the same thing.
fn corrected_elsewhere<'a>(of: &'a AnnotatedArticle, wrong: &Figure, sentence: Span) -> Option<&'a Figure> {
    let counts = counts_of(of);
    let (_, own) = counts.iter().find(|(_, count)| count.figure.span == wrong.span)?;
    let others = counts.iter().filter(|(_, count)| !sentence.contains(count.figure.span));
    let rivals = others.filter(|(_, count)| own.relation(count) == Relation::OtherNumber);
    let scored =
        rivals.filter_map(|(i, count)| Some((own.same_thing(count)?, std::cmp::Reverse(*i), count.figure)));
    scored.max_by_key(|&(score, i, _)| (score, i)).map(|(.., figure)| figure)
}

/// Two values of one thing: both in a sentence that takes back what was printed, or one there and one elsewhere.
fn corrections(of: &AnnotatedArticle) -> Vec<Difference> {
    let Some(lexicon) = Lexicon::of(&of.article) else { return Vec::new() };
    let figures = &of.annotations.figures;
    let mut found = Vec::new();
    for &sentence in of.annotations.sentences.iter().take(MOST_SENTENCES) {
        let first = figures.partition_point(|f| f.span.start() < sentence.start());
        let inside: Vec<&Figure> =
            figures[first..].iter().take_while(|f| f.span.end() <= sentence.end()).take(3).collect();
        if inside.is_empty() || !lexicon.corrections.stand_in(&read(of, lexicon, sentence, LONGEST_SENTENCE))
        {
            continue;
        }
        let rival = match inside.as_slice() {
            [a] => corrected_elsewhere(of, a, sentence).map(|b| (*a, b)),
            [a, b] => (a.unit == b.unit && a.value != b.value).then_some((*a, *b)),
            _ => None,
        };
        if let Some((a, b)) = rival {
            let between = [a, b].map(|f| Side { article: of.article.id, span: Some(f.span) });
            let note = "the outlet corrects its own figure".to_owned();
            let why = (DifferenceKind::Figure, "difference.figure.corrected", note);
            found.push(make(None, Subject::Figure, why, between));
        }
    }
    found
}
