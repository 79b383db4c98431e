//! Text in XML 1.0.

use onrecord_render::brief::show::is_hidden;

/// `text` as XML can hold it: hidden characters as their numbers, and those that it forbids as U+FFFD.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            c if c == '\r' || is_hidden(c) => out.push_str(&format!("&#x{:X};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element() {
        assert_eq!(
            escaped("</data>&\"\u{202e}\u{0}\u{1b}]]>é"),
            "&lt;/data&gt;&amp;&quot;&#x202E;\u{fffd}\u{fffd}]]&gt;é"
        );
    }
}
