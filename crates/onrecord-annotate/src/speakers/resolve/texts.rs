//! Statements, rulings and reports that speak: who issued them.

use onrecord_model::{Because, EntityKind, Quotation, Speaker};

use super::{MOST_AROUND, NEAR_SENTENCES, Resolver};
use crate::{
    mentions::{roles::Gender, words::Run},
    speakers::{
        history::{Met, Sort},
        source::Form,
    },
};

/// How far back a text was brought in, in words.
const TEXT_WORDS: usize = 120;

impl Resolver<'_> {
    /// A text speaks for who issued it: the body or person that the phrase names, or that was quoted or named last.
    pub(super) fn text(
        &mut self,
        issuer: Option<usize>,
        run: Run,
        quotation: &Quotation,
    ) -> (Speaker, Sort, Option<Gender>) {
        let printed = self.words_of(run);
        if let Some(issuer) = issuer.map(|issuer| self.behind_capital(issuer)) {
            let how = format!("{printed} → {}", self.reading.cast[issuer].local.name);
            return self.chain(&[issuer], "speaker.text", how);
        }
        if let Some(issuers) = self.known_issuers(run) {
            return self.issued_by(&issuers, run);
        }
        if let Some(met) = self.told_in(run) {
            let name = met.speaker.name.clone().unwrap_or_default();
            let because = Because::new("speaker.text", format!("{printed} → {name}, who spoke in it before"));
            return (Speaker { because, ..met.speaker }, met.sort, None);
        }
        if let Some((speaker, sort)) = self.same_text(run) {
            return (speaker, sort, None);
        }
        if let Some(issuer) = self.issuer_told(run) {
            let how = format!("{printed} → {}, who issued it", self.reading.cast[issuer].local.name);
            return self.chain(&[issuer], "speaker.text", how);
        }
        let at = self.reading.words.span(run).start();
        let definite =
            matches!(self.reading.words.low(run.0), "the" | "this" | "its" | "their" | "his" | "her");
        let study = (run.0..run.1).any(|i| self.reading.lexicon.studies.has(self.reading.words.low(i)));
        let guess = definite && !study;
        let met = self.history.find(&Form::Issuer, at, &quotation.content, false).filter(|_| guess);
        let Some(met) = met else { return self.printed(run) };
        if let Some(voice) =
            met.speaker.entity.and_then(|entity| self.behind_voice(&[entity.0 as usize], run))
        {
            return voice;
        }
        let name = met.speaker.name.clone().unwrap_or_default();
        let because = Because::new("speaker.text", format!("{printed} → {name}, the body named before it"));
        (Speaker { because, role: self.reader.printed(run), ..met.speaker }, Sort::Body, None)
    }

    /// The sort of bodies that a text like "the ruling" comes from.
    fn known_issuers(&self, run: Run) -> Option<Vec<String>> {
        let lexicon = self.reading.lexicon;
        (run.0..run.1)
            .find_map(|i| lexicon.text_issuers.get(self.reading.words.low(i)))
            .map(|words| words.split(", ").map(str::to_owned).collect())
    }

    /// A text of a court speaks for the court quoted or named last.
    fn issued_by(&self, issuers: &[String], run: Run) -> (Speaker, Sort, Option<Gender>) {
        let at = self.reading.words.span(run).start();
        let printed = self.words_of(run);
        if let Some(met) = self.history.last_called(issuers, at) {
            let name = met.speaker.name.clone().unwrap_or_default();
            let because = Because::new("speaker.text", format!("{printed} → {name}, who spoke before"));
            return (Speaker { because, ..met.speaker.clone() }, Sort::Body, None);
        }
        let named = issuers.iter().find_map(|noun| self.describer.body(std::slice::from_ref(noun), run.0));
        let Some(entity) = named else { return self.printed(run) };
        let how = format!("{printed} → {}, the last such body", self.reading.cast[entity].local.name);
        self.chain(&[entity], "speaker.text", how)
    }

    /// "The statement says A. According to the text, B": the text that spoke shortly before.
    fn same_text(&self, run: Run) -> Option<(Speaker, Sort)> {
        let words = &self.reading.words;
        let plain = run.1 == run.0 + 2 && self.reading.lexicon.any_text.has(words.low(run.0 + 1));
        let here = self.history.sentence_of(words.span(run).start());
        let near = self.done.len().saturating_sub(MOST_AROUND);
        let before = self.quotations.iter().zip(&self.done).skip(near).rev().filter(|_| plain);
        let spoken = before.filter_map(|(other, (speaker, sort, _))| Some((other.source?, speaker, *sort)));
        let (_, speaker, sort) = spoken
            .take_while(|(source, ..)| {
                here.saturating_sub(self.history.sentence_of(source.start())) <= NEAR_SENTENCES
            })
            .find(|(_, speaker, _)| speaker.because.rule == "speaker.text" && speaker.name.is_some())?;
        let name = speaker.name.clone().unwrap_or_default();
        let printed = self.words_of(run);
        let because = Because::new("speaker.text", format!("{printed} → {name}, whose text spoke before"));
        Some((Speaker { because, ..speaker.clone() }, sort))
    }

    /// "In a joint statement, Brandt and Hale said A. The statement says": who spoke where the text was brought in.
    fn told_in(&self, run: Run) -> Option<Met> {
        let brought = self.brought_in(run)?;
        let sentence = self.history.sentence_of(self.reading.words.span((brought, brought + 1)).start());
        self.history.spoken_in(sentence).cloned()
    }

    /// Where the text that the phrase means was named before, a few sentences back.
    fn brought_in(&self, run: Run) -> Option<usize> {
        let words = &self.reading.words;
        let noun = (run.0..run.1)
            .rev()
            .map(|i| words.low(i))
            .find(|low| self.reading.lexicon.text_nouns.has(low))?;
        let sentence = |i: usize| self.history.sentence_of(words.span((i, i + 1)).start());
        let here = sentence(run.0);
        let mut before = (run.0.saturating_sub(TEXT_WORDS)..run.0).rev();
        before.by_ref().take_while(|i| here - sentence(*i) <= 3).find(|i| words.low(*i) == noun)
    }

    /// "Brandt gave a statement. The statement says": the first name in the sentence that brought the text in.
    fn issuer_told(&self, run: Run) -> Option<usize> {
        let words = &self.reading.words;
        let brought = self.brought_in(run)?;
        let sentence = |i: usize| self.history.sentence_of(words.span((i, i + 1)).start());
        let from = self.reading.names.partition_point(|name| name.run.0 + TEXT_WORDS < brought);
        let names = self.reading.names[from..].iter().zip(&self.reading.entity_of[from..]);
        let subject = names.take_while(|(name, _)| name.run.1 <= brought).find(|(name, _)| {
            matches!(name.kind, EntityKind::Person | EntityKind::Organisation)
                && sentence(name.run.0) == sentence(brought)
        });
        subject.map(|(_, entity)| *entity)
    }
}
