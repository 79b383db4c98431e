//! When, where and to whom something was said, as far as the words around the cue tell.

use std::collections::BTreeMap;

use onrecord_model::{Annotations, DateReference, DateValue, EntityKind, Quotation, Span};

use crate::mentions::{reading::Reading, words::Word};

/// A longer stretch of time tells no occasion, in days.
const LONGEST_DAYS: i32 = 31;
/// The longest addressee, in words.
const LONGEST_ADDRESSEE: usize = 6;

/// Fills in the day, the place and the addressee of every quotation.
pub(super) fn fill(reading: &Reading<'_>, out: &mut Annotations) {
    let stage = Stage::new(reading, out);
    let found: Vec<_> =
        out.quotations.iter().map(|q| (stage.day(q), stage.place(q), stage.addressee(q))).collect();
    let days = stage.inherited(&out.quotations, found.iter().map(|(day, ..)| day.clone()).collect());
    for ((quotation, (_, place, addressee)), day) in out.quotations.iter_mut().zip(found).zip(days) {
        quotation.said_on = quotation.said_on.take().or(day);
        quotation.place = quotation.place.or(place);
        quotation.addressee = quotation.addressee.or(addressee);
    }
}

/// What stands outside everybody's words.
struct Stage<'a> {
    reading: &'a Reading<'a>,
    sentences: Vec<Span>,
    /// Dates that can be occasions, in reading order.
    dates: Vec<(Span, DateValue)>,
    /// By entity: the occasions that sentences about it tell, in reading order.
    told: BTreeMap<usize, Vec<(usize, DateValue)>>,
}

impl<'a> Stage<'a> {
    fn new(reading: &'a Reading<'a>, out: &Annotations) -> Self {
        let mut contents: Vec<Span> = out.quotations.iter().flat_map(|q| q.content.iter().copied()).collect();
        contents.sort();
        let dates = outside(&out.dates, &contents);
        let mut stage = Self { reading, sentences: out.sentences.clone(), dates, told: BTreeMap::new() };
        stage.read_told();
        stage
    }

    /// "Brandt gave a speech on Monday": a sentence that starts with the person and has a day and a word for an act of speaking.
    fn read_told(&mut self) {
        let words = &self.reading.words;
        let mut told: BTreeMap<usize, Vec<(usize, DateValue)>> = BTreeMap::new();
        for (span, day) in &self.dates {
            let Some(sentence) = self.sentence_at(span.start()) else { continue };
            let run = words.within(sentence);
            let speaks = words.run(run).iter().any(|word| self.reading.lexicon.speech_words.has(&word.low));
            let first = self.reading.names.partition_point(|name| name.run.0 < run.0);
            let subject = self.reading.names.get(first).filter(|name| speaks && name.run.1 <= run.1);
            if subject.is_some_and(|name| name.kind == EntityKind::Person) {
                told.entry(self.reading.entity_of[first]).or_default().push((span.start(), day.clone()));
            }
        }
        self.told = told;
    }

    fn sentence_at(&self, at: usize) -> Option<Span> {
        let index = self.sentences.partition_point(|sentence| sentence.end() <= at);
        self.sentences.get(index).copied().filter(|sentence| sentence.start() <= at)
    }

    /// The sentences that the cue and the source stand in.
    fn around_cue(&self, quotation: &Quotation) -> Option<Span> {
        let anchor = quotation.cue.or(quotation.source)?;
        self.sentence_at(anchor.start())
    }

    /// The day nearest to the cue in its sentence.
    fn day(&self, quotation: &Quotation) -> Option<DateValue> {
        let sentence = self.around_cue(quotation)?;
        let anchor = quotation.cue.or(quotation.source)?;
        let first = self.dates.partition_point(|(span, _)| span.start() < sentence.start());
        let lowest =
            quotation.source.filter(|source| self.is_relative(*source)).map_or(0, |source| source.start());
        let inside = self.dates[first..]
            .iter()
            .take_while(|(span, _)| span.end() <= sentence.end())
            .filter(|(span, _)| span.start() >= lowest);
        let distance = |span: Span| {
            if span.start() >= anchor.end() {
                span.start() - anchor.end()
            } else {
                anchor.start().saturating_sub(span.end())
            }
        };
        inside.min_by_key(|(span, _)| distance(*span)).map(|(_, day)| day.clone())
    }

    /// "who": what stands before it belongs to another clause.
    fn is_relative(&self, source: Span) -> bool {
        let words = &self.reading.words;
        self.reading.lexicon.pronouns.relative.has(words.low(words.within(source).0))
    }

    /// What sentences about the same speaker tell, where the quotation's own does not.
    fn inherited(&self, quotations: &[Quotation], own: Vec<Option<DateValue>>) -> Vec<Option<DateValue>> {
        let mut last: BTreeMap<String, DateValue> = BTreeMap::new();
        let mut days = Vec::with_capacity(own.len());
        for (quotation, own) in quotations.iter().zip(own) {
            let name = quotation.speaker.name.clone().unwrap_or_default();
            let earlier = || last.get(&name).cloned().filter(|_| !name.is_empty());
            let day = own.or_else(|| self.told_by(quotation)).or_else(earlier);
            if let Some(day) = &day {
                last.insert(name, day.clone());
            }
            days.push(day);
        }
        days
    }

    /// The occasion told right before the quotation, or else after it.
    fn told_by(&self, quotation: &Quotation) -> Option<DateValue> {
        let occasions = self.told.get(&(quotation.speaker.entity?.0 as usize))?;
        let at = quotation.content.first()?.start();
        let after = occasions.partition_point(|(told, _)| *told < at);
        after
            .checked_sub(1)
            .and_then(|before| occasions.get(before))
            .or(occasions.get(after))
            .map(|(_, day)| day.clone())
    }

    /// "said in Lindau": a place after "in" or "at" in the sentence of the cue, outside source and content.
    fn place(&self, quotation: &Quotation) -> Option<Span> {
        let words = &self.reading.words;
        let run = words.within(self.around_cue(quotation)?);
        let first = self.reading.names.partition_point(|name| name.run.0 < run.0);
        let own =
            |span: Span| quotation.content.iter().chain(&quotation.source).any(|part| part.overlaps(span));
        let located = |at: usize| {
            words.before(at, 1).is_some_and(|word| self.reading.lexicon.venue_prepositions.has(&word.low))
        };
        self.reading.names[first..]
            .iter()
            .take_while(|name| name.run.1 <= run.1)
            .filter(|name| matches!(name.kind, EntityKind::Place | EntityKind::State) && located(name.run.0))
            .map(|name| words.span(name.run))
            .find(|span| !own(*span))
    }

    /// "told reporters": the phrase right after a cue that takes a hearer.
    fn addressee(&self, quotation: &Quotation) -> Option<Span> {
        let words = &self.reading.words;
        let lexicon = self.reading.lexicon;
        let cue = words.within(quotation.cue?);
        let last = cue.1.checked_sub(1)?;
        if !lexicon.telling_words.has(words.low(last)) {
            return None;
        }
        let fits = |word: &Word| {
            word.is_word()
                && (!lexicon.is_common_word(&word.low)
                    || lexicon.determiners.has(&word.low)
                    || lexicon.is_plural_role(&word.low)
                    || lexicon.collective_nouns.has(&word.low))
                && word.low != "that"
        };
        let mut to = cue.1;
        while to < cue.1 + LONGEST_ADDRESSEE && words.same_line(last, to) && words.get(to).is_some_and(fits) {
            to += 1;
        }
        let span = words.span((cue.1, to)).trimmed(words.text);
        let own = quotation.content.iter().chain(&quotation.source).any(|part| part.overlaps(span));
        let determiner = to == cue.1 + 1 && lexicon.determiners.has(words.low(cue.1));
        (to > cue.1 && !own && !determiner).then_some(span)
    }
}

/// The dates of at most a month that stand in nobody's words.
fn outside(dates: &[DateReference], contents: &[Span]) -> Vec<(Span, DateValue)> {
    let mut reach = 0;
    let mut next = contents.iter().peekable();
    let mut found = Vec::new();
    for date in dates {
        while let Some(content) = next.next_if(|content| content.start() <= date.span.start()) {
            reach = reach.max(content.end());
        }
        let Some(value) = date.value.as_ref().filter(|_| date.span.start() >= reach) else { continue };
        let days = value.last.since(value.first).map_or(i32::MAX, |span| span.get_days());
        if days < LONGEST_DAYS {
            found.push((date.span, value.clone()));
        }
    }
    found
}
