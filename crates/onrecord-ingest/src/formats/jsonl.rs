//! JSON Lines: one object a line, one article an object.

use std::io::{BufRead, BufReader, Read};

use onrecord_model::Problem;
use serde_json::{Map, Value};

use crate::formats::decoded::Decoded;
use crate::formats::fields::Record;
use crate::formats::{Format, Input, broken, too_long, unread};
use crate::page::{LONGEST_PAGE_BYTES, Page};
use crate::source::Pages;

/// `.jsonl`, `.ndjson`.
pub(super) struct JsonLines;

/// JSON escapes make a line longer than the text in it, at most six bytes for one.
const LONGEST_LINE_BYTES: u64 = 2 * LONGEST_PAGE_BYTES as u64;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "jsonlines", "json"]
    }

    fn is_recognised(&self, head: &[u8]) -> bool {
        let start = head.trim_ascii_start();
        start.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""))
    }

    fn pages(&'static self, input: Input) -> Pages {
        let reader = BufReader::new(Decoded::new(input.reader));
        Box::new(Lines {
            format: self.name(),
            name: input.name,
            reader,
            line: 0,
            is_done: false,
            has_pages: false,
        })
    }
}

struct Lines {
    format: &'static str,
    name: String,
    reader: BufReader<Decoded>,
    line: u64,
    is_done: bool,
    has_pages: bool,
}

impl Iterator for Lines {
    type Item = Result<Page, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let mut bytes = Vec::new();
            let read = self.reader.by_ref().take(LONGEST_LINE_BYTES).read_until(b'\n', &mut bytes);
            self.line += 1;
            match read {
                Err(err) => return Some(Err(self.stop(broken(&self.name, &err)))),
                Ok(0) => self.is_done = true,
                Ok(n) if n as u64 == LONGEST_LINE_BYTES && bytes.last() != Some(&b'\n') => {
                    return Some(self.skip_line());
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some(self.page(&bytes)),
            }
        }
        None
    }
}

impl Lines {
    fn here(&self) -> String {
        format!("{}#{}", self.name, self.line)
    }

    fn stop(&mut self, problem: Problem) -> Problem {
        self.is_done = true;
        problem
    }

    /// Reads on to the end of a line that is too long to be kept.
    fn skip_line(&mut self) -> Result<Page, Problem> {
        let problem = too_long(&self.here());
        loop {
            let (n, found) = match self.reader.fill_buf() {
                Err(err) => return Err(self.stop(broken(&self.name, &err))),
                Ok(buf) => match memchr::memchr(b'\n', buf) {
                    Some(at) => (at + 1, true),
                    None => (buf.len(), buf.is_empty()),
                },
            };
            self.reader.consume(n);
            if found {
                return Err(problem);
            }
        }
    }

    fn page(&mut self, bytes: &[u8]) -> Result<Page, Problem> {
        let object: Map<String, Value> = match serde_json::from_slice(bytes) {
            Ok(object) => object,
            Err(_) if !self.has_pages && is_spread(bytes) => return Err(self.not_lines()),
            Err(err) => return Err(self.bad_line(&err)),
        };
        let mut record = Record::default();
        for (key, value) in object {
            if let Some(value) = printed(value) {
                record.put(&key, value);
            }
        }
        self.has_pages = true;
        record.page(self.format, &self.name, self.line).unwrap_or_else(|| Err(self.no_text()))
    }

    fn bad_line(&self, err: &serde_json::Error) -> Problem {
        let message = format!(
            "`{}` line {} column {}: not a JSON object: {} (hint: write one object a line; the other lines are read)",
            self.name,
            self.line,
            err.column(),
            reason(err)
        );
        unread(&self.here(), message)
    }

    fn no_text(&self) -> Problem {
        let message = format!(
            "`{}` line {} has no text (hint: put the article into a field `text`, or `html`)",
            self.name, self.line
        );
        unread(&self.here(), message)
    }

    /// A pretty-printed file would otherwise give one problem a line.
    fn not_lines(&mut self) -> Problem {
        let message = format!(
            "cannot read `{0}`: it is one JSON value spread over lines, not JSON Lines (hint: `jq -c '.[]' {0}` writes one object a line)",
            self.name
        );
        let problem = unread(&self.name.clone(), message);
        self.stop(problem)
    }
}

/// What went wrong, without the place: serde counts lines inside the one line it was given.
fn reason(err: &serde_json::Error) -> String {
    let text = err.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Whether a first line opens something that ends on another line.
fn is_spread(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"[") || line == b"{"
}

/// A value as text; lists of names are joined, what has no printed form is left out.
fn printed(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Array(parts) => {
            let parts: Vec<String> =
                parts.into_iter().filter_map(|part| part.as_str().map(str::to_owned)).collect();
            Some(parts.join(", "))
        }
        Value::Null | Value::Object(_) => None,
    }
}
