//! From bytes to text: which encoding, what is damaged, and where every character stood.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use onrecord_model::{OffsetMap, Span};

use crate::formats::utf16;

/// A declaration stands early, or browsers do not see it either.
const DECLARATION_BYTES: usize = 4 << 10;

/// The detector learns nothing new from more.
const DETECTION_BYTES: usize = 64 << 10;

/// Texts longer than this in an encoding other than UTF-8 get no map: it would be larger than they are.
const LONGEST_MAPPED_BYTES: usize = 4 << 20;

/// A decoded page.
pub(crate) struct Decoded {
    /// The text; undecodable bytes are U+FFFD.
    pub(crate) text: String,
    /// From `text` to the bytes, where characters can be followed one by one.
    pub(crate) map: Option<OffsetMap>,
    /// The encoding's name.
    pub(crate) encoding: &'static str,
    /// How many places could not be decoded.
    pub(crate) damaged: usize,
}

/// Decodes a whole page; `is_html` pages may name their encoding.
pub(crate) fn page(bytes: &[u8], is_html: bool) -> Decoded {
    let declared = if is_html { declared(bytes) } else { None };
    let encoding = encoding_of(bytes, true, declared);
    if encoding == UTF_8 {
        return utf8(bytes);
    }
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let damaged = text.matches('\u{fffd}').count();
    let can_follow = encoding.is_single_byte() && bytes.len() <= LONGEST_MAPPED_BYTES;
    let map = can_follow.then(|| one_byte_a_character(&text));
    Decoded { text: text.into_owned(), map, encoding: encoding.name(), damaged }
}

/// The first bytes of a file as text, for looking at only.
pub(crate) fn head(bytes: &[u8]) -> String {
    encoding_of(bytes, false, None).decode_with_bom_removal(bytes).0.into_owned()
}

/// The encoding by mark, zeros, validity, declaration and letter statistics, in this order.
/// `is_whole` is false for a beginning that may end inside a character.
pub(crate) fn encoding_of(
    bytes: &[u8],
    is_whole: bool,
    declared: Option<&'static Encoding>,
) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16(bytes) {
        return encoding;
    }
    if is_utf8(bytes, is_whole) {
        return UTF_8;
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => detected(bytes, is_whole),
    }
}

/// Valid UTF-8, or UTF-8 with a few broken places: a foreign encoding breaks nearly every letter.
fn is_utf8(bytes: &[u8], is_whole: bool) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let cut = usize::from(!is_whole).min(bad);
    bad - cut == 0 || good >= 10 * (bad - cut)
}

fn detected(bytes: &[u8], is_whole: bool) -> &'static Encoding {
    let seen = &bytes[..bytes.len().min(DETECTION_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(seen, is_whole && seen.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// `charset=` in the first bytes of a page, whichever element it stands in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = |mark: &str| head.find(mark).map(|at| at + mark.len());
    let from = after("charset=").or_else(|| after("encoding="))?;
    let label: String = head[from..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    // A page that names UTF-16 in letters that we could read is not in UTF-16.
    Encoding::for_label(label.as_bytes()).filter(|e| e.is_ascii_compatible())
}

fn utf8(bytes: &[u8]) -> Decoded {
    let (mut text, mut map, mut damaged) = (String::with_capacity(bytes.len()), OffsetMap::default(), 0);
    let mut at = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    for chunk in bytes[at..].utf8_chunks() {
        let end = at + chunk.valid().len();
        map.push(text.len(), Span::new(at, end));
        text.push_str(chunk.valid());
        at = end + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            text.push('\u{fffd}');
            damaged += 1;
        }
    }
    Decoded { text, map: Some(map), encoding: UTF_8.name(), damaged }
}

fn one_byte_a_character(text: &str) -> OffsetMap {
    let mut map = OffsetMap::default();
    for (byte, (at, _)) in text.char_indices().enumerate() {
        map.push(at, Span::new(byte, byte + 1));
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], is_html: bool, encoding: &str, text: &str) {
        let page = page(bytes, is_html);
        assert_eq!((page.encoding, page.text.as_str()), (encoding, text));
    }

    #[test]
    fn any_encoding_is_read() {
        check("Größe".as_bytes(), false, "UTF-8", "Größe");
        check(b"\xef\xbb\xbfwords", false, "UTF-8", "words");
        check(b"\xff\xfew\0o\0r\0d\0", false, "UTF-16LE", "word");
        check(b"w\0o\0r\0d\0s\0", false, "UTF-16LE", "words");
        check(b"\0w\0o\0r\0d\0s", false, "UTF-16BE", "words");
        check(b"<meta charset=koi8-r>\xce\xc5\xd4", true, "KOI8-R", "<meta charset=koi8-r>нет");
        let (cyrillic, ..) = encoding_rs::WINDOWS_1251.encode("Министр сообщил, что меры уже приняты.");
        check(&cyrillic, false, "windows-1251", "Министр сообщил, что меры уже приняты.");
        check(b"", false, "UTF-8", "");
    }

    #[test]
    fn broken_bytes_are_counted_and_mapped_around() {
        let bytes = "Größe überall schön früh grün Bär Öl Tür für Mühe \u{fffd}".replace('\u{fffd}', "");
        let mut bytes = bytes.into_bytes();
        bytes.extend(b"\xff end");
        let page = page(&bytes, false);
        assert_eq!((page.encoding, page.damaged), ("UTF-8", 1));
        let end = page.text.find("end").unwrap();
        let there = page.map.unwrap().to_source(Span::new(end, end + 3)).unwrap();
        assert_eq!(&bytes[there.start()..there.end()], b"end");
    }

    #[test]
    fn a_one_byte_encoding_is_followed_to_the_byte() {
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode("naïve “word” and more of it, déjà vu");
        let page = page(&bytes, false);
        let at = page.text.find("more").unwrap();
        assert_eq!(page.map.unwrap().to_source(Span::new(at, at + 4)), Some(Span::new(17, 21)));
    }
}
