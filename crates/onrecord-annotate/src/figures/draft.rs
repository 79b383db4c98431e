//! From a number to a figure: money signs, units, rates, and ranges around it.

use onrecord_model::{Bound, Number, Unit};

use super::{
    lexicon::UnitWord,
    numerals::{Numeral, Reader, Shape},
    words::Kind,
};

/// A figure being read: pieces `from..to`.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The first piece of the number itself.
    pub(super) at: usize,
    pub(super) value: Number,
    pub(super) value_to: Option<Number>,
    pub(super) bound: Bound,
    pub(super) unit: Option<Unit>,
    pub(super) shape: Shape,
    /// The unit is hyphened or set before a noun: "15-year".
    pub(super) modifies: bool,
    /// A magnitude word or letter stands with the number.
    pub(super) scaled: bool,
}

/// A unit behind a number.
struct After {
    to: usize,
    unit: Unit,
    hundredths: bool,
    modifies: bool,
}

impl Reader<'_> {
    /// The figure whose number starts at piece `i`, ranges included; bounds are not read yet.
    pub(super) fn draft(&self, i: usize) -> Option<Draft> {
        let first = self.numeral(i)?;
        let one = self.with_unit(first)?;
        let mut draft = self.range(&one, first).unwrap_or(one);
        self.share_percent(&mut draft);
        self.add_minus(&mut draft)?;
        if draft.shape != Shape::Share {
            self.add_rate(&mut draft);
            self.add_denominator(&mut draft);
        }
        Some(draft)
    }

    /// "12 cases per 100,000 people": counted per so many.
    fn add_denominator(&self, draft: &mut Draft) {
        if draft.unit.is_some() {
            return;
        }
        let noun = self.noun_after(draft.to).map_or(draft.to, |run| run.1);
        let per = self.lexicon.words.strict_per.has(self.words.low(noun)) && self.words.low(noun) != "/";
        if let Some(many) = per.then(|| self.numeral(noun + 1)).flatten() {
            draft.unit = Some(Unit::new(format!("per {}", many.value)));
        }
    }

    /// "minus 58"
    fn add_minus(&self, draft: &mut Draft) -> Option<()> {
        if self.is_minus(draft) {
            draft.from -= 1;
            draft.value = draft.value.scaled(-1, 1)?;
        }
        Some(())
    }

    fn is_minus(&self, draft: &Draft) -> bool {
        draft.value_to.is_none() && self.lexicon.words.minus_words.has(self.words.before(draft.from, 1))
    }

    /// "eight and fourteen percent": both are percentages.
    fn share_percent(&self, draft: &mut Draft) {
        if draft.unit.is_some() || !self.lexicon.joiners.contains(self.words.low(draft.to)) {
            return;
        }
        let next = self.numeral(draft.to + 1).and_then(|numeral| self.with_unit(numeral));
        let percent = next.and_then(|next| next.unit).filter(|unit| unit.name() == "percent");
        draft.unit = percent.filter(|_| draft.shape != Shape::Share);
    }

    fn with_unit(&self, numeral: Numeral) -> Option<Draft> {
        let sign = self.sign_before(numeral.from);
        let mut draft = Draft {
            from: sign.as_ref().map_or(numeral.from, |(from, _)| *from),
            to: numeral.to,
            at: numeral.from,
            value: numeral.value,
            value_to: None,
            bound: if numeral.shape == Shape::Pair { Bound::About } else { Bound::Exactly },
            unit: sign.map(|(_, code)| Unit::new(code)),
            shape: numeral.shape,
            modifies: false,
            scaled: numeral.factor > 1,
        };
        if numeral.shape == Shape::Share {
            draft.unit = Some(Unit::new("percent"));
            return Some(draft);
        }
        self.add_unit(&mut draft)?;
        Some(draft)
    }

    fn add_unit(&self, draft: &mut Draft) -> Option<()> {
        let Some(after) = self.unit_after(draft.to, draft.scaled) else { return Some(()) };
        let same_money = draft.unit.is_some();
        if same_money && !self.is_money(draft.to) {
            return Some(());
        }
        if after.hundredths {
            draft.value = draft.value.scaled(1, 100)?;
        }
        let cold = matches!(after.unit.name(), "celsius" | "fahrenheit" | "degree");
        if cold && !self.is_minus(draft) && self.lexicon.words.minus.has(self.words.before(draft.at, 1)) {
            draft.from -= 1;
            draft.value = draft.value.scaled(-1, 1)?;
        }
        draft.to = after.to;
        draft.modifies = after.modifies;
        draft.unit = draft.unit.take().or(Some(after.unit));
        Some(())
    }

    /// Whether the word at `i` repeats the money of a sign: "$5.9 billion dollars".
    fn is_money(&self, i: usize) -> bool {
        let units = self.lexicon.units.of(self.words.low(i));
        units.iter().any(|(phrase, unit)| matches!(unit, UnitWord::Money(_)) && self.words.has_at(i, phrase))
    }

    /// "$", "US$", "NZ $", "EUR" before piece `i`: where it starts, and the code.
    fn sign_before(&self, i: usize) -> Option<(usize, String)> {
        let last = i.checked_sub(1)?;
        if let Some(first) = last.checked_sub(1).filter(|first| self.words.kind(*first) == Kind::Word) {
            let joined = format!("{}{}", self.words.low(first), self.words.low(last));
            if let Some(code) = self.lexicon.signs.get(&joined) {
                return Some((first, code.clone()));
            }
        }
        if let Some(code) = self.lexicon.signs.get(self.words.low(last)) {
            return Some((last, code.clone()));
        }
        let word = self.words.word(last);
        let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
        let known = code && self.is_money(last);
        known.then(|| (last, word.to_owned()))
    }

    fn unit_after(&self, to: usize, scaled: bool) -> Option<After> {
        let hyphen = self.is_dash(to) && self.words.glued(to) && self.words.glued(to + 1);
        let at = if hyphen { to + 1 } else { to };
        if let Some(code) = self.money.code(self.words.low(at)) {
            return Some(After { to: at + 1, unit: Unit::new(code), hundredths: false, modifies: hyphen });
        }
        let units = self.lexicon.units.of(self.words.low(at));
        let (phrase, word) = units.iter().find(|(phrase, _)| self.words.has_at(at, phrase))?;
        let short = phrase.len() == 1 && phrase[0].len() == 1 && phrase[0] != "%" && phrase[0] != "°";
        if short && !self.words.glued(at) && !(scaled || phrase[0] == "m") {
            return None;
        }
        let (unit, hundredths) = match word {
            UnitWord::Measure(name) => (name, false),
            UnitWord::Money(code) => (code, false),
            UnitWord::Cent(code) => (code, true),
        };
        let end = at + phrase.len();
        Some(After { to: end, unit: Unit::new(unit.clone()), hundredths, modifies: hyphen })
    }

    /// The unit that starts at piece `at`, and where it ends.
    pub(super) fn plain_unit(&self, at: usize) -> Option<(usize, Unit)> {
        self.unit_after(at, true).filter(|after| !after.hundredths).map(|after| (after.to, after.unit))
    }

    /// "per share", "a year", "/s"
    fn add_rate(&self, draft: &mut Draft) {
        let Some((to, per)) = self.rate_after(draft.to) else { return };
        let name = match draft.unit.as_ref().map(Unit::name) {
            None => format!("per {per}"),
            Some(unit) => rate_name(unit, &per),
        };
        draft.unit = Some(Unit::new(name));
        draft.to = to;
    }

    fn rate_after(&self, at: usize) -> Option<(usize, String)> {
        let low = self.words.low(at);
        if let Some(per) = self.lexicon.per_adverbs.get(low) {
            return Some((at + 1, per.clone()));
        }
        if !self.lexicon.words.per.has(low) {
            return None;
        }
        if let Some(short) = self.lexicon.rates.get(self.words.low(at + 1)) {
            let next_glued = self.words.low(at + 2) == "-" && self.words.glued(at + 2);
            let moved = self.lexicon.words.moved.has(self.words.low(at + 2));
            return (!next_glued && !moved).then(|| (at + 2, short.clone()));
        }
        let noun = self.words.kind(at + 1) == Kind::Word && self.lexicon.words.strict_per.has(low);
        (noun && low != "/").then(|| (at + 2, self.words.low(at + 1).to_owned()))
    }

    /// Whether piece `i` is a dash or hyphen.
    pub(super) fn is_dash(&self, i: usize) -> bool {
        matches!(self.words.low(i), "-" | "‑" | "–" | "—" | "−" | "‒")
    }

    /// "12-15", "from 100 to 120", "one or two": the figure with both ends.
    fn range(&self, one: &Draft, first: Numeral) -> Option<Draft> {
        let (next, word) = self.range_link(one)?;
        let second_at = self.skip_sign(next);
        let second = self.numeral(second_at)?;
        let two = self.with_unit(second)?;
        let shared = one.unit.is_none() || one.unit == two.unit || (two.unit.is_none() && one.from < one.at);
        if !shared || two.shape == Shape::Share {
            return None;
        }
        let low =
            if one.unit.is_none() || one.from < one.at { share_factor(first, second)? } else { one.value };
        let near = second.value.millionths() - low.millionths() <= 2_000_000;
        if low >= two.value
            || (self.lexicon.words.choices.has(word) && !(near || first.shape == Shape::Words))
        {
            return None;
        }
        let unit = two.unit.or_else(|| one.unit.clone());
        let scaled = one.scaled || two.scaled;
        let to = two.to;
        let value_to = Some(two.value);
        let from = self.range_start(one);
        let modifies = two.modifies;
        Some(Draft {
            from,
            to,
            value: low,
            value_to,
            bound: Bound::Range,
            unit,
            modifies,
            scaled,
            ..one.clone()
        })
    }

    /// Where the second number of a range starts, and the word that links the two.
    fn range_link(&self, one: &Draft) -> Option<(usize, &str)> {
        let at = one.to;
        if self.is_dash(at) {
            let spaced = !self.words.glued(at) && !self.words.glued(at + 1);
            if self.words.glued(at) && self.lexicon.range_words.contains(self.words.low(at + 1)) {
                return Some((at + 2 + usize::from(self.is_dash(at + 2)), self.words.low(at + 1)));
            }
            let digits = self.words.kind(self.skip_sign(at + 1)) == Kind::Digits;
            let tight = self.words.glued(at) && self.words.glued(at + 1);
            return (tight || (spaced && digits)).then_some((at + 1, "-"));
        }
        let word = self.words.low(at);
        let opener = self.words.before(one.from, 1);
        if let Some(expected) = self.lexicon.range_opens.get(opener) {
            let changed = (2..5).any(|back| self.lexicon.changes.contains(self.words.before(one.from, back)));
            return (word == expected && !(changed && self.lexicon.range_words.contains(expected.as_str())))
                .then_some((at + 1, word));
        }
        let by = self.lexicon.words.by.has(opener);
        let changed =
            !by && (1..3).any(|back| self.lexicon.changes.contains(self.words.before(one.from, back)));
        (self.lexicon.range_words.contains(word) && !changed).then_some((at + 1, word))
    }

    /// The opening word of a range is part of it.
    fn range_start(&self, one: &Draft) -> usize {
        let opened = self.lexicon.range_opens.contains_key(self.words.before(one.from, 1));
        one.from - usize::from(opened)
    }

    fn skip_sign(&self, i: usize) -> usize {
        let sign = |at: usize| self.lexicon.signs.contains_key(self.words.low(at));
        if sign(i) {
            return i + 1;
        }
        let joined = format!("{}{}", self.words.low(i), self.words.low(i + 1));
        if self.lexicon.signs.contains_key(&joined) { i + 2 } else { i }
    }
}

/// The lower end: "300 to 350 million" starts at 300 million.
fn share_factor(first: Numeral, second: Numeral) -> Option<Number> {
    let raw = second.value.scaled(1, i128::from(second.factor))?;
    if first.factor == 1 && second.factor > 1 && first.value < raw {
        return first.value.scaled(i128::from(second.factor), 1);
    }
    Some(first.value)
}

fn rate_name(unit: &str, per: &str) -> String {
    match (unit, per) {
        ("m3" | "ft3" | "litre" | "km" | "m", "s" | "min" | "h") => format!("{unit}/{per}"),
        ("mile", "h") => "mph".to_owned(),
        (_, "s") => format!("{unit} per second"),
        (_, "min") => format!("{unit} per minute"),
        (_, "h") => format!("{unit} per hour"),
        _ => format!("{unit} per {per}"),
    }
}
