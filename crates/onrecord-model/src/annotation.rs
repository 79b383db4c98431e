//! What is marked in one article. Every span points into the article's clean text.

use std::collections::BTreeMap;
use std::fmt;

use crate::{Because, DateValue, EntityKind, LocalEntity, Number, Reading, Span, Unit};

/// Everything marked in one article, each list in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// Sentences, without the white space between them.
    pub sentences: Vec<Span>,
    /// What a network made of the words; not kept in the record.
    pub reading: Reading,
    /// Names and descriptions of people, bodies and places.
    pub mentions: Vec<Mention>,
    /// What the mentions stand for; [`EntityRef`] points here.
    pub entities: Vec<LocalEntity>,
    /// Acts of reporting.
    pub quotations: Vec<Quotation>,
    /// Asserted quantities.
    pub figures: Vec<Figure>,
    /// Expressions that name a day or a stretch of time.
    pub dates: Vec<DateReference>,
    /// Coded happenings.
    pub events: Vec<Event>,
}

impl Annotations {
    /// The entity behind a reference.
    pub fn entity(&self, entity: EntityRef) -> Option<&LocalEntity> {
        self.entities.get(entity.0 as usize)
    }

    /// For each date, the quotation that it belongs to and how; `None` for a date in the outlet's own words. Cost grows with
    /// dates, quotations and how deep they are nested.
    pub fn date_roles(&self) -> Vec<Option<(u32, DateRole)>> {
        let parts = |(i, quotation): (u32, &Quotation)| {
            quotation.content.iter().map(move |&span| (span, i)).collect::<Vec<_>>()
        };
        let mut contents: Vec<(Span, u32)> = (0..).zip(&self.quotations).flat_map(parts).collect();
        contents.sort();
        let said = self.said_by_sentence();
        let (mut next, mut open) = (0, Vec::new());
        let role = |date: &DateReference| {
            let begun = contents[next..].iter().take_while(|(span, _)| span.start() <= date.span.start());
            let begun: Vec<(Span, u32)> = begun.copied().collect();
            next += begun.len();
            open.extend(begun);
            open.retain(|(span, _)| span.end() > date.span.start());
            let around = open.iter().filter(|(span, _)| span.end() >= date.span.end());
            let innermost = around.min_by_key(|(span, i)| (span.end() - span.start(), *i));
            match innermost {
                Some(&(_, i)) => Some((i, DateRole::About)),
                None => {
                    let sentence = self.sentence_at(date.span.start())?;
                    let of = said.get(&sentence)?.iter().find(|(_, day)| date.value.as_ref() == Some(day))?;
                    Some((of.0, DateRole::SaidOn))
                }
            }
        };
        self.dates.iter().map(role).collect()
    }

    /// By the sentence that a quotation's cue or source stands in: the quotation, and the day it was said.
    fn said_by_sentence(&self) -> BTreeMap<usize, Vec<(u32, &DateValue)>> {
        let mut said: BTreeMap<usize, Vec<(u32, &DateValue)>> = BTreeMap::new();
        for (i, quotation) in (0..).zip(&self.quotations) {
            let sentence = quotation.cue.or(quotation.source).and_then(|span| self.sentence_at(span.start()));
            if let (Some(sentence), Some(day)) = (sentence, &quotation.said_on) {
                said.entry(sentence).or_default().push((i, day));
            }
        }
        said
    }

    /// Which sentence holds a place.
    fn sentence_at(&self, at: usize) -> Option<usize> {
        let i = self.sentences.partition_point(|sentence| sentence.end() <= at);
        self.sentences.get(i).filter(|sentence| sentence.start() <= at).map(|_| i)
    }
}

/// Points into [`Annotations::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef(pub u32);

/// Words that name or describe something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words, titles and articles included only where they are part of the name.
    pub span: Span,
    /// What sort of thing is named.
    pub kind: EntityKind,
    /// What it stands for; `None` for a description or pronoun that could not be resolved.
    pub entity: Option<EntityRef>,
}

/// How the content of a quotation is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuotationKind {
    /// All of it stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Some of it does.
    Mixed,
}

impl QuotationKind {
    /// The name used in the record and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Direct, Self::Indirect, Self::Mixed].into_iter().find(|kind| kind.name() == name)
    }
}

/// One act of reporting: who is said to speak (source), the reporting words (cue), what was said (content).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// How the content is marked.
    pub kind: QuotationKind,
    /// The noun phrase that names who speaks, as printed.
    pub source: Option<Span>,
    /// The reporting words: "said", "according to".
    pub cue: Option<Span>,
    /// What was said, without quotation marks, in reading order; never empty.
    pub content: Vec<Span>,
    /// Who speaks.
    pub speaker: Speaker,
    /// To whom, where the text says it.
    pub addressee: Option<Span>,
    /// The day it was said, where the text says it.
    pub said_on: Option<DateValue>,
    /// Where it was said, where the text says it.
    pub place: Option<Span>,
    /// How it was found.
    pub because: Because,
}

/// Who is behind a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The canonical name in this article; `None` says that the text does not tell.
    pub name: Option<String>,
    /// The entity, where the speaker is one that the article names.
    pub entity: Option<EntityRef>,
    /// The role as printed: "Russian Defense Minister", "a ministry spokesman".
    pub role: Option<String>,
    /// The chain that led there.
    pub because: Because,
}

impl Speaker {
    /// The text does not tell who speaks.
    pub fn unknown(why: Because) -> Self {
        Self { name: None, entity: None, role: None, because: why }
    }
}

/// What a figure says about its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// "100"
    Exactly,
    /// "about 100", "nearly 100"
    About,
    /// "more than 100", "over 100"
    MoreThan,
    /// "at least 100", "100 or more"
    AtLeast,
    /// "fewer than 100", "below 100"
    LessThan,
    /// "up to 100", "as many as 100"
    AtMost,
    /// "from 100 to 120"; the figure has a `value_to`.
    Range,
}

impl Bound {
    /// Every bound.
    pub const ALL: [Self; 7] = [
        Self::Exactly,
        Self::About,
        Self::MoreThan,
        Self::AtLeast,
        Self::LessThan,
        Self::AtMost,
        Self::Range,
    ];

    /// The name used in the record and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exactly => "exactly",
            Self::About => "about",
            Self::MoreThan => "more_than",
            Self::AtLeast => "at_least",
            Self::LessThan => "less_than",
            Self::AtMost => "at_most",
            Self::Range => "range",
        }
    }

    /// Reads what [`name`](Self::name) writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bound| bound.name() == name)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Who asserts a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// The outlet itself.
    Outlet,
    /// The speaker of the innermost quotation it lies in: an index into [`Annotations::quotations`].
    Quotation(u32),
}

/// A number an article asserts, e.g. "more than 16,000" of "representative offices".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Bound word, currency, number, magnitude and unit word, as printed.
    pub span: Span,
    /// The number, magnitude applied ("1.5 billion" is 1,500,000,000).
    pub value: Number,
    /// The upper end of a range.
    pub value_to: Option<Number>,
    /// "more than 100" and "100" say different things and are compared as such.
    pub bound: Bound,
    /// `None` for a plain count.
    pub unit: Option<Unit>,
    /// The noun phrase of what is counted, as printed.
    pub counted: Option<Span>,
    /// Who asserts it.
    pub holder: Holder,
}

/// Words that name a day or a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateReference {
    /// The words.
    pub span: Span,
    /// What they mean; `None` where the text does not tell (a relative date in an undated article).
    pub value: Option<DateValue>,
    /// How the value was reached.
    pub because: Because,
}

/// What a date is to a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateRole {
    /// When it was said.
    SaidOn,
    /// A time that its words speak about.
    About,
}

impl DateRole {
    /// The name used on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::SaidOn => "said_on",
            Self::About => "about",
        }
    }
}

/// A happening with actors, coded to PLOVER and CAMEO, one a dyad. What somebody only says is a [`Quotation`]; saying it *to* somebody is
/// coded here as a class of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The words that tell it.
    pub span: Span,
    /// PLOVER event type: "ASSAULT", "PROTEST"; "STATEMENT" and "APPEAL", which PLOVER leaves out; "OTHER" for a code of
    /// another scheme than CAMEO.
    pub class: String,
    /// CAMEO code, where the lexicon gives one.
    pub code: Option<String>,
    /// Who did it.
    pub source: Option<EventActor>,
    /// To whom.
    pub target: Option<EventActor>,
    /// Where.
    pub place: Option<Span>,
    /// When.
    pub date: Option<DateValue>,
    /// Said not to have happened.
    pub negated: bool,
    /// Only planned, threatened, or imagined.
    pub hypothetical: bool,
    /// Which entry of the dictionary gives the code.
    pub because: Because,
}

/// Who takes part in a happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventActor {
    /// The words that name them.
    pub span: Span,
    /// Who they are, as CAMEO codes actors ("FRAGOV"); `None` for those whom no dictionary lists, "---COP" for a role without a state.
    pub code: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_when_it_was_said_or_what_was_spoken_about() {
        // 0..50: "On Monday she said: “He said that it opens on 3 May.”" 60..70: a date in the outlet's own words.
        let day = |edtf: &str| DateValue::day(edtf.parse().unwrap());
        let date = |start, end, edtf| DateReference {
            span: Span::new(start, end),
            value: Some(day(edtf)),
            because: Because::new("test", ""),
        };
        let quotation = |cue: Span, content: Span, said_on| Quotation {
            kind: QuotationKind::Direct,
            source: None,
            cue: Some(cue),
            content: vec![content],
            speaker: Speaker::unknown(Because::new("test", "")),
            addressee: None,
            said_on,
            place: None,
            because: Because::new("test", ""),
        };
        let outer = quotation(Span::new(14, 18), Span::new(21, 49), Some(day("2024-04-29")));
        let inner = quotation(Span::new(24, 28), Span::new(34, 49), None);
        let marks = Annotations {
            sentences: vec![Span::new(0, 50), Span::new(55, 80)],
            quotations: vec![outer, inner],
            dates: vec![date(0, 9, "2024-04-29"), date(40, 48, "2024-05-03"), date(60, 70, "2024-04-29")],
            ..Annotations::default()
        };
        let expected = [Some((0, DateRole::SaidOn)), Some((1, DateRole::About)), None];
        assert_eq!(marks.date_roles(), expected);
    }
}
