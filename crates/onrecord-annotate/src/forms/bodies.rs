//! Names of states, places and bodies.

use onrecord_model::EntityKind;

use super::{names::Lexicon, words::Words};

/// A name and what it names: tokens `from..to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: EntityKind,
    /// In the nominative where that is known, as printed otherwise.
    pub(super) name: String,
}

/// Letters of an acronym.
const ACRONYM: std::ops::RangeInclusive<usize> = 2..=8;
/// Tokens of a name between marks.
const LONGEST_QUOTED: usize = 10;
/// Words of a genitive behind a noun.
const MOST_COMPLEMENTS: usize = 6;
/// Adjectives before a noun.
const MOST_ADJECTIVES: usize = 3;

/// Reads names of states, places and bodies.
pub(super) struct BodyReader<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) lexicon: &'a Lexicon,
}

impl BodyReader<'_> {
    /// The name that starts at token `i`, or behind the noun that stands there.
    pub(super) fn at(&self, i: usize) -> Option<Named> {
        self.listed(i)
            .or_else(|| self.body_word(i))
            .or_else(|| self.quoted(i))
            .or_else(|| self.described(i))
            .or_else(|| self.place(i))
    }

    /// States and capitals.
    pub(super) fn listed(&self, i: usize) -> Option<Named> {
        if !self.words.is_capital(i) {
            return None;
        }
        let named = |(to, name): (usize, &str), kind| Named { from: i, to, kind, name: name.to_owned() };
        let state = self.lexicon.state(self.words, i).map(|found| named(found, EntityKind::State));
        state.or_else(|| self.lexicon.capital(self.words, i).map(|found| named(found, EntityKind::Place)))
    }

    /// Acronyms, and bodies of one word.
    pub(super) fn body_word(&self, i: usize) -> Option<Named> {
        let low = self.words.low(i);
        let known = self.words.is_capital(i)
            && (self.lexicon.words.known_bodies.has(low) || self.lexicon.is_clipped_body(low));
        (known || self.is_acronym(i)).then(|| self.named(i, i + 1, EntityKind::Organisation))
    }

    fn named(&self, from: usize, to: usize, kind: EntityKind) -> Named {
        Named { from, to, kind, name: self.words.printed(from, to).to_owned() }
    }

    fn is_acronym(&self, i: usize) -> bool {
        let is_all_capital = |i: usize| {
            let raw = self.words.raw(i);
            self.words.is_word(i)
                && raw.chars().all(char::is_uppercase)
                && ACRONYM.contains(&raw.chars().count())
        };
        // In a line of capitals nothing tells an acronym.
        let among_capitals = |i: usize| is_all_capital(i) && self.words.raw(i).chars().count() > 3;
        let in_capitals = among_capitals(i + 1) || i > 0 && among_capitals(i - 1);
        is_all_capital(i) && !in_capitals && !self.lexicon.words.no_acronyms.has(self.words.low(i))
    }

    /// "компания «Вельд»"
    fn quoted(&self, i: usize) -> Option<Named> {
        if self.lexicon.bodies(self.words.low(i)).is_empty() {
            return None;
        }
        let open =
            (i + 1..i + 1 + MOST_ADJECTIVES).find(|&at| self.words.is_mark(at, &["«", "„", "“", "\""]))?;
        let between = (i + 1..open).all(|at| self.words.is_word(at) && self.is_genitive(at));
        let close = self.closing(open)?;
        (between && self.words.is_capital(open + 1))
            .then(|| self.named(open + 1, close, EntityKind::Organisation))
    }

    /// The mark that closes a short name opened at `open`.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        let closes = |at: usize| self.words.is_mark(at, &["»", "“", "”", "\""]);
        (open + 2..open + 2 + LONGEST_QUOTED).take_while(|&at| !self.words.is_edge(at)).find(|&at| closes(at))
    }

    /// "Верховный суд Вельды", "Министерство обороны", "Комитет по делам молодежи": a capital, a noun, and what belongs to it.
    fn described(&self, i: usize) -> Option<Named> {
        if !self.words.is_capital(i) {
            return None;
        }
        let is_body = |at: &usize| !self.lexicon.bodies(self.words.low(*at)).is_empty();
        let head = (i..i + MOST_ADJECTIVES).find(is_body)?;
        let adjectives = (i..head).all(|at| self.lexicon.is_adjective(self.words.low(at)));
        let to = self.complement(head + 1);
        let said_enough = to > head + 1 || head > i && !self.words.opens_sentence(i);
        (adjectives && said_enough).then(|| self.named(i, to, EntityKind::Organisation))
    }

    /// One past the genitives that start at token `i`.
    pub(super) fn complement(&self, mut i: usize) -> usize {
        let start = i;
        while i < start + MOST_COMPLEMENTS {
            if let Some(named) = self.listed(i).or_else(|| self.body_word(i)) {
                i = named.to;
            } else if self.words.is_word(i) && !self.words.is_capital(i) && self.is_genitive(i) {
                i += 1;
            } else if self.lexicon.words.and.has(self.words.low(i))
                && i > start
                && self.is_genitive(i + 1)
                && !self.words.is_capital(i + 1)
            {
                i += 2;
            } else if i > start && self.words.is_mark(i, &["«"]) {
                let Some(close) = self.closing(i) else { break };
                i = close + 1;
            } else {
                break;
            }
        }
        i
    }

    fn is_genitive(&self, i: usize) -> bool {
        self.words.is_word(i) && self.lexicon.is_complement(self.words.low(i))
    }

    fn place(&self, i: usize) -> Option<Named> {
        self.with_place_noun(i).or_else(|| self.behind_place_noun(i)).or_else(|| self.behind_preposition(i))
    }

    /// "Вельская область"
    fn with_place_noun(&self, i: usize) -> Option<Named> {
        let adjective = self.words.is_capital(i) && self.lexicon.is_adjective(self.words.low(i));
        let noun = !self.lexicon.places(self.words.low(i + 1)).is_empty();
        (adjective && noun).then(|| self.named(i, i + 2, EntityKind::Place))
    }

    /// "город Вельд", "в селе Нижняя Вельда"
    fn behind_place_noun(&self, i: usize) -> Option<Named> {
        if self.lexicon.places(self.words.low(i)).is_empty() || !self.is_plain_capital(i + 1) {
            return None;
        }
        let two = self.is_plain_capital(i + 2) && self.lexicon.is_adjective(self.words.low(i + 1));
        Some(self.named(i + 1, i + 2 + usize::from(two), EntityKind::Place))
    }

    /// "в Вельде"
    fn behind_preposition(&self, i: usize) -> Option<Named> {
        let leads = self.lexicon.words.place_prepositions.has(self.words.low(i));
        let alone =
            self.is_plain_capital(i + 1) && !self.words.is_capital(i + 2) && !self.words.is_glued(i + 2);
        let stops = self.words.is_mark(i + 2, &[",", ".", ";", ":", "!", "?", ")", "»"]);
        let one = self.is_plain_capital(i + 1) && !self.words.is_capital(i + 2);
        let known = self.listed(i + 1).or_else(|| self.body_word(i + 1)).is_some();
        (leads && !known && (alone || (one && stops))).then(|| self.named(i + 1, i + 2, EntityKind::Place))
    }

    fn is_plain_capital(&self, i: usize) -> bool {
        let low = self.words.low(i);
        self.words.is_capital(i)
            && self.words.raw(i).chars().skip(1).any(char::is_lowercase)
            && self.words.raw(i).chars().count() > 2
            && !self.lexicon.words.never_names.has(low)
            && self.lexicon.given(low).is_empty()
            && self.lexicon.bodies(low).is_empty()
            && self.lexicon.places(low).is_empty()
            && self.lexicon.roles(low).is_empty()
    }
}

/// Whether two names are forms of one: word by word they differ in their endings at most.
pub(super) fn are_forms(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| have_one_stem(a, b))
}

/// Letters that an ending has at most.
const LONGEST_ENDING: usize = 3;

fn have_one_stem(a: &str, b: &str) -> bool {
    let (a, b) = (super::words::low(a), super::words::low(b));
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    a == b || (common >= LONGEST_ENDING && short <= common + 2 && long <= common + LONGEST_ENDING)
}
