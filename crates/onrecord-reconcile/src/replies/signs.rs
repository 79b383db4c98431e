//! What says that one statement answers another.

use super::{After, voice::Voice};
use crate::{background::weight, words::hash};

/// What a name in both adds, against a plain word: two speakers of one story name the same places anyway.
const NAME: f32 = 0.3;
/// How much a statement right after a denial must have in common with it to speak to what was denied.
const OF_ONE_THING: f32 = 0.1;
/// What a word of the article's opening adds, against one of the statement's own.
const LEAD: f32 = 0.3;
/// Words in common past this add nothing.
const MOST_COMMON: f32 = 2.5;

/// One thing that says that a statement answers another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A reply verb beside it.
    Verb,
    /// A reply verb of this side opens the article.
    Opens,
    /// It turns something down.
    Dismisses,
    /// It says what it thinks of the other's words, which it calls by their kind.
    Judges,
    /// It gives another number for what the other counted.
    Recounts,
    /// It follows a denial of the same thing.
    Disputed,
    /// The other speaker is named with it.
    Names,
    /// It calls what the other said by its kind.
    NamesKind,
    /// It takes up what stands before: "such plans".
    TakesUp,
    /// The other spoke of this side.
    SpokenOf,
    /// A negation.
    Negates,
    /// A later day, or the other is told as said before.
    Later,
    /// The other answers somebody as well.
    OfExchange,
}

impl Sign {
    /// Whether it hardly stands where nobody is answered.
    pub(super) fn is_sure(self) -> bool {
        use Sign::{Dismisses, Disputed, Judges, Opens, Recounts, Verb};
        matches!(self, Verb | Opens | Dismisses | Judges | Recounts | Disputed)
    }

    /// Whether it stands beside the statement itself, and not at the head of its article.
    pub(super) fn is_beside(self) -> bool {
        self.is_sure() && self != Self::Opens
    }

    /// Whether two of one side answer each other by it.
    fn is_open_to_one_side(self) -> bool {
        matches!(self, Self::Opens | Self::Dismisses | Self::Judges)
    }

    /// Whether it stands as often where two sides speak of one thing without an answer.
    pub(super) fn is_faint(self) -> bool {
        matches!(self, Self::Negates | Self::SpokenOf)
    }

    /// What it is, for people; `None` where it says nothing by itself.
    pub(super) fn told(self) -> Option<&'static str> {
        Some(match self {
            Self::Verb => "a reporting word says that it answers",
            Self::Opens => "the article opens with the answer of this side",
            Self::Dismisses => "it turns something down",
            Self::Judges => "it judges what the other said, called by its kind",
            Self::Recounts => "it gives another number for what the other counted",
            Self::Disputed => "it follows a denial of the same thing",
            Self::Names => "the other speaker is named with it",
            Self::NamesKind => "it calls what the other said by its kind",
            Self::TakesUp => "it takes up what was said before it",
            Self::SpokenOf => "the other spoke of this side",
            Self::Negates => "it denies or refuses",
            Self::Later | Self::OfExchange => return None,
        })
    }
}

/// The signs that `own` answers `other`, the surest first; none for two of one side, who rarely answer each other,
/// where nothing says that the one is against the other. `after`: how an article tells it after the other, if one does.
pub(super) fn signs(own: &Voice, other: &Voice, after: Option<After>) -> Vec<Sign> {
    let (kind, right_after) = (own.names_kind_of(other), after == Some(After::Right));
    let surely = [
        (Sign::Verb, own.replies_by_verb(kind)),
        (Sign::Opens, own.opens_answer_to(other)),
        (Sign::Dismisses, own.dismisses),
        (Sign::Judges, kind && own.judges),
        (Sign::Recounts, after.is_some() && own.recounts(other)),
        (Sign::Disputed, right_after && other.denies && common(own, other) >= OF_ONE_THING),
    ];
    let maybe = [
        (Sign::Names, own.names(other)),
        (Sign::NamesKind, kind),
        (Sign::TakesUp, right_after && own.takes_up),
        (Sign::SpokenOf, own.is_spoken_of_by(other)),
        (Sign::Negates, own.negates),
        (Sign::Later, own.is_later_than(other) || own.recalls(other)),
        (Sign::OfExchange, after.is_some() && other.verb_beside().is_some()),
    ];
    let there = |signs: &[(Sign, bool)]| -> Vec<Sign> {
        signs.iter().filter(|(_, there)| *there).map(|(sign, _)| *sign).collect()
    };
    let surely = there(&surely);
    let is_against = own.verb_beside().is_some() || surely.iter().any(|sign| sign.is_open_to_one_side());
    if own.is_of_one_side(other) && !is_against {
        return Vec::new();
    }
    [surely, there(&maybe)].concat()
}

/// How rare the words are that both have.
pub(super) fn common(own: &Voice, other: &Voice) -> f32 {
    let nearness = |key: &String| match () {
        () if own.said.contains_key(key) || own.around.contains(key) => 1.0,
        () if own.lead.contains(key) => LEAD,
        () => 0.0,
    };
    let said = other.said.iter().map(|(key, &is_name)| (key, is_name));
    let cue = other.cue.iter().map(|key| (key, false));
    let weigh = |(key, is_name): (&String, bool)| nearness(key) * if is_name { NAME } else { 1.0 };
    let shared = said.chain(cue).map(|word| (word.0, weigh(word))).filter(|(_, weight)| *weight > 0.0);
    shared.map(|(key, weight)| rarity(key) * weight).sum::<f32>().min(MOST_COMMON)
}

fn rarity(key: &str) -> f32 {
    weight(hash(key.as_bytes())).powi(2)
}
