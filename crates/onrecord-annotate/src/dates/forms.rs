//! Expressions of time in languages read by the forms of listed words; what they mean, `resolve` works out.

use std::collections::HashMap;

use jiff::civil::Weekday;
use onrecord_model::{Annotations, Article, DateReference};
use serde::Deserialize;

use super::{
    lexicon::Orders,
    meaning::{Direction, Field, Found, Meaning, Numeric, Origin, Unit, Year},
    resolve::{Place, Resolver},
    tense::Tense,
};
use crate::{
    Annotator,
    forms::words::{Phrases, Words},
    lang::{self, FormFiles, List, Packs, split},
};

/// Finds expressions of time by the forms of listed words.
pub(crate) struct FormDates;

impl Annotator for FormDates {
    fn name(&self) -> &'static str {
        "dates"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let lexicon = LEXICON.of(article);
        let words = Words::read(article, &out.sentences);
        let scan = Scan { words: &words, lexicon };
        let found = scan.run();
        let mut resolver = Resolver {
            reference: article.reference_day(),
            orders: lexicon.orders,
            order: super::order_of(&found),
            anchor: None,
        };
        let reference = |found: &Found| {
            let span = words.span(found.from, found.to);
            let sentence = out.sentences.partition_point(|sentence| sentence.start() <= span.start());
            let tense = || scan.tense(found.from, found.to);
            let (value, because) = resolver.resolve(&found.meaning, &Place { sentence, tense: &tense });
            DateReference { span, value, because }
        };
        out.dates = found.iter().map(reference).collect();
    }
}

/// The data of every language.
static LEXICON: Packs<Lexicon> = Packs::new(|| lang::read_forms(Lexicon::read));

/// How far a verb is looked for, in tokens.
const REACH: usize = 12;

/// What one form can say.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    month: Option<i8>,
    weekday: Option<Weekday>,
    season: Option<u8>,
    unit: Option<Unit>,
    cardinal: Option<i32>,
    ordinal: Option<i32>,
    /// "last" is -1, from the day of writing.
    shift: Option<i32>,
    /// "the last two weeks" is -1, "the coming" 1.
    stretch: Option<i32>,
    day: Option<i32>,
}

#[derive(Debug, Default)]
struct Forms(HashMap<String, Form>);

impl Forms {
    fn add(&mut self, forms: &str, set: impl Fn(&mut Form)) {
        let words = split(forms).flat_map(|form| form.split(' '));
        words.for_each(|word| set(self.0.entry(word.to_owned()).or_default()));
    }
}

#[derive(Debug)]
struct Lexicon {
    forms: Forms,
    vague: Phrases<()>,
    orders: Orders,
    lists: Lists,
    past_endings: Vec<String>,
    roman: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Lists {
    ago: List,
    in_future: List,
    from: List,
    to: List,
    leads: List,
    parts: List,
    year: List,
    decades: List,
    future: List,
    /// No single stretch is meant where no number follows.
    plural_stretches: List,
    vague: String,
    past_endings: String,
}

#[derive(Debug, Deserialize)]
struct Shifts {
    before: String,
    within: String,
    after: String,
    twice_before: String,
    past_stretch: String,
    coming_stretch: String,
}

#[derive(Debug, Deserialize)]
struct Numbers {
    cardinals: String,
    ordinals: String,
    tens: String,
    roman: String,
}

#[derive(Debug, Deserialize)]
struct File {
    months: Vec<String>,
    weekdays: Vec<String>,
    seasons: Vec<String>,
    days: HashMap<String, i32>,
    units: HashMap<Unit, String>,
    shifts: Shifts,
    words: Lists,
    numbers: Numbers,
    order: Orders,
}

impl Lexicon {
    fn read(files: &FormFiles) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(files.dates)?;
        let mut forms = Forms::default();
        file.months.iter().zip(1..).for_each(|(words, n)| forms.add(words, |form| form.month = Some(n)));
        for (words, n) in file.weekdays.iter().zip(1..) {
            forms.add(words, |form| form.weekday = Weekday::from_monday_one_offset(n).ok());
        }
        file.seasons.iter().zip(1..).for_each(|(words, n)| forms.add(words, |form| form.season = Some(n)));
        file.days.iter().for_each(|(word, by)| forms.add(word, |form| form.day = Some(*by)));
        for unit in Unit::ALL {
            forms.add(file.units.get(&unit).map_or("", String::as_str), |form| form.unit = Some(unit));
        }
        file.shifts.add(&mut forms);
        file.numbers.add(&mut forms);
        Ok(Self {
            forms,
            vague: Phrases::of(&file.words.vague, ()),
            orders: file.order,
            past_endings: split(&file.words.past_endings).map(str::to_owned).collect(),
            roman: split(&file.numbers.roman).map(str::to_owned).collect(),
            lists: file.words,
        })
    }
}

impl Shifts {
    fn add(&self, forms: &mut Forms) {
        for (words, by) in [(&self.before, -1), (&self.within, 0), (&self.after, 1), (&self.twice_before, -2)]
        {
            forms.add(words, |form| form.shift = Some(by));
        }
        for (words, by) in [(&self.past_stretch, -1), (&self.coming_stretch, 1)] {
            forms.add(words, |form| form.stretch = Some(by));
        }
    }
}

impl Numbers {
    /// Lists in order from one, forms of one number parted by spaces; "tens" from twenty.
    fn add(&self, forms: &mut Forms) {
        let entries =
            |list: &str| list.split([',', '\n']).map(str::trim).map(str::to_owned).collect::<Vec<_>>();
        let counted =
            |list: &str| entries(list.trim()).into_iter().filter(|entry| !entry.is_empty()).zip(1..);
        counted(&self.cardinals).for_each(|(words, n)| forms.add(&words, |form| form.cardinal = Some(n)));
        counted(&self.ordinals).for_each(|(words, n)| {
            // The list goes from first to twentieth, and then to thirtieth.
            let n = if n > 20 { 30 } else { n };
            forms.add(&words, |form| form.ordinal = Some(n));
        });
        for (words, tens) in split(&self.tens).zip(2..) {
            forms.add(words, |form| form.cardinal = Some(tens * 10));
        }
    }
}

struct Scan<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
}

/// One past the end of what was read, and its meaning.
type Read = Option<(usize, Meaning)>;

impl Scan<'_> {
    fn run(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut i = 0;
        while i < self.words.len() {
            match self.at(i) {
                Some((to, meaning)) => {
                    let from = self.with_part(i);
                    found.push(Found { from, to, meaning });
                    i = to.max(i + 1);
                }
                None => i += 1,
            }
        }
        found
    }

    fn at(&self, i: usize) -> Read {
        // "в прошлом" is vague, and "в прошлом месяце" is not.
        let vague = || self.lexicon.vague.at(self.words, i).filter(|(to, ())| self.exact(to - 1).is_none());
        self.exact(i).or_else(|| vague().map(|(to, ())| (to, Meaning::Vague(Direction::Unsaid))))
    }

    fn exact(&self, i: usize) -> Read {
        self.range(i)
            .or_else(|| self.numeric(i))
            .or_else(|| self.weekday_and_day(i))
            .or_else(|| self.day(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.years(i))
            .or_else(|| self.month(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.season(i))
            .or_else(|| self.stretch(i))
            .or_else(|| self.shifted(i))
            .or_else(|| self.ago(i))
            .or_else(|| self.near_day(i))
    }

    /// "в начале мая": the part belongs to the expression.
    fn with_part(&self, i: usize) -> usize {
        if i > 0 && self.lexicon.lists.parts.has(self.words.low(i - 1)) { i - 1 } else { i }
    }

    fn form(&self, i: usize) -> Form {
        self.lexicon.forms.0.get(self.words.low(i).trim_end_matches('.')).copied().unwrap_or_default()
    }

    /// What a word says that is printed small: names of months and days are.
    fn small(&self, i: usize) -> Form {
        if self.words.is_capital(i) && !self.words.opens_sentence(i) { Form::default() } else { self.form(i) }
    }

    fn leads(&self, i: usize) -> bool {
        i > 0 && self.lexicon.lists.leads.has(self.words.low(i - 1))
    }

    fn digits(&self, i: usize) -> Option<i32> {
        let raw = self.words.raw(i);
        let plain = self.words.is_number(i) && raw.len() <= 4 && raw.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| raw.parse().ok()).flatten()
    }

    /// "3", "третьего", "двадцать третьего": one past it, and the day.
    fn day_number(&self, i: usize) -> Option<(usize, i8)> {
        let (to, n) = match (self.digits(i), self.form(i)) {
            (Some(n), _) => (i + 1, n),
            (None, Form { ordinal: Some(n), .. }) => (i + 1, n),
            (None, Form { cardinal: Some(tens), .. }) if tens >= 20 => {
                (i + 2, tens + self.form(i + 1).ordinal.filter(|n| *n < 10)?)
            }
            _ => return None,
        };
        i8::try_from(n).ok().filter(|n| (1..=31).contains(n)).map(|n| (to, n))
    }

    /// "3 мая [2024 года]"
    fn day(&self, i: usize) -> Read {
        let (to, day) = self.day_number(i)?;
        let month = self.small(to).month?;
        let (end, year) = self.year_behind(to + 1);
        Some((end, Meaning::Calendar(year, Field::Day(month, day))))
    }

    /// "во вторник, 3 мая": the number is the day's name.
    fn weekday_and_day(&self, i: usize) -> Read {
        self.small(i).weekday?;
        let next = i + 1 + usize::from(self.words.is_mark(i + 1, &[","]));
        self.day(next)
    }

    /// A year behind a day, month or quarter: one past it.
    fn year_behind(&self, i: usize) -> (usize, Year) {
        let year = self
            .digits(i)
            .filter(|year| (1000..2200).contains(year))
            .and_then(|year| i16::try_from(year).ok());
        if let Some(year) = year {
            return (i + 1 + usize::from(self.is_year_word(i + 1)), Year::Is(year));
        }
        match (self.form(i).shift, self.form(i + 1).unit) {
            (Some(by), Some(Unit::Year)) => (i + 2, Year::Shift(by)),
            _ => (i, Year::Unsaid),
        }
    }

    fn is_year_word(&self, i: usize) -> bool {
        self.lexicon.lists.year.has(self.words.low(i).trim_end_matches('.'))
    }

    /// "3-5 мая", "с 3 по 5 мая", "с 3 мая по 5 июня", "2020-2024 годы"
    fn range(&self, i: usize) -> Read {
        let led = self.lexicon.lists.from.has(self.words.low(i));
        let start = i + usize::from(led);
        let joins = |at: usize| {
            if led { self.lexicon.lists.to.has(self.words.low(at)) } else { self.words.is_dash(at) }
        };
        if let Some((to, first)) =
            self.day(start).or_else(|| self.month_led(start)).filter(|(to, _)| joins(*to))
        {
            let (end, last) = self.day(to + 1).or_else(|| self.month_led(to + 1))?;
            return Some((end, Meaning::Range(Box::new(with_year_of(first, &last)), Box::new(last))));
        }
        if let (Some(a), true, Some(b)) = (self.digits(start), joins(start + 1), self.digits(start + 2)) {
            let is_year = |n: i32| (1000..2200).contains(&n);
            if is_year(a) && is_year(b) && a < b && self.is_year_word(start + 3) {
                let whole = |n: i32| {
                    i16::try_from(n).ok().map(|n| Box::new(Meaning::Calendar(Year::Is(n), Field::Whole)))
                };
                return Some((start + 4, Meaning::Range(whole(a)?, whole(b)?)));
            }
        }
        let (to, first) = self.day_number(start).filter(|(to, _)| joins(*to))?;
        let (end, last) = self.day(to + 1)?;
        let Meaning::Calendar(year, Field::Day(month, day)) = last else { return None };
        (first < day).then(|| {
            let first = Meaning::Calendar(year, Field::Day(month, first));
            (end, Meaning::Range(Box::new(first), Box::new(last)))
        })
    }

    fn month_led(&self, i: usize) -> Read {
        let month = self.small(i).month?;
        let (end, year) = self.year_behind(i + 1);
        Some((end, Meaning::Calendar(year, Field::Month(month))))
    }

    /// "03.05.2024"
    fn numeric(&self, i: usize) -> Read {
        let raw = self.words.raw(i);
        let parts: Vec<&str> = raw.split('.').collect();
        let [day, month, year] = parts.as_slice() else { return None };
        let plain =
            self.words.is_number(i) && day.len() <= 2 && month.len() == 2 && matches!(year.len(), 2 | 4);
        let year: i16 = year.parse().ok().filter(|_| plain)?;
        let year = if year < 100 { 2000 + year } else { year };
        let numeric =
            Numeric { first: day.parse().ok()?, second: month.parse().ok()?, year: Some(year), mark: '.' };
        Some((i + 1, Meaning::Numeric(numeric)))
    }

    /// "в третьем квартале 2024 года", "во II квартале", "в первом полугодии"
    fn quarter(&self, i: usize) -> Read {
        let roman =
            || self.lexicon.roman.iter().position(|roman| self.words.low(i) == roman).map(|at| at as i32 + 1);
        let n = self.form(i).ordinal.or_else(roman).or_else(|| self.digits(i))?;
        // "3-м квартале"
        let unit = if self.words.is_glued(i + 1) && self.words.is_dash(i + 1) { i + 3 } else { i + 1 };
        let n = u8::try_from(n).ok()?;
        let field = match self.form(unit).unit? {
            Unit::Quarter if (1..=4).contains(&n) => Field::Quarter(n),
            Unit::Half if (1..=2).contains(&n) => Field::Half(n),
            _ => return None,
        };
        let (end, year) = self.year_behind(unit + 1);
        Some((end, Meaning::Calendar(year, field)))
    }

    /// "2024 году", "1990-е годы", "XIX веке"
    fn years(&self, i: usize) -> Read {
        if let Some(century) = self.century(i) {
            return Some(century);
        }
        let year = i16::try_from(self.digits(i)?).ok().filter(|year| (1000..2200).contains(year))?;
        if self.is_year_word(i + 1) {
            return Some((i + 2, Meaning::Calendar(Year::Is(year), Field::Whole)));
        }
        let ending = self.words.is_dash(i + 1) && self.words.is_glued(i + 1) && self.words.is_glued(i + 2);
        let decade = ending && year % 10 == 0 && self.lexicon.lists.decades.has(self.words.low(i + 2));
        (decade && self.is_year_word(i + 3)).then_some((i + 4, Meaning::Decade(year)))
    }

    fn century(&self, i: usize) -> Read {
        let n = self.digits(i).or_else(|| roman_number(self.words.raw(i)))?;
        let n = i16::try_from(n).ok().filter(|n| (1..=21).contains(n))?;
        (self.form(i + 1).unit == Some(Unit::Century)).then_some((i + 2, Meaning::Century(n)))
    }

    /// "мае 2024 года", "в мае"
    fn month(&self, i: usize) -> Read {
        let month = self.small(i).month?;
        let (end, year) = self.year_behind(i + 1);
        if year == Year::Unsaid && i > 0 && self.form(i - 1).shift.is_some() {
            return Some((
                end,
                Meaning::Calendar(Year::Nearest(self.form(i - 1).shift?), Field::Month(month)),
            ));
        }
        let part = i > 0 && self.lexicon.lists.parts.has(self.words.low(i - 1));
        (year != Year::Unsaid || self.leads(i) || part)
            .then_some((end, Meaning::Calendar(year, Field::Month(month))))
    }

    /// "во вторник", "в прошлый вторник"
    fn weekday(&self, i: usize) -> Read {
        if let (Some(by), Some(day)) = (self.form(i).shift, self.small(i + 1).weekday) {
            return Some((i + 2, Meaning::Weekday { day, shift: Some(by), week: None }));
        }
        let day = self.small(i).weekday.filter(|_| self.leads(i))?;
        let week = self.form(i + 2).shift.filter(|_| self.form(i + 3).unit == Some(Unit::Week));
        let to = if week.is_some() { i + 4 } else { i + 1 };
        Some((to, Meaning::Weekday { day, shift: None, week }))
    }

    /// "летом 2023 года", "прошлой весной"
    fn season(&self, i: usize) -> Read {
        if let (Some(by), Some(season)) = (self.form(i).shift, self.small(i + 1).season) {
            return Some((i + 2, Meaning::Calendar(Year::Nearest(by), Field::Season(season))));
        }
        let season = self.small(i).season?;
        let (end, year) = self.year_behind(i + 1);
        (year != Year::Unsaid).then_some((end, Meaning::Calendar(year, Field::Season(season))))
    }

    /// "последние две недели", "ближайшие три дня"
    fn stretch(&self, i: usize) -> Read {
        let by = self.form(i).stretch?;
        let (n, unit_at) = match self.count(i + 1) {
            Some(n) => (n, i + 2),
            None => (1, i + 1),
        };
        let unit = self.form(unit_at).unit?;
        let counted =
            unit_at > i + 1 || (by < 0 && !self.lexicon.lists.plural_stretches.has(self.words.low(i)));
        let vague = || Meaning::Vague(if by < 0 { Direction::Past } else { Direction::Future });
        Some((unit_at + 1, if counted { Meaning::Span { unit, by: by * n } } else { vague() }))
    }

    /// "прошлой неделе", "этом году"
    fn shifted(&self, i: usize) -> Read {
        let by = self.form(i).shift?;
        let unit = self.form(i + 1).unit.filter(|unit| *unit > Unit::Day)?;
        Some((i + 2, Meaning::Shift { unit, by, origin: Origin::Reference }))
    }

    fn count(&self, i: usize) -> Option<i32> {
        self.digits(i).or(self.form(i).cardinal).filter(|n| (1..=1000).contains(n))
    }

    /// "два дня назад", "неделю назад", "через три дня"
    fn ago(&self, i: usize) -> Read {
        let future = self.lexicon.lists.in_future.has(self.words.low(i));
        let start = i + usize::from(future);
        let (n, unit_at) = match self.count(start) {
            Some(n) => (n, start + 1),
            None => (1, start),
        };
        let unit = self.form(unit_at).unit?;
        if future {
            return Some((unit_at + 1, Meaning::Shift { unit, by: n, origin: Origin::Reference }));
        }
        let ago = self.lexicon.lists.ago.has(self.words.low(unit_at + 1));
        ago.then_some((unit_at + 2, Meaning::Shift { unit, by: -n, origin: Origin::Reference }))
    }

    /// "вчера"
    fn near_day(&self, i: usize) -> Read {
        let by = self.form(i).day?;
        Some((i + 1, Meaning::Shift { unit: Unit::Day, by, origin: Origin::Reference }))
    }

    /// When the verb nearest to tokens `from..to` puts them.
    fn tense(&self, from: usize, to: usize) -> Tense {
        let of = |i: usize| {
            let low = self.words.low(i);
            if self.lexicon.lists.future.has(low) {
                return Some(Tense::Future);
            }
            let verb = self.words.is_word(i)
                && low.chars().count() > 4
                && self.lexicon.past_endings.iter().any(|end| low.ends_with(end.as_str()));
            verb.then_some(Tense::Past)
        };
        let stops = |i: &usize| !self.words.is_mark(*i, &[".", "!", "?", ";"]) && !self.words.is_edge(*i);
        let left =
            (from.saturating_sub(REACH)..from).rev().take_while(stops).find_map(|i| Some((from - i, of(i)?)));
        let right = (to..to + REACH).take_while(stops).find_map(|i| Some((i + 1 - to, of(i)?)));
        [left, right]
            .into_iter()
            .flatten()
            .min_by_key(|(distance, _)| *distance)
            .map_or(Tense::Unknown, |(_, tense)| tense)
    }
}

/// The first day of a range lies in the year of the last, where it has none of its own.
fn with_year_of(first: Meaning, last: &Meaning) -> Meaning {
    match (first, last) {
        (Meaning::Calendar(Year::Unsaid, field), Meaning::Calendar(year, _)) => {
            Meaning::Calendar(*year, field)
        }
        (first, _) => first,
    }
}

/// A number of the Roman letters I, V and X.
fn roman_number(raw: &str) -> Option<i32> {
    if raw.is_empty() || raw.len() > 5 || !raw.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) {
        return None;
    }
    let value = |c: char| match c {
        'X' => 10,
        'V' => 5,
        _ => 1,
    };
    let digits: Vec<i32> = raw.chars().map(value).collect();
    let signed = digits
        .iter()
        .enumerate()
        .map(|(n, digit)| if digits.get(n + 1).is_some_and(|next| next > digit) { -digit } else { *digit });
    Some(signed.sum())
}
