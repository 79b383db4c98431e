//! Codes happenings to PLOVER and CAMEO by dictionaries, and abstains where no entry fits.
//!
//! A verb of the dictionary with the words of one of its patterns around it, or with a code of its own, makes an event
//! if somebody acts in it. There is no default type: what is not listed is not coded.

mod actors;
mod clauses;
mod coder;
mod dictionary;
mod forms;
mod groups;
mod lexicon;
mod pattern;
mod plover;
#[cfg(test)]
mod tests;
mod verbs;
mod words;

use std::sync::Arc;

use onrecord_model::{Annotations, Article, Because, DateValue, EntityKind, Event, EventActor, Span};

use crate::Annotator;
use actors::{Actors, Agents};
use coder::{Coder, Dyad, Told};
use dictionary::{Dictionary, SHIPPED};
use groups::{Actor, Group, Known, Reader};
use lexicon::LEXICON;
use verbs::Verbs;
use words::Words;

/// Codes happenings with the dictionaries of the article's language.
pub(crate) struct Events;

impl Annotator for Events {
    fn name(&self) -> &'static str {
        "events"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        code(SHIPPED.of(article), article, out);
    }
}

/// Codes happenings with dictionaries of the caller's own.
#[derive(Debug, Clone)]
pub struct EventCoder {
    dictionary: Dictionary,
    unread: Vec<String>,
}

/// The texts of dictionaries in the formats of PETRARCH; what is not given is what comes with the program.
#[derive(Debug, Clone, Copy, Default)]
pub struct EventDictionaries<'a> {
    /// Verbs with their patterns and codes.
    pub verbs: Option<&'a str>,
    /// Named actors; or lines of name, tab and code.
    pub actors: Option<&'a str>,
    /// Roles without a name: police, rebels.
    pub agents: Option<&'a str>,
}

impl EventCoder {
    /// Reads dictionaries.
    pub fn new(given: EventDictionaries<'_>) -> Self {
        let mut dictionary = SHIPPED.first().clone();
        let mut unread = Vec::new();
        let mut of = |what: &str, lines: Vec<String>| {
            unread.extend(lines.into_iter().map(|line| format!("dictionary of {what}: {line}")));
        };
        let mut lines = Vec::new();
        if let Some(text) = given.verbs {
            dictionary.verbs = Arc::new(Verbs::parse(text, &mut lines));
            of("verbs", std::mem::take(&mut lines));
        }
        if let Some(text) = given.actors {
            dictionary.actors = Actors::parse(text, &mut lines);
            of("actors", std::mem::take(&mut lines));
        }
        if let Some(text) = given.agents {
            dictionary.agents = Arc::new(Agents::parse(text, &mut lines));
            of("agents", std::mem::take(&mut lines));
        }
        Self { dictionary, unread }
    }

    /// What could not be read, by dictionary and line.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Puts this coder's events in the place of those in `out`.
    pub(crate) fn annotate(&self, article: &Article, out: &mut Annotations) {
        code(&self.dictionary, article, out);
    }
}

fn code(dictionary: &Dictionary, article: &Article, out: &mut Annotations) {
    let mut words = Words::new(article, out, LEXICON.of(article));
    let numbers: Vec<u32> = words.normal.iter().map(|word| dictionary.verbs.word(word)).collect();
    let day = article.reference_day();
    words.name(&dictionary.actors, day);
    let mut reader = Reader { words: &words, marks: out, dictionary, day, known: Known::new() };
    let mut events = Vec::new();
    for sentence in words.sentences(out) {
        let groups = reader.groups(sentence);
        let clauses = clauses::clauses(&words, sentence, &groups);
        let coder = Coder {
            words: &words,
            dictionary,
            sentence,
            groups: &groups,
            clauses: &clauses,
            numbers: &numbers,
        };
        for told in coder.told() {
            let place = place(&coder, &told, out);
            events.extend(events_of(&words, out, told, place));
        }
    }
    events.sort_by_key(|event: &Event| event.span.start());
    out.events = events;
}

fn events_of(words: &Words<'_>, out: &Annotations, told: Told, place: Option<Span>) -> Vec<Event> {
    let span = words.span(told.words);
    let sentence = out.sentences.partition_point(|s| s.end() <= span.start());
    let sentence = out.sentences.get(sentence).copied().unwrap_or(span);
    let date = date_in(out, sentence, span);
    let actor = |actor: Actor| EventActor { span: words.span(actor.words), code: actor.code };
    let event = |(code, source, target): Dyad| Event {
        span,
        class: plover::class(&code).unwrap_or(OTHER).to_owned(),
        because: Because::new("event.dictionary", format!("{} is coded {code}", told.entry)).at([span]),
        code: Some(code),
        source: source.map(actor),
        target: target.map(actor),
        place,
        date: date.clone(),
        negated: told.mood.is_negated,
        hypothetical: told.mood.is_future || told.mood.is_conditional,
    };
    told.codes.into_iter().map(event).collect()
}

/// The class of a code that is not CAMEO's.
const OTHER: &str = "OTHER";

/// The name of a place after "in" or "near" in the clause.
fn place(coder: &Coder<'_>, told: &Told, out: &Annotations) -> Option<Span> {
    let clause = &coder.clauses[told.clause];
    let leads = |group: &&Group| {
        let lead = group.preposition.map(|at| coder.words.low(at));
        lead.is_some_and(|low| coder.words.lexicon.places.has(low))
    };
    let within = |group: &&Group| group.words.0 >= clause.from && group.words.0 < clause.end;
    coder.groups.iter().filter(within).filter(leads).find_map(|group| {
        let phrase = coder.words.span(group.words);
        let first = out.mentions.partition_point(|mention| mention.span.end() <= phrase.start());
        let mut named =
            out.mentions[first..].iter().take_while(|mention| mention.span.start() < phrase.end());
        named.find(|m| matches!(m.kind, EntityKind::Place | EntityKind::State)).map(|m| m.span)
    })
}

/// The value nearest to `span` in its sentence.
fn date_in(out: &Annotations, sentence: Span, span: Span) -> Option<DateValue> {
    let first = out.dates.partition_point(|date| date.span.end() <= sentence.start());
    let within = out.dates[first..].iter().take_while(|date| date.span.start() < sentence.end());
    let valued = within.filter(|date| date.value.is_some());
    valued.min_by_key(|date| date.span.start().abs_diff(span.start()))?.value.clone()
}
