//! The same words credited to another person or body.

use onrecord_model::{EntityKind, Span};

use super::pair::{Finding, Pair, Shown};
use crate::{
    tellings::{Lexicon, Share, Telling},
    words::fold,
};

/// What joins the names of several who are one speaker.
const AND: &str = " and ";

/// Content words that must be shared, and their share, before two sources are set against each other.
const LEAST_SHARED: usize = 3;
const LEAST_PERCENT: usize = 60;

/// Accounts with the same words whose speakers are known and are not one.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let [left, right] = pair.sides;
    let (Some(a), Some(b)) = (speaker(pair, left), speaker(pair, right)) else { return Vec::new() };
    let same_words = |share: Share| {
        share.shared >= LEAST_SHARED && share.at_least(LEAST_PERCENT)
            || share.shared > 1 && share.at_least(100)
    };
    let told_alike = same_words(pair.whole(0)) || same_words(pair.whole(1));
    let alone = |one: &Credited, all: &Credited| all.together && one.is_single(left.lexicon);
    let apart = alone(&a, &b) || alone(&b, &a) || !a.together && !b.together && !may_be_one(&a, &b);
    if !told_alike || !apart {
        return Vec::new();
    }
    let known = pair.told.statement.speaker;
    let shown = |c: &Credited| {
        let right = known.is_some() && c.entity == known || c.together;
        if right { Shown::Part(c.words) } else { Shown::Words(c.source) }
    };
    let sides = [shown(&a), shown(&b)];
    let note = format!("credited to {} in one, to {} in the other", a.name, b.name);
    vec![Finding { sides, rule: "difference.speaker", note }]
}

/// Who one account credits.
struct Credited {
    name: String,
    kind: Option<EntityKind>,
    entity: Option<onrecord_model::Id>,
    /// Whether several are named who say it together.
    together: bool,
    /// Who, as printed.
    source: Span,
    /// What they are credited with.
    words: Span,
}

impl Credited {
    /// Whether it is one alone: a person or body of the record, or an office of somebody with a name: "the Norvanian
    /// presidency", but not "the two presidents".
    fn is_single(&self, lexicon: &Lexicon) -> bool {
        let mut words = self.name.split_whitespace();
        let named = words.next().is_some_and(|word| word.starts_with(char::is_uppercase));
        let office = words.next_back().is_some_and(|word| lexicon.offices.contains(&fold(word)));
        !self.together && (self.entity.is_some() || named && office)
    }
}

fn speaker(pair: &Pair, telling: &Telling) -> Option<Credited> {
    let quotation = telling.quotations().next()?;
    let name = quotation.speaker.name.clone()?;
    let local = quotation.speaker.entity;
    let joined = local.and_then(|e| pair.told.found.entity_of(telling.account.article, e));
    let kind = local.and_then(|e| telling.of.annotations.entity(e)).map(|e| e.kind);
    let source = telling.account.source?;
    let words = telling.account.parts.first()?.span;
    let together = local.is_none() && quotation.speaker.because.rule == "speaker.name" && name.contains(AND);
    Some(Credited { name, kind, entity: joined.map(|e| e.id), together, source, words })
}

/// Whether the two may be one: joined in the record, or names that share a word, or not both persons or bodies that
/// the record knows. A role or initials alone may be anybody's.
fn may_be_one(a: &Credited, b: &Credited) -> bool {
    let words =
        |name: &str| -> Vec<String> { name.split_whitespace().map(fold).filter(|w| w.len() > 2).collect() };
    let (left, right) = (words(&a.name), words(&b.name));
    let share = left.iter().any(|w| right.iter().any(|v| v == w || resembles(v, w) || begin_alike(v, w)))
        || initials(&a.name).is_some_and(|letters| right.contains(&letters))
        || initials(&b.name).is_some_and(|letters| left.contains(&letters));
    if a.entity.is_some() && a.entity == b.entity {
        return true;
    }
    if is_namesake(&a.name, &b.name) {
        return false;
    }
    let both_known = a.entity.is_some() && b.entity.is_some();
    !both_known || share || a.kind != b.kind
}

/// Whether two full names tell of two people with one surname: neither given name may be the other.
fn is_namesake(a: &str, b: &str) -> bool {
    let full = |name: &str| -> Option<[String; 2]> {
        let words: Vec<String> = name.split_whitespace().map(fold).collect();
        let [given, surname] = words.as_slice() else { return None };
        (given.len() > 2 && surname.len() > 2).then(|| [given.clone(), surname.clone()])
    };
    let (Some([given, surname]), Some([other, theirs])) = (full(a), full(b)) else { return false };
    let one = |a: &String, b: &String| a == b || resembles(a, b) || begin_alike(a, b);
    one(&surname, &theirs) && !one(&given, &other)
}

/// Whether two words share most of their beginning, as a name does with one that a careless copy glued on to:
/// "Brandt" and "Brandtat".
fn begin_alike(a: &str, b: &str) -> bool {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    same >= 4 && same * 4 >= shorter * 3
}

/// The first letters of a name's capitalised words, where there are several.
fn initials(name: &str) -> Option<String> {
    let letters: String =
        name.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    (letters.chars().count() > 1).then(|| fold(&letters))
}

/// Whether one may be the other in another spelling: the same first letter and like consonants.
fn resembles(a: &str, b: &str) -> bool {
    let bones = |w: &str| -> String {
        let plain = w.chars().filter(|c| !"aeiouyhj'".contains(*c)).map(|c| match c {
            'k' | 'q' => 'c',
            'z' => 's',
            'w' => 'v',
            _ => c,
        });
        let mut bones: Vec<char> = plain.collect();
        bones.dedup();
        bones.into_iter().collect()
    };
    bones(a).len() >= 2 && bones(a) == bones(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credited(name: &str, id: &str) -> Credited {
        Credited {
            name: name.to_owned(),
            kind: Some(EntityKind::Organisation),
            entity: Some(onrecord_model::Id::of([id])),
            together: false,
            source: Span::new(0, 1),
            words: Span::new(1, 2),
        }
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        assert_eq!(may_be_one(&credited(a, "a"), &credited(b, "b")), expected, "{a} / {b}");
    }

    #[test]
    fn an_office_is_one_alone_and_several_are_not() {
        let article = onrecord_model::Article::of_text("a.txt", onrecord_model::Hash::of(b"a"), "");
        let single = |name: &str| {
            let one = Credited {
                name: name.to_owned(),
                kind: None,
                entity: None,
                together: false,
                source: Span::new(0, 1),
                words: Span::new(1, 2),
            };
            Lexicon::of(&article).map(|lexicon| one.is_single(lexicon))
        };
        assert_eq!(single("Norvanian presidency"), Some(true));
        assert_eq!(single("heads of state"), Some(false));
        assert_eq!(single("two presidents"), Some(false));
    }

    #[test]
    fn names_that_may_be_one_are_not_set_against_each_other() {
        check("J. Lindell", "Jonna Lindellat", true);
        check("Harbour Safety Board", "HSB of Velmar", true);
        check("Oskar Lindell", "Oscar Lindel", true);
        check("Oskar Lindell", "Rita Sund", false);
        check("Oskar Lindell", "Rita Lindel", false);
        let one = |name: &str| credited(name, "same");
        assert!(may_be_one(&one("Aleks Lindel"), &one("Alex Lindel")), "joined in the record");
    }
}
