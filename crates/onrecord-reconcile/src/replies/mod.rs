//! Who answers whom.
//!
//! A statement is taken for a reply when two things come together: something says that it answers (a
//! reply verb beside it or at the head of its article, a word that turns another's words down or calls
//! them by their kind, a negation, the other's name beside it, a later day), and it is about what the
//! other said (rare words of the one come back in the other, or an article tells it after the other).
//! Each reply answers one statement of another speaker, the one it has most in common with.

mod voice;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Because, Id, Reply, Stance, Statement};
use rayon::prelude::*;

use crate::{background::weight, corpus::Findings, words::hash};
use voice::Voice;

/// A word that more statements of a story have than this says nothing about who answers whom.
const MOST_STATEMENTS: usize = 40;
/// What a name in both adds, against a plain word: two speakers of one story name the same places anyway.
const NAME: f32 = 0.3;
/// What an article adds that tells one right after the other, and the other's name beside the reply.
const RIGHT_AFTER: f32 = 1.0;
/// The same for what the other said earlier in the article.
const AFTER: f32 = 0.8;
const NAMED: f32 = 0.7;
/// What a word adds that calls the other's words by their kind.
const KIND: f32 = 0.5;
/// What more accounts add, times the logarithm of their number: people answer what was widely told.
const WIDELY_TOLD: f32 = 0.3;
/// How many statements back an article's teller can be referring.
const FARTHEST_BACK: usize = 8;
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
    /// For each voice, what the last other speaker says before it in an article, with what that adds.
    before: Vec<BTreeMap<usize, f32>>,
}

/// For each voice, what the nearest other speaker before it says, in each article.
fn before(voices: &[Voice]) -> Vec<BTreeMap<usize, f32>> {
    let mut by_article: BTreeMap<Id, Vec<(usize, usize)>> = BTreeMap::new();
    for (i, voice) in voices.iter().enumerate() {
        let places = voice.places.iter().map(|(&article, span)| (article, span.start()));
        places.for_each(|(article, at)| by_article.entry(article).or_default().push((at, i)));
    }
    let mut before = vec![BTreeMap::new(); voices.len()];
    for (article, mut told) in by_article {
        told.sort_unstable();
        for (n, &(_, own)) in
            told.iter().enumerate().filter(|(_, (_, i))| !voices[*i].is_recalled_in(&article))
        {
            let others = told[n.saturating_sub(FARTHEST_BACK)..n].iter().rev().map(|&(_, i)| i);
            let mut others = others.filter(|&i| !voices[i].is_of_one_speaker(&voices[own]));
            let Some(nearest) = others.next() else { continue };
            let more = others.filter(|&i| voices[i].is_of_one_speaker(&voices[nearest])).map(|i| (i, AFTER));
            for (i, adds) in more.chain([(nearest, RIGHT_AFTER)]) {
                let known = before[own].entry(i).or_insert(adds);
                *known = adds.max(*known);
            }
        }
    }
    before
}

impl Scene<'_> {
    /// The statement that a voice answers, if it answers one.
    fn answer(&self, voice: usize) -> Option<Reply> {
        let (own, before) = (&self.voices[voice], &self.before[voice]);
        let near = own.said.keys().chain(&own.around).filter_map(|key| self.holders.get(key));
        let sharing = near.filter(|h| h.len() <= MOST_STATEMENTS).flatten();
        let candidates: BTreeSet<usize> = sharing.chain(before.keys()).copied().collect();
        let mut best: Option<(f32, &Voice)> = None;
        for (i, other) in candidates.into_iter().map(|i| (i, &self.voices[i])) {
            let Some(fit) = fit(own, other, before.get(&i).copied()) else { continue };
            if best.is_none_or(|(most, _)| fit > most) {
                best = Some((fit, other));
            }
        }
        best.map(|(_, other)| reply(own, other))
    }
}

/// How well `own` answers `other`; `None` where too little speaks for it. `after` says what an article
/// adds that tells it after the other.
fn fit(own: &Voice, other: &Voice, after: Option<f32>) -> Option<f32> {
    if !own.may_follow(other) {
        return None;
    }
    let (answers, common) = (own.answers(other, after.is_some()), common(own, other));
    let enough = match answers {
        0 | 1 => false,
        2 if after.is_some() => own.replies_to(other) || common >= 0.2,
        2 => common >= 1.2,
        _ => common >= 0.4 || after.is_some(),
    };
    let named = if own.names(other) { NAMED } else { 0.0 };
    let kind = if own.names_kind_of(other) { KIND } else { 0.0 };
    let told = WIDELY_TOLD * (other.statement.accounts.len() as f32).ln();
    enough.then_some(common + named + kind + after.unwrap_or(0.0) + told)
}

/// How rare the words are that both have.
fn common(own: &Voice, other: &Voice) -> f32 {
    let has = |key: &&String| own.said.contains_key(*key) || own.around.contains(*key);
    let said = other.said.iter().filter(|(key, _)| has(key)).map(|(key, &name)| (key, name));
    let cue = other.cue.iter().filter(has).map(|key| (key, false));
    let weigh = |(key, name): (&String, bool)| rarity(key) * if name { NAME } else { 1.0 };
    said.chain(cue).map(weigh).sum::<f32>().min(MOST_COMMON)
}

fn rarity(key: &str) -> f32 {
    weight(hash(key.as_bytes())).powi(2)
}

fn reply(voice: &Voice, other: &Voice) -> Reply {
    let name = |v: &Voice| v.statement.speaker_name.clone().unwrap_or_default();
    let seen = [
        (voice.verb_beside().is_some(), "a reporting word says that it answers"),
        (voice.opens_answer_to(other), "the article opens with the answer of this side"),
        (voice.dismisses, "it turns something down"),
        (voice.names(other), "the other speaker is named with it"),
        (voice.names_kind_of(other), "it calls what the other said by its kind"),
        (voice.is_spoken_of_by(other), "the other spoke of this side"),
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
    match voice.verb_beside() {
        _ if voice.dismisses => Stance::Rejects,
        Some(Stance::Answers) | None if voice.verb.is_some() && voice.negates => Stance::Rejects,
        Some(stance) => stance,
        None => Stance::Answers,
    }
}
