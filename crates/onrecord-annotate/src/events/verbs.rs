//! A verb dictionary as PETRARCH's files write it: verbs with their forms, and patterns of words around them.
//!
//! Both generations are read. In the first (`- NOTED + * [115]`) any words may stand between those of a
//! pattern; in the second (`- * {AID SHIPMENT} (TO REBELS) [072]`) braces hold a noun phrase and parentheses
//! a phrase with its preposition. `_` joins neighbours, `*` is the verb, `$` the source, `+` the target, `%`
//! both in one phrase, `^` any actor, `&NAME` a set of synonyms, `[---]` no event.

use std::collections::HashMap;
use std::sync::Arc;

use super::forms;
use super::pattern::{Pattern, Phrases, Reader};

/// What is coded: from source to target, and back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) forth: Option<String>,
    pub(super) back: Option<String>,
}

impl Code {
    /// `None` for `---` and the like: known, and no event.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let one = |code: &str| {
            let code = code.trim().trim_end_matches('?');
            code.starts_with(|c: char| c.is_ascii_alphanumeric()).then(|| code.to_owned())
        };
        let (forth, back) = text.split_once(':').map_or((one(text), None), |(a, b)| (one(a), one(b)));
        (forth.is_some() || back.is_some()).then_some(Self { forth, back })
    }
}

/// One verb, as one of its forms leads to it.
#[derive(Debug, Clone)]
pub(super) struct Sense {
    /// Words that must stand right before and right after it: "wire tap", "break down".
    pub(super) before: Vec<u32>,
    pub(super) after: Vec<u32>,
    /// As the dictionary lists it.
    pub(super) base: Arc<str>,
    pub(super) block: usize,
    pub(super) code: Option<Code>,
}

/// The verbs of one dictionary.
#[derive(Debug, Default)]
pub(super) struct Verbs {
    senses: HashMap<String, Vec<Sense>>,
    /// By block, the longest patterns first.
    patterns: Vec<Vec<Pattern>>,
    words: HashMap<String, u32>,
    /// Whether patterns keep to phrases (second generation).
    pub(super) is_bound: bool,
}

impl Verbs {
    /// Reads a dictionary. What cannot be read is passed over and named in `unread`.
    pub(super) fn parse(text: &str, unread: &mut Vec<String>) -> Self {
        let is_bound = text.lines().any(|line| line.starts_with("- ") && line.contains(['(', '{']));
        let mut reading = Reading {
            verbs: Self { is_bound, ..Self::default() },
            sets: HashMap::new(),
            state: State::Start,
        };
        for (n, line) in text.lines().enumerate() {
            if let Err(what) = reading.line(line) {
                unread.push(format!("line {}: {what}", n + 1));
            }
        }
        let mut verbs = reading.verbs;
        for patterns in &mut verbs.patterns {
            patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.size));
        }
        verbs
    }

    /// What the form `low` may be of; lower case.
    pub(super) fn senses(&self, low: &str) -> &[Sense] {
        self.senses.get(low).map_or(&[], Vec::as_slice)
    }

    pub(super) fn patterns(&self, sense: &Sense) -> &[Pattern] {
        self.patterns.get(sense.block).map_or(&[], Vec::as_slice)
    }

    /// The number of a word, 0 for one that no pattern asks for.
    pub(super) fn word(&self, low: &str) -> u32 {
        self.words.get(low).copied().unwrap_or(0)
    }

    fn number(&mut self, low: &str) -> u32 {
        let next = self.words.len() as u32 + 1;
        *self.words.entry(low.to_owned()).or_insert(next)
    }
}

/// What the line before was part of.
enum State {
    Start,
    /// The options of a set of synonyms.
    Set(String),
    /// A block, with the code of verbs that have none of their own.
    Block(Option<Code>),
}

struct Reading {
    verbs: Verbs,
    sets: HashMap<String, Phrases>,
    state: State,
}

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with(['<', '~']) {
            return Ok(());
        }
        if let Some(head) = line.strip_prefix("---") {
            let code = bracketed(head).and_then(Code::parse);
            self.verbs.patterns.push(Vec::new());
            self.state = State::Block(code);
            return Ok(());
        }
        if let Some(name) = line.strip_prefix('&') {
            let name = name.trim().trim_end_matches('_').to_owned();
            self.sets.insert(name.clone(), Phrases::default());
            self.state = State::Set(name);
            return Ok(());
        }
        match &self.state {
            State::Start => Err("neither a set of synonyms nor a block is open".to_owned()),
            State::Set(name) => {
                let name = name.clone();
                self.option(&name, line.trim_start_matches('+'));
                Ok(())
            }
            State::Block(code) => match line.strip_prefix("- ") {
                Some(pattern) => self.pattern(pattern),
                None => {
                    let code = code.clone();
                    self.verb(line, code);
                    Ok(())
                }
            },
        }
    }

    /// One option of a set; a noun stands for its plural too, unless it ends with `_`.
    fn option(&mut self, name: &str, option: &str) {
        let option = option.trim();
        if let Some(other) = option.strip_prefix('&') {
            let options = self.sets.get(other.trim_end_matches('_')).cloned().unwrap_or_default();
            return self.sets.entry(name.to_owned()).or_default().extend(options);
        }
        let is_fixed = option.ends_with('_');
        let mut words = forms::split(option);
        let mut add = |words: &[String], verbs: &mut Verbs| {
            let numbers = words.iter().map(|word| verbs.number(word)).collect();
            self.sets.entry(name.to_owned()).or_default().push(numbers);
        };
        add(&words, &mut self.verbs);
        if let Some(last) = words.last_mut().filter(|_| !is_fixed) {
            *last = forms::plural(last);
            add(&words, &mut self.verbs);
        }
    }

    fn pattern(&mut self, line: &str) -> Result<(), String> {
        let (body, rest) = line.split_once('[').ok_or("a pattern needs a code in brackets")?;
        let (code, rest) = rest.split_once(']').ok_or("the bracket of a code stays open")?;
        let origin = rest.trim().strip_prefix('@').map(|verb| verb.to_lowercase());
        let is_bound = self.verbs.is_bound;
        let sets = &self.sets;
        let verbs = &mut self.verbs;
        let mut number = |word: &str| verbs.number(word);
        let mut pattern = Reader { sets, is_bound, number: &mut number }.read(body)?;
        pattern.code = Code::parse(code);
        pattern.origin = origin;
        match verbs.patterns.last_mut() {
            Some(block) => block.push(pattern),
            None => return Err("a pattern stands before any block".to_owned()),
        }
        Ok(())
    }

    /// `BREAK { BROKE BROKEN } [171]`, `+BREAK_DOWN`; forms that are not given are the regular ones.
    fn verb(&mut self, line: &str, code: Option<Code>) {
        let code = bracketed(line).map_or(code, Code::parse);
        let line = line.split('[').next().unwrap_or_default();
        let (base, given) = line.split_once('{').unwrap_or((line, ""));
        let given: Vec<&str> = given.trim_end().trim_end_matches('}').split_whitespace().collect();
        let base = base.trim();
        let entry = Entry::of(base);
        let head = entry.words[entry.head].clone();
        let block = self.verbs.patterns.len().saturating_sub(1);
        let name: Arc<str> = base.to_lowercase().trim_start_matches('+').replace(' ', "_").into();
        let mut entries = vec![entry.clone()];
        if line.contains('{') {
            entries.extend(given.iter().map(|form| Entry::of(form)));
        } else {
            let inflected = forms::of_verb(&head).into_iter();
            entries.extend(inflected.map(|form| entry.with_head(form)));
        }
        for entry in entries {
            let (before, rest) = entry.words.split_at(entry.head);
            let Some((head, after)) = rest.split_first() else { continue };
            let mut numbers =
                |words: &[String]| words.iter().map(|word| self.verbs.number(word)).collect::<Vec<u32>>();
            let (before, after) = (numbers(before), numbers(after));
            let sense = Sense { before, after, base: name.clone(), block, code: code.clone() };
            let senses = self.verbs.senses.entry(head.clone()).or_default();
            senses.push(sense);
            senses.sort_by_key(|sense| std::cmp::Reverse(sense.before.len() + sense.after.len()));
        }
    }
}

/// The words of a verb and which of them is inflected.
#[derive(Clone)]
struct Entry {
    words: Vec<String>,
    head: usize,
}

impl Entry {
    fn of(text: &str) -> Self {
        let parts: Vec<&str> = text.split(['_', ' ']).filter(|part| !part.is_empty()).collect();
        let head = parts.iter().position(|part| part.starts_with('+')).unwrap_or(0);
        let words = parts.iter().map(|part| part.trim_start_matches('+').to_lowercase()).collect::<Vec<_>>();
        if words.is_empty() { Self { words: vec![String::new()], head: 0 } } else { Self { words, head } }
    }

    fn with_head(&self, form: String) -> Self {
        let mut entry = self.clone();
        entry.words[self.head] = form;
        entry
    }
}

fn bracketed(line: &str) -> Option<&str> {
    Some(line.split_once('[')?.1.split_once(']')?.0)
}
