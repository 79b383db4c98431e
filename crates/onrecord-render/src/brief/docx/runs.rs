//! Lines as runs of WordprocessingML.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::DifferenceKind;

use super::super::{
    doc::{Anchor, Inline, Line, Mark, Node, Weight, Words, weight},
    plain::visible,
};
use super::links::{Relations, is_address};

/// How words look; each is a style of the document, so that an editor changes all of a kind at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Strong,
    Faint,
    Exact,
    Differing(Weight),
    Kind,
    Lack,
    Removed,
    Added,
    Code,
    Link,
}

impl Style {
    fn id(self) -> Option<&'static str> {
        Some(match self {
            Self::Plain => return None,
            Self::Strong => "Strong",
            Self::Faint => "Faint",
            Self::Exact => "ExactWords",
            Self::Differing(Weight::Strong) => "DiffersMost",
            Self::Differing(Weight::Middle) => "Differs",
            Self::Differing(Weight::Mild) => "DiffersLeast",
            Self::Kind => "DifferenceKind",
            Self::Lack => "LeftOut",
            Self::Removed => "Removed",
            Self::Added => "Added",
            Self::Code => "Code",
            Self::Link => "Hyperlink",
        })
    }
}

/// Stands in a footnote for its own number.
pub(super) fn footnote_mark() -> String {
    referring("<w:footnoteRef/>")
}

/// A text as XML holds it, with what cannot be seen, and what XML forbids, made visible.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Words of one look.
pub(super) fn run(style: Style, words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let style = style.id().map(|id| format!("<w:rPr><w:rStyle w:val=\"{id}\"/></w:rPr>")).unwrap_or_default();
    format!("<w:r>{style}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(words))
}

/// The words of a line, without its marks and notes.
pub(super) fn plain(line: &Line) -> String {
    let words = |inline: &Inline| match inline {
        Inline::Text(words) | Inline::Strong(words) | Inline::Faint(words) | Inline::Code(words) => {
            words.to_string()
        }
        Inline::Link(_, words) | Inline::Place(_, _, words) | Inline::Lack(_, words) => words.to_string(),
        Inline::Removed(words) | Inline::Added(words) | Inline::Address(words) => words.to_string(),
        Inline::Words(words) => words.shown(printed),
        Inline::Kind(kind) => kind.name().to_owned(),
        Inline::Note(_) | Inline::Here(_) => String::new(),
    };
    line.iter().map(words).collect()
}

fn printed(node: &Node) -> String {
    match node {
        Node::Text(words) => words.to_string(),
        Node::Mark(mark) => mark.within.iter().map(printed).collect(),
    }
}

/// Makes runs for one part of the document, and keeps what they lead to.
#[derive(Default)]
pub(super) struct Runs {
    relations: Relations,
    /// Footnotes so far: Word numbers them through the document, in the order in which the text leads to them.
    last_note: u32,
    /// Of the current story: the number that a brief gives a footnote, and the one that it has here.
    notes: BTreeMap<u32, u32>,
    /// Names of places; one that comes again leads to the first.
    places: BTreeSet<String>,
    last_bookmark: u32,
}

impl Runs {
    /// From here on the brief numbers its footnotes anew.
    pub(super) fn begin_story(&mut self) {
        self.notes.clear();
    }

    /// The number that a footnote has in this document, if its text leads to it.
    pub(super) fn number_of(&self, note: u32) -> Option<u32> {
        self.notes.get(&note).copied()
    }

    /// What the runs lead to.
    pub(super) fn relations(&self) -> &Relations {
        &self.relations
    }

    /// One line.
    pub(super) fn line(&mut self, line: &Line) -> String {
        line.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text(words) => run(Style::Plain, words),
            Inline::Strong(words) => run(Style::Strong, words),
            Inline::Faint(words) => run(Style::Faint, words),
            Inline::Place(_, _, words) => run(Style::Plain, words),
            Inline::Words(words) => exact(words),
            Inline::Note(n) => self.note(*n),
            Inline::Link(to, words) => link(*to, words),
            Inline::Here(place) => self.place(*place),
            Inline::Kind(kind) => run(Style::Kind, &kinds(&[*kind])),
            Inline::Removed(words) => run(Style::Removed, words),
            Inline::Added(words) => run(Style::Added, words),
            Inline::Lack(kind, words) => {
                run(Style::Lack, &format!("without “{words}”")) + &run(Style::Kind, &kinds(&[*kind]))
            }
            Inline::Address(url) => self.address(url),
            Inline::Code(words) => run(Style::Code, words),
        }
    }

    /// The place that links lead to.
    pub(super) fn place(&mut self, place: Anchor) -> String {
        let name = place.name().map(|name| bookmark(&name)).filter(|name| self.places.insert(name.clone()));
        name.map(|name| self.bookmarked(&name, "")).unwrap_or_default()
    }

    fn bookmarked(&mut self, name: &str, runs: &str) -> String {
        self.last_bookmark += 1;
        let id = self.last_bookmark;
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
    }

    /// A footnote where the text first leads to it; later its number, which follows it when footnotes are moved.
    fn note(&mut self, n: u32) -> String {
        if let Some(number) = self.number_of(n) {
            return again(number);
        }
        self.last_note += 1;
        let number = self.last_note;
        self.notes.insert(n, number);
        let reference = referring(&format!("<w:footnoteReference w:id=\"{number}\"/>"));
        self.bookmarked(&format!("_note{number}"), &reference)
    }

    fn address(&mut self, url: &str) -> String {
        if !is_address(url) {
            return run(Style::Plain, url);
        }
        let id = self.relations.id_of(url);
        format!("<w:hyperlink r:id=\"{id}\">{}</w:hyperlink>", run(Style::Link, url))
    }
}

/// A run that looks like the number of a footnote.
fn referring(content: &str) -> String {
    format!("<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>{content}</w:r>")
}

/// The number of a footnote that stands further up, as a field that Word keeps true and others show as it is.
fn again(number: u32) -> String {
    let field = |kind: &str| referring(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let asked = format!("<w:instrText xml:space=\"preserve\"> NOTEREF _note{number} \\f \\h </w:instrText>");
    let shown = format!("<w:t>{number}</w:t>");
    [field("begin"), referring(&asked), field("separate"), referring(&shown), field("end")].concat()
}

/// A way to a place that a brief lays out; else the words alone.
fn link(to: Anchor, words: &str) -> String {
    match to.name() {
        Some(name) => {
            format!("<w:hyperlink w:anchor=\"{}\">{}</w:hyperlink>", bookmark(&name), run(Style::Link, words))
        }
        None => run(Style::Plain, words),
    }
}

/// Bookmarks have letters, digits and low lines.
fn bookmark(name: &str) -> String {
    name.replace('-', "_")
}

fn kinds(kinds: &[DifferenceKind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    format!("⟨{}⟩", names.join(", "))
}

fn exact(words: &Words) -> String {
    let mut out: String = words.nodes.iter().map(|of| node(of, Style::Exact)).collect();
    if words.more > 0 {
        out += &run(Style::Faint, &format!(" … ({} more characters)", words.more));
    }
    if words.quoted { run(Style::Exact, "“") + &out + &run(Style::Exact, "”") } else { out }
}

fn node(of: &Node, style: Style) -> String {
    match of {
        Node::Text(words) => run(style, words),
        Node::Mark(mark) => marked(mark, style),
    }
}

/// Words inside a louder mark are as loud as it.
fn marked(mark: &Mark, around: Style) -> String {
    let own = mark.kinds.iter().map(|kind| weight(*kind)).min().unwrap_or(Weight::Mild);
    let loudest = match around {
        Style::Differing(outer) => outer.min(own),
        _ => own,
    };
    let words: String = mark.within.iter().map(|of| node(of, Style::Differing(loudest))).collect();
    words + &run(Style::Kind, &kinds(&mark.kinds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element_and_what_xml_forbids_is_shown() {
        assert_eq!(
            escaped("</w:t>&\"\u{202e}\u{0}\u{1b}\u{ffff}\nя"),
            "&lt;/w:t&gt;&amp;&quot;⟨U+202E⟩⟨U+0000⟩⟨U+001B⟩⟨U+FFFF⟩ я"
        );
    }

    #[test]
    fn a_footnote_is_led_to_once_and_named_from_then_on() {
        let mut runs = Runs::default();
        let line = vec![Inline::Note(2), Inline::Note(1), Inline::Note(2)];
        let first = runs.line(&line);
        assert_eq!(first.matches("<w:footnoteReference ").count(), 2);
        assert_eq!(first.matches("NOTEREF _note1 ").count(), 1);
        assert!(first.contains("<w:t>1</w:t>"), "{first}");
        assert_eq!((runs.number_of(2), runs.number_of(1), runs.number_of(3)), (Some(1), Some(2), None));
        runs.begin_story();
        assert!(runs.line(&vec![Inline::Note(1)]).contains("<w:footnoteReference w:id=\"3\"/>"));
    }

    #[test]
    fn words_in_a_louder_mark_are_as_loud() {
        let inner = Mark {
            kinds: vec![DifferenceKind::Place],
            why: String::new(),
            within: vec![Node::Text("b".into())],
        };
        let within = vec![Node::Text("a".into()), Node::Mark(inner)];
        let outer = Mark { kinds: vec![DifferenceKind::Figure], why: String::new(), within };
        let shown = exact(&Words { quoted: false, nodes: vec![Node::Mark(outer)], more: 0 });
        assert_eq!((shown.matches("DiffersMost").count(), shown.matches("DiffersLeast").count()), (2, 0));
        assert!(shown.contains("⟨place⟩") && shown.ends_with("⟨figure⟩</w:t></w:r>"), "{shown}");
    }
}
