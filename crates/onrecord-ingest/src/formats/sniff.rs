//! Knows by their first bytes the files that are not text, so that a reader is told what to do with them.

const CONVERT: &str = "save it as text or HTML first";
const UNPACK: &str = "unpack it and name the folder";
const PICTURE: &str = "name only the pages, or leave these out with --exclude";

/// First bytes, what they mean, and the next step.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF file", CONVERT),
    (b"PK\x03\x04", "a ZIP file (also DOCX, ODT, EPUB)", UNPACK),
    (b"\x89PNG", "a PNG picture", PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", PICTURE),
    (b"GIF8", "a GIF picture", PICTURE),
    (b"RIFF", "a WebP picture or a sound or video file", PICTURE),
    (b"wOF", "a font", PICTURE),
    (b"\xd0\xcf\x11\xe0", "an old Office file", CONVERT),
    (b"{\\rtf", "an RTF file", CONVERT),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"BZh", "a bzip2 file", UNPACK),
    (b"\xfd7zXZ", "an xz file", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK),
    (b"SQLite format 3", "an SQLite database", "export its articles as JSON Lines or CSV"),
    (b"WARC/", "a web archive", "extract its pages as HTML files first"),
    (b"\x7fELF", "a program", PICTURE),
    (b"ID3", "a sound file", PICTURE),
];

/// Endings of files that are text but hold no article.
const NO_ARTICLES: &[(&str, &str, &str)] = &[
    ("css", "a style sheet", PICTURE),
    ("js", "a script", PICTURE),
    ("svg", "an SVG picture", PICTURE),
    ("map", "a source map", PICTURE),
    ("mht", "an MHTML archive", "save the page as HTML instead"),
    ("mhtml", "an MHTML archive", "save the page as HTML instead"),
];

/// What a file is that cannot hold an article we can read, and what to do about it.
pub(super) fn unreadable(head: &[u8], extension: &str) -> Option<(&'static str, &'static str)> {
    let by_bytes = SIGNATURES.iter().find(|(start, ..)| head.starts_with(start));
    let by_bytes = by_bytes.map(|(_, what, hint)| (*what, *hint));
    let by_name =
        NO_ARTICLES.iter().find(|(ext, ..)| *ext == extension).map(|(_, what, hint)| (*what, *hint));
    by_bytes
        .or(by_name)
        .or_else(|| is_feed(head).then_some(("a feed or other XML", CONVERT)))
        .or_else(|| is_binary(head).then_some(("not text (it holds many control bytes)", CONVERT)))
}

fn is_feed(head: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    (start.starts_with("<?xml") || start.starts_with("<rss") || start.starts_with("<feed"))
        && !start.contains("<html")
        && !start.contains("<!doctype html")
}

/// Text holds hardly any control bytes; UTF-16 is told by the zero in every second place.
fn is_binary(head: &[u8]) -> bool {
    let control =
        head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0)).count();
    let zeros = head.iter().filter(|&&b| b == 0).count();
    let few_zeros = zeros * 10 <= head.len() || utf16(head).is_some();
    control * 20 > head.len() || !few_zeros
}

/// The UTF-16 encoding that `bytes` are in, by their mark or by where the zeros of Latin letters stand.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Some(encoding_rs::UTF_16LE);
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return Some(encoding_rs::UTF_16BE);
    }
    let head = &bytes[..bytes.len().min(1024)];
    let zeros_at = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros_at(0), zeros_at(1), head.len() / 2);
    match () {
        () if pairs >= 2 && odd * 10 > pairs * 6 && even * 20 < pairs => Some(encoding_rs::UTF_16LE),
        () if pairs >= 2 && even * 10 > pairs * 6 && odd * 20 < pairs => Some(encoding_rs::UTF_16BE),
        () => None,
    }
}
