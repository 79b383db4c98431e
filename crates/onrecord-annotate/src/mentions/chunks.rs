//! Runs of capitalised words that can be names.

use super::{
    lexicon::Lexicon,
    words::{Run, Shape, Word, Words},
};

/// The longest run, in words.
const LONGEST: usize = 14;

/// Every run of capitalised words in reading order, headlines left out.
pub(crate) fn chunks(words: &Words<'_>, lexicon: &Lexicon) -> Vec<Run> {
    let finder = Finder { words, lexicon };
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if words.in_title(i) || !finder.starts_name(i) {
            i += 1;
            continue;
        }
        let end = finder.end(i);
        found.push((i, end));
        i = end;
    }
    found
}

struct Finder<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
}

impl Finder<'_> {
    fn starts_name(&self, i: usize) -> bool {
        let Some(word) = self.words.get(i).filter(|word| word.is_capital()) else { return false };
        let low = word.low.as_str();
        if word.shape == Shape::AllCaps && self.lexicon.acronyms.has(low) {
            return true;
        }
        if self.lexicon.never_inside.has(low) {
            return self.is_person_like_month(i);
        }
        let ordinary = self.lexicon.ordinary_words.has(low);
        if !word.opens {
            let goes_on = || {
                self.words.get(i + 1).is_some_and(|next| {
                    next.is_capital() && !next.opens && next.span.start() == word.span.end() + 1
                })
            };
            return !self.is_function_word(word) && (!ordinary || self.is_known(word) || goes_on());
        }
        let next_capital = self.words.get(i + 1).is_some_and(|next| next.is_capital() && !next.opens);
        if (self.lexicon.never_names.has(low) || ordinary) && !self.is_known(word) {
            return next_capital && self.lexicon.name_openers.has(low);
        }
        true
    }

    /// "reporter Jan Holm": a month after a role and before a capitalised word is somebody's name.
    fn is_person_like_month(&self, i: usize) -> bool {
        let after_role = self.words.before(i, 1).is_some_and(|word| {
            self.words.same_line(i - 1, i)
                && (self.lexicon.is_role(&word.low) || self.lexicon.is_title(&word.low))
        });
        let named = self.words.get(i + 1).is_some_and(|next| {
            next.is_capital() && !next.opens && !self.lexicon.never_inside.has(&next.low)
        });
        self.lexicon.months_in_names.has(self.words.low(i)) && after_role && named
    }

    fn is_known(&self, word: &Word) -> bool {
        let low = word.low.as_str();
        self.lexicon.is_role(low)
            || self.lexicon.is_title(low)
            || self.lexicon.states.contains_key(low)
            || self.lexicon.name_openers.has(low) && !word.opens
            || word.shape == Shape::AllCaps
    }

    /// "The" of a quoted sentence inside a line and the like.
    fn is_function_word(&self, word: &Word) -> bool {
        self.lexicon.never_names.has(&word.low)
            && !self.lexicon.name_openers.has(&word.low)
            && !self.lexicon.is_role(&word.low)
            && !self.lexicon.is_title(&word.low)
            && word.shape != Shape::AllCaps
    }

    fn end(&self, start: usize) -> usize {
        let mut end = start + 1;
        while end < start + LONGEST {
            let Some(next) = self.extend(start, end) else { break };
            end = next;
        }
        end
    }

    /// One past the next word of the name, if the name goes on at `at`.
    fn extend(&self, start: usize, at: usize) -> Option<usize> {
        let word = self.words.get(at)?;
        if !self.words.same_line(start, at) {
            return None;
        }
        if word.is_capital() {
            return self.continues(start, at).then_some(at + 1);
        }
        if word.shape == Shape::Possessive {
            let owner = self.words.low(at - 1);
            let inside = self.lexicon.possessors_in_names.has(owner) && self.capital_noun(at + 1);
            return inside.then_some(at + 2);
        }
        if !self.lexicon.name_links.has(&word.low) {
            return None;
        }
        self.over_link(start, at)
    }

    fn continues(&self, start: usize, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let low = word.low.as_str();
        if word.opens {
            return false;
        }
        if self.lexicon.never_inside.has(low) {
            let after_name = self.lexicon.is_given_name(self.words.low(at - 1))
                || self.lexicon.is_title(self.words.low(at - 1));
            let dated = self.words.get(at + 1).is_some_and(|next| next.shape == Shape::Number);
            return self.lexicon.months_in_names.has(low) && after_name && !dated && at > start;
        }
        !self.is_function_word(word)
    }

    fn capital_noun(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| word.is_capital() && !word.opens && !self.lexicon.never_inside.has(&word.low))
    }

    /// Over "of", "of the", "for", "de la" to the next capitalised word.
    fn over_link(&self, start: usize, at: usize) -> Option<usize> {
        let link = self.words.low(at);
        let mut next = at + 1;
        let articled = self.words.low(next) == "the" && !matches!(link, "the" | "and" | "&");
        let doubled =
            self.lexicon.person_links.has(link) && self.lexicon.person_links.has(self.words.low(next));
        if articled || doubled {
            next += 1;
        }
        if !self.capital_noun(next) || !self.words.same_line(start, next) {
            return None;
        }
        self.link_joins(start, at).then_some(next + 1)
    }

    fn link_joins(&self, start: usize, at: usize) -> bool {
        let link = self.words.low(at);
        let left = self.words.low(at - 1);
        let heads = |low: &str| {
            self.lexicon.body_nouns.has(low)
                || self.lexicon.document_nouns.has(low)
                || self.lexicon.event_nouns.has(low)
                || self.lexicon.place_nouns.has(low)
                || self.lexicon.role_nouns.has(low)
                || self.lexicon.state_nouns.has(low)
                || self.lexicon.possessors_in_names.has(low)
                || self.lexicon.states.keys().len() > 0 && self.lexicon.same_role_words.contains_key(low)
                || low == "affairs"
                || low == "states"
                || low == "church"
        };
        match link {
            "&" => true,
            "the" => false,
            "of" => heads(left) || self.has_of(start, at),
            "for" | "on" => {
                let headed = heads(left) || self.has_of(start, at);
                (headed && !self.lexicon.is_role(left) || self.lexicon.is_role(left) && link == "for")
                    && !self.starts_body(at + 1)
            }
            "and" => self.joins_and(start, at),
            _ => self.lexicon.person_links.has(link) && !heads(left),
        }
    }

    /// "Ministry of Culture and Sport", "Social and Labour Party"; not a second body.
    fn joins_and(&self, start: usize, at: usize) -> bool {
        let creed = (start..at).all(|i| self.lexicon.creeds.has(self.words.low(i)));
        if creed {
            return self.starts_body(at + 1);
        }
        let state = self.lexicon.states.contains_key(self.words.low(at - 1));
        self.has_of(start, at) && !state && !self.is_person_start(at + 1) && !self.starts_body(at + 1)
    }

    /// Whether the capitalised words from `at` on end with the noun of a body.
    fn starts_body(&self, at: usize) -> bool {
        let at = if self.words.low(at) == "the" { at + 1 } else { at };
        let mut end = at;
        while end < at + 6
            && self.words.same_line(at, end)
            && self.words.get(end).is_some_and(Word::is_capital)
        {
            end += 1;
        }
        end > at + 1 && self.lexicon.body_nouns.has(self.words.low(end - 1))
    }

    /// "Ministry of Culture and ..."; a role may hold it too.
    fn has_of(&self, start: usize, at: usize) -> bool {
        (start..at).any(|i| matches!(self.words.low(i), "of" | "for"))
    }

    fn is_person_start(&self, at: usize) -> bool {
        let low = self.words.low(at);
        self.lexicon.is_given_name(low) || self.lexicon.is_title(low) || self.lexicon.is_role(low)
    }
}
