//! The brief as a Word document (Office Open XML, ECMA-376): headings, tables and lists with styles of their own, evidence in
//! footnotes, nothing loaded and nothing that runs.

mod links;
mod package;
mod runs;

use std::io::{self, Write};

use super::{
    Format,
    doc::{Anchor, Block, Level, Line, Plot, Row},
};
use package::Package;
use runs::{Runs, Style, run};

/// A document of which only what is packed is kept in memory.
#[derive(Default)]
pub(crate) struct Docx {
    package: Package,
    body: Runs,
    footnotes: Runs,
    title: String,
    /// Whether a story has begun: lists before the first stand beside the stories, later ones inside of one.
    is_in_story: bool,
    /// Whether the last block was a table. Word joins two that touch, and a document may not end with one.
    is_after_table: bool,
}

/// Width of the text on the page, in twentieths of a point: A4 without its margins.
const TEXT_WIDTH: usize = 9_638;
/// Of that, who tells it.
const TELLER_WIDTH: usize = 2_700;
/// Of a column, what stands left and right of its words.
const CELL_PADDING: usize = 240;
/// About a character's share of a line.
const CHARACTER_WIDTH: usize = 125;
/// Words of more characters are broken where a column is narrow.
const MOST_UNBROKEN: usize = 16;

/// One paragraph.
fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>\n")
}

/// One cell over so many columns.
fn cell((width, columns): (usize, usize), style: &str, runs: &str) -> String {
    let span = if columns > 1 { format!("<w:gridSpan w:val=\"{columns}\"/>") } else { String::new() };
    let size = format!("<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}</w:tcPr>");
    format!("<w:tc>{size}{}</w:tc>", paragraph(style, runs))
}

/// One row; a row is not broken over pages unless it is longer than one.
fn row(cells: &str) -> String {
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>\n")
}

/// The row that names the columns, again on every page.
fn header_row(names: &[&str], widths: &[usize]) -> String {
    let cells: String = names
        .iter()
        .zip(widths)
        .map(|(name, &width)| cell((width, 1), "TableHeading", &run(Style::Plain, name)))
        .collect();
    format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>\n")
}

/// A table of rows that are written already.
fn table(widths: &[usize], rows: &str) -> String {
    let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"RecordTable\"/><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0620\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
         w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>\n{rows}</w:tbl>\n"
    )
}

/// How wide each column is: each holds its longest word, and what is left goes to those with most words.
fn widths(names: &[&str], rows: &[Vec<Line>]) -> Vec<usize> {
    let texts: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(runs::plain).collect()).collect();
    let column = |n: usize| {
        names
            .get(n)
            .copied()
            .into_iter()
            .chain(texts.iter().filter_map(move |row| row.get(n).map(String::as_str)))
    };
    let longest = |n: usize| {
        let words = column(n).flat_map(str::split_whitespace).map(|word| word.chars().count());
        CELL_PADDING + CHARACTER_WIDTH * words.max().unwrap_or_default().min(MOST_UNBROKEN)
    };
    let all = |n: usize| column(n).map(|text| text.chars().count()).sum::<usize>();
    let (least, whole): (Vec<usize>, Vec<usize>) = (0..names.len()).map(|n| (longest(n), all(n))).unzip();
    let left = TEXT_WIDTH.saturating_sub(least.iter().sum());
    let sum = whole.iter().sum::<usize>().max(1);
    least.iter().zip(whole).map(|(least, whole)| least + left * whole / sum).collect()
}

impl Docx {
    fn heading(&mut self, level: Level, to: Option<Anchor>, line: &Line) -> String {
        let style = match level {
            Level::Title => {
                self.title = runs::plain(line);
                "Title"
            }
            Level::Story => {
                self.body.begin_story();
                self.is_in_story = true;
                "Heading1"
            }
            Level::List if !self.is_in_story => "Heading1",
            Level::Statement | Level::List => "Heading2",
        };
        let place = to.map(|to| self.body.place(to)).unwrap_or_default();
        let words = self.body.line(line);
        paragraph(style, &format!("{place}{words}"))
    }

    fn items(&mut self, lines: &[Line]) -> String {
        lines.iter().map(|line| paragraph("ListBullet", &self.body.line(line))).collect()
    }

    fn folded(&mut self, title: &Line, lines: &[Line]) -> String {
        let title = paragraph("ListTitle", &self.body.line(title));
        title + &self.items(lines)
    }

    fn accounts(&mut self, rows: &[Row]) -> String {
        let widths = [TELLER_WIDTH, TEXT_WIDTH - TELLER_WIDTH];
        let mut out = header_row(&["Told by", "In these words"], &widths);
        let untitled = rows.iter().filter(|part| part.title.is_none()).count();
        for (n, part) in (1..).zip(rows) {
            let number = format!("Part {n}");
            let title = part.title.or((untitled > 1).then_some(number.as_str()));
            let title = title.map(|title| cell((TEXT_WIDTH, 2), "TablePart", &run(Style::Plain, title)));
            out.extend(title.map(|title| row(&title)));
            for (tellers, words) in &part.told {
                let tellers = cell((widths[0], 1), "TableText", &self.body.line(tellers));
                let words = cell((widths[1], 1), "TableText", &self.body.line(words));
                out += &row(&(tellers + &words));
            }
            if let Some(silent) = &part.silent {
                let silent = run(Style::Faint, "Not told by: ") + &self.body.line(silent);
                out += &row(&cell((TEXT_WIDTH, 2), "TableText", &silent));
            }
        }
        table(&widths, &out)
    }

    fn table(&mut self, names: &[&str], rows: &[Vec<Line>]) -> String {
        let widths = widths(names, rows);
        let mut out = header_row(names, &widths);
        for cells in rows {
            let cells = cells.iter().zip(&widths);
            let cells: String =
                cells.map(|(line, &width)| cell((width, 1), "TableText", &self.body.line(line))).collect();
            out += &row(&cells);
        }
        table(&widths, &out)
    }

    fn plot(&mut self, plot: &Plot) -> String {
        let spread = format!(": {}", plot.spread);
        let title = run(Style::Strong, &plot.counted) + &run(Style::Plain, &spread);
        let mut out = paragraph("ListTitle", &title);
        for value in &plot.values {
            let line =
                run(Style::Strong, &value.label) + &run(Style::Plain, " ") + &self.body.line(&value.told);
            out += &paragraph("ListBullet", &line);
        }
        out
    }

    /// The footnotes that the text has led to since the last.
    fn notes(&mut self, notes: &[(u32, Line)]) -> io::Result<()> {
        for (n, line) in notes {
            let Some(number) = self.body.number_of(*n) else { continue };
            let words = runs::footnote_mark() + &run(Style::Plain, " ") + &self.footnotes.line(line);
            let words = paragraph("FootnoteText", &words);
            self.package.footnote(&format!("<w:footnote w:id=\"{number}\">{words}</w:footnote>\n"))?;
        }
        Ok(())
    }
}

impl Format for Docx {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        self.package.begin()
    }

    fn block(&mut self, block: &Block, _out: &mut dyn Write) -> io::Result<()> {
        let is_table = matches!(block, Block::Table(..) | Block::Accounts(_));
        let xml = match block {
            Block::Heading(level, to, line) => self.heading(*level, *to, line),
            Block::About(line) => paragraph("About", &self.body.line(line)),
            Block::Table(names, rows) => self.table(names, rows),
            Block::Accounts(rows) => self.accounts(rows),
            Block::Differences(lines) | Block::Items(lines) => self.items(lines),
            Block::Folded(title, lines) | Block::FoldedShut(title, lines) => self.folded(title, lines),
            Block::Plot(plot) => self.plot(plot),
            Block::Legend => paragraph("Legend", &run(Style::Plain, LEGEND)),
            Block::Notes(notes) => return self.notes(notes),
        };
        if is_table && self.is_after_table {
            self.package.text(&paragraph("TableText", ""))?;
        }
        self.is_after_table = is_table;
        self.package.text(&xml)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.is_after_table {
            self.package.text(&paragraph("TableText", ""))?;
        }
        let package = std::mem::take(&mut self.package);
        let relations = (self.body.relations(), self.footnotes.relations());
        out.write_all(&package.end(&self.title, relations)?)
    }
}

const LEGEND: &str = "Words that are bold and underlined differ from another account’s; ⟨the kind⟩ stands behind them. A double line \
     marks what changes the content most, a dotted one what changes it least. What differs is shown; which account is right is not \
     said. A footnote gives outlet, headline, day, the exact words, where they stand in the article’s clean text (in characters) and \
     the SHA-256 of that text. A speaker is called possible where such speakers were the right ones less than eight times of ten when \
     that was measured.";
