//! Days told from another day: "yesterday", "on Tuesday", "last week", "two days earlier".

use super::{
    explicit::Parsed,
    lexicon::Role,
    meaning::{Field, Meaning, Origin, Unit, Year},
    reader::Reader,
};

impl Reader<'_> {
    /// The first reading of a relative expression that fits at `i`.
    pub(super) fn relative(&self, i: usize) -> Parsed {
        self.beyond(i)
            .or_else(|| self.near_day(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.same_before(i))
            .or_else(|| self.shifted(i))
            .or_else(|| self.part_of(i))
            .or_else(|| self.counted(i))
    }

    /// "the day before yesterday", "the day after tomorrow".
    fn beyond(&self, i: usize) -> Parsed {
        if self.word(i)?.unit != Some(Unit::Day) {
            return None;
        }
        let day = self.word(i + 2)?.day?;
        let step = match (self.is(i + 1, Role::DayBefore), self.is(i + 1, Role::DayAfter)) {
            (true, _) => -1,
            (_, true) => 1,
            _ => return None,
        };
        (day == step).then_some((from_reference(Unit::Day, 2 * step), i + 3))
    }

    /// "yesterday evening", "this morning", "last night".
    pub(super) fn near_day(&self, i: usize) -> Parsed {
        let word = self.word(i)?;
        if let Some(day) = word.day {
            return Some((from_reference(Unit::Day, day), self.past_daytime(i + 1)));
        }
        let by = word.shift.filter(|by| *by <= 0)?;
        self.is(i + 1, Role::Daytime).then_some((from_reference(Unit::Day, by), i + 2))
    }

    /// Past "morning" or "night".
    pub(super) fn past_daytime(&self, i: usize) -> usize {
        if self.is(i, Role::Daytime) { i + 1 } else { i }
    }

    /// "last Tuesday evening", "Tuesday of last week".
    pub(super) fn weekday(&self, i: usize) -> Parsed {
        let shift = self.word(i)?.shift;
        let from = self.word(i)?.anchored.filter(|by| *by != 0 && shift.is_none());
        let at = if shift.is_some() || from.is_some() { i + 1 } else { i };
        let word = self.word(at)?;
        let day = word.weekday.filter(|_| self.is_capital(at))?;
        if word.is(Role::PluralWeekday)
            || (word.is(Role::ShortWeekday) && shift.is_none())
            || self.is_in_name(at)
            || self.is_before(i, Role::Each)
        {
            return None;
        }
        let to = self.past_daytime(at + 1);
        // "next Friday" is set against "this Friday", the nearer one; "the coming Friday" is the nearer one.
        if shift == Some(1) && self.word(i)?.anchored == shift {
            return Some((Meaning::Weekday { day, shift: None, week: shift }, to));
        }
        if let Some(by) = from {
            return Some((Meaning::WeekdayFrom { day, by }, to));
        }
        let of = if self.is(to, Role::Of) { to + 1 } else { to };
        let week = self.word(of).and_then(|w| w.shift);
        match week.filter(|_| self.word(of + 1).is_some_and(|w| w.unit == Some(Unit::Week))) {
            Some(by) => Some((Meaning::Weekday { day, shift, week: Some(by) }, of + 2)),
            None => Some((Meaning::Weekday { day, shift, week: None }, to)),
        }
    }

    /// "Bloody Sunday", "Sunday Herald": a name with a day in it.
    fn is_in_name(&self, i: usize) -> bool {
        let name = |at: usize| self.is_capital(at) && self.is_word(at) && self.word(at).is_none();
        let glued_name = name(i + 1) && i > 0 && (self.is_before(i, Role::The) || name(i - 1));
        glued_name || (i > 0 && self.is_before(i, Role::The) && self.is_capital(i - 1) && name(i + 1))
    }

    /// "the same month a year ago", "the same period last year".
    fn same_before(&self, i: usize) -> Parsed {
        if self.word(i)?.anchored != Some(0) || !self.is_word(i + 1) || self.is(i + 1, Role::Of) {
            return None;
        }
        let at = if self.is(i + 2, Role::Of) { i + 3 } else { i + 2 };
        if let Some((Year::Shift(-1) | Year::Anchored(-1), to)) = self.year_in_words(at) {
            return Some((Meaning::SameBefore { years: 1 }, to));
        }
        let n = self.count(at)?;
        let back = self.is(at + 2, Role::Ago) || self.is(at + 2, Role::Earlier);
        let years = self.word(at + 1)?.unit == Some(Unit::Year) && back;
        years.then_some((Meaning::SameBefore { years: n }, at + 3))
    }

    /// "last week", "the following day", "last March", "the last quarter", "the past two weeks".
    fn shifted(&self, i: usize) -> Parsed {
        let word = self.word(i)?;
        let after_the = self.is_before(i, Role::The);
        let Some(next) = self.word(i + 1) else { return self.several(i) };
        if let Some(by) = word.shift {
            if let Some(month) = next.month.filter(|_| self.is_capital(i + 1)) {
                return Some((Meaning::Calendar(Year::Nearest(by), Field::Month(month)), i + 2));
            }
            if let Some(season) = next.season {
                return Some((Meaning::Calendar(Year::Nearest(by), Field::Season(season)), i + 2));
            }
            if by == -1 && after_the && next.unit == Some(Unit::Week) && self.is(i + 2, Role::Of) {
                return self.week_of(-1, i + 2);
            }
        }
        let Some(unit) = next.unit else { return self.several(i) };
        if self.low(i + 1).ends_with('s') || unit < Unit::Day || unit == Unit::Half {
            return None;
        }
        // "the next day" counts from the day told before, "next week" from the day of writing.
        let told = word.anchored.filter(|_| unit == Unit::Day || word.shift.is_none());
        if let Some(found) =
            word.shift.filter(|_| unit == Unit::Week).and_then(|by| self.day_in_week(by, i + 2))
        {
            return Some(found);
        }
        match (told, word.shift) {
            (Some(by), _) => Some((Meaning::Shift { unit, by, origin: Origin::Anchor }, i + 2)),
            (None, Some(0)) if unit == Unit::Day => None,
            (None, Some(by)) if by != 0 && (unit == Unit::Decade || self.is(i, Role::Stretch)) => {
                Some((Meaning::Span { unit, by }, i + 2))
            }
            (None, Some(by)) => Some((from_reference(unit, by), i + 2)),
            (None, None) => None,
        }
    }

    /// The rest of "next week on Tuesday" behind the week.
    fn day_in_week(&self, by: i32, i: usize) -> Parsed {
        let at = if self.is(i, Role::On) { i + 1 } else { i };
        let day = self.word(at)?.weekday.filter(|_| self.is_capital(at))?;
        Some((Meaning::Weekday { day, shift: None, week: Some(by) }, self.past_daytime(at + 1)))
    }

    /// "the past two weeks", "the next three days", "the last two quarters".
    fn several(&self, i: usize) -> Parsed {
        let by = self.word(i)?.shift.filter(|by| *by != 0)?;
        let quarters = self.word(i + 2).is_some_and(|w| w.unit == Some(Unit::Quarter));
        if let Some(n) = self.count(i + 1).filter(|n| quarters && *n > 1) {
            return Some((Meaning::Span { unit: Unit::Quarter, by: by * n }, i + 3));
        }
        let (told, to) = self.length(i + 1)?;
        let (n, unit) = told.filter(|(_, unit)| *unit >= Unit::Day)?;
        Some((Meaning::Span { unit, by: by * n }, to))
    }

    /// "the end of last year", "early June", "late March 2024", "the beginning of the year", "later this year".
    fn part_of(&self, i: usize) -> Parsed {
        if !self.is(i, Role::Part) {
            return None;
        }
        let ends = self.is(i, Role::End) && self.is(i + 1, Role::Of);
        let at = if ends { i + 2 } else { i + 1 };
        let at = if self.is_mark(at, &["-"]) { at + 1 } else { at };
        let inner = if self.is(at, Role::The) { at + 1 } else { at };
        if ends
            && inner > at
            && self.word(inner)?.unit.is_some_and(|unit| unit > Unit::Day && unit != Unit::Half)
        {
            let origin = Origin::Reference;
            let meaning = Meaning::Shift { unit: self.word(inner)?.unit?, by: 0, origin };
            return (!self.low(inner).ends_with('s')).then_some((meaning, inner + 1));
        }
        // "early" before a whole date only: "early Tuesday", "earlier today".
        let part = self.relative_core(inner).or_else(|| self.explicit(inner)).or_else(|| self.period(inner));
        part.filter(|_| inner == at || ends)
    }

    fn relative_core(&self, i: usize) -> Parsed {
        self.near_day(i).or_else(|| self.weekday(i)).or_else(|| self.shifted(i))
    }

    /// "two years ago", "a day earlier", "33 years".
    fn counted(&self, i: usize) -> Parsed {
        let (told, to) = self.length(i)?;
        let Some((n, unit)) = told else {
            let to = if self.is(to, Role::Ago) { to + 1 } else { to };
            return Some((Meaning::Length, to));
        };
        if self.is(to, Role::Ago) {
            return Some((from_reference(unit, -n), to + 1));
        }
        let closes = !self.is(to + 1, Role::Than) && !self.opens_phrase(to + 1);
        let origin = Origin::Anchor;
        if self.is(to, Role::Earlier) && closes {
            return Some((Meaning::Shift { unit, by: -n, origin }, to + 1));
        }
        if self.is(to, Role::Later) && closes {
            return Some((Meaning::Shift { unit, by: n, origin }, to + 1));
        }
        let ahead = self.is_before(i, Role::In) && unit >= Unit::Day;
        Some((if ahead { Meaning::Ahead { unit, by: n } } else { Meaning::Length }, to))
    }

    /// "before the vote": what follows says from where it counts; "a day earlier the mayor" does not.
    fn opens_phrase(&self, i: usize) -> bool {
        let preposition = self.is_before(i, Role::DayBefore) || self.is_before(i, Role::DayAfter);
        preposition && self.is_word(i)
    }
}

fn from_reference(unit: Unit, by: i32) -> Meaning {
    Meaning::Shift { unit, by, origin: Origin::Reference }
}
