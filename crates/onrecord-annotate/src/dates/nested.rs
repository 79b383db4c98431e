//! Days and stretches told by where they lie in a longer one, or counted from another: "the last Friday of May",
//! "the first six months of 2023", "the week of 3 March", "two weeks after 3 May".

use super::{
    explicit::Parsed,
    lexicon::Role,
    meaning::{Field, Meaning, Origin, Piece, Unit, Year},
    reader::Reader,
};

impl Reader<'_> {
    /// The first such reading that fits at `i`.
    pub(super) fn nested(&self, i: usize) -> Parsed {
        self.part(i)
            .or_else(|| self.day_of(i))
            .or_else(|| self.week_with(i))
            .or_else(|| self.lasting(i))
            .or_else(|| self.moved(i))
            .or_else(|| self.weekend(i))
    }

    /// "first Monday of March", "last day of October 2015", "last two weeks of this year".
    fn part(&self, i: usize) -> Parsed {
        let n = if self.is(i, Role::Final) { -1 } else { self.ordinal(i).filter(|n| *n > 0)? };
        let told = self.count(i + 1).filter(|_| n.abs() == 1);
        let count = told.unwrap_or(1);
        let at = i + 1 + usize::from(told.is_some());
        let what = self.piece(at)?;
        let (of, to) = self.inside(at + 1).and_then(|at| self.whole(at))?;
        Some((Meaning::Part { what, n, count, of: Box::new(of) }, to))
    }

    fn piece(&self, i: usize) -> Option<Piece> {
        let word = self.word(i)?;
        if let Some(day) = word.weekday.filter(|_| self.is_capital(i) && !word.is(Role::PluralWeekday)) {
            return Some(Piece::Weekday(day));
        }
        let known = |unit: &Unit| matches!(unit, Unit::Day | Unit::Week | Unit::Weekend | Unit::Month);
        word.unit.filter(known).map(Piece::Unit)
    }

    /// Past "of" or "in".
    fn inside(&self, i: usize) -> Option<usize> {
        (self.is(i, Role::Of) || self.is(i, Role::In)).then_some(i + 1)
    }

    /// "next month", "the year", "March 2014", "2019": what has parts.
    fn whole(&self, i: usize) -> Parsed {
        let at = if self.is(i, Role::The) { i + 1 } else { i };
        if let Some(found) = self.shifted_whole(at) {
            return Some(found);
        }
        if let Some(month) = self.month_name(at) {
            let (year, to) = self.year_of(at + 1).unwrap_or((Year::Unsaid, at + 1));
            return Some((Meaning::Calendar(year, Field::Month(month)), to));
        }
        if let Some(year) = self.year(at) {
            return Some((Meaning::Calendar(Year::Is(year), Field::Whole), at + 1));
        }
        let unit = self.word(at)?.unit.filter(|unit| matches!(unit, Unit::Month | Unit::Year))?;
        let own = at > i && !self.low(at).ends_with('s') && !self.is(at + 1, Role::Of);
        own.then_some((Meaning::Shift { unit, by: 0, origin: Origin::Reference }, at + 1))
    }

    /// "this month", "next year".
    fn shifted_whole(&self, i: usize) -> Parsed {
        let by = self.word(i)?.shift?;
        let unit = self.word(i + 1)?.unit.filter(|unit| matches!(unit, Unit::Month | Unit::Year))?;
        let one = !self.low(i + 1).ends_with('s');
        one.then_some((Meaning::Shift { unit, by, origin: Origin::Reference }, i + 2))
    }

    /// "20th of next month"
    fn day_of(&self, i: usize) -> Parsed {
        let n = i32::from(self.day_number(i)?);
        let at = self.inside(i + 1).filter(|_| self.is(i + 1, Role::Of))?;
        let at = if self.is(at, Role::The) { at + 1 } else { at };
        let (of, to) = self.shifted_whole(at)?;
        let month = matches!(of, Meaning::Shift { unit: Unit::Month, .. });
        let what = Piece::Unit(Unit::Day);
        month.then(|| (Meaning::Part { what, n, count: 1, of: Box::new(of) }, to))
    }

    /// "week of 3 March", "week beginning on 3 March"
    fn week_with(&self, i: usize) -> Parsed {
        if self.word(i)?.unit != Some(Unit::Week) || self.low(i).ends_with('s') {
            return None;
        }
        let starts = self.is(i + 1, Role::WeekStart);
        if !starts && !self.is(i + 1, Role::Of) {
            return None;
        }
        let at = if starts && self.is(i + 2, Role::On) { i + 3 } else { i + 2 };
        let at = if self.is(at, Role::The) { at + 1 } else { at };
        let (day, to) = self.explicit(at).filter(|(meaning, _)| meaning.is_day())?;
        Some((Meaning::WeekOf(Box::new(day)), to))
    }

    /// "two weeks from now", "a week from Friday", "three days after 3 May", "a month hence".
    fn moved(&self, i: usize) -> Parsed {
        let (told, at) = self.length(i)?;
        let (n, unit) = told.filter(|(_, unit)| *unit >= Unit::Day)?;
        let now = Meaning::Shift { unit, by: n, origin: Origin::Reference };
        if self.is(at, Role::Hence) {
            return Some((now, at + 1));
        }
        let by = match () {
            () if self.is(at, Role::DayAfter) => n,
            () if self.is(at, Role::DayBefore) => -n,
            () if self.is(at, Role::From) => n,
            () => return None,
        };
        if self.is(at + 1, Role::Now) {
            return (by > 0).then_some((now, at + 2));
        }
        let (from, to) = self.day_told(at + 1)?;
        Some((Meaning::Moved { unit, by, from: Box::new(from) }, to))
    }

    /// "for three days from Monday", "for a week starting on 3 May"
    fn lasting(&self, i: usize) -> Parsed {
        let (told, at) = self.length(i).filter(|_| self.is_before(i, Role::For))?;
        let (n, unit) = told.filter(|(_, unit)| *unit >= Unit::Day)?;
        let at = if self.is_mark(at, &[","]) { at + 1 } else { at };
        let starts = self.is(at, Role::WeekStart);
        if !starts && !self.is(at, Role::From) {
            return None;
        }
        let at = if self.is(at + 1, Role::On) || self.is(at + 1, Role::From) { at + 2 } else { at + 1 };
        let (from, to) = self.day_told(at)?;
        Some((Meaning::Lasting { unit, n, from: Box::new(from) }, to))
    }

    fn day_told(&self, i: usize) -> Parsed {
        let dated = || self.dated_weekday(i).or_else(|| self.weekday(i));
        self.explicit(i).or_else(|| self.near_day(i)).or_else(dated).filter(|(meaning, _)| meaning.is_day())
    }

    /// "over the weekend"
    fn weekend(&self, i: usize) -> Parsed {
        let weekend = self.word(i)?.unit == Some(Unit::Weekend) && !self.low(i).ends_with('s');
        let led = i > 1 && self.is_before(i, Role::The) && self.is_before(i - 1, Role::WeekendLead);
        let named = self.is(i + 1, Role::Of) || (self.is_word(i + 1) && self.is_capital(i + 1));
        (weekend && led && !named).then_some((Meaning::Weekend, i + 1))
    }
}
