//! Puts the names that the rules find and those that a network finds together.
//!
//! The rules know titles, given names, states and the nouns that bodies end with; where such a sign makes a
//! name sure, the rules stand. Elsewhere the network says what is a name, how far it goes, and what it names.

use std::collections::BTreeSet;

use onrecord_model::{EntityKind, Guess, Reading, Word as Read};

use super::{
    keys::country_stem,
    lexicon::Lexicon,
    names::Name,
    words::{Run, Shape, Word, Words},
};

/// The network takes bodies for persons where it is less sure than this, in percent.
const SURE_PERSON: u8 = 60;

/// The names of an article by both; of some that overlap the first is meant. Without a network the rules' names are all.
pub(super) fn combined(
    rules: Vec<Name>,
    reading: &Reading,
    words: &Words<'_>,
    lexicon: &Lexicon,
) -> Vec<Name> {
    if reading.words.is_empty() {
        return rules;
    }
    let mut joiner = Joiner {
        words,
        lexicon,
        reading,
        guesses: Vec::new(),
        known: BTreeSet::new(),
        known_persons: BTreeSet::new(),
        known_bodies: BTreeSet::new(),
    };
    let guesses: Vec<(Name, u8)> =
        reading.names.iter().filter_map(|guess| Some((joiner.name_of(guess)?, guess.percent))).collect();
    joiner.guesses = guesses.iter().map(|(name, _)| name.clone()).collect();
    joiner.known = joiner.guesses.iter().map(|name| words.phrase(name.run)).collect();
    joiner.known_persons = last_words(&joiner.guesses, EntityKind::Person, words);
    let backed = |guess: &Name| joiner.is_backed(guess, &near(&rules, guess.run));
    let mut names: Vec<Name> = guesses
        .iter()
        .filter(|(guess, _)| backed(guess))
        .flat_map(|(guess, percent)| joiner.best(guess, *percent, &near(&rules, guess.run)))
        .collect();
    joiner.known_bodies = last_words(&names, EntityKind::Organisation, words);
    let free = |name: &&Name| near(&joiner.guesses, name.run).is_empty() && joiner.stands_alone(name);
    names.extend(rules.iter().filter(free).cloned());
    names.sort_by_key(|name| name.run);
    names
}

/// The last words of the longer names of a kind.
fn last_words(names: &[Name], kind: EntityKind, words: &Words<'_>) -> BTreeSet<String> {
    let longer = names.iter().filter(|name| name.kind == kind && name.run.1 > name.run.0 + 1);
    longer.map(|name| words.low(name.run.1 - 1).to_owned()).collect()
}

/// The names that overlap `run`; `names` are in order and do not overlap.
fn near(names: &[Name], run: Run) -> Vec<&Name> {
    let first = names.partition_point(|name| name.run.1 <= run.0);
    names[first..].iter().take_while(|name| name.run.0 < run.1).collect()
}

fn holds(outer: Run, inner: Run) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

struct Joiner<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
    reading: &'a Reading,
    /// The network's names.
    guesses: Vec<Name>,
    /// What it says: whole names.
    known: BTreeSet<String>,
    /// The last words of its longer names of persons.
    known_persons: BTreeSet<String>,
    /// The last words of longer names of bodies, as they stand by both.
    known_bodies: BTreeSet<String>,
}

impl Joiner<'_> {
    /// A guess as a name; `None` where it is of a kind that is no mention, or is not printed as a name.
    fn name_of(&self, guess: &Guess) -> Option<Name> {
        let words = self.words;
        let (mut from, to) = words.within(guess.span);
        let article = |word: &Word| {
            self.lexicon.determiners.has(&word.low) && (word.shape == Shape::Lower || word.opens)
        };
        while to > from + 1 && words.get(from).is_some_and(article) {
            from += 1;
        }
        let run = (from, to);
        let printed =
            |i: usize| words.get(i).is_some_and(|word| word.is_capital() || word.shape == Shape::Number);
        let noun = |i: usize| self.read(i).is_none_or(|read| matches!(read.class, "PROPN" | "NOUN" | "X"));
        if to <= from || words.in_title(from) || !printed(from) || !printed(to - 1) || !(from..to).any(noun) {
            return None;
        }
        let kind = match guess.kind {
            "person" => EntityKind::Person,
            "organisation" => EntityKind::Organisation,
            "place" if self.lexicon.states.contains_key(&words.phrase(run)) => EntityKind::State,
            "place" => EntityKind::Place,
            "event" => EntityKind::Event,
            "document" => EntityKind::Document,
            _ => return None,
        };
        Some(Name { run, kind, is_sure: false })
    }

    fn read(&self, i: usize) -> Option<&Read> {
        let at = self.reading.word_at(self.words.get(i)?.span.start())?;
        self.reading.words.get(at)
    }

    /// Whether more than the network's word speaks for a name of one word: an adjective is no country, and a lone
    /// word is a person where the rules have a name too, or where the article has the full name.
    fn is_backed(&self, guess: &Name, rules: &[&Name]) -> bool {
        let (from, to) = guess.run;
        let low = self.words.low(from);
        let longer = |known: &String| low.len() > known.len() && country_stem(low) == country_stem(known);
        let same = rules.iter().any(|name| name.run == guess.run);
        to > from + 1
            || !self.known.iter().any(longer)
                && (guess.kind != EntityKind::Person || same || self.known_persons.contains(low))
    }

    /// What stands where the network has `guess` and the rules have `rules`.
    fn best(&self, guess: &Name, percent: u8, rules: &[&Name]) -> Vec<Name> {
        let from_rules = || rules.iter().map(|name| (*name).clone()).collect();
        if let Some(same) = rules.iter().find(|name| name.run == guess.run) {
            return vec![self.retyped(same, guess, percent)];
        }
        let inside = rules.iter().all(|name| holds(guess.run, name.run));
        let is_person = guess.kind == EntityKind::Person;
        let titled = is_person && (guess.run.0..guess.run.1).any(|i| self.is_title(i));
        let mixed = is_person && rules.iter().any(|name| name.kind != EntityKind::Person) && rules.len() > 1;
        let described = titled || !rules.is_empty() && (mixed || self.swallows(guess.run));
        let sure = rules.iter().any(|name| name.is_sure);
        if described && (inside || sure) || rules.iter().any(|name| self.stands_over(name)) {
            return from_rules();
        }
        vec![guess.clone()]
    }

    /// A name that both have, as what names it more surely.
    fn retyped(&self, rule: &Name, guess: &Name, percent: u8) -> Name {
        let kind_of_none = matches!(guess.kind, EntityKind::Event | EntityKind::Document);
        let lone = rule.run.1 == rule.run.0 + 1 && !self.known_persons.contains(self.words.low(rule.run.0));
        let other = guess.kind == EntityKind::Person && rule.kind != EntityKind::Person;
        let unlikely = other && (lone || percent < SURE_PERSON);
        let state = rule.kind == EntityKind::State;
        if rule.is_sure || state || kind_of_none || unlikely { rule.clone() } else { guess.clone() }
    }

    fn is_title(&self, i: usize) -> bool {
        self.lexicon.is_title(self.words.low(i)) || self.lexicon.is_role(self.words.low(i))
    }

    /// Whether the rules' `name` stands whatever the network makes of its words: a sure person; a vote; a body whose
    /// name goes on over a place.
    fn stands_over(&self, name: &Name) -> bool {
        let parts = || near(&self.guesses, name.run);
        let covers = |part: &&Name| {
            let place = matches!(part.kind, EntityKind::Place | EntityKind::State);
            holds(name.run, part.run) && (place || part.run.0 == name.run.0)
        };
        match name.kind {
            EntityKind::Person => name.is_sure,
            EntityKind::Event => true,
            EntityKind::Organisation => name.is_sure && parts().iter().all(covers),
            _ => false,
        }
    }

    /// Whether `run` holds ordinary words or marks, as a description or a list does, and not only a name's links.
    fn swallows(&self, (from, to): Run) -> bool {
        (from..to).any(|i| {
            self.words.get(i).is_some_and(|word| match word.shape {
                Shape::Mark => matches!(word.low.as_str(), "," | "(" | ";"),
                Shape::Possessive => true,
                Shape::Lower => {
                    let link =
                        self.lexicon.name_links.has(&word.low) || self.lexicon.person_links.has(&word.low);
                    let class = self.read(i).map_or("", |read| read.class);
                    !link && matches!(class, "NOUN" | "VERB" | "AUX" | "PRON" | "ADV")
                }
                _ => false,
            })
        })
    }

    /// Whether a name stands that the rules alone have.
    fn stands_alone(&self, name: &Name) -> bool {
        let last = self.words.low(name.run.1 - 1);
        name.is_sure
            || self.known.contains(&self.words.phrase(name.run))
            || match name.kind {
                EntityKind::Person => self.known_persons.contains(last),
                EntityKind::Organisation => self.is_proper(name.run) || self.known_bodies.contains(last),
                _ => false,
            }
    }

    /// Whether the network takes every capitalised word of `run` for a proper noun.
    fn is_proper(&self, (from, to): Run) -> bool {
        let capital = |i: &usize| self.words.get(*i).is_some_and(Word::is_capital);
        (from..to).filter(capital).all(|i| self.read(i).is_some_and(|read| read.class == "PROPN"))
    }
}

#[cfg(test)]
mod tests {
    use onrecord_model::{Annotations, Guess, Span, Word};

    use super::super::reading::Reading as Names;
    use crate::{Annotator, sentences::Sentences, testing};

    /// The names of `text` where a network says that every capitalised word is a proper noun, and has `guesses`.
    #[track_caller]
    fn check(text: &str, guesses: &[(&str, &'static str, u8)], expected: &str) {
        let article = testing::article(text);
        let mut marks = Annotations::default();
        Sentences.annotate(&article, &mut marks);
        let class = |word: &str| if word.starts_with(char::is_uppercase) { "PROPN" } else { "NOUN" };
        for token in crate::sentences::tokens_of(&article) {
            let word = token.span.slice(text);
            let class = class(word);
            marks.reading.words.push(Word {
                span: token.span,
                tag: "NNP",
                class,
                head: None,
                relation: "root",
            });
        }
        for (words, kind, percent) in guesses {
            let start = text.find(words).unwrap();
            let span = Span::new(start, start + words.len());
            marks.reading.names.push(Guess { span, kind, percent: *percent });
        }
        let names = Names::of(&article, &marks);
        let shown =
            |name: &super::Name| format!("{}: {}", names.words.span(name.run).slice(text), name.kind.name());
        assert_eq!(names.names.iter().map(shown).collect::<Vec<_>>().join(", "), expected, "{text}");
    }

    #[test]
    fn the_network_tells_what_no_sign_tells() {
        check("They met in Velden on Friday.", &[("Velden", "place", 80)], "Velden: place");
        check(
            "He left Brave Harbour last year.",
            &[("Brave Harbour", "organisation", 70)],
            "Brave Harbour: organisation",
        );
    }

    #[test]
    fn signs_stand_over_the_network() {
        let text = "They asked Mr Karel Holm about it.";
        check(text, &[("Mr Karel Holm", "person", 90)], "Karel Holm: person");
        check(
            "She runs the Ministry of Health of Norway.",
            &[("Ministry of Health", "place", 60)],
            "Ministry of Health of Norway: organisation",
        );
    }

    #[test]
    fn what_is_printed_like_no_name_is_none() {
        check("They spoke to the press again.", &[("press", "organisation", 90)], "");
    }
}
