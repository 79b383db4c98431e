//! Names in headlines set with capitals, where a capital says little.

use std::collections::BTreeMap;

use onrecord_model::EntityKind;

use super::{
    lexicon::Lexicon,
    names::{Name, joined},
    words::{Word, Words},
};

/// The longest name looked for in a headline, in words.
const TITLE_NAME: usize = 6;

/// In headlines set with capitals only names met elsewhere, states and given names with a surname count.
pub(super) fn add_title_names(words: &Words<'_>, lexicon: &Lexicon, found: &mut Vec<Name>) {
    let mut known: BTreeMap<String, EntityKind> = BTreeMap::new();
    for name in found.iter() {
        known.entry(joined(words, name.run)).or_insert(name.kind);
        if name.kind == EntityKind::Person {
            known.entry(words.low(name.run.1 - 1).to_owned()).or_insert(name.kind);
        }
    }
    let mut i = 0;
    while i < words.len() {
        let taken = if words.in_title(i) { title_name(words, lexicon, &known, i) } else { None };
        if let Some((end, kind)) = taken {
            found.push(Name { run: (i, end), kind, is_sure: true });
            i = end;
        } else {
            i += 1;
        }
    }
}

pub(super) fn title_name(
    words: &Words<'_>,
    lexicon: &Lexicon,
    known: &BTreeMap<String, EntityKind>,
    i: usize,
) -> Option<(usize, EntityKind)> {
    let mut phrase = String::new();
    let mut best = None;
    for end in i + 1..=i + TITLE_NAME {
        if !words.same_line(i, end - 1) {
            break;
        }
        if end > i + 1 {
            phrase.push(' ');
        }
        phrase.push_str(words.low(end - 1));
        let kind = known.get(&phrase).copied();
        let state = || lexicon.states.contains_key(&phrase).then_some(EntityKind::State);
        let capital = || lexicon.capitals.contains_key(&phrase).then_some(EntityKind::Place);
        if words.get(i).is_some_and(Word::is_capital) {
            best = kind.or_else(state).or_else(capital).map(|kind| (end, kind)).or(best);
        }
    }
    best.or_else(|| given_and_surname(words, lexicon, i))
}

pub(super) fn given_and_surname(
    words: &Words<'_>,
    lexicon: &Lexicon,
    i: usize,
) -> Option<(usize, EntityKind)> {
    let given = words.get(i).filter(|word| word.is_capital() && lexicon.is_given_name(&word.low))?;
    let next = words.get(i + 1).filter(|word| word.is_capital() && given.line == word.line)?;
    let ordinary =
        lexicon.is_common_word(&next.low) || lexicon.is_role(&next.low) || lexicon.body_nouns.has(&next.low);
    (!ordinary).then_some((i + 2, EntityKind::Person))
}
