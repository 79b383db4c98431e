//! The formats that articles come in: one file a format, and the table of them.

mod decoded;
mod fields;
mod gzip;
mod html;
mod jsonl;
mod sniff;
pub(crate) use sniff::utf16;
mod table;
mod text;

#[cfg(test)]
mod tests;

use std::io::{self, Cursor, Read};

use onrecord_model::{Origin, Problem, ProblemKind};

use crate::page::LONGEST_PAGE_BYTES;
use crate::source::Pages;

/// An opened input: its name as the user gave it, and its bytes.
pub struct Input {
    pub(crate) name: String,
    pub(crate) reader: Box<dyn Read + Send>,
}

/// A way to find pages in a file.
///
/// Contract, checked for every format by `every_format_keeps_the_contract`: any bytes give pages or
/// problems, never a panic or an endless list; the same bytes give the same pages; every page and
/// problem names the input; no page is longer than [`LONGEST_PAGE_BYTES`].
pub trait Format: Sync {
    /// The name used on the command line and in the docs.
    fn name(&self) -> &'static str;

    /// Endings of file names, without the dot, that this format goes by.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a file whose name says nothing starts like this format. `head` has at most 8 KiB.
    fn is_recognised(&self, head: &[u8]) -> bool;

    /// The pages in `input`, read as they are asked for.
    fn pages(&'static self, input: Input) -> Pages;
}

/// Every format, in the order in which a nameless file is tried. A new one is added here and nowhere else.
pub const FORMATS: &[&dyn Format] =
    &[&html::Html, &jsonl::JsonLines, &table::COMMA_SEPARATED, &table::TAB_SEPARATED, &text::Text];

const HEAD_BYTES: usize = 8 << 10;

/// Reads `input` by the format that its name and its first bytes say, unpacked if it is gzip-compressed.
pub(crate) fn read(mut input: Input) -> Pages {
    let head = match take_head(&mut input) {
        Ok(head) => head,
        Err(err) => return failed(&input.name, &err),
    };
    if gzip::is_gzip(&head) {
        input.reader = gzip::unpacked(input.reader);
        return match take_head(&mut input) {
            Ok(head) => read_plain(&head, input),
            Err(err) => failed(&input.name, &err),
        };
    }
    read_plain(&head, input)
}

fn read_plain(head: &[u8], input: Input) -> Pages {
    let extension = extension(&input.name);
    if let Some((what, hint)) = sniff::unreadable(head, &extension) {
        let message = format!("cannot read `{}`: it is {what} (hint: {hint})", input.name);
        return Box::new(std::iter::once(Err(unread(&input.name, message))));
    }
    choose(head, &extension).pages(input)
}

/// A page that calls itself text is often HTML, so there the content has the last word.
fn choose(head: &[u8], extension: &str) -> &'static dyn Format {
    let named = FORMATS.iter().find(|format| format.extensions().contains(&extension));
    match named {
        Some(format) if format.name() != text::Text.name() => *format,
        Some(text) => {
            *FORMATS.iter().find(|f| f.name() == html::Html.name() && f.is_recognised(head)).unwrap_or(text)
        }
        None => {
            *FORMATS.iter().find(|format| format.is_recognised(head)).unwrap_or(&FORMATS[FORMATS.len() - 1])
        }
    }
}

/// The last ending of the file's name in lower case, leaving out `.gz`; empty if there is none.
fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let file = file.strip_suffix(".gz").unwrap_or(&file);
    file.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default()
}

/// The first bytes of `input`, which stays as if nothing had been read.
fn take_head(input: &mut Input) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.reader.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let rest = std::mem::replace(&mut input.reader, Box::new(io::empty()));
    input.reader = Box::new(Cursor::new(head.clone()).chain(rest));
    Ok(head)
}

/// All bytes of an input that is one page.
fn whole(input: Input) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    match input.reader.take(LONGEST_PAGE_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Err(err) => Err(broken(&input.name, &err)),
        Ok(_) if bytes.len() > LONGEST_PAGE_BYTES => Err(too_long(&input.name)),
        Ok(_) => Ok(bytes),
    }
}

fn origin(name: &str, record: Option<u64>, given_id: Option<String>) -> Origin {
    Origin { path: name.to_owned(), record, given_id }
}

fn unread(origin: &str, message: String) -> Problem {
    Problem { kind: ProblemKind::Unread, origin: origin.to_owned(), message, span: None }
}

fn failed(name: &str, err: &io::Error) -> Pages {
    Box::new(std::iter::once(Err(broken(name, err))))
}

fn broken(name: &str, err: &io::Error) -> Problem {
    unread(name, format!("cannot read `{name}` to its end: {err} (hint: fetch or unpack the file again)"))
}

fn too_long(origin: &str) -> Problem {
    let limit = LONGEST_PAGE_BYTES >> 20;
    unread(
        origin,
        format!(
            "`{origin}` is longer than {limit} MiB, which no article is (hint: split the file, one article a file or line)"
        ),
    )
}
