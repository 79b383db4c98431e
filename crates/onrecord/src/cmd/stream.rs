//! Pages through a function, in their order, without a record.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use onrecord_ingest::Page;
use onrecord_model::Problem;
use rayon::prelude::*;

use super::inputs::{Inputs, list_unread};
use super::{DONE, DONE_WITH_UNREAD, NOTHING_FOUND};
use crate::pipeline::{Item, items, next_batch};

/// Runs `work` over every page, a batch on all threads at a time, and gives the answers to `print` in the
/// order of the input.
pub(crate) fn each_page<T: Send>(
    inputs: &Inputs,
    work: impl Fn(&Page) -> Result<T, Problem> + Sync,
    out: &mut dyn Write,
    print: impl Fn(T, &mut dyn Write) -> Result<()>,
) -> Result<ExitCode> {
    let mut items = items(&inputs.inputs, &inputs.selection()?);
    let (mut files, mut unread) = (0, Vec::new());
    loop {
        let batch = next_batch(&mut items);
        if batch.is_empty() {
            break;
        }
        files += batch.iter().filter(|item| matches!(item, Item::File)).count();
        let answers: Vec<Option<Result<T, Problem>>> = batch
            .into_par_iter()
            .map(|item| match item {
                Item::File => None,
                Item::Page(page) => Some(work(&page)),
                Item::Problem(problem) => Some(Err(problem)),
            })
            .collect();
        for answer in answers.into_iter().flatten() {
            match answer {
                Ok(answer) => print(answer, out)?,
                Err(problem) => unread.push(problem),
            }
        }
    }
    list_unread(&unread);
    if files == 0 && unread.is_empty() {
        inputs.explain_nothing();
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    Ok(ExitCode::from(if unread.is_empty() { DONE } else { DONE_WITH_UNREAD }))
}
