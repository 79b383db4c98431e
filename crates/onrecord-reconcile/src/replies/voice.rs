//! One statement, as far as it matters to who answers whom.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_model::{Account, AnnotatedArticle, Id, Span, Stance, Statement};

use crate::{
    corpus::Findings,
    tellings::{Lexicon, Phrases, Telling, Word, read},
    words::{Look, fold, words},
};

/// Accounts of a statement that are read.
const MOST_ACCOUNTS: usize = 12;
/// Sentences, and words of each, that open an article.
const LEAD_SENTENCES: usize = 2;
const LEAD_WORDS: usize = 60;
/// Words behind a subject among which its verb stands.
const VERB_WITHIN: usize = 16;
/// Quotations before the end of a sentence that may reach into it.
const MOST_NEAR: usize = 64;
/// Words up to the end of a cue that can set it back in time.
const RECALL_WORDS: usize = 3;

/// One statement, as far as it matters to who answers whom.
pub(super) struct Voice<'a> {
    pub(super) statement: &'a Statement,
    /// The content keys of all accounts, each with whether it is a name.
    pub(super) said: BTreeMap<String, bool>,
    /// The content keys of the reporting words: "promised" in an answer to a promise.
    pub(super) cue: BTreeSet<String>,
    /// The content keys around them: cue, source, addressee, the sentence before.
    pub(super) around: BTreeSet<String>,
    /// Articles, with where the statement stands in them.
    pub(super) places: BTreeMap<Id, Span>,
    /// The articles that tell it as said before what they tell around it.
    recalled: BTreeSet<Id>,
    /// The stance of a reply verb in the cue or around it.
    pub(super) verb: Option<Stance>,
    /// Whether half of its articles or more open with a reply verb of this speaker's side.
    leads: bool,
    pub(super) dismisses: bool,
    pub(super) negates: bool,
    /// What the kinds of statement that it speaks of are told by.
    answered: Vec<&'static Phrases>,
    /// All words that are read, said and around.
    told: Vec<Word>,
    day: Option<Date>,
    /// The words of the speaker's name.
    name: BTreeSet<String>,
    /// The stems of the names in the speaker's name and role: a person, a body, a country.
    side: BTreeSet<String>,
    /// The stems of every word of name and role.
    described: BTreeSet<String>,
    /// The stems of the names in what is said.
    spoken_of: BTreeSet<String>,
}

impl<'a> Voice<'a> {
    pub(super) fn new(found: &'a Findings, statement: &'a Statement) -> Option<Self> {
        let telling = |account: &'a Account| Telling::new(account, found.corpus.get(account.article)?);
        let tellings: Vec<Telling> =
            statement.accounts.iter().take(MOST_ACCOUNTS).filter_map(telling).collect();
        let lexicon = tellings.first()?.lexicon;
        let name = statement.speaker_name.as_deref()?;
        let titles = format!("{name}, {}", statement.role.as_deref().unwrap_or_default());
        let side = side(lexicon, &titles);
        let said = || tellings.iter().flat_map(|t| &t.words);
        if !said().any(Word::is_plain) {
            return None;
        }
        let frames: Vec<Vec<Word>> = tellings.iter().map(frame).collect();
        let any = |test: &dyn Fn(&Telling) -> bool| tellings.iter().any(test);
        let names_kind = |noun: &Phrases| any(&|t| noun.stand_in(&t.words) || noun.stand_in(&t.frame));
        let dismisses = |words: &[Word]| lexicon.dismissals.stand_in(words);
        Some(Self {
            statement,
            said: keys(said()),
            cue: keys(tellings.iter().flat_map(|t| &t.frame).filter(|w| is_cue(&tellings, w)))
                .into_keys()
                .collect(),
            around: keys(frames.iter().flatten()).into_keys().collect(),
            places: statement.accounts.iter().filter_map(|a| Some((a.article, extent(a)?))).collect(),
            recalled: tellings.iter().filter(|t| is_recalled(t)).map(|t| t.account.article).collect(),
            verb: frames.iter().find_map(|frame| reply_verb(lexicon, frame)),
            leads: 2 * tellings.iter().filter(|t| leads(t, &side)).count() >= tellings.len(),
            answered: lexicon
                .answered
                .iter()
                .filter(|(noun, _)| names_kind(noun))
                .map(|(_, words)| words)
                .collect(),
            told: tellings.iter().flat_map(|t| t.words.iter().chain(&t.frame)).cloned().collect(),
            dismisses: any(&|t| dismisses(&t.words)) || frames.iter().any(|f| dismisses(f)),
            negates: said().any(|w| lexicon.negates(&w.text)),
            day: statement.said_on.as_ref().and_then(|(day, _)| day.as_day()),
            name: name.split_whitespace().map(fold).filter(|w| w.len() > 2).collect(),
            described: words(&titles).iter().map(|w| lexicon.stem(&fold(w.span.slice(&titles)))).collect(),
            spoken_of: said().filter(|w| w.name).map(|w| w.stem.clone()).collect(),
            side,
        })
    }

    /// How much says that this is an answer to `other`. Two of one side rarely answer each other.
    pub(super) fn answers(&self, other: &Voice, after: bool) -> u32 {
        let surely = u32::from(self.replies_to(other)) * 2 + u32::from(self.dismisses) * 2;
        let maybe = u32::from(self.negates)
            + u32::from(self.names(other))
            + u32::from(self.is_later_than(other))
            + u32::from(self.is_spoken_of_by(other))
            + u32::from(self.names_kind_of(other))
            + u32::from(after && other.verb_beside().is_some());
        if surely == 0 && self.side.iter().any(|w| other.side.contains(w)) { 0 } else { surely + maybe }
    }

    fn is_later_than(&self, other: &Voice) -> bool {
        matches!((self.day, other.day), (Some(a), Some(b)) if a > b)
    }

    /// Whether a reply verb stands beside it, or opens the article on a later day.
    pub(super) fn replies_to(&self, other: &Voice) -> bool {
        self.verb_beside().is_some() || self.opens_answer_to(other)
    }

    /// Whether the article opens with the answer of this side to what was said before.
    pub(super) fn opens_answer_to(&self, other: &Voice) -> bool {
        self.leads && self.is_later_than(other)
    }

    /// Whether it calls what the other said by its kind: "the threat", "the promise".
    pub(super) fn names_kind_of(&self, other: &Voice) -> bool {
        self.answered.iter().any(|words| words.stand_in(&other.told))
    }

    /// The stance of a verb that says that it answers; "agreed" and "welcomed" say as often what somebody did.
    pub(super) fn verb_beside(&self) -> Option<Stance> {
        self.verb.filter(|stance| *stance != Stance::Confirms)
    }

    /// Whether the other speaker is named in it or beside it.
    pub(super) fn names(&self, other: &Voice) -> bool {
        let own = |w: &&String| !self.name.contains(*w) && !self.described.contains(*w);
        other.name.iter().filter(own).any(|w| self.around.contains(w) || self.said.contains_key(w))
    }

    /// Whether the other spoke of this speaker or his side.
    pub(super) fn is_spoken_of_by(&self, other: &Voice) -> bool {
        self.side.difference(&other.side).any(|w| other.spoken_of.contains(w))
    }

    /// Whether an article tells it as said before what stands around it.
    pub(super) fn is_recalled_in(&self, article: &Id) -> bool {
        self.recalled.contains(article)
    }

    pub(super) fn is_of_one_speaker(&self, other: &Voice) -> bool {
        let one = self.statement.speaker.is_some() && self.statement.speaker == other.statement.speaker;
        one || self.statement.speaker_name == other.statement.speaker_name || self.speaks_for(other)
    }

    /// Whether one of the two is described by the words of the other: a ministry and its minister.
    fn speaks_for(&self, other: &Voice) -> bool {
        let holds = |a: &Voice, b: &Voice| {
            let name: Vec<String> = a.name.iter().map(|w| first_letters(w)).collect();
            let all: BTreeSet<String> = b.described.iter().map(|w| first_letters(w)).collect();
            name.len() > 1 && name.iter().all(|w| all.contains(w))
        };
        holds(self, other) || holds(other, self)
    }

    /// Whether it can come after `other` at all.
    pub(super) fn may_follow(&self, other: &Voice) -> bool {
        let earlier = matches!((self.day, other.day), (Some(a), Some(b)) if a < b);
        let later = self.is_later_than(other);
        let both = || self.places.iter().filter_map(|(a, own)| Some((a, own, other.places.get(a)?)));
        let after = both()
            .any(|(article, own, theirs)| theirs.start() < own.start() && !self.is_recalled_in(article));
        let inside = both().any(|(_, own, theirs)| theirs.contains(*own));
        !self.is_of_one_speaker(other) && !earlier && !inside && (after || later)
    }
}

/// Letters by which an office and its holder are one: "ministry" and "minister".
const LETTERS: usize = 5;

fn first_letters(word: &str) -> String {
    word.chars().take(LETTERS).collect()
}

fn keys<'w>(words: impl Iterator<Item = &'w Word>) -> BTreeMap<String, bool> {
    words.filter(|w| w.is_plain()).map(|w| (w.key.clone(), w.name)).collect()
}

fn is_cue(tellings: &[Telling], word: &Word) -> bool {
    tellings.iter().filter_map(|t| t.account.cue).any(|cue| cue.contains(word.span))
}

/// Whether the words before the cue set it back in time: "had said".
fn is_recalled(telling: &Telling) -> bool {
    let Some(cue) = telling.account.cue else { return false };
    let near = telling.frame.iter().rev().filter(|w| w.span.end() <= cue.end());
    let last: Vec<Word> = near.take(RECALL_WORDS).cloned().collect();
    telling.lexicon.recalls.stand_in(&last)
}

/// The names in a speaker's name and role; words of offices say no side.
fn side(lexicon: &Lexicon, titles: &str) -> BTreeSet<String> {
    let printed = |w: &crate::words::Word| w.span.slice(titles).to_owned();
    let is_name = |w: &String| w.starts_with(char::is_uppercase) && w.chars().count() > 2;
    let names =
        words(titles).into_iter().filter(|w| w.look != Look::Number).map(|w| printed(&w)).filter(is_name);
    names.map(|w| fold(&w)).filter(|w| !lexicon.offices.contains(w)).map(|w| lexicon.stem(&w)).collect()
}

/// The whole of an account, from its first word to its last.
fn extent(account: &Account) -> Option<Span> {
    account.parts.iter().map(|part| part.span).reduce(|a, b| a.cover(b))
}

/// The words around an account, and those of the sentence before it in its paragraph.
fn frame(telling: &Telling) -> Vec<Word> {
    let mut words = telling.frame.clone();
    if let Some(before) = sentence_before(telling) {
        words.extend(read(telling.of, telling.lexicon, before, LEAD_WORDS));
    }
    words
}

/// The sentence before an account, if it is in the same paragraph and quotes nobody.
fn sentence_before(telling: &Telling) -> Option<Span> {
    let start = telling.account.parts.first()?.span.start();
    let sentences = &telling.of.annotations.sentences;
    let own = sentences.partition_point(|s| s.end() <= start);
    let (before, own) = (*sentences.get(own.checked_sub(1)?)?, sentences.get(own)?);
    let gap = Span::new(before.end(), own.start().max(before.end())).slice(telling.text());
    let quotes = quotes_in(telling.of, before);
    (!gap.contains('\n') && !quotes).then_some(before)
}

/// Whether a quotation reaches into the sentence.
fn quotes_in(of: &AnnotatedArticle, sentence: Span) -> bool {
    let all = &of.annotations.quotations;
    let end = all.partition_point(|q| q.content.first().is_some_and(|c| c.start() < sentence.end()));
    let near = &all[end.saturating_sub(MOST_NEAR)..end];
    near.iter().flat_map(|q| &q.content).any(|content| content.overlaps(sentence))
}

/// The stance of a reply verb among the words.
fn reply_verb(lexicon: &Lexicon, words: &[Word]) -> Option<Stance> {
    let found = lexicon.replies.iter().filter(|(_, verbs)| verbs.stand_in(words));
    let mut stances: Vec<Stance> = found.map(|(stance, _)| *stance).collect();
    stances.sort_unstable();
    stances.first().copied()
}

/// Whether the article opens with a reply verb whose subject is this side.
fn leads(telling: &Telling, side: &BTreeSet<String>) -> bool {
    let first = telling.of.annotations.sentences.iter().take(LEAD_SENTENCES).copied();
    let mut opening = telling.of.article.headline_span.into_iter().chain(first);
    let is_owner =
        |w: &Word| w.span.slice(telling.text()).ends_with(['s', 'S']) && w.text.len() + 1 < w.span.len();
    opening.any(|sentence| {
        let words = read(telling.of, telling.lexicon, sentence, LEAD_WORDS);
        let named = words.iter().position(|w| side.contains(&w.stem) && !is_owner(w));
        let after = named.map_or(&[][..], |at| &words[at..words.len().min(at + VERB_WITHIN)]);
        let mut verbs = telling.lexicon.replies.iter().filter(|(stance, _)| *stance != Stance::Confirms);
        verbs.any(|(_, verbs)| verbs.stand_in(after))
    })
}
