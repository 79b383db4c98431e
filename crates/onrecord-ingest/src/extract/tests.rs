//! Whole pages: what is kept, what is dropped and why, and the way back to the bytes.

use onrecord_model::{Extraction, Origin, Problem, Span};

use super::{explain, extract};
use crate::page::{Content, Given, Page};

fn page(bytes: impl Into<Vec<u8>>, content: Content) -> Page {
    let origin = Origin { path: "news/a.txt".to_owned(), record: None, given_id: None };
    Page { bytes: bytes.into(), origin, format: "txt", content, given: Given::default() }
}

fn text(bytes: impl Into<Vec<u8>>) -> Result<Extraction, Problem> {
    extract(&page(bytes, Content::Text))
}

const STORY: &str = "12:40\nGBP 1.27\n\nHarbour at Eldmouth closed after storm\n\nBy Jo Wren\nPublished 3 May 2024, 12:40 GMT+3\n\nELDMOUTH, May 3 (Vesta) - The har\u{ad}bour was closed on Friday,\u{a0}the port&#8217;s director said.\n\n“No ship will leave before Sunday,” Ada Finch told reporters.\n\nSubscribe to our newsletters\n© The Eldmouth Echo";

#[test]
fn a_text_gives_its_article_and_what_is_known() {
    let found = text(STORY).unwrap();
    let article = &found.article;
    insta::assert_snapshot!(article.text, @r"
    Harbour at Eldmouth closed after storm
    By Jo Wren
    ELDMOUTH, May 3 (Vesta) - The harbour was closed on Friday, the port’s director said.
    “No ship will leave before Sunday,” Ada Finch told reporters.
    ");
    assert_eq!(article.headline_span.unwrap().slice(&article.text), "Harbour at Eldmouth closed after storm");
    assert_eq!(article.published.as_ref().unwrap().value.to_string(), "2024-05-03T12:40:00+03:00");
    let dateline = article.dateline.as_ref().unwrap();
    assert_eq!(dateline.span.slice(&article.text), "ELDMOUTH, May 3 (Vesta) -");
    assert_eq!(article.reference_day().unwrap().to_string(), "2024-05-03");
    let known = [&article.headline, &article.outlet, &article.byline, &article.language];
    let known =
        known.map(|k| k.as_ref().map(|k| format!("{} ({})", k.value, k.because.rule)).unwrap_or_default());
    assert_eq!(
        known,
        [
            "Harbour at Eldmouth closed after storm (headline.line)",
            "The Eldmouth Echo (outlet.copyright)",
            "Jo Wren (byline.line)",
            "en (language.detected)",
        ]
    );
    assert_eq!(found.problems, []);
}

#[test]
fn every_word_leads_back_to_the_raw_text_and_to_the_bytes() {
    let found = text(STORY).unwrap();
    let at = found.article.text.find("“No ship").unwrap();
    let span = Span::new(at, at + "“No ship will leave".len());
    let raw = found.text_to_raw.to_source(span).unwrap();
    assert_eq!(raw.slice(&found.raw), "“No ship will leave");
    let bytes = found.raw_to_page.unwrap().to_source(raw).unwrap();
    assert_eq!(bytes.slice(STORY), "“No ship will leave");
}

#[test]
fn nothing_is_lost() {
    let found = text(STORY).unwrap();
    let lines = explain(&found);
    let dropped = lines.iter().filter(|line| line.dropped.is_some()).count();
    assert_eq!((lines.len(), dropped, found.boilerplate.len()), (9, 5, 5));
    assert!(found.boilerplate.iter().all(|b| !b.because.note.is_empty()));
    assert_eq!(found.raw, STORY);
}

#[test]
fn a_clean_text_is_kept_byte_for_byte() {
    let words = "  Subscribe\u{a0}now &amp; win\r\n\r\nThe harbour was closed. ";
    let mut page = page(words, Content::Text);
    page.given.clean = true;
    let found = extract(&page).unwrap();
    assert_eq!((found.article.text.as_str(), found.boilerplate.len()), (words, 0));
}

#[test]
fn given_fields_go_before_what_is_found() {
    let mut page = page(STORY, Content::Text);
    page.given.published = Some("2024-05-04T08:00:00Z".to_owned());
    page.given.outlet = Some("Echo Online".to_owned());
    page.given.url = Some("https://www.echo.example/1".to_owned());
    let article = extract(&page).unwrap().article;
    assert_eq!(article.published.unwrap().value.to_string(), "2024-05-04T08:00:00+00:00");
    assert_eq!(
        (article.outlet.unwrap().value.as_str(), article.url.unwrap().value.as_str()),
        ("Echo Online", "https://www.echo.example/1")
    );
}

#[test]
fn an_html_page_shows_what_it_left_out() {
    let prose = "The harbour of Eldmouth was closed on Friday after a storm, the director of the port said.";
    let html = format!(
        "<html><body><nav><a href=/>Home</a></nav><article><h1>Harbour closed</h1><p>{prose}</p><p>{prose} Again.</p><p>Read more: Ten beaches</p></article><footer>Imprint</footer></body></html>"
    );
    let found = extract(&page(html, Content::Html)).unwrap();
    assert_eq!(found.article.text, format!("{prose}\n{prose} Again."));
    let dropped = explain(&found)
        .into_iter()
        .filter_map(|line| Some((line.span.slice(&found.raw).to_owned(), line.dropped?.rule)));
    let dropped: Vec<String> = dropped.map(|(line, rule)| format!("{rule}: {line}")).collect();
    assert_eq!(
        dropped,
        [
            "boilerplate.menu: Home",
            "boilerplate.headline: Harbour closed",
            "boilerplate.related: Read more: Ten beaches",
            "boilerplate.copyright: Imprint",
        ]
    );
}

#[test]
fn a_page_without_an_article_says_what_to_do() {
    let message = |bytes: &[u8]| text(bytes).unwrap_err().message;
    insta::assert_snapshot!(message(b"Home\nNews\nSport\nLog in"), @"`news/a.txt` has no article text: 0 of 22 characters are left once menus and captions are removed (hint: `onrecord extract --explain news/a.txt` shows what was removed and why)");
    insta::assert_snapshot!(message(b" \n\n"), @"`news/a.txt` is empty (hint: fetch the page again, or leave it out with --exclude)");
}

#[test]
fn what_is_damaged_or_unknown_is_a_problem() {
    let mut bytes = "The harbour was closed on Friday – «for good», said Finch: “Größe, déjà vu, naïve façade, smörgåsbord.” ".as_bytes().to_vec();
    bytes.extend(b"Then \xff came.");
    let kinds: Vec<&str> = text(bytes).unwrap().problems.iter().map(|problem| problem.kind.name()).collect();
    assert_eq!(kinds, ["damaged", "unknown", "unknown"]);
}

/// Texts that break careless code: they must be read in time, with spans that fit.
#[test]
fn hostile_texts_are_read() {
    let n = 20_000;
    let texts = [
        "a".repeat(n * 10),
        "\n".repeat(n * 10),
        "é\n".repeat(n),
        "Read more\n".repeat(n),
        "The end.\n".repeat(n),
        "3 May 2024\n".repeat(n),
        "MAY, MAY 3 (MAY) - ".repeat(n / 10),
        "1.2.3.4/5/6-7 ".repeat(n / 10),
        "&amp;&#".repeat(n),
        "| ".repeat(n),
        "“”«»".repeat(n),
        "By A, B and C, D and ".repeat(n / 20),
        "{a:b}".repeat(n),
        "\u{200d}\u{ad}\u{feff}".repeat(n),
        "語".repeat(n),
    ];
    for words in texts {
        let start = std::time::Instant::now();
        if let Ok(found) = text(words.clone()) {
            let spans = found.boilerplate.iter().map(|b| b.span);
            assert!(spans.clone().all(|s| found.raw.get(s.start()..s.end()).is_some()));
            assert!(spans.collect::<Vec<_>>().is_sorted());
        }
        assert!(start.elapsed().as_secs() < 30, "{words:.20}");
    }
}

proptest::proptest! {
    #[test]
    fn kept_and_dropped_lines_are_all_there(words in "([A-Z][a-z ]{0,20}[.,|:“” ]{0,3}|[0-9./ ]{0,9}|\\n{1,2}|é\u{a0}|&amp;|Read more|By Jo Wren|Subscribe){0,30}") {
        if let Ok(found) = text(words.as_str()) {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let dropped: usize = found.boilerplate.iter().map(|b| letters(b.span.slice(&found.raw))).sum();
            let kept = found.raw.replace("&amp;", "&");
            let lost = found.raw.matches("&amp;").count() * 3;
            proptest::prop_assert!(letters(&found.article.text) + dropped <= letters(&kept) + lost);
            proptest::prop_assert!(letters(&found.article.text) + dropped >= letters(&kept));
        }
    }
}
