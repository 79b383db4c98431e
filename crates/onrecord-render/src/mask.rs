//! Masks e-mail addresses and telephone numbers in everything derived from an article.
//!
//! Character for character, so that offsets stay what they are. The article itself, as stored, is never
//! changed.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// Shapes that are contact data wherever they stand, and the fewest digits that make one a telephone number.
static CONTACTS: LazyLock<Vec<(Regex, usize)>> = LazyLock::new(|| {
    let shapes = [
        (r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8}", 0),
        // International: +44 20 7946 0000, 0049 (30) 1234-567.
        (r"(?:\+|\b00)[1-9][\d\x20().\-/]{6,20}\d\b", 8),
        // With an area code in brackets: (495) 123-45-67.
        (r"\(\d{2,5}\)[\x20\-]?\d{2,4}(?:[\x20\-]?\d{2,4}){1,3}\b", 9),
        // National: 020 7946 0000; 555-123-4567. A leading zero is no quantity.
        (r"\b0\d{1,4}[\x20/\-]\d{2,4}(?:[\x20\-]?\d{2,4}){1,3}\b", 9),
        (r"\b\d{3}[\-.]\d{3}[\-.]\d{4}\b", 10),
    ];
    shapes
        .iter()
        .filter_map(|(shape, digits)| Some((Regex::new(&format!("(?-u){shape}")).ok()?, *digits)))
        .collect()
});

/// `text` with every letter and digit of contact data as `*`. Same length in bytes and in characters.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    if !text.contains(|c: char| c == '@' || c.is_ascii_digit()) {
        return out;
    }
    for (shape, digits) in CONTACTS.iter() {
        let is_contact = |found: &str| found.bytes().filter(u8::is_ascii_digit).count() >= *digits;
        let spans: Vec<_> =
            shape.find_iter(&out).filter(|m| is_contact(m.as_str())).map(|m| m.range()).collect();
        for span in spans {
            let stars = out[span.clone()].replace(|c: char| c.is_ascii_alphanumeric(), "*");
            out.to_mut().replace_range(span, &stars);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(masked(text), expected);
        assert_eq!(expected.len(), text.len());
    }

    #[test]
    fn contact_data_is_masked_character_for_character() {
        check("Écrire à press.office@ministry.example now", "Écrire à *****.******@********.******* now");
        check("call +44 20 7946 0000.", "call +** ** **** ****.");
        check("Tel.: (495) 123-45-67", "Tel.: (***) ***-**-**");
        check("on 020 7946 0000 or 555-123-4567", "on *** **** **** or ***-***-****");
    }

    #[test]
    fn figures_and_dates_are_no_telephone_numbers() {
        for text in [
            "16,000 offices and 100 000 000 people in 2019-2024",
            "2024-02-28T15:40:00+03:00 and 28.02.2024, 09.30-10.30",
            "more than 1 234 567 890 euros; +15 percent; 3:2 @ home",
            "from (2014) 2019 to 0800-1700",
        ] {
            check(text, text);
        }
    }
}
