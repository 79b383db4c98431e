//! Who answers whom.
//!
//! A statement is taken for a reply when two things come together: something says that it answers (a
//! reply verb beside it or at the head of its article, a word that turns another's words down or calls
//! them by their kind, another number for the same thing, a negation, the other's name beside it, a later
//! day), and it is about what the other said (rare words of the one come back in the other, or an article
//! tells it after the other, or the other as said before). Each reply answers one statement of another
//! speaker, the one it has most in common with.

mod signs;
mod voice;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Because, Id, Reply, Stance, Statement};
use rayon::prelude::*;

use crate::corpus::Findings;
use signs::{Sign, common, signs};
use voice::Voice;

/// A word that more statements of a story have than this says nothing about who answers whom.
const MOST_STATEMENTS: usize = 40;
/// What the other's name beside the reply adds.
const NAMED: f32 = 0.7;
/// What a word adds that calls the other's words by their kind: more than that others speak in between.
const KIND: f32 = 0.9;
/// What more accounts add, times the logarithm of their number: people answer what was widely told.
const WIDELY_TOLD: f32 = 0.3;
/// How many statements back, or ahead to what is recalled, an article's teller can be referring.
const FARTHEST: usize = 8;

/// How an article tells one statement after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum After {
    /// Before it, but as said before.
    Recalled,
    /// After what the same speaker said earlier.
    Farther,
    /// With no other speaker in between: none of a third side, or none who is named.
    Right,
}

impl After {
    /// What it adds.
    fn adds(self) -> f32 {
        match self {
            Self::Recalled | Self::Farther => 0.8,
            Self::Right => 1.0,
        }
    }
}

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
    let answers: Vec<Answer> = (0..scene.voices.len()).filter_map(|i| scene.answer(i)).collect();
    let mut rivals: BTreeMap<usize, Vec<&Answer>> = BTreeMap::new();
    for answer in &answers {
        rivals.entry(answer.to).or_default().push(answer);
        rivals.entry(answer.from).or_default().push(answer);
    }
    let is_kept = |answer: &&Answer| {
        let mut others = rivals.get(&answer.to).into_iter().flatten();
        !others.any(|other| scene.outdoes(other, answer))
    };
    let kept = answers.iter().filter(is_kept);
    kept.map(|answer| reply(&scene.voices[answer.from], &scene.voices[answer.to], &answer.signs)).collect()
}

/// One statement that answers another, as indices into the voices.
struct Answer {
    from: usize,
    to: usize,
    /// How well it fits.
    fit: f32,
    /// What says so.
    signs: Vec<Sign>,
}

/// The statements of one story.
struct Scene<'a> {
    voices: Vec<Voice<'a>>,
    /// Who says each content key.
    holders: BTreeMap<String, Vec<usize>>,
    /// For each voice, what it comes after in an article.
    before: Vec<BTreeMap<usize, After>>,
}

/// For each voice, what the nearest other speaker before it says, in each article, and what is told behind it but
/// was said before.
fn before(voices: &[Voice]) -> Vec<BTreeMap<usize, After>> {
    let mut by_article: BTreeMap<Id, Vec<(usize, usize)>> = BTreeMap::new();
    for (i, voice) in voices.iter().enumerate() {
        voice.starts().for_each(|(article, at)| by_article.entry(article).or_default().push((at, i)));
    }
    let mut before = vec![BTreeMap::new(); voices.len()];
    for (article, mut told) in by_article {
        told.sort_unstable();
        let told: Vec<usize> = told.into_iter().map(|(_, i)| i).collect();
        for (n, &own) in told.iter().enumerate().filter(|(_, i)| !voices[**i].is_recalled_in(&article)) {
            for (i, after) in reached(voices, &told, n, &article) {
                let known = before[own].entry(i).or_insert(after);
                *known = after.max(*known);
            }
        }
    }
    before
}

/// What the voice at `told[n]` can be answering, in an article that tells the voices of `told` in this order.
fn reached(voices: &[Voice], told: &[usize], n: usize, article: &Id) -> Vec<(usize, After)> {
    let own = &voices[told[n]];
    let is_other = |i: &usize| !voices[*i].is_of_one_speaker(own);
    let mut back = told[n.saturating_sub(FARTHEST)..n].iter().rev().copied().filter(is_other);
    let of_other_side = back.clone().find(|&i| !voices[i].is_of_one_side(own));
    let named = back.clone().find(|&i| voices[i].statement.speaker.is_some());
    let nearest = back.next();
    let of_nearest = |i: &usize| nearest.is_some_and(|n| voices[*i].is_of_one_speaker(&voices[n]));
    let more = back.filter(of_nearest).map(|i| (i, After::Farther));
    let ahead = told[n + 1..told.len().min(n + 1 + FARTHEST)].iter().copied().filter(is_other);
    let recalled = ahead.filter(|i| voices[*i].is_recalled_in(article)).map(|i| (i, After::Recalled));
    let right = nearest.into_iter().chain(of_other_side).chain(named).map(|i| (i, After::Right));
    right.chain(more).chain(recalled).collect()
}

impl Scene<'_> {
    /// The statement that a voice answers, if it answers one.
    fn answer(&self, from: usize) -> Option<Answer> {
        let (own, before) = (&self.voices[from], &self.before[from]);
        let near =
            own.said.keys().chain(&own.around).chain(&own.lead).filter_map(|key| self.holders.get(key));
        let sharing = near.filter(|h| h.len() <= MOST_STATEMENTS).flatten();
        let candidates: BTreeSet<usize> = sharing.chain(before.keys()).copied().collect();
        let mut best: Option<Answer> = None;
        for to in candidates {
            let Some((fit, signs)) = fit(own, &self.voices[to], before.get(&to).copied()) else { continue };
            if best.as_ref().is_none_or(|most| fit > most.fit) {
                best = Some(Answer { from, to, fit, signs });
            }
        }
        best
    }

    /// Whether `answer` is left aside for `other`: of two that answer each other, the one that says so more; and of
    /// what one speaker says to one statement, all but the best where only the head of the article calls it an answer.
    fn outdoes(&self, other: &Answer, answer: &Answer) -> bool {
        let rank = |a: &Answer| (a.signs.iter().filter(|sign| sign.is_sure()).count(), a.signs.len());
        let is_mutual = (other.from, other.to) == (answer.to, answer.from);
        let is_again = other.to == answer.to
            && other.from != answer.from
            && self.voices[other.from].is_of_one_speaker(&self.voices[answer.from])
            && !answer.signs.iter().any(|sign| sign.is_beside());
        let order = rank(other).cmp(&rank(answer)).then(other.fit.total_cmp(&answer.fit));
        (is_mutual || is_again) && order.then(answer.from.cmp(&other.from)).is_gt()
    }
}

/// How well `own` answers `other`, with what says so; `None` where too little does.
fn fit(own: &Voice, other: &Voice, after: Option<After>) -> Option<(f32, Vec<Sign>)> {
    if !own.may_follow(other) {
        return None;
    }
    let (signs, common) = (signs(own, other, after), common(own, other));
    let after = after.filter(|after| *after != After::Recalled || common > 0.0);
    if !are_enough(&signs, common, after.is_some()) {
        return None;
    }
    let named = if signs.contains(&Sign::Names) { NAMED } else { 0.0 };
    let kind = if signs.contains(&Sign::NamesKind) { KIND } else { 0.0 };
    let told = WIDELY_TOLD * (other.statement.accounts.len() as f32).ln();
    Some((common + named + kind + after.map_or(0.0, After::adds) + told, signs))
}

/// Whether the signs make an answer, with so much in common.
fn are_enough(signs: &[Sign], common: f32, is_after: bool) -> bool {
    let sure = signs.iter().filter(|sign| sign.is_sure()).count();
    match sure * 2 + (signs.len() - sure) {
        0 | 1 => false,
        _ if signs.iter().all(|sign| sign.is_faint()) => false,
        2 if is_after => signs.iter().any(|sign| sign.is_sure() && *sign != Sign::Dismisses) || common >= 0.2,
        2 => common >= 1.2,
        _ => common >= 0.4 || is_after,
    }
}

fn reply(voice: &Voice, other: &Voice, signs: &[Sign]) -> Reply {
    let name = |v: &Voice| v.statement.speaker_name.clone().unwrap_or_default();
    let seen: Vec<&str> = signs.iter().filter_map(|sign| sign.told()).collect();
    let why =
        if seen.is_empty() { "it was said later about the same thing".to_owned() } else { seen.join("; ") };
    let note = format!("{} speaks to what {} said: {why}", name(voice), name(other));
    let because = Because::new("reply", note);
    Reply { from: voice.statement.id, to: other.statement.id, stance: stance(voice, signs), because }
}

fn stance(voice: &Voice, signs: &[Sign]) -> Stance {
    match voice.verb {
        _ if signs.contains(&Sign::Dismisses) => Stance::Rejects,
        Some(Stance::Answers) if voice.negates => Stance::Rejects,
        Some(Stance::Confirms) if !signs.contains(&Sign::Verb) && voice.negates => Stance::Rejects,
        Some(stance) if signs.contains(&Sign::Verb) => stance,
        _ if signs.contains(&Sign::Recounts) => Stance::Rejects,
        _ => voice
            .opening
            .as_ref()
            .filter(|_| signs.contains(&Sign::Opens))
            .map_or(Stance::Answers, |o| o.stance),
    }
}
