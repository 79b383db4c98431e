//! What a form of the pages asks for.

use std::collections::{BTreeMap, btree_map::Entry};

use anyhow::{Context, Result, anyhow, ensure};
use onrecord_model::{AnnotatedArticle, Change, Correction, DateValue, EntityKind, Id, Record, Signed};
use onrecord_reconcile::Desk;
use onrecord_store::{Store, Wanted, Way};

use super::{Bench, MOST_CHARS, now, signed_in_short};
use crate::{
    answer::Reply,
    pages::{LOGGED, Query, not_corrected},
};

/// Places of an entity whose articles are read: more names of it are not kept with a correction.
const MOST_NAMED: usize = 400;
/// Characters of words that are told in the place of others.
const MOST_WORDS: usize = 20_000;

/// Carries out what a form asks for and leads to the log; what cannot be done is said.
pub(crate) fn apply(bench: &Bench, (key, form): (&str, &Query)) -> Result<Reply> {
    if form.get("key").is_none_or(|given| given != key) {
        let message = "The form is from an earlier run of this server: open the page anew.";
        return Ok(Reply::wrong(403, message, false));
    }
    let mut store = bench.store()?;
    match asked(bench, &mut store, form)? {
        Ok(id) => {
            let newer = store.corrections()?.iter().rev().position(|correction| correction.id == id);
            let page = newer.unwrap_or(0) / LOGGED + 1;
            let page = if page > 1 { format!("?page={page}") } else { String::new() };
            Ok(Reply::moved(303, format!("/review{page}#c-{id}")))
        }
        Err(wrong) => Ok(Reply { status: 400, ..Reply::page(not_corrected(&format!("{wrong:#}"))) }),
    }
}

/// The correction that was made or taken back; within it, what is wrong with the form.
fn asked(bench: &Bench, store: &mut Store, form: &Query) -> Result<Result<Id>> {
    let signed = match signed(form) {
        Ok(signed) => signed,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let asked = Form(form);
    if asked.field("kind") == "undo" {
        let id = match asked.id("correction") {
            Ok(id) => id,
            wrong => return Ok(wrong),
        };
        let undone = bench.undo(store, id, &signed)?;
        return Ok(if undone { Ok(id) } else { Err(anyhow!("there is no such correction that holds")) });
    }
    let ((record, articles), corrections) = (asked.part(store)?, store.corrections()?);
    let desk = Desk { record: &record, articles: &articles, corrections: &corrections };
    match asked.change(&desk) {
        Ok(change) => {
            let correction = Correction::new(change, signed);
            bench.keep(store, &correction)?;
            Ok(Ok(correction.id))
        }
        Err(wrong) => Ok(Err(wrong)),
    }
}

fn signed(form: &Query) -> Result<Signed> {
    let field = |name: &str| form.get(name).map_or("", |words| words.trim()).to_owned();
    let signed = Signed { by: field("by"), at: now()?, why: field("why") };
    signed_in_short(&signed)?;
    Ok(signed)
}

/// The articles of a record by id.
type Articles = BTreeMap<Id, AnnotatedArticle>;

struct Form<'a>(&'a Query);

impl Form<'_> {
    fn field(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |words| words.trim())
    }

    fn id(&self, name: &str) -> Result<Id> {
        let given = self.field(name);
        ensure!(!given.is_empty(), "nothing was chosen for `{name}`");
        Id::parse(given).with_context(|| format!("`{name}` is an id of 16 digits and letters a to f"))
    }

    /// An id, or the address of a page that ends with it.
    fn id_or_address(&self, name: &str) -> Result<Id> {
        let given = self.field(name).split(['?', '#']).next().unwrap_or_default();
        let last = given.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        Id::parse(last.trim_end_matches(".html"))
            .context("the other statement is named by its id or its address")
    }

    /// As much of the record as the form is about, so that what is refused is refused at once.
    fn part(&self, store: &Store) -> Result<(Record, Articles)> {
        let said = self.field("said").split('.').next().unwrap_or_default();
        let accounts = [self.field("account"), said].into_iter().filter_map(Id::parse);
        let named = |name: &str| Id::parse(self.field(name));
        let mut statements: Vec<Id> =
            named("statement").into_iter().chain(self.id_or_address("other").ok()).collect();
        for account in accounts {
            statements.extend(store.along(Way::AccountToStatement, account)?);
        }
        let entities = named("entity").into_iter().chain(named("other")).collect();
        let record = store.part(&Wanted { statements, entities, ..Wanted::default() })?;
        let told = record.statements.iter().flat_map(|s| &s.accounts).map(|account| account.article);
        let names =
            record.entities.iter().flat_map(|e| e.members.iter().take(MOST_NAMED)).map(|member| member.0);
        let ticked = self.chosen("article-").unwrap_or_default();
        let mut articles = Articles::new();
        for id in told.chain(names).chain(ticked) {
            if let Entry::Vacant(empty) = articles.entry(id)
                && let Some(article) = store.article(id)?
            {
                empty.insert(article);
            }
        }
        Ok((record, articles))
    }

    fn change(&self, desk: &Desk) -> Result<Change> {
        let made = match self.field("kind") {
            "same" => desk.same_statement(&[self.id("statement")?, self.id_or_address("other")?]),
            "not_same" => desk.other_statement(self.id("statement")?, &[self.id("account")?]),
            "merge" => desk.same_entity(&[self.id("entity")?, self.id("other")?]),
            "split" => desk.other_entity(self.id("entity")?, &self.chosen("article-")?),
            "speaker" => {
                let named = self.field("name").chars().count();
                ensure!(named <= MOST_CHARS, "the name has more than {MOST_CHARS} characters");
                let name = Some(self.field("name")).filter(|name| !name.is_empty() && *name != "unknown");
                let kind =
                    EntityKind::from_name(self.field("entity_kind")).context("what bears the name?")?;
                let (statement, accounts) = self.accounts(desk)?;
                desk.speaker(statement, &accounts, (name.map(str::to_owned), kind))
            }
            "words" => {
                let words = self.field("words");
                ensure!(
                    words.chars().count() <= MOST_WORDS,
                    "the words have more than {MOST_WORDS} characters"
                );
                let (account, part) =
                    self.field("said").split_once('.').context("which words are others?")?;
                let account = Id::parse(account).context("which account tells the words?")?;
                desk.words(account, Some(part.parse().context("which words are others?")?), words)
            }
            "date" => {
                let day = DateValue::parse(self.field("day"));
                let day = day.context("the day is none such as 2024-02-27, 2024-02 or 2024")?;
                desk.said_on(self.id("statement")?, day)
            }
            "hide" => desk.hide(self.id("entity")?),
            _ => return Err(anyhow!("there is no such kind of correction")),
        };
        Ok(made?)
    }

    /// The statement, and the accounts of it that are meant: one that is chosen, or else all.
    fn accounts(&self, desk: &Desk) -> Result<(Id, Vec<Id>)> {
        if self.field("account").is_empty() {
            return Ok((self.id("statement")?, Vec::new()));
        }
        let (statement, account) = desk.account(self.id("account")?)?;
        Ok((statement.id, vec![account.id]))
    }

    /// The ids behind the names that were ticked.
    fn chosen(&self, begin: &str) -> Result<Vec<Id>> {
        let ticked = self.0.keys().filter_map(|name| name.strip_prefix(begin));
        let ids = ticked.map(Id::parse).collect::<Option<Vec<Id>>>().context("what was chosen has no ids")?;
        ensure!(!ids.is_empty(), "no article was chosen");
        Ok(ids)
    }
}
