//! From a page to an article.

mod clean;
pub(crate) mod decode;
mod entities;
mod html;
mod lines;

use onrecord_model::{
    Article, Because, Boilerplate, Extraction, Hash, Known, OffsetMap, Problem, Published, Span,
};

use crate::page::{Content, Page};

/// Makes an article of one page. A page without article text is a [`Problem`] that says so.
pub fn extract(page: &Page) -> Result<Extraction, Problem> {
    let decoded = decode::page(&page.bytes, page.content == Content::Html);
    let mut builder = clean::Builder::default();
    let mut raw_to_page = decoded.map;
    let (mut raw, mut headline, mut outlet, mut published, mut url, mut language) =
        (decoded.text, None, None, None, None, None);
    if page.content == Content::Html {
        let html = html::read_html(&raw, page.given.url.as_deref());
        raw = html.blocks.iter().map(|block| block.text.clone() + "\n").collect();
        raw_to_page = None;
        (headline, outlet, published, url, language) =
            (html.headline, html.outlet, html.published, html.url, html.language);
    }
    if page.given.clean {
        builder.text = raw.clone();
        builder.map = OffsetMap::identity(raw.len());
    } else {
        for line in lines::lines(&raw) {
            let mut map = OffsetMap::default();
            map.push(0, line.span);
            builder.paragraph(line.span.slice(&raw), &map);
        }
    }
    let given = |value: &Option<String>| {
        value.clone().map(|value| Known { value, because: Because::new("given", "") })
    };
    let day = |text: &String| text.get(..10).and_then(|day| day.parse().ok());
    let given_day = page.given.published.as_ref().and_then(day).map(|date| Known {
        value: Published { date, time: None, offset: None },
        because: Because::new("given", ""),
    });
    let page_hash = Hash::of(&page.bytes);
    let article = Article {
        id: Article::id_of(page_hash, &page.origin),
        origin: page.origin.clone(),
        page_hash,
        text_hash: Hash::of(builder.text.as_bytes()),
        text: builder.text,
        headline: given(&page.given.headline).or(headline),
        headline_span: None,
        outlet: given(&page.given.outlet).or(outlet),
        byline: given(&page.given.byline),
        published: given_day.or(published),
        language: given(&page.given.language).or(language),
        url: given(&page.given.url).or(url),
        dateline: None,
    };
    Ok(Extraction {
        article,
        raw,
        text_to_raw: builder.map,
        raw_to_page,
        boilerplate: Vec::new(),
        problems: Vec::new(),
    })
}

/// One line of the raw text and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedLine {
    /// Where it stands in the raw text.
    pub span: Span,
    /// Why it was left out; `None` for a line that was kept.
    pub dropped: Option<Because>,
}

/// The lines of `extraction.raw` in order, each with the reason why it was left out, if it was.
pub fn explain(extraction: &Extraction) -> Vec<ExplainedLine> {
    let why = |span: Span| {
        extraction
            .boilerplate
            .iter()
            .find(|b: &&Boilerplate| b.span.start() < span.end() && span.start() < b.span.end())
    };
    lines::lines(&extraction.raw)
        .into_iter()
        .map(|line| ExplainedLine { span: line.span, dropped: why(line.span).map(|b| b.because.clone()) })
        .collect()
}
