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
/// A lone word that has no full name in the article and no sign is a person from here on.
const SURE_LONE: u8 = 75;
/// Where it is at least so sure, a given name or an apposition alone makes no person of what it takes for a body or a place.
const LIKELY: u8 = 30;

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
        known_places: BTreeSet::new(),
    };
    let guesses: Vec<(Name, u8)> =
        reading.names.iter().filter_map(|guess| Some((joiner.name_of(guess)?, guess.percent))).collect();
    joiner.guesses = guesses.iter().map(|(name, _)| name.clone()).collect();
    joiner.known = joiner.guesses.iter().map(|name| words.phrase(name.run)).collect();
    joiner.known_persons = last_words(&joiner.guesses, EntityKind::Person, words);
    let places = joiner.guesses.iter().filter(|name| name.kind == EntityKind::Place);
    joiner.known_places = places.map(|name| words.phrase(name.run)).collect();
    let mut names: Vec<Name> = guesses
        .iter()
        .filter(|(guess, percent)| joiner.is_backed(guess, *percent, &near(&rules, guess.run)))
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
    /// What it takes for a place somewhere in the article: a name keeps its sense within an article.
    known_places: BTreeSet<String>,
}

impl Joiner<'_> {
    /// A guess as a name; `None` where it is of a kind that is no mention, or is not printed as a name.
    fn name_of(&self, guess: &Guess) -> Option<Name> {
        let words = self.words;
        let (mut from, mut to) = words.within(guess.span);
        let article = |word: &Word| {
            self.lexicon.determiners.has(&word.low) && (word.shape == Shape::Lower || word.opens)
        };
        while to > from + 1 && words.get(from).is_some_and(article) {
            from += 1;
        }
        while to > from + 1 && self.is_glued(to - 1) {
            to -= 1;
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

    /// Whether a word is glued to the one before, which the network reads as one: "HolmAlso".
    fn is_glued(&self, i: usize) -> bool {
        let word = |at: usize| self.words.get(at).filter(|word| word.is_word());
        let before = i.checked_sub(1).and_then(word);
        before.zip(word(i)).is_some_and(|(left, right)| left.span.end() == right.span.start())
    }

    fn read(&self, i: usize) -> Option<&Read> {
        let at = self.reading.word_at(self.words.get(i)?.span.start())?;
        self.reading.words.get(at)
    }

    /// Whether more than the network's word speaks for a name of one word: an adjective is no country, and a lone
    /// word is a person where the rules have a name too, where the article has the full name, or where the network
    /// is sure of what is no role.
    fn is_backed(&self, guess: &Name, percent: u8, rules: &[&Name]) -> bool {
        let (from, to) = guess.run;
        let low = self.words.low(from);
        let longer = |known: &String| low.len() > known.len() && country_stem(low) == country_stem(known);
        let same = rules.iter().any(|name| name.run == guess.run);
        let person = || same || self.known_persons.contains(low) || self.is_surely_called(from, percent);
        to > from + 1 || !self.known.iter().any(longer) && (guess.kind != EntityKind::Person || person())
    }

    /// Whether the network is sure enough of a person that only one word names: a word in capitals is a body's, a role no name.
    fn is_surely_called(&self, i: usize, percent: u8) -> bool {
        let capital = self.words.get(i).is_some_and(|word| word.shape == Shape::Capital);
        let role = self.is_title(i) || self.lexicon.is_plural_role(self.words.low(i));
        capital && !role && percent >= SURE_LONE
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
        let stands = |name: &&Name| match name.kind {
            EntityKind::Person => name.is_sure && !self.is_person_undone(name, guess, percent),
            _ => self.stands_over(name),
        };
        if described && (inside || sure) || rules.iter().any(stands) {
            return from_rules();
        }
        vec![guess.clone()]
    }

    /// A name that both have, as what names it more surely.
    fn retyped(&self, rule: &Name, guess: &Name, percent: u8) -> Name {
        let kind_of_none = matches!(guess.kind, EntityKind::Event | EntityKind::Document);
        let other = guess.kind == EntityKind::Person && rule.kind != EntityKind::Person;
        let unlikely = other && !self.is_person_after_all(rule, percent);
        let state = rule.kind == EntityKind::State;
        let sure =
            rule.is_sure && (rule.kind != EntityKind::Person || !self.is_person_undone(rule, guess, percent));
        if sure || state || kind_of_none || unlikely { rule.clone() } else { guess.clone() }
    }

    /// Whether the network's word makes a person of what the rules took for something else. Where a name stands makes a
    /// place of it ("in Holm's letters"), and so needs less.
    fn is_person_after_all(&self, rule: &Name, percent: u8) -> bool {
        let (from, to) = rule.run;
        let lone = to == from + 1 && !self.known_persons.contains(self.words.low(from));
        let linked = (from..to).any(|i| self.lexicon.person_links.has(self.words.low(i)));
        match rule.kind {
            EntityKind::Place if lone => {
                percent >= LIKELY && !self.known_places.contains(self.words.low(from))
            }
            EntityKind::Place => percent >= LIKELY,
            _ => !lone && (linked || percent >= SURE_PERSON),
        }
    }

    /// Whether the network reads the rules' sure person better: with more words to the name ("Ana de Holm"), or as
    /// another thing that nobody calls Mr or Ms.
    fn is_person_undone(&self, name: &Name, guess: &Name, percent: u8) -> bool {
        let titled = |i: usize| {
            let low = self.words.low(i).trim_end_matches('.');
            self.lexicon.female_titles.has(low) || self.lexicon.male_titles.has(low)
        };
        if !holds(guess.run, name.run) {
            return false;
        }
        match guess.kind {
            EntityKind::Person => !(guess.run.0..guess.run.1).any(|i| self.is_title(i)),
            EntityKind::Organisation | EntityKind::Place => {
                percent >= LIKELY && !name.run.0.checked_sub(1).is_some_and(titled)
            }
            _ => false,
        }
    }

    fn is_title(&self, i: usize) -> bool {
        self.lexicon.is_title(self.words.low(i)) || self.lexicon.is_role(self.words.low(i))
    }

    /// Whether the rules' `name` stands whatever the network makes of its words: a vote; a body whose name goes on over
    /// a place.
    fn stands_over(&self, name: &Name) -> bool {
        let parts = || near(&self.guesses, name.run);
        let covers = |part: &&Name| {
            let place = matches!(part.kind, EntityKind::Place | EntityKind::State);
            holds(name.run, part.run) && (place || part.run.0 == name.run.0)
        };
        match name.kind {
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
        let lone = name.run.1 == name.run.0 + 1;
        // "Christian" is a given name and a creed.
        let creed = self.lexicon.creeds.has(self.words.low(name.run.0));
        let doubtful = name.kind == EntityKind::Person && (lone || creed);
        name.is_sure && !doubtful
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
        let mut from = 0;
        for (words, kind, percent) in guesses {
            let start = from + text[from..].find(words).unwrap();
            from = start + words.len();
            let span = Span::new(start, from);
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
    fn a_person_of_the_rules_gives_way_to_more_words_and_to_a_likely_body() {
        let text = "Ana de Holm won.";
        check(text, &[("Ana de Holm", "person", 40)], "Ana de Holm: person");
        let text = "They gave it to Christian Relief last year.";
        check(text, &[("Christian Relief", "organisation", 50)], "Christian Relief: organisation");
        check(text, &[("Christian Relief", "organisation", 20)], "Christian Relief: person");
        check(
            "They met Mr Holm in Velden.",
            &[("Holm", "place", 70), ("Velden", "place", 70)],
            "Holm: person, Velden: place",
        );
    }

    #[test]
    fn a_lone_word_is_a_person_where_the_network_is_sure() {
        check("Orlov later ran for the seat.", &[("Orlov", "person", 75)], "Orlov: person");
        check("Orlov later ran for the seat.", &[("Orlov", "person", 70)], "");
        check("Senator later ran for the seat.", &[("Senator", "person", 75)], "");
    }

    #[test]
    fn where_a_name_stands_makes_a_place_unless_the_network_sees_a_person_and_no_place() {
        check("She was quoted in Orlov's letters.", &[("Orlov", "person", 40)], "Orlov: person");
        check(
            "She was quoted in Orlov's letters. They met in Orlov.",
            &[("Orlov", "person", 40), ("Orlov", "place", 80)],
            "Orlov: place, Orlov: place",
        );
    }

    #[test]
    fn a_lone_person_of_the_rules_needs_the_network_once() {
        let text = "Ana Holm and the General Assembly met. Holm left.";
        check(
            text,
            &[("Ana Holm", "person", 90), ("General Assembly", "organisation", 60)],
            "Ana Holm: person, General Assembly: organisation, Holm: person",
        );
        check("He joined the Volunteer Infantry there.", &[], "");
        let text = "Viktor Orlov left. OrlovAlso has informed the press.";
        check(
            text,
            &[("Viktor Orlov", "person", 90), ("OrlovAlso", "person", 90)],
            "Viktor Orlov: person, Orlov: person",
        );
    }

    #[test]
    fn what_is_printed_like_no_name_is_none() {
        check("They spoke to the press again.", &[("press", "organisation", 90)], "");
    }
}
