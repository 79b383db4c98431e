//! Where one run of capitalised words holds two names.

use super::{
    names::{NameReader, joined},
    words::{Run, Shape},
};

impl NameReader<'_> {
    /// "2019 Norvania general election": the year, the place and the vote are one name.
    pub(super) fn vote(&self, (from, to): Run) -> Option<Run> {
        let same_line = |at: &usize| self.words.same_line(from, *at);
        let end = (to..to + 3).take_while(same_line).find(|at| self.lexicon.vote_nouns.has(self.low(*at)))?;
        let between = (to..end).all(|at| self.lexicon.vote_words.has(self.low(at)));
        let year =
            self.words.before(from, 1).is_some_and(|word| word.shape == Shape::Number && word.low.len() == 4);
        let headed = (from..to)
            .any(|i| self.lexicon.is_role(self.low(i)) && !self.lexicon.body_nouns.has(self.low(i)));
        (between && !headed).then_some((from - usize::from(year), end + 1))
    }

    /// Where a person's name starts right after the name of a body or a state: "Holt Motors LLC Jim Press",
    /// "(envoy to the) United States Ana Brandt".
    pub(super) fn split_at(&self, (from, to): Run) -> Option<usize> {
        let starts_person = |at: usize| {
            at + 1 < to
                && self.lexicon.is_given_name(self.low(at))
                && !self.lexicon.body_nouns.has(self.low(at))
                && !(at + 1..to).any(|i| {
                    to - at > 2 && self.lexicon.body_nouns.has(self.low(i))
                        || matches!(self.low(i), "of" | "for" | "and")
                })
        };
        let ends_body = |at: usize| {
            let low = self.low(at);
            let after_link = self.words.before(from, 1).is_some_and(|word| word.low == "of");
            let acronym = (at > from || after_link)
                && self.words.get(at).is_some_and(|word| word.shape == Shape::AllCaps && !low.ends_with('.'));
            acronym
                || self.lexicon.body_nouns.has(low)
                || self.lexicon.body_suffixes.has(low.trim_end_matches('.'))
        };
        let after_body = (from + 1..to).find(|at| ends_body(at - 1) && starts_person(*at));
        after_body
            .or_else(|| {
                self.after_state((from, to)).filter(|at| {
                    starts_person(*at)
                        || self.is_held((from, to), *at)
                        || *at + 1 == to && self.seen.surnames.contains(self.low(*at))
                })
            })
            .or_else(|| self.after_complement((from, to)).filter(|at| starts_person(*at)))
            .or_else(|| self.after_unknown_state((from, to)))
    }

    /// "Ministry of Defence Ana Brandt": the last two words.
    pub(super) fn after_complement(&self, (from, to): Run) -> Option<usize> {
        let at = to.checked_sub(2).filter(|at| *at > from + 2)?;
        let body = (from..at).any(|i| self.lexicon.body_nouns.has(self.low(i)));
        (body && !matches!(self.low(at - 1), "of" | "for" | "the" | "and" | "&" | "on")).then_some(at)
    }

    /// "minister of finance of Norvania Ana Brandt", with a state that nothing else tells.
    pub(super) fn after_unknown_state(&self, (from, to): Run) -> Option<usize> {
        let linked =
            self.words.before(from, 1).is_some_and(|word| word.low == "of" && word.shape == Shape::Lower);
        let plain = to - from == 3
            && (from..to).all(|i| {
                !self.is_ordinary_noun(self.low(i))
                    && self.words.get(i).is_some_and(|word| {
                        word.shape == Shape::Capital || i == from && word.shape == Shape::AllCaps
                    })
            });
        (linked && plain && self.roles.before(from + 1).is_some()).then_some(from + 1)
    }

    /// One past a state at the start of the run.
    pub(super) fn after_state(&self, (from, to): Run) -> Option<usize> {
        let (_, taken) = self
            .roles
            .state_at(from, to)
            .filter(|(_, taken)| self.lexicon.states.contains_key(&joined(self.words, (from, from + taken))))
            .or_else(|| {
                let low = self.low(from);
                (self.seen.places.contains(low) || self.seen.is_country(low)).then_some(("", 1))
            })?;
        (from + taken < to).then_some(from + taken)
    }

    /// "minister of finance of Norvania Ana Brandt": two words more after "of" and a state.
    pub(super) fn is_held(&self, (from, to): Run, at: usize) -> bool {
        let article = usize::from(self.words.before(from, 1).is_some_and(|word| word.low == "the"));
        let linked =
            self.words.before(from, 1 + article).is_some_and(|word| matches!(word.low.as_str(), "of" | "to"));
        linked && to - at == 2 && !(at..to).any(|i| self.is_ordinary_noun(self.low(i)))
    }
}
