//! Citations as CSL-JSON (Citation Style Language 1.0.2), for Zotero, Pandoc and citation processors.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;
use onrecord_render::masked;
use onrecord_render::wire::Tables;
use serde::Serialize;

use super::{Citation, Quoted, address, authors, each};
use crate::export::Document;
use crate::export::json::Items;

/// One list of items.
pub(crate) struct Csl;

impl Document for Csl {
    fn name(&self) -> &'static str {
        "csl"
    }

    fn file(&self) -> &'static str {
        "citations.json"
    }

    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        let mut items = Items::begin("[", out)?;
        each(tables, &mut |citation| items.put(&Item::new(&citation)))?;
        items.end("]")
    }
}

/// The words of CSL; what it has no word for stands under `custom`.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: &'a str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Day>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annote: Option<&'a str>,
    custom: Custom<'a>,
}

/// A name as printed: a byline does not tell given from family names.
#[derive(Serialize)]
struct Name<'a> {
    literal: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Day {
    date_parts: [[i16; 3]; 1],
}

#[derive(Serialize)]
struct Custom<'a> {
    article: String,
    text_hash: String,
    #[serde(flatten)]
    quoted: Option<&'a Quoted>,
}

impl<'a> Item<'a> {
    fn new(citation: &'a Citation) -> Self {
        let article = citation.article;
        let day = article.published.as_ref().map(|published| published.value.date);
        Self {
            id: &citation.key,
            r#type: "article-newspaper",
            title: article.headline.as_ref().map(|headline| masked(&headline.value)),
            container_title: article.outlet.as_ref().map(|outlet| masked(&outlet.value)),
            author: authors(article).into_iter().map(|literal| Name { literal }).collect(),
            issued: day.map(|day| Day { date_parts: [[day.year(), day.month().into(), day.day().into()]] }),
            url: address(article),
            language: article.language.as_ref().map(|language| language.value.as_str()),
            annote: citation.quoted.as_ref().map(|quoted| quoted.told.as_str()),
            custom: Custom {
                article: article.id.to_string(),
                text_hash: article.text_hash.to_string(),
                quoted: citation.quoted.as_ref(),
            },
        }
    }
}
