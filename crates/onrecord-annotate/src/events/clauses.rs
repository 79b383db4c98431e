//! A sentence as clauses: verb groups with their helpers, subjects, and how far each reaches.
//!
//! Read from word classes. What the coder asks of a clause is [`Clause`] alone, so that a parse can take this
//! file's place.

use super::groups::Group;
use super::words::{Run, Words};
use crate::tagger::Tag;

/// A verb of a chain: "agreed to *withdraw*".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) at: usize,
    pub(super) is_passive: bool,
}

/// How a verb group stands to what is real.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mood {
    pub(super) is_negated: bool,
    /// Planned or foreseen.
    pub(super) is_future: bool,
    /// Only possible, or only imagined.
    pub(super) is_conditional: bool,
}

/// A verb group and what belongs to it. Indices are words of the article, and groups of the sentence.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// The verb group with its helpers.
    pub(super) words: Run,
    /// Outermost first; empty for "is".
    pub(super) links: Vec<Link>,
    pub(super) mood: Mood,
    pub(super) is_finite: bool,
    pub(super) subject: Option<usize>,
    /// Where the clause starts and ends.
    pub(super) from: usize,
    pub(super) end: usize,
    /// The clause that this one is the content of: what is said, asked, agreed.
    pub(super) content_of: Option<usize>,
}

/// The clauses of a sentence, in the order of their verbs.
pub(super) fn clauses(words: &Words<'_>, sentence: Run, groups: &[Group]) -> Vec<Clause> {
    let reader = Reader { words, sentence, groups };
    let mut clauses: Vec<Clause> = Vec::new();
    let mut at = sentence.0;
    while at < sentence.1 {
        let Some(verbal) = reader.verbal(at) else {
            at += 1;
            continue;
        };
        at = verbal.words.1;
        let clause = reader.clause(verbal, &clauses);
        clauses.push(clause);
    }
    for n in 0..clauses.len() {
        clauses[n].end = reader.end(&clauses, n);
    }
    clauses
}

struct Reader<'a> {
    words: &'a Words<'a>,
    sentence: Run,
    groups: &'a [Group],
}

/// A verb group by itself.
struct Verbal {
    words: Run,
    links: Vec<Link>,
    mood: Mood,
    is_finite: bool,
    /// "to respond"
    is_infinitive: bool,
    /// A participle without a helper.
    is_bare: bool,
}

impl Reader<'_> {
    fn in_group(&self, at: usize) -> bool {
        self.groups.iter().any(|group| group.words.0 <= at && at < group.words.1)
    }

    fn verbal(&self, from: usize) -> Option<Verbal> {
        let words = self.words;
        let starts = words.is_verb(from) || words.tag(from) == Tag::Md;
        let infinitive = words.tag(from) == Tag::To && self.verb_after(from + 1).is_some();
        if !(starts || infinitive) || self.in_group(from) {
            return None;
        }
        let first = words.tag(from);
        let mut verbal = Verbal {
            words: (from, from + 1),
            links: Vec::new(),
            mood: Mood::default(),
            is_finite: matches!(first, Tag::Md | Tag::Vbd | Tag::Vbz | Tag::Vbp),
            is_infinitive: infinitive,
            is_bare: matches!(first, Tag::Vbn | Tag::Vbg),
        };
        self.fill(&mut verbal);
        self.before(&mut verbal);
        Some(verbal)
    }

    /// The next verb past adverbs and negations.
    fn verb_after(&self, from: usize) -> Option<usize> {
        let lexicon = self.words.lexicon;
        (from..self.sentence.1.min(from + 5))
            .find(|&i| !self.is_adverb(i) && !lexicon.negations.has(self.words.low(i)))
            .filter(|&i| self.words.is_verb(i) && !self.in_group(i))
    }

    /// An adverb, or "and" between two: "heavily and unjustly".
    fn is_adverb(&self, at: usize) -> bool {
        let adverb = |i: usize| self.words.tag(i) == Tag::Rb;
        adverb(at) || (at > 0 && self.words.tag(at) == Tag::Cc && adverb(at - 1) && adverb(at + 1))
    }

    fn fill(&self, verbal: &mut Verbal) {
        let (words, lexicon) = (self.words, self.words.lexicon);
        let mut at = verbal.words.0;
        let mut after_be = false;
        while at < self.sentence.1 {
            let low = words.low(at);
            let has_verb = self.verb_after(at + 1).is_some();
            if lexicon.negations.has(low) && (has_verb || after_be) {
                verbal.mood.is_negated = true;
            } else if words.tag(at) == Tag::Md {
                let is_future = lexicon.future.has(low);
                verbal.mood.is_future |= is_future;
                verbal.mood.is_conditional |= !is_future;
            } else if words.is_verb(at) && lexicon.be.has(low) {
                after_be = true;
            } else if words.is_verb(at) {
                let helps = lexicon.have.has(low) || lexicon.auxiliary_do.has(low);
                if !(helps && (has_verb || self.is_negated_after(at + 1))) {
                    let passive = after_be && matches!(words.tag(at), Tag::Vbn | Tag::Vbd);
                    verbal.links.push(Link { at, is_passive: passive });
                    (after_be, verbal.words.1) = (false, at + 1);
                    at = self.particle(at + 1);
                    verbal.words.1 = at;
                    if !self.goes_on(at) {
                        return;
                    }
                    continue;
                }
            } else if after_be && self.leads_to(at) {
                verbal.links.push(Link { at, is_passive: false });
                verbal.mood.is_future |= lexicon.ready.has(low);
                after_be = false;
            } else if !(has_verb && (words.tag(at) == Tag::To || self.is_adverb(at))) {
                break;
            }
            verbal.words.1 = at + 1;
            at += 1;
        }
    }

    fn is_negated_after(&self, at: usize) -> bool {
        self.words.lexicon.negations.has(self.words.low(at)) && self.verb_after(at + 1).is_some()
    }

    /// "is ready to", "is about to", "was known to".
    fn leads_to(&self, at: usize) -> bool {
        let leads = self.words.lexicon.ready.has(self.words.low(at)) || self.words.tag(at) == Tag::Jj;
        leads && self.words.tag(at + 1) == Tag::To && self.words.is_verb(at + 2)
    }

    fn particle(&self, at: usize) -> usize {
        if self.words.tag(at) == Tag::Rp { at + 1 } else { at }
    }

    /// "agreed *to withdraw*", "began *pulling out*".
    fn goes_on(&self, at: usize) -> bool {
        let words = self.words;
        let to = words.tag(at) == Tag::To && self.verb_after(at + 1).is_some();
        to || (words.tag(at) == Tag::Vbg && !self.in_group(at))
    }

    /// Adverbs before the group belong to it: "most certainly did not".
    fn before(&self, verbal: &mut Verbal) {
        let lexicon = self.words.lexicon;
        while let Some(at) = verbal.words.0.checked_sub(1).filter(|&at| at >= self.sentence.0) {
            let negates = lexicon.negations.has(self.words.low(at));
            if !negates && (self.words.tag(at) != Tag::Rb || self.words.is_day(at)) {
                break;
            }
            verbal.mood.is_negated |= negates;
            verbal.words.0 = at;
        }
    }

    fn clause(&self, verbal: Verbal, before: &[Clause]) -> Clause {
        let mut clause = Clause {
            words: verbal.words,
            links: verbal.links,
            mood: verbal.mood,
            is_finite: verbal.is_finite,
            subject: None,
            from: verbal.words.0,
            end: self.sentence.1,
            content_of: None,
        };
        let start = verbal.words.0;
        let lead = self.past_days_back(start);
        let word_before = lead.checked_sub(1).filter(|&at| at >= self.sentence.0);
        let Some(prior) = word_before else { return clause };
        let tag = self.words.tag(prior);
        if verbal.is_infinitive {
            clause.content_of = before.len().checked_sub(1);
            clause.subject = self.group_ending(lead);
            clause.from = start;
            return clause;
        }
        let coordinated = tag == Tag::Cc && self.words.tag(clause.words.0) != Tag::Vbg;
        if verbal.is_bare && !coordinated {
            return self.participle(clause, before, prior);
        }
        if coordinated {
            // "condemned the raid and promised aid", "were arrested and deported"
            let other = before.iter().rev().find(|other| other.is_finite);
            clause.subject = other.and_then(|other| other.subject);
            clause.is_finite |= verbal.is_bare;
            let passive = other.and_then(|other| other.links.last()).is_some_and(|link| link.is_passive);
            if passive && verbal.is_bare {
                clause.links.iter_mut().for_each(|link| link.is_passive = true);
            }
            clause.content_of = other.and_then(|other| other.content_of);
            clause.mood.is_conditional |= other.is_some_and(|other| other.mood.is_conditional);
            return clause;
        }
        if matches!(tag, Tag::Wdt | Tag::Wp) {
            let end = if self.words.low(prior.saturating_sub(1)) == "," { prior - 1 } else { prior };
            clause.subject = self.group_ending(end);
            clause.from = prior;
            return clause;
        }
        self.with_subject(clause, before, lead)
    }

    /// A participle without a helper: "soldiers killed by rebels", "…, killing twelve".
    fn participle(&self, mut clause: Clause, before: &[Clause], prior: usize) -> Clause {
        let words = self.words;
        let first = clause.words.0;
        let past = words.tag(first) == Tag::Vbn || words.tag(clause.words.1 - 1) == Tag::Vbn;
        let follows_noun = self.group_ending(self.past_days_back(first));
        let next = clause.words.1;
        if past {
            let by = words.lexicon.by.has(words.low(next)) || words.tag(next) == Tag::In;
            clause.subject = follows_noun;
            if by {
                clause.links.iter_mut().for_each(|link| link.is_passive = true);
            } else {
                // The tagger's participle of a verb whose past looks the same.
                clause.is_finite = follows_noun.is_some();
                if clause.is_finite {
                    return self.with_subject(clause, before, self.past_days_back(first));
                }
            }
            return clause;
        }
        if words.low(prior) == "," {
            clause.subject =
                before.iter().rev().find(|other| other.is_finite).and_then(|other| other.subject);
        }
        clause
    }

    fn group_ending(&self, end: usize) -> Option<usize> {
        self.groups.iter().position(|group| group.words.1 == end)
    }

    /// Past adverbs and days: "on Tuesday", "today".
    fn past_days_back(&self, mut at: usize) -> usize {
        while at > self.sentence.0 + 1 {
            let word = at - 1;
            let is_lead = self.words.tag(word) == Tag::In && self.words.is_day(at);
            if !(self.words.is_day(word) || self.words.tag(word) == Tag::Rb || is_lead) {
                break;
            }
            at = word;
        }
        at
    }

    /// The subject: the first group without a preposition between where the clause can start and the verb.
    fn with_subject(&self, mut clause: Clause, before: &[Clause], lead: usize) -> Clause {
        let end = self.past_insertion(lead);
        let from = self.start(before, end);
        let mut within =
            self.groups.iter().enumerate().filter(|(_, g)| g.words.0 >= from.at && g.words.1 <= end);
        // "If", "after" and "because" open the clause: to the tagger they are prepositions.
        let found = within.find(|(_, group)| group.preposition.is_none_or(|at| at < from.at));
        clause.subject = found.map(|(n, _)| n);
        clause.from = found.map_or(from.at, |(_, group)| group.words.0).min(clause.words.0);
        clause.content_of = from.content_of;
        clause.mood.is_conditional |= from.is_conditional;
        let denied = found.is_some_and(|(_, group)| {
            let first = group.words.0;
            let negations = &self.words.lexicon.negations;
            negations.has(self.words.low(first))
                || (first > from.at && negations.has(self.words.low(first - 1)))
        });
        clause.mood.is_negated |= denied;
        clause
    }

    /// "The minister, in remarks published on Monday, urged": past what stands between commas.
    fn past_insertion(&self, lead: usize) -> usize {
        let comma = |at: usize| self.words.low(at) == ",";
        if lead <= self.sentence.0 + 2 || !comma(lead - 1) {
            return lead;
        }
        let open = (self.sentence.0..lead - 1).rev().take(24).find(|&at| comma(at));
        open.filter(|&at| self.group_ending(at).is_some()).unwrap_or(lead)
    }

    /// Where the clause with its subject before `end` can start.
    fn start(&self, before: &[Clause], end: usize) -> Start {
        let lexicon = self.words.lexicon;
        let mut start = Start { at: self.sentence.0, content_of: None, is_conditional: false };
        let last = before.iter().rposition(|clause| clause.words.1 <= end);
        if let Some(n) = last {
            start.at = before[n].words.1;
            let comma = (start.at..end).rev().find(|&at| matches!(self.words.low(at), "," | ";" | ":"));
            let that = (start.at..end).rev().find(|&at| lexicon.complementizers.has(self.words.low(at)));
            if let Some(at) = that.or(comma) {
                start.at = at + 1;
            }
            let is_content = that.is_some() || comma.is_none();
            start.content_of = is_content.then_some(n);
        }
        for at in start.at..end {
            let low = self.words.low(at);
            if lexicon.subordinators.has(low) && !self.in_group(at) {
                start.is_conditional = lexicon.conditions.has(low);
                (start.at, start.content_of) = (at + 1, None);
            }
        }
        start
    }

    /// Where the clause ends: before the next one of its own, or a word that opens one.
    fn end(&self, clauses: &[Clause], n: usize) -> usize {
        let from = clauses[n].words.1;
        let next = clauses[n + 1..].iter().find(|next| next.is_finite).map(|next| next.from.max(from));
        let stop = next.unwrap_or(self.sentence.1);
        let closes = |&at: &usize| {
            let low = self.words.low(at);
            matches!(low, ";" | ":" | "\"" | "“" | "”") || self.words.lexicon.subordinators.has(low)
        };
        (from..stop).find(closes).unwrap_or(stop)
    }
}

struct Start {
    at: usize,
    content_of: Option<usize>,
    is_conditional: bool,
}
