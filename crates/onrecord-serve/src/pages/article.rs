//! One article: its clean text with what is marked in it, what was left out and why, and where its bytes came from.

use std::collections::BTreeSet;

use anyhow::Result;
use onrecord_model::{Account, AnnotatedArticle, Article, Because, Id, ProblemKind, Record, Span, Statement};
use onrecord_render::{
    brief::{
        Index,
        show::{
            Anchor, Block, Inline, Level, Line, and_more, count, escaped, gist_of, printed, speaker,
            speaker_name, text, when,
        },
    },
    masked,
};
use onrecord_store::{StoredPage, Way};

use super::{Address, Answer, Frame, Query, correct, frame::with_code};
use crate::{
    desk::{Desk, Take, name_of},
    marks::{Told, paragraphs},
};

/// Bytes of the text on one page of a server; files hold all of it.
const PART_BYTES: usize = 120_000;
/// Stretches of boilerplate that are shown.
const MOST_BOILERPLATE: usize = 400;
/// Characters of one stretch that are shown.
const BOILERPLATE_CHARS: usize = 2_000;
/// Statements that are listed.
const MOST_STATEMENTS: usize = 60;

pub(crate) fn page(desk: &Desk, id: Id, query: &Query) -> Result<Answer> {
    let statements = desk.store.along(Way::ArticleToStatements, id)?;
    let few: Vec<Id> = statements.iter().copied().take(desk.at_most(MOST_STATEMENTS)).collect();
    let mut take = Take::statements(few, 1).alone();
    (take.articles, take.wanted.stories) = (vec![id], desk.store.along(Way::ArticleToStory, id)?);
    let loaded = desk.take(&take)?;
    let index = Index::new(&loaded);
    let all = desk.with_marks(id)?;
    let Some(annotated) = all else { return Ok(Answer::NotFound("No article of the record has this id.")) };
    let part = match part(&annotated.article.text, query, desk.links.is_served()) {
        Ok(part) => part,
        Err(wrong) => return Ok(Answer::Bad(wrong)),
    };
    let mut frame = Frame::new(&desk.links, name_of(&annotated.article));
    head(&mut frame, &index, &annotated.article)?;
    versions(&mut frame, desk, id)?;
    problems(&mut frame, desk, id)?;
    told_here(&mut frame, desk, &index, (id, statements.len()))?;
    body(&mut frame, desk, (&annotated, &loaded.record), &part)?;
    correct::of_article(&mut frame, desk, &index, (id, part.at))?;
    if let Some(page) = desk.store.page(id)? {
        boilerplate(&mut frame, desk, &page)?;
    }
    origin(&mut frame, desk, &annotated.article)?;
    Ok(Answer::Page(frame.finish()))
}

/// A stretch of the text, and the words in it that are asked for.
pub(crate) struct Part {
    span: Span,
    n: usize,
    of: usize,
    at: Option<Span>,
}

fn part(text: &str, query: &Query, is_served: bool) -> Result<Part, String> {
    if !is_served {
        return Ok(Part { span: Span::new(0, text.len()), n: 1, of: 1, at: None });
    }
    let of = text.len().div_ceil(PART_BYTES).max(1);
    let at = query.get("at").map(|at| asked(text, at)).transpose()?;
    let n = match (query.get("page"), at) {
        (Some(n), _) => n
            .parse::<usize>()
            .ok()
            .filter(|n| (1..=of).contains(n))
            .ok_or(format!("`page` is a number from 1 to {of}"))?,
        (None, Some(at)) => at.start() / PART_BYTES + 1,
        (None, None) => 1,
    };
    let edge = |n: usize| {
        let mut at = (n * PART_BYTES).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    Ok(Part { span: Span::new(edge(n - 1), edge(n)), n, of, at })
}

/// "12-40": code points into the text.
fn asked(text: &str, at: &str) -> Result<Span, String> {
    let wrong = || "`at` is two numbers with a hyphen between: characters of the text".to_owned();
    let (start, end) = at.split_once('-').ok_or_else(wrong)?;
    let (start, end): (usize, usize) =
        (start.parse().map_err(|_| wrong())?, end.parse().map_err(|_| wrong())?);
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    if start > end {
        return Err(wrong());
    }
    Ok(Span::new(byte(start), byte(end)))
}

/// That the page changed, where it did.
fn versions(frame: &mut Frame, desk: &Desk, id: Id) -> Result<()> {
    for page in desk.store.along(Way::ArticleToPage, id)? {
        let to = Inline::Link(Anchor::Changed(page), "what changed".into());
        frame.block(&Block::About(vec![text("The record holds other versions of this page: "), to]))?;
    }
    Ok(())
}

fn head(frame: &mut Frame, index: &Index, article: &Article) -> Result<()> {
    let id = article.id;
    let outlet = frame.line(&vec![text(index.outlet(id))]);
    frame.html(&format!("<p class=\"kicker\">{outlet}</p>\n"))?;
    frame.block(&Block::Heading(Level::Title, None, vec![text(name_of(article))]))?;
    let mut about: Line = Vec::new();
    if let Some(byline) = &article.byline {
        about.extend([text(printed(&byline.value)), text(" · ")]);
    }
    about.push(text(when(index, id)));
    if let Some(language) = &article.language {
        about.push(text(format!(" · language {}", printed(&language.value))));
    }
    if let Some(url) = &article.url {
        about.extend([text(" · "), Inline::Address(printed(&url.value))]);
    }
    frame.block(&Block::About(about))?;
    let stories = index.loaded.record.stories.iter();
    let story = |story: &'_ onrecord_model::Story| {
        let title = match story.title.trim() {
            "" => "headline not known".to_owned(),
            title => printed(title).into_owned(),
        };
        vec![text("Story: "), Inline::Link(Anchor::Story(story.id), title.into())]
    };
    stories.map(story).try_for_each(|line| frame.block(&Block::About(line)))?;
    if let Some(origin) = index.origin_of(id) {
        let outlet = Inline::Link(Anchor::Article(origin), index.outlet(origin));
        frame.block(&Block::About(vec![
            text("One text with that of "),
            outlet,
            text(", likely printed first there"),
        ]))?;
    }
    Ok(())
}

fn problems(frame: &mut Frame, desk: &Desk, id: Id) -> Result<()> {
    let problems = desk.store.problems_of(id)?;
    if problems.is_empty() {
        return Ok(());
    }
    let kind = |kind: ProblemKind| match kind {
        ProblemKind::Damaged => "Damaged",
        ProblemKind::Unknown => "Not known",
        ProblemKind::Unread | ProblemKind::NoArticle => "Not read",
    };
    let line = |p: &onrecord_model::Problem| {
        format!("<li><strong>{}</strong>: {}</li>\n", kind(p.kind), with_code(&desk.title(&p.message)))
    };
    let lines: String = problems.iter().map(line).collect();
    frame.html(&format!("<aside class=\"problems\">\n<ul>\n{lines}</ul>\n</aside>\n"))
}

/// The statements that the article tells.
fn told_here(frame: &mut Frame, desk: &Desk, index: &Index, (id, all): (Id, usize)) -> Result<()> {
    let tells = |statement: &&Statement| statement.accounts.iter().any(|account| account.article == id);
    let mut told: Vec<&Statement> = index.loaded.record.statements.iter().filter(tells).collect();
    told.sort_by_key(|statement| {
        (here(statement, id).and_then(|account| account.parts.first()).map(|p| p.span), statement.id)
    });
    let mut lines: Vec<Line> = told.into_iter().map(|statement| told_line(index, statement, id)).collect();
    if lines.is_empty() {
        return Ok(());
    }
    lines.extend(and_more(all, desk.at_most(MOST_STATEMENTS), "statement"));
    let title = vec![text(count(all, "statement")), text(" told here")];
    frame.block(&Block::Folded(title, lines))
}

/// The account that an article gives of a statement.
fn here(statement: &Statement, article: Id) -> Option<&Account> {
    statement.accounts.iter().find(|account| account.article == article)
}

/// "Ida Holm, mayor: “No boat left”, in the words of this article.
fn told_line<'a>(index: &Index<'a>, statement: &'a Statement, article: Id) -> Line<'a> {
    let mut line = vec![Inline::Link(Anchor::Statement(statement.id), speaker_name(statement))];
    line.extend(speaker(index, statement).into_iter().skip(1));
    line.push(text(": "));
    line.extend(here(statement, article).map(|account| gist_of(index, account)).unwrap_or_default());
    line
}

pub(super) const LEGEND: &str = "<p class=\"legend key\"><span class=\"m said\">what is said</span> <span class=\"m source\">who is said to speak</span> \
     <span class=\"m cue\">reporting words</span> <span class=\"m figure\">figure</span> <span class=\"m date\">date</span> \
     <span class=\"m event\">event</span> <span class=\"m name\">name</span> <span class=\"screen\">— what each is taken for, and why, shows where you point. \
     An arrow leads to the statement with all accounts of it.</span></p>\n";

fn body(
    frame: &mut Frame,
    desk: &Desk,
    (annotated, record): (&AnnotatedArticle, &Record),
    part: &Part,
) -> Result<()> {
    frame.heading("Text")?;
    frame.html(LEGEND)?;
    let links = desk.links;
    let lead = |id: Id| links.path(&Address::Statement(id).path());
    // A server lights up the words that are asked for; files have to hold every place that is led to.
    let cited = if links.is_served() { BTreeSet::new() } else { cited(record, annotated.article.id) };
    let told = Told { annotated, statements: &record.statements, lead: &lead, cited };
    let language = annotated.article.language.as_ref().map_or("", |known| known.value.as_str());
    let language =
        if language.is_empty() { String::new() } else { format!(" lang=\"{}\"", escaped(language)) };
    frame.html(&format!("<div class=\"text\" dir=\"auto\"{language}>\n"))?;
    frame.html(&paragraphs(&told, part.span, part.at))?;
    frame.html("</div>\n")?;
    let path = frame.to(Address::Article(annotated.article.id));
    frame.pager(part.n, part.of, |n| format!("{path}?page={n}"))
}

/// Where the words stand that the record shows of an article.
pub(super) fn cited(record: &Record, article: Id) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for statement in &record.statements {
        let shown = [statement.said_on.as_ref().map(|s| &s.1), statement.place.as_ref().map(|p| &p.1)];
        let evidence = shown.into_iter().flatten().flatten().filter(|evidence| evidence.article == article);
        out.extend(evidence.map(|evidence| evidence.span.start()));
        for (n, account) in statement.accounts.iter().enumerate().filter(|(_, a)| a.article == article) {
            let cells = statement.rows.iter().filter_map(|row| *row.get(n)?);
            let parts = account.parts.iter().map(|part| part.span);
            let spans = cells.chain(parts).chain(account.source).chain(account.cue);
            out.extend(spans.map(|span| span.start()));
        }
    }
    let sides = record.differences.iter().flat_map(|difference| difference.between);
    out.extend(sides.filter(|side| side.article == article).filter_map(|side| Some(side.span?.start())));
    out
}

/// What the page shows besides the article, closed at first.
fn boilerplate(frame: &mut Frame, desk: &Desk, page: &StoredPage) -> Result<()> {
    let shown: Vec<_> =
        page.boilerplate.iter().filter(|stretch| !stretch.span.slice(&page.raw).trim().is_empty()).collect();
    if shown.is_empty() {
        return Ok(());
    }
    let line = |stretch: &&onrecord_model::Boilerplate| {
        let words = stretch.span.slice(&page.raw).trim();
        let end = words.char_indices().nth(BOILERPLATE_CHARS).map_or(words.len(), |(end, _)| end);
        let mut words_shown = masked(&words[..end]).into_owned();
        desk.hide(&mut words_shown);
        let cut = if end < words.len() { " …" } else { "" };
        vec![
            text(format!("{words_shown}{cut} ")),
            Inline::Faint(format!("({}; {})", printed(&stretch.because.note), stretch.because.rule).into()),
        ]
    };
    let mut lines: Vec<Line> = shown.iter().take(MOST_BOILERPLATE).map(line).collect();
    lines.extend(and_more(shown.len(), MOST_BOILERPLATE, "stretch of boilerplate"));
    let title = format!("Left out of the text as boilerplate: {}", count(shown.len(), "stretch"));
    frame.html("<div class=\"boilerplate\">\n")?;
    frame.block(&Block::FoldedShut(vec![text(title)], lines))?;
    frame.html("</div>\n")
}

fn origin(frame: &mut Frame, desk: &Desk, article: &Article) -> Result<()> {
    frame.heading("Where it comes from")?;
    let facts = [
        ("headline", article.headline.as_ref().map(|k| (k.value.clone(), &k.because))),
        ("outlet", article.outlet.as_ref().map(|k| (k.value.clone(), &k.because))),
        ("published", article.published.as_ref().map(|k| (k.value.to_string(), &k.because))),
        ("language", article.language.as_ref().map(|k| (k.value.clone(), &k.because))),
    ];
    let row = |(name, known): (&'static str, Option<(String, &Because)>)| -> Vec<Line> {
        let Some((value, because)) = known else {
            return vec![vec![text(name)], vec![text("not known")], Vec::new()];
        };
        vec![vec![text(name)], vec![text(desk.title(&value))], how(because)]
    };
    frame.block(&Block::Table(vec!["what", "value", "known from"], facts.into_iter().map(row).collect()))?;
    let code = |value: String| vec![Inline::Code(value.into())];
    let rows = vec![
        vec![vec![text("file")], vec![text(printed(&article.origin.to_string()).into_owned())]],
        vec![vec![text("id of the article")], code(article.id.to_string())],
        vec![vec![text("fingerprint of the page (SHA-256)")], code(article.page_hash.to_string())],
        vec![vec![text("fingerprint of the text (SHA-256)")], code(article.text_hash.to_string())],
    ];
    frame.block(&Block::Table(vec!["evidence", "value"], rows))?;
    // Bytes cannot be masked: where somebody is hidden nobody gets them.
    if !desk.links.is_served() || desk.hidden.is_some() {
        return Ok(());
    }
    let to = escaped(&desk.links.path(&format!("page/{}", article.id)));
    frame.html(&format!(
        "<p class=\"about screen\"><a href=\"{to}\" download>The page as it was read, every byte of it (download)</a></p>\n"
    ))
}

/// The reason in words, and the rule's name.
fn how<'a>(because: &Because) -> Line<'a> {
    let place = because.rule.split_once('.').map_or("", |(_, place)| place);
    let words = match (because.note.trim(), place) {
        ("", "json_ld" | "json_ld_created" | "json_ld_modified") => "the page's data for search engines",
        (
            "",
            "meta" | "meta_modified" | "og_title" | "og_site_name" | "og_locale" | "twitter_title"
            | "application_name" | "publisher",
        ) => "the page's metadata",
        ("", "html_lang") => "what the page says of itself",
        ("", "h1" | "title") => "the page's title",
        ("", "time" | "itemprop" | "class") => "a mark in the page",
        (note, _) => note,
    };
    vec![text(format!("{} ", printed(words))), Inline::Code(because.rule.to_string().into())]
}
