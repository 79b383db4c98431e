//! Codes happenings to PLOVER, and abstains where no rule fits.
//!
//! A verb of `events.toml` with a subject and an object that fit makes an event. There is no
//! default type: what is not listed is not coded. What is said is a quotation and no event.

mod clause;
mod lexicon;

use onrecord_model::{Annotations, Article, DateValue, EntityKind, Event, Span};

use crate::{Annotator, tagger::Tag};
use clause::{Clauses, Run};
use lexicon::{LEXICON, Rule};

/// Codes happenings to PLOVER, and abstains where no rule fits.
pub(crate) struct Events;

impl Annotator for Events {
    fn name(&self) -> &'static str {
        "events"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let clauses = Clauses::new(article, out, LEXICON.of(article));
        let found: Vec<Event> = (0..clauses.len())
            .filter_map(|i| clauses.event(i))
            .map(|told| told.event(&clauses, out))
            .collect();
        out.events = found;
    }
}

/// How a verb stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Voice {
    /// The first token of the verb with its helpers.
    from: usize,
    passive: bool,
    negated: bool,
    hypothetical: bool,
}

/// A happening by its tokens.
#[derive(Debug)]
struct Told<'a> {
    rule: &'a Rule,
    words: Run,
    voice: Voice,
    source: Option<Run>,
    target: Option<Run>,
}

/// Helpers of a verb and adverbs between them; more are no clause.
const MOST_HELPERS: usize = 6;

impl<'a> Clauses<'a> {
    fn event(&self, i: usize) -> Option<Told<'a>> {
        let rules = self.lexicon.rules(self.low(i));
        if rules.is_empty() {
            return None;
        }
        let voice = self.voice(i)?;
        rules.iter().find_map(|rule| self.told(i, voice, rule))
    }

    /// The helpers before the verb; `None` where it is no verb of a clause.
    fn voice(&self, i: usize) -> Option<Voice> {
        let mut voice = Voice { from: i, passive: false, negated: false, hypothetical: false };
        let mut finite = matches!(self.tag(i), Tag::Vbd | Tag::Vbz | Tag::Vbp);
        for at in (i.saturating_sub(MOST_HELPERS)..i).rev() {
            let low = self.low(at);
            match self.tag(at) {
                _ if self.lexicon.negations.contains(low) => voice.negated = true,
                _ if self.lexicon.be.contains(low) => (voice.passive, finite) = (true, true),
                _ if self.lexicon.have.contains(low) || self.lexicon.auxiliary_do.contains(low) => {
                    finite = true
                }
                Tag::Md => (voice.hypothetical, finite) = (true, true),
                Tag::Rb => {}
                _ => break,
            }
            voice.from = at;
        }
        voice.passive &= self.tag(i) == Tag::Vbn || self.low(i).ends_with("ed");
        let verb = matches!(self.tag(i), Tag::Vbd | Tag::Vbn | Tag::Vb | Tag::Vbz | Tag::Vbp);
        (verb && finite).then_some(voice)
    }

    fn told(&self, i: usize, voice: Voice, rule: &'a Rule) -> Option<Told<'a>> {
        let subject = self.subject_before(voice.from)?;
        let condition =
            subject.0.checked_sub(1).is_some_and(|at| self.lexicon.conditions.contains(self.low(at)));
        let denied = self.lexicon.negations.contains(self.low(subject.0));
        let voice = Voice {
            hypothetical: voice.hypothetical || condition,
            negated: voice.negated || denied,
            ..voice
        };
        if voice.passive {
            return self.told_passive(i, voice, rule, subject);
        }
        let next = self.after_days(i + 1);
        let alone = rule.heads.iter().any(|head| head == "*");
        let object = self.phrase_at(next);
        let (target, end) = match object {
            None if alone => (self.phrase_after(next, &self.lexicon.sides), i + 1),
            Some(object) if rule.heads.is_empty() => (Some(object), i + 1),
            Some(object) if self.has_head(object, rule) => {
                (self.phrase_after(object.1, &self.lexicon.sides), object.1)
            }
            None if rule.heads.iter().any(|head| head == self.low(next)) => {
                (Some(self.phrase_at(next + 1)?), next + 1)
            }
            _ => return None,
        };
        Some(Told { rule, words: (i, end), voice, source: Some(subject), target })
    }

    /// "The mayor was arrested by police", "Sanctions were lifted by the union".
    fn told_passive(&self, i: usize, voice: Voice, rule: &'a Rule, subject: Run) -> Option<Told<'a>> {
        let source = self.phrase_after(i + 1, &self.lexicon.by);
        let fits = rule.heads.is_empty() || self.has_head(subject, rule);
        let target = rule.heads.is_empty().then_some(subject);
        fits.then_some(Told { rule, words: (i, i + 1), voice, source, target })
    }

    fn has_head(&self, object: Run, rule: &Rule) -> bool {
        rule.heads.iter().any(|head| head == self.low(object.1 - 1))
    }
}

impl Told<'_> {
    fn event(&self, clauses: &Clauses<'_>, out: &Annotations) -> Event {
        let span = clauses.span(self.words);
        let sentence = out.sentences.partition_point(|s| s.end() <= span.start());
        let sentence = out.sentences.get(sentence).copied().unwrap_or(span);
        Event {
            span,
            class: self.rule.class.clone(),
            code: self.rule.code.clone(),
            source: self.source.map(|run| clauses.span(run)),
            target: self.target.map(|run| clauses.span(run)),
            place: self.place(clauses, out),
            date: date_in(out, sentence, span),
            negated: self.voice.negated,
            hypothetical: self.voice.hypothetical,
        }
    }

    /// The name of a place after "in" or "near" in the clause.
    fn place(&self, clauses: &Clauses<'_>, out: &Annotations) -> Option<Span> {
        let phrase = clauses.span(clauses.phrase_after(self.words.1, &clauses.lexicon.places)?);
        let first = out.mentions.partition_point(|mention| mention.span.end() <= phrase.start());
        let mut within =
            out.mentions[first..].iter().take_while(|mention| mention.span.start() < phrase.end());
        within.find(|m| matches!(m.kind, EntityKind::Place | EntityKind::State)).map(|m| m.span)
    }
}

/// The value nearest to `span` in its sentence.
fn date_in(out: &Annotations, sentence: Span, span: Span) -> Option<DateValue> {
    let first = out.dates.partition_point(|date| date.span.end() <= sentence.start());
    let within = out.dates[first..].iter().take_while(|date| date.span.start() < sentence.end());
    let valued = within.filter(|date| date.value.is_some());
    valued.min_by_key(|date| date.span.start().abs_diff(span.start()))?.value.clone()
}

#[cfg(test)]
mod tests {
    use crate::testing;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let out = crate::annotate(&testing::article(text), crate::Model::Reader);
        let words = |span: Option<onrecord_model::Span>| span.map_or("-", |span| span.slice(text));
        let shown = out.events.iter().map(|event| {
            let mark = if event.negated { "not " } else { "" };
            let mood = if event.hypothetical { "maybe " } else { "" };
            format!("{mark}{mood}{}: {} > {}", event.class, words(event.source), words(event.target))
        });
        assert_eq!(shown.collect::<Vec<_>>().join("; "), expected, "{text}");
    }

    #[test]
    fn who_did_what_to_whom() {
        check("Police arrested the mayor.", "COERCE: Police > the mayor");
        check("The mayor was arrested by police.", "COERCE: police > The mayor");
        check("Borduria imposed sanctions on Syldavia.", "SANCTION: Borduria > Syldavia");
        check("Police did not arrest the mayor.", "not COERCE: Police > the mayor");
        check("Borduria will lift sanctions on Syldavia.", "maybe RETREAT: Borduria > Syldavia");
        check("Students demonstrated outside the town hall.", "PROTEST: Students > -");
        check("Rebels kidnapped more than 20 doctors.", "ASSAULT: Rebels > 20 doctors");
        check("No police arrested the mayor.", "not COERCE: No police > the mayor");
        check("The minister met with farmers.", "CONSULT: The minister > farmers");
    }

    #[test]
    fn what_no_rule_fits_is_not_coded() {
        check("The mayor said that she was tired.", "");
        check("The club signed a goalkeeper.", "");
        check("The storm killed 28 people.", "");
        check("Critics attacked the plan.", "");
        check("The attack on the bridge failed.", "");
    }
}
