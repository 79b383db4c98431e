//! A draft beside the record: what it tells with every account, what only one of them has.

use std::io;

use onrecord_model::{Account, Id, QuotationKind, Statement};

use super::{
    doc::{Anchor, Block, Inline, Level, Line, Sink, count, joined, text},
    index::Index,
    notes::Notes,
    stars::stars,
    statement::{Told, and_more, gist, outlets_of, speaker_name},
    words::{marked, printed},
};
use crate::draft::DraftReport;

/// Differences of one statement, or outside of statements, that are told; the rest is counted.
const MOST_STARS: usize = 40;
/// Statements without an account in the draft that are told; the rest is counted.
const MOST_UNTOLD: usize = 60;
/// Outlets named for one of them.
const MOST_OUTLETS: usize = 4;

/// Writes what comes of a comparison.
pub fn write(report: &DraftReport, sink: &mut Sink) -> io::Result<()> {
    let index = Index::new(&report.loaded);
    let mut notes = Notes::default();
    sink(&Block::About(vec![text(summary(report))]))?;
    if !report.told.is_empty() {
        sink(&Block::Heading(Level::Story, None, vec![text("Statements of the record in the draft")]))?;
        sink(&Block::Legend)?;
    }
    for told in &report.told {
        let Some(statement) = index.statement(told.statement) else { continue };
        told_in_draft(report, &index, statement, &mut notes, sink)?;
    }
    outside(report, &index, &mut notes, sink)?;
    only_in_draft(report, &index, &mut notes, sink)?;
    untold(report, &index, sink)?;
    sink(&notes.take(&index))
}

/// "2 statements of the record are told in the draft, 1 of them differently or without its speaker · …".
fn summary(report: &DraftReport) -> String {
    if report.told.is_empty() && report.only_in_draft.is_empty() {
        return match report.loaded.record.stories.is_empty() {
            true => "No account found: no article of the record is like this draft.",
            false => "No account found: the draft tells no statement of the record.",
        }
        .to_owned();
    }
    let differs = |id: Id| report.loaded.record.differences.iter().any(|d| d.statement == Some(id));
    let differing = report.told.iter().filter(|t| differs(t.statement) || t.unattributed.is_some()).count();
    format!(
        "{} of the record in the draft, {differing} of them told differently or without the speaker · {} in the draft alone · {} of the same stories without an account in the draft",
        count(report.told.len(), "statement"),
        count(report.only_in_draft.len(), "statement"),
        count(report.untold.len(), "statement"),
    )
}

fn told_in_draft<'a>(
    report: &'a DraftReport,
    index: &Index<'a>,
    statement: &'a Statement,
    notes: &mut Notes,
    sink: &mut Sink,
) -> io::Result<()> {
    sink(&Block::Heading(Level::Statement, None, heading(report, statement)))?;
    let missing = report.told.iter().find(|t| t.statement == statement.id);
    if let Some(missing) = missing.and_then(|told| told.unattributed.as_ref()) {
        let (article, source) = missing.named;
        let mut line = vec![Inline::Strong("Without its speaker: ".into())];
        line.extend(words(index, report.draft, missing.span, false));
        line.push(notes.cite(report.draft, &[missing.span]));
        line.push(text(format!(" — {}; ", printed(&missing.because.note))));
        line.extend([text(index.outlet(article)), text(" names ")]);
        line.extend(words(index, article, source, false));
        line.push(notes.cite(article, &[source]));
        sink(&Block::Items(vec![line]))?;
    }
    let told = Told::new(index, statement);
    sink(&Block::Accounts(super::accounts::rows(index, statement, notes)))?;
    let differences = told.differences(index, MOST_STARS, notes);
    match differences.is_empty() {
        true => {
            sink(&Block::About(vec![text("No difference found between the draft and the other accounts.")]))
        }
        false => sink(&Block::Differences(differences)),
    }
}

fn heading<'a>(report: &DraftReport, statement: &'a Statement) -> Line<'a> {
    let name = speaker_name(statement);
    let mut line = vec![match report.known_as(statement.id) {
        Some(known) => Inline::Link(Anchor::Statement(known), name),
        None => Inline::Strong(name),
    }];
    let role = statement.role.as_deref().filter(|role| !role.is_empty());
    line.extend(role.into_iter().flat_map(|role| [text(", "), text(printed(role))]));
    line
}

fn words<'a>(index: &Index<'a>, article: Id, span: onrecord_model::Span, quoted: bool) -> Line<'a> {
    let article = index.article(article);
    article.map(|a| Inline::Words(marked(&a.text, span, quoted, Vec::new()))).into_iter().collect()
}

/// Figures and days that the draft gives in its own words otherwise than others do.
fn outside<'a>(
    report: &'a DraftReport,
    index: &Index<'a>,
    notes: &mut Notes,
    sink: &mut Sink,
) -> io::Result<()> {
    let all = report.loaded.record.differences.iter();
    let outside: Vec<_> = all.filter(|difference| difference.statement.is_none()).collect();
    let stars = stars(index, None, &outside);
    if stars.is_empty() {
        return Ok(());
    }
    sink(&Block::Heading(Level::Story, None, vec![text("In the draft's own words")]))?;
    let mut lines: Vec<Line> = stars.iter().take(MOST_STARS).map(|star| star.line(index, notes)).collect();
    lines.extend(and_more(stars.len(), MOST_STARS, "difference"));
    sink(&Block::Differences(lines))
}

fn only_in_draft<'a>(
    report: &'a DraftReport,
    index: &Index<'a>,
    notes: &mut Notes,
    sink: &mut Sink,
) -> io::Result<()> {
    let statements = report.only_in_draft.iter().filter_map(|&id| index.statement(id));
    let of = |account: &Account, notes: &mut Notes| {
        let part = |part: &onrecord_model::AccountPart| {
            words(index, account.article, part.span, part.kind == QuotationKind::Direct)
        };
        let mut line = joined(account.parts.iter().map(part), " … ");
        let spans: Vec<_> = account.parts.iter().map(|part| part.span).collect();
        line.push(notes.cite(account.article, &spans));
        line
    };
    let lines: Vec<Line> = statements
        .filter_map(|statement| {
            let mut line = vec![Inline::Strong(speaker_name(statement)), text(": ")];
            line.extend(of(statement.accounts.first()?, notes));
            Some(line)
        })
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let title = "In the draft alone: no account found in the record";
    sink(&Block::Heading(Level::Story, None, vec![text(title)]))?;
    sink(&Block::Items(lines))
}

fn untold<'a>(report: &'a DraftReport, index: &Index<'a>, sink: &mut Sink) -> io::Result<()> {
    if report.untold.is_empty() {
        return Ok(());
    }
    let title = "In the record: no account found in the draft";
    sink(&Block::Heading(Level::Story, None, vec![text(title)]))?;
    let statements = report.untold.iter().take(MOST_UNTOLD).filter_map(|&id| index.statement(id));
    let line = |statement: &'a Statement| {
        let mut line = heading(report, statement);
        line.push(text(": "));
        line.extend(gist(index, statement));
        line.push(Inline::Faint(format!(" {}", outlets_of(index, statement, MOST_OUTLETS)).into()));
        line
    };
    let mut lines: Vec<Line> = statements.map(line).collect();
    lines.extend(and_more(report.untold.len(), MOST_UNTOLD, "statement"));
    sink(&Block::Items(lines))
}
