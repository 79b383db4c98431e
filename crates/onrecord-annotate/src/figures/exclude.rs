//! Numbers that are no figures: dates, times, names, labels, scores, ages, telephone numbers.

use std::collections::HashSet;

use onrecord_model::{Bound, Number, Unit};

use super::{
    draft::Draft,
    lexicon::Lexicon,
    numerals::{Reader, Shape},
    words::{Kind, Words},
};
use crate::tagger::Tag;

/// Pieces in one run of digits and signs; a longer one is no number either.
const LONGEST_RUN: usize = 64;

impl Reader<'_> {
    /// One past a run of glued digits and signs that is no number at all: "2025-12-03T06:44", "24/7", "555-01-00".
    pub(super) fn code_run(&self, i: usize) -> Option<usize> {
        if self.words.kind(i) != Kind::Digits {
            return None;
        }
        let before = self.words.before(i, 1);
        let led = self.words.glued(i)
            && matches!(before, "#" | "/" | "№" | "_" | "@" | "=" | "&" | "\\" | "." | ":" | "?" | "*")
            || (self.words.glued(i)
                && before == "-"
                && self.words.kind(i.wrapping_sub(2)) == Kind::Word
                && self.words.glued(i - 1));
        let (mut to, mut groups) = (i + 1, 1);
        while to < i + LONGEST_RUN && self.words.glued(to) && self.joins(to) {
            groups += usize::from(self.words.kind(to) == Kind::Digits);
            to += 1;
        }
        let clock = self.words.word(i).contains(':');
        let slashed =
            groups == 2 && self.words.low(i + 1) == "/" && self.numeral(i).is_some_and(|n| n.to < i + 3);
        let neighbours = !self.words.word(i).contains([',', '.'])
            && self.words.kind(i + 1) == Kind::Digits
            && self.numeral(i).is_none_or(|n| n.to == i + 1);
        (led || clock || slashed || groups > 2 || neighbours).then(|| self.end_of_row(to))
    }

    fn joins(&self, i: usize) -> bool {
        self.words.kind(i) == Kind::Digits
            || (matches!(self.words.low(i), "-" | "/" | ":" | "." | "+" | "_" | "=" | "–")
                && self.words.glued(i + 1)
                && self.words.kind(i + 1) == Kind::Digits)
    }

    fn end_of_row(&self, mut to: usize) -> usize {
        while self.words.kind(to) == Kind::Digits {
            to += 1;
        }
        to
    }

    /// Whether `draft` asserts a quantity.
    pub(super) fn is_figure(&self, draft: &Draft) -> bool {
        let no_quantity = self.has_foreign_tail(draft)
            || self.is_age(draft)
            || self.is_moved(draft)
            || self.is_exchange(draft)
            || self.is_one_day(draft)
            || self.is_not_one(draft)
            || self.is_denominator(draft)
            || (draft.unit.is_none() && (self.is_clock(draft) || self.is_part_of_name(draft)));
        let bare = draft.unit.is_none() && !draft.scaled;
        !(no_quantity || (bare && self.is_no_count(draft)))
    }

    /// Whether a number without unit and magnitude counts nothing.
    fn is_no_count(&self, draft: &Draft) -> bool {
        let open = matches!(draft.bound, Bound::Exactly | Bound::About | Bound::Range | Bound::AtLeast);
        self.is_capital_word(draft)
            || self.is_date(draft)
            || self.is_listed(draft)
            || self.is_label(draft)
            || self.is_score(draft)
            || (open && (self.is_lone_one(draft) || self.is_the_two(draft)))
    }

    /// "the Five Hundred"
    fn is_capital_word(&self, draft: &Draft) -> bool {
        let named =
            self.words.is_capital(draft.at) && !self.words.opens(draft.at) && !self.opens_quote(draft.at);
        draft.shape == Shape::Words && named
    }

    /// "$1 = 48 lumes": the first side of an exchange rate.
    fn is_exchange(&self, draft: &Draft) -> bool {
        self.words.low(draft.to) == "="
    }

    /// "one day the town may": some day.
    fn is_one_day(&self, draft: &Draft) -> bool {
        let one =
            draft.shape == Shape::Words && draft.value == Number::whole(1) && draft.bound == Bound::Exactly;
        let day = draft.unit.as_ref().is_some_and(|unit| unit.name() == "day");
        let clause =
            matches!(self.words.tag(draft.to), Tag::Dt | Tag::Nnp | Tag::Prp | Tag::Md | Tag::PrpS | Tag::Vb);
        one && day && clause && !draft.modifies
    }

    /// "not one litre": none.
    fn is_not_one(&self, draft: &Draft) -> bool {
        let one = draft.shape == Shape::Words && draft.value == Number::whole(1) && draft.from == draft.at;
        one && self.lexicon.words.negations.has(self.words.before(draft.from, 1))
    }

    /// "100,000" of "12 cases per 100,000": a part of the other figure's unit.
    fn is_denominator(&self, draft: &Draft) -> bool {
        draft.from == draft.at && self.lexicon.words.strict_per.has(self.words.before(draft.from, 1))
    }

    fn opens_quote(&self, i: usize) -> bool {
        let before = self.words.before(i, 1);
        matches!(before, "“" | "\"" | "«" | "``" | "‘" | "„" | ":" | "—" | "–" | "(")
    }

    /// "3rd", "1990s", "5G": letters glued to the digits that are neither magnitude nor unit.
    fn has_foreign_tail(&self, draft: &Draft) -> bool {
        let digits = self.words.kind(draft.to.wrapping_sub(1)) == Kind::Digits;
        digits && self.words.glued(draft.to) && self.words.kind(draft.to) == Kind::Word
    }

    fn is_month(&self, i: usize) -> bool {
        self.lexicon.words.months.has(self.words.low(i)) && self.words.is_capital(i)
    }

    fn is_month_before(&self, i: usize) -> bool {
        i > 0 && self.is_month(i - 1)
    }

    fn is_date(&self, draft: &Draft) -> bool {
        let weekday = self.lexicon.words.weekdays.has(self.words.before(draft.at, 1));
        let day = draft.value <= Number::whole(31) && draft.shape != Shape::Grouped;
        let of = usize::from(self.words.low(draft.to) == self.lexicon.of);
        let joined = self.lexicon.joiners.contains(self.words.low(draft.to))
            && self.words.kind(draft.to + 1) == Kind::Digits
            && self.is_month(draft.to + 2);
        let by_month = joined
            || self.is_month_before(draft.at)
            || self.is_month(draft.to + of)
            || (draft.value_to.is_some() && self.is_month_before(draft.from));
        (by_month && (day || self.is_year(draft.value))) || weekday || self.is_year_like(draft)
    }

    fn is_year(&self, value: Number) -> bool {
        Number::whole(1000) <= value && value <= Number::whole(2100)
    }

    /// A bare number of four digits that no plural follows.
    fn is_year_like(&self, draft: &Draft) -> bool {
        let four = draft.shape == Shape::Plain && self.words.word(draft.at).len() == 4;
        if !four || !self.is_year(draft.value) {
            return false;
        }
        let before = self.words.before(draft.at, 1);
        let led = self.lexicon.words.year_words.has(before);
        let counted = self.is_plural(draft.to) && !self.words.is_capital(draft.to);
        let recent = Number::whole(1900) <= draft.value;
        let sure = matches!(draft.bound, Bound::MoreThan | Bound::AtMost | Bound::LessThan);
        !counted || (recent && !sure && (led || self.words.opens(draft.at)))
    }

    fn is_clock(&self, draft: &Draft) -> bool {
        self.lexicon.words.clock.has(self.words.low(draft.to))
            || self.words.low(draft.to) == ":" && self.words.glued(draft.to) && self.words.glued(draft.to + 1)
    }

    /// "1." and "2)" at the start of a line.
    fn is_listed(&self, draft: &Draft) -> bool {
        let start = draft.at == 0 || self.words.kind(draft.at - 1) == Kind::Break;
        let after = self.words.low(draft.to);
        start && self.words.kind(draft.at) == Kind::Digits && matches!(after, "." | ")" | ":" | "|")
    }

    /// "Article 5", "No. 7", "Windows 7", "the new 787"
    fn is_label(&self, draft: &Draft) -> bool {
        let Some(last) = draft.at.checked_sub(1).filter(|_| draft.from == draft.at) else { return false };
        let plural = self.is_plural(draft.to);
        let low = self.words.low(last);
        if self.lexicon.words.labels.has(low) && (!plural || low.ends_with('.')) {
            return true;
        }
        let plain = draft.shape == Shape::Plain && draft.value_to.is_none();
        plain && (self.follows_name(last, plural) || self.is_known_name(draft, last, plural))
    }

    /// "Windows 7", "the iPhone 4 owners"
    fn follows_name(&self, last: usize, plural: bool) -> bool {
        let word = self.words.word(last);
        let inner = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
        let name = self.is_word(last)
            && self.words.is_capital(last)
            && !self.words.opens(last)
            && matches!(self.words.tag(last), Tag::Nnp | Tag::Nn | Tag::Jj);
        inner || (name && !plural)
    }

    /// "the 787", "its 737 programme": a number that is used as a name.
    fn is_known_name(&self, draft: &Draft, last: usize, plural: bool) -> bool {
        let needed = matches!(self.words.tag(draft.to), Tag::Vbn | Tag::Vbd);
        let led = self.lexicon.words.name_leads.has(self.words.low(last)) && !needed;
        let of = self.words.low(draft.to) == self.lexicon.of;
        let named = self.names.contains(self.words.word(draft.at));
        let apostrophe = self.words.glued(draft.at) && matches!(self.words.low(last), "'" | "’" | "‘");
        (!plural && !of && (led || named)) || (apostrophe && self.words.word(draft.at).len() == 2)
    }

    /// Whether the noun phrase at `i` is of many.
    fn is_plural(&self, i: usize) -> bool {
        let Some((from, to)) = self.noun_after(i).filter(|(from, _)| *from == i) else { return false };
        (from..to).any(|at| {
            self.words.tag(at) == Tag::Nns
                || self.lexicon.words.unmarked.has(self.words.low(at))
                || (at == from && self.words.tag(at) == Tag::Vbz)
        })
    }

    /// "2-1", and both sides of it.
    fn is_score(&self, draft: &Draft) -> bool {
        let digits = |i: usize| self.words.kind(i) == Kind::Digits;
        let after = self.is_dash(draft.to) && digits(draft.to + 1);
        let before = draft.from >= 2
            && self.is_dash(draft.from - 1)
            && self.words.glued(draft.from) == self.words.glued(draft.from - 1)
            && digits(draft.from - 2);
        let vote = (1..8).any(|back| self.lexicon.words.votes.has(self.words.before(draft.from, back)));
        let dashed = (draft.at..draft.to).any(|i| self.is_dash(i));
        let goals = dashed && draft.value < Number::whole(10) && !self.is_plural(draft.to);
        let small = draft.value < Number::whole(1000);
        small && !vote && (goals || (draft.value_to.is_none() && (after || before)))
    }

    /// "aged 30", "at the age of 30", "12-year-old", "she was six", "Orlov, 51,"
    fn is_age(&self, draft: &Draft) -> bool {
        let words = &self.lexicon.words;
        let time = draft.unit.as_ref().is_some_and(|unit| is_time(unit.name()));
        let hyphen = usize::from(self.is_dash(draft.to));
        let tail = self.words.low(draft.to + hyphen);
        let old = words.old.has(tail)
            || tail.split('-').next_back().is_some_and(|last| words.old.has(last) && last != tail);
        let of = usize::from(self.words.before(draft.from, 1) == self.lexicon.of);
        let led = words.ages.has(self.words.before(draft.from, 1 + of));
        let bare = draft.unit.is_none() && !draft.scaled;
        let young = draft.value < Number::whole(120);
        let group = self.lexicon.words.be.has(self.words.before(draft.from, 1))
            && (2..6).any(|back| words.ages.has(self.words.before(draft.from, back)));
        (time && (old || led || group))
            || (bare && young && (old || led || self.is_set_off(draft) || self.is_told_of_person(draft)))
            || (bare && young && self.is_age_group(draft))
    }

    /// "people over 65"
    fn is_age_group(&self, draft: &Draft) -> bool {
        let over = self.lexicon.words.over_age.has(self.words.low(draft.from)) && draft.from < draft.at;
        let group = self.lexicon.words.aged_groups.has(self.words.before(draft.from, 1));
        let old_enough = draft.value > Number::whole(10);
        over && group && old_enough && self.noun_after(draft.to).is_none()
    }

    /// ", 51,"
    fn is_set_off(&self, draft: &Draft) -> bool {
        let comma = |i: usize| self.words.low(i) == ",";
        draft.from >= 2
            && comma(draft.from - 1)
            && (comma(draft.to) || self.words.low(draft.to) == ".")
            && self.words.tag(draft.from - 2) == Tag::Nnp
    }

    /// "she was six"
    fn is_told_of_person(&self, draft: &Draft) -> bool {
        let verb = self.words.before(draft.from, 1);
        let be = self.lexicon.words.be.has(verb) || self.lexicon.words.ageing.has(verb);
        be && self.lexicon.words.persons.has(self.words.before(draft.from, 2))
            && self.noun_after(draft.to).is_none()
    }

    /// "two years ago", "the past three months", "five-year high"
    fn is_moved(&self, draft: &Draft) -> bool {
        let Some(unit) = draft.unit.as_ref() else { return false };
        if !is_time(unit.name()) {
            return false;
        }
        let after = self.words.low(draft.to);
        let recent = self.lexicon.words.recent.has(self.words.before(draft.from, 1));
        let record = draft.modifies && self.lexicon.words.records.has(after);
        recent || record || self.lexicon.words.moved.has(after)
    }

    /// "Group of Seven", "Su-27"
    fn is_part_of_name(&self, draft: &Draft) -> bool {
        let of = self.words.before(draft.from, 1) == self.lexicon.of;
        let group = of
            && draft.from >= 2
            && self.words.is_capital(draft.from - 2)
            && !self.words.opens(draft.from - 2);
        let small = draft.value < Number::whole(50) && draft.shape != Shape::Share;
        let glued =
            draft.from > 0 && self.words.glued(draft.from) && self.words.kind(draft.from - 1) == Kind::Word;
        (group && small) || glued
    }

    /// "one" where it counts nothing: "one of", "no one", "one or more".
    fn is_lone_one(&self, draft: &Draft) -> bool {
        if draft.shape != Shape::Words || draft.value != Number::whole(1) || draft.value_to.is_some() {
            return false;
        }
        let noun = matches!(self.words.tag(draft.to), Tag::Nn | Tag::Jj) && self.is_word(draft.to);
        !noun || draft.bound == Bound::AtLeast || !self.counts_one(draft)
    }

    /// "one" counts where another number stands near: "one laboratory for six million".
    fn counts_one(&self, draft: &Draft) -> bool {
        (draft.to..draft.to + 8)
            .take_while(|i| {
                !self.words.opens(*i) && self.words.kind(*i) != Kind::Break && self.words.low(*i) != ","
            })
            .any(|i| self.words.kind(i) == Kind::Digits || self.words.tag(i) == Tag::Cd)
    }

    /// "the two", said of those named before.
    fn is_the_two(&self, draft: &Draft) -> bool {
        let two = draft.shape == Shape::Words && draft.value == Number::whole(2) && draft.value_to.is_none();
        let pointed = self.lexicon.words.pointers.has(self.words.before(draft.from, 1));
        two && pointed && self.words.low(draft.to) != self.lexicon.of
    }
}

/// Whether the unit of this name measures time.
pub(super) fn is_time(unit: &str) -> bool {
    let time = Unit::new(unit.to_owned()).conversion().is_some_and(|c| c.dimension == "time");
    time || matches!(unit, "month" | "year" | "decade" | "century")
}

/// Digits that the article uses as a name: "787" of "Boeing 787".
pub(super) fn names(words: &Words<'_>, lexicon: &Lexicon) -> HashSet<String> {
    let digits =
        |i: usize| words.kind(i) == Kind::Digits && words.word(i).bytes().all(|b| b.is_ascii_digit());
    let named = |i: usize| {
        let low = words.low(i - 1);
        let time = lexicon.words.months.has(low) || lexicon.words.weekdays.has(low);
        let name = words.tag(i - 1) == Tag::Nnp && words.is_capital(i - 1) && !time;
        let plural = matches!(words.tag(i + 1), Tag::Nns | Tag::Cd) || words.low(i + 1) == ",";
        name && !plural && words.word(i).len() > 1
    };
    (1..words.len()).filter(|i| digits(*i) && named(*i)).map(|i| words.word(i).to_owned()).collect()
}
