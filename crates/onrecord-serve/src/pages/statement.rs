//! One statement: every account side by side, what differs marked in the words, when it was told, who answers.

use anyhow::Result;
use onrecord_model::{Account, AccountPart, Id, QuotationKind, Statement};
use onrecord_render::brief::{
    Index,
    show::{
        Anchor, Block, Inline, Level, Line, Notes, Told, account_words, accounts, and_more, by_time,
        citation, count, joined, lead, points, printed, speaker_name, text, when, words_of,
    },
};
use onrecord_store::Way;

use super::{Address, Answer, Frame, correct, lists};
use crate::desk::{Desk, MOST_ARTICLES, MOST_OUTLETS, Take};

/// Differences that are told; the rest is counted.
const MOST_STARS: usize = 60;

pub(crate) fn page(desk: &Desk, id: Id) -> Result<Answer> {
    let loaded = desk.take(&Take::statements(vec![id], MOST_ARTICLES))?;
    let index = Index::new(&loaded);
    let Some(statement) = index.statement(id) else {
        let of = desk.store.along(Way::AccountToStatement, id)?;
        return Ok(match of.first() {
            Some(&of) => Answer::Moved(Address::Statement(of)),
            None => Answer::NotFound("No statement or account of the record has this id."),
        });
    };
    let told = Told::new(&index, statement);
    let mut notes = Notes::default();
    let mut frame = Frame::new(&desk.links, format!("{}: a statement", speaker_name(statement)));
    head(&mut frame, desk, &index, (statement, &told), &mut notes)?;
    side_by_side(&mut frame, &index, (statement, &told), &mut notes)?;
    quotation_to_cite(&mut frame, &index, statement)?;
    let replies = told.replies(&index, &mut notes);
    if !replies.is_empty() {
        frame.heading("Replies")?;
        frame.block(&Block::Items(replies))?;
    }
    timeline(&mut frame, &index, statement)?;
    correct::of_statement(&mut frame, desk, &index, statement)?;
    frame.notes(&notes.take(&index))?;
    Ok(Answer::Page(frame.finish()))
}

fn head(
    frame: &mut Frame,
    desk: &Desk,
    index: &Index,
    (statement, told): (&Statement, &Told),
    notes: &mut Notes,
) -> Result<()> {
    let story = desk.store.story_lines(&[statement.story])?;
    let mut kicker: Line = vec![text("Statement")];
    if let Some(story) = story.first() {
        let title = desk.title(&story.title);
        kicker.extend([text(" in "), Inline::Link(Anchor::Story(story.id), title.into())]);
    }
    let kicker = frame.line(&kicker);
    frame.html(&format!("<p class=\"kicker\">{kicker}</p>\n"))?;
    let entity = desk.speaker_page(statement.speaker)?;
    let name = match entity {
        Some(entity) => Inline::Link(Anchor::Speaker(entity), speaker_name(statement)),
        None => Inline::Strong(speaker_name(statement)),
    };
    let mut title = vec![name];
    let role = statement.role.as_deref().filter(|role| !role.is_empty());
    title.extend(role.into_iter().flat_map(|role| [text(", "), text(printed(role))]));
    frame.block(&Block::Heading(Level::Title, None, title))?;
    frame.block(&Block::About(told.about(index, notes)))
}

fn side_by_side(
    frame: &mut Frame,
    index: &Index,
    (statement, told): (&Statement, &Told),
    notes: &mut Notes,
) -> Result<()> {
    let accounts = accounts(index, statement, notes);
    frame.block(&Block::Accounts(accounts))?;
    if statement.accounts.len() > MOST_ARTICLES {
        let more = statement.accounts.len() - MOST_ARTICLES;
        frame.block(&Block::About(vec![text(format!("and {}", count(more, "more account")))]))?;
    }
    if told.is_told_once() {
        return Ok(());
    }
    frame.block(&Block::Legend)?;
    let stars = told.differences(index, MOST_STARS, notes);
    if !stars.is_empty() {
        frame.heading("What differs")?;
        frame.block(&Block::Differences(stars))?;
    }
    Ok(())
}

/// Who told it when, the earliest first; those without a day last.
fn timeline(frame: &mut Frame, index: &Index, statement: &Statement) -> Result<()> {
    let mut accounts: Vec<&Account> = statement.accounts.iter().take(MOST_ARTICLES).collect();
    accounts.sort_by_key(|account| by_time(index, account.article));
    frame.heading("When it was told")?;
    let entry = |account: &Account| {
        let mut line = lists::telling(index, account.article);
        if account.primary {
            line.push(Inline::Faint(" (the words themselves)".into()));
        }
        (when(index, account.article), line)
    };
    frame.timeline(accounts.into_iter().map(entry))
}

/// The words of the account to quote first, with all that a footnote has to say.
fn quotation_to_cite(frame: &mut Frame, index: &Index, statement: &Statement) -> Result<()> {
    let Some(account) = lead(index, statement) else { return Ok(()) };
    let words = account_words(index, account);
    let mut source: Line = vec![text("— "), text(speaker_name(statement))];
    source.extend(
        statement
            .role
            .as_deref()
            .into_iter()
            .filter(|r| !r.is_empty())
            .map(|r| text(format!(", {}", printed(r)))),
    );
    if let Some((day, _)) = &statement.said_on {
        source.push(text(format!(", said on {}", day.edtf)));
    }
    source.push(text(in_whose_words(account)));
    source.extend(citation(index, account.article));
    source.extend(joined(account.parts.iter().map(|part| words_of(index, account.article, part.span)), ", "));
    if let Some(article) = index.article(account.article) {
        source.push(text(format!(". Text SHA-256 {}.", article.text_hash)));
    }
    let (words, source) = (frame.line(&words), frame.line(&source));
    let place = account.parts.first().and_then(|part| points(index, account.article, part.span));
    let place =
        place.map(|points| frame.line(&vec![Inline::Place(account.article, points, "Show me where".into())]));
    frame.heading("To quote")?;
    frame.html(&format!(
        "<figure class=\"cite\" id=\"cite\"><blockquote><p>{words}</p></blockquote><figcaption>{source}</figcaption></figure>\n\
         <p class=\"do\"><button type=\"button\" hidden data-copy=\"cite\">Copy quotation and footnote</button> {}</p>\n",
        place.unwrap_or_default()
    ))
}

/// Reported words printed in quotation marks would be put into somebody's mouth.
fn in_whose_words(account: &Account) -> &'static str {
    let is_quoted = |part: &AccountPart| part.kind == QuotationKind::Direct;
    match (account.parts.iter().any(is_quoted), account.parts.iter().all(is_quoted)) {
        (_, true) => ". ",
        (true, false) => "; what stands without quotation marks is the outlet’s report. ",
        (false, false) => "; reported speech, in the outlet’s words. ",
    }
}

/// Statements as a table: who, what, told by whom, differing in what.
pub(crate) fn table(frame: &mut Frame, index: &Index, ids: &[Id]) -> Result<()> {
    let statements = ids.iter().filter_map(|&id| index.statement(id));
    let row = |statement| -> Vec<Line> {
        vec![who(statement), gist(index, statement), tellers(index, statement), kinds(index, statement)]
    };
    let rows: Vec<Vec<Line>> = statements.map(row).collect();
    frame.block(&Block::Table(vec!["Who", "said", "told by", "differ in"], rows))
}

fn who<'a>(statement: &'a Statement) -> Line<'a> {
    vec![Inline::Link(Anchor::Statement(statement.id), speaker_name(statement))]
}

fn gist<'a>(index: &Index<'a>, statement: &'a Statement) -> Line<'a> {
    onrecord_render::brief::show::gist(index, statement)
}

/// The first outlets that tell it, and how many accounts there are.
fn tellers<'a>(index: &Index<'a>, statement: &Statement) -> Line<'a> {
    let mut names: Vec<String> = Vec::new();
    for account in statement.accounts.iter().take(MOST_OUTLETS) {
        let name = index.outlet(account.article).into_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = statement.accounts.len().saturating_sub(MOST_OUTLETS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    vec![text(format!("{}{more}", names.join(", ")))]
}

fn kinds<'a>(index: &Index<'a>, statement: &Statement) -> Line<'a> {
    let kinds: std::collections::BTreeSet<_> =
        index.differences_of(statement.id).iter().map(|difference| difference.kind).collect();
    match kinds.is_empty() {
        true if statement.accounts.len() < 2 => vec![Inline::Faint("told once".into())],
        true => vec![Inline::Faint("no difference found".into())],
        false => joined(kinds.into_iter().map(|kind| vec![Inline::Kind(kind)]), " "),
    }
}

/// Says how many more there are.
pub(crate) fn more(frame: &mut Frame, all: usize, most: usize, noun: &str) -> Result<()> {
    match and_more(all, most, noun) {
        Some(line) => frame.block(&Block::About(line)),
        None => Ok(()),
    }
}
