//! The brief as one page of HTML: no script, nothing loaded, every text of an article shown as text.

use std::io::{self, Write};

use onrecord_model::{DifferenceKind, Id};

use super::{
    Format,
    doc::{Anchor, Block, Inline, Level, Line, Mark, Node, Plot, Row, Weight, Words, weight},
    links::Links,
    plain::visible,
};

/// One self-contained page, or the blocks of a page among others.
#[derive(Default)]
pub struct Html {
    stories: usize,
    links: Option<Links>,
}

/// How it looks, in light and dark, narrow and in print.
pub const STYLE: &str = include_str!("html.css");

/// Longer lists stay closed until they are asked for.
const OPEN_UP_TO: usize = 12;

/// Nothing may run or load, whatever an article holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A text as HTML shows it: nothing in it is taken for a tag, an entity or the end of an attribute, and what cannot
/// be seen is made visible.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn tag(kind: DifferenceKind) -> String {
    format!("<span class=\"tag {}\" title=\"{}\">{}</span>", weight(kind).name(), meaning(kind), kind.name())
}

impl Html {
    /// Blocks of a page that leads to others.
    pub fn of_pages(links: Links) -> Self {
        Self { stories: 0, links: Some(links) }
    }

    /// One line.
    pub fn line(&self, line: &Line) -> String {
        line.iter().map(|inline| self.inline(inline)).collect()
    }

    /// Where a thing is laid out: on a page of its own, or further down this one.
    fn href(&self, to: Anchor) -> Option<String> {
        match &self.links {
            Some(links) => Some(links.to(to)),
            None => to.name().map(|name| format!("#{name}")),
        }
    }

    fn link(&self, to: Anchor, words: &str) -> String {
        match self.href(to) {
            Some(href) => format!("<a href=\"{}\">{}</a>", escaped(&href), escaped(words)),
            None => escaped(words),
        }
    }

    fn place(&self, article: Id, points: (usize, usize), words: &str) -> String {
        let Some(links) = &self.links else { return escaped(words) };
        let href = escaped(&links.words(article, points));
        let shown = words.trim_start();
        let space = &words[..words.len() - shown.len()];
        format!("{space}<a href=\"{href}\" title=\"{SHOW}\">{}</a>", escaped(shown))
    }

    fn inline(&self, inline: &Inline) -> String {
        match inline {
            Inline::Text(words) => escaped(words),
            Inline::Strong(words) => format!("<strong>{}</strong>", escaped(words)),
            Inline::Faint(words) => format!("<span class=\"faint\">{}</span>", escaped(words)),
            Inline::Words(words) => self.words(words),
            Inline::Note(n) => format!("<sup><a href=\"#n{0}-{n}\">{n}</a></sup>", self.stories),
            Inline::Link(to, words) => self.link(*to, words),
            Inline::Place(article, points, words) => self.place(*article, *points, words),
            Inline::Here(place) => {
                place.name().map(|name| format!("<a id=\"{name}\"></a>")).unwrap_or_default()
            }
            Inline::Kind(kind) => tag(*kind),
            Inline::Removed(words) => format!("<del>{}</del>", escaped(words)),
            Inline::Added(words) => format!("<ins>{}</ins>", escaped(words)),
            Inline::Lack(kind, words) => format!(
                "<mark class=\"lack {}\">without “{}” {}</mark>",
                weight(*kind).name(),
                escaped(words),
                tag(*kind)
            ),
            Inline::Address(url) => address(url),
            Inline::Code(words) => format!("<code>{}</code>", escaped(words)),
        }
    }

    fn words(&self, words: &Words) -> String {
        let mut out: String = words.nodes.iter().map(node).collect();
        if words.more > 0 {
            out += &format!("<span class=\"faint\"> … ({} more characters)</span>", words.more);
        }
        if words.quoted { format!("“{out}”") } else { out }
    }

    fn rows(&self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<table class=\"accounts\">")?;
        for row in rows {
            writeln!(out, "<tbody>")?;
            if let Some(title) = row.title {
                writeln!(out, "<tr><th scope=\"rowgroup\" colspan=\"2\">{title}</th></tr>")?;
            }
            for (tellers, words) in &row.told {
                let (tellers, words) = (self.line(tellers), self.line(words));
                writeln!(out, "<tr><td class=\"teller\">{tellers}</td><td>{words}</td></tr>")?;
            }
            if let Some(silent) = &row.silent {
                let silent = self.line(silent);
                writeln!(out, "<tr><td class=\"silent\" colspan=\"2\">Not told by: {silent}</td></tr>")?;
            }
            writeln!(out, "</tbody>")?;
        }
        writeln!(out, "</table>")
    }

    fn table(&self, all: &[&str], rows: &[Vec<Line>], out: &mut dyn Write) -> io::Result<()> {
        let names: String = all.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
        writeln!(out, "<table class=\"first\"><thead><tr>{names}</tr></thead><tbody>")?;
        for row in rows {
            // Where there is no room for columns, a cell says itself what it is.
            let cell =
                |(cell, name): (&Line, &&str)| format!("<td data-as=\"{name}\">{}</td>", self.line(cell));
            let cells: String = row.iter().zip(all).map(cell).collect();
            writeln!(out, "<tr>{cells}</tr>")?;
        }
        writeln!(out, "</tbody></table>")
    }

    fn items(&self, lines: &[Line], out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<ul>")?;
        lines.iter().try_for_each(|line| writeln!(out, "<li>{}</li>", self.line(line)))?;
        writeln!(out, "</ul>")
    }

    fn folded(&self, title: &Line, lines: &[Line], is_open: bool, out: &mut dyn Write) -> io::Result<()> {
        let open = if is_open { " open" } else { "" };
        writeln!(out, "<details{open}><summary>{}</summary>", self.line(title))?;
        self.items(lines, out)?;
        writeln!(out, "</details>")
    }

    /// Dots on a line from the lowest to the highest value; the list below says the same in words.
    fn plot(&self, plot: &Plot, out: &mut dyn Write) -> io::Result<()> {
        let counted = escaped(&plot.counted);
        let name = match self.links {
            Some(links) => {
                format!("<a href=\"{}\">{counted}</a>", escaped(&links.to(Anchor::Figure(plot.series))))
            }
            None => counted.clone(),
        };
        writeln!(out, "<div class=\"plot\"><strong>{name}</strong>: {}", escaped(&plot.spread))?;
        if plot.values.len() > 1 {
            let name = format!("{counted}: {}", escaped(&plot.spread));
            writeln!(out, "<svg viewBox=\"0 0 1060 60\" role=\"img\" aria-label=\"{name}\">")?;
            writeln!(out, "<line x1=\"30\" y1=\"30\" x2=\"1030\" y2=\"30\"/>")?;
            for value in &plot.values {
                let radius = 10 + 4 * value.articles.min(4);
                let title = escaped(&value.label);
                writeln!(
                    out,
                    "<circle cx=\"{}\" cy=\"30\" r=\"{radius}\"><title>{title}</title></circle>",
                    30 + value.at
                )?;
            }
            writeln!(out, "</svg>")?;
            let ends = [plot.values.first(), plot.values.last()];
            let ends = ends.into_iter().flatten().map(|end| format!("<span>{}</span>", escaped(&end.label)));
            writeln!(out, "<p class=\"ends\" aria-hidden=\"true\">{}</p>", ends.collect::<String>())?;
        }
        writeln!(out, "<ul>")?;
        for value in &plot.values {
            writeln!(out, "<li><strong>{}</strong> {}</li>", escaped(&value.label), self.line(&value.told))?;
        }
        writeln!(out, "</ul></div>")
    }

    fn heading(&self, level: Level, to: Option<Anchor>, line: &Line) -> String {
        let tag = match level {
            Level::Title => "h1",
            Level::Story => "h2",
            Level::Statement => "h3",
            Level::List => "h4",
        };
        let id = to.and_then(Anchor::name).map(|name| format!(" id=\"{name}\"")).unwrap_or_default();
        format!("<{tag}{id}>{}</{tag}>", self.line(line))
    }
}

fn node(of: &Node) -> String {
    match of {
        Node::Text(words) => escaped(words),
        Node::Mark(mark) => marked(mark),
    }
}

fn marked(mark: &Mark) -> String {
    let inner: String = mark.within.iter().map(node).collect();
    let loudest = mark.kinds.iter().min().map_or(Weight::Mild, |kind| weight(*kind)).name();
    // The blank keeps a kind from being read as a part of the last word.
    let tags: String = mark.kinds.iter().map(|kind| format!(" {}", tag(*kind))).collect();
    format!("<mark class=\"{loudest}\" title=\"{}\">{inner}{tags}</mark>", escaped(&mark.why))
}

/// A link only for the two schemes that cannot run anything.
fn address(url: &str) -> String {
    let shown = escaped(url);
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if is_web { format!("<a rel=\"noreferrer nofollow\" href=\"{shown}\">{shown}</a>") } else { shown }
}

impl Format for Html {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">")?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(out, "<title>The record</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>")
    }

    fn block(&mut self, block: &Block, out: &mut dyn Write) -> io::Result<()> {
        match block {
            Block::Heading(level, to, line) => {
                // A page has one list of notes, a brief one for each story.
                self.stories += usize::from(*level == Level::Story && self.links.is_none());
                writeln!(out, "{}", self.heading(*level, *to, line))
            }
            Block::About(line) => writeln!(out, "<p class=\"about\">{}</p>", self.line(line)),
            Block::Table(names, rows) => self.table(names, rows, out),
            Block::Accounts(rows) => self.rows(rows, out),
            Block::Differences(lines) | Block::Items(lines) => self.items(lines, out),
            Block::Folded(title, lines) => self.folded(title, lines, lines.len() <= OPEN_UP_TO, out),
            Block::FoldedShut(title, lines) => self.folded(title, lines, false, out),
            Block::Plot(plot) => self.plot(plot, out),
            Block::Legend => {
                writeln!(out, "<p class=\"legend\">{LEGEND}</p>\n{}", kinds_in_words())
            }
            Block::Notes(notes) => {
                writeln!(out, "<div class=\"notes\"><ol>")?;
                for (n, line) in notes {
                    writeln!(out, "<li id=\"n{}-{n}\" value=\"{n}\">{}</li>", self.stories, self.line(line))?;
                }
                writeln!(out, "</ol></div>")
            }
        }
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</main>\n</body>\n</html>")
    }
}

const SHOW: &str = "Show me where: the words in the article";

const LEGEND: &str = "<mark>Marked words</mark> differ from another account’s, in what stands behind them. Words in quotation marks are \
     printed as the speaker’s; words without are the outlet’s report. Which account is right is not said.";

/// Each kind of difference and what it says, closed until it is asked for.
pub fn kinds_in_words() -> String {
    let kind = |kind: DifferenceKind| format!("<li>{} {}</li>\n", tag(kind), meaning(kind));
    let kinds: String = DifferenceKind::ALL.into_iter().map(kind).collect();
    format!(
        "<details class=\"kinds\"><summary>How to read this</summary>\n<p>{HOW_TO_READ}</p>\n\
         <p>Kinds of difference, those that change the content most first:</p>\n<ul>\n{kinds}</ul></details>"
    )
}

const HOW_TO_READ: &str = "A footnote gives outlet, headline, day, the exact words, where they stand in the article’s text without what \
     surrounds it on the page (counted in characters), and a fingerprint of that text (SHA-256) that shows later whether it was changed. Accounts with the \
     same words share a line. A copy is the same text under another name: it is not a telling of its own. A speaker is called possible where such \
     speakers were the right ones less than eight times of ten when that was measured.";

fn meaning(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Figure => "another number, bound or unit for the same thing",
        DifferenceKind::Date => "another day or time for the same happening",
        DifferenceKind::Speaker => "the same words credited to somebody else",
        DifferenceKind::Truncation => "a condition or a negation cut off",
        DifferenceKind::Scope => "the same number, of another whole",
        DifferenceKind::Wording => "other words that shift the meaning",
        DifferenceKind::Hedge => "a doubt dropped or added, or a verb that judges, such as “claimed”",
        DifferenceKind::Addition => "words in quotation marks that no other account has",
        DifferenceKind::Omission => "content that an account leaves out",
        DifferenceKind::Place => "another place for the same happening",
        DifferenceKind::Translation => {
            "other words for one original, the substance the same; not a misquotation"
        }
    }
}
