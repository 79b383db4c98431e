//! JSON in which no character hides another: what cannot be seen is escaped, so that it reads back exactly.

use std::io::{self, Write};

use anyhow::Result;
use onrecord_render::brief::show::is_hidden;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Compact JSON with hidden characters as `\uXXXX`.
struct Plain;

impl Formatter for Plain {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        for piece in fragment.split_inclusive(is_hidden) {
            let mut shown = piece.chars();
            match shown.next_back() {
                Some(last) if is_hidden(last) => {
                    out.write_all(shown.as_str().as_bytes())?;
                    for unit in last.encode_utf16(&mut [0; 2]) {
                        write!(out, "\\u{unit:04x}")?;
                    }
                }
                _ => out.write_all(piece.as_bytes())?,
            }
        }
        Ok(())
    }
}

/// One value, on one line.
pub(super) fn write_line(value: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Plain))?)
}

/// A list of which each item stands on a line of its own, written as they come.
pub(super) struct Items<'o> {
    out: &'o mut dyn Write,
    is_empty: bool,
}

impl<'o> Items<'o> {
    /// `opening` ends with the bracket of the list.
    pub(super) fn begin(opening: &str, out: &'o mut dyn Write) -> Result<Self> {
        out.write_all(opening.as_bytes())?;
        Ok(Self { out, is_empty: true })
    }

    pub(super) fn put(&mut self, item: &impl Serialize) -> Result<()> {
        self.out.write_all(if self.is_empty { b"\n" } else { b",\n" })?;
        self.is_empty = false;
        write_line(item, self.out)
    }

    /// `closing` begins with the bracket of the list.
    pub(super) fn end(self, closing: &str) -> Result<()> {
        Ok(write!(self.out, "\n{closing}\n")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_escaped_and_reads_back() {
        let hostile = "a\u{202e}b\u{0}\"\\\n\u{e0041}\u{7f}z\u{ad}";
        let mut out = Vec::new();
        write_line(&hostile, &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written, r#""a\u202eb\u0000\"\\\n\udb40\udc41\u007fz\u00ad""#);
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), hostile);
    }
}
