//! `onrecord correct`: what a person knows better than the record.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use onrecord_model::{Change, Correction, DateValue, EntityKind, Id, Signed};
use onrecord_reconcile::Desk;
use onrecord_store::Store;

use super::show::chosen;
use super::{DONE, NOTHING_FOUND, RecordFile};
use crate::pipeline;
use crate::progress::Progress;
use onrecord_render::Loaded;
use onrecord_render::masked;
use onrecord_render::wire::{CorrectionV1, moment};

/// Correct what the record makes of its articles: kept apart, with who, when and why, and reversible.
///
/// A correction points at printed words by the hash of their page, so it holds after every `add` and in a record
/// that is built anew: `onrecord correct list --json --record OLD > FILE`, then `onrecord correct read FILE --record
/// NEW`. What the articles print is never changed. Later corrections are made upon earlier ones.
#[derive(Debug, Args)]
pub(crate) struct Correct {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// These statements are one.
    Same {
        /// Their ids.
        #[arg(value_name = "STATEMENT", required = true, num_args = 2..)]
        statements: Vec<String>,
        #[command(flatten)]
        signing: Signing,
    },
    /// These accounts tell another statement than the rest of theirs.
    NotSame {
        /// The statement that they stand in.
        statement: String,
        /// The accounts, by their ids or their articles' ids; together they become a statement of their own.
        #[arg(value_name = "ACCOUNT", required = true)]
        accounts: Vec<String>,
        #[command(flatten)]
        signing: Signing,
    },
    /// These entities are one person, body or place.
    Merge {
        /// Their ids.
        #[arg(value_name = "ENTITY", required = true, num_args = 2..)]
        entities: Vec<String>,
        #[command(flatten)]
        signing: Signing,
    },
    /// What these articles call so is somebody else.
    Split {
        /// The entity.
        entity: String,
        /// The articles that name somebody else.
        #[arg(value_name = "ARTICLE", required = true)]
        articles: Vec<String>,
        #[command(flatten)]
        signing: Signing,
    },
    /// This is who speaks in a statement.
    Speaker {
        /// The statement.
        statement: String,
        /// The speaker's name; `unknown` says that nobody knows.
        name: String,
        /// What bears the name.
        #[arg(long, value_name = "KIND", default_value = "person")]
        kind: Bearer,
        /// Only in these accounts, by their ids or their articles' ids. May be given several times.
        #[arg(long = "account", value_name = "ACCOUNT")]
        accounts: Vec<String>,
        #[command(flatten)]
        signing: Signing,
    },
    /// These are the words that were said, in one account.
    Words {
        /// The account.
        account: String,
        /// The exact words as the article prints them; line breaks and kinds of quotation marks do not matter.
        words: String,
        #[command(flatten)]
        signing: Signing,
    },
    /// This is the day on which it was said.
    Date {
        /// The statement.
        statement: String,
        /// The day, month or year: `2024-02-27`, `2024-02`, `2024`, `2024-09-22/2024-09-27`.
        day: String,
        #[command(flatten)]
        signing: Signing,
    },
    /// Show a person nowhere: not in the brief, the tables, the search. The articles in the record file stay.
    Hide {
        /// The person, by the entity's id.
        person: String,
        #[command(flatten)]
        signing: Signing,
    },
    /// Take a correction back. It stays listed and is no longer applied.
    Undo {
        /// The correction.
        correction: String,
        #[command(flatten)]
        signing: Signing,
    },
    /// List the corrections with what became of them.
    List {
        #[command(flatten)]
        record: RecordFile,
        /// Print JSON, one object per line: what `read` reads.
        #[arg(long)]
        json: bool,
    },
    /// Take over the corrections of a file, as `list --json` and `export` write it.
    Read {
        /// The file; `-` is standard input.
        #[arg(value_name = "FILE", default_value = "-")]
        file: PathBuf,
        #[command(flatten)]
        record: RecordFile,
    },
}

/// The record, and who corrects it.
#[derive(Debug, Args)]
struct Signing {
    #[command(flatten)]
    record: RecordFile,

    /// Why, for those who read the record.
    #[arg(long, value_name = "REASON")]
    why: String,

    /// Who says so; without it, the user's name on this machine.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// When it was decided, such as 2025-10-16T09:30:00Z; without it, now.
    #[arg(long, value_name = "MOMENT")]
    at: Option<String>,

    /// Print the correction as JSON.
    #[arg(long)]
    json: bool,
}

/// What can speak.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Bearer {
    Person,
    Organisation,
    State,
    Place,
    Document,
}

impl From<Bearer> for EntityKind {
    fn from(bearer: Bearer) -> Self {
        match bearer {
            Bearer::Person => Self::Person,
            Bearer::Organisation => Self::Organisation,
            Bearer::State => Self::State,
            Bearer::Place => Self::Place,
            Bearer::Document => Self::Document,
        }
    }
}

impl Signing {
    fn signed(&self) -> Result<Signed> {
        let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
        let by = self.by.clone().or_else(user).filter(|name| !name.trim().is_empty());
        let by = by.context("it is not known who corrects the record (hint: `--by \"Your Name\"`)")?;
        let at = self.at.clone().unwrap_or_else(|| jiff::Timestamp::now().to_string());
        if self.why.trim().is_empty() {
            bail!("a correction needs a reason (hint: `--why \"the transcript names her\"`)");
        }
        Ok(Signed { by, at: moment(&at)?, why: self.why.clone() })
    }
}

pub(crate) fn run(args: &Correct, out: &mut dyn Write) -> Result<ExitCode> {
    let signing = match &args.what {
        What::List { record, json } => return list(record, *json, out),
        What::Read { file, record } => return read(file, record),
        What::Undo { correction, signing } => return undo(correction, signing, out),
        What::Same { signing, .. }
        | What::NotSame { signing, .. }
        | What::Merge { signing, .. }
        | What::Split { signing, .. }
        | What::Speaker { signing, .. }
        | What::Words { signing, .. }
        | What::Date { signing, .. }
        | What::Hide { signing, .. } => signing,
    };
    let mut store = signing.record.open()?;
    let signed = signing.signed()?;
    let Some(change) = change(&args.what, &store)? else { return Ok(ExitCode::from(NOTHING_FOUND)) };
    let correction = Correction::new(change, signed);
    apply(&mut store, std::slice::from_ref(&correction))?;
    told(&store, correction.id, signing.json, out)
}

/// What is asked for, by printed words; `None` where an id is not in the record, which is then said.
fn change(what: &What, store: &Store) -> Result<Option<Change>> {
    let (record, articles, corrections) = (store.record()?, store.articles()?, store.corrections()?);
    let articles = articles.into_iter().map(|a| (a.article.id, a)).collect();
    let desk = Desk { record: &record, articles: &articles, corrections: &corrections };
    let named = Named { desk: &desk };
    let made = match what {
        What::Same { statements, .. } => named.statements(statements)?.map(|ids| desk.same_statement(&ids)),
        What::NotSame { statement, accounts, .. } => {
            let ids = named.statement(statement)?.zip(named.accounts(accounts)?);
            ids.map(|(statement, accounts)| desk.other_statement(statement, &accounts))
        }
        What::Merge { entities, .. } => named.entities(entities)?.map(|ids| desk.same_entity(&ids)),
        What::Split { entity, articles, .. } => {
            let ids = named.entity(entity)?.zip(named.articles(articles)?);
            ids.map(|(entity, articles)| desk.other_entity(entity, &articles))
        }
        What::Speaker { statement, name, kind, accounts, .. } => {
            let ids = named.statement(statement)?.zip(named.accounts(accounts)?);
            let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty() && name != "unknown");
            ids.map(|(statement, accounts)| desk.speaker(statement, &accounts, (name, (*kind).into())))
        }
        What::Words { account, words, .. } => {
            let ids = named.accounts(std::slice::from_ref(account))?;
            ids.and_then(|ids| ids.first().copied()).map(|account| desk.words(account, None, words))
        }
        What::Date { statement, day, .. } => {
            let read = DateValue::parse(day);
            let read =
                read.with_context(|| format!("`{day}` is no day such as 2024-02-27, 2024-02 or 2024"))?;
            named.statement(statement)?.map(|statement| desk.said_on(statement, read))
        }
        What::Hide { person, .. } => named.entity(person)?.map(|person| desk.hide(person)),
        What::Undo { .. } | What::List { .. } | What::Read { .. } => None,
    };
    Ok(made.transpose()?)
}

/// Ids by their beginnings.
struct Named<'a> {
    desk: &'a Desk<'a>,
}

impl Named<'_> {
    fn statement(&self, begin: &str) -> Result<Option<Id>> {
        known(self.desk.record.statements.iter().map(|s| s.id), begin, "statement")
    }

    fn entity(&self, begin: &str) -> Result<Option<Id>> {
        known(self.desk.record.entities.iter().map(|e| e.id), begin, "entity")
    }

    fn statements(&self, begins: &[String]) -> Result<Option<Vec<Id>>> {
        begins.iter().map(|begin| self.statement(begin)).collect()
    }

    fn entities(&self, begins: &[String]) -> Result<Option<Vec<Id>>> {
        begins.iter().map(|begin| self.entity(begin)).collect()
    }

    fn articles(&self, begins: &[String]) -> Result<Option<Vec<Id>>> {
        begins.iter().map(|begin| known(self.desk.articles.keys().copied(), begin, "article")).collect()
    }

    fn accounts(&self, begins: &[String]) -> Result<Option<Vec<Id>>> {
        let accounts = self.desk.record.statements.iter().flat_map(|s| &s.accounts);
        let mut ids: Vec<Id> = accounts.flat_map(|a| [a.id, a.article]).collect();
        ids.sort_unstable();
        ids.dedup();
        begins.iter().map(|begin| known(ids.iter().copied(), begin, "account")).collect()
    }
}

fn known(ids: impl Iterator<Item = Id>, begin: &str, what: &str) -> Result<Option<Id>> {
    let found = chosen(&ids.collect::<Vec<_>>(), begin)?;
    if found.is_none() {
        eprintln!(
            "onrecord: there is no {what} `{begin}` in the record\n(hint: `onrecord show … --json` prints ids)"
        );
    }
    Ok(found)
}

/// Keeps corrections and makes the record anew.
fn apply(store: &mut Store, corrections: &[Correction]) -> Result<bool> {
    let changed = store.correct(corrections)?;
    pipeline::reconcile(store, &Progress::new())?;
    Ok(changed)
}

fn undo(begin: &str, signing: &Signing, out: &mut dyn Write) -> Result<ExitCode> {
    let mut store = signing.record.open()?;
    let signed = signing.signed()?;
    let ids = store.corrections()?.into_iter().map(|correction| correction.id);
    let Some(id) = known(ids, begin, "correction")? else { return Ok(ExitCode::from(NOTHING_FOUND)) };
    if !store.undo_correction(id, &signed)? {
        eprintln!("onrecord: correction {id} was taken back before");
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    pipeline::reconcile(&mut store, &Progress::new())?;
    told(&store, id, signing.json, out)
}

/// The one correction, as the list shows it.
fn told(store: &Store, id: Id, json: bool, out: &mut dyn Write) -> Result<ExitCode> {
    let loaded = Loaded::read(store)?;
    let is_it = |(_, correction): &(usize, &Correction)| correction.id == id;
    for (n, _) in loaded.corrections.iter().enumerate().filter(is_it) {
        print(&loaded, n, json, out)?;
    }
    Ok(ExitCode::from(DONE))
}

fn list(record: &RecordFile, json: bool, out: &mut dyn Write) -> Result<ExitCode> {
    let loaded = record.load()?;
    if loaded.corrections.is_empty() {
        eprintln!("onrecord: nobody has corrected `{}`", record.record.display());
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    for n in 0..loaded.corrections.len() {
        print(&loaded, n, json, out)?;
    }
    Ok(ExitCode::from(DONE))
}

fn print(loaded: &Loaded, n: usize, json: bool, out: &mut dyn Write) -> Result<()> {
    let (correction, standing) = (&loaded.corrections[n], loaded.standings[n]);
    if json {
        let row = CorrectionV1::new(correction, standing, loaded);
        return Ok(writeln!(out, "{}", serde_json::to_string(&row)?)?);
    }
    let Signed { by, at, why } = &correction.signed;
    writeln!(out, "{}  {}", correction.id, onrecord_render::brief::told_in_words(correction, standing))?;
    writeln!(out, "    {by}, {at}: {}", masked(why))?;
    if let Some(Signed { by, at, why }) = &correction.undone {
        writeln!(out, "    taken back by {by}, {at}: {}", masked(why))?;
    }
    Ok(())
}

fn read(file: &Path, record: &RecordFile) -> Result<ExitCode> {
    let mut store = record.open()?;
    let text = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text).context("cannot read standard input")?;
        text
    } else {
        fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?
    };
    let mut corrections = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let at = || format!("`{}`, line {}, cannot be taken over", file.display(), n + 1);
        corrections.push(CorrectionV1::read(line).with_context(at)?);
    }
    if corrections.is_empty() {
        eprintln!("onrecord: `{}` holds no correction", file.display());
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    let before = store.corrections()?.len();
    apply(&mut store, &corrections)?;
    let loaded = Loaded::read(&store)?;
    let placeless = loaded.standings.iter().filter(|s| s.name() == "no_place").count();
    eprintln!(
        "onrecord: {} corrections read, {} of them new; {placeless} of all {} find no place in the record",
        corrections.len(),
        loaded.corrections.len() - before,
        loaded.corrections.len(),
    );
    Ok(ExitCode::from(DONE))
}
