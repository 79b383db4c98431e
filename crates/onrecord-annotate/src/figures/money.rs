//! Money that only the article knows: "96 million lumes ($2 million)", "lumes (LUM)", "a fine of 500 lumes".

use std::collections::HashMap;

use super::{
    lexicon::Lexicon,
    words::{Kind, Words},
};
use crate::tagger::Tag;

/// Longest distance between a money word and the conversion that shows it to be one.
const REACH: usize = 5;

/// Longest distance between a word of paying and the number.
const NEAR: usize = 7;

/// Words for money in one article, with the unit they stand for.
#[derive(Debug, Default)]
pub(super) struct Money(HashMap<String, String>);

impl Money {
    /// The unit that the word `low` stands for.
    pub(super) fn code(&self, low: &str) -> Option<String> {
        self.0.get(low).cloned()
    }

    /// Finds words that stand behind a number and are converted in brackets or by an equals sign.
    pub(super) fn read(words: &Words<'_>, lexicon: &Lexicon) -> Self {
        let mut found = Self::default();
        for i in 2..words.len() {
            let noun = words.kind(i) == Kind::Word && !words.is_capital(i) && words.low(i).len() > 2;
            if !noun || is_known(words, lexicon, i) {
                continue;
            }
            if is_converted(words, lexicon, i) || is_paid(words, lexicon, i) {
                found.add(words.low(i), code_behind(words, i));
            }
        }
        found
    }

    fn add(&mut self, word: &str, code: Option<&str>) {
        let one = word.strip_suffix('s').unwrap_or(word);
        let unit = code.map_or_else(|| format!("{one}s"), str::to_owned);
        for form in [one.to_owned(), format!("{one}s"), word.to_owned()] {
            self.0.entry(form).or_insert_with(|| unit.clone());
        }
    }
}

fn is_known(words: &Words<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let low = words.low(i);
    lexicon.scales.contains_key(low) || lexicon.numbers.contains_key(low) || !lexicon.units.of(low).is_empty()
}

/// Whether the word at `i` follows a number and a conversion follows or leads it.
fn is_converted(words: &Words<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let scaled = lexicon.scales.contains_key(words.low(i - 1));
    let number = words.kind(i - 1) == Kind::Digits || scaled;
    if !number {
        return false;
    }
    let equals = (2..=REACH).any(|back| {
        words.before(i, back) == "="
            && (back + 1..=back + 4).any(|more| lexicon.signs.contains_key(words.before(i, more)))
    });
    let bracket = words.low(i + 1) == "(";
    let sign = (2..=REACH).any(|on| lexicon.signs.contains_key(words.low(i + on)));
    equals || (bracket && (sign || code_behind(words, i).is_some()))
}

/// "a fine of 500 lumes", "paid 2 million lumes", "8.20 lumes", "40 lumes a litre": an unknown plural where a price stands.
fn is_paid(words: &Words<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let low = words.low(i);
    let scaled = lexicon.scales.contains_key(words.low(i - 1))
        || (words.kind(i - 1) == Kind::Word && words.glued(i - 1) && words.kind(i - 2) == Kind::Digits);
    let digits = words.kind(i - 1) == Kind::Digits;
    // A word that nobody knows may be taken for a name.
    let noun = matches!(words.tag(i), Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Other);
    let plural = (scaled || low.ends_with('s')) && noun && !words.is_capital(i);
    if !(scaled || digits) || !plural || lexicon.words.things.has(low) || is_person_noun(low) {
        return false;
    }
    let cents = digits
        && words.word(i - 1).rsplit(['.', ',']).next().is_some_and(|part| part.len() == 2)
        && words.word(i - 1).contains(['.', ',']);
    let per = lexicon.words.per.has(words.low(i + 1)) && lexicon.words.priced.has(words.low(i + 2));
    let priced = lexicon.words.price_verbs.has(words.low(i - 2));
    cents || per || priced || follows_price(words, lexicon, i, scaled)
}

/// Whether a word of money stands before the number that ends before `i`: close to a noun, or a verb of paying and a large sum.
fn follows_price(words: &Words<'_>, lexicon: &Lexicon, i: usize, scaled: bool) -> bool {
    let large = scaled || words.word(i - 1).len() > 4;
    let before = (i.saturating_sub(NEAR)..i - 1).rev();
    before.take_while(|at| words.kind(*at) != Kind::Break && !matches!(words.low(*at), "," | ";" | ".")).any(
        |at| {
            let low = words.low(at);
            lexicon.words.money_nouns.has(low) || large && lexicon.words.money_verbs.has(low)
        },
    )
}

/// "workers", "drivers": who is paid, and not what.
fn is_person_noun(low: &str) -> bool {
    ["ers", "ors", "ists", "ees", "ians", "men"].iter().any(|ending| low.ends_with(ending))
}

/// "LUM" of "lumes (LUM)"
fn code_behind<'a>(words: &Words<'a>, i: usize) -> Option<&'a str> {
    let code = words.word(i + 2);
    let shaped = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    (words.low(i + 1) == "(" && shaped && words.low(i + 3) == ")").then_some(code)
}
