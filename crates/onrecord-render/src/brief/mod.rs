//! The record to read and cite: who said what, told by whom, where the accounts differ.
//!
//! [`record`] and [`statement`] say what a brief holds, as a stream of blocks; a [`Format`] says how a block
//! looks. Fixed templates stand around exact words, and every word of an article has a footnote that
//! says where it stands.

mod accounts;
pub mod changes;
mod corrections;
mod doc;
mod docx;
mod draft;
mod figures;
mod html;
mod index;
mod links;
mod markdown;
mod notes;
mod plain;
mod record;
mod stars;
mod statement;
mod story;
mod terminal;
mod words;

use std::io::{self, Write};

use anyhow::Result;

use crate::loaded::Loaded;
use doc::Block;

pub use corrections::in_words as told_in_words;
pub use index::Index;
pub use record::Length;

/// How a brief looks.
///
/// Contract, checked for every format by `every_format_keeps_the_contract`: what an article prints is shown as
/// text whatever it holds; the same record gives the same bytes.
pub trait Format {
    /// What stands before the first block.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;
    /// One block.
    fn block(&mut self, block: &Block, out: &mut dyn Write) -> io::Result<()>;
    /// What stands after the last block.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// A format. A new one is added to [`FORMATS`] and nowhere else.
#[derive(Debug)]
pub struct Entry {
    /// The name used on the command line.
    pub name: &'static str,
    /// Whether people can read the bytes themselves, as on a screen.
    pub is_text: bool,
    /// Begins a brief.
    pub begin: fn() -> Box<dyn Format>,
}

/// Every format.
pub const FORMATS: &[Entry] = &[
    Entry { name: "markdown", is_text: true, begin: || Box::new(markdown::Markdown::default()) },
    Entry { name: "html", is_text: true, begin: || Box::new(html::Html::default()) },
    Entry { name: "text", is_text: true, begin: || Box::new(terminal::Terminal::of_this_process()) },
    Entry { name: "docx", is_text: false, begin: || Box::new(docx::Docx::default()) },
];

/// Writes the whole brief.
pub fn write(loaded: &Loaded, length: &Length, format: &mut dyn Format, out: &mut dyn Write) -> Result<()> {
    let index = Index::new(loaded);
    shown(format, out, |sink| record::write(&index, length, sink))
}

/// What `build` ends with: the record in numbers and the statement that is told most and most differently.
pub fn top(loaded: &Loaded, out: &mut dyn Write) -> Result<()> {
    let index = Index::new(loaded);
    shown(&mut terminal::Terminal::of_this_process(), out, |sink| record::top(&index, sink))
}

/// Runs `write` into a format.
pub fn shown(
    format: &mut dyn Format,
    out: &mut dyn Write,
    write: impl FnOnce(&mut doc::Sink) -> io::Result<()>,
) -> Result<()> {
    format.begin(out)?;
    write(&mut |block| format.block(block, out))?;
    Ok(format.end(out)?)
}

pub mod show {
    //! One thing of the record as blocks, for the screen.

    pub use super::accounts::rows as accounts;
    pub use super::doc::{Anchor, Block, Inline, Level, Line, Sink, count, joined, text, thousands};
    pub use super::draft::write as draft;
    pub use super::figures::{label, plot};
    pub use super::html::{Html, STYLE, escaped, kinds_in_words};
    pub use super::links::Links;
    pub use super::notes::{Notes, by_time, citation, points, when, words_of};
    pub use super::plain::{is_hidden, visible};
    pub use super::record::stories;
    pub use super::stars::{Star, stars};
    pub use super::statement::{
        Told, account_words, and_more, gist, gist_of, lead, on_one_line, speaker, speaker_name,
    };
    pub use super::story::write as story;
    pub use super::terminal::Terminal;
    pub use super::words::printed;
}

#[cfg(test)]
mod tests;
