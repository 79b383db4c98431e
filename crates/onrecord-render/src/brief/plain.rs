//! Words as plain characters: what cannot be seen is made visible, so that no text hides another.

/// Whether a character changes how its neighbours look, or cannot be seen.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}'
        | '\u{61c}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// `text` with hidden characters as their numbers and line ends as blanks.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            // Joiners belong to the spelling of many scripts and do no harm.
            '\u{200c}' | '\u{200d}' => out.push(c),
            c if is_hidden(c) => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(visible("a\u{202e}b\u{0}c\nd"), "a⟨U+202E⟩b⟨U+0000⟩c d");
        assert_eq!(visible("\u{1b}[31mred"), "⟨U+001B⟩[31mred");
        assert_eq!(visible("naïve «слово» می\u{200c}خواهم"), "naïve «слово» می\u{200c}خواهم");
    }
}
