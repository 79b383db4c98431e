//! The accounts of a statement side by side: part by part, accounts with the same words on one line.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Account, Difference, DifferenceKind, Id, QuotationKind, Span, Statement};

use super::{
    doc::{Anchor, Inline, Line, Row, joined, text},
    index::Index,
    notes::{Notes, by_time, points},
    stars::sides,
    statement::doubt,
    words::{Differing, marked, printed},
};

/// Words between a source and its cue that still read as one phrase.
const CLOSE_BYTES: usize = 60;
/// Reasons told with one mark.
const MOST_REASONS: usize = 4;

/// One row for each proposition, and one for who is said to speak.
pub fn rows<'a>(index: &Index<'a>, statement: &'a Statement, notes: &mut Notes) -> Vec<Row<'a>> {
    let table = Table::new(index, statement);
    let mut rows: Vec<Row> = statement.rows.iter().map(|cells| table.row(cells, notes)).collect();
    rows.extend(table.rest(notes));
    rows.extend(table.credits());
    rows
}

/// A stretch of words that is shown for an account.
struct Cell<'a> {
    account: usize,
    words: &'a str,
    span: Span,
    quoted: bool,
}

/// Words that another account has and this one has not.
type Lacks<'a> = BTreeSet<(DifferenceKind, &'a str)>;

/// Accounts with the same words.
struct Told<'a> {
    accounts: Vec<usize>,
    text: &'a str,
    span: Span,
    quoted: bool,
    marks: BTreeSet<Differing>,
    lacks: Lacks<'a>,
}

struct Table<'i, 'a> {
    index: &'i Index<'a>,
    statement: &'a Statement,
    places: BTreeMap<Id, usize>,
    /// The words themselves first, then the accounts by the moment they came out.
    order: Vec<usize>,
    differences: &'i [&'a Difference],
}

impl<'i, 'a> Table<'i, 'a> {
    fn new(index: &'i Index<'a>, statement: &'a Statement) -> Self {
        let places = statement.accounts.iter().enumerate().map(|(i, a)| (a.article, i)).collect();
        let mut order: Vec<(_, usize)> = statement
            .accounts
            .iter()
            .zip(0..)
            .map(|(account, i)| ((!account.primary, by_time(index, account.article)), i))
            .collect();
        order.sort();
        let order = order.into_iter().map(|(_, i)| i).collect();
        Self { index, statement, places, order, differences: index.differences_of(statement.id) }
    }

    fn in_order(&self) -> impl Iterator<Item = (usize, &'a Account)> {
        self.order.iter().filter_map(|&place| Some((place, self.account(place)?)))
    }

    fn account(&self, place: usize) -> Option<&'a Account> {
        self.statement.accounts.get(place)
    }

    /// What every account says of one proposition.
    fn row(&self, cells: &[Option<Span>], notes: &mut Notes) -> Row<'a> {
        let at = |i: usize| cells.get(i).copied().flatten();
        let shown: Vec<Cell> = self.order.iter().filter_map(|&i| self.cell(i, at(i)?)).collect();
        let lacking = self.lacking(cells);
        let mut told: Vec<Told> = Vec::new();
        for cell in shown {
            let lacks = lacking.get(&cell.account).cloned().unwrap_or_default();
            self.join(&mut told, cell, lacks);
        }
        let missing = self.order.iter().copied().filter(|&i| at(i).is_none());
        let (without, silent): (Vec<usize>, Vec<usize>) = missing.partition(|i| lacking.contains_key(i));
        let mut lines: Vec<(Line, Line)> = told.into_iter().map(|told| self.line(told, notes)).collect();
        lines.extend(self.left_out(&without, &lacking));
        let silent = self.tellers(&silent, &mut |_| None);
        Row { title: None, told: lines, silent: (!silent.is_empty()).then_some(silent) }
    }

    /// What accounts tell besides the propositions, so that no words of an account go unseen.
    fn rest(&self, notes: &mut Notes) -> Option<Row<'a>> {
        let mut told: Vec<Told> = Vec::new();
        for (place, account) in self.in_order() {
            let text = self.index.article(account.article).map_or("", |a| a.text.as_str());
            let mut shown: Vec<Span> =
                self.statement.rows.iter().filter_map(|row| row.get(place).copied().flatten()).collect();
            shown.sort();
            for span in account.parts.iter().flat_map(|part| without(part.span, &shown)) {
                let cell = self.cell(place, words_of(span, text)).filter(|cell| is_worth_showing(cell.words));
                cell.into_iter().for_each(|cell| self.join(&mut told, cell, Lacks::new()));
            }
        }
        let lines: Vec<_> = told.into_iter().map(|told| self.line(told, notes)).collect();
        (!lines.is_empty()).then_some(Row {
            title: Some("Other words of these accounts"),
            told: lines,
            silent: None,
        })
    }

    fn cell(&self, account: usize, span: Span) -> Option<Cell<'a>> {
        let told = self.account(account)?;
        let text = &self.index.article(told.article)?.text;
        let span = span.trimmed(text);
        let part = told.parts.iter().find(|part| part.span.overlaps(span));
        let quoted = part.is_some_and(|part| part.kind == QuotationKind::Direct);
        Some(Cell { account, words: span.slice(text), span, quoted })
    }

    /// Puts a cell on the line with the same words, or on a new one.
    fn join(&self, told: &mut Vec<Told<'a>>, cell: Cell<'a>, lacks: Lacks<'a>) {
        let Some(account) = self.account(cell.account) else { return };
        let marks = self.marks(account.article, cell.span);
        let key = |words: &'a str, quoted| (bare(words), quoted);
        let same = told.iter_mut().find(|t| {
            key(t.span.slice(t.text), t.quoted) == key(cell.words, cell.quoted) && t.lacks == lacks
        });
        match same {
            Some(line) => {
                line.accounts.push(cell.account);
                line.marks.extend(marks);
            }
            None => {
                let text = self.index.article(account.article).map_or("", |a| a.text.as_str());
                let (accounts, span, quoted) = (vec![cell.account], cell.span, cell.quoted);
                told.push(Told { accounts, text, span, quoted, marks, lacks });
            }
        }
    }

    fn line(&self, told: Told<'a>, notes: &mut Notes) -> (Line<'a>, Line<'a>) {
        let tellers = self.tellers(&told.accounts, &mut |place| self.note(place, notes));
        let marks = told.marks.into_iter().collect();
        let mut words = vec![Inline::Words(marked(told.text, told.span, told.quoted, marks))];
        words.extend(lacks(&told.lacks));
        (tellers, words)
    }

    /// Accounts that leave the whole part out, by what they lack.
    fn left_out(&self, without: &[usize], lacking: &BTreeMap<usize, Lacks<'a>>) -> Vec<(Line<'a>, Line<'a>)> {
        let mut lines: Vec<(Vec<usize>, &Lacks<'a>)> = Vec::new();
        for &account in without {
            let Some(lacks) = lacking.get(&account) else { continue };
            match lines.iter_mut().find(|(_, known)| *known == lacks) {
                Some((accounts, _)) => accounts.push(account),
                None => lines.push((vec![account], lacks)),
            }
        }
        let line = |(accounts, known): (Vec<usize>, &Lacks<'a>)| {
            let tellers = self.tellers(&accounts, &mut |_| None);
            (tellers, lacks(known).into_iter().skip(1).collect())
        };
        lines.into_iter().map(line).collect()
    }

    /// The outlet, and what sort of telling it is.
    fn label(&self, place: usize) -> Line<'a> {
        let Some(account) = self.account(place) else { return Line::new() };
        let outlet = self.index.outlet(account.article);
        let spans = account.parts.iter().map(|part| part.span).chain(account.source);
        let mut label = match spans.min().and_then(|span| points(self.index, account.article, span)) {
            Some(points) => vec![Inline::Place(account.article, points, outlet)],
            None => vec![Inline::Link(Anchor::Article(account.article), outlet)],
        };
        if account.primary {
            label.push(Inline::Faint(" (the words themselves)".into()));
        }
        label
    }

    /// Whether the record only guesses whom this account means.
    fn doubt(&self, place: usize) -> Option<Inline<'a>> {
        self.account(place).and_then(|account| self.index.confidence(account)).and_then(doubt)
    }

    /// Who has the same words, what is to be said of each behind it: texts of their own, each with its copies.
    fn tellers(&self, places: &[usize], of_each: &mut dyn FnMut(usize) -> Option<Inline<'a>>) -> Line<'a> {
        let article = |place: usize| self.account(place).map(|account| account.article);
        let origin = |place: usize| self.index.origin_of(article(place)?);
        let is_here = |of: Id| places.iter().any(|&place| article(place) == Some(of));
        let (below, own): (Vec<usize>, Vec<usize>) =
            places.iter().partition(|&&i| origin(i).is_some_and(is_here));
        let (copies, originals): (Vec<usize>, Vec<usize>) =
            own.into_iter().partition(|&i| origin(i).is_some());
        let mut named = |place: usize| {
            let mut line = self.label(place);
            line.extend(of_each(place));
            line
        };
        let mut lines = Vec::new();
        for place in originals.into_iter().chain(copies) {
            let mut line = named(place);
            if let Some(of) = origin(place) {
                line.push(Inline::Faint(format!(" (copy of {})", self.index.outlet(of)).into()));
            }
            let copied = below.iter().filter(|&&i| origin(i) == article(place));
            let copied: Vec<Line> = copied.map(|&i| named(i)).collect();
            if !copied.is_empty() {
                line.push(Inline::Faint(" (copied by ".into()));
                line.extend(joined(copied, ", "));
                line.push(Inline::Faint(")".into()));
            }
            lines.push(line);
        }
        joined(lines, ", ")
    }

    fn note(&self, place: usize, notes: &mut Notes) -> Option<Inline<'a>> {
        let account = self.account(place)?;
        let spans: Vec<Span> = account.parts.iter().map(|p| p.span).collect();
        Some(notes.cite(account.article, &spans))
    }

    /// What differs from other accounts in the words at a place, by bytes from its beginning.
    fn marks(&self, article: Id, span: Span) -> BTreeSet<Differing> {
        let mut found: BTreeMap<(usize, usize, DifferenceKind), Vec<String>> = BTreeMap::new();
        for difference in self.differences {
            let pair = sides(self.index, Some(self.statement), difference);
            for (own, other) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                let Some((at, _)) = own.words.filter(|(at, _)| own.article == article && at.overlaps(span))
                else {
                    continue;
                };
                let start = at.start().max(span.start()) - span.start();
                let end = at.end().min(span.end()) - span.start();
                let words = other.words.map(|(_, words)| words);
                let reasons = found.entry((start, end, difference.kind)).or_default();
                let reason = reason(&self.index.outlet(other.article), words);
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
        }
        let differing = |((start, end, kind), reasons): ((usize, usize, DifferenceKind), Vec<String>)| {
            Differing { span: Span::new(start, end), kind, why: why(kind, &reasons) }
        };
        found.into_iter().map(differing).collect()
    }

    /// By account, the words of other accounts in this row that it has not.
    fn lacking(&self, cells: &[Option<Span>]) -> BTreeMap<usize, Lacks<'a>> {
        let mut lacking: BTreeMap<usize, Lacks<'a>> = BTreeMap::new();
        for difference in self.differences {
            let pair = sides(self.index, Some(self.statement), difference);
            for (own, other) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                let places = (self.places.get(&own.article), self.places.get(&other.article));
                let (None, Some((at, words)), (Some(&here), Some(&there))) = (own.words, other.words, places)
                else {
                    continue;
                };
                if cells.get(there).copied().flatten().is_some_and(|cell| cell.overlaps(at)) {
                    lacking.entry(here).or_default().insert((difference.kind, words.trim()));
                }
            }
        }
        lacking
    }

    /// Who is said to speak and how, in each account's words.
    fn credits(&self) -> Option<Row<'a>> {
        let mut told: Vec<(Told<'a>, Option<Told<'a>>)> = Vec::new();
        let mut uncredited = Vec::new();
        for (place, account) in self.in_order() {
            let Some((first, second)) = self.phrase(account) else {
                uncredited.push(place);
                continue;
            };
            let same = |t: &Told<'a>, other: &Told<'a>| t.span.slice(t.text) == other.span.slice(other.text);
            let known = told.iter_mut().find(|(a, b)| {
                same(a, &first)
                    && b.as_ref().map(|b| b.span.slice(b.text))
                        == second.as_ref().map(|s| s.span.slice(s.text))
            });
            match known {
                Some((line, _)) => {
                    line.accounts.push(place);
                    line.marks.extend(first.marks);
                }
                None => told.push((Told { accounts: vec![place], ..first }, second)),
            }
        }
        let line = |(first, second): (Told<'a>, Option<Told<'a>>)| {
            let tellers = self.tellers(&first.accounts, &mut |place| self.doubt(place));
            let phrase = |t: Told<'a>| {
                vec![Inline::Words(marked(t.text, t.span, false, t.marks.into_iter().collect()))]
            };
            (tellers, joined([Some(first), second].into_iter().flatten().map(phrase), " … "))
        };
        let mut lines: Vec<(Line, Line)> = told.into_iter().map(line).collect();
        if lines.is_empty() {
            return None;
        }
        if !uncredited.is_empty() {
            lines
                .push((self.tellers(&uncredited, &mut |_| None), vec![Inline::Faint("names nobody".into())]));
        }
        Some(Row { title: Some("Who is said to speak"), told: lines, silent: None })
    }

    /// Source and cue as one phrase where they stand close, or else in reading order.
    fn phrase(&self, account: &Account) -> Option<(Told<'a>, Option<Told<'a>>)> {
        let text = self.index.article(account.article)?.text.as_str();
        let told = |span: Span| {
            let marks = self.marks(account.article, span);
            Told { accounts: Vec::new(), text, span, quoted: false, marks, lacks: Lacks::new() }
        };
        let mut spans: Vec<Span> = [account.source, account.cue].into_iter().flatten().collect();
        spans.sort();
        let (&first, second) = (spans.first()?, spans.get(1).copied());
        let Some(second) = second else { return Some((told(first), None)) };
        let inside = account.parts.iter().any(|p| p.span.overlaps(first.cover(second)));
        let close = second.start().saturating_sub(first.end()) <= CLOSE_BYTES && !inside;
        Some(if close { (told(first.cover(second)), None) } else { (told(first), Some(told(second))) })
    }
}

/// The stretches of a span that none of the sorted others covers.
fn without(span: Span, others: &[Span]) -> Vec<Span> {
    let (mut rest, mut at) = (Vec::new(), span.start());
    for other in others.iter().filter(|other| other.overlaps(span)) {
        if other.start() > at {
            rest.push(Span::new(at, other.start()));
        }
        at = at.max(other.end());
    }
    if at < span.end() {
        rest.push(Span::new(at, span.end()));
    }
    rest
}

/// A span without the signs around its words.
fn words_of(span: Span, text: &str) -> Span {
    let words = span.slice(text);
    let start = words.len() - words.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let end = words.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    Span::new(span.start() + start.min(end), span.start() + end)
}

/// A figure, or more than a joining word.
fn is_worth_showing(words: &str) -> bool {
    words.split_whitespace().count() > 2 || words.contains(|c: char| c.is_ascii_digit())
}

/// Words without the marks around them that depend on the sentence they stand in.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';'))
}

fn lacks<'a>(lacks: &Lacks<'a>) -> Line<'a> {
    let lack = |&(kind, words): &(DifferenceKind, &'a str)| [text(" "), Inline::Lack(kind, printed(words))];
    lacks.iter().flat_map(lack).collect()
}

fn reason(outlet: &str, words: Option<&str>) -> String {
    match words {
        Some(words) => format!("{outlet} has “{}”", printed(words.trim())),
        None => format!("{outlet} has no such words"),
    }
}

fn why(kind: DifferenceKind, reasons: &[String]) -> String {
    let more = reasons.len().saturating_sub(MOST_REASONS);
    let shown = reasons[..reasons.len().min(MOST_REASONS)].join("; ");
    let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("{}: {shown}{rest}", kind.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_row_shows_is_left_over() {
        let spans = |others: &[(usize, usize)]| {
            let others: Vec<Span> = others.iter().map(|&(a, b)| Span::new(a, b)).collect();
            without(Span::new(10, 20), &others)
        };
        assert_eq!(spans(&[]), [Span::new(10, 20)]);
        assert_eq!(spans(&[(10, 20)]), []);
        assert_eq!(spans(&[(0, 12), (11, 14), (18, 30)]), [Span::new(14, 18)]);
        assert_eq!(spans(&[(12, 13), (30, 40)]), [Span::new(10, 12), Span::new(13, 20)]);
    }
}
