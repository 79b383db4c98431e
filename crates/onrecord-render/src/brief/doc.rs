//! What a brief is made of, before any format: lines of words and a few kinds of blocks.
//!
//! A brief is a stream of [`Block`]s, one after the other, so that a record of any length is written without
//! holding its brief in memory. The formats only decide how a block looks, never what it says.

use std::{borrow::Cow, io};

use onrecord_model::{DifferenceKind, Id};

/// Words on one line.
pub type Line<'a> = Vec<Inline<'a>>;

/// Where blocks go, one by one.
pub type Sink<'s> = dyn FnMut(&Block) -> io::Result<()> + 's;

/// A run of words, or something that stands among words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline<'a> {
    /// Words of a template, or a name, headline or other short thing that an article prints.
    Text(Cow<'a, str>),
    /// The same, to be seen first.
    Strong(Cow<'a, str>),
    /// The same, to be seen last.
    Faint(Cow<'a, str>),
    /// The exact words of an article, with what is marked in them.
    Words(Words<'a>),
    /// A footnote, by its number.
    Note(u32),
    /// A way to another place of the brief, or to a page; only the words where the format has no such place.
    Link(Anchor, Cow<'a, str>),
    /// Says where in the text of an article words stand (code points); a way there where the format has one.
    Place(Id, (usize, usize), Cow<'a, str>),
    /// The place that an anchor leads to.
    Here(Anchor),
    /// The name of a kind of difference.
    Kind(DifferenceKind),
    /// Words that another account has and this one has not.
    Lack(DifferenceKind, Cow<'a, str>),
    /// Words that a later version of a page does not have.
    Removed(Cow<'a, str>),
    /// Words that an earlier version of a page did not have.
    Added(Cow<'a, str>),
    /// An address on the web; a link where the format has links.
    Address(Cow<'a, str>),
    /// A hash or another thing that only machines read.
    Code(Cow<'a, str>),
}

/// Exact words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words<'a> {
    /// Whether the article prints them in quotation marks.
    pub quoted: bool,
    /// The words in order.
    pub nodes: Vec<Node<'a>>,
    /// How many more characters there are than are shown.
    pub more: usize,
}

/// A stretch of exact words, plain or marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node<'a> {
    /// As printed, contact data masked.
    Text(Cow<'a, str>),
    /// Words that differ from another account's.
    Mark(Mark<'a>),
}

/// Words that differ from another account's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<'a> {
    /// In what they differ.
    pub kinds: Vec<DifferenceKind>,
    /// Why the record says so.
    pub why: String,
    /// The words, with what is marked inside them.
    pub within: Vec<Node<'a>>,
}

/// A place of the brief that can be gone to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The laid-out story.
    Story(Id),
    /// The laid-out statement.
    Statement(Id),
    /// The page of an article.
    Article(Id),
    /// The page of a speaker.
    Speaker(Id),
    /// The page of a thing counted.
    Figure(Id),
    /// The page of a theme.
    Theme(Id),
    /// The page that shows what changed in a page.
    Changed(Id),
}

impl Anchor {
    /// Its name in a brief; `None` for what a brief does not lay out.
    pub(crate) fn name(self) -> Option<String> {
        match self {
            Self::Story(id) => Some(format!("story-{id}")),
            Self::Statement(id) => Some(format!("statement-{id}")),
            Self::Article(_) | Self::Speaker(_) | Self::Figure(_) | Self::Theme(_) | Self::Changed(_) => None,
        }
    }
}

impl Words<'_> {
    /// The words in their quotation marks, each stretch as `node` shows it, and what was cut off.
    pub fn shown(&self, node: impl Fn(&Node) -> String) -> String {
        let mut out: String = self.nodes.iter().map(node).collect();
        if self.more > 0 {
            out += &format!(" … ({} more characters)", self.more);
        }
        if self.quoted { format!("“{out}”") } else { out }
    }
}

/// How far in a heading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The brief.
    Title,
    /// A story, or a list about the record as a whole.
    Story,
    /// A statement.
    Statement,
    /// A list within a story.
    List,
}

/// One piece of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<'a> {
    /// Begins a part.
    Heading(Level, Option<Anchor>, Line<'a>),
    /// A line that says what is known about the part that was begun.
    About(Line<'a>),
    /// A table whose first row names the columns.
    Table(Vec<&'static str>, Vec<Vec<Line<'a>>>),
    /// The accounts of one statement side by side.
    Accounts(Vec<Row<'a>>),
    /// What differs between them, one line each.
    Differences(Vec<Line<'a>>),
    /// A list.
    Items(Vec<Line<'a>>),
    /// A list that is long and read last.
    Folded(Line<'a>, Vec<Line<'a>>),
    /// The same, closed until it is asked for, however short.
    FoldedShut(Line<'a>, Vec<Line<'a>>),
    /// Every value that is given for one thing counted.
    Plot(Plot<'a>),
    /// Explains the marks.
    Legend,
    /// The footnotes since the last such block.
    Notes(Vec<(u32, Line<'a>)>),
}

/// What every account says of one proposition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// What the row shows, where it is not simply the next part.
    pub title: Option<&'static str>,
    /// Who tells it, and the words: accounts with the same words share a line.
    pub told: Vec<(Line<'a>, Line<'a>)>,
    /// Who does not tell this part.
    pub silent: Option<Line<'a>>,
}

/// Every value that is given for one thing counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot<'a> {
    /// The series.
    pub series: Id,
    /// What is counted.
    pub counted: Cow<'a, str>,
    /// The lowest and the highest value with the unit, or that all agree.
    pub spread: String,
    /// The values, lowest first.
    pub values: Vec<Value<'a>>,
}

/// One value and who gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value<'a> {
    /// Where it stands between the lowest (0) and the highest (1000).
    pub at: u32,
    /// How many articles give it.
    pub articles: usize,
    /// The value in the unit of the whole plot.
    pub label: String,
    /// The exact words and who prints them.
    pub told: Line<'a>,
}

/// Words of a template, or a short thing that an article prints.
pub fn text<'a>(words: impl Into<Cow<'a, str>>) -> Inline<'a> {
    Inline::Text(words.into())
}

/// How loud a kind of difference is, the loudest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    Strong,
    Middle,
    Mild,
}

impl Weight {
    /// Its name in styles.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Middle => "middle",
            Self::Mild => "mild",
        }
    }
}

/// How loud a kind is: what changes the content most is seen first.
pub(crate) fn weight(kind: DifferenceKind) -> Weight {
    match kind {
        DifferenceKind::Figure
        | DifferenceKind::Date
        | DifferenceKind::Speaker
        | DifferenceKind::Truncation => Weight::Strong,
        DifferenceKind::Translation | DifferenceKind::Place | DifferenceKind::Omission => Weight::Mild,
        _ => Weight::Middle,
    }
}

/// A number with the right form of a noun: "1 article", "2 articles".
pub fn count(n: usize, noun: &str) -> String {
    let n = match n {
        1 => return format!("1 {noun}"),
        n => thousands(&n.to_string()),
    };
    match noun.strip_suffix('y') {
        Some(stem) => format!("{n} {stem}ies"),
        None if noun.ends_with("ch") => format!("{n} {noun}es"),
        None if noun.ends_with("series") => format!("{n} {noun}"),
        None => format!("{n} {noun}s"),
    }
}

/// Digits in groups of three: "16,000".
pub fn thousands(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |(w, f)| (w, f));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Lines one after the other, with words between them.
pub fn joined<'a>(lines: impl IntoIterator<Item = Line<'a>>, between: &'static str) -> Line<'a> {
    let mut out = Line::new();
    for line in lines {
        if !out.is_empty() {
            out.push(text(between));
        }
        out.extend(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_for_people() {
        for (digits, printed) in
            [("7", "7"), ("16000", "16,000"), ("-1234567.5", "-1,234,567.5"), ("100", "100")]
        {
            assert_eq!(thousands(digits), printed);
        }
        assert_eq!(count(1, "story"), "1 story");
        assert_eq!(count(2, "story"), "2 stories");
        assert_eq!(count(1200, "article"), "1,200 articles");
    }
}
