//! `onrecord show`: looks at one thing in the record.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use onrecord_model::{Entity, Id, Record};

use super::{DONE, NOTHING_FOUND, RecordFile};
use onrecord_render::Loaded;
use onrecord_render::brief::{
    Index,
    show::{
        Block, Inline, Level, Line, Notes, Sink, Terminal, Told, citation, count, gist, on_one_line, plot,
        printed, speaker, stories, story, text,
    },
    shown,
};
use onrecord_render::wire::{
    ArticleV1, DifferenceV1, EntityV1, Points, SeriesV1, StatementV1, StoryV1, Tables,
};

/// What can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A story, with its statements, figures and articles.
    Story,
    /// A statement, with its accounts side by side.
    Statement,
    /// An article, with what it says.
    Article,
    /// A speaker, by id or by name, with what they said.
    Speaker,
    /// One thing counted, with every value.
    Figure,
    /// A difference, with both sides.
    Difference,
}

/// Show the stories of a record, or one thing in it.
///
/// Without KIND: the stories, one a line. An id may be shortened as long as it stays unique.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// What to look at.
    #[arg(value_name = "KIND", requires = "id")]
    kind: Option<Kind>,

    /// Which one: its id or the id's beginning; for a speaker also words of the name, for a statement the id
    /// of an account, for a story that of an article.
    #[arg(value_name = "ID")]
    id: Option<String>,

    #[command(flatten)]
    record: RecordFile,

    /// Print JSON instead of text, one object per line.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Show, out: &mut dyn Write) -> Result<ExitCode> {
    let store = args.record.open()?;
    let loaded = Loaded::read(&store)?;
    let tables = Tables::new(&loaded, &store)?;
    let shown = match (args.kind, &args.id) {
        (Some(kind), Some(id)) => one(args, &tables, (kind, id), out)?,
        _ => list(args, &tables, out)?,
    };
    Ok(ExitCode::from(if shown { DONE } else { NOTHING_FOUND }))
}

/// The stories, one a line.
fn list(args: &Show, tables: &Tables, out: &mut dyn Write) -> Result<bool> {
    let index = Index::new(tables.loaded);
    let stories = stories(&index);
    if stories.is_empty() {
        eprintln!("onrecord: `{}` holds no story", args.record.record.display());
        return Ok(false);
    }
    for story in stories {
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&StoryV1::new(story, tables))?)?;
        } else {
            let statements = count(index.statements_of(story.id).len(), "statement");
            let articles = count(story.articles.len(), "article");
            writeln!(out, "{}  {articles:>12}  {statements:>14}  {}", story.id, printed(&story.title))?;
        }
    }
    Ok(true)
}

fn one(args: &Show, tables: &Tables, (kind, id): (Kind, &str), out: &mut dyn Write) -> Result<bool> {
    let loaded = tables.loaded;
    let record = &loaded.record;
    let ids: Vec<Id> = match kind {
        Kind::Story => record.stories.iter().map(|s| s.id).collect(),
        Kind::Statement => record.statements.iter().map(|s| s.id).collect(),
        Kind::Article => loaded.articles.keys().copied().collect(),
        Kind::Speaker => return speakers(args, tables, id, out),
        Kind::Figure => record.figures.iter().map(|f| f.id).collect(),
        Kind::Difference => record.differences.iter().map(|d| d.id).collect(),
    };
    let found = match chosen(&ids, id)? {
        None => by_member(record, kind, id)?,
        found => found,
    };
    let Some(id) = found else {
        let name = kind.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        eprintln!(
            "onrecord: there is no {name} `{id}` in `{0}`\n(hint: `onrecord show --record {0}` lists the stories, `onrecord search` finds ids by words)",
            args.record.record.display()
        );
        return Ok(false);
    };
    if args.json {
        return json(tables, kind, id, out);
    }
    let index = Index::new(loaded);
    shown(&mut Terminal::of_this_process(), out, |sink| blocks(&index, kind, id, sink))?;
    Ok(true)
}

/// The statement of an account, the story of an article: ids of members stay when their groups grow.
fn by_member(record: &Record, kind: Kind, begin: &str) -> Result<Option<Id>> {
    let members: Vec<(Id, Id)> = match kind {
        Kind::Statement => {
            record.statements.iter().flat_map(|s| s.accounts.iter().map(|a| (a.id, s.id))).collect()
        }
        Kind::Story => record.stories.iter().flat_map(|s| s.articles.iter().map(|&a| (a, s.id))).collect(),
        _ => Vec::new(),
    };
    let ids: Vec<Id> = members.iter().map(|(member, _)| *member).collect();
    let member = chosen(&ids, begin)?;
    Ok(members.into_iter().find(|(id, _)| Some(*id) == member).map(|(_, group)| group))
}

/// The only id that begins so. More than one is an error that says how to go on.
pub(crate) fn chosen(ids: &[Id], begin: &str) -> Result<Option<Id>> {
    let begin = begin.to_ascii_lowercase();
    let fitting: Vec<Id> = ids.iter().copied().filter(|id| id.to_string().starts_with(&begin)).collect();
    match fitting.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => {
            let listed: Vec<String> = several.iter().take(5).map(Id::to_string).collect();
            bail!(
                "{} ids begin with `{begin}`: {} …\n(hint: give more of the id)",
                several.len(),
                listed.join(", ")
            )
        }
    }
}

fn json(tables: &Tables, kind: Kind, id: Id, out: &mut dyn Write) -> Result<bool> {
    let loaded = tables.loaded;
    let record = &loaded.record;
    let row = match kind {
        Kind::Story => {
            record.stories.iter().find(|s| s.id == id).map(|s| serde_json::to_value(StoryV1::new(s, tables)))
        }
        Kind::Statement => record
            .statements
            .iter()
            .find(|s| s.id == id)
            .map(|s| serde_json::to_value(StatementV1::new(s, tables))),
        Kind::Article => loaded
            .article(id)
            .map(|a| serde_json::to_value(ArticleV1::new(&a.article, &Points::new(&a.article.text)))),
        Kind::Speaker => record
            .entities
            .iter()
            .find(|e| e.id == id)
            .map(|e| serde_json::to_value(EntityV1::new(e, tables))),
        Kind::Figure => {
            record.figures.iter().find(|f| f.id == id).map(|f| serde_json::to_value(SeriesV1::new(f, tables)))
        }
        Kind::Difference => record
            .differences
            .iter()
            .find(|d| d.id == id)
            .map(|d| serde_json::to_value(DifferenceV1::new(d, tables))),
    };
    if let Some(row) = row {
        writeln!(out, "{}", row?)?;
    }
    Ok(true)
}

fn blocks(index: &Index, kind: Kind, id: Id, sink: &mut Sink) -> io::Result<()> {
    let mut notes = Notes::default();
    let record = &index.loaded.record;
    match kind {
        Kind::Story => index.story(id).map_or(Ok(()), |found| story(index, found, sink)),
        Kind::Statement => index
            .statement(id)
            .map_or(Ok(()), |statement| Told::new(index, statement).write(index, &mut notes, sink)),
        Kind::Article => article(index, id, sink),
        Kind::Speaker => Ok(()),
        Kind::Figure => {
            let series = record.figures.iter().find(|series| series.id == id);
            series
                .and_then(|series| plot(index, series, &mut notes))
                .map_or(Ok(()), |plot| sink(&Block::Plot(plot)))
        }
        Kind::Difference => difference(index, id, sink),
    }
}

/// An article: what is known of it, and what it says.
fn article<'a>(index: &Index<'a>, id: Id, sink: &mut Sink) -> io::Result<()> {
    sink(&Block::Heading(Level::Statement, None, vec![text(index.headline(id))]))?;
    sink(&Block::About(citation(index, id)))?;
    let Some(annotated) = index.annotated(id) else { return Ok(()) };
    let told = |s: &&onrecord_model::Statement| s.accounts.iter().any(|account| account.article == id);
    let lines = index.loaded.record.statements.iter().filter(told).map(|statement| {
        let mut line = vec![Inline::Faint(format!("{} ", statement.id).into())];
        line.extend(speaker(index, statement));
        line.push(text(": "));
        line.extend(gist(index, statement));
        line
    });
    sink(&Block::Items(lines.collect()))?;
    for paragraph in annotated.article.text.lines() {
        sink(&Block::About(vec![text(onrecord_render::masked(paragraph).into_owned())]))?;
    }
    Ok(())
}

fn difference(index: &Index, id: Id, sink: &mut Sink) -> io::Result<()> {
    let Some(found) = index.loaded.record.differences.iter().find(|d| d.id == id) else { return Ok(()) };
    let title = vec![Inline::Kind(found.kind), text(format!(" ({})", found.subject.name()))];
    sink(&Block::Heading(Level::Statement, None, title))?;
    sink(&Block::About(vec![text(printed(&found.because.note))]))?;
    let side = |side: onrecord_model::Side| -> Line {
        let words = side.span.map(|span| format!("“{}” — ", printed(index.words(side.article, span))));
        let mut line = vec![text(words.unwrap_or_else(|| "left out — ".to_owned()))];
        line.extend(citation(index, side.article));
        line
    };
    sink(&Block::Items(found.between.into_iter().map(side).collect()))
}

/// Those whose id or names fit, with what they said. Only speakers: nobody else has a page.
fn speakers(args: &Show, tables: &Tables, wanted: &str, out: &mut dyn Write) -> Result<bool> {
    let index = Index::new(tables.loaded);
    let record = &tables.loaded.record;
    let speaking: BTreeSet<Id> = record.statements.iter().filter_map(|s| s.speaker).collect();
    let low = wanted.to_lowercase();
    let fits = |entity: &&Entity| {
        let mut names = std::iter::once(&entity.name).chain(&entity.variants);
        speaking.contains(&entity.id)
            && (entity.id.to_string().starts_with(&low)
                || names.any(|name| name.to_lowercase().contains(&low)))
    };
    let found: Vec<&Entity> = record.entities.iter().filter(fits).collect();
    if found.is_empty() {
        eprintln!("onrecord: no speaker in `{}` is called `{wanted}`", args.record.record.display());
        return Ok(false);
    }
    for entity in found {
        if args.json {
            json(tables, Kind::Speaker, entity.id, out)?;
        } else {
            shown(&mut Terminal::of_this_process(), out, |sink| speaker_blocks(&index, entity, sink))?;
        }
    }
    Ok(true)
}

fn speaker_blocks<'a>(index: &Index<'a>, entity: &'a Entity, sink: &mut Sink) -> io::Result<()> {
    let mut statements: Vec<_> =
        index.loaded.record.statements.iter().filter(|s| s.speaker == Some(entity.id)).collect();
    statements.sort_by_key(|s| (s.said_on.as_ref().map(|(day, _)| day.first), s.id));
    sink(&Block::Heading(Level::Statement, None, vec![Inline::Strong(printed(&entity.name))]))?;
    for (what, names) in [("in the roles", &entity.roles), ("also called", &entity.variants)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().take(8).map(|name| printed(name).into_owned()).collect();
            sink(&Block::About(vec![text(format!("{what}: {}", names.join("; ")))]))?;
        }
    }
    let line = |statement: &'a onrecord_model::Statement| {
        let day = statement.said_on.as_ref().map_or("day not known".to_owned(), |(day, _)| day.edtf.clone());
        let mut line = vec![Inline::Faint(format!("{} {day} ", statement.id).into())];
        line.extend(on_one_line(index, statement, &mut Notes::default()));
        line
    };
    sink(&Block::Items(statements.into_iter().map(line).collect()))
}

#[cfg(test)]
mod tests {
    use onrecord_model::{DifferenceKind, EntityKind};

    use super::*;
    use onrecord_render::sample::loaded;

    /// What `write` shows of a record, on a terminal without colours.
    fn on_screen<'a>(
        loaded: &'a Loaded,
        write: impl FnOnce(&Index<'a>, &mut Sink) -> io::Result<()>,
    ) -> String {
        let mut out = Vec::new();
        let index = Index::new(loaded);
        shown(&mut Terminal::with(false, 100), &mut out, |sink| write(&index, sink)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_article_of_a_small_record() {
        let loaded = loaded();
        let named = |id: &&Id| loaded.article(**id).unwrap().article.origin.path.contains("gazette");
        let id = *loaded.articles.keys().find(named).unwrap();
        insta::assert_snapshot!(on_screen(&loaded, |index, sink| blocks(index, Kind::Article, id, sink)));
    }

    #[test]
    fn a_speaker_of_a_small_record() {
        let mut loaded = loaded();
        let speaker = Entity {
            id: Id::of(["Ida Holm"]),
            kind: EntityKind::Person,
            name: "Ida Holm".to_owned(),
            variants: vec!["Holm".to_owned(), "Ms Holm".to_owned()],
            roles: vec!["harbour master".to_owned()],
            members: vec![],
        };
        let said = |s: &&mut onrecord_model::Statement| s.speaker_name.is_some();
        loaded.record.statements.iter_mut().filter(said).for_each(|s| s.speaker = Some(speaker.id));
        insta::assert_snapshot!(on_screen(&loaded, |index, sink| speaker_blocks(index, &speaker, sink)));
    }

    #[test]
    fn a_figure_of_a_small_record() {
        let loaded = loaded();
        let id = loaded.record.figures[0].id;
        insta::assert_snapshot!(on_screen(&loaded, |index, sink| blocks(index, Kind::Figure, id, sink)));
    }

    #[test]
    fn differences_of_a_small_record() {
        let mut loaded = loaded();
        for difference in &mut loaded.record.differences {
            difference.because.note = format!("what sets the two apart: {}", difference.kind.name());
        }
        let shown: String = [DifferenceKind::Figure, DifferenceKind::Truncation, DifferenceKind::Hedge]
            .into_iter()
            .map(|kind| {
                let id = loaded.record.differences.iter().find(|d| d.kind == kind).unwrap().id;
                on_screen(&loaded, |index, sink| blocks(index, Kind::Difference, id, sink))
            })
            .collect();
        insta::assert_snapshot!(shown);
    }
}
