//! Decides line by line, with an eye on the run of lines where the sentences are.

use onrecord_model::Because;

use super::rules::{Rule, rule_for};
use super::{features, model};
use crate::extract::facts;
use crate::extract::lines::{self, Line};

/// From this likelihood on a line is kept.
const KEPT: f32 = 0.42;

/// A sentence inside the article is only dropped below this.
const KEPT_SENTENCE: f32 = 0.1;

/// The share of sentences from which on a text is taken to hold little but the article.
const CLEAN_SHARE: f32 = 0.85;

/// So few characters beside the sentences are the headings, bylines and labels of a short article.
const LITTLE_ELSE: f32 = 250.0;

/// How many words a line without a sentence needs to be news where no line is a sentence.
const FLASH_WORDS: usize = 5;

/// How far a long line counts, in characters: one long line is not an article.
const MOST_OF_A_LINE: usize = 400;

/// What a line without a sentence costs a run, in characters of prose.
const LABEL_COST: i64 = 25;

/// What a line costs that stands over a list of other stories.
const HEAD_COST: i64 = 250;

/// How many lines above the body are searched for the headline.
const LINES_ABOVE: usize = 6;

/// Which lines are the article.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// For each line why it is left out, or `None`.
    pub(crate) why: Vec<Option<Because>>,
    /// The line that is the headline.
    pub(crate) headline: Option<usize>,
}

/// Sorts the lines; `headline` is the one that the input names.
pub(super) fn decide(lines: &[Line], headline: Option<&str>) -> Verdict {
    let ruled: Vec<Option<&Rule>> = lines.iter().map(|line| rule_for(&line.plain)).collect();
    let likely: Vec<f32> = features::features(lines, &ruled).iter().map(model::likelihood).collect();
    let mut draft =
        Draft { lines, free: ruled.iter().map(|r| r.is_none_or(|r| r.edges)).collect(), kept: Vec::new() };
    draft.kept = likely.iter().zip(&draft.free).map(|(likely, free)| *free && *likely >= KEPT).collect();
    draft.keep_sentences(&likely);
    let is_clean = draft.keep_run(best_run(lines, &ruled));
    let headline = draft.keep_headline(headline, is_clean);
    draft.trim_edges(&ruled);
    let first = draft.kept.iter().position(|kept| *kept).unwrap_or(0);
    let last = draft.kept.iter().rposition(|kept| *kept).unwrap_or(lines.len());
    let why = |i: usize| match ruled[i] {
        _ if draft.kept[i] => None,
        Some(rule) => Some(rule.because()),
        None if is_row(&lines[i].plain) || is_keywords(&lines[i].plain) => {
            Some(Because::new("boilerplate.row", "a row of labels or keywords"))
        }
        None => Some(unlikely(i, first, last, likely[i])),
    };
    Verdict { why: (0..lines.len()).map(why).collect(), headline: headline.filter(|i| draft.kept[*i]) }
}

/// Lines being sorted.
struct Draft<'a> {
    lines: &'a [Line],
    /// Whether no rule names the line, or only one that does not count inside the article.
    free: Vec<bool>,
    kept: Vec<bool>,
}

impl Draft<'_> {
    /// Sentences between kept lines are kept too, unless the model is sure that they are none of the article's.
    fn keep_sentences(&mut self, likely: &[f32]) {
        let n = self.kept.len();
        let near: Vec<bool> = (0..n)
            .map(|i| i > 0 && self.kept[i - 1] && self.kept.get(i + 1).copied().unwrap_or(true))
            .collect();
        for i in 0..n {
            self.kept[i] |=
                self.free[i] && near[i] && likely[i] >= KEPT_SENTENCE && is_sentence(&self.lines[i]);
        }
    }

    /// Keeps the run with the most prose where little else stands in the text, or where nothing else is kept.
    fn keep_run(&mut self, run: Option<(usize, usize)>) -> bool {
        let Some((first, last)) = run else {
            for (i, line) in self.lines.iter().enumerate() {
                self.kept[i] |= self.free[i] && !is_row(&line.plain) && is_flash(&line.plain);
            }
            return false;
        };
        let chars = |i: usize| self.lines[i].chars() as f32;
        let free = |i: &usize| self.free[*i];
        let total: f32 = (0..self.lines.len()).filter(free).map(chars).sum();
        let prose: f32 =
            (first..=last).filter(free).filter(|i| is_sentence(&self.lines[*i])).map(chars).sum();
        let is_clean = prose >= total * CLEAN_SHARE || total - prose <= LITTLE_ELSE;
        if is_clean || !self.kept.contains(&true) {
            for i in first..=last {
                self.kept[i] |= self.free[i];
            }
        }
        is_clean
    }

    /// Keeps the headline: the line that the input names, or one that reads like it above the first
    /// sentence. In a clean text nothing stands above it, and what stands below it is the article's.
    fn keep_headline(&mut self, given: Option<&str>, is_clean: bool) -> Option<usize> {
        let body = (0..self.kept.len()).find(|i| self.kept[*i] && is_sentence(&self.lines[*i]))?;
        let given = given.and_then(|given| (0..=body).rev().find(|i| self.lines[*i].plain == given));
        let above = body.saturating_sub(LINES_ABOVE)..body;
        let mut reads = above.filter(|i| {
            self.free[*i] && is_headline(&self.lines[*i].plain) && !facts::is_byline(&self.lines[*i].plain)
        });
        let headline = given.or_else(|| if is_clean { reads.next() } else { reads.next_back() })?;
        self.kept[headline] = true;
        if is_clean {
            for i in 0..body {
                self.kept[i] = i >= headline && self.free[i];
            }
        }
        Some(headline)
    }

    /// Above the first and below the last sentence, rows of labels and what the rules for edges name are dropped.
    fn trim_edges(&mut self, ruled: &[Option<&Rule>]) {
        let is_body = |i: &usize| self.kept[*i] && is_sentence(&self.lines[*i]) && ruled[*i].is_none();
        let Some(first) = (0..self.kept.len()).find(is_body) else { return };
        let last = (0..self.kept.len()).rev().find(is_body).unwrap_or(first);
        for i in (0..first).chain(last + 1..self.kept.len()) {
            let plain = self.lines[i].plain.as_str();
            self.kept[i] &= ruled[i].is_none() && !is_row(plain) && !is_keywords(plain);
        }
    }
}

fn unlikely(i: usize, first: usize, last: usize, likely: f32) -> Because {
    let (rule, place) = match () {
        () if i < first => ("boilerplate.above", "above the article"),
        () if i > last => ("boilerplate.below", "below the article"),
        () => ("boilerplate.between", "between the article's lines"),
    };
    let percent = (likely * 100.0).round();
    Because::new(
        rule,
        format!("{place}; by its shape and its neighbours {percent} % likely to be the article's own"),
    )
}

/// The first and last line of the run with the most prose.
pub(super) fn best_run(lines: &[Line], ruled: &[Option<&Rule>]) -> Option<(usize, usize)> {
    let (mut best, mut run, mut start, mut most) = (None, 0_i64, 0, 0);
    for (i, line) in lines.iter().enumerate() {
        if run <= 0 {
            (run, start) = (0, i);
        }
        run += worth(line, ruled[i]);
        if run > most {
            (most, best) = (run, Some((start, i)));
        }
    }
    best
}

fn worth(line: &Line, rule: Option<&Rule>) -> i64 {
    match rule {
        Some(rule) if rule.heads => -HEAD_COST,
        Some(_) => -LABEL_COST / 5,
        None if is_sentence(line) => i64::try_from(line.chars().min(MOST_OF_A_LINE)).unwrap_or(0),
        None => -LABEL_COST,
    }
}

pub(crate) fn is_sentence(line: &Line) -> bool {
    line.is_prose() || lines::ends_like_a_sentence(&line.plain) && line.plain.split_whitespace().count() >= 3
}

/// Whether a line says something by itself, as a news flash or a headline does.
fn is_flash(plain: &str) -> bool {
    plain.split_whitespace().count() >= FLASH_WORDS
        || plain.chars().filter(|c| *c as u32 > 0x2e80).count() >= 8
}

/// What parts the labels of a row.
const ROW_MARKS: [char; 6] = ['|', '·', '•', '›', '»', '\t'];

/// Whether a line is a row of labels: three or more short parts between marks or wide gaps.
fn is_row(plain: &str) -> bool {
    let marked = plain.replace("  ", "|");
    let parts: Vec<&str> = marked.split(ROW_MARKS).map(str::trim).filter(|part| !part.is_empty()).collect();
    let words = plain.split_whitespace().count();
    parts.len() >= 3 && words <= parts.len() * 4 && !lines::ends_like_a_sentence(plain)
}

/// Whether a line is a list of keywords: small words, and no mark that a phrase would have.
fn is_keywords(plain: &str) -> bool {
    let is_small =
        |word: &str| word.starts_with(char::is_lowercase) && word.chars().all(char::is_alphanumeric);
    plain.split_whitespace().count() >= 3 && plain.split_whitespace().all(is_small)
}

/// Words that make a phrase, not a row or a list of keywords.
fn is_headline(plain: &str) -> bool {
    let words: Vec<&str> = plain.split_whitespace().collect();
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    let is_phrase = words.len() < 6
        || small * 3 >= words.len()
        || words[1..].iter().any(|word| word.chars().count() <= 3 && word.ends_with(char::is_lowercase))
        || plain.contains([',', ':', '“', '"', '’', '\'', '?', '–', '—'])
        || plain.contains(" - ");
    let is_labelled = plain.contains(['|', '›', '·', '•']) || plain.contains("  ");
    let starts_small = plain.starts_with(char::is_lowercase);
    let is_dense = words.len() < 3 && plain.chars().filter(|c| *c as u32 > 0x2e80).count() >= 8;
    ((3..=40).contains(&words.len()) && is_phrase || is_dense) && !is_labelled && !starts_small
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the text's lines, those left out with their rule before them.
    fn render(text: &str) -> String {
        let lines = lines::lines(text);
        let verdict = decide(&lines, None);
        let shown = lines.iter().zip(&verdict.why).enumerate().map(|(i, (line, why))| {
            let mark = if verdict.headline == Some(i) { "#" } else { "" };
            let rule = why
                .as_ref()
                .map(|b| format!("[{}] ", b.rule.trim_start_matches("boilerplate.")))
                .unwrap_or_default();
            format!("{mark}{rule}{}", line.plain)
        });
        shown.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_wire_story_is_freed_from_its_page() {
        let text = "08:15\nGBP 1.27\nHOME   NEWS   SPORT   LOG IN\n\nHarbour at Eldmouth closed after storm\n\nBy Jo Wren\n\nELDMOUTH, May 3 - The harbour was closed on Friday, the port's director said.\n\n“No ship will leave before Sunday,” Ada Finch told reporters.\n\nWhat happens now\n\nThe council meets on Monday.\n\nRead more\nTen beaches to visit this summer\nWrite to us: desk@eldmouth.example\n© Eldmouth Echo";
        insta::assert_snapshot!(render(text), @r"
        [time] 08:15
        [ticker] GBP 1.27
        [row] HOME   NEWS   SPORT   LOG IN
        #Harbour at Eldmouth closed after storm
        By Jo Wren
        ELDMOUTH, May 3 - The harbour was closed on Friday, the port's director said.
        “No ship will leave before Sunday,” Ada Finch told reporters.
        What happens now
        The council meets on Monday.
        [related] Read more
        [below] Ten beaches to visit this summer
        [contact] Write to us: desk@eldmouth.example
        [copyright] © Eldmouth Echo
        ");
    }

    #[test]
    fn short_texts_are_kept_if_they_say_something() {
        for text in ["One short line.", "Harbour closed after storm at Eldmouth", "No. Never. Not us."] {
            let lines = lines::lines(text);
            assert!(decide(&lines, None).why.iter().all(Option::is_none), "{text}");
        }
        for text in ["Sport", "Economy\nCulture", "a | b | c | d | e | f"] {
            let lines = lines::lines(text);
            assert!(decide(&lines, None).why.iter().all(Option::is_some), "{text}");
        }
        assert!(decide(&[], None).why.is_empty());
    }

    #[test]
    fn rows_and_keywords_are_no_headlines() {
        for (text, expected) in [
            ("Harbour closed after storm", true),
            ("Fishermen demand answers after harbour closure drags", true),
            ("Three Fishing Boats Sink In A Storm Off Eldmouth", true),
            ("Minister: “No decision has been made”", true),
            ("Europe Finance Featured World Business Markets", false),
            ("storm harbour eldmouth ships", false),
            ("Home › World › Europe", false),
            ("Sport", false),
        ] {
            assert_eq!(is_headline(text), expected, "{text}");
        }
        assert!(is_keywords("storm harbour eldmouth ships") && !is_keywords("storm, harbour and ships"));
        assert!(is_row("HOME   NEWS   SPORT") && is_row("3 May | Economy | Echo"));
        assert!(!is_row("He said “yes” | “no” | “perhaps”, and then he left the room for good, she said."));
    }
}
