//! Keeps a page's tree shallow, and its tags short, before it is built.
//!
//! The parser's time grows with the square of the depth: sixteen thousand open elements in 150 KB
//! take seconds. No article needs such a depth, so tags beyond [`DEEPEST`] are left out, and the
//! end tags that belong to them; the words stay.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many elements may be open at once. Real pages stay under 100.
const DEEPEST: usize = 256;

/// How many of the elements that mark letters may be open at once: the parser opens all of them
/// again in every paragraph that follows.
const MOST_MARKS: usize = 32;

/// How many attributes a tag may have: the parser compares each with all before it.
const MOST_FIELDS: usize = 256;

/// Elements that mark letters.
const MARKS: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that hold nothing, and those that the parser closes by itself when the next one opens.
const NOT_COUNTED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "html", "body", "head", "img", "input", "li",
    "link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
    "wbr",
];

/// Elements whose inside is not markup.
const OPAQUE: &[&str] = &["script", "style", "textarea", "title", "xmp"];

/// The page with at most [`DEEPEST`] elements open and no tag with more than [`MOST_FIELDS`] attributes, and
/// whether anything had to go.
pub(super) fn bounded(html: &str) -> (Cow<'_, str>, bool) {
    let mut cut = Cut { html, kept: String::new(), copied: 0, open: BTreeMap::new(), depth: 0, marks: 0 };
    cut.run();
    if cut.copied == 0 {
        return (Cow::Borrowed(html), false);
    }
    cut.kept.push_str(&html[cut.copied..]);
    (Cow::Owned(cut.kept), true)
}

/// How many elements of one name are open, and how many start tags beyond the limit were left out.
#[derive(Default)]
struct Open {
    kept: usize,
    left_out: usize,
}

struct Cut<'h> {
    html: &'h str,
    kept: String,
    copied: usize,
    open: BTreeMap<String, Open>,
    depth: usize,
    marks: usize,
}

impl Cut<'_> {
    fn run(&mut self) {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(start) = memchr::memchr(b'<', &bytes[at..]).map(|i| at + i) {
            at = start + 1;
            let is_end = bytes.get(at) == Some(&b'/');
            let name_at = at + usize::from(is_end);
            if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
                at = self.after_comment(start);
                continue;
            }
            let name = tag_name(&bytes[name_at..]);
            let name_end = name_at + name.len();
            let fields;
            (at, fields) = tag_end(bytes, name_end);
            let is_kept = if is_end { self.close(&name) } else { self.open(&name) };
            if is_kept && fields > MOST_FIELDS {
                self.leave_out(name_end, at - usize::from(bytes[at - 1] == b'>'));
            }
            if !is_kept {
                self.leave_out(start, at);
            } else if !is_end && OPAQUE.contains(&name.as_str()) {
                at = self.after_opaque(at, &name);
            }
        }
    }

    fn leave_out(&mut self, start: usize, end: usize) {
        self.kept.push_str(&self.html[self.copied..start]);
        self.copied = end;
    }

    fn open(&mut self, name: &str) -> bool {
        if NOT_COUNTED.contains(&name) || OPAQUE.contains(&name) {
            return true;
        }
        let is_mark = MARKS.contains(&name);
        let is_kept = self.depth < DEEPEST && !(is_mark && self.marks >= MOST_MARKS);
        let open = self.open.entry(name.to_owned()).or_default();
        if is_kept {
            open.kept += 1;
            self.depth += 1;
            self.marks += usize::from(is_mark);
        } else {
            open.left_out += 1;
        }
        is_kept
    }

    fn close(&mut self, name: &str) -> bool {
        let Some(open) = self.open.get_mut(name) else { return true };
        if open.left_out > 0 {
            open.left_out -= 1;
            return false;
        }
        if open.kept > 0 {
            open.kept -= 1;
            self.depth -= 1;
            self.marks -= usize::from(MARKS.contains(&name));
        }
        true
    }

    fn after_comment(&self, start: usize) -> usize {
        let rest = &self.html.as_bytes()[start..];
        if !rest.starts_with(b"<!--") {
            return start + 1;
        }
        // An unclosed comment swallows the rest of the page, here as in browsers.
        memchr::memmem::find(&rest[2..], b"-->").map_or(self.html.len(), |i| start + 2 + i + 3)
    }

    /// Behind the end tag of an element whose inside is not markup, or the page's end.
    fn after_opaque(&self, from: usize, name: &str) -> usize {
        let bytes = self.html.as_bytes();
        memchr::memmem::find_iter(&bytes[from..], b"</")
            .map(|i| from + i)
            .find(|at| {
                bytes
                    .get(at + 2..at + 2 + name.len())
                    .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
            })
            .unwrap_or(bytes.len())
    }
}

fn tag_name(bytes: &[u8]) -> String {
    let end = bytes
        .iter()
        .take(64)
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
        .unwrap_or(bytes.len().min(64));
    String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase()
}

/// Behind the `>` that ends a tag, where one inside a quoted value does not; and about how many attributes
/// the tag has.
fn tag_end(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut fields) = (from, 0);
    let (mut last, mut is_apart) = (b' ', false);
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' => return (at + 1, fields),
            b'"' | b'\'' if last == b'=' => {
                let Some(end) = memchr::memchr(b, &bytes[at + 1..]) else { return (bytes.len(), fields) };
                at += end + 1;
            }
            _ => {}
        }
        let was_apart =
            std::mem::replace(&mut is_apart, matches!(b, b'/' | b'"' | b'\'') || b.is_ascii_whitespace());
        fields += usize::from(is_apart && !was_apart);
        if !b.is_ascii_whitespace() {
            last = b;
        }
        at += 1;
    }
    (bytes.len(), fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, is_cut: bool) -> String {
        let (kept, cut) = bounded(html);
        assert_eq!(cut, is_cut);
        kept.into_owned()
    }

    #[test]
    fn ordinary_pages_are_left_alone() {
        check("<div><p>a<p>b<br></div><script>if (a<b) '<div>'</script><!-- <div> --><p title='>'>c", false);
        check(&"<p>word ".repeat(5_000), false);
        check(&"<div>word</div>".repeat(5_000), false);
        check("<", false);
        check("<a href=\"", false);
        check("<!--", false);
        check(&"<script>".repeat(100), false);
    }

    #[test]
    fn deep_pages_lose_tags_and_keep_words() {
        let deep = format!("{}word{}<p>after", "<div>".repeat(16_000), "</div>".repeat(16_000));
        let kept = check(&deep, true);
        assert_eq!(kept, format!("{}word{}<p>after", "<div>".repeat(DEEPEST), "</div>".repeat(DEEPEST)));
        let many = (0..9_000).map(|i| format!(" a{i}='>'")).collect::<String>();
        assert_eq!(check(&format!("x<p{many}>word<p a='b'>"), true), "x<p>word<p a='b'>");
        assert_eq!(check(&format!("x<p{many}ä"), true), "x<p");
        let crossed = check(&"<b>x<i>".repeat(9_000), true);
        assert_eq!(crossed.matches('x').count(), 9_000);
    }
}
