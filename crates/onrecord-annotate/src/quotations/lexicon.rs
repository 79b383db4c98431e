//! The types of `quotations.toml`: which words report, and what may stand around them.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::lang::{self, List, Packs, split};

/// The data of every language.
pub(super) static LEXICON: Packs<Lexicon> = Packs::new(|| {
    lang::parse::<Raw>(|files| files.quotations).into_iter().map(|(tag, raw)| (tag, raw.build())).collect()
});

/// What may stand around a reporting verb; the letters of `quotations.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Frames(u32);

impl Frames {
    fn parse(letters: &str) -> Self {
        let bit = |c: char| if c.is_ascii_lowercase() { 1 << (c as u32 - 'a' as u32) } else { 0 };
        Self(letters.chars().map(bit).fold(0, |all, bit| all | bit))
    }

    /// Whether the frame with this letter is listed.
    pub(super) fn has(self, letter: char) -> bool {
        self.0 & Self::parse(letter.encode_utf8(&mut [0; 4])).0 != 0
    }
}

/// One form of a reporting verb.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    /// Its base form.
    pub(super) base: String,
    /// What may stand around it.
    pub(super) frames: Frames,
}

/// The data of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// By form: "said", "says".
    verbs: HashMap<String, Cue>,
    pub(super) nouns: HashSet<String>,
    /// Words of each fixed cue, longest first.
    pub(super) according: Vec<Vec<String>>,
    /// Words of each cue with a possessive, shown as `_`: "in _ words".
    pub(super) own_words: Vec<Vec<String>>,
    pub(super) auxiliaries: HashSet<String>,
    pub(super) be: HashSet<String>,
    pub(super) negations: HashSet<String>,
    pub(super) times: HashSet<String>,
    pub(super) speakers: HashSet<String>,
    pub(super) speeches: HashSet<String>,
    pub(super) glued: HashSet<String>,
    pub(super) documents: HashSet<String>,
    pub(super) calls: HashSet<String>,
    /// Nouns for what somebody leaves, sends or gives and words follow: "this message".
    pub(super) messages: HashSet<String>,
    pub(super) beginnings: HashSet<String>,
    pub(super) captions: HashSet<String>,
    /// Adjectives that a phrase goes on after: "familiar (with the matter)".
    pub(super) open_adjectives: HashSet<String>,
    pub(super) aged: HashSet<String>,
    /// "as" of "quotes him as saying".
    pub(super) quoted_with: HashSet<String>,
    /// "confident", "concerned"
    pub(super) attitudes: HashSet<String>,
    /// "there", "nobody": subjects that cannot speak.
    pub(super) no_speakers: HashSet<String>,
    /// Words of each insert: "in particular".
    pub(super) inserts: Vec<Vec<String>>,
    /// Words of each way to name who brought somebody's words: "quoted by".
    pub(super) relays: Vec<Vec<String>>,
    /// Words after the verb of each phrase, by form of the verb: "out" of "pointed".
    phrases: HashMap<String, Vec<(Vec<String>, Cue)>>,
}

impl Lexicon {
    /// The reporting verb that `low` is a form of.
    pub(super) fn verb(&self, low: &str) -> Option<&Cue> {
        self.verbs.get(low)
    }

    /// Whether `low` is a past form of a verb with this frame.
    pub(super) fn is_past_of(&self, low: &str, frame: char) -> bool {
        let form = |cue: &&Cue| cue.frames.has(frame) && cue.base != low && !low.ends_with('s');
        !low.ends_with("ing") && self.verb(low).filter(form).is_some()
    }

    /// The phrases that start with the verb form `low`: the words after it, and what may stand around.
    pub(super) fn phrases(&self, low: &str) -> &[(Vec<String>, Cue)] {
        self.phrases.get(low).map_or(&[], Vec::as_slice)
    }
}

#[derive(Debug, Deserialize)]
struct Raw {
    verbs: String,
    irregular: String,
    nouns: List,
    according: String,
    own_words: String,
    auxiliaries: List,
    be: List,
    negations: List,
    times: List,
    speakers: List,
    speeches: List,
    glued: List,
    documents: List,
    calls: List,
    messages: List,
    beginnings: List,
    captions: List,
    quoted_with: List,
    open_adjectives: List,
    aged: List,
    no_speakers: List,
    phrases: String,
    phrase_frames: String,
    attitudes: List,
    inserts: String,
    relays: String,
}

impl Raw {
    fn build(self) -> Lexicon {
        let irregular: HashMap<&str, &str> =
            self.irregular.lines().filter_map(|line| line.split_once(": ")).collect();
        let mut verbs = HashMap::new();
        for (base, letters) in self.verbs.lines().filter_map(|line| line.split_once(": ")) {
            let cue = Cue { base: base.to_owned(), frames: Frames::parse(letters) };
            for form in forms(base, irregular.get(base).copied()) {
                verbs.insert(form, cue.clone());
            }
        }
        let mut according = phrases_of(&self.according);
        according.sort_by_key(|words| std::cmp::Reverse(words.len()));
        let mut phrases: HashMap<String, Vec<(Vec<String>, Cue)>> = HashMap::new();
        for phrase in split(&self.phrases) {
            let (base, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
            let cue = Cue { base: phrase.to_owned(), frames: Frames::parse(&self.phrase_frames) };
            for form in forms(base, irregular.get(base).copied()) {
                let words = rest.split(' ').map(str::to_owned).collect();
                phrases.entry(form).or_default().push((words, cue.clone()));
            }
        }
        Lexicon {
            phrases,
            attitudes: self.attitudes.0,
            own_words: phrases_of(&self.own_words),
            inserts: phrases_of(&self.inserts),
            relays: phrases_of(&self.relays),
            verbs,
            nouns: self.nouns.0,
            according,
            auxiliaries: self.auxiliaries.0,
            be: self.be.0,
            negations: self.negations.0,
            times: self.times.0,
            speakers: self.speakers.0,
            speeches: self.speeches.0,
            glued: self.glued.0,
            documents: self.documents.0,
            calls: self.calls.0,
            messages: self.messages.0,
            beginnings: self.beginnings.0,
            captions: self.captions.0,
            quoted_with: self.quoted_with.0,
            open_adjectives: self.open_adjectives.0,
            aged: self.aged.0,
            no_speakers: self.no_speakers.0,
        }
    }
}

/// The words of each phrase of a list.
fn phrases_of(list: &str) -> Vec<Vec<String>> {
    split(list).map(|phrase| phrase.split(' ').map(str::to_owned).collect()).collect()
}

/// Every form of a verb, by the listed ones or else the regular endings.
fn forms(base: &str, irregular: Option<&str>) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    if let Some(listed) = irregular {
        forms.extend(listed.split([',', ' ']).filter(|form| !form.is_empty()).map(str::to_owned));
        return forms;
    }
    let consonant_y = base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    let (third, past) = match (consonant_y, base.strip_suffix('e')) {
        (Some(stem), _) => (format!("{stem}ies"), format!("{stem}ied")),
        (None, Some(_)) => (format!("{base}s"), format!("{base}d")),
        (None, None) if base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch") => {
            (format!("{base}es"), format!("{base}ed"))
        }
        (None, None) => (format!("{base}s"), format!("{base}ed")),
    };
    let stem = base.strip_suffix('e').filter(|stem| !stem.ends_with('e')).unwrap_or(base);
    forms.extend([third, past, format!("{stem}ing")]);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_regular_verbs() {
        let check = |base: &str, expected: &str| assert_eq!(forms(base, None).join(" "), expected);
        check("claim", "claim claims claimed claiming");
        check("reply", "reply replies replied replying");
        check("note", "note notes noted noting");
        check("stress", "stress stresses stressed stressing");
    }

    #[test]
    fn every_listed_form_is_found() {
        let lexicon = LEXICON.of(&crate::testing::article(""));
        assert_eq!(lexicon.verb("told").map(|cue| cue.base.as_str()), Some("tell"));
        assert!(lexicon.verb("urges").is_some_and(|cue| cue.frames.has('i') && !cue.frames.has('n')));
        assert!(lexicon.verb("walked").is_none());
    }
}
