//! Citations: of every article, and of the words of every account of a statement in it.

mod bibtex;
mod csl;

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::Result;
use onrecord_model::{Account, Article, Id, QuotationKind, Statement};
use onrecord_render::masked;
use onrecord_render::wire::{SpanV1, Tables};
use serde::Serialize;

pub(crate) use bibtex::BibTex;
pub(crate) use csl::Csl;

/// What is cited: an article, or words in it.
struct Citation<'a> {
    /// `article-ID` or `account-ID`.
    key: String,
    article: &'a Article,
    quoted: Option<Quoted>,
}

/// Words that somebody said, as the article tells them.
#[derive(Serialize)]
struct Quoted {
    statement: String,
    /// Null where the article does not tell.
    speaker: Option<String>,
    parts: Vec<SpanV1>,
    /// For people: who, and the words, in quotation marks where all of them are quoted.
    #[serde(skip)]
    told: String,
}

/// Every citation, by article; the articles' own stand before those of words in them.
fn each(tables: &Tables, sink: &mut dyn FnMut(Citation) -> Result<()>) -> Result<()> {
    let mut accounts: BTreeMap<Id, Vec<(&Statement, &Account)>> = BTreeMap::new();
    for statement in &tables.loaded.record.statements {
        for account in &statement.accounts {
            accounts.entry(account.article).or_default().push((statement, account));
        }
    }
    for (id, annotated) in &tables.loaded.articles {
        let article = &annotated.article;
        sink(Citation { key: format!("article-{id}"), article, quoted: None })?;
        for &(statement, account) in accounts.get(id).into_iter().flatten() {
            let quoted = Some(Quoted::new(statement, account, tables));
            sink(Citation { key: format!("account-{}", account.id), article, quoted })?;
        }
    }
    Ok(())
}

impl Quoted {
    fn new(statement: &Statement, account: &Account, tables: &Tables) -> Self {
        let part = |part: &onrecord_model::AccountPart| {
            let span = tables.span(account.article, part.span)?;
            let words = match part.kind {
                QuotationKind::Direct => format!("“{}”", span.text),
                QuotationKind::Indirect | QuotationKind::Mixed => span.text.clone(),
            };
            Some((span, words))
        };
        let (parts, words): (Vec<_>, Vec<_>) = account.parts.iter().filter_map(part).unzip();
        let speaker = statement.speaker_name.as_deref().map(|name| masked(name).into_owned());
        let told = format!("{}: {}", speaker.as_deref().unwrap_or("unknown"), words.join(" … "));
        Self { statement: statement.id.to_string(), speaker, parts, told }
    }
}

/// The authors one by one, as printed.
fn authors(article: &Article) -> Vec<Cow<'_, str>> {
    let byline = article.byline.as_ref().map(|byline| byline.value.as_str()).unwrap_or_default();
    byline.split(", ").filter(|name| !name.is_empty()).map(masked).collect()
}

/// The page's address, where it is one of the web: a page can claim any text as its address.
pub(super) fn address(article: &Article) -> Option<&str> {
    let url = article.url.as_ref()?.value.as_str();
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}
