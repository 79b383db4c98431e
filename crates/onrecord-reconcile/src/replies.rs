//! Who answers whom.
//!
//! A statement is taken for a reply when two things come together: something says that it answers (a
//! reply verb, a word that turns another's words down, a negation of what was said, the other's name
//! beside it, a later day), and it is about what the other said (rare words of the one come back in the
//! other, or an article tells it right after the other). Each reply answers one statement of another
//! speaker, the one it has most in common with.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_model::{Account, Because, Id, Reply, Stance, Statement};
use rayon::prelude::*;

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
/// What a name in both adds, against a plain word: two speakers of one story name the same places anyway.
const NAME: f32 = 0.3;
/// What an article adds that tells one right after the other, and the other's name beside the reply.
const RIGHT_AFTER: f32 = 1.0;
const NAMED: f32 = 0.7;
/// What more accounts add, times the logarithm of their number: people answer what was widely told.
const WIDELY_TOLD: f32 = 0.3;
/// Words in common past this add nothing.
const MOST_COMMON: f32 = 2.5;

/// Finds the statements that answer another.
pub(crate) fn find(found: &Findings) -> Vec<Reply> {
    let mut by_story: BTreeMap<Id, Vec<&Statement>> = BTreeMap::new();
    for statement in found.statements.iter().filter(|s| s.speaker_name.is_some()) {
        by_story.entry(statement.story).or_default().push(statement);
    }
    let mut replies: Vec<Reply> =
        by_story.into_par_iter().flat_map_iter(|(_, statements)| in_story(found, &statements)).collect();
    replies.sort_by_key(|r| (r.from, r.to));
    replies
}

fn in_story(found: &Findings, statements: &[&Statement]) -> Vec<Reply> {
    let voices: Vec<Voice> = statements.iter().filter_map(|s| Voice::new(found, s)).collect();
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, voice) in voices.iter().enumerate() {
        voice.said.keys().for_each(|key| holders.entry(key.clone()).or_default().push(i));
    }
    let scene = Scene { before: before(&voices), voices, holders };
    (0..scene.voices.len()).filter_map(|i| scene.answer(i)).collect()
}

/// The statements of one story.
struct Scene<'a> {
    voices: Vec<Voice<'a>>,
    /// Who says each content key.
    holders: BTreeMap<String, Vec<usize>>,
    /// For each voice, those that an article tells right before it.
    before: Vec<BTreeSet<usize>>,
}

/// For each voice, the nearest voice of another speaker before it, in each article.
fn before(voices: &[Voice]) -> Vec<BTreeSet<usize>> {
    let mut by_article: BTreeMap<Id, Vec<(usize, usize)>> = BTreeMap::new();
    for (i, voice) in voices.iter().enumerate() {
        voice.places.iter().for_each(|(&article, &at)| by_article.entry(article).or_default().push((at, i)));
    }
    let mut before = vec![BTreeSet::new(); voices.len()];
    for mut told in by_article.into_values() {
        told.sort_unstable();
        let mut other: Option<usize> = None;
        for pair in told.windows(2) {
            let ((_, a), (_, b)) = (pair[0], pair[1]);
            other = if voices[a].is_of_one_speaker(&voices[b]) { other } else { Some(a) };
            before[b].extend(other);
        }
    }
    before
}

/// One statement, as far as it matters to who answers whom.
struct Voice<'a> {
    statement: &'a Statement,
    /// The content keys of all accounts, each with whether it is a name.
    said: BTreeMap<String, bool>,
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
            around: keys(around).into_keys().collect(),
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

    /// How much says that this is an answer to `other`.
    fn answers(&self, other: &Voice) -> u32 {
        let later = matches!((self.day, other.day), (Some(a), Some(b)) if a > b);
        u32::from(self.replies_by_verb()) * 2
            + u32::from(self.dismisses) * 2
            + u32::from(self.negates)
            + u32::from(self.names(other))
            + u32::from(later)
    }

    /// Whether a reply verb stands beside it; "agreed" and "welcomed" say as often what somebody did.
    fn replies_by_verb(&self) -> bool {
        self.verb.is_some_and(|stance| stance != Stance::Confirms)
    }

    /// Whether the other speaker is named in it or beside it.
    fn names(&self, other: &Voice) -> bool {
        let own = |w: &&String| !self.name.contains(*w);
        other.name.iter().filter(own).any(|w| self.around.contains(w) || self.said.contains_key(w))
    }

    fn is_of_one_speaker(&self, other: &Voice) -> bool {
        let one = self.statement.speaker.is_some() && self.statement.speaker == other.statement.speaker;
        one || self.statement.speaker_name == other.statement.speaker_name
    }

    /// Whether it can come after `other` at all.
    fn may_follow(&self, other: &Voice) -> bool {
        let earlier = matches!((self.day, other.day), (Some(a), Some(b)) if a < b);
        let after = self.places.iter().any(|(a, at)| other.places.get(a).is_some_and(|b| b < at));
        let later = matches!((self.day, other.day), (Some(a), Some(b)) if a > b);
        !self.is_of_one_speaker(other) && !earlier && (after || later)
    }

    /// How rare the words are that both have.
    fn common(&self, other: &Voice) -> f32 {
        let shared =
            other.said.iter().filter(|(k, _)| self.said.contains_key(*k) || self.around.contains(*k));
        shared.map(|(key, &name)| rarity(key) * if name { NAME } else { 1.0 }).sum::<f32>().min(MOST_COMMON)
    }
}

fn keys<'w>(words: impl Iterator<Item = &'w Word>) -> BTreeMap<String, bool> {
    words.filter(|w| w.is_plain()).map(|w| (w.key.clone(), w.name)).collect()
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

impl Scene<'_> {
    /// The statement that a voice answers, if it answers one.
    fn answer(&self, voice: usize) -> Option<Reply> {
        let (own, before) = (&self.voices[voice], &self.before[voice]);
        let near = own.said.keys().chain(&own.around).filter_map(|key| self.holders.get(key));
        let sharing = near.filter(|h| h.len() <= MOST_STATEMENTS).flatten();
        let candidates: BTreeSet<usize> = sharing.chain(before).copied().collect();
        let mut best: Option<(f32, &Voice)> = None;
        for (i, other) in candidates.into_iter().map(|i| (i, &self.voices[i])) {
            let Some(fit) = self.fit(own, other, before.contains(&i)) else { continue };
            if best.is_none_or(|(most, _)| fit > most) {
                best = Some((fit, other));
            }
        }
        best.map(|(_, other)| reply(own, other))
    }

    /// How well `own` answers `other`; `None` where too little speaks for it.
    fn fit(&self, own: &Voice, other: &Voice, right_after: bool) -> Option<f32> {
        if !own.may_follow(other) {
            return None;
        }
        let (answers, common) = (own.answers(other), own.common(other));
        let enough = match answers {
            0 => false,
            1 => common >= 2.0,
            2 if right_after => own.replies_by_verb() || common >= 0.2,
            2 => common >= 1.2,
            _ => common >= 0.4 || right_after,
        };
        let named = if own.names(other) { NAMED } else { 0.0 };
        let after = if right_after { RIGHT_AFTER } else { 0.0 };
        let told = WIDELY_TOLD * (other.statement.accounts.len() as f32).ln();
        enough.then_some(common + named + after + told)
    }
}

fn reply(voice: &Voice, other: &Voice) -> Reply {
    let name = |v: &Voice| v.statement.speaker_name.clone().unwrap_or_default();
    let seen = [
        (voice.replies_by_verb(), "a reporting word says that it answers"),
        (voice.dismisses, "it turns something down"),
        (voice.names(other), "the other speaker is named with it"),
        (voice.negates, "it denies or refuses"),
    ];
    let signs: Vec<&str> = seen.iter().filter(|(there, _)| *there).map(|(_, sign)| *sign).collect();
    let why =
        if signs.is_empty() { "it was said later about the same thing".to_owned() } else { signs.join("; ") };
    let note = format!("{} speaks to what {} said: {why}", name(voice), name(other));
    let because = Because::new("reply", note);
    Reply { from: voice.statement.id, to: other.statement.id, stance: stance(voice), because }
}

fn stance(voice: &Voice) -> Stance {
    match voice.verb {
        _ if voice.dismisses => Stance::Rejects,
        Some(Stance::Answers) if voice.negates => Stance::Rejects,
        Some(stance) => stance,
        None => Stance::Answers,
    }
}
