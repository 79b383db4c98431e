//! One sentence's clauses to coded happenings: which code, who to whom.

use super::clauses::{Clause, Link, Mood};
use super::dictionary::Dictionary;
use super::groups::{Actor, Group};
use super::pattern::{Found, Pattern, Scene, Window};
use super::plover;
use super::verbs::{Code, Sense};
use super::words::{Run, Words};
use crate::tagger::Tag;

/// A code, who did it, to whom.
pub(super) type Dyad = (String, Option<Actor>, Option<Actor>);

/// What one clause tells.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) words: Run,
    pub(super) clause: usize,
    pub(super) codes: Vec<Dyad>,
    pub(super) mood: Mood,
    /// The verb and pattern that it was found by.
    pub(super) entry: String,
}

/// One sentence as it is coded.
pub(super) struct Coder<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) dictionary: &'a Dictionary,
    pub(super) sentence: Run,
    pub(super) groups: &'a [Group],
    pub(super) clauses: &'a [Clause],
    /// The dictionary's numbers of the article's words.
    pub(super) numbers: &'a [u32],
}

impl Scene for Coder<'_> {
    fn words(&self) -> &[u32] {
        self.numbers
    }

    fn group_at(&self, at: usize) -> Option<(usize, usize)> {
        let n = self.groups.iter().position(|group| group.words.0 == at)?;
        Some((n, self.groups[n].words.1))
    }

    fn acts(&self, group: usize) -> bool {
        !self.groups[group].actors.is_empty()
    }

    fn is_compound(&self, group: usize) -> bool {
        self.groups[group].actors.len() > 1
    }

    fn is_noun_part(&self, at: usize) -> bool {
        let passed = matches!(self.words.tag(at), Tag::Rb | Tag::Rp) || self.words.is_day(at);
        let day_follows = self.words.tag(at) == Tag::In && self.words.is_day(at + 1);
        passed || day_follows || self.groups.iter().any(|g| g.words.0 <= at && at < g.words.1)
    }
}

/// What the dictionary says of one verb of a chain.
#[derive(Clone)]
struct Reading<'a> {
    /// `None`: no event.
    code: Option<&'a Code>,
    pattern: Option<&'a Pattern>,
    sense: &'a Sense,
    found: Found,
}

/// A code, and the readings that it came from.
struct Choice<'a> {
    code: Code,
    reading: Reading<'a>,
    first: usize,
    /// Of a verb's own, with no pattern around it.
    is_default: bool,
    /// The clause that tells what is asked or agreed.
    content: Option<usize>,
    entry: String,
}

impl Coder<'_> {
    /// Every happening of the sentence, in the order of its verbs.
    pub(super) fn told(&self) -> Vec<Told> {
        let mut taken = vec![false; self.clauses.len()];
        let mut told = Vec::new();
        for n in 0..self.clauses.len() {
            if taken[n] || !self.is_asserted(&self.clauses[n]) {
                continue;
            }
            let Some(choice) = self.choice(n) else { continue };
            let content = self.content_of(n).filter(|_| self.takes_content(&choice));
            let Some(happening) = self.happening(n, choice) else { continue };
            if let Some(content) = content {
                taken[content] = true;
            }
            told.push(happening);
        }
        told
    }

    /// A clause that tells something by itself: not "to respond".
    fn is_asserted(&self, clause: &Clause) -> bool {
        let Some(link) = clause.links.first() else { return false };
        let participle = self.words.tag(link.at) == Tag::Vbg || link.is_passive;
        clause.is_finite || (participle && clause.subject.is_some())
    }

    fn content_of(&self, n: usize) -> Option<usize> {
        self.clauses.iter().position(|clause| clause.content_of == Some(n) && clause.is_finite)
    }

    /// Whether what is asked, refused or alleged is no happening of its own.
    fn takes_content(&self, choice: &Choice<'_>) -> bool {
        let root = choice.code.forth.as_deref().and_then(|code| code.get(..2)).unwrap_or_default();
        !self.dictionary.verbs.is_bound || matches!(root, "02" | "03" | "10" | "11" | "12" | "13")
    }

    fn reading(&self, clause: &Clause, link: Link) -> Option<Reading<'_>> {
        let verbs = &self.dictionary.verbs;
        let mut plain = None;
        for sense in verbs.senses(&self.words.normal[link.at]) {
            let Some(verb) = self.occurrence(sense, link.at) else { continue };
            let (from, to) = if verbs.is_bound { (clause.from, clause.end) } else { self.sentence };
            let object = link.is_passive.then_some(clause.subject).flatten().map(|n| self.groups[n].words);
            let window = Window { from: from.min(verb.0), verb, to: to.max(verb.1), object };
            for pattern in verbs.patterns(sense) {
                let is_own = pattern.origin.as_deref().is_none_or(|origin| origin == &*sense.base);
                if let Some(found) = is_own.then(|| pattern.find(self, window)).flatten() {
                    return Some(Reading {
                        code: pattern.code.as_ref(),
                        pattern: Some(pattern),
                        sense,
                        found,
                    });
                }
            }
            let found = Found { end: verb.1, ..Found::default() };
            if plain.is_none() && sense.code.is_some() {
                plain = Some(Reading { code: sense.code.as_ref(), pattern: None, sense, found });
            }
        }
        plain
    }

    /// The words of a verb of several, where they stand.
    fn occurrence(&self, sense: &Sense, at: usize) -> Option<Run> {
        let from = at.checked_sub(sense.before.len())?;
        let to = at + 1 + sense.after.len();
        let fits =
            self.numbers.get(from..at)? == sense.before && self.numbers.get(at + 1..to)? == sense.after;
        fits.then_some((from, to))
    }

    /// The code of a clause: of the outermost verb that has one, or of what its verbs mean together.
    fn choice(&self, n: usize) -> Option<Choice<'_>> {
        let clause = &self.clauses[n];
        let mut chosen: Option<Choice<'_>> = None;
        for link in clause.links.iter().rev() {
            let Some(reading) = self.reading(clause, *link) else { continue };
            let Some(code) = reading.code.cloned() else {
                // These words are known to be no event.
                if chosen.is_none() || !self.dictionary.verbs.is_bound {
                    chosen = None;
                }
                continue;
            };
            let inner = chosen.take();
            chosen = Some(self.joined(code, reading, link.at, inner));
        }
        let chosen = chosen?;
        if !self.dictionary.verbs.is_bound {
            return Some(chosen);
        }
        Some(self.in_mood(self.with_content(n, chosen), clause.mood))
    }

    /// An outer verb with what was found for the verb inside it.
    fn joined<'b>(
        &self,
        code: Code,
        reading: Reading<'b>,
        first: usize,
        inner: Option<Choice<'b>>,
    ) -> Choice<'b> {
        let entry = entry(&reading);
        let is_default = reading.pattern.is_none();
        let own = Choice { code, reading, first, is_default, content: None, entry };
        let Some(inner) = inner.filter(|_| self.dictionary.verbs.is_bound) else { return own };
        let (Some(outer_code), Some(inner_code)) = (&own.code.forth, &inner.code.forth) else { return own };
        let wishes = matches!(outer_code.get(..2), Some("02" | "03" | "10" | "12" | "13"));
        if !wishes {
            return if is_default { Choice { first, ..inner } } else { own };
        }
        let threat = || plover::intended(inner_code).filter(|_| outer_code.starts_with("03"));
        match plover::composed(outer_code, inner_code).or_else(threat) {
            Some(code) => {
                let entry = format!("{} + {}", own.entry, inner.entry);
                let code = Code { forth: Some(code), back: None };
                Choice { code, first, entry, is_default: false, ..inner }
            }
            None => own,
        }
    }

    /// "demanded that the army withdraw"
    fn with_content<'b>(&'b self, n: usize, choice: Choice<'b>) -> Choice<'b> {
        let Some(outer) = &choice.code.forth else { return choice };
        let content = self.clauses.iter().enumerate().skip(n + 1).find(|(_, c)| c.content_of == Some(n));
        let Some((at, clause)) = content else { return choice };
        let inner = clause.links.iter().find_map(|link| self.reading(clause, *link)?.code?.forth.clone());
        match inner.and_then(|inner| plover::composed(outer, &inner)) {
            Some(code) => Choice {
                code: Code { forth: Some(code), back: None },
                is_default: false,
                content: Some(at),
                ..choice
            },
            None => choice,
        }
    }

    fn in_mood<'b>(&self, choice: Choice<'b>, mood: Mood) -> Choice<'b> {
        let intended = choice.code.forth.as_deref().filter(|_| mood.is_future).and_then(plover::intended);
        match intended {
            Some(code) => Choice { code: Code { forth: Some(code), back: None }, ..choice },
            None => choice,
        }
    }

    fn happening(&self, n: usize, choice: Choice<'_>) -> Option<Told> {
        let clause = &self.clauses[n];
        let is_passive = clause.links.last().is_some_and(|link| link.is_passive);
        let found = choice.reading.found;
        let sides = match found.both {
            // "A agrees with B and C": the pair is one side where somebody else is the other.
            Some(both) => {
                let subject = self.subject(n).filter(|&subject| subject != both);
                Sides { source: subject.or(Some(both)), target: Some(both) }
            }
            None => self.sides(n, &found, is_passive, choice.content),
        };
        let codes = self.dyads(&choice, sides)?;
        let mut mood = clause.mood;
        // A pattern of a first-generation dictionary says what its "not" makes of the code.
        let says_not = choice.reading.pattern.is_some_and(|pattern| !pattern.before.is_empty());
        mood.is_negated &= self.dictionary.verbs.is_bound || !says_not;
        let words = (choice.first, found.end.max(choice.first + 1));
        Some(Told { words, clause: n, codes, mood, entry: choice.entry })
    }

    fn acting(&self, group: Option<usize>) -> Option<usize> {
        group.filter(|&n| !self.groups[n].actors.is_empty())
    }

    fn sides(&self, n: usize, found: &Found, is_passive: bool, content: Option<usize>) -> Sides {
        let clause = &self.clauses[n];
        let subject = self.subject(n);
        let by = is_passive.then(|| self.by(clause)).flatten();
        let mut sides = Sides { source: found.source, target: found.target };
        if !is_passive {
            sides.source = sides.source.or(subject);
            let asked = content.and_then(|at| self.acting(self.clauses[at].subject));
            sides.target = sides.target.or(asked).or_else(|| self.object(n, sides.source));
        } else if by.is_some() || self.dictionary.verbs.is_bound {
            sides.source = sides.source.or(by);
            sides.target = sides.target.or(subject);
        } else {
            sides.source = sides.source.or(subject.filter(|_| sides.target != subject));
            sides.target = sides.target.or_else(|| self.object(n, sides.source));
        }
        sides
    }

    /// The subject; for "it" or "they", that of the clause before.
    fn subject(&self, n: usize) -> Option<usize> {
        let subject = self.clauses[n].subject?;
        if self.acting(Some(subject)).is_some() {
            return Some(subject);
        }
        let before = self.clauses[n].content_of.filter(|_| self.groups[subject].is_pronoun)?;
        self.acting(self.clauses[before].subject)
    }

    fn by(&self, clause: &Clause) -> Option<usize> {
        let by = &self.words.lexicon.by;
        let within = |group: &Group| group.words.0 >= clause.words.1 && group.words.0 < clause.end;
        self.groups.iter().position(|group| {
            let lead = group.preposition.is_some_and(|at| by.has(self.words.low(at)));
            lead && within(group) && !group.actors.is_empty()
        })
    }

    /// The first actors after the verb, or those whom its content is about.
    fn object(&self, n: usize, source: Option<usize>) -> Option<usize> {
        let clause = &self.clauses[n];
        let to = if self.dictionary.verbs.is_bound { clause.end } else { self.sentence.1 };
        let other = |group: usize| Some(group) != source && !self.is_same(source, group);
        let within = |group: &Group| group.words.0 >= clause.words.1 && group.words.0 < to;
        let near = (0..self.groups.len())
            .find(|&group| within(&self.groups[group]) && self.acting(Some(group)).is_some() && other(group));
        near.or_else(|| {
            let content = self.content_of(n)?;
            self.acting(self.clauses[content].subject).filter(|&group| other(group))
        })
    }

    fn is_same(&self, one: Option<usize>, other: usize) -> bool {
        let code = |n: usize| self.groups[n].actors.first().and_then(|actor| actor.code.as_deref());
        one.is_some_and(|one| code(one).is_some() && code(one) == code(other))
    }

    /// Who did it to whom, one by one; `None` where too little is known of them.
    fn dyads(&self, choice: &Choice<'_>, sides: Sides) -> Option<Vec<Dyad>> {
        let actors = |group: Option<usize>| group.map_or(&[][..], |n| self.groups[n].actors.as_slice());
        let (sources, targets) = (actors(sides.source), actors(sides.target));
        let code = choice.code.forth.as_deref().or(choice.code.back.as_deref())?;
        if !self.is_enough(code, choice.is_default, sources, targets) {
            return None;
        }
        let optional = |actors: &[Actor]| -> Vec<Option<Actor>> {
            let listed = actors.iter().take(MOST_ACTORS).cloned().map(Some);
            if actors.is_empty() { vec![None] } else { listed.collect() }
        };
        let mut codes = Vec::new();
        let is_mutual = targets.is_empty() && sources.len() > 1;
        let others = if is_mutual { optional(sources) } else { optional(targets) };
        for (i, source) in optional(sources).into_iter().enumerate() {
            for (j, target) in others.iter().enumerate() {
                let is_self = sides.source == sides.target && i == j;
                if is_self || (is_mutual && j <= i) {
                    continue;
                }
                let forth =
                    choice.code.forth.iter().map(|code| (code.clone(), source.clone(), target.clone()));
                // Both directions are one happening, though the first generation codes each; of one phrase
                // each pair comes up in both orders already.
                let is_bound = self.dictionary.verbs.is_bound && choice.code.forth.is_some();
                let back = choice.code.back.iter().filter(|_| sides.source != sides.target && !is_bound);
                let back = back.map(|code| (code.clone(), target.clone(), source.clone()));
                codes.extend(forth.chain(back));
            }
        }
        Some(codes)
    }

    /// What must be known: both sides of what is said or asked, somebody who did it otherwise.
    fn is_enough(&self, code: &str, is_default: bool, sources: &[Actor], targets: &[Actor]) -> bool {
        let both = !sources.is_empty() && !targets.is_empty();
        if !self.dictionary.verbs.is_bound {
            return both;
        }
        match code.get(..2) {
            Some("01" | "02") => both,
            // What was agreed is not known.
            Some("03") if is_default => sources.len() > 1,
            // Politicians attack each other with words.
            Some("18" | "19" | "20") if is_default => {
                both && !sources.iter().any(|actor| self.is_civil(actor))
            }
            Some("14" | "15" | "17" | "18" | "19" | "20") => {
                !sources.is_empty() || (!targets.is_empty() && !is_default)
            }
            _ => both || sources.len() > 1 || (!sources.is_empty() && !is_default),
        }
    }
}

impl Coder<'_> {
    fn is_civil(&self, actor: &Actor) -> bool {
        let Some(code) = &actor.code else { return true };
        let parts = (3..code.len()).step_by(3).filter_map(|at| code.get(at..(at + 3).min(code.len())));
        parts.into_iter().any(|part| self.words.lexicon.civil.has(&part.to_lowercase()))
    }
}

/// More on one side of a happening are a list, and no dyads.
const MOST_ACTORS: usize = 5;

#[derive(Clone, Copy)]
struct Sides {
    source: Option<usize>,
    target: Option<usize>,
}

/// "impose: * SANCTIONS"
fn entry(reading: &Reading<'_>) -> String {
    match reading.pattern {
        Some(pattern) => format!("{}: {}", reading.sense.base, pattern.text),
        None => reading.sense.base.to_string(),
    }
}
