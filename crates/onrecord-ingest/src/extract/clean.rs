//! Makes printed words plain: blanks of every width, invisible characters, entities left in text.
//!
//! The words themselves stay as printed, glued ones included; every byte of the result can be
//! followed back.

use onrecord_model::{OffsetMap, Span};

use super::entities;

/// A text under construction, with the way back to the raw text.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    pub(crate) text: String,
    pub(crate) map: OffsetMap,
}

impl Builder {
    /// Adds `words` as a paragraph of its own; `to_raw` leads from `words` to the raw text. Returns
    /// where the paragraph stands; an empty one leaves no trace.
    pub(crate) fn paragraph(&mut self, words: &str, to_raw: &OffsetMap) -> Span {
        let clean = plain(words);
        if clean.text.is_empty() {
            return Span::new(self.text.len(), self.text.len());
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        for (derived, source, len) in clean.map.then(to_raw).runs() {
            let source = Span::new(source as usize, (source + len) as usize);
            self.map.push(start + derived as usize, source);
        }
        self.text.push_str(&clean.text);
        Span::new(start, self.text.len())
    }
}

/// The plain form of `words`, mapped to `words`. Blanks at the edges go, line breaks become blanks.
pub(crate) fn plain(words: &str) -> Builder {
    let mut out = Builder::default();
    let mut blanks: Option<Span> = None;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        let (shown, len) = shown(words, at, c);
        let source = Span::new(at, at + len);
        at += len;
        match shown {
            None => {}
            Some(' ') if out.text.is_empty() => {}
            Some(' ') => blanks = Some(blanks.map_or(source, |b| b.cover(source))),
            Some(shown) => {
                if let Some(blanks) = blanks.take() {
                    put_blanks(&mut out, words, blanks);
                }
                put(&mut out, words, shown, source);
            }
        }
    }
    out
}

/// As many plain blanks as were printed; a line break or a tab counts as one blank.
fn put_blanks(out: &mut Builder, words: &str, blanks: Span) {
    for (i, c) in blanks.slice(words).char_indices() {
        let at = blanks.start() + i;
        if shown(words, at, c).0 == Some(' ') {
            put(out, words, ' ', Span::new(at, at + c.len_utf8()));
        }
    }
}

fn put(out: &mut Builder, words: &str, shown: char, source: Span) {
    let mut bytes = [0; 4];
    if source.slice(words) == shown.encode_utf8(&mut bytes) {
        out.map.push(out.text.len(), source);
    }
    out.text.push(shown);
}

/// What a reader sees where `c` stands at byte `at`, and how many bytes of `words` that takes.
fn shown(words: &str, at: usize, c: char) -> (Option<char>, usize) {
    let len = c.len_utf8();
    match c {
        '&' => match entities::at(&words[at..]) {
            Some((decoded, len)) => (visible(decoded), len),
            None => (Some(c), len),
        },
        '\r' if words[at..].starts_with("\r\n") => (None, len),
        // Joiners carry meaning in scripts that join their letters, and in emoji.
        '\u{200c}' | '\u{200d}' if words[..at].chars().next_back().is_some_and(|p| p as u32 > 0x52f) => {
            (Some(c), len)
        }
        _ => (visible(c), len),
    }
}

fn visible(c: char) -> Option<char> {
    match c {
        _ if c.is_whitespace() => Some(' '),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => None,
        _ if c.is_control() => None,
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        let clean = plain(words);
        assert_eq!(clean.text, expected);
        for (i, c) in clean.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            if let Some(source) = clean.map.to_source(Span::new(i, i + c.len_utf8())) {
                assert!(source.slice(words).contains(c) || words.contains('&'), "{c} of {words}");
            }
        }
    }

    #[test]
    fn words_are_kept_and_only_their_dress_changes() {
        check("  5\u{a0}200 men \t", "5 200 men");
        check("pre\u{ad}ven\u{200b}tive", "preventive");
        check("A &amp; B&#8217;s &laquo;word&raquo;&nbsp;here", "A & B’s «word» here");
        check("AT&T & R&D &bogus; &#xZZ;", "AT&T & R&D &bogus; &#xZZ;");
        check("two  blanks\r\nand a break", "two  blanks and a break");
        check("In theBasin\0 work", "In theBasin work");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("\u{200b} \u{ad}", "");
    }

    #[test]
    fn paragraphs_lead_back_to_the_raw_text() {
        let raw = "xx A&nbsp;b yy";
        let mut out = Builder::default();
        out.paragraph("first", &OffsetMap::default());
        let mut map = OffsetMap::default();
        map.push(0, Span::new(3, 11));
        let span = out.paragraph(&raw[3..11], &map);
        assert_eq!(span.slice(&out.text), "A b");
        assert_eq!(out.map.to_source(span).unwrap().slice(raw), "A&nbsp;b");
    }
}
