//! Years, seasons, quarters, decades and lengths: "2024", "the third quarter of last year", "33 years".

use super::{
    explicit::Parsed,
    lexicon::Role,
    meaning::{Field, Meaning, Unit, Year},
    reader::Reader,
};

impl Reader<'_> {
    /// The first reading of a stretch of time that fits at `i`.
    pub(super) fn period(&self, i: usize) -> Parsed {
        self.ordinal_period(i)
            .or_else(|| self.season(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.century(i))
            .or_else(|| self.fiscal(i))
            .or_else(|| self.coded(i))
            .or_else(|| self.years(i))
            .or_else(|| self.year_alone(i))
    }

    /// Past "of", "of the", and the year there; `None` where a year does not follow.
    pub(super) fn year_of(&self, i: usize) -> Option<(Year, usize)> {
        let at = if self.is(i, Role::Of) || self.is_mark(i, &[","]) { i + 1 } else { i };
        match self.year(at) {
            Some(year) => Some((Year::Is(year), at + 1)),
            None => self.year_in_words(at),
        }
    }

    /// "the third quarter of 2009", "third-quarter", "the first half", "the last week of March".
    fn ordinal_period(&self, i: usize) -> Parsed {
        if self.is(i, Role::Final) && self.word(i + 1)?.unit == Some(Unit::Quarter) {
            let (year, to) = self.year_of(i + 2)?;
            return Some((Meaning::Calendar(year, Field::Quarter(4)), to));
        }
        let (n, unit, at) = self.counted_unit(i)?;
        let n = u8::try_from(n).ok()?;
        let field = match unit {
            Unit::Quarter if (1..=4).contains(&n) => Field::Quarter(n),
            Unit::Half if n <= 2 => Field::Half(n),
            Unit::Week => return self.week_of(i8::try_from(n).ok()?, at),
            _ => return None,
        };
        let (year, to) = self.year_of(at).unwrap_or((Year::Unsaid, at));
        if unit == Unit::Half && year == Year::Unsaid {
            return None;
        }
        Some((Meaning::Calendar(year, field), to))
    }

    fn counted_unit(&self, i: usize) -> Option<(i32, Unit, usize)> {
        if let Some((n, unit)) = self.low(i).split_once('-') {
            let unit = self.lexicon.word(unit)?.unit?;
            return Some((self.lexicon.word(n)?.ordinal?, unit, i + 1));
        }
        let n = self.ordinal(i)?;
        let at = if self.is_mark(i + 1, &["-"]) { i + 2 } else { i + 1 };
        Some((n, self.word(at)?.unit?, at + 1))
    }

    /// The rest of "first week" after it: "of March 2024".
    pub(super) fn week_of(&self, n: i8, at: usize) -> Parsed {
        if !self.is(at, Role::Of) {
            return None;
        }
        let month = self.word(at + 1)?.month?;
        let (year, to) = self.year_of(at + 2).unwrap_or((Year::Unsaid, at + 2));
        Some((Meaning::Calendar(year, Field::Week(month, n)), to))
    }

    /// "spring", "the summer of 2023", "last winter".
    fn season(&self, i: usize) -> Parsed {
        let season = Field::Season(self.word(i)?.season?);
        if let Some((year, to)) = self.year_of(i + 1) {
            return Some((Meaning::Calendar(year, season), to));
        }
        let led = self.is_before(i, Role::SureYearLead)
            || (self.is_before(i, Role::The) && i > 1 && self.is(i - 2, Role::SureYearLead));
        led.then_some((Meaning::Calendar(Year::Unsaid, season), i + 1))
    }

    /// "1990s", "the '90s".
    fn decade(&self, i: usize) -> Parsed {
        let printed = self.printed(i).filter(|p| p.value % 10 == 0)?;
        let to = match (printed.suffix, self.low(i + 1)) {
            ("s", _) => i + 1,
            ("", "'s") if self.is_glued(i + 1) && printed.n_digits == 4 => i + 2,
            _ => return None,
        };
        let start = match printed.n_digits {
            4 if printed.value >= 1000 => printed.value,
            2 if printed.value >= 50 && self.is_led_decade(i) => 1900 + printed.value,
            _ => return None,
        };
        Some((Meaning::Decade(i16::try_from(start).ok()?), to))
    }

    fn is_led_decade(&self, i: usize) -> bool {
        let before = if i > 0 && self.is_mark(i - 1, &["'", "’", "‘"]) { i - 1 } else { i };
        let after_decade =
            before > 1 && self.is_before(before, Role::And) && self.raw(before - 2).ends_with('s');
        self.is_before(before, Role::The) || after_decade
    }

    /// "19th century"
    fn century(&self, i: usize) -> Parsed {
        let n = self.ordinal(i)?;
        let at = if self.is_mark(i + 1, &["-"]) { i + 2 } else { i + 1 };
        let is_century = self.word(at)?.unit == Some(Unit::Century) && (2..=22).contains(&n);
        is_century.then_some((Meaning::Century(i16::try_from(n).ok()?), at + 1))
    }

    /// "fiscal 2024", "the fiscal year".
    fn fiscal(&self, i: usize) -> Parsed {
        if !self.is(i, Role::Fiscal) {
            return None;
        }
        let at = if self.word(i + 1).is_some_and(|w| w.unit == Some(Unit::Year)) { i + 2 } else { i + 1 };
        let to = if self.year(at).is_some() { at + 1 } else { at };
        (to > i + 1).then_some((Meaning::Fiscal, to))
    }

    /// "Q3", "Q3 2025", "2025 Q3", "H1 2025"
    pub(super) fn coded(&self, i: usize) -> Parsed {
        if let Some(year) = self.year(i) {
            let code = self.word(i + 1)?.code.filter(|_| self.is_capital(i + 1))?;
            return Some((Meaning::Calendar(Year::Is(year), code), i + 2));
        }
        let code = self.word(i)?.code.filter(|_| self.is_capital(i))?;
        let (year, to) = self.year_of(i + 1).unwrap_or((Year::Unsaid, i + 1));
        let alone = matches!(code, Field::Quarter(_));
        (alone || year != Year::Unsaid).then_some((Meaning::Calendar(year, code), to))
    }

    /// "2023-2024", "2024/25"
    fn years(&self, i: usize) -> Parsed {
        let first = self.year(i).filter(|year| (1900..2101).contains(year))?;
        let glued = self.is_mark(i + 1, &["-", "–", "/"]) && self.is_glued(i + 1) && self.is_glued(i + 2);
        let second = self.year(i + 2).or_else(|| {
            let short = self.digits(i + 2, 2..=2).and_then(|n| i16::try_from(n).ok())?;
            (short == (first + 1) % 100).then_some(first + 1)
        })?;
        let goes_on = self.is_glued(i + 3) && self.is_mark(i + 3, &["-", "–", "/", ":"]);
        let open = !(goes_on || self.is_glued(i));
        let fits = glued && open && first < second && second < 2101;
        let fits = fits && (self.year(i + 2).is_none() || !self.is_counted(i + 3));
        let year = |year| Box::new(Meaning::Calendar(Year::Is(year), Field::Whole));
        fits.then(|| (Meaning::Range(year(first), year(second)), i + 3))
    }

    fn year_alone(&self, i: usize) -> Parsed {
        if let Some((part, year)) = self.raw(i).rsplit_once('-') {
            let is_part = self.lexicon.word(&part.to_lowercase())?.is(Role::Part);
            if let Some(decade) = year.strip_suffix('s') {
                let decade: i16 =
                    decade.parse().ok().filter(|year| (1000..2200).contains(year) && year % 10 == 0)?;
                return is_part.then_some((Meaning::Decade(decade), i + 1));
            }
            let year: i16 = year.parse().ok().filter(|year| (1000..2200).contains(year))?;
            return is_part.then_some((Meaning::Calendar(Year::Is(year), Field::Whole), i + 1));
        }
        let year = self.year(i)?;
        self.is_year(i, year).then_some((Meaning::Calendar(Year::Is(year), Field::Whole), i + 1))
    }

    fn is_year(&self, i: usize, year: i16) -> bool {
        let counted = self.is_counted(i + 1);
        let modern = (1900..2101).contains(&year);
        let led = self.is_before(i, Role::YearLead) && (modern || self.is_before(i, Role::SureYearLead));
        if self.is_mark(i + 1, &["%", "°", "$", "€"])
            || (self.is_glued(i) && !self.is_mark(i - 1, &["(", "-", "–", "“", "\"", "‘", "'", "/"]))
        {
            return false;
        }
        if led {
            return !counted || self.is_before(i, Role::SureYearLead);
        }
        let determined = self.is_before(i, Role::YearDeterminer) || self.is_before(i, Role::Possessive);
        let in_brackets = i > 0 && self.is_mark(i - 1, &["("]) && self.is_mark(i + 1, &[")", ",", ";"]);
        modern && ((determined && self.is_word(i + 1) && !counted) || in_brackets || self.ends_title(i, year))
    }

    /// "Conference 2010": a year at the end of a name.
    fn ends_title(&self, i: usize, year: i16) -> bool {
        let closed =
            self.tokens.get(i + 1).is_none_or(|_| !self.is_word(i + 1) && self.printed(i + 1).is_none());
        i > 0
            && self.is_word(i - 1)
            && self.is_capital(i - 1)
            && (1950..2060).contains(&year)
            && (closed && !self.is_mark(i + 1, &["-", "–"]))
    }

    /// Whether the word at `i` is what a number counts.
    pub(super) fn is_counted(&self, i: usize) -> bool {
        let low = self.low(i);
        let plural = self.is_word(i) && !self.is_capital(i) && low.len() > 3 && low.ends_with('s');
        let unit = self.word(i).is_some_and(|w| w.unit.is_some());
        (plural && !low.ends_with("ss") && low != "was" && low != "has") || unit || self.is(i, Role::People)
    }

    /// "33 years", "a day", "fifty-year", "12-hour", "several years", "two and a half years".
    pub(super) fn length(&self, i: usize) -> Option<(Option<(i32, Unit)>, usize)> {
        if let Some((n, unit)) = self.low(i).rsplit_once('-') {
            let unit =
                self.lexicon.word(unit).and_then(|word| word.unit).filter(|unit| *unit != Unit::Half)?;
            self.lexicon.word(n).filter(|word| word.cardinal.is_some())?;
            return Some((None, i + 1)).filter(|_| unit >= Unit::Second);
        }
        let n = self.count(i);
        if n.is_none() && !self.is(i, Role::UnsaidNumber) {
            return None;
        }
        let mut at = if self.is_mark(i + 1, &["-"]) { i + 2 } else { i + 1 };
        if self.is(i, Role::One) && self.is(at, Role::UnsaidNumber) {
            at += 1;
        }
        if self.is(at, Role::UnsaidNumber) || self.is(at, Role::Of) {
            at += 1;
        }
        let mut n = n.filter(|_| at == i + 1);
        if self.is(at, Role::And) && self.is(at + 1, Role::One) && self.word(at + 2)?.unit == Some(Unit::Half)
        {
            at += 3;
            n = None;
        }
        let unit =
            self.word(at)?.unit.filter(|unit| !matches!(unit, Unit::Half | Unit::Season | Unit::Quarter))?;
        let plural = self.low(at).ends_with('s');
        if unit == Unit::Second && !plural || unit == Unit::Century {
            return None;
        }
        Some((n.map(|n| (n, unit)), at + 1))
    }
}
