//! The brief in Markdown, with footnotes. Words that differ are **bold** with the kind in angle brackets.

use std::io::{self, Write};

use super::{
    Format,
    doc::{Anchor, Block, Inline, Level, Line, Node, Plot, Row},
    plain::visible,
};

/// Markdown with footnotes (`[^1]`), as GitHub, Pandoc and most editors read it.
#[derive(Default)]
pub(crate) struct Markdown {
    stories: usize,
}

/// The characters that mean something in Markdown, and those of HTML inside it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '^' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

impl Markdown {
    fn line(&self, line: &Line) -> String {
        line.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> String {
        match inline {
            Inline::Text(words) | Inline::Faint(words) => escaped(words),
            Inline::Strong(words) => format!("**{}**", escaped(words)),
            Inline::Words(words) => words.shown(|node| self.node(node)),
            // A story's footnotes are numbered from 1, so its own number stands before them.
            Inline::Note(n) => format!("[^{}-{n}]", self.stories),
            Inline::Link(to, words) => match to.name() {
                Some(name) => format!("[{}](#{name})", escaped(words)),
                None => escaped(words),
            },
            Inline::Place(_, _, words) => escaped(words),
            Inline::Here(place) => {
                place.name().map(|name| format!("<a id=\"{name}\"></a>")).unwrap_or_default()
            }
            Inline::Kind(kind) => format!("⟨{}⟩", kind.name()),
            Inline::Removed(words) => format!("~~{}~~", escaped(words)),
            Inline::Added(words) => format!("**{}**", escaped(words)),
            Inline::Lack(kind, words) => format!("**without “{}”** ⟨{}⟩", escaped(words), kind.name()),
            Inline::Address(words) => escaped(words),
            Inline::Code(words) => format!("`{}`", visible(words).replace('`', "'")),
        }
    }

    fn node(&self, node: &Node) -> String {
        match node {
            Node::Text(words) => escaped(words),
            Node::Mark(mark) => {
                let inner: String = mark.within.iter().map(|node| self.node(node)).collect();
                let kinds: Vec<&str> = mark.kinds.iter().map(|kind| kind.name()).collect();
                // Emphasis does not nest; the blanks at its edges must stand outside of it.
                let inner = inner.replace("**", "");
                let words = inner.trim();
                let (before, after) = inner.split_once(words).unwrap_or_default();
                format!("{before}**{words}**⟨{}⟩{after}", kinds.join(", "))
            }
        }
    }

    fn rows(&self, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
        for row in rows {
            writeln!(out, "| told by | {} |", row.title.unwrap_or("in these words"))?;
            writeln!(out, "| --- | --- |")?;
            for (tellers, words) in &row.told {
                writeln!(out, "| {} | {} |", self.line(tellers), self.line(words))?;
            }
            if let Some(silent) = &row.silent {
                writeln!(out, "| {} | *not told* |", self.line(silent))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn plot(&self, plot: &Plot, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "**{}**: {}\n", escaped(&plot.counted), escaped(&plot.spread))?;
        for value in &plot.values {
            writeln!(out, "- {}: {}", escaped(&value.label), self.line(&value.told))?;
        }
        writeln!(out)
    }

    fn items(&self, lines: &[Line], out: &mut dyn Write) -> io::Result<()> {
        lines.iter().try_for_each(|line| writeln!(out, "- {}", self.line(line)))?;
        writeln!(out)
    }

    fn table(&self, names: &[&str], rows: &[Vec<Line>], out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "| {} |\n|{}", names.join(" | "), " --- |".repeat(names.len()))?;
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| self.line(cell)).collect();
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        writeln!(out)
    }
}

impl Format for Markdown {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn block(&mut self, block: &Block, out: &mut dyn Write) -> io::Result<()> {
        match block {
            Block::Heading(level, to, line) => {
                self.stories += usize::from(*level == Level::Story);
                let to = to
                    .and_then(Anchor::name)
                    .map(|name| format!("<a id=\"{name}\"></a>"))
                    .unwrap_or_default();
                let marks = match level {
                    Level::Title => "#",
                    Level::Story => "##",
                    Level::Statement => "###",
                    Level::List => "####",
                };
                writeln!(out, "{marks} {to}{}\n", self.line(line))
            }
            Block::About(line) => writeln!(out, "{}\n", self.line(line)),
            Block::Table(names, rows) => self.table(names, rows, out),
            Block::Accounts(rows) => self.rows(rows, out),
            Block::Differences(lines) | Block::Items(lines) => self.items(lines, out),
            Block::Folded(title, lines) | Block::FoldedShut(title, lines) => {
                writeln!(out, "**{}**\n", self.line(title))?;
                self.items(lines, out)
            }
            Block::Plot(plot) => self.plot(plot, out),
            Block::Legend => writeln!(out, "{LEGEND}\n"),
            Block::Notes(notes) => {
                for (n, line) in notes {
                    writeln!(out, "[^{}-{n}]: {}", self.stories, self.line(line))?;
                }
                writeln!(out)
            }
        }
    }

    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

const LEGEND: &str = "Words in **bold** differ from another account's; ⟨the kind⟩ stands behind them. What differs is shown; \
     which account is right is not said. A footnote gives outlet, headline, day, the exact words, where they stand in \
     the article's clean text (in characters) and the SHA-256 of that text. A speaker is called possible where such speakers \
     were the right ones less than eight times of ten when that was measured.";
