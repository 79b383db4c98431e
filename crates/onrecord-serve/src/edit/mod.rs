//! Corrections from the pages' forms and from programs: who may send them, and what they say.

mod form;
mod program;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;

use anyhow::{Result, ensure};
use onrecord_model::{Correction, Hash, Id, Signed};
use onrecord_render::wire::moment;
use onrecord_store::Store;

pub(crate) use form::apply as from_form;
pub(crate) use program::{apply as from_program, refusal};

use crate::{api, http::Workshop};

/// Characters of a reason or a name.
const MOST_CHARS: usize = 1_000;

/// What is said to a program where nothing can be corrected.
pub(crate) const READ_ONLY: &str =
    "The record is read-only here: corrections are taken where the server was begun with --edit.";

/// Where corrections can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// From the forms of the pages.
    Form,
    /// A new one, from a program.
    New,
    /// Taking this one back, from a program; `None` where the path holds no id.
    Undo(Option<Id>),
}

impl Target {
    /// What is meant by a path.
    pub(crate) fn of(path: &str) -> Option<Self> {
        if path == "/review" {
            return Some(Self::Form);
        }
        let rest = path.strip_prefix(api::ROOT)?.strip_prefix("/corrections")?;
        match rest.strip_prefix('/').map(|rest| rest.strip_suffix("/undo")) {
            None if rest.is_empty() => Some(Self::New),
            Some(Some(id)) => Some(Self::Undo(Id::parse(id))),
            _ => None,
        }
    }

    /// How it is asked for besides being sent to.
    pub(crate) fn allowed(self) -> &'static str {
        if matches!(self, Self::Undo(_)) { "POST" } else { "GET, HEAD, POST" }
    }
}

/// A word that only pages of this server know: whoever sends it has seen one.
pub(crate) fn new_key() -> String {
    let random = || RandomState::new().build_hasher().finish();
    Hash::of(format!("onrecord form {:x} {:x}", random(), random()).as_bytes()).to_string()
}

/// The record that is corrected, and who makes it anew.
pub(crate) struct Bench<'a> {
    /// The record.
    pub(crate) record: &'a Path,
    /// Makes it anew.
    pub(crate) workshop: &'a dyn Workshop,
}

impl Bench<'_> {
    fn store(&self) -> Result<Store> {
        Ok(Store::open_existing(self.record)?)
    }

    /// Keeps a correction and makes the record anew; says whether it is a new one.
    fn keep(&self, store: &mut Store, correction: &Correction) -> Result<bool> {
        let is_new = store.correct(std::slice::from_ref(correction))?;
        if is_new {
            self.workshop.reconcile(store)?;
        }
        Ok(is_new)
    }

    /// Takes a correction back and makes the record anew; `false` where there is none that holds.
    fn undo(&self, store: &mut Store, id: Id, signed: &Signed) -> Result<bool> {
        let undone = store.undo_correction(id, signed)?;
        if undone {
            self.workshop.reconcile(store)?;
        }
        Ok(undone)
    }
}

fn now() -> Result<String> {
    moment(&jiff::Timestamp::now().to_string())
}

/// Who and why are there, and no longer than anybody reads.
fn signed_in_short(signed: &Signed) -> Result<()> {
    for (name, words) in [("by", &signed.by), ("why", &signed.why)] {
        ensure!(!words.trim().is_empty(), "a correction needs who says so and why");
        ensure!(words.chars().count() <= MOST_CHARS, "`{name}` has more than {MOST_CHARS} characters");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_sent_to_few_places() {
        let id = Id::of(["a"]);
        let check = |path: &str, target: Option<Target>| assert_eq!(Target::of(path), target, "{path}");
        check("/review", Some(Target::Form));
        check("/api/v1/corrections", Some(Target::New));
        check(&format!("/api/v1/corrections/{id}/undo"), Some(Target::Undo(Some(id))));
        check("/api/v1/corrections/x/undo", Some(Target::Undo(None)));
        for none in [
            "/",
            "/review/",
            "/api/v1/corrections/",
            "/api/v1/correctionsx",
            &format!("/api/v1/corrections/{id}"),
        ] {
            check(none, None);
        }
    }
}
