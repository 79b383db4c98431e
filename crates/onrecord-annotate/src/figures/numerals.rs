//! Reads numbers: digits with separators, number words, fractions, and what multiplies them.

use std::collections::HashSet;

use onrecord_model::Number;

use super::{
    lexicon::Lexicon,
    money::Money,
    words::{Kind, Words},
};

/// Words in one number; more is no number that people write.
const LONGEST: usize = 24;
/// "thousand million": factors in a row.
const MOST_FACTORS: usize = 3;

/// A number in the text: pieces `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: Number,
    pub(super) shape: Shape,
    /// What it was multiplied by: 1 for "100", 1,000,000 for "1.5 million".
    pub(super) factor: i64,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits without separators: "2014", "12"
    Plain,
    /// Digits with separators or a fraction: "16,000", "1.5"
    Grouped,
    /// Words: "twelve"
    Words,
    /// A part of a whole: "a third", "one in three"; the value is in percent.
    Share,
    /// "half an hour"
    Half,
    /// "a couple of"
    Pair,
}

/// How the digits of an article are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    /// The article writes "4,5" and "16.000".
    pub(super) comma_is_decimal: bool,
}

/// Reads the numbers of one article.
pub(super) struct Reader<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) digits: Digits,
    pub(super) money: &'a Money,
    /// Digits that the article uses as names.
    pub(super) names: &'a HashSet<String>,
}

impl Reader<'_> {
    /// The number that starts at piece `i`.
    pub(super) fn numeral(&self, i: usize) -> Option<Numeral> {
        let read = match self.words.kind(i) {
            Kind::Digits => self.digits(i),
            Kind::Word => self.half(i).or_else(|| self.share(i)).or_else(|| self.worded(i)),
            _ => None,
        }?;
        let scaled = self.scaled(read)?;
        Some(self.ratio(scaled).unwrap_or(scaled))
    }

    fn scale(&self, i: usize) -> Option<i64> {
        self.lexicon.scales.get(self.words.low(i)).copied()
    }

    fn is_hyphen(&self, i: usize) -> bool {
        matches!(self.words.low(i), "-" | "‑") && self.words.glued(i) && self.words.glued(i + 1)
    }

    /// Digits, groups set apart by spaces, and a fraction behind.
    fn digits(&self, i: usize) -> Option<Numeral> {
        let mut printed = self.words.word(i).to_owned();
        let mut to = i + 1;
        while to < i + 6 && self.is_group(i, to) {
            printed.push_str(self.words.word(to));
            to += 1;
        }
        let whole = read_digits(&printed, self.digits)?;
        let grouped = to > i + 1 || !printed.bytes().all(|b| b.is_ascii_digit());
        let shape = if grouped { Shape::Grouped } else { Shape::Plain };
        let plain = Numeral { from: i, to, value: whole, shape, factor: 1 };
        Some(self.fraction(plain).unwrap_or(plain))
    }

    /// Whether piece `to` is three more digits of the number that starts at `i`.
    fn is_group(&self, i: usize, to: usize) -> bool {
        let (first, next) = (self.words.word(i), self.words.word(to));
        let plain = |word: &str, longest: usize| {
            !word.is_empty() && word.len() <= longest && word.bytes().all(|b| b.is_ascii_digit())
        };
        if self.words.kind(to) != Kind::Digits || !plain(first, 3) || first.starts_with('0') {
            return false;
        }
        let gap = self.words.gap(to);
        let thin = |c: char| matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\u{2008}');
        let set_apart = gap == " " || (gap.chars().count() == 1 && gap.chars().all(thin));
        let digits = next.split([',', '.']).next().unwrap_or_default();
        set_apart
            && digits.len() == 3
            && plain(digits, 3)
            && self.words.kind(i.wrapping_sub(1)) != Kind::Digits
    }

    /// "1/2", "2 1/2"
    fn fraction(&self, whole: Numeral) -> Option<Numeral> {
        let at = |top: usize| {
            let (over, under) = (self.words.low(top), self.words.low(top + 2));
            let slash = matches!(self.words.low(top + 1), "/" | "⁄");
            if !slash || !self.words.glued(top + 1) || !self.words.glued(top + 2) {
                return None;
            }
            let (over, under): (i64, i64) = (over.parse().ok()?, under.parse().ok()?);
            let usual = matches!(under, 2 | 3 | 4 | 5 | 8 | 10 | 16) && over > 0 && over < under;
            let more = matches!(self.words.low(top + 3), "/" | "-") && self.words.glued(top + 3);
            (usual && !more).then(|| Number::whole(over).scaled(1, i128::from(under))).flatten()
        };
        if let Some(value) = at(whole.from) {
            return Some(Numeral { to: whole.from + 3, value, shape: Shape::Grouped, ..whole });
        }
        let part = at(whole.to)?;
        Some(Numeral { to: whole.to + 3, value: whole.value.plus(part)?, shape: Shape::Grouped, ..whole })
    }

    /// "twelve", "three hundred and twenty", "a hundred", "a couple of"
    fn worded(&self, i: usize) -> Option<Numeral> {
        let low = self.words.low(i);
        let after = if self.lexicon.articles.contains(low) { i + 1 } else { i };
        if self.words.low(after) == self.lexicon.pair && self.words.low(after + 1) == self.lexicon.of {
            let value = Number::whole(2);
            return Some(Numeral { from: i, to: after + 2, value, shape: Shape::Pair, factor: 1 });
        }
        if after > i {
            if self.scale(after)? == 100 {
                return Some(self.a_hundred(i, after + 1));
            }
            return Some(Numeral {
                from: i,
                to: after,
                value: Number::whole(1),
                shape: Shape::Words,
                factor: 1,
            });
        }
        let (to, value) = self.cardinal(i)?;
        Some(Numeral { from: i, to, value: Number::whole(value), shape: Shape::Words, factor: 1 })
    }

    /// "a hundred and two": the hundred ends at `to`.
    fn a_hundred(&self, from: usize, to: usize) -> Numeral {
        let joined = self.lexicon.joiners.contains(self.words.low(to));
        let (to, rest) = joined.then(|| self.tail(to + 1)).flatten().unwrap_or((to, 0));
        Numeral { from, to, value: Number::whole(100 + rest), shape: Shape::Words, factor: 1 }
    }

    /// Number words under a thousand that start at `i`: one past the last, and the number.
    fn cardinal(&self, i: usize) -> Option<(usize, i64)> {
        let mut value = *self.lexicon.numbers.get(self.words.low(i))?;
        let mut to = i + 1;
        if let Some((end, unit)) = (value >= 20).then(|| self.ones_after(to)).flatten() {
            (to, value) = (end, value + unit);
        }
        if value == 0 || value >= 100 || self.scale(to) != Some(100) {
            return Some((to, value));
        }
        value *= 100;
        to += 1;
        let joined = if self.lexicon.joiners.contains(self.words.low(to)) { to + 1 } else { to };
        match self.tail(joined) {
            Some((end, rest)) => Some((end, value + rest)),
            None => Some((to, value)),
        }
    }

    /// "-five" of "twenty-five"
    fn ones_after(&self, i: usize) -> Option<(usize, i64)> {
        let at = if self.is_hyphen(i) { i + 1 } else { i };
        let unit = *self.lexicon.numbers.get(self.words.low(at))?;
        (1..10).contains(&unit).then_some((at + 1, unit))
    }

    /// A number under a hundred behind "hundred and".
    fn tail(&self, i: usize) -> Option<(usize, i64)> {
        let value = *self.lexicon.numbers.get(self.words.low(i))?;
        if value < 20 {
            return (value > 0).then_some((i + 1, value));
        }
        Some(self.ones_after(i + 1).map_or((i + 1, value), |(end, unit)| (end, value + unit)))
    }

    /// The number times the magnitudes behind it: "1.5 million", "four and a half thousand", "18m".
    fn scaled(&self, read: Numeral) -> Option<Numeral> {
        if matches!(read.shape, Shape::Share | Shape::Pair) {
            return Some(read);
        }
        let mut numeral = self.and_a_half(read);
        let hundreds = read.shape == Shape::Words && read.value >= Number::whole(100);
        for _ in 0..MOST_FACTORS {
            let at = if self.is_hyphen(numeral.to) { numeral.to + 1 } else { numeral.to };
            let Some(scale) = self.scale(at).or_else(|| self.suffix(at)) else { break };
            if scale == 100 && hundreds {
                break;
            }
            numeral.value = numeral.value.scaled(i128::from(scale), 1)?;
            numeral.factor = numeral.factor.saturating_mul(scale);
            numeral.to = at + 1;
        }
        let numeral = self.and_a_half_of_it(numeral)?;
        Some(self.rest(numeral).unwrap_or(numeral))
    }

    /// "m" of "18m", glued to digits.
    fn suffix(&self, i: usize) -> Option<i64> {
        let digits = i > 0 && self.words.kind(i - 1) == Kind::Digits;
        let factor =
            self.lexicon.suffixes.get(self.words.low(i)).filter(|_| digits && self.words.glued(i))?;
        let bits = self.words.low(i) == "b" && !self.follows_sign(i);
        let metre = self.words.low(i) == "m" && self.measures_length(i);
        (!metre && !bits).then_some(*factor)
    }

    /// Whether the digits before the suffix at `i` follow a money sign.
    fn follows_sign(&self, i: usize) -> bool {
        self.lexicon.signs.contains_key(self.words.before(i, 2))
    }

    /// Whether the "m" at `i` stands for metres.
    fn measures_length(&self, i: usize) -> bool {
        let money = self.follows_sign(i);
        let next = self.words.low(i + 1);
        let measured = self.lexicon.words.dimensions.has(next) || matches!(next, "/" | "²" | "³");
        !money && (measured || self.lexicon.articles.contains(self.words.before(i, 2)))
    }

    /// "two and a half" before a magnitude or a unit.
    fn and_a_half(&self, read: Numeral) -> Numeral {
        let Some((to, half)) = self.half_after(read.to) else { return read };
        match read.value.plus(half) {
            Some(value) if read.factor == 1 => Numeral { to, value, ..read },
            _ => read,
        }
    }

    /// "and a half", "and a quarter": one past it, and the part.
    fn half_after(&self, i: usize) -> Option<(usize, Number)> {
        let at = if self.is_hyphen(i) { i + 1 } else { i };
        if !self.lexicon.joiners.contains(self.words.low(at)) {
            return None;
        }
        let at = if self.is_hyphen(at + 1) { at + 2 } else { at + 1 };
        if !self.lexicon.articles.contains(self.words.low(at)) {
            return None;
        }
        let at = if self.is_hyphen(at + 1) { at + 2 } else { at + 1 };
        let under = *self.lexicon.fractions.get(self.words.low(at))?;
        Some((at + 1, Number::whole(1).scaled(1, i128::from(under))?))
    }

    /// "a million and a half"
    fn and_a_half_of_it(&self, numeral: Numeral) -> Option<Numeral> {
        if numeral.factor == 1 {
            return Some(numeral);
        }
        let Some((to, half)) = self.half_after(numeral.to) else { return Some(numeral) };
        let more = half.scaled(i128::from(numeral.factor), 1)?;
        Some(Numeral { to, value: numeral.value.plus(more)?, ..numeral })
    }

    /// "two hundred" of "one thousand two hundred": a smaller number in words behind a magnitude.
    fn rest(&self, numeral: Numeral) -> Option<Numeral> {
        let short = numeral.to - numeral.from < LONGEST;
        if numeral.factor < 1_000 || numeral.shape != Shape::Words || !short {
            return None;
        }
        let joined = self.lexicon.joiners.contains(self.words.low(numeral.to));
        let at = numeral.to + usize::from(joined);
        let (mut to, value) = self.cardinal(at)?;
        let mut more = Number::whole(value);
        let mut factor = 1;
        if let Some(scale) = self.scale(to).filter(|scale| *scale >= 1_000) {
            more = more.scaled(i128::from(scale), 1)?;
            (to, factor) = (to + 1, scale);
        }
        if factor >= numeral.factor || (joined && value >= 100 && factor == 1) {
            return None;
        }
        let sum = Numeral { to, value: numeral.value.plus(more)?, factor, ..numeral };
        Some(Numeral { factor: numeral.factor, ..self.rest(sum).unwrap_or(sum) })
    }

    /// "half a million", "half a dozen", "half an hour": the half of what follows.
    fn half(&self, i: usize) -> Option<Numeral> {
        let at = if self.lexicon.articles.contains(self.words.low(i)) { i + 1 } else { i };
        if self.words.low(at) != self.lexicon.half {
            return None;
        }
        let next = if self.is_hyphen(at + 1) { at + 2 } else { at + 1 };
        let skip = usize::from(
            self.lexicon.articles.contains(self.words.low(next)) || self.words.low(next) == self.lexicon.of,
        );
        let to = next + skip;
        let unit = !self.lexicon.units.of(self.words.low(to)).is_empty();
        if self.scale(to).is_none() && !unit {
            return None;
        }
        let value = Number::from_millionths(500_000);
        Some(Numeral { from: i, to, value, shape: Shape::Half, factor: 1 })
    }

    /// "a third", "two-thirds", "half" of something, in percent.
    fn share(&self, i: usize) -> Option<Numeral> {
        let low = self.words.low(i);
        let (at, over) = match self.lexicon.numbers.get(low) {
            Some(over @ 1..=9) => (if self.is_hyphen(i + 1) { i + 2 } else { i + 1 }, *over),
            _ if self.lexicon.articles.contains(low) => (i + 1, 1),
            _ if low == self.lexicon.half => (i, 1),
            _ => return None,
        };
        let under = *self.lexicon.fractions.get(self.words.low(at))?;
        if over >= under || (over == 1 && !self.takes_share(i, at)) {
            return None;
        }
        let value = percent(over, under)?;
        Some(Numeral { from: i, to: at + 1, value, shape: Shape::Share, factor: 1 })
    }

    /// Whether the fraction word at `at` is a part of something and not an ordinal or a period.
    fn takes_share(&self, i: usize, at: usize) -> bool {
        let whole = self.words.low(at + 1) == self.lexicon.of;
        let alone = self.words.kind(at + 1) != Kind::Word && !self.words.glued(at + 2);
        let hyphened = self.words.before(i, 1) == "-" && self.words.glued(i);
        let ordinal = self.lexicon.words.ordinals.has(self.words.before(i, 1));
        !hyphened && !ordinal && (whole || self.is_bounded(i) || (at > i && alone))
    }

    fn is_bounded(&self, i: usize) -> bool {
        self.lexicon.bounds.of(self.words.before(i, 1)).iter().any(|(phrase, _)| {
            i.checked_sub(phrase.len()).is_some_and(|from| self.words.has_at(from, phrase))
        })
    }

    /// "one in three", "one out of every 200", in percent.
    fn ratio(&self, one: Numeral) -> Option<Numeral> {
        if one.factor != 1 || !one.value.is_whole() {
            return None;
        }
        let words = self.lexicon.share_words.of(self.words.low(one.to));
        let (phrase, ()) = words.iter().find(|(phrase, ())| self.words.has_at(one.to, phrase))?;
        let at = one.to + phrase.len();
        let under = match self.words.kind(at) {
            Kind::Digits => self.digits(at)?,
            _ => self.worded(at)?,
        };
        let (a, b) = (one.value.millionths(), under.value.millionths());
        let alike = phrase.len() > 1 || (one.shape == Shape::Words && under.shape == Shape::Words);
        let unit = !self.lexicon.units.of(self.words.low(under.to)).is_empty();
        if !alike || a >= b || a == 0 || (unit && phrase.len() == 1) {
            return None;
        }
        let value = tenths(Number::whole(100).scaled(a, b)?);
        Some(Numeral { from: one.from, to: under.to, value, shape: Shape::Share, factor: 1 })
    }
}

fn percent(over: i64, under: i64) -> Option<Number> {
    Number::whole(100).scaled(i128::from(over), i128::from(under)).map(tenths)
}

/// To the nearest tenth, as a share would be printed.
fn tenths(value: Number) -> Number {
    Number::from_millionths((value.millionths() + 50_000) / 100_000 * 100_000)
}

/// Reads digits with separators: `16,000`, `1.5`, `16.000` where the comma is the decimal sign.
pub(super) fn read_digits(printed: &str, digits: Digits) -> Option<Number> {
    if let Some((whole, part)) = vulgar(printed) {
        let whole = if whole.is_empty() { Number::default() } else { whole.parse().ok()? };
        return whole.plus(part);
    }
    let parts: Vec<&str> = printed.split([',', '.']).collect();
    if parts.len() > 8
        || !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let seps: Vec<char> = printed.chars().filter(|c| matches!(c, ',' | '.')).collect();
    let thousands = parts.len() > 1 && parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3);
    let plain = match (seps.as_slice(), thousands) {
        ([], _) => printed.to_owned(),
        ([','], true) if !parts[0].starts_with('0') => parts.concat(),
        ([','], _) if parts[1].len() <= 2 || parts[0] == "0" => parts.join("."),
        (['.'], true) if digits.comma_is_decimal || round_thousands(&parts) => parts.concat(),
        (['.'], _) => parts.join("."),
        ([first, middle @ .., last], _) if first == last && thousands => {
            middle.iter().all(|c| c == first).then(|| parts.concat())?
        }
        ([first, .., last], _) if first != last => mixed(&parts, &seps)?,
        _ => return indian(&parts, &seps),
    };
    plain.parse().ok()
}

/// "4.500": three digits after the point, of which two are noughts, are a group and no decimals.
fn round_thousands(parts: &[&str]) -> bool {
    parts[1].ends_with("00") && parts[0] != "0"
}

/// "1,234.5" and "1.234,5"
fn mixed(parts: &[&str], seps: &[char]) -> Option<String> {
    let (last, whole) = parts.split_last()?;
    let alike = seps[..seps.len() - 1].iter().all(|c| *c == seps[0]);
    let grouped = whole.len() > 1 && whole[0].len() <= 3 && whole[1..].iter().all(|part| part.len() == 3);
    (alike && grouped).then(|| format!("{}.{last}", whole.concat()))
}

/// "1,00,000"
fn indian(parts: &[&str], seps: &[char]) -> Option<Number> {
    let (last, rest) = parts.split_last()?;
    let inner = rest[1..].iter().all(|part| part.len() == 2);
    let lakhs = seps.iter().all(|c| *c == ',') && last.len() == 3 && inner && rest[0].len() <= 2;
    if lakhs { parts.concat().parse().ok() } else { None }
}

/// "2½": the whole, and the part.
fn vulgar(printed: &str) -> Option<(&str, Number)> {
    let last = printed.chars().next_back()?;
    let (over, under) = match last {
        '½' => (1, 2),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅛' => (1, 8),
        _ => return None,
    };
    Some((&printed[..printed.len() - last.len_utf8()], Number::whole(over).scaled(1, under)?))
}
