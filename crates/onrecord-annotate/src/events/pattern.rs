//! Words around a verb, and whether a sentence has them.

use std::collections::HashMap;

use super::verbs::Code;

/// Several wordings of one thing, by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phrases(Vec<Vec<u32>>);

impl Phrases {
    pub(super) fn push(&mut self, words: Vec<u32>) {
        if !words.is_empty() {
            let at = self.0.partition_point(|other| *other < words);
            self.0.insert(at, words);
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        other.0.into_iter().for_each(|words| self.push(words));
    }

    /// Where the longest wording that starts `words` ends.
    fn end_in(&self, words: &[u32]) -> Option<usize> {
        let first = *words.first()?;
        let from = self.0.partition_point(|option| option[0] < first);
        let same = self.0[from..].iter().take_while(|option| option[0] == first);
        same.filter(|option| words.starts_with(option)).map(Vec::len).max()
    }
}

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Words(Phrases),
    /// `$`
    Source,
    /// `+`
    Target,
    /// `%`
    Both,
    /// `^`
    Actor,
}

/// What may stand between an element and the one nearer to the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Next,
    /// Words of the same noun phrase.
    Noun,
    /// Anything in the clause.
    Free,
}

/// Neighbouring elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) parts: Vec<Part>,
    pub(super) gap: Gap,
}

/// One pattern of a block.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// In the order of the text.
    pub(super) before: Vec<Unit>,
    pub(super) after: Vec<Unit>,
    /// `None`: these words are no event.
    pub(super) code: Option<Code>,
    /// The verb it was written for, where other verbs share its block.
    pub(super) origin: Option<String>,
    /// How many elements it has.
    pub(super) size: usize,
    /// As written.
    pub(super) text: String,
}

/// Reads patterns; numbers their words.
pub(super) struct Reader<'a> {
    pub(super) sets: &'a HashMap<String, Phrases>,
    pub(super) is_bound: bool,
    pub(super) number: &'a mut dyn FnMut(&str) -> u32,
}

/// A pattern is cut into pieces: an element, how it follows the one before.
struct Piece {
    part: Option<Part>,
    gap: Gap,
}

impl Reader<'_> {
    pub(super) fn read(&mut self, body: &str) -> Result<Pattern, String> {
        let pieces = self.pieces(body);
        let verb = pieces.iter().position(|piece| piece.part.is_none());
        let verb = verb.ok_or("a pattern needs one * for the verb")?;
        let size = pieces.len();
        let mut before: Vec<Unit> = Vec::new();
        for (piece, next) in pieces[..verb].iter().zip(&pieces[1..]) {
            // Its gap is the one to what follows.
            match (&piece.part, before.last_mut()) {
                (Some(part), Some(unit)) if piece.gap == Gap::Next && unit.gap == Gap::Next => {
                    unit.parts.push(part.clone());
                    unit.gap = next.gap;
                }
                (Some(part), _) => before.push(Unit { parts: vec![part.clone()], gap: next.gap }),
                (None, _) => {}
            }
        }
        let mut after: Vec<Unit> = Vec::new();
        for piece in &pieces[verb + 1..] {
            match (&piece.part, after.last_mut()) {
                (Some(part), Some(unit)) if piece.gap == Gap::Next => unit.parts.push(part.clone()),
                (Some(part), _) => after.push(Unit { parts: vec![part.clone()], gap: piece.gap }),
                (None, _) => return Err("a pattern has one verb".to_owned()),
            }
        }
        let text = body.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Pattern { before, after, code: None, origin: None, size, text })
    }

    fn pieces(&mut self, body: &str) -> Vec<Piece> {
        let loose = if self.is_bound { Gap::Noun } else { Gap::Free };
        let mut pieces = Vec::new();
        let mut gap = loose;
        let mut in_braces = false;
        let mut word = String::new();
        for c in body.trim().chars().chain([' ']) {
            if !matches!(c, '_' | ' ' | '(' | ')' | '{' | '}' | '*') {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                pieces.extend(self.word(&std::mem::take(&mut word), gap));
                gap = if in_braces { Gap::Next } else { loose };
            }
            match c {
                '_' => gap = Gap::Next,
                '(' => gap = Gap::Free,
                '{' => in_braces = true,
                '}' => (in_braces, gap) = (false, loose),
                '*' => {
                    pieces.push(Piece { part: None, gap });
                    gap = loose;
                }
                _ => {}
            }
        }
        pieces
    }

    /// The element that a word stands for; "don't" is two.
    fn word(&mut self, word: &str, gap: Gap) -> Vec<Piece> {
        let one = |part| vec![Piece { part: Some(part), gap }];
        match word {
            "$" => return one(Part::Source),
            "+" => return one(Part::Target),
            "%" => return one(Part::Both),
            "^" => return one(Part::Actor),
            _ => {}
        }
        if let Some(name) = word.strip_prefix('&') {
            return one(Part::Words(self.sets.get(name).cloned().unwrap_or_default()));
        }
        let mut phrases = Phrases::default();
        for option in word.split('/') {
            let words = super::forms::split(option);
            let mut add = |words: &[String]| {
                let numbers = words.iter().map(|word| (self.number)(word)).collect();
                phrases.push(numbers);
            };
            add(&words);
            if let ([noun], true) = (words.as_slice(), self.is_bound) {
                let singular = noun.strip_suffix('s').filter(|rest| rest.len() > 2 && !rest.ends_with('s'));
                add(&[singular.map_or_else(|| super::forms::plural(noun), str::to_owned)]);
            }
        }
        one(Part::Words(phrases))
    }
}

/// What a pattern is held against: the numbers of a sentence's words, and its groups of actors.
pub(super) trait Scene {
    fn words(&self) -> &[u32];
    /// The group that starts at a word, and where it ends.
    fn group_at(&self, at: usize) -> Option<(usize, usize)>;
    /// Whether the group names anybody.
    fn acts(&self, group: usize) -> bool;
    fn is_compound(&self, group: usize) -> bool;
    /// Whether a word may stand between two of one noun phrase.
    fn is_noun_part(&self, at: usize) -> bool;
}

/// Where patterns may look: words from `from` on before the verb, and after it up to `to`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) from: usize,
    pub(super) verb: (usize, usize),
    pub(super) to: usize,
    /// The subject of a passive verb: what would be its object.
    pub(super) object: Option<(usize, usize)>,
}

/// The groups that a pattern takes for its actors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) source: Option<usize>,
    pub(super) target: Option<usize>,
    pub(super) both: Option<usize>,
    /// Where the last word of the pattern ends.
    pub(super) end: usize,
}

impl Pattern {
    /// Matches nearest words first.
    pub(super) fn find(&self, scene: &impl Scene, window: Window) -> Option<Found> {
        let mut found = Found { end: window.verb.1, ..Found::default() };
        let mut limit = window.verb.0;
        for unit in self.before.iter().rev() {
            limit = unit.before(scene, (window.from, limit), &mut found)?;
        }
        let mut at = window.verb.1;
        let mut units = self.after.iter().peekable();
        if let (Some(object), Some(unit)) = (window.object, units.peek())
            && unit.gap == Gap::Noun
            && unit.within(scene, object, &mut found)
        {
            units.next();
        }
        for unit in units {
            at = unit.after(scene, (at, window.to), &mut found)?;
        }
        found.end = at;
        Some(found)
    }
}

impl Unit {
    /// Its start, where it ends at or before the end of `range`.
    fn before(&self, scene: &impl Scene, range: (usize, usize), found: &mut Found) -> Option<usize> {
        let (from, limit) = range;
        for start in (from..limit).rev() {
            let mut trial = *found;
            let end = self.end_from(scene, start, limit, &mut trial);
            if end.is_some_and(|end| end <= limit && (self.gap != Gap::Next || end == limit)) {
                *found = trial;
                return Some(start);
            }
        }
        None
    }

    /// Its end, where it starts in `range`.
    fn after(&self, scene: &impl Scene, range: (usize, usize), found: &mut Found) -> Option<usize> {
        let (from, to) = range;
        for start in from..to {
            let mut trial = *found;
            if let Some(end) = self.end_from(scene, start, to, &mut trial) {
                *found = trial;
                return Some(end);
            }
            let goes_on = match self.gap {
                Gap::Next => false,
                Gap::Noun => scene.is_noun_part(start),
                Gap::Free => true,
            };
            if !goes_on {
                return None;
            }
        }
        None
    }

    fn within(&self, scene: &impl Scene, range: (usize, usize), found: &mut Found) -> bool {
        (range.0..range.1).any(|start| self.end_from(scene, start, range.1, found).is_some())
    }

    fn end_from(&self, scene: &impl Scene, start: usize, limit: usize, found: &mut Found) -> Option<usize> {
        let mut at = start;
        for part in &self.parts {
            at = match part {
                Part::Words(phrases) => at + phrases.end_in(scene.words().get(at..limit)?)?,
                _ => {
                    let (group, end) = scene.group_at(at)?;
                    match part {
                        Part::Source if scene.acts(group) => found.source = Some(group),
                        Part::Target if scene.acts(group) => found.target = Some(group),
                        Part::Source | Part::Target => return None,
                        Part::Both if scene.is_compound(group) => found.both = Some(group),
                        Part::Both => return None,
                        Part::Actor | Part::Words(_) => {}
                    }
                    end
                }
            };
        }
        (at <= limit).then_some(at)
    }
}
