//! One statement, as far as it matters to who answers whom.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_model::{Account, AnnotatedArticle, Id, Span, Stance, Statement};

use crate::{
    corpus::Findings,
    tellings::{Answered, Count, Lexicon, Phrases, Telling, Word, read},
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
/// First words of an account among which it names what it speaks of.
const SUBJECT_WORDS: usize = 5;
/// Words of a cue that are read.
const CUE_WORDS: usize = 8;

/// One statement, as far as it matters to who answers whom.
pub(super) struct Voice<'a> {
    pub(super) statement: &'a Statement,
    /// The content keys of all accounts, each with whether it is a name.
    pub(super) said: BTreeMap<String, bool>,
    /// The content keys of the reporting words: "promised" in an answer to a promise.
    pub(super) cue: BTreeSet<String>,
    /// The content keys around them: cue, source, addressee, the sentence before.
    pub(super) around: BTreeSet<String>,
    /// The content keys of what the article opens with, where that says that this side answers.
    pub(super) lead: BTreeSet<String>,
    /// Articles, with where the parts of the statement stand in them.
    places: BTreeMap<Id, Vec<Span>>,
    /// The articles that tell it as said before what they tell around it.
    recalled: BTreeSet<Id>,
    /// The stance of a reply verb in the cue or around it.
    pub(super) verb: Option<Stance>,
    /// What half of its articles or more open with: a reply verb of this speaker's side.
    pub(super) opening: Option<Opening>,
    pub(super) dismisses: bool,
    pub(super) negates: bool,
    /// Whether it is reported as turning something down.
    pub(super) denies: bool,
    /// Whether it is reported by a verb that judges what it speaks of: "called the plan a mistake".
    pub(super) judges: bool,
    /// Whether it takes up what stands before it: "such plans".
    pub(super) takes_up: bool,
    /// Whether it tells of something that grows, so that another number is no other count.
    grows: bool,
    /// The figures that each article tells.
    counts: BTreeMap<Id, Vec<Count<'a>>>,
    /// The kinds of statement that it speaks of.
    answered: Vec<&'static Answered>,
    /// All words that are read, said and around.
    told: Vec<Word>,
    day: Option<Date>,
    /// The days on which the articles themselves say that it was said.
    days: BTreeMap<Id, Date>,
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
        let described: BTreeSet<String> =
            words(&titles).iter().map(|w| lexicon.stem(&fold(w.span.slice(&titles)))).collect();
        let frames: Vec<Vec<Word>> = tellings.iter().map(frame).collect();
        if frames.iter().any(|frame| lexicon.corrections.stand_in(frame)) {
            return None;
        }
        let opening = opening(&tellings, &side, &described);
        let any = |test: &dyn Fn(&Telling) -> bool| tellings.iter().any(test);
        let names_kind = |noun: &Phrases| {
            let opens = opening.as_ref().is_some_and(|o| noun.stand_in(&o.words));
            opens || any(&|t| noun.stand_in(&t.words)) || frames.iter().any(|frame| noun.stand_in(frame))
        };
        let dismisses = |words: &[Word]| lexicon.dismissals.stand_in(words);
        Some(Self {
            statement,
            said: keys(said()),
            cue: keys(tellings.iter().flat_map(|t| &t.frame).filter(|w| is_cue(&tellings, w)))
                .into_keys()
                .collect(),
            around: keys(frames.iter().flatten()).into_keys().collect(),
            lead: keys(opening.iter().flat_map(|o| &o.words)).into_keys().collect(),
            places: statement.accounts.iter().map(|a| (a.article, parts(a))).collect(),
            recalled: tellings.iter().filter(|t| is_recalled(t)).map(|t| t.account.article).collect(),
            verb: frames.iter().find_map(|frame| reply_verb(lexicon, frame)),
            denies: any(&|t| reply_verb(lexicon, &cue(t)) == Some(Stance::Rejects)),
            judges: any(&|t| is_judged(t)),
            takes_up: any(&|t| takes_up(t)),
            grows: any(&|t| lexicon.growing.stand_in(&t.words) || lexicon.growing.stand_in(&t.frame)),
            counts: tellings.iter().map(|t| (t.account.article, t.counts())).collect(),
            answered: lexicon.answered.iter().filter(|kind| names_kind(&kind.nouns)).collect(),
            told: tellings.iter().flat_map(|t| t.words.iter().chain(&t.frame)).cloned().collect(),
            dismisses: any(&|t| dismisses(&t.words)) || frames.iter().any(|f| dismisses(f)),
            negates: said().any(|w| lexicon.negates(&w.text) && !lexicon.privations.contains(&w.text)),
            day: statement.said_on.as_ref().and_then(|(day, _)| day.as_day()),
            days: tellings.iter().filter_map(|t| Some((t.account.article, day_told(t)?))).collect(),
            name: name.split_whitespace().map(fold).filter(|w| w.len() > 2).collect(),
            described,
            opening,
            spoken_of: said().filter(|w| w.name).map(|w| w.stem.clone()).collect(),
            side,
        })
    }

    /// Whether the names of the one's name and role are among the other's: a person, a body, a country.
    pub(super) fn is_of_one_side(&self, other: &Voice) -> bool {
        let theirs: BTreeSet<String> = other.side.iter().map(|w| first_letters(w)).collect();
        self.side.iter().any(|w| theirs.contains(&first_letters(w)))
    }

    pub(super) fn is_later_than(&self, other: &Voice) -> bool {
        matches!((self.day, other.day), (Some(a), Some(b)) if a > b)
    }

    /// Whether an article tells the other as said before, and this as said on a later day.
    pub(super) fn recalls(&self, other: &Voice) -> bool {
        let is_later = |day: &Date| other.day.is_some_and(|theirs| *day > theirs);
        let recalls = |(article, day): (&Id, &Date)| {
            is_later(day) && other.is_recalled_in(article) && !self.is_recalled_in(article)
        };
        self.days.iter().any(recalls)
    }

    /// Whether a reply verb stands beside it; of what is welcomed or agreed to, only where it is called by its kind.
    pub(super) fn replies_by_verb(&self, names_kind: bool) -> bool {
        self.verb_beside().is_some() || (names_kind && self.verb.is_some())
    }

    /// Whether the article opens with the answer of this side to what was said before.
    pub(super) fn opens_answer_to(&self, other: &Voice) -> bool {
        let opens = |opening: &Opening| opening.is_named || !other.described.contains(&opening.subject);
        self.opening.as_ref().is_some_and(opens) && self.is_later_than(other)
    }

    /// Whether an article gives another number in it, after the other, for what the other counts.
    pub(super) fn recounts(&self, other: &Voice) -> bool {
        let rivals = |(article, own): (&Id, &Vec<Count>)| {
            let theirs = other.counts.get(article).filter(|_| self.follows_in(article, other));
            let differ = |a: &Count, b: &Count| a.is_rival_of(b);
            theirs.is_some_and(|theirs| own.iter().any(|a| theirs.iter().any(|b| differ(a, b))))
        };
        !self.grows && self.counts.iter().any(rivals)
    }

    /// Whether an article tells it after the other.
    fn follows_in(&self, article: &Id, other: &Voice) -> bool {
        let (Some(own), Some(theirs)) = (self.place_in(article), other.place_in(article)) else {
            return false;
        };
        theirs < own && !self.is_recalled_in(article)
    }

    /// Where an article begins to tell it.
    fn place_in(&self, article: &Id) -> Option<usize> {
        self.places.get(article)?.first().map(|part| part.start())
    }

    /// The articles that tell it, with where they begin to.
    pub(super) fn starts(&self) -> impl Iterator<Item = (Id, usize)> + '_ {
        self.places.keys().filter_map(|article| Some((*article, self.place_in(article)?)))
    }

    /// Whether it calls what the other said by its kind: "the threat", "the promise".
    pub(super) fn names_kind_of(&self, other: &Voice) -> bool {
        self.answered.iter().any(|kind| kind.is_told_in(&other.told))
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
        let both = || self.places.iter().filter_map(|(a, own)| Some((own, other.places.get(a)?)));
        let overlap = |(own, theirs): (&Vec<Span>, &Vec<Span>)| {
            own.iter().any(|own| theirs.iter().any(|theirs| own.overlaps(*theirs)))
        };
        let inside = both().any(overlap);
        let after = || self.places.keys().any(|article| self.follows_in(article, other));
        let may = || self.is_later_than(other) || self.recalls(other) || after();
        !self.is_of_one_speaker(other) && !earlier && !inside && may()
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

fn parts(account: &Account) -> Vec<Span> {
    account.parts.iter().map(|part| part.span).collect()
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

/// The head of an article that says that somebody answers.
pub(super) struct Opening {
    pub(super) stance: Stance,
    /// The stem of who answers.
    subject: String,
    /// Whether that is a name, and no office that others may hold too.
    is_named: bool,
    /// What follows who answers.
    words: Vec<Word>,
}

/// What half of the articles or more open with, where it says that the speaker answers.
fn opening(tellings: &[Telling], side: &BTreeSet<String>, described: &BTreeSet<String>) -> Option<Opening> {
    let openings = tellings.iter().filter_map(|t| opening_of(t, side, described));
    let mut openings: Vec<Opening> = openings.collect();
    openings.sort_by_key(|opening| (!opening.is_named, opening.stance));
    let is_common = 2 * openings.len() >= tellings.len();
    openings.into_iter().next().filter(|_| is_common)
}

/// A reply verb that opens the article and whose subject is this side, or who the speaker is described as.
fn opening_of(telling: &Telling, side: &BTreeSet<String>, described: &BTreeSet<String>) -> Option<Opening> {
    let lexicon = telling.lexicon;
    let first = telling.of.annotations.sentences.iter().take(LEAD_SENTENCES).copied();
    let is_owner =
        |w: &Word| w.span.slice(telling.text()).ends_with(['s', 'S']) && w.text.len() + 1 < w.span.len();
    let is_office = |w: &Word| w.content && lexicon.offices.contains(&w.text) && described.contains(&w.stem);
    telling.of.article.headline_span.into_iter().chain(first).find_map(|sentence| {
        let words = read(telling.of, lexicon, sentence, LEAD_WORDS);
        let named = words.iter().position(|w| side.contains(&w.stem) && !is_owner(w));
        let at = named.or_else(|| words.iter().position(|w| is_office(w) && !is_owner(w)))?;
        let near = &words[at..words.len().min(at + VERB_WITHIN)];
        let stance = reply_verb(lexicon, near).filter(|stance| *stance != Stance::Confirms)?;
        let (subject, is_named) = (words[at].stem.clone(), named.is_some());
        Some(Opening { stance, subject, is_named, words: words[at + 1..].to_vec() })
    })
}

/// The day on which the article says that it was said.
fn day_told(telling: &Telling) -> Option<Date> {
    telling.quotations().filter_map(|q| q.said_on.as_ref()?.as_day()).max()
}

/// The reporting words.
fn cue(telling: &Telling) -> Vec<Word> {
    let cue = telling.account.cue.map(|cue| read(telling.of, telling.lexicon, cue, CUE_WORDS));
    cue.unwrap_or_default()
}

/// Whether a reporting verb says that the speaker judges what the account opens with, called by its kind.
fn is_judged(telling: &Telling) -> bool {
    let lexicon = telling.lexicon;
    let opens = &telling.words[..telling.words.len().min(SUBJECT_WORDS)];
    lexicon.evaluations.stand_in(&cue(telling))
        && lexicon.answered.iter().any(|kind| kind.nouns.stand_in(opens))
}

/// Whether the account opens with what points back: "such plans".
fn takes_up(telling: &Telling) -> bool {
    let words = &telling.words;
    let points = |at: usize| Some(at + telling.lexicon.anaphors.at(words, at)).filter(|&next| next > at);
    let next = |at: usize| points(at).and_then(|next| words.get(next));
    (0..words.len().min(SUBJECT_WORDS)).any(|at| next(at).is_some_and(Word::is_plain))
}
