//! Who answers whom.
//!
//! A statement is taken for a reply when two things come together: something says that it answers (a
//! reply verb, a word that turns another's words down, a negation of what was said, the other's name
//! beside it), and it is about what the other said (rare words of the one come back in the other).
//! Each reply answers one statement of another speaker, the one it has most in common with.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_model::{Account, Because, Id, Reply, Stance, Statement};

use crate::{
    background::weight,
    corpus::Findings,
    tellings::{Telling, Word},
    words::{fold, hash},
};

/// Accounts of a statement that are read.
const MOST_ACCOUNTS: usize = 12;
/// A word that more statements of a story have than this says nothing about who answers whom.
const MOST_STATEMENTS: usize = 40;
/// What speaks for a reply must come to this, and what both are about to this.
const LEAST_ANSWER: u32 = 3;
const LEAST_COMMON: f32 = 0.9;

/// Finds the statements that answer another.
pub(crate) fn find(found: &Findings) -> Vec<Reply> {
    let mut by_story: BTreeMap<Id, Vec<&Statement>> = BTreeMap::new();
    for statement in found.statements.iter().filter(|s| s.speaker_name.is_some()) {
        by_story.entry(statement.story).or_default().push(statement);
    }
    let mut replies: Vec<Reply> =
        by_story.into_values().flat_map(|statements| in_story(found, &statements)).collect();
    replies.sort_by_key(|r| (r.from, r.to));
    replies
}

fn in_story(found: &Findings, statements: &[&Statement]) -> Vec<Reply> {
    let voices: Vec<Voice> = statements.iter().filter_map(|s| Voice::new(found, s)).collect();
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, voice) in voices.iter().enumerate() {
        voice.said.iter().for_each(|key| holders.entry(key).or_default().push(i));
    }
    voices.iter().filter_map(|voice| answer(voice, &voices, &holders)).collect()
}

/// One statement, as far as it matters to who answers whom.
struct Voice<'a> {
    statement: &'a Statement,
    /// The content keys of all accounts.
    said: BTreeSet<String>,
    /// The content keys around them: cue, source, addressee.
    around: BTreeSet<String>,
    /// The stance of a reply verb in the cue or around it.
    verb: Option<Stance>,
    dismisses: bool,
    negates: bool,
    day: Option<Date>,
    /// Articles, with where the statement begins in them.
    places: BTreeMap<Id, usize>,
    /// The words of the speaker's name.
    name: BTreeSet<String>,
}

impl<'a> Voice<'a> {
    fn new(found: &'a Findings, statement: &'a Statement) -> Option<Self> {
        let telling = |account: &'a Account| Telling::new(account, found.corpus.get(account.article)?);
        let tellings: Vec<Telling> =
            statement.accounts.iter().take(MOST_ACCOUNTS).filter_map(telling).collect();
        let name = statement.speaker_name.as_deref()?;
        let said = tellings.iter().flat_map(|t| &t.words);
        let around = tellings.iter().flat_map(|t| &t.frame);
        let any = |test: &dyn Fn(&Telling) -> bool| tellings.iter().any(test);
        Some(Self {
            statement,
            said: keys(said),
            around: keys(around),
            verb: tellings.iter().find_map(reply_verb),
            dismisses: any(&|t| [&t.words, &t.frame].iter().any(|w| t.lexicon.dismissals.stand_in(w))),
            negates: any(&|t| t.words.iter().any(|w| t.lexicon.negates(&w.text))),
            day: statement.said_on.as_ref().and_then(|(day, _)| day.as_day()),
            places: statement
                .accounts
                .iter()
                .filter_map(|a| Some((a.article, a.parts.first()?.span.start())))
                .collect(),
            name: name.split_whitespace().map(fold).filter(|w| w.len() > 2).collect(),
        })
    }

    /// How much speaks for this being an answer to `other`.
    fn answers(&self, other: &Voice) -> u32 {
        let named = other.name.iter().any(|w| self.around.contains(w) || self.said.contains(w));
        let later = matches!((self.day, other.day), (Some(a), Some(b)) if a > b);
        let after = self.places.iter().any(|(a, at)| other.places.get(a).is_some_and(|b| b < at));
        u32::from(self.verb.is_some()) * 2
            + u32::from(self.dismisses) * 2
            + u32::from(self.negates)
            + u32::from(named)
            + u32::from(later)
            + u32::from(after)
    }

    /// Whether it can come after `other` at all.
    fn may_follow(&self, other: &Voice) -> bool {
        let one = self.statement.speaker.is_some() && self.statement.speaker == other.statement.speaker;
        let earlier = matches!((self.day, other.day), (Some(a), Some(b)) if a < b);
        !one && !earlier && self.statement.speaker_name != other.statement.speaker_name
    }

    /// How rare the words are that both have.
    fn common(&self, other: &Voice) -> f32 {
        let shared = other.said.iter().filter(|k| self.said.contains(*k) || self.around.contains(*k));
        shared.map(|key| rarity(key)).sum()
    }
}

fn keys<'w>(words: impl Iterator<Item = &'w Word>) -> BTreeSet<String> {
    words.filter(|w| w.is_plain()).map(|w| w.key.clone()).collect()
}

fn rarity(key: &str) -> f32 {
    weight(hash(key.as_bytes())).powi(2)
}

/// The stance of a reply verb in an account's cue or in the words around it.
fn reply_verb(telling: &Telling) -> Option<Stance> {
    let found = telling.lexicon.replies.iter().filter(|(_, verbs)| verbs.stand_in(&telling.frame));
    let mut stances: Vec<Stance> = found.map(|(stance, _)| *stance).collect();
    stances.sort_unstable();
    stances.first().copied()
}

/// The statement that `voice` answers, if it answers one.
fn answer(voice: &Voice, voices: &[Voice], holders: &BTreeMap<&str, Vec<usize>>) -> Option<Reply> {
    let near = voice.said.iter().chain(&voice.around).filter_map(|key| holders.get(key.as_str()));
    let candidates: BTreeSet<usize> =
        near.filter(|h| h.len() <= MOST_STATEMENTS).flatten().copied().collect();
    let mut best: Option<(f32, &Voice)> = None;
    for other in candidates.into_iter().filter_map(|i| voices.get(i)).filter(|o| voice.may_follow(o)) {
        let (answers, common) = (voice.answers(other), voice.common(other));
        let score = common + answers as f32;
        if answers >= LEAST_ANSWER && common >= LEAST_COMMON && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, other));
        }
    }
    best.map(|(_, other)| reply(voice, other))
}

fn reply(voice: &Voice, other: &Voice) -> Reply {
    let stance = stance(voice);
    let name = |v: &Voice| v.statement.speaker_name.clone().unwrap_or_default();
    let note = format!("{} speaks to what {} said", name(voice), name(other));
    Reply { from: voice.statement.id, to: other.statement.id, stance, because: Because::new("reply", note) }
}

fn stance(voice: &Voice) -> Stance {
    match voice.verb {
        _ if voice.dismisses => Stance::Rejects,
        Some(Stance::Answers) | None if voice.negates => Stance::Rejects,
        Some(stance) => stance,
        None => Stance::Answers,
    }
}
