//! A page of HTML as the blocks of its article and what the page says about itself.
//!
//! One parse gives a tree; [`main_text`] chooses the part that holds the article and takes its
//! blocks, [`metadata`] reads headline, outlet, authors, date, language and address from JSON-LD,
//! meta elements, the address and the visible text, in that order of trust. Every finding names the
//! rule that made it. Nothing is fetched, and the tree is bounded before it is built.

mod depth;
mod main_text;
mod metadata;
mod tree;
mod visible;

pub(super) use metadata::{month, read_date};
use onrecord_model::{Known, Published};

/// What one page of HTML gives.
#[derive(Debug, Default)]
pub(crate) struct HtmlPage {
    /// The article's blocks in reading order; empty where the page holds none.
    pub(crate) blocks: Vec<Block>,
    /// All that the page shows, one line a box.
    pub(crate) visible: Vec<String>,
    /// The headline without the site's name.
    pub(crate) headline: Option<Known<String>>,
    /// The outlet's name as it calls itself, or its host.
    pub(crate) outlet: Option<Known<String>>,
    /// The authors as printed, one a name.
    pub(crate) authors: Option<Known<Vec<String>>>,
    /// When the page says it was published.
    pub(crate) published: Option<Known<Published>>,
    /// The BCP 47 tag that the page declares.
    pub(crate) language: Option<Known<String>>,
    /// The page's own address.
    pub(crate) url: Option<Known<String>>,
    /// What is damaged: a limit reached, metadata that could not be read.
    pub(crate) problems: Vec<String>,
}

/// A stretch of the article that the page shows as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// What the page marks it as.
    pub(crate) kind: BlockKind,
    /// Its characters as printed, runs of blanks made one space; lines only in preformatted text.
    pub(crate) text: String,
}

/// The sorts of blocks that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading inside the article.
    Heading,
    /// A paragraph, or a text box without a closer name.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A paragraph set off as a quotation.
    Quote,
    /// A row of a table, its cells parted by spaces.
    Row,
    /// Text whose lines the page fixes.
    Preformatted,
}

/// The longest page that is read, in bytes; what follows is left out and reported.
const LONGEST_BYTES: usize = 16 << 20;

/// Reads a page. `url` is where it came from, if the caller knows.
pub(crate) fn read_html(html: &str, url: Option<&str>) -> HtmlPage {
    let mut page = HtmlPage::default();
    let read = tree::head(html, LONGEST_BYTES);
    if read.len() < html.len() {
        page.problems
            .push(format!("the page is longer than {} MB; its end was not read", LONGEST_BYTES >> 20));
    }
    let (bounded, is_cut) = depth::bounded(read);
    if is_cut {
        page.problems.push(
            "the page's markup is nested too deep or has endless tags; the innermost tags were left out, their words kept".to_owned(),
        );
    }
    let tree = tree::Tree::parse(&bounded);
    page.visible = visible::visible_text(&tree);
    let body = metadata::read(&tree, url, &mut page);
    let headline = page.headline.as_ref().map(|headline| headline.value.as_str());
    page.blocks = main_text::main_text(&tree, headline);
    if let Some(stated) = body.and_then(|body| stated_blocks(&body, &page.blocks)) {
        page.blocks = stated;
    }
    page
}

/// The article as structured data holds it, where the page shows less than half of that: then it
/// shows the text only after a script has run, or a part of it.
fn stated_blocks(body: &str, shown: &[Block]) -> Option<Vec<Block>> {
    let is_marked_up = body.contains("</p>") || body.contains("<br");
    let blocks = if is_marked_up {
        main_text::whole_text(&tree::Tree::parse(&depth::bounded(body).0))
    } else {
        let paragraph = |line: &str| Block { kind: BlockKind::Paragraph, text: line.to_owned() };
        body.lines().map(paragraph).collect()
    };
    let letters = |blocks: &[Block]| blocks.iter().map(|block| block.text.len()).sum::<usize>();
    (letters(shown) * 2 < letters(&blocks) && letters(&blocks) >= SHORTEST_STATED).then_some(blocks)
}

/// The shortest text, in bytes, that is taken from structured data; shorter ones are summaries.
const SHORTEST_STATED: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Dam at Orrel opens early | The Bell</title>
        <meta property="og:site_name" content="The Bell"><script type="application/ld+json">{"@type":"NewsArticle",
        "headline":"Dam at Orrel opens early","datePublished":"2024-05-03T09:15:00+02:00","author":{"name":"Ann Lee"},}</script></head>
        <body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main><article><h1>Dam at Orrel opens early</h1>
        <p class="standfirst">The lake above Orrel stands higher than at any time since it was filled, engineers say.</p>
        <div class="byline">By Ann Lee</div><div class="article-body">
        <p>The gates of the dam at Orrel were opened on Friday, two weeks before the day that was planned for it.</p>
        <div class="ad-slot">Advertisement: buy a boat while the lake is high, says every dealer in the whole valley.</div>
        <h2>“We had no choice”</h2><blockquote><p>“We had no choice but to open them,” the engineer Bo Ek said, “and we would do it again.”</p></blockquote>
        <ul><li>The lake holds four million cubic metres of water.</li><li>The valley below has two villages.</li></ul>
        <table><tr><th>Gate</th><th>Opened</th></tr><tr><td>North</td><td>Friday</td></tr></table>
        <p>Nobody was hurt, and the road along the river is closed until further notice, the council of Orrel said.</p>
        <h3>Related</h3><ul class="related-links"><li><a href="/1">Boats sell out in the valley of Orrel</a></li></ul></div></article></main>
        <footer><p>The Bell is published by nobody in particular, in a valley that is not on any map at all.</p></footer></body></html>"#;

    /// The blocks, one a line, with their kinds.
    fn render(html: &str) -> String {
        let lines =
            read_html(html, None).blocks.into_iter().map(|block| format!("{:?}: {}", block.kind, block.text));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_article_is_kept_and_the_rest_is_not() {
        insta::assert_snapshot!(render(PAGE), @r"
        Paragraph: The lake above Orrel stands higher than at any time since it was filled, engineers say.
        Paragraph: The gates of the dam at Orrel were opened on Friday, two weeks before the day that was planned for it.
        Heading: “We had no choice”
        Quote: “We had no choice but to open them,” the engineer Bo Ek said, “and we would do it again.”
        ListItem: The lake holds four million cubic metres of water.
        ListItem: The valley below has two villages.
        Row: Gate Opened
        Row: North Friday
        Paragraph: Nobody was hurt, and the road along the river is closed until further notice, the council of Orrel said.
        ");
    }

    #[test]
    fn what_the_page_says_of_itself_is_known_with_its_rule() {
        let page = read_html(PAGE, Some("https://www.bell.example/2024/05/03/dam.html"));
        let text = |known: &Option<Known<String>>| {
            known.as_ref().map(|k| format!("{} ({})", k.value, k.because.rule)).unwrap_or_default()
        };
        assert_eq!(text(&page.headline), "Dam at Orrel opens early (headline.json_ld)");
        assert_eq!(text(&page.outlet), "The Bell (outlet.og_site_name)");
        assert_eq!(text(&page.language), "en-GB (language.html_lang)");
        assert_eq!(text(&page.url), "https://www.bell.example/2024/05/03/dam.html (url.given)");
        assert_eq!(page.authors.unwrap().value, ["Ann Lee"]);
        let published = page.published.unwrap();
        assert_eq!(
            (published.value.to_string().as_str(), &*published.because.rule),
            ("2024-05-03T09:15:00+02:00", "published.json_ld")
        );
        assert_eq!(page.problems, [] as [&str; 0]);
    }

    /// Prose long enough to be an article's.
    const PROSE: &str =
        "The gates of the dam at Orrel were opened on Friday, two weeks before the day that was planned.";

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let blocks = read_html(html, None).blocks;
        let found: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn parts_are_left_out_by_what_they_are() {
        let long = format!("<p>{PROSE}</p><p>{PROSE} So it was.</p><p>{PROSE} And again.</p>");
        let kept = [PROSE, &format!("{PROSE} So it was."), &format!("{PROSE} And again.")];
        for clutter in [
            format!("<div class='relatedArticles'><p>{PROSE} Elsewhere.</p></div>"),
            format!("<aside><p>{PROSE} Elsewhere.</p></aside>"),
            format!("<div id=comments><p>{PROSE} Elsewhere.</p></div>"),
            format!("<p style='display:none'>{PROSE} Elsewhere.</p>"),
            format!("<figure><figcaption>{PROSE} Elsewhere.</figcaption></figure>"),
            "<ul><li><a href=1>Boats sell out</a></li><li><a href=2>Roads closed</a></li></ul>".to_owned(),
            "<div>Share</div><script>var a = '<p>';</script><h2>More</h2>".to_owned(),
        ] {
            check(&format!("<body class='with-sidebar'><div class=content>{long}{clutter}</div>"), &kept);
        }
    }

    #[test]
    fn lines_of_old_pages_are_paragraphs() {
        let html = format!(
            "<table><tr><td><a href=/>Home</a></td><td>{PROSE}<br><br>{PROSE} So<br>it was.<br>Yes.</td></tr></table>"
        );
        check(&html, &[PROSE, &format!("{PROSE} So it was."), "Yes."]);
    }

    #[test]
    fn text_that_a_script_would_show_is_read() {
        let html = format!("<div id=root></div><div hidden id=part><p>{PROSE}</p><p>{PROSE}</p></div>")
            .replacen(PROSE, &format!("{PROSE} Yes."), 1);
        check(&html, &[&format!("{PROSE} Yes."), PROSE]);
    }

    #[test]
    fn the_outlet_is_looked_for_in_falling_order_of_trust() {
        for (head, rule) in [
            ("<meta property=og:site_name content='The Bell'>", "outlet.og_site_name"),
            (
                "<script type=application/ld+json>{'@type':'Article','publisher':{'name':'The Bell'}}</script>",
                "outlet.json_ld",
            ),
            ("<meta name=application-name content='The Bell'>", "outlet.application_name"),
            ("<title>Dam opens | The Bell</title>", "outlet.title"),
            ("<title>The Bell</title>", "outlet.host"),
        ] {
            let html = format!("{}<h1>Dam opens</h1>", head.replace('\'', "\""));
            let outlet = read_html(&html, Some("https://www.bell.example/1")).outlet.unwrap();
            assert_eq!(
                (outlet.value == "The Bell", &*outlet.because.rule),
                (rule != "outlet.host", rule),
                "{head}"
            );
        }
    }

    #[test]
    fn the_date_is_looked_for_in_falling_order_of_trust() {
        for (html, url, expected) in [
            (
                "<meta property=article:published_time content=2024-05-03T22:30:00Z>",
                "/2024/05/04/dam",
                "2024-05-04 published.url",
            ),
            (
                "<meta property=article:published_time content=2024-05-03T09:15:00Z>",
                "/dam",
                "2024-05-03T09:15:00+00:00 published.meta",
            ),
            (
                "<meta property=article:modified_time content=2024-05-09><time datetime=2024-05-03>x</time>",
                "/dam",
                "2024-05-03 published.time",
            ),
            ("<h1>Dam</h1><span class=post-date>3 мая 2024</span>", "/dam", "2024-05-03 published.class"),
            (
                "<h1>Dam</h1><p>Published: May 3, 2024, 9:15 am</p>",
                "/dam",
                "2024-05-03T09:15:00 published.words",
            ),
            ("<h1>Dam</h1><font>03.05.2024</font>", "/dam", "2024-05-03 published.text"),
            (
                "<script>page = {\"publishDate\": \"2024-05-03\"}</script>",
                "/dam",
                "2024-05-03 published.script",
            ),
            (
                "<meta property=article:modified_time content=2024-05-09>",
                "/dam",
                "2024-05-09 published.meta_modified",
            ),
            ("<p>In 2024 nothing was dated.</p>", "/dam", ""),
        ] {
            let page = read_html(html, Some(&format!("https://bell.example{url}")));
            let found = page.published.map(|p| format!("{} {}", p.value, p.because.rule)).unwrap_or_default();
            assert_eq!(found, expected, "{html}");
        }
    }

    #[test]
    fn text_that_stands_only_in_structured_data_is_read() {
        let body = "The gates of the dam were opened on Friday. ".repeat(20);
        let html = format!(
            r#"<html><body><div id="root"></div><script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}\n\nNobody was hurt."}}</script></body></html>"#
        );
        let blocks = read_html(&html, None).blocks;
        assert_eq!(
            (blocks[0].text.as_str(), blocks.last().unwrap().text.as_str()),
            (body.trim(), "Nobody was hurt.")
        );
    }

    #[test]
    fn lists_and_headings_between_the_parts_of_a_body_are_kept() {
        let part = |end: &str| format!("<p class=story-text>{PROSE} {end}</p>");
        let list = "<h2>What now?</h2><ul><li>Boats.</li></ul>";
        let html =
            format!("<main>{}{list}{}{}</main>", part("So it was."), part("Yes, it was."), part("Or not."));
        let blocks: Vec<String> = read_html(&html, None).blocks.into_iter().map(|b| b.text).collect();
        assert_eq!(&blocks[1..3], ["What now?", "Boats."]);
    }

    #[test]
    fn a_box_with_sentences_among_its_links_is_kept() {
        let links =
            "<li><a href=/1>The first gate of the dam</a></li><li><a href=/2>The second gate</a></li>";
        let boxed =
            format!("<div><p>Two gates of the dam were opened on that day.</p><ul>{links}</ul></div>");
        let html = format!("<article><p>{PROSE}</p>{boxed}<p>{PROSE} So it was.</p></article>");
        let blocks = read_html(&html, None).blocks;
        assert!(blocks.iter().any(|block| block.text.starts_with("Two gates")), "{blocks:?}");
    }

    #[test]
    fn parts_that_arrive_late_are_read() {
        let late: String = (0..4)
            .map(|i| format!("<div hidden id='S:{i}'><p>{PROSE} {i}.</p><p>{PROSE} {PROSE}</p></div>"))
            .collect();
        let first = format!("<main><p>{PROSE}</p><p>{PROSE} {PROSE} {PROSE}</p></main>");
        let words = |html: &str| read_html(html, None).blocks.iter().map(|b| b.text.len()).sum::<usize>();
        assert!(words(&format!("{first}{late}")) > words(&first) * 2);
    }

    #[test]
    fn large_hostile_pages_are_read_to_their_end() {
        let article = format!("<article><p>{PROSE}</p><p>{PROSE} So it was.</p></article>");
        let n = 16_000;
        let megabytes = 10 << 20;
        for shape in [
            format!("<div title='{}'></div>", "x".repeat(megabytes)),
            format!("<div class='{}'></div>", "ad ".repeat(megabytes / 3)),
            format!("<script>{}</script>", "author:{".repeat(megabytes / 8)),
            format!("<script>{}</script>", "datePublished: \"".repeat(megabytes / 17)),
            format!("<script type=application/ld+json>{}</script>", "[{\"a\":".repeat(n)),
            format!("<!--{}-->", "<div>".repeat(megabytes / 5)),
            format!("{}{}", "<div>".repeat(n), "</div>".repeat(n)),
            format!("{}{}", "<ul><li>".repeat(n), "</ul>".repeat(n)),
            "<p>".repeat(n),
            format!("<p{}>", " a=1".repeat(n)),
            "<i><b>".repeat(n) + &"</b></i>".repeat(n),
        ] {
            let blocks = read_html(&format!("{shape}{article}"), Some("https://bell.example/")).blocks;
            assert!(blocks.iter().any(|block| block.text.contains(PROSE)), "{shape:.60}");
        }
    }

    #[test]
    fn hostile_pages_are_read_in_linear_time() {
        let n = 4_000;
        let shapes = [
            "<div>".repeat(n),
            "<ul><li>".repeat(n),
            "<b>x<i>".repeat(n),
            "<a href=1>x".repeat(n),
            "<p>word ".repeat(n),
            "<table><tr><td>".repeat(n),
            "<font size=1>x<font size=2>".repeat(n),
            "<form>".repeat(n),
            "<svg><g>".repeat(n),
            "<select><option>".repeat(n),
            "<!--".repeat(n),
            "<script>".repeat(n),
            "<span class='a b c d e f g h'>".repeat(n),
            "</p>".repeat(n),
            "<p".repeat(n),
            "&".repeat(n * 10),
            "<a b='".repeat(n),
            "<nobr>x".repeat(n),
            "<button>x".repeat(n),
            "<h1>x".repeat(n),
            "<template><div>".repeat(n),
            "<frameset>".repeat(n),
            "\u{0}<x\u{0}y>".repeat(n),
            "<time>3 May 2024</time>".repeat(n),
            "<p class=date>1.2.</p>".repeat(n),
            "<meta name=date content=x>".repeat(n),
            "<b><p>x</b>".repeat(n),
            format!("<p>{}", "word ".repeat(n * 20)),
            format!("<h1>x</h1><p>{}", "1.2.3.".repeat(n * 5)),
        ];
        for html in shapes {
            let start = std::time::Instant::now();
            read_html(&html, Some("https://bell.example/"));
            let seconds = start.elapsed().as_secs();
            assert!(seconds < 10, "{seconds} s for {html:.40}");
        }
    }

    #[test]
    fn a_page_too_deep_or_too_long_is_reported() {
        assert_eq!(read_html(&"<div>".repeat(1_000), None).problems.len(), 1);
        assert_eq!(read_html(&"é".repeat(LONGEST_BYTES), None).problems.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_page_panics(html in "(<(script type=application/ld\\+json|time|h1|td|p|a|br|meta name=date content|[a-z/!-]{1,6})[ a-z='\"]{0,8}>?|&#?[a-z0-9]{1,4};?|20[0-9]{2}-[0-9]{2}-[0-9]{2}T?[0-9:+-]{0,9}|[ -~éж年\\n]{0,9}){0,40}") {
            let page = read_html(&html, Some(&html));
            proptest::prop_assert!(page.blocks.iter().all(|block| block.text == block.text.trim()));
        }
    }
}
