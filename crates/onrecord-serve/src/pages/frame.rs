//! What stands around every page, and the few pieces that the brief does not have.

use std::io::Write;

use anyhow::Result;
use onrecord_render::brief::{
    Format,
    show::{Block, Html, Level, Line, Links, escaped, kinds_in_words, text},
};

use super::Address;

/// A page that is being written.
pub(crate) struct Frame {
    title: String,
    links: Links,
    html: Html,
    out: Vec<u8>,
}

impl Frame {
    /// Begins a page.
    pub(crate) fn new(links: &Links, title: impl Into<String>) -> Self {
        Self { title: title.into(), links: *links, html: Html::of_pages(*links), out: Vec::new() }
    }

    /// Adds a block of the brief.
    pub(crate) fn block(&mut self, block: &Block) -> Result<()> {
        Ok(self.html.block(block, &mut self.out)?)
    }

    /// Adds a heading within the page.
    pub(crate) fn heading(&mut self, words: impl Into<String>) -> Result<()> {
        self.block(&Block::Heading(Level::Story, None, vec![text(words.into())]))
    }

    /// Adds HTML of our own making; whatever an article prints in it was escaped.
    pub(crate) fn html(&mut self, html: &str) -> Result<()> {
        Ok(self.out.write_all(html.as_bytes())?)
    }

    /// A line as HTML.
    pub(crate) fn line(&self, line: &Line) -> String {
        self.html.line(line)
    }

    /// Where pages lead from this one.
    pub(crate) fn links(&self) -> Links {
        self.links
    }

    /// Where a page stands, seen from this one.
    pub(crate) fn to(&self, address: Address) -> String {
        self.links.path(&address.path())
    }

    /// What the kinds of difference mean, closed until it is asked for.
    pub(crate) fn kinds(&mut self) -> Result<()> {
        self.html(&kinds_in_words())?;
        self.html("\n")
    }

    /// The footnotes, where there are any.
    pub(crate) fn notes(&mut self, notes: &Block) -> Result<()> {
        match notes {
            Block::Notes(notes) if notes.is_empty() => return Ok(()),
            _ => self.heading("Notes")?,
        }
        self.block(notes)
    }

    /// Lines by time, each with its day before it.
    pub(crate) fn timeline<'a>(
        &mut self,
        entries: impl IntoIterator<Item = (String, Line<'a>)>,
    ) -> Result<()> {
        self.html("<ol class=\"timeline\">\n")?;
        for (day, line) in entries {
            let (day, line) = (escaped(&day), self.line(&line));
            self.html(&format!("<li><time>{day}</time> <div>{line}</div></li>\n"))?;
        }
        self.html("</ol>\n")
    }

    /// "‹ Newer · page 2 of 7 · Older ›".
    pub(crate) fn pager(&mut self, n: usize, pages: usize, at: impl Fn(usize) -> String) -> Result<()> {
        if pages < 2 {
            return Ok(());
        }
        let step = |to: Option<usize>, rel: &str, words: &str| match to {
            Some(to) => format!("<a rel=\"{rel}\" href=\"{}\">{words}</a>", escaped(&at(to))),
            None => format!("<span class=\"faint\">{words}</span>"),
        };
        let back = step((n > 1).then(|| n - 1), "prev", "‹ Back");
        let on = step((n < pages).then(|| n + 1), "next", "On ›");
        self.html(&format!(
            "<nav class=\"pager\" aria-label=\"Pages\">{back} <span>page {n} of {pages}</span> {on}</nav>\n"
        ))
    }

    /// The whole page.
    pub(crate) fn finish(self) -> String {
        let body = String::from_utf8_lossy(&self.out);
        framed(&self.links, &self.title, &body)
    }
}

/// Nothing may run or load but our own style and script, and nothing may be sent anywhere else.
const POLICY_OF_FILES: &str =
    "default-src 'none'; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'";

fn framed(links: &Links, title: &str, body: &str) -> String {
    let path = |path: &str| links.asset(path);
    let to = |address: Address| links.path(&address.path());
    let (policy, script, search, api) = match links.is_served() {
        true => (
            String::new(),
            format!("<script src=\"{}\" defer></script>\n", path("app.js")),
            format!(
                "<a href=\"{}\">Search</a> <a href=\"{}\">Compare a draft</a>",
                to(Address::Search),
                to(Address::Compare)
            ),
            format!(" <a href=\"{}\">For programs</a>", to(Address::Api)),
        ),
        false => (
            format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY_OF_FILES}\">\n"),
            String::new(),
            String::new(),
            String::new(),
        ),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{policy}\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} · OnRecord</title>\n\
         <link rel=\"stylesheet\" href=\"{style}\">\n<link rel=\"icon\" href=\"{icon}\">\n{script}</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">To the content</a>\n\
         <header class=\"masthead\"><a class=\"name\" href=\"{home}\">OnRecord</a>\n\
         <nav aria-label=\"The record\"><a href=\"{home}\">Overview</a> <a href=\"{stories}\">Stories</a> \
         <a href=\"{statements}\">Statements</a> {search}</nav></header>\n\
         <main id=\"content\">\n{body}</main>\n\
         <footer>OnRecord compares; it does not rule. Every word of an article is shown as it was printed, with where it stands.{api}</footer>\n\
         </body>\n</html>\n",
        title = escaped(title),
        style = path("style.css"),
        icon = path("icon.svg"),
        home = to(Address::Overview),
        stories = to(Address::Stories(1)),
        statements = to(Address::Statements(1)),
    )
}

/// A page that says why there is no other.
pub(crate) fn error_page(links: &Links, title: &str, message: &str) -> String {
    let body = format!("<h1>{}</h1>\n<p>{}</p>\n", escaped(title), with_code(message));
    framed(links, title, &body)
}

/// A page that asks for the token. The form only puts it into the address, where it is read and taken out again.
pub(crate) fn token_page(links: &Links, message: &str) -> String {
    let body = format!(
        "<h1>This record asks for a token</h1>\n<p>{}</p>\n<form class=\"search\" method=\"get\"><p class=\"ask\"><label for=\"token\">Token</label>\
         <input id=\"token\" name=\"token\" type=\"password\" required autocomplete=\"off\"><button>Open the record</button></p></form>\n\
         <p class=\"about\">Programs send the header <code>Authorization: Bearer</code> with the token behind it.</p>\n",
        with_code(message)
    );
    framed(links, "This record asks for a token", &body)
}

/// A message as HTML: names between backticks are code.
pub(super) fn with_code(message: &str) -> String {
    let part = |(n, part): (usize, &str)| match n % 2 {
        1 => format!("<code>{}</code>", escaped(part)),
        _ => escaped(part),
    };
    message.split('`').enumerate().map(part).collect()
}
