//! What a program sends: a correction in the shape that lists and files have, or that one is taken back.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use axum::http::HeaderMap;
use onrecord_model::{Correction, Hash, Id, Place};
use onrecord_render::wire::{CorrectionV1, SignedV1};
use onrecord_store::Store;
use serde_json::Value;

use super::{Bench, MOST_CHARS, READ_ONLY, Target, now, signed_in_short};
use crate::answer::Reply;

/// What a program has to send along. A page of another site cannot: browsers ask us first, and we do not answer.
pub(crate) const HEADER: &str = "onrecord-correct";
/// Places of one correction.
const MOST_PLACES: usize = 1_000;

const UNREAD: &str =
    "A correction is sent as application/json: an object as `GET /api/v1/corrections` gives them.";
const NOT_SAID: &str = "Send the header `Onrecord-Correct: 1` along, which no page of another site can.";

/// Why a program may not correct; `None` lets it.
pub(crate) fn refusal(headers: &HeaderMap, is_edited: bool) -> Option<Reply> {
    let message = match headers.contains_key(HEADER) {
        _ if !is_edited => READ_ONLY,
        true => return None,
        false => NOT_SAID,
    };
    Some(Reply::wrong(403, message, true))
}

/// Carries out what a program sends. Gives the correction, and whether there is a new one; or what to answer instead.
pub(crate) fn apply(bench: &Bench, target: Target, sent: Option<Value>) -> Result<Result<(Id, bool), Reply>> {
    let bad = |wrong: anyhow::Error| Ok(Err(Reply::wrong(400, &format!("{wrong:#}"), true)));
    let Some(sent) = sent else { return Ok(Err(Reply::wrong(400, UNREAD, true))) };
    let mut store = bench.store()?;
    if let Target::Undo(id) = target {
        let known = store.corrections()?.into_iter().find(|correction| Some(correction.id) == id);
        let Some(known) = known else {
            return Ok(Err(Reply::wrong(404, "The record has nothing under this address.", true)));
        };
        let signed = match SignedV1::sent(sent, &now()?).and_then(|s| signed_in_short(&s).map(|()| s)) {
            Ok(signed) => signed,
            Err(wrong) => return bad(wrong),
        };
        return Ok(match bench.undo(&mut store, known.id, &signed)? {
            true => Ok((known.id, false)),
            false => Err(Reply::wrong(400, "It was taken back before.", true)),
        });
    }
    let read =
        CorrectionV1::sent(sent, &now()?).and_then(|correction| is_sound(&correction).map(|()| correction));
    let correction = match read {
        Ok(correction) => correction,
        Err(wrong) => return bad(wrong),
    };
    if !finds_its_words(&store, &correction)? {
        let message = "Not all of its words stand in articles of the record: `start` and `end` count code points of the clean text of a page with this `page_hash`.";
        return Ok(Err(Reply::wrong(400, message, true)));
    }
    let is_new = bench.keep(&mut store, &correction)?;
    Ok(Ok((correction.id, is_new)))
}

fn is_sound(correction: &Correction) -> Result<()> {
    signed_in_short(&correction.signed)?;
    let change = &correction.change;
    let places = change.places().len() + change.content().len();
    ensure!(places <= MOST_PLACES, "it has more than {MOST_PLACES} places");
    if let onrecord_model::Change::Speaker { name: Some(name), .. } = change {
        ensure!(!name.trim().is_empty(), "`name` is empty; null says that nobody knows");
        ensure!(name.chars().count() <= MOST_CHARS, "`name` has more than {MOST_CHARS} characters");
    }
    Ok(())
}

/// Whether the record prints every word that it is about.
fn finds_its_words(store: &Store, correction: &Correction) -> Result<bool> {
    let places: Vec<&Place> =
        correction.change.places().into_iter().chain(correction.change.content()).collect();
    let pages: BTreeSet<Hash> = places.iter().map(|place| place.page).collect();
    let mut left = places;
    for id in store.articles_of_pages(&pages)? {
        if let Some(annotated) = store.article_with(id, onrecord_store::Layers::Bare)? {
            left.retain(|place| place.find_in(&annotated.article).is_none());
        }
    }
    Ok(left.is_empty())
}
