//! Finds asserted quantities: numbers in digits and words, with bound, magnitude, unit and what is counted.

use std::collections::{HashMap, HashSet};

use onrecord_model::{Annotations, Article, Bound, Figure, Holder, Number, Quotation, Span, Unit};
use serde::Deserialize;

use super::words::{Phrases, Words};
use crate::{
    Annotator,
    lang::{self, FormFiles, List, Packs, split},
};

/// Finds asserted quantities.
pub(super) struct Figures;

impl Annotator for Figures {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let words = Words::read(article, &out.sentences);
        let reader = Reader { words: &words, lexicon: LEXICON.of(article) };
        let is_date = |span: Span| {
            let at = out.dates.partition_point(|date| date.span.end() <= span.start());
            out.dates.get(at).is_some_and(|date| date.span.overlaps(span))
        };
        let mut i = 0;
        while i < words.len() {
            let draft = reader.draft(i).filter(|draft| !is_date(words.span(draft.at, draft.to)));
            match draft {
                Some(draft) => {
                    i = draft.to.max(i + 1);
                    out.figures.extend(reader.figure(draft, &out.quotations));
                }
                None => i += 1,
            }
        }
    }
}

/// The data of every language.
static LEXICON: Packs<Lexicon> = Packs::new(|| lang::read_forms(Lexicon::read));

#[derive(Debug)]
struct Lexicon {
    numbers: HashMap<String, i64>,
    scales: HashMap<String, i64>,
    /// Numerator and denominator.
    fractions: HashMap<String, (i64, i64)>,
    bounds: Phrases<Bounds>,
    after_at_least: Phrases<()>,
    /// Into `unit_names`.
    units: Phrases<usize>,
    unit_names: Vec<String>,
    money: HashSet<usize>,
    adjective_ends: Vec<String>,
    lists: Lists,
}

/// A bound that a phrase states.
#[derive(Debug, Clone, Copy)]
struct Bounds(Bound);

#[derive(Debug, Deserialize)]
struct Lists {
    range_open: List,
    range_joins: List,
    labels: List,
    ordinal_endings: List,
    scale_alone: List,
    never_alone: List,
    clock: List,
    age_leads: List,
    times: List,
    counted_stops: List,
    counted_adjectives_end: String,
}

#[derive(Debug, Deserialize)]
struct File {
    numbers: String,
    scales: String,
    fractions: String,
    bounds: HashMap<String, String>,
    units: HashMap<String, String>,
    words: Lists,
}

impl Lexicon {
    fn read(files: &FormFiles) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(files.figures)?;
        let list = |name: &str| file.bounds.get(name).map_or("", String::as_str);
        let mut bounds = Phrases::default();
        let named = [("about", Bound::About), ("more_than", Bound::MoreThan), ("at_least", Bound::AtLeast)];
        for (name, bound) in
            named.into_iter().chain([("less_than", Bound::LessThan), ("at_most", Bound::AtMost)])
        {
            bounds.add(list(name), Bounds(bound));
        }
        let mut lexicon = Self {
            numbers: by_form(&file.numbers)
                .filter_map(|(value, form)| Some((form, value.parse().ok()?)))
                .collect(),
            scales: by_form(&file.scales)
                .filter_map(|(value, form)| Some((form, value.parse().ok()?)))
                .collect(),
            fractions: by_form(&file.fractions)
                .filter_map(|(value, form)| Some((form, fraction(value)?)))
                .collect(),
            bounds,
            after_at_least: Phrases::of(list("after_at_least"), ()),
            units: Phrases::default(),
            unit_names: Vec::new(),
            money: HashSet::new(),
            adjective_ends: split(&file.words.counted_adjectives_end).map(str::to_owned).collect(),
            lists: file.words,
        };
        for kind in ["measures", "currencies"] {
            lexicon.add_units(file.units.get(kind).map_or("", String::as_str), kind == "currencies");
        }
        Ok(lexicon)
    }

    fn add_units(&mut self, lines: &str, is_money: bool) {
        for (name, form) in by_form(lines) {
            let at = self.unit_names.iter().position(|known| known == name).unwrap_or(self.unit_names.len());
            if at == self.unit_names.len() {
                self.unit_names.push(name.to_owned());
            }
            if is_money {
                self.money.insert(at);
            }
            self.units.add(&form.replace('_', " "), at);
        }
    }
}

/// "value: form form" a line.
fn by_form(lines: &str) -> impl Iterator<Item = (&str, String)> {
    let pairs = lines.lines().filter_map(|line| line.split_once(": "));
    pairs.flat_map(|(value, forms)| forms.split_whitespace().map(move |form| (value, form.to_owned())))
}

fn fraction(value: &str) -> Option<(i64, i64)> {
    let (numerator, denominator) = value.split_once('/')?;
    Some((numerator.parse().ok()?, denominator.parse().ok()?))
}

/// A number: tokens up to `to`.
#[derive(Debug, Clone, Copy)]
struct Numeral {
    to: usize,
    value: Number,
    scaled: bool,
    in_words: bool,
    /// One past the unit that is glued to the digits.
    unit: Option<usize>,
}

/// A figure being read.
#[derive(Debug, Clone)]
struct Draft {
    from: usize,
    /// Where its number starts.
    at: usize,
    to: usize,
    value: Number,
    value_to: Option<Number>,
    bound: Bound,
    unit: Option<usize>,
    scaled: bool,
    in_words: bool,
}

/// Number words of one number.
const MOST_WORDS: usize = 12;
/// Adjectives before the noun that is counted.
const MOST_ADJECTIVES: usize = 3;

struct Reader<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    fn draft(&self, i: usize) -> Option<Draft> {
        let sign = self.lexicon.units.at(self.words, i).filter(|(to, unit)| {
            *to == i + 1
                && self.lexicon.money.contains(unit)
                && !self.words.is_word(i)
                && self.words.is_number(i + 1)
        });
        let at = i + usize::from(sign.is_some());
        let first = self.numeral(at)?;
        if self.is_no_quantity(at, &first) {
            return None;
        }
        let mut draft = Draft {
            from: i,
            at,
            to: first.to,
            value: first.value,
            value_to: None,
            bound: Bound::Exactly,
            unit: first.unit.or(sign.map(|(_, unit)| unit)),
            scaled: first.scaled,
            in_words: first.in_words,
        };
        self.range(&mut draft);
        if let Some((to, unit)) = self.lexicon.units.at(self.words, draft.to).filter(|_| draft.unit.is_none())
        {
            (draft.to, draft.unit) = (to, Some(unit));
        }
        self.bound(&mut draft);
        Some(draft)
    }

    /// Labels, ordinals, clock times, ages, list numbers.
    fn is_no_quantity(&self, at: usize, numeral: &Numeral) -> bool {
        let lists = &self.lexicon.lists;
        let before = self.words.low_before(at, 1);
        let glued_word = self.words.is_dash(numeral.to)
            && self.words.is_glued(numeral.to)
            && self.words.is_glued(numeral.to + 1);
        let ordinal = glued_word && lists.ordinal_endings.has(self.words.low(numeral.to + 1));
        let opens_line = at == 0 || self.words.is_edge(at - 1);
        let listed = opens_line && self.words.is_mark(at + 1, &[".", ")"]);
        let clock = lists.clock.has(self.words.low(numeral.to));
        let part_of_code =
            at > 0 && self.words.is_glued(at) && self.words.is_mark(at - 1, &["-", "/", ".", "+", "#"]);
        lists.labels.has(before)
            || lists.age_leads.has(before)
            || lists.times.has(self.words.low(numeral.to))
            || ordinal
            || listed
            || clock
            || (part_of_code && !numeral.in_words && !self.words.is_number(at.saturating_sub(2)))
    }

    /// The number that starts at token `i`, magnitude included.
    fn numeral(&self, i: usize) -> Option<Numeral> {
        if self.words.is_number(i) { self.in_digits(i) } else { self.in_words(i) }
    }

    fn in_digits(&self, i: usize) -> Option<Numeral> {
        let (digits, letters) = split_letters(self.words.raw(i));
        let unit = if letters.is_empty() { None } else { Some(self.unit_of(letters)?) };
        let mut text = digits.to_owned();
        let mut to = i + 1;
        while unit.is_none() && self.goes_on(to, &text) {
            text.push_str(self.words.raw(to));
            to += 1;
        }
        let mut numeral = Numeral { to, value: decimal(&text)?, scaled: false, in_words: false, unit };
        self.scale(&mut numeral)?;
        Some(numeral)
    }

    fn unit_of(&self, letters: &str) -> Option<usize> {
        let low = super::words::low(letters);
        let names = &self.lexicon.unit_names;
        (0..names.len()).find(|at| self.lexicon.units.holds(&low, *at))
    }

    /// Whether token `i` is the next three digits of "1 200 000".
    fn goes_on(&self, i: usize, text: &str) -> bool {
        let raw = self.words.raw(i);
        let gap = i > 0
            && self.words.tokens.get(i).is_some_and(|token| {
                let between = &self.words.text[self.words.tokens[i - 1].span.end()..token.span.start()];
                between.chars().count() == 1
            });
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let (digits, rest) = raw.split_once(',').unwrap_or((raw, "0"));
        let group = digits.len() == 3 && plain(digits) && plain(rest);
        gap && self.words.is_number(i) && group && plain(text) && !text.starts_with('0') && text.len() != 4
    }

    /// Applies "тыс.", "млн" behind the number, and adds "1 млн 200 тыс."
    fn scale(&self, numeral: &mut Numeral) -> Option<()> {
        let Some(scale) = self.lexicon.scales.get(self.words.low(numeral.to)) else { return Some(()) };
        numeral.value = numeral.value.scaled(i128::from(*scale), 1)?;
        numeral.to += 1;
        numeral.scaled = true;
        let rest = self
            .numeral_part(numeral.to)
            .filter(|(to, _)| self.lexicon.scales.get(self.words.low(*to)).is_some_and(|next| next < scale));
        if let Some((to, value)) = rest {
            let next = self.lexicon.scales.get(self.words.low(to))?;
            numeral.value = numeral.value.plus(value.scaled(i128::from(*next), 1)?)?;
            numeral.to = to + 1;
        }
        Some(())
    }

    fn numeral_part(&self, i: usize) -> Option<(usize, Number)> {
        let (digits, letters) = split_letters(self.words.raw(i));
        (self.words.is_number(i) && letters.is_empty()).then(|| Some((i + 1, decimal(digits)?)))?
    }

    /// "двести пятьдесят тысяч", "полтора миллиона", "тысяча"
    fn in_words(&self, i: usize) -> Option<Numeral> {
        let low = self.words.low(i);
        if let Some((numerator, denominator)) = self.lexicon.fractions.get(low) {
            let value = Number::whole(*numerator).scaled(1, i128::from(*denominator))?;
            let mut numeral = Numeral { to: i + 1, value, scaled: false, in_words: true, unit: None };
            self.scale(&mut numeral)?;
            return Some(numeral);
        }
        let (mut total, mut group, mut least, mut at) = (0_i64, 0_i64, i64::MAX, i);
        let mut last_scale = i64::MAX;
        while at < i + MOST_WORDS {
            if let Some(value) =
                self.lexicon.numbers.get(self.words.low(at)).filter(|value| fits_behind(**value, least))
            {
                group += value;
                least = *value;
            } else if let Some(scale) =
                self.lexicon.scales.get(self.words.low(at)).filter(|scale| **scale < last_scale)
            {
                if group == 0 && !(at == i && self.stands_alone(i)) {
                    break;
                }
                total += group.max(1) * scale;
                (group, least, last_scale) = (0, i64::MAX, *scale);
            } else {
                break;
            }
            at += 1;
        }
        (at > i).then(|| Numeral {
            to: at,
            value: Number::whole(total + group),
            scaled: total > 0,
            in_words: true,
            unit: None,
        })
    }

    /// "тысяча человек", "более тысячи человек"; but not "тысячи людей".
    fn stands_alone(&self, i: usize) -> bool {
        self.lexicon.lists.scale_alone.has(self.words.low(i))
            || self.lexicon.bounds.before(self.words, i).is_some()
    }

    /// "5–10 тыс.", "от 5 до 10 тыс."
    fn range(&self, draft: &mut Draft) {
        let led = draft.from > 0 && self.lexicon.lists.range_open.has(self.words.low(draft.from - 1));
        let joins = if led {
            self.lexicon.lists.range_joins.has(self.words.low(draft.to))
        } else {
            self.words.is_dash(draft.to)
        };
        let Some(next) = self.numeral(draft.to + 1).filter(|_| joins) else { return };
        let mut first = draft.value;
        if next.scaled && !draft.scaled {
            let scale = self.lexicon.scales.get(self.words.low(next.to - 1)).copied().unwrap_or(1);
            let Some(scaled) = first.scaled(i128::from(scale), 1) else { return };
            first = scaled;
        }
        if first >= next.value {
            return;
        }
        draft.value = first;
        draft.value_to = Some(next.value);
        draft.bound = Bound::Range;
        draft.to = next.to;
        draft.scaled |= next.scaled;
        draft.unit = draft.unit.or(next.unit);
        draft.from -= usize::from(led);
    }

    fn bound(&self, draft: &mut Draft) {
        if draft.value_to.is_some() {
            return;
        }
        if let Some((from, Bounds(bound))) = self.lexicon.bounds.before(self.words, draft.from) {
            (draft.from, draft.bound) = (from, bound);
        } else if let Some((to, ())) = self.lexicon.after_at_least.at(self.words, draft.to) {
            (draft.to, draft.bound) = (to, Bound::AtLeast);
        }
    }

    fn figure(&self, draft: Draft, quotations: &[Quotation]) -> Option<Figure> {
        let is_money = draft.unit.is_some_and(|unit| self.lexicon.money.contains(&unit));
        let counted = if is_money { None } else { self.counted(draft.to) };
        let alone = draft.unit.is_none() && counted.is_none() && !draft.scaled;
        let vague = draft.in_words
            && draft.unit.is_none()
            && self.lexicon.lists.never_alone.has(self.words.low(draft.at))
            && draft.to == draft.at + 1;
        if alone || vague {
            return None;
        }
        let span = self.words.span_in_sentence(draft.from, draft.to);
        Some(Figure {
            span,
            value: draft.value,
            value_to: draft.value_to,
            bound: draft.bound,
            unit: draft.unit.map(|unit| Unit::new(self.lexicon.unit_names[unit].clone())),
            counted,
            holder: holder(span, quotations),
        })
    }

    /// Adjectives and the noun behind a number.
    fn counted(&self, i: usize) -> Option<Span> {
        let is_noun = |at: usize| {
            let low = self.words.low(at);
            self.words.is_word(at)
                && !self.words.is_capital(at)
                && low.chars().count() > 2
                && !self.lexicon.lists.counted_stops.has(low)
        };
        let is_adjective = |at: usize| {
            self.lexicon.adjective_ends.iter().any(|end| self.words.low(at).ends_with(end.as_str()))
        };
        let noun = (i..=i + MOST_ADJECTIVES)
            .take_while(|&at| is_noun(at))
            .find(|&at| !is_adjective(at) || !is_noun(at + 1))?;
        Some(self.words.span(i, noun + 1))
    }
}

/// Whether a number word goes on with "двести" after "пять": each is of a lower order than the one before.
fn fits_behind(value: i64, least: i64) -> bool {
    let order = |n: i64| match n {
        100.. => 100,
        20.. => 10,
        _ => 1,
    };
    least == i64::MAX || (order(value) < order(least) && value > 0)
}

/// "3км": digits and the letters glued to them.
fn split_letters(raw: &str) -> (&str, &str) {
    let at = raw.find(char::is_alphabetic).unwrap_or(raw.len());
    raw.split_at(at)
}

/// "12,5", "12.5", "1.200.000"; "10,000" can be two numbers and is none.
fn decimal(text: &str) -> Option<Number> {
    if text.is_empty()
        || text.len() > LONGEST_NUMBER
        || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    {
        return None;
    }
    let parts: Vec<&str> = text.split(['.', ',']).collect();
    match parts.as_slice() {
        [whole] => whole.parse().ok().map(Number::whole),
        [whole, part] if part.len() != 3 || whole.starts_with('0') => {
            let denominator = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
            let numerator: i64 = format!("{whole}{part}").parse().ok()?;
            Number::whole(numerator).scaled(1, denominator)
        }
        [first, groups @ ..]
            if groups.len() > 1 && first.len() <= 3 && groups.iter().all(|group| group.len() == 3) =>
        {
            parts.concat().parse().ok().map(Number::whole)
        }
        _ => None,
    }
}

/// Digits of a number.
const LONGEST_NUMBER: usize = 18;

/// The innermost quotation whose content holds the figure, or else the outlet.
fn holder(figure: Span, quotations: &[Quotation]) -> Holder {
    let holds = |quotation: &Quotation| {
        let parts = quotation
            .content
            .iter()
            .filter(|span| span.start() <= figure.start() && figure.end() <= span.end());
        parts.map(|span| span.len()).min()
    };
    let start = quotations
        .partition_point(|quotation| quotation.content.iter().all(|span| span.end() < figure.start()));
    let near = quotations.iter().enumerate().skip(start.saturating_sub(MOST_NEAR)).take(2 * MOST_NEAR);
    let holding = near.filter_map(|(n, quotation)| Some((holds(quotation)?, n)));
    holding.min().map_or(Holder::Outlet, |(_, n)| Holder::Quotation(n as u32))
}

/// Quotations looked at for the holder of one figure.
const MOST_NEAR: usize = 32;
