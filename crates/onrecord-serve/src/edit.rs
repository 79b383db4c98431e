//! Corrections from the pages' forms: who may send them, and what they say.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use onrecord_model::{Change, Correction, DateValue, EntityKind, Hash, Id, Signed};
use onrecord_reconcile::Desk;
use onrecord_render::wire::moment;
use onrecord_store::Store;

use crate::{answer::Reply, http::Workshop, pages::Query};

/// Characters of a reason or a name.
const MOST_CHARS: usize = 1_000;

/// A word that only pages of this server know: whoever sends it has seen one.
pub(crate) fn new_key() -> String {
    let random = || RandomState::new().build_hasher().finish();
    Hash::of(format!("onrecord form {:x} {:x}", random(), random()).as_bytes()).to_string()
}

/// Carries out what a form asks for and leads to the log; what cannot be done is said.
pub(crate) fn apply(record: &Path, workshop: &dyn Workshop, (key, form): (&str, &Query)) -> Result<Reply> {
    if form.get("key").is_none_or(|given| given != key) {
        let message = "The form is from an earlier run of this server: open the page anew.";
        return Ok(Reply::wrong(403, message, false));
    }
    let mut store = Store::open_existing(record)?;
    let done = signed(form).and_then(|signed| asked(&mut store, form, signed));
    match done {
        Ok(id) => {
            workshop.reconcile(&mut store)?;
            Ok(Reply::moved(303, format!("/review#c-{id}")))
        }
        Err(wrong) => Ok(Reply::wrong(400, &format!("{wrong:#}"), false)),
    }
}

fn signed(form: &Query) -> Result<Signed> {
    let field = |name: &str| -> Result<String> {
        let words = form.get(name).map_or("", |words| words.trim());
        ensure!(!words.is_empty(), "a correction needs who says so and why");
        ensure!(words.chars().count() <= MOST_CHARS, "`{name}` has more than {MOST_CHARS} characters");
        Ok(words.to_owned())
    };
    Ok(Signed { by: field("by")?, at: moment(&jiff::Timestamp::now().to_string())?, why: field("why")? })
}

/// Keeps the correction, or takes one back.
fn asked(store: &mut Store, form: &Query, signed: Signed) -> Result<Id> {
    let id = |name: &str| -> Result<Id> {
        let given = form.get(name).map_or("", |id| id.trim());
        Id::parse(given).with_context(|| format!("`{name}` is an id of 16 digits and letters a to f"))
    };
    if form.get("kind").is_some_and(|kind| kind == "undo") {
        let correction = id("correction")?;
        ensure!(store.undo_correction(correction, &signed)?, "there is no such correction that holds");
        return Ok(correction);
    }
    let (record, articles) = (store.record()?, store.articles()?);
    let articles: BTreeMap<_, _> = articles.into_iter().map(|a| (a.article.id, a)).collect();
    let change = change(&Desk { record: &record, articles: &articles }, form, &id)?;
    let correction = Correction::new(change, signed);
    store.correct(std::slice::from_ref(&correction))?;
    Ok(correction.id)
}

fn change(desk: &Desk, form: &Query, id: &dyn Fn(&str) -> Result<Id>) -> Result<Change> {
    let field = |name: &str| form.get(name).map_or("", |words| words.trim());
    let made = match field("kind") {
        "same" => desk.same_statement(&[id("statement")?, id("other")?]),
        "not_same" => desk.other_statement(id("statement")?, &[id("account")?]),
        "speaker" => {
            let name = Some(field("name")).filter(|name| !name.is_empty() && *name != "unknown");
            let kind = EntityKind::from_name(field("entity_kind")).context("what bears the name?")?;
            desk.speaker(id("statement")?, &[], (name.map(str::to_owned), kind))
        }
        "date" => {
            let day = DateValue::parse(field("day"));
            let day = day.context("the day is none such as 2024-02-27, 2024-02 or 2024")?;
            desk.said_on(id("statement")?, day)
        }
        "hide" => desk.hide(id("entity")?),
        _ => return Err(anyhow!("there is no such kind of correction")),
    };
    Ok(made?)
}
