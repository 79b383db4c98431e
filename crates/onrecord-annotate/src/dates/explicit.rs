//! Days, months and years as the calendar names them: "27 February 2024", "2024-02-27", "(28/2)".

use super::{
    lexicon::Role,
    meaning::{Field, Meaning, Numeric, Year},
    reader::Reader,
};

/// A meaning and the token after its words.
pub(super) type Parsed = Option<(Meaning, usize)>;

impl Reader<'_> {
    /// The first reading of a calendar date that fits at `i`.
    pub(super) fn explicit(&self, i: usize) -> Parsed {
        self.iso(i)
            .or_else(|| self.numeric(i))
            .or_else(|| self.dotted(i))
            .or_else(|| self.marked(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.month_day(i))
            .or_else(|| self.month_alone(i))
    }

    pub(super) fn month_name(&self, i: usize) -> Option<i8> {
        self.word(i)?.month.filter(|_| self.is_capital(i))
    }

    /// ", 2024", "of 2024", "2024", or the year in words; and where it ends.
    fn year_after(&self, i: usize) -> (Year, usize) {
        let at = if self.is_mark(i, &[","]) || self.is(i, Role::Of) { i + 1 } else { i };
        if let Some(year) = self.year(at).filter(|_| !self.is_mark(at + 1, &["%"])) {
            return (Year::Is(year), at + 1);
        }
        match self.year_in_words(at) {
            Some((year, to)) if at == i || self.is(i, Role::Of) => (year, to),
            // "28 June in 2020"
            None if self.is(i, Role::In) => match self.year(i + 1) {
                Some(year) if !self.is_counted(i + 2) => (Year::Is(year), i + 2),
                _ => (Year::Unsaid, i),
            },
            _ => (Year::Unsaid, i),
        }
    }

    /// "last year", "the previous year".
    pub(super) fn year_in_words(&self, i: usize) -> Option<(Year, usize)> {
        let at = if self.is(i, Role::The) { i + 1 } else { i };
        let word = self.word(at)?;
        if self.word(at + 1)?.unit != Some(super::meaning::Unit::Year) {
            return None;
        }
        match (word.shift.filter(|_| at == i), word.anchored) {
            (Some(by), _) => Some((Year::Shift(by), at + 2)),
            (None, Some(by)) => Some((Year::Anchored(by), at + 2)),
            _ => None,
        }
    }

    /// "2024-02-27", "2024/02/27"
    fn iso(&self, i: usize) -> Parsed {
        let year = self.year(i)?;
        if !self.is_mark(i + 1, &["-", "/", "‑"])
            || self.raw(i + 1) != self.raw(i + 3)
            || !self.is_glued(i + 4)
        {
            return None;
        }
        let month = self.digits(i + 2, 1..=2)?;
        let day = self.printed(i + 4).filter(|p| p.n_digits <= 2)?.value;
        let field = Field::Day(i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Some((Meaning::Calendar(Year::Is(year), field), i + 5))
    }

    /// "27/02/2024", "27-2-24"; without a year only in brackets or after a day of the week.
    fn numeric(&self, i: usize) -> Parsed {
        let first =
            self.digits(i, 1..=2).filter(|_| !(self.is_glued(i) && self.is_mark(i - 1, &["-", "/", "."])))?;
        let mark = self.raw(i + 1);
        if !matches!(mark, "/" | "-") || !self.is_glued(i + 1) || !self.is_glued(i + 2) {
            return None;
        }
        let second = self.digits(i + 2, 1..=2)?;
        let (year, to) = match self.raw(i + 3) == mark && self.is_glued(i + 4) {
            true => (Some(self.short_year(i + 4)?), i + 5),
            false => (None, i + 3),
        };
        let placed =
            self.is_in_brackets(i, to) || (i > 0 && self.word(i - 1).is_some_and(|w| w.weekday.is_some()));
        if year.is_none() && !(placed && mark == "/") {
            return None;
        }
        let numeric = Numeric {
            first: i8::try_from(first).ok()?,
            second: i8::try_from(second).ok()?,
            year,
            mark: mark.chars().next()?,
        };
        numeric.is_possible().then_some((Meaning::Numeric(numeric), to))
    }

    /// "31-Oct-1974", "31/Oct/74"; a month keeps its hyphen and what follows in one token.
    fn marked(&self, i: usize) -> Parsed {
        let day = i8::try_from(self.digits(i, 1..=2)?).ok().filter(|day| is_day(*day))?;
        let glued = |to: usize| (i + 1..to).all(|at| self.is_glued(at));
        let (month, year, to) = match self.raw(i + 2).split_once('-') {
            Some((month, year)) if self.is_mark(i + 1, &["-"]) => (month, year, i + 3),
            None if self.is_mark(i + 1, &["/"]) && self.is_mark(i + 3, &["/"]) => {
                (self.raw(i + 2), self.raw(i + 4), i + 5)
            }
            _ => return None,
        };
        let capital = month.starts_with(char::is_uppercase) && glued(to);
        let month = self.lexicon.word(&month.to_lowercase())?.month.filter(|_| capital)?;
        let year = match year.len() {
            4 => year.parse().ok()?,
            2 => full_year(year.parse().ok()?)?,
            _ => return None,
        };
        Some((Meaning::Calendar(Year::Is(year), Field::Day(month, day)), to))
    }

    fn is_in_brackets(&self, from: usize, to: usize) -> bool {
        from > 0 && self.is_mark(from - 1, &["("]) && self.is_mark(to, &[")"])
    }

    /// "2024" or "24".
    fn short_year(&self, i: usize) -> Option<i16> {
        self.year(i).or_else(|| full_year(self.digits(i, 2..=2)?))
    }

    /// "27.02.2024" is one token; "27.02" only in brackets.
    fn dotted(&self, i: usize) -> Parsed {
        let raw = self.raw(i);
        if raw.len() > 10 || !raw.contains('.') {
            return None;
        }
        let parts: Vec<&str> = raw.split('.').collect();
        let number = |at: usize| parts.get(at)?.parse::<i32>().ok();
        let year = match parts.len() {
            3 if parts[2].len() == 4 => i16::try_from(number(2)?).ok(),
            3 if parts[2].len() == 2 => full_year(number(2)?),
            2 if self.is_in_brackets(i, i + 1) => None,
            _ => return None,
        };
        let (first, second) = (i8::try_from(number(0)?).ok()?, i8::try_from(number(1)?).ok()?);
        let numeric = Numeric { first, second, year, mark: '.' };
        numeric.is_possible().then_some((Meaning::Numeric(numeric), i + 1))
    }

    /// "27 February 2024", "22-27 September", "27th of February".
    fn day_month(&self, i: usize) -> Parsed {
        let first = self.day_number(i)?;
        let mut at = i + 1;
        let mut last = None;
        let joined = self.is_mark(at, &["-", "–", "—"]) || self.is(at, Role::To);
        let second = if self.is(at + 1, Role::The) { at + 2 } else { at + 1 };
        if let Some(day) = self.day_number(second).filter(|day| {
            *day > first && (joined || (self.is(at, Role::And) && (self.is_between(i) || *day == first + 1)))
        }) {
            last = Some(day);
            at = second + 1;
        }
        if self.is(at, Role::Of) {
            at += 1;
        }
        let month = self.month_name(at)?;
        let (year, to) = self.year_after(at + 1);
        Some((days(year, month, first, last), to))
    }

    fn is_between(&self, i: usize) -> bool {
        self.is_before(i, Role::Between)
            || (self.is_before(i, Role::The) && self.is_before(i - 1, Role::Between))
    }

    /// "February 27, 2024", "September 22-27".
    fn month_day(&self, i: usize) -> Parsed {
        let month = self.month_name(i)?;
        let mut at = if self.is(i + 1, Role::The) { i + 2 } else { i + 1 };
        let first = self.day_number(at)?;
        if self.is_mark(at + 1, &["%", ":"]) || self.word(at + 1).is_some_and(|w| w.month.is_some()) {
            return None;
        }
        at += 1;
        let joined = self.is_mark(at, &["-", "–", "—"]) || self.is(at, Role::To);
        let second = if self.is(at + 1, Role::The) { at + 2 } else { at + 1 };
        let mut last = None;
        if let Some(day) = self.day_number(second).filter(|day| joined && *day > first) {
            let own_month = self.word(second + 1).is_some_and(|w| w.month.is_some());
            if !own_month {
                last = Some(day);
                at = second + 1;
            }
        }
        let (year, to) = self.year_after(at);
        Some((days(year, month, first, last), to))
    }

    /// "February 2024", "February", "last March".
    fn month_alone(&self, i: usize) -> Parsed {
        let month = self.month_name(i)?;
        let (year, to) = self.year_after(i + 1);
        let named = year == Year::Unsaid && !self.month_stands_alone(i);
        (!named).then_some((Meaning::Calendar(year, Field::Month(month)), to))
    }

    /// Whether a month without day and year is one, and not a name or a verb.
    fn month_stands_alone(&self, i: usize) -> bool {
        let led = self.is_before(i, Role::MonthLead);
        if self.is(i, Role::Wordlike) {
            return led && !(self.is_capital(i + 1) && self.is_word(i + 1));
        }
        led || !(self.is_capital(i + 1) && self.is_word(i + 1))
    }
}

fn days(year: Year, month: i8, first: i8, last: Option<i8>) -> Meaning {
    let day = |day| Meaning::Calendar(year, Field::Day(month, day));
    match last {
        Some(last) => Meaning::Range(Box::new(day(first)), Box::new(day(last))),
        None => day(first),
    }
}

/// Two digits: up to 68 of this century, as POSIX reads them.
fn full_year(two_digits: i32) -> Option<i16> {
    i16::try_from(if two_digits <= 68 { 2000 + two_digits } else { 1900 + two_digits }).ok()
}

impl Numeric {
    /// Whether one of the two orders gives a day.
    fn is_possible(self) -> bool {
        self.with_day_first().is_some() || self.with_month_first().is_some()
    }

    /// Month and day.
    pub(super) fn with_day_first(self) -> Option<Field> {
        (is_month(self.second) && is_day(self.first)).then_some(Field::Day(self.second, self.first))
    }

    /// Month and day.
    pub(super) fn with_month_first(self) -> Option<Field> {
        (is_month(self.first) && is_day(self.second)).then_some(Field::Day(self.first, self.second))
    }
}

fn is_month(n: i8) -> bool {
    (1..=12).contains(&n)
}

fn is_day(n: i8) -> bool {
    (1..=31).contains(&n)
}
