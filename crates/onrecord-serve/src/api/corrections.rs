//! What people said about the record, for programs.

use anyhow::Result;
use onrecord_model::Correction;
use onrecord_render::wire::CorrectionV1;
use serde_json::Value;

use super::{Call, Outcome, listed};
use crate::{desk::Desk, log};

pub(super) fn list(desk: &Desk, call: &Call) -> Result<Outcome> {
    let all = desk.store.corrections()?;
    let total = all.len();
    let shown = all.into_iter().skip(call.page.offset).take(call.page.limit).collect();
    Ok(listed(call.page, total, rows(desk, shown)?))
}

pub(super) fn one(desk: &Desk, call: &Call) -> Result<Outcome> {
    let all = desk.store.corrections()?;
    let known = all.into_iter().filter(|correction| Some(correction.id) == call.id).collect();
    Ok(rows(desk, known)?.into_iter().next().map_or(Outcome::NotFound, Outcome::Found))
}

fn rows(desk: &Desk, corrections: Vec<Correction>) -> Result<Vec<Value>> {
    let loaded = log::loaded(desk, corrections)?;
    let rows = loaded.corrections.iter().zip(&loaded.standings);
    let row =
        |(correction, &standing)| serde_json::to_value(CorrectionV1::new(correction, standing, &loaded));
    Ok(rows.map(row).collect::<Result<_, _>>()?)
}
