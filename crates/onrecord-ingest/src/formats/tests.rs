//! What every format must keep, and what each one reads.

use std::io::{self, Cursor, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_model::{Problem, ProblemKind};

use super::{FORMATS, Input, read};
use crate::page::{Content, LONGEST_PAGE_BYTES, Page};

fn input(name: &str, bytes: Vec<u8>) -> Input {
    Input { name: name.to_owned(), reader: Box::new(Cursor::new(bytes)) }
}

/// What a file of this name and content gives, read as the program reads it.
fn pages(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Result<Page, Problem>> {
    read(input(name, bytes.into())).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

const PROSE: &str = "The harbour was closed on Friday, the director of the port said.";

/// Bytes that files hold by accident or malice.
fn hostile() -> Vec<Vec<u8>> {
    let long = b"word ".repeat(2 << 20);
    let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    vec![
        Vec::new(),
        b"\n\n\n".to_vec(),
        b"\0".repeat(5000),
        noise,
        b"\xff\xfe".to_vec(),
        b"\xff\xfe\0".to_vec(),
        utf16(PROSE),
        b"caf\xe9 d\xe9j\xe0 vu, na\xefve fa\xe7ade".to_vec(),
        long.clone(),
        [b"{\"text\": \"", long.as_slice(), b"\"}\n{\"text\": \"words\"}"].concat(),
        [b"text,url\n\"", long.as_slice()].concat(),
        b"{\"text\": ".repeat(2000),
        b"[".repeat(100_000),
        b"{\"text\": 7}\n{\"text\": [\"a\", null]}\n{\"text\": {\"a\": 1}}\nnull\n\"x\"\n{".to_vec(),
        b"text,text,text\na\n,,,,,,\n\"".to_vec(),
        b"a,b\n1,2".to_vec(),
        b"<".repeat(50_000),
        gzip(PROSE.as_bytes())[..20].to_vec(),
        gzip(&gzip(PROSE.as_bytes())),
        b"\x1f\x8b\x08garbage after the mark".to_vec(),
    ]
}

#[test]
fn every_format_keeps_the_contract() {
    for bytes in hostile() {
        let shown = format!("{} bytes {:?}", bytes.len(), &bytes[..bytes.len().min(20)]);
        for format in FORMATS {
            let run = || format.pages(input("odd/file", bytes.clone())).take(5000).collect::<Vec<_>>();
            let found = run();
            assert!(found.len() < 5000, "{}: {shown}", format.name());
            if bytes.len() < 1 << 20 {
                assert_eq!(found, run(), "{} is not deterministic: {shown}", format.name());
            }
            for one in found {
                check_names_input(&one, &shown);
            }
        }
        for one in pages("odd/file", bytes) {
            check_names_input(&one, &shown);
        }
    }
}

#[track_caller]
fn check_names_input(one: &Result<Page, Problem>, shown: &str) {
    match one {
        Ok(page) => {
            assert_eq!(page.origin.path, "odd/file", "{shown}");
            assert!(page.bytes.len() <= LONGEST_PAGE_BYTES, "{shown}");
        }
        Err(problem) => {
            assert_eq!(problem.kind, ProblemKind::Unread, "{shown}");
            assert!(problem.origin.starts_with("odd/file"), "{shown}");
            assert!(
                problem.message.contains("odd/file") && problem.message.contains("(hint: "),
                "{}",
                problem.message
            );
        }
    }
}

/// Each page as its format, record, id and text; each problem as its message.
fn render(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let shown = |one: Result<Page, Problem>| match one {
        Ok(page) => {
            let text = crate::extract::decode::page(&page.bytes, page.content == Content::Html).text;
            format!(
                "{} {} {} | {text}\n",
                page.format,
                page.origin,
                page.origin.given_id.clone().unwrap_or_default()
            )
        }
        Err(problem) => format!("! {}\n", problem.message),
    };
    pages(name, bytes).into_iter().map(shown).collect()
}

#[test]
fn json_lines_are_read_line_by_line() {
    let lines = "{\"id\": \"a\", \"text\": \"One.\"}\n\nnot json\n{\"id\": 7, \"content\": \"Two.\", \"title\": \"T\"}\n{\"id\": \"c\"}\n{\"html\": \"<p>Three\"}";
    insta::assert_snapshot!(render("n.jsonl", lines), @r#"
        jsonl n.jsonl#1 a | One.
        ! `n.jsonl` line 3 column 2: not a JSON object: expected ident (hint: write one object a line; the other lines are read)
        jsonl n.jsonl#4 7 | Two.
        ! `n.jsonl` line 5 has no text (hint: put the article into a field `text`, or `html`)
        jsonl n.jsonl#6  | <p>Three
        "#);
}

#[test]
fn fields_of_a_json_line_are_known_by_their_names() {
    let line = r#"{"id": "a", "text": "One.", "headline": "H", "published": "2024-05-03", "outlet": "Echo", "url": "https://echo.example/1", "language": "en", "clean": true, "authors": ["Jo Wren", "Ada Finch"], "other": 1}"#;
    let page = pages("n.jsonl", line).remove(0).unwrap();
    let given = page.given;
    assert!(given.clean);
    let fields = [given.headline, given.published, given.outlet, given.url, given.language, given.byline];
    let expected = ["H", "2024-05-03", "Echo", "https://echo.example/1", "en", "Jo Wren, Ada Finch"];
    assert_eq!(fields.map(Option::unwrap), expected);
    assert_eq!(page.origin.given_id.as_deref(), Some("a"));
}

#[test]
fn tables_are_read_row_by_row() {
    insta::assert_snapshot!(render("n.csv", "id,title,text\n1,T,\"One, two.\"\n2,T,\n3,T,Three.\n"), @r#"
        csv n.csv#1 1 | One, two.
        ! `n.csv` row 2 has no text (hint: look for a quotation mark that is not closed in the row above)
        csv n.csv#3 3 | Three.
        "#);
    insta::assert_snapshot!(render("n.csv", "title;text\nT;Semicolons, too.\n"), @r#"
        csv n.csv#1  | Semicolons, too.
        "#);
    insta::assert_snapshot!(render("n.tsv", "text\turl\nTabs.\thttps://echo.example\n"), @r#"
        tsv n.tsv#1  | Tabs.
        "#);
    insta::assert_snapshot!(render("n.csv", "name,size\na,1\n"), @r#"
        ! cannot read `n.csv`: no column holds the text; its columns are: name, size (hint: name the column `text`)
        "#);
}

#[test]
fn a_file_is_read_by_its_name_or_by_its_beginning() {
    for (name, bytes, format) in [
        ("a.txt", PROSE.as_bytes(), "txt"),
        ("a", PROSE.as_bytes(), "txt"),
        ("a.txt", b"<!DOCTYPE html><html><body><p>Words</p></body></html>", "html"),
        ("a.htm", b"plain words", "html"),
        ("-", b"{\"text\": \"Words.\"}", "jsonl"),
        ("-", b"id,text\n1,Words.\n", "csv"),
        ("a.TXT", PROSE.as_bytes(), "txt"),
    ] {
        let page = pages(name, bytes).remove(0).unwrap();
        assert_eq!(page.format, format, "{name}");
    }
}

#[test]
fn packed_files_are_read_like_others() {
    for (name, bytes) in [("a.txt.gz", gzip(PROSE.as_bytes())), ("a.gz", gzip(PROSE.as_bytes()))] {
        assert_eq!(pages(name, bytes).remove(0).unwrap().bytes, PROSE.as_bytes());
    }
    let twice = [gzip(b"{\"text\": \"One.\"}\n"), gzip(b"{\"text\": \"Two.\"}\n")].concat();
    assert_eq!(pages("n.jsonl.gz", twice).len(), 2);
}

#[test]
fn any_encoding_becomes_the_same_text() {
    let row = "{\"text\": \"Größe, naïve “words”\"}";
    for bytes in [row.as_bytes().to_vec(), utf16(row), [b"\xef\xbb\xbf", row.as_bytes()].concat()] {
        assert_eq!(pages("n.jsonl", bytes).remove(0).unwrap().bytes, "Größe, naïve “words”".as_bytes());
    }
}

/// A gzip stream of zeros that never ends, without being held anywhere.
struct Bomb {
    block: Vec<u8>,
    at: usize,
}

impl Read for Bomb {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = buf.len().min(self.block.len() - self.at);
        buf[..n].copy_from_slice(&self.block[self.at..self.at + n]);
        self.at = (self.at + n) % self.block.len();
        Ok(n)
    }
}

#[test]
fn a_bomb_is_stopped_with_a_problem() {
    for name in ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.csv.gz"] {
        let line = [b"text,url\n".as_slice(), &b" ".repeat(4 << 20)].concat();
        let reader = Box::new(Bomb { block: gzip(&line), at: 0 });
        let mut found = read(Input { name: name.to_owned(), reader });
        let problem = found.find_map(Result::err).unwrap();
        assert!(problem.message.contains(name) && problem.message.contains("hint"), "{}", problem.message);
    }
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_do() {
    insta::assert_snapshot!(render("a.pdf", "%PDF-1.7"), @r#"
        ! cannot read `a.pdf`: it is a PDF file (hint: save it as text or HTML first)
        "#);
    insta::assert_snapshot!(render("a.json", "[\n{\"text\": \"One.\"}\n]"), @r#"
        ! cannot read `a.json`: it is one JSON value spread over lines, not JSON Lines (hint: `jq -c '.[]' a.json` writes one object a line)
        "#);
    insta::assert_snapshot!(render("a.txt.gz", &gzip(PROSE.as_bytes())[..30]), @r#"
        ! cannot read `a.txt.gz` to its end: incomplete deflate stream (hint: fetch or unpack the file again)
        "#);
    insta::assert_snapshot!(render("a.txt", "\0\u{1}\u{2}\u{3}".repeat(100)), @r#"
        ! cannot read `a.txt`: it is not text (it holds many control bytes) (hint: save it as text or HTML first)
        "#);
}
