//! "It is noted that": words that go on with whoever has just been quoted or told to report.

use onrecord_model::{Because, EntityKind, Quotation, Speaker};

use super::Resolver;

/// Sentences between a speaker and an impersonal phrase that goes on with the same source.
const NEAR: usize = 2;

impl Resolver<'_> {
    /// The speaker of a quotation without a source whose cue only goes on with the source before.
    pub(super) fn impersonal(&self, quotation: &Quotation) -> Option<Speaker> {
        let words = &self.reading.words;
        let cue = quotation.cue?;
        let run = words.within(cue);
        let goes_on = self.reading.lexicon.impersonal_cues.has(&words.phrase(run));
        let present =
            (run.0.saturating_sub(2)..run.1).any(|i| self.reading.lexicon.present_passives.has(words.low(i)));
        if !goes_on || !present {
            return None;
        }
        let here = self.history.sentence_of(cue.start());
        let near = |at: usize| here.saturating_sub(self.history.sentence_of(at)) <= NEAR;
        let spoken = self.history.last_spoken(cue.start()).filter(|met| near(met.at));
        let told = || self.reporting(here.checked_sub(1)?);
        let speaker = spoken.map(|met| met.speaker.clone()).or_else(told)?;
        let name = speaker.name.clone().unwrap_or_default();
        let because = Because::new("speaker.goes_on", format!("the words go on after those of {name}"));
        Some(Speaker { because: because.at([cue]), ..speaker })
    }

    /// The body or person with which a sentence opens that tells of a report: "The Harbour Board reports."
    fn reporting(&self, sentence: usize) -> Option<Speaker> {
        let words = &self.reading.words;
        let speech = &self.reading.lexicon.speech_words;
        let run = words.within(self.history.sentence(sentence)?);
        let reports = |low: &str| {
            speech.has(low) || low.strip_suffix('s').is_some_and(|stem| speech.has(&format!("{stem}ed")))
        };
        let first = self.reading.names.partition_point(|name| name.run.0 < run.0);
        let name = self.reading.names.get(first).filter(|name| name.run.0 <= run.0 + 1)?;
        let speaks = matches!(name.kind, EntityKind::Organisation | EntityKind::Person);
        let told = (name.run.1..run.1).any(|i| reports(words.low(i)));
        let cast = [self.reading.entity_of[first]];
        (speaks && told).then(|| self.named(&cast, "speaker.name", name.run).0)
    }
}
