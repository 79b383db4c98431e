//! The words of an article with what a reader of names asks of them: shape, place in the line, neighbours.

use std::collections::HashSet;

use onrecord_model::Span;

use super::lexicon::Lexicon;

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// "minister", "iPad"
    Lower,
    /// "Minister", "McArdle", "D."
    Capital,
    /// "CRRF", "U.S.": two letters or more, all capitals.
    AllCaps,
    /// Starts with a digit.
    Number,
    /// "'s" or the bare apostrophe after a plural.
    Possessive,
    /// Anything that is no word.
    Mark,
}

/// One word or mark.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it looks like.
    pub(crate) shape: Shape,
    /// Lower case, straight apostrophes.
    pub(crate) low: String,
    /// Stands first in a sentence, a line or a quotation, so that a capital says nothing.
    pub(crate) opens: bool,
    /// Number of the line it stands in.
    pub(crate) line: usize,
}

impl Word {
    /// Starts with a capital letter.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::AllCaps)
    }

    /// Has letters.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Capital | Shape::AllCaps)
    }
}

/// The words of one text, in order.
pub(crate) struct Words<'a> {
    /// The text they stand in.
    pub(crate) text: &'a str,
    list: Vec<Word>,
    /// By line: most of its words are capitalised, as in a headline.
    title_lines: Vec<bool>,
}

/// A run of words: from the first to one past the last.
pub(crate) type Run = (usize, usize);

impl<'a> Words<'a> {
    /// Reads `text`; `sentences` say where a capital is no sign of a name.
    pub(crate) fn read(text: &'a str, sentences: &[Span], lexicon: &Lexicon) -> Self {
        let known = clean_names(text, lexicon);
        let mut list = Vec::new();
        let mut line = 0;
        for (start, part) in pieces(text) {
            if part.chars().all(char::is_whitespace) {
                line += part.matches('\n').count();
                continue;
            }
            if !joins_detached_s(&mut list, start, part) {
                push_piece(&mut list, Piece { start, part, line }, &known, lexicon);
            }
        }
        drop_abbreviation_stops(&mut list, lexicon);
        mark_openings(&mut list, sentences);
        let title_lines = title_lines(&list, line + 1);
        Self { text, list, title_lines }
    }

    /// Number of words and marks.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The word at `i`, if there is one.
    pub(crate) fn get(&self, i: usize) -> Option<&Word> {
        self.list.get(i)
    }

    /// The word `back` places before `i`.
    pub(crate) fn before(&self, i: usize, back: usize) -> Option<&Word> {
        i.checked_sub(back).and_then(|at| self.list.get(at))
    }

    /// Lower case of the word at `i`; empty past the end.
    pub(crate) fn low(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |word| word.low.as_str())
    }

    /// The words of a run.
    pub(crate) fn run(&self, (from, to): Run) -> &[Word] {
        self.list.get(from..to).unwrap_or_default()
    }

    /// The words of a run, lower case, with single spaces between them.
    pub(crate) fn phrase(&self, run: Run) -> String {
        let words: Vec<&str> = self.run(run).iter().map(|word| word.low.as_str()).collect();
        words.join(" ")
    }

    /// The stretch of text that a run covers.
    pub(crate) fn span(&self, run: Run) -> Span {
        match (self.run(run).first(), self.run(run).last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::new(0, 0),
        }
    }

    /// The run of words that lie in `span`.
    pub(crate) fn within(&self, span: Span) -> Run {
        let from = self.list.partition_point(|word| word.span.end() <= span.start());
        let to = self.list.partition_point(|word| word.span.start() < span.end());
        (from, to.max(from))
    }

    /// Whether the line of the word at `i` is set like a headline, so that capitals say little.
    pub(crate) fn in_title(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|word| self.title_lines.get(word.line).copied().unwrap_or(false))
    }

    /// Whether two words stand in one line.
    pub(crate) fn same_line(&self, i: usize, j: usize) -> bool {
        matches!((self.list.get(i), self.list.get(j)), (Some(a), Some(b)) if a.line == b.line)
    }
}

struct Piece<'t> {
    start: usize,
    part: &'t str,
    line: usize,
}

/// Cuts a text into white space, words and single marks.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let len = piece_len(rest);
        let start = at;
        at += len;
        Some((start, &rest[..len]))
    })
}

fn piece_len(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    if first.is_whitespace() {
        return rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
    }
    if first.is_alphanumeric() { word_len(rest) } else { first.len_utf8() }
}

/// Letters and digits, with single joints inside: "o'clock", "co-founder", "U.S.", "AT&T".
fn word_len(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let joint = matches!(c, '\'' | '’' | '-' | '‐' | '‑' | '.' | '&')
            && next.is_some_and(char::is_alphanumeric)
            && (c != '.' || dotted(&rest[..at]));
        if !(c.is_alphanumeric() || joint || is_mark_inside(c)) {
            break;
        }
        end = at + c.len_utf8();
    }
    if dotted(&rest[..end]) && rest[end..].starts_with('.') { end + 1 } else { end }
}

/// Combining marks and soft hyphens do not end a word.
fn is_mark_inside(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}')
}

/// "U", "U.S", "K.C": single capitals with stops between them, as in initials and "U.S.".
fn dotted(head: &str) -> bool {
    head.len() <= 12 && !head.is_empty() && head.split('.').all(is_one_capital)
}

fn is_one_capital(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

fn push_piece(list: &mut Vec<Word>, piece: Piece<'_>, known: &HashSet<&str>, lexicon: &Lexicon) {
    let Piece { start, part, line } = piece;
    let mut push = |from: usize, to: usize, possessive: bool| {
        let words = &part[from..to];
        if !words.is_empty() {
            let shape = if possessive { Shape::Possessive } else { shape(words) };
            let span = Span::new(start + from, start + to);
            list.push(Word { span, shape, low: lower(words), opens: false, line });
        }
    };
    let stem = part.len() - possessive_len(part);
    match glued_at(&part[..stem], known, lexicon) {
        Some(cut) => {
            push(0, cut, false);
            push(cut, stem, false);
        }
        None => push(0, stem, false),
    }
    push(stem, part.len(), true);
    join_plural_apostrophe(list);
}

fn possessive_len(part: &str) -> usize {
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find(|tail| part.ends_with(**tail) && part.len() > tail.len())
        .map_or(0, |t| t.len())
}

/// "People 's Party" of texts that were cut into words: the mark and the letter are one possessive.
fn joins_detached_s(list: &mut [Word], start: usize, part: &str) -> bool {
    let [.., word, mark] = list else { return false };
    let apart =
        matches!(mark.low.as_str(), "'") && mark.span.end() == start && word.span.end() < mark.span.start();
    let joins = apart && part == "s" && word.is_word();
    if joins {
        mark.shape = Shape::Possessive;
        mark.span = Span::new(mark.span.start(), start + part.len());
    }
    joins
}

/// The apostrophe right after a plural is a possessive, not a mark.
fn join_plural_apostrophe(list: &mut [Word]) {
    let [.., word, mark] = list else { return };
    let touches = word.span.end() == mark.span.start();
    if touches
        && mark.shape == Shape::Mark
        && matches!(mark.low.as_str(), "'")
        && word.low.ends_with('s')
        && word.is_word()
    {
        mark.shape = Shape::Possessive;
    }
}

fn lower(words: &str) -> String {
    words
        .chars()
        .filter(|c| *c != '\u{ad}' && !matches!(c, '\u{200b}'..='\u{200d}'))
        .map(|c| if c == '’' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// "al-Haddad", "d'Arco": a short particle joined to a capital.
fn has_name_prefix(words: &str) -> bool {
    words.split_once(['-', '\'', '’']).is_some_and(|(particle, rest)| {
        particle.len() <= 3
            && rest.len() > 2
            && rest.chars().next().is_some_and(char::is_uppercase)
            && !matches!(particle, "pro" | "ex" | "non" | "pre" | "un" | "mid" | "i" | "e" | "x")
    })
}

fn shape(words: &str) -> Shape {
    let Some(first) = words.chars().next() else { return Shape::Mark };
    if first.is_numeric() {
        Shape::Number
    } else if first.is_uppercase() {
        let letters = words.chars().filter(|c| c.is_alphabetic());
        let (count, capitals) = letters.fold((0, 0), |(n, k), c| (n + 1, k + usize::from(c.is_uppercase())));
        if count > 1 && capitals == count { Shape::AllCaps } else { Shape::Capital }
    } else if first.is_alphabetic() && has_name_prefix(words) {
        Shape::Capital
    } else if first.is_alphabetic() {
        Shape::Lower
    } else {
        Shape::Mark
    }
}

/// Capitalised words of the text: what a glued word may start with.
fn clean_names<'t>(text: &'t str, lexicon: &Lexicon) -> HashSet<&'t str> {
    let mut known = HashSet::new();
    for (_, part) in pieces(text) {
        let part = &part[..part.len() - possessive_len(part)];
        let part = camel_cut(part, lexicon).map_or(part, |cut| &part[..cut]);
        if part.len() >= 4 && part.chars().next().is_some_and(char::is_uppercase) {
            known.insert(part);
        }
    }
    known
}

/// Where a word is two words glued together: "Orlovat" after "Orlov", "OrlovAlso", "theBasin".
fn glued_at(word: &str, known: &HashSet<&str>, lexicon: &Lexicon) -> Option<usize> {
    if word.len() > 64 || !word.is_ascii() && word.chars().count() > 64 {
        return None;
    }
    camel_cut(word, lexicon).or_else(|| tail_cut(word, known, lexicon)).or_else(|| head_cut(word, lexicon))
}

/// Where "of" or "the" is glued to a noun that says who somebody is: "ofminister", "theunion".
fn head_cut(word: &str, lexicon: &Lexicon) -> Option<usize> {
    let heads = || lexicon.of_words.0.iter().chain(&lexicon.definite_articles.0);
    let cut = heads().map(String::len).find(|at| {
        let Some((head, noun)) = word.split_at_checked(*at) else { return false };
        heads().any(|one| one == head) && (lexicon.is_role(noun) || lexicon.body_nouns.has(noun))
    })?;
    (!lexicon.is_common_word(word) && !lexicon.is_role(word) && !lexicon.body_nouns.has(word)).then_some(cut)
}

fn camel_cut(word: &str, lexicon: &Lexicon) -> Option<usize> {
    let mut last_lower = false;
    for (at, c) in word.char_indices().take(64) {
        if last_lower && c.is_uppercase() {
            let (head, tail) = word.split_at(at);
            if lexicon.glue_words.has(&lower(head)) || lexicon.glue_words.has(&lower(tail)) {
                return Some(at);
            }
        }
        last_lower = c.is_lowercase();
    }
    None
}

fn tail_cut(word: &str, known: &HashSet<&str>, lexicon: &Lexicon) -> Option<usize> {
    if !word.chars().next().is_some_and(char::is_uppercase) {
        return None;
    }
    word.char_indices().map(|(at, _)| at).skip(4).find(|&at| {
        let (head, tail) = word.split_at(at);
        known.contains(head) && lexicon.glue_words.has(tail)
    })
}

/// The stop of "Mr." and "Inc." belongs to the word and is no mark of its own.
fn drop_abbreviation_stops(list: &mut Vec<Word>, lexicon: &Lexicon) {
    let mut after_abbreviation: Option<usize> = None;
    list.retain(|word| {
        let stop = word.low == "." && after_abbreviation == Some(word.span.start());
        after_abbreviation = lexicon.is_abbreviation(&word.low).then_some(word.span.end());
        !stop
    });
}

fn mark_openings(list: &mut [Word], sentences: &[Span]) {
    let mut starts = sentences.iter().map(|s| s.start()).peekable();
    let mut opening = true;
    let mut line = usize::MAX;
    for word in list {
        let mut new_sentence = false;
        while starts.next_if(|start| *start <= word.span.start()).is_some() {
            new_sentence = true;
        }
        opening |= new_sentence || word.line != line;
        line = word.line;
        word.opens = opening;
        opening = match word.shape {
            Shape::Mark => {
                opening
                    || matches!(
                        word.low.as_str(),
                        "“" | "«" | "\"" | ":" | "„" | "‘" | "`" | "•" | "." | "!" | "?"
                    )
            }
            _ => false,
        };
    }
}

/// A line of three words or more, nearly all capitalised and without a full stop, is set like a headline.
fn title_lines(list: &[Word], lines: usize) -> Vec<bool> {
    let mut counts = vec![(0usize, 0usize, false); lines];
    for word in list {
        let Some((words, capitals, stopped)) = counts.get_mut(word.line) else { continue };
        *stopped = word.low == ".";
        if word.is_word() && word.low.chars().count() > 3 {
            *words += 1;
            *capitals += usize::from(word.is_capital());
        }
    }
    counts
        .into_iter()
        .map(|(words, capitals, stopped)| words >= 3 && !stopped && capitals * 4 >= words * 3)
        .collect()
}
