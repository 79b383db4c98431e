//! Decides what a name names: person, body, state, place, text or event.

use onrecord_model::EntityKind;

use super::{
    keys::country_stem,
    names::{NameReader, joined},
    words::{Run, Shape, Word},
};

/// An article presents persons with their full names before it calls them by surname; a line of text does not. In words.
const SHORT_TEXT: usize = 80;

impl NameReader<'_> {
    /// "Irish Sea", "Norvanian Nutrition Study": an adjective that is part of the name.
    pub(super) fn keeps_adjective(&self, (from, to): Run) -> bool {
        let last = self.low(to - 1);
        let noun = to - from > 2 && self.kind_of_noun(last).is_some() || self.lexicon.place_nouns.has(last);
        let creed = (from + 1..to)
            .all(|i| self.lexicon.creeds.has(self.low(i)) || self.lexicon.creeds.has_plural(self.low(i)));
        self.has_body((from, to)) || noun || creed && self.lexicon.creeds.has_plural(last)
    }

    pub(super) fn is_adjective(&self, i: usize) -> bool {
        let low = self.low(i);
        self.lexicon.adjectives.contains_key(low)
            || (self.seen.country_stems.contains(country_stem(low))
                && ["an", "ese", "ish"].iter().any(|ending| low.ends_with(ending)))
    }

    pub(super) fn has_body(&self, (from, to): Run) -> bool {
        let of = (from..to).find(|i| matches!(self.low(*i), "of" | "for" | "on"));
        let end = of.unwrap_or(to);
        let body = |i: usize| {
            self.lexicon.body_nouns.has(self.low(i)) || self.lexicon.body_suffixes.has(self.low(i))
        };
        (from..end).any(body) && (to - from > 1)
    }

    pub(super) fn is_sure_person(&self, (from, to): Run) -> bool {
        let plural = to - from;
        if plural > 5 || self.has_body((from, to)) || self.lexicon.place_nouns.has(self.low(to - 1)) {
            return false;
        }
        let first = self.low(from);
        let initial = first.ends_with('.') && first.len() <= 5 && !self.lexicon.states.contains_key(first);
        let given = self.lexicon.is_given_name(first) || initial && plural > 1;
        let whole = joined(self.words, (from, to));
        let place = self.lexicon.states.contains_key(&whole) || self.lexicon.capitals.contains_key(&whole);
        let titled = self.has_role_before(from) || self.has_apposition((from, to));
        !place && (given && plural > 1 || titled)
    }

    /// "union leader Rita Sund", "analyst Wu": a role in lower case right before.
    pub(super) fn has_role_before(&self, from: usize) -> bool {
        self.words.before(from, 1).is_some_and(|word| {
            self.words.same_line(from - 1, from)
                && self.lexicon.is_role(&word.low)
                && word.shape == Shape::Lower
                && word.low != "head"
                && word.low != "member"
        })
    }

    pub(super) fn has_apposition(&self, run: Run) -> bool {
        let located = self.words.before(run.0, 1).is_some_and(|word| {
            self.lexicon.place_prepositions.has(&word.low)
                && word.low != "to"
                && word.low != "from"
                && word.low != "of"
        });
        if located || self.lexicon.states.contains_key(&joined(self.words, run)) {
            return false;
        }
        let roles = self.roles.around(run);
        roles.iter().any(|role| role.run.0 >= run.1 && !role.plural && !self.is_body_role(&role.noun))
    }

    /// Nouns that bodies are described with too: "the operator", "a member".
    pub(super) fn is_body_role(&self, noun: &str) -> bool {
        self.lexicon.company_nouns.has(noun)
            || matches!(
                noun,
                "member"
                    | "partner"
                    | "owner"
                    | "leader"
                    | "champion"
                    | "player"
                    | "sponsor"
                    | "investor"
                    | "shareholder"
                    | "producer"
                    | "developer"
                    | "author"
                    | "veteran"
            )
    }

    /// What the run names; `None` for an adjective or an ordinary word.
    pub(super) fn kind(&self, (from, to): Run) -> Option<EntityKind> {
        let whole = joined(self.words, (from, to));
        if self.lexicon.states.contains_key(&whole) {
            return Some(EntityKind::State);
        }
        if self.lexicon.adjectives.contains_key(&whole) || self.is_place_adjective(&whole) {
            return None;
        }
        if self.lexicon.places.has(&whole) && !self.seen.surnames.contains(&whole) {
            return Some(EntityKind::Place);
        }
        if self.lexicon.capitals.contains_key(&whole) && !self.seen.surnames.contains(&whole) {
            return Some(EntityKind::Place);
        }
        if to - from == 1 { self.kind_of_one(from) } else { self.kind_of_many((from, to), &whole) }
    }

    /// "Central Asian" beside "Central Asia"; "pro-Western", "Basin-wide".
    pub(super) fn is_place_adjective(&self, whole: &str) -> bool {
        let placed = ["n", "an", "ian", "ese", "ish"]
            .iter()
            .filter_map(|ending| whole.strip_suffix(ending))
            .any(|stem| self.seen.places.contains(stem) || self.lexicon.places.has(stem));
        let compound = [
            "-based",
            "-born",
            "-led",
            "-backed",
            "-wide",
            "-style",
            "-related",
            "-owned",
            "-made",
            "-speaking",
        ]
        .iter()
        .any(|ending| whole.ends_with(ending));
        placed || compound
    }

    pub(super) fn kind_of_one(&self, i: usize) -> Option<EntityKind> {
        let word = self.words.get(i)?;
        let low = word.low.as_str();
        if self.is_adjective(i)
            || self.lexicon.creeds.has(low)
            || self.lexicon.is_role(low)
            || self.lexicon.is_plural_role(low)
            || self.lexicon.is_title(low)
        {
            return None;
        }
        if self.seen.surnames.contains(low)
            || self.seen.given.contains(low)
            || self.is_sure_person((i, i + 1))
            || self.is_respelt(i)
        {
            return Some(EntityKind::Person);
        }
        if self.seen.places.contains(low) {
            return Some(if self.seen.is_country(low) { EntityKind::State } else { EntityKind::Place });
        }
        if self.seen.is_country(low) && !word.opens {
            return Some(EntityKind::State);
        }
        if word.shape == Shape::AllCaps {
            return Some(EntityKind::Organisation);
        }
        if word.opens && !self.opening_is_name(i) {
            return None;
        }
        if self.is_ordinary_noun(low) {
            return self
                .lexicon
                .body_nouns
                .has(low)
                .then_some(EntityKind::Organisation)
                .filter(|_| !word.opens);
        }
        Some(self.kind_by_place(i))
    }

    /// A word that is no ordinary one and spells a known surname in another way.
    pub(super) fn is_respelt(&self, i: usize) -> bool {
        let low = self.low(i);
        let plain = self.words.get(i).is_some_and(|word| word.shape == Shape::Capital);
        let known = self.lexicon.states.contains_key(low)
            || self.lexicon.places.has(low)
            || self.seen.places.contains(low);
        plain
            && !known
            && !self.is_ordinary_noun(low)
            && !self.lexicon.is_common_word(low)
            && !self.seen.is_common(low)
            && self.seen.is_surname(low)
    }

    /// Whether a capitalised word at the start of a sentence is a name.
    pub(super) fn opening_is_name(&self, i: usize) -> bool {
        let low = self.low(i);
        let next = self.words.get(i + 1);
        let adverb = low.ends_with("ly") || low.ends_with("ing") || low.ends_with("ed");
        if self.seen.capital_inside.contains(low) {
            return true;
        }
        let owner = next.is_some_and(|word| word.shape == Shape::Possessive);
        let verb = next.is_some_and(|word| {
            word.shape == Shape::Lower
                && (word.low.ends_with("ed")
                    || word.low.ends_with('s')
                    || matches!(word.low.as_str(), "said" | "has" | "was" | "is" | "will"))
        });
        !adverb && !self.seen.is_common(low) && (owner || verb) && !low.ends_with('s')
    }

    pub(super) fn is_ordinary_noun(&self, low: &str) -> bool {
        self.lexicon.body_nouns.has(low)
            || self.lexicon.body_nouns.has_plural(low)
            || self.lexicon.place_nouns.has(low)
            || self.lexicon.event_nouns.has(low)
            || self.lexicon.text_nouns.has(low)
            || self.lexicon.document_nouns.has(low)
            || self.lexicon.collective_nouns.has(low)
            || self.lexicon.role_modifiers.has(low)
    }

    pub(super) fn kind_by_place(&self, i: usize) -> EntityKind {
        let located = self
            .words
            .before(i, 1)
            .is_some_and(|word| matches!(word.low.as_str(), "in" | "at" | "near" | "from" | "outside"));
        let given =
            self.lexicon.is_given_name(self.low(i)) && self.words.get(i).is_some_and(|word| !word.opens);
        let short = self.words.len() < SHORT_TEXT
            && self.words.get(i).is_some_and(|word| word.shape == Shape::Capital);
        let single = !self.low(i).ends_with('s') || self.acts(i);
        let linked = self.words.before(i, 1).is_some_and(|word| word.low == "of");
        if linked && self.roles.before(i + 1).is_some() && self.words.get(i + 1).is_some_and(Word::is_capital)
        {
            return EntityKind::State;
        }
        if located {
            EntityKind::Place
        } else if given || short && single {
            EntityKind::Person
        } else {
            EntityKind::Organisation
        }
    }

    /// Followed by what persons are followed by: a verb, or the end of a phrase.
    pub(super) fn acts(&self, i: usize) -> bool {
        self.words.get(i + 1).is_some_and(|next| {
            next.shape == Shape::Lower && next.low.ends_with("ed")
                || matches!(next.low.as_str(), "was" | "has" | "had" | "is" | "said")
        })
    }

    pub(super) fn kind_of_many(&self, (from, to): Run, whole: &str) -> Option<EntityKind> {
        let of = (from + 1..to).find(|i| matches!(self.low(*i), "of" | "for" | "on"));
        let head = self.surname_at((from, of.unwrap_or(to)));
        let last = self.low(head);
        let shouted = (from..to).all(|i| self.words.get(i).is_some_and(|word| word.shape == Shape::AllCaps));
        if shouted && self.lexicon.text_nouns.has(last) {
            return None;
        }
        if of.is_some() && self.lexicon.realm_nouns.has(last) {
            return Some(EntityKind::State);
        }
        if let Some(kind) = self.kind_of_noun(last) {
            return Some(kind);
        }
        if self.has_body((from, to)) || self.lexicon.body_suffixes.has(last) {
            return Some(EntityKind::Organisation);
        }
        if self.is_sure_person((from, to)) {
            return Some(EntityKind::Person);
        }
        let prefixed = self.lexicon.place_prefixes.has(self.low(from));
        if self.seen.places.contains(whole) || prefixed && of.is_none() {
            return Some(EntityKind::Place);
        }
        if shouted {
            return Some(EntityKind::Organisation);
        }
        Some(self.unknown_kind((from, to)))
    }

    pub(super) fn kind_of_noun(&self, low: &str) -> Option<EntityKind> {
        let lexicon = self.lexicon;
        if lexicon.document_nouns.has(low) {
            Some(EntityKind::Document)
        } else if lexicon.body_nouns.has(low) || lexicon.body_suffixes.has(low) {
            Some(EntityKind::Organisation)
        } else if lexicon.event_nouns.has(low) {
            Some(EntityKind::Event)
        } else if lexicon.place_nouns.has(low) {
            Some(EntityKind::Place)
        } else {
            None
        }
    }

    /// Two or three unknown words: a person unless one of them is an ordinary word.
    pub(super) fn unknown_kind(&self, (from, to): Run) -> EntityKind {
        if (from..to)
            .any(|i| self.lexicon.creeds.has(self.low(i)) || self.lexicon.creeds.has_plural(self.low(i)))
        {
            return EntityKind::Organisation;
        }
        let surname = self.seen.surnames.contains(self.low(to - 1));
        let ordinary = (from..to).any(|i| {
            self.seen.is_common(self.low(i))
                || self.is_ordinary_noun(self.low(i))
                || self.lexicon.is_common_word(self.low(i))
        });
        let located = self
            .words
            .before(from, 1)
            .is_some_and(|word| matches!(word.low.as_str(), "in" | "at" | "near" | "outside"));
        if surname {
            EntityKind::Person
        } else if located {
            EntityKind::Place
        } else if to - from <= 3 && !ordinary {
            EntityKind::Person
        } else {
            EntityKind::Organisation
        }
    }
}
