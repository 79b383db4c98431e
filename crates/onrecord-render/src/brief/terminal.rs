//! The brief on a terminal or in a pipe: differences stand out in colour, and without it by their brackets.

use std::io::{self, IsTerminal, Write};

use onrecord_model::DifferenceKind;

use super::{
    Format,
    doc::{Block, Inline, Level, Line, Node, Plot, Row},
    plain::visible,
};

/// Columns of a dot plot.
const PLOT_COLUMNS: u32 = 40;
/// Columns that hold the tellers of an account.
const TELLER_COLUMNS: usize = 30;

const BOLD: &str = "\u{1b}[1m";
const FAINT: &str = "\u{1b}[2m";
const MARK: &str = "\u{1b}[1;33m";
const REMOVED: &str = "\u{1b}[31m";
const ADDED: &str = "\u{1b}[32m";
const RESET: &str = "\u{1b}[0m";

/// Text for the screen.
pub struct Terminal {
    has_colour: bool,
    width: usize,
}

impl Terminal {
    /// In colour where standard output is a terminal and nobody asked for none (`NO_COLOR`).
    pub fn of_this_process() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let has_colour = is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let columns = console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
        Self { has_colour, width: columns.filter(|_| is_terminal).unwrap_or(100).clamp(60, 120) }
    }

    /// With or without colours, lines at most so long.
    pub fn with(has_colour: bool, width: usize) -> Self {
        Self { has_colour, width }
    }

    fn paint(&self, style: &str, words: &str) -> String {
        if self.has_colour && !words.is_empty() { format!("{style}{words}{RESET}") } else { words.to_owned() }
    }

    fn line(&self, line: &Line) -> String {
        line.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> String {
        match inline {
            Inline::Text(words)
            | Inline::Link(_, words)
            | Inline::Place(_, _, words)
            | Inline::Address(words) => visible(words),
            Inline::Strong(words) => self.paint(BOLD, &visible(words)),
            Inline::Faint(words) => self.paint(FAINT, &visible(words)),
            Inline::Code(words) => self.paint(FAINT, &visible(words)),
            Inline::Words(words) => words.shown(|node| self.node(node)),
            Inline::Note(_) | Inline::Here(_) => String::new(),
            Inline::Kind(kind) => self.paint(MARK, kind.name()),
            Inline::Removed(words) => self.paint(REMOVED, &format!("[-{}-]", visible(words))),
            Inline::Added(words) => self.paint(ADDED, &format!("{{+{}+}}", visible(words))),
            Inline::Lack(kind, words) => {
                self.paint(MARK, &format!("[without “{}” ⟨{}⟩]", visible(words), kind.name()))
            }
        }
    }

    fn node(&self, node: &Node) -> String {
        match node {
            Node::Text(words) => visible(words),
            Node::Mark(mark) => {
                let inner: String = mark.within.iter().map(|node| self.node(node)).collect();
                let kinds: Vec<&str> = mark.kinds.iter().map(|kind: &DifferenceKind| kind.name()).collect();
                self.paint(MARK, &format!("[{inner} ⟨{}⟩]", kinds.join(", ")))
            }
        }
    }

    fn row(&self, n: usize, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        match row.title {
            Some(title) => writeln!(out, "  {}", self.paint(FAINT, title))?,
            None if n > 0 => writeln!(out)?,
            None => {}
        }
        for (tellers, words) in &row.told {
            let tellers = self.line(tellers);
            let words = wrapped(&self.line(words), self.width.saturating_sub(TELLER_COLUMNS + 5));
            let tellers = wrapped(&tellers, TELLER_COLUMNS);
            for n in 0..words.len().max(tellers.len()) {
                let teller = tellers.get(n).map_or("", String::as_str);
                let pad = " ".repeat(TELLER_COLUMNS.saturating_sub(columns(teller)));
                writeln!(out, "  {teller}{pad} │ {}", words.get(n).map_or("", String::as_str))?;
            }
        }
        match &row.silent {
            Some(silent) => self.paragraph("  not told by: ", silent, out),
            None => Ok(()),
        }
    }

    fn paragraph(&self, lead: &str, line: &Line, out: &mut dyn Write) -> io::Result<()> {
        let indent = " ".repeat(columns(lead).min(4));
        let lines = wrapped(&self.line(line), self.width.saturating_sub(columns(lead)));
        for (n, line) in lines.iter().enumerate() {
            writeln!(out, "{}{line}", if n == 0 { lead } else { &indent })?;
        }
        Ok(())
    }

    fn table(&self, names: &[&str], rows: &[Vec<Line>], out: &mut dyn Write) -> io::Result<()> {
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| self.line(cell)).collect();
            for (n, (name, cell)) in
                names.iter().zip(&cells).enumerate().filter(|(_, (_, cell))| !cell.is_empty())
            {
                let lead =
                    if n == 0 { "  • ".to_owned() } else { format!("    {} ", self.paint(FAINT, name)) };
                let cell = if n == 0 { self.paint(BOLD, cell) } else { cell.clone() };
                for (n, line) in wrapped(&cell, self.width.saturating_sub(14)).iter().enumerate() {
                    writeln!(out, "{}{line}", if n == 0 { lead.as_str() } else { "        " })?;
                }
            }
        }
        Ok(())
    }

    fn plot(&self, plot: &Plot, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "  {} ({})", visible(&plot.counted), plot.spread)?;
        for value in &plot.values {
            let at = (value.at * PLOT_COLUMNS / 1000) as usize;
            let dots = format!("{}●{}", "·".repeat(at), "·".repeat(PLOT_COLUMNS as usize - at));
            self.paragraph(&format!("    {dots} {} ", value.label), &value.told, out)?;
        }
        Ok(())
    }
}

impl Format for Terminal {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn block(&mut self, block: &Block, out: &mut dyn Write) -> io::Result<()> {
        match block {
            Block::Heading(level, _, line) => {
                let lead = if *level == Level::Title { "" } else { "\n" };
                writeln!(out, "{lead}{}", self.paint(BOLD, &self.line(line)))
            }
            Block::About(line) => self.paragraph("", line, out),
            Block::Table(names, rows) => self.table(names, rows, out),
            Block::Accounts(rows) => rows.iter().enumerate().try_for_each(|(n, row)| self.row(n, row, out)),
            Block::Differences(lines) | Block::Items(lines) => {
                lines.iter().try_for_each(|line| self.paragraph("  - ", line, out))
            }
            Block::Folded(title, lines) | Block::FoldedShut(title, lines) => {
                writeln!(out, "\n{}", self.paint(FAINT, &self.line(title)))?;
                lines.iter().try_for_each(|line| self.paragraph("  - ", line, out))
            }
            Block::Plot(plot) => self.plot(plot, out),
            Block::Legend | Block::Notes(_) => Ok(()),
        }
    }

    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// How many columns a text takes, colours not counted.
fn columns(text: &str) -> usize {
    console::measure_text_width(text)
}

/// Lines of at most `width` columns, broken at blanks; a longer word stands alone. A colour that runs over
/// a line's end goes on in the next.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let takes = columns(word);
        if used > 0 && used + 1 + takes > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += takes;
    }
    lines.push(line);
    carry_colours(&mut lines);
    lines
}

fn carry_colours(lines: &mut [String]) {
    let mut open: Option<&str> = None;
    for line in lines {
        if let Some(style) = open {
            line.insert_str(0, style);
        }
        let last = [BOLD, FAINT, MARK, RESET]
            .into_iter()
            .filter_map(|style| line.rfind(style).map(|at| (at, style)))
            .max();
        open = last.map(|(_, style)| style).filter(|style| *style != RESET);
        if open.is_some() {
            line.push_str(RESET);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_colours_go_on() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped(&"x".repeat(30), 10), ["x".repeat(30)]);
        let coloured = wrapped(&format!("a {MARK}b c{RESET} d"), 3);
        assert_eq!(coloured, [format!("a {MARK}b{RESET}"), format!("{MARK}c{RESET} d")]);
    }
}
