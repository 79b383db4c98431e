//! Walks over the tokens, takes the longest expression at each, and joins what belongs together.

use super::{
    lexicon::Role,
    meaning::{Direction, Field, Found, Meaning, Year},
    reader::Reader,
};
use crate::tokens::TokenKind;

impl Reader<'_> {
    /// Every expression of time, in reading order, none within another.
    pub(super) fn scan(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut i = 0;
        while i < self.tokens.len() {
            match self.expression(i) {
                Some(expression) => {
                    i = expression.to.max(i + 1);
                    found.push(expression);
                }
                None => i += 1,
            }
        }
        found
    }

    fn expression(&self, i: usize) -> Option<Found> {
        if self.word(i).is_none() && self.tokens[i].kind == TokenKind::Mark {
            return None;
        }
        let (meaning, to) = self.with_clock(i).or_else(|| self.dated_weekday(i)).or_else(|| self.range(i))?;
        Some(Found { from: i, to, meaning })
    }

    fn simple(&self, i: usize) -> Option<(Meaning, usize)> {
        let vague = || self.vague(i).map(|(direction, to)| (Meaning::Vague(direction), to));
        let candidates = [self.explicit(i), self.nested(i), self.period(i), self.relative(i), vague()];
        candidates.into_iter().flatten().reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    fn vague(&self, i: usize) -> Option<(Direction, usize)> {
        for (phrase, direction) in &self.lexicon.vague_phrases {
            let to = i + phrase.len();
            let goes_on = self.count(to).is_some() || self.word(to).is_some_and(|word| word.unit.is_some());
            if !goes_on && phrase.iter().zip(i..).all(|(word, at)| self.low(at) == word) {
                return Some((*direction, to));
            }
        }
        Some((self.word(i)?.vague?, i + 1))
    }

    /// "Thursday (29 February)", "Tuesday, Feb. 27, 2024", "Wed 3 May".
    pub(super) fn dated_weekday(&self, i: usize) -> Option<(Meaning, usize)> {
        self.word(i)?.weekday.filter(|_| self.is_capital(i))?;
        let mut at = self.past_daytime(i + 1);
        let bracket = self.is_mark(at, &["("]);
        if bracket || self.is_mark(at, &[","]) {
            at += 1;
        }
        if !bracket && self.is(at, Role::The) {
            at += 1;
        }
        let (meaning, to) = self.explicit(at)?;
        if !is_day(&meaning) {
            return None;
        }
        let closed = bracket && self.is_mark(to, &[")"]);
        (bracket == closed).then_some((meaning, if closed { to + 1 } else { to }))
    }

    /// "12:00 UTC Monday", "6:40 p.m. on Tuesday", and what follows; "6:40 p.m." alone tells no day.
    fn with_clock(&self, i: usize) -> Option<(Meaning, usize)> {
        let (sure, clock) = self.clock(i)?;
        let on = if self.is(clock, Role::On) { clock + 1 } else { clock };
        if let Some((meaning, to)) =
            self.dated_weekday(on).or_else(|| self.explicit(on)).or_else(|| self.relative(on))
            && !matches!(meaning, Meaning::Length | Meaning::Vague(_))
        {
            return Some((meaning, to));
        }
        (sure || self.is_before(i, Role::At)).then_some((Meaning::Time, clock))
    }

    /// Whether a time of day at `i` is surely one, and where it ends.
    fn clock(&self, i: usize) -> Option<(bool, usize)> {
        let raw = self.raw(i);
        if self.tokens[i].kind != TokenKind::Number || raw.len() > 8 {
            return None;
        }
        let number = raw.trim_end_matches(char::is_alphabetic);
        let glued = !raw[number.len()..].is_empty();
        let (hour, minute) = number.split_once([':', '.']).unwrap_or((number, "00"));
        let fits = hour.parse::<u8>().is_ok_and(|h| h < 25)
            && minute.len() == 2
            && minute.parse::<u8>().is_ok_and(|m| m < 60);
        let half = if glued {
            self.lexicon.word(&raw[number.len()..].to_lowercase()).is_some_and(|w| w.is(Role::Half))
        } else {
            self.is(i + 1, Role::Half)
        };
        let mut to = if half && !glued { i + 2 } else { i + 1 };
        let zone = self.is(to, Role::Zone);
        if zone {
            to += 1;
        }
        (fits && (half || zone || number.contains(':')) && (half || !glued)).then_some((half || zone, to))
    }

    /// "from 22 to 27 September", "between March and May 2024", "2009-2011"; or one expression.
    fn range(&self, i: usize) -> Option<(Meaning, usize)> {
        if let Some(whole) = self.split_days(i) {
            return Some(whole);
        }
        let (first, to) = self.simple(i)?;
        let joined = match () {
            () if self.is_mark(to, &["-", "–"]) => !matches!(first, Meaning::Weekday { .. }),
            () if self.is(to, Role::And) => self.is_before(i, Role::Between),
            () => self.is(to, Role::To) && (self.is_before(i, Role::From) || self.low(to) != "until"),
        };
        if !joined || !can_bound(&first) {
            return Some((first, to));
        }
        let second = if self.is_mark(to, &["-", "–"]) {
            self.explicit(to + 1).or_else(|| self.coded(to + 1)).or_else(|| self.bare_year(to + 1))
        } else {
            let month = || self.bare_month(to + 1).filter(|_| matches!(first, Meaning::Calendar(..)));
            let the = || self.explicit(to + 2).filter(|_| self.is(to + 1, Role::The));
            self.simple(to + 1).or_else(month).or_else(the).or_else(|| self.bare_year(to + 1))
        };
        match second {
            Some((second, end)) if can_bound(&second) => {
                Some((Meaning::Range(Box::new(first), Box::new(second)), end))
            }
            _ => Some((first, to)),
        }
    }

    fn bare_year(&self, i: usize) -> Option<(Meaning, usize)> {
        let year = self.year(i)?;
        Some((Meaning::Calendar(Year::Is(year), Field::Whole), i + 1))
    }

    /// A month whose name is another word too, as the end of a range that begins with a month.
    fn bare_month(&self, i: usize) -> Option<(Meaning, usize)> {
        let month = self.month_name(i)?;
        let (year, to) = self.year_of(i + 1).unwrap_or((Year::Unsaid, i + 1));
        Some((Meaning::Calendar(year, Field::Month(month)), to))
    }

    /// "22 to 27 September": the first number has no month of its own, which `explicit` reads as a whole.
    fn split_days(&self, i: usize) -> Option<(Meaning, usize)> {
        self.explicit(i).filter(|(meaning, _)| matches!(meaning, Meaning::Range(..)))
    }
}

fn is_day(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Calendar(_, Field::Day(..)) | Meaning::Numeric(_))
}

fn can_bound(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Calendar(..) | Meaning::Numeric(_) | Meaning::Weekday { .. } | Meaning::Shift { .. }
    )
}
