//! The types of `dates.toml`: what each word can say about time.

use std::collections::HashMap;

use jiff::civil::Weekday;
use serde::Deserialize;

use super::meaning::{Direction, Field, Unit};
use crate::lang::{self, Packs, split};

/// The data of every language.
pub(super) static LEXICON: Packs<Lexicon> = Packs::new(|| {
    lang::parse::<Raw>(|files| files.dates).into_iter().map(|(tag, raw)| (tag, raw.build())).collect()
});

/// What part a word can play; the names of `[words]`, `[tense]` and the lists at the top of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Wordlike,
    ShortWeekday,
    PluralWeekday,
    MonthLead,
    Article,
    The,
    Final,
    Stretch,
    Of,
    And,
    From,
    Between,
    To,
    Ago,
    Earlier,
    Later,
    Than,
    DayBefore,
    DayAfter,
    On,
    At,
    Part,
    End,
    Whole,
    Daytime,
    Half,
    Zone,
    Possessive,
    YearLead,
    SureYearLead,
    YearDeterminer,
    Fiscal,
    People,
    UnsaidNumber,
    One,
    Future,
    Expecting,
    Done,
    Starting,
    Perfect,
    Going,
    Be,
    In,
    For,
    Hence,
    Now,
    Each,
    WeekStart,
    WeekendLead,
}

/// What one word can say.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    roles: u64,
    /// From 1.
    pub(super) month: Option<i8>,
    pub(super) weekday: Option<Weekday>,
    /// From 1, spring.
    pub(super) season: Option<u8>,
    pub(super) unit: Option<Unit>,
    pub(super) cardinal: Option<i32>,
    pub(super) ordinal: Option<i32>,
    /// "last" is -1, from the day of writing.
    pub(super) shift: Option<i32>,
    /// "previous" is -1, from the day told before.
    pub(super) anchored: Option<i32>,
    /// "yesterday" is -1.
    pub(super) day: Option<i32>,
    /// "soon"
    pub(super) vague: Option<Direction>,
    /// "Q3"
    pub(super) code: Option<Field>,
}

impl Word {
    /// Whether the word can play `role`.
    pub(super) fn is(&self, role: Role) -> bool {
        self.roles & (1 << role as u64) != 0
    }
}

/// Which comes first where both orders are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Order {
    Day,
    Month,
    Unknown,
}

/// The usual orders, by the mark between the numbers.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Orders {
    slash: Order,
    dot: Order,
    dash: Order,
}

impl Orders {
    /// The order that `mark` suggests.
    pub(super) fn of(self, mark: char) -> Order {
        match mark {
            '.' => self.dot,
            '/' => self.slash,
            _ => self.dash,
        }
    }
}

/// The data of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: HashMap<String, Word>,
    /// Words of each phrase that names no day, the longest first.
    pub(super) vague_phrases: Vec<(Vec<String>, Direction)>,
    pub(super) orders: Orders,
}

impl Lexicon {
    /// What `low`, in lower case, can say about time.
    pub(super) fn word(&self, low: &str) -> Option<&Word> {
        self.words.get(low).or_else(|| self.words.get(low.strip_suffix('.')?))
    }

    fn entry(&mut self, word: &str) -> &mut Word {
        self.words.entry(word.to_owned()).or_default()
    }

    fn add(&mut self, words: &str, set: impl Fn(&mut Word)) {
        split(words).for_each(|word| set(self.entry(word)));
    }

    fn add_role(&mut self, words: &str, role: Role) {
        self.add(words, |word| word.roles |= 1 << role as u64);
    }
}

#[derive(Debug, Deserialize)]
struct Raw {
    months: Vec<String>,
    weekdays: Vec<String>,
    seasons: Vec<String>,
    wordlike: String,
    short_weekdays: String,
    plural_weekdays: String,
    quarter_codes: Vec<String>,
    half_codes: Vec<String>,
    month_leads: String,
    units: HashMap<Unit, String>,
    numbers: Numbers,
    days: Days,
    shifts: Shifts,
    words: Words,
    vague: Vagues,
    tense: Tenses,
    order: Orders,
}

#[derive(Debug, Deserialize)]
struct Numbers {
    cardinals: String,
    tens: String,
    ordinals: String,
    ones: String,
    unsaid: String,
}

#[derive(Debug, Deserialize)]
struct Days {
    today: String,
    tomorrow: String,
    yesterday: String,
}

#[derive(Debug, Deserialize)]
struct Shifts {
    before: String,
    within: String,
    after: String,
    anchored_before: String,
    anchored_within: String,
    anchored_after: String,
}

/// Words and phrases that name no day.
#[derive(Debug, Deserialize)]
struct Vagues {
    past: String,
    present: String,
    future: String,
    unsaid: String,
}

impl Vagues {
    fn add(&self, lexicon: &mut Lexicon) {
        for (list, direction) in [
            (&self.past, Direction::Past),
            (&self.present, Direction::Present),
            (&self.future, Direction::Future),
            (&self.unsaid, Direction::Unsaid),
        ] {
            for phrase in split(list) {
                match phrase.split(' ').map(str::to_owned).collect::<Vec<_>>() {
                    one if one.len() == 1 => lexicon.entry(phrase).vague = Some(direction),
                    several => lexicon.vague_phrases.push((several, direction)),
                }
            }
        }
        lexicon.vague_phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
}

#[derive(Debug, Deserialize)]
struct Words {
    articles: String,
    the: String,
    finals: String,
    stretches: String,
    of: String,
    and: String,
    from: String,
    between: String,
    to: String,
    ago: String,
    earlier: String,
    later: String,
    than: String,
    day_before: String,
    day_after: String,
    on: String,
    at: String,
    parts: String,
    ends: String,
    whole: String,
    daytimes: String,
    halves: String,
    zones: String,
    possessive: String,
    year_leads: String,
    sure_year_leads: String,
    year_determiners: String,
    fiscal: String,
    people: String,
    r#in: String,
    r#for: String,
    hence: String,
    now: String,
    each: String,
    week_starts: String,
    weekend_leads: String,
}

#[derive(Debug, Deserialize)]
struct Tenses {
    future: String,
    expecting: String,
    done: String,
    starting: String,
    perfect: String,
    going: String,
    be: String,
}

impl Raw {
    fn build(self) -> Lexicon {
        let mut lexicon = Lexicon { words: HashMap::new(), vague_phrases: Vec::new(), orders: self.order };
        self.vague.add(&mut lexicon);
        self.add_calendar(&mut lexicon);
        self.numbers.add(&mut lexicon);
        self.add_shifts(&mut lexicon);
        for (words, role) in self.roles() {
            lexicon.add_role(words, role);
        }
        lexicon
    }

    fn add_calendar(&self, lexicon: &mut Lexicon) {
        for (words, month) in self.months.iter().zip(1..) {
            lexicon.add(words, |word| word.month = Some(month));
        }
        for (words, day) in self.weekdays.iter().zip(1..) {
            lexicon.add(words, |word| word.weekday = Weekday::from_monday_one_offset(day).ok());
        }
        for (words, season) in self.seasons.iter().zip(1..) {
            lexicon.add(words, |word| word.season = Some(season));
        }
        for (words, quarter) in self.quarter_codes.iter().zip(1..) {
            lexicon.add(words, |word| word.code = Some(Field::Quarter(quarter)));
        }
        for (words, half) in self.half_codes.iter().zip(1..) {
            lexicon.add(words, |word| word.code = Some(Field::Half(half)));
        }
        for unit in Unit::ALL {
            if let Some(words) = self.units.get(&unit) {
                lexicon.add(words, |word| word.unit = Some(unit));
            }
        }
    }

    fn add_shifts(&self, lexicon: &mut Lexicon) {
        for (words, by) in [(&self.days.yesterday, -1), (&self.days.today, 0), (&self.days.tomorrow, 1)] {
            lexicon.add(words, |word| word.day = Some(by));
        }
        let shifts = &self.shifts;
        for (words, by) in [(&shifts.before, -1), (&shifts.within, 0), (&shifts.after, 1)] {
            lexicon.add(words, |word| word.shift = Some(by));
        }
        let anchored =
            [(&shifts.anchored_before, -1), (&shifts.anchored_within, 0), (&shifts.anchored_after, 1)];
        for (words, by) in anchored {
            lexicon.add(words, |word| word.anchored = Some(by));
        }
    }

    fn roles(&self) -> Vec<(&str, Role)> {
        let (words, tense) = (&self.words, &self.tense);
        vec![
            (&self.wordlike, Role::Wordlike),
            (&self.short_weekdays, Role::ShortWeekday),
            (&self.plural_weekdays, Role::PluralWeekday),
            (&self.month_leads, Role::MonthLead),
            (&words.articles, Role::Article),
            (&words.the, Role::The),
            (&words.finals, Role::Final),
            (&words.stretches, Role::Stretch),
            (&words.of, Role::Of),
            (&words.and, Role::And),
            (&words.from, Role::From),
            (&words.between, Role::Between),
            (&words.to, Role::To),
            (&words.ago, Role::Ago),
            (&words.earlier, Role::Earlier),
            (&words.later, Role::Later),
            (&words.than, Role::Than),
            (&words.day_before, Role::DayBefore),
            (&words.day_after, Role::DayAfter),
            (&words.on, Role::On),
            (&words.at, Role::At),
            (&words.parts, Role::Part),
            (&words.ends, Role::End),
            (&words.whole, Role::Whole),
            (&words.daytimes, Role::Daytime),
            (&words.halves, Role::Half),
            (&words.zones, Role::Zone),
            (&words.possessive, Role::Possessive),
            (&words.year_leads, Role::YearLead),
            (&words.sure_year_leads, Role::SureYearLead),
            (&words.year_determiners, Role::YearDeterminer),
            (&words.fiscal, Role::Fiscal),
            (&words.people, Role::People),
            (&words.r#in, Role::In),
            (&words.r#for, Role::For),
            (&words.hence, Role::Hence),
            (&words.now, Role::Now),
            (&words.each, Role::Each),
            (&words.week_starts, Role::WeekStart),
            (&words.weekend_leads, Role::WeekendLead),
            (&self.numbers.unsaid, Role::UnsaidNumber),
            (&self.numbers.ones, Role::One),
            (&tense.future, Role::Future),
            (&tense.expecting, Role::Expecting),
            (&tense.done, Role::Done),
            (&tense.starting, Role::Starting),
            (&tense.perfect, Role::Perfect),
            (&tense.going, Role::Going),
            (&tense.be, Role::Be),
        ]
    }
}

impl Numbers {
    fn add(&self, lexicon: &mut Lexicon) {
        for (word, n) in split(&self.tens).zip(1..) {
            lexicon.entry(word).cardinal = Some(n * 10);
        }
        for (word, n) in split(&self.cardinals).zip(1..) {
            lexicon.entry(word).cardinal = Some(n);
        }
        for (word, n) in split(&self.ordinals).zip(1..) {
            lexicon.entry(word).ordinal = Some(n);
        }
    }
}
