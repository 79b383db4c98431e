//! What stands behind the question mark of an address.

use std::collections::BTreeMap;

/// Names and values; of a name that stands twice the first counts. What is no sound text is replaced by U+FFFD.
pub(crate) fn read(query: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        out.entry(decoded(name)).or_insert_with(|| decoded(value));
    }
    out
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(if byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_is_read() {
        let check = |query: &str, name: &str, value: Option<&str>| {
            assert_eq!(read(query).get(name).map(String::as_str), value, "{query}");
        };
        check("q=a+b%20c&q=other", "q", Some("a b c"));
        check("q=%C3%A9&x", "q", Some("é"));
        check("x", "x", Some(""));
        check("q=100%&p=%zz%é", "q", Some("100%"));
        check("q=100%&p=%zz%é", "p", Some("%zz%é"));
        check("q=%FF", "q", Some("\u{fffd}"));
        check("", "q", None);
    }
}
