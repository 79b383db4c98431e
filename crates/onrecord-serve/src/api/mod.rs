//! The record for programs, under `/api/v1`: the shapes of `wire`, a page at a time, described by OpenAPI.

mod corrections;
mod lists;
mod openapi;

use anyhow::Result;
use onrecord_model::Id;
use onrecord_store::{Page, Search};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

pub(crate) use openapi::{Described, described, document};

use crate::{
    desk::Desk,
    pages::{Address, Asked, Query},
};

/// Where the first version stands.
pub(crate) const ROOT: &str = "/api/v1";
/// Where the description stands.
pub(crate) const DOCUMENT: &str = "/api/v1/openapi.json";
/// Things on a page, where nothing else is asked for.
const PER_PAGE: usize = 20;
/// The most on one page.
const MOST_PER_PAGE: usize = 100;

/// What a program asks for.
pub(crate) struct Call {
    /// The id in the path; only of endpoints that have one.
    id: Option<Id>,
    /// What a list is narrowed to.
    search: Search,
    /// The speaker whose statements are asked for.
    entity: Option<Id>,
    /// Which stretch of a list.
    page: Page,
}

/// What comes of it.
pub(crate) enum Outcome {
    /// One thing, or a list.
    Found(Value),
    /// The thing is reached by the id of one that belongs to it; where it stands.
    Moved(String),
    /// There is no such thing.
    NotFound,
    /// The question cannot be answered so, and why.
    Bad(String),
}

/// Something that stands behind the question mark.
pub(crate) struct Parameter {
    name: &'static str,
    values: Values,
    about: &'static str,
}

/// What a parameter can be.
#[derive(Clone, Copy)]
enum Values {
    /// Words, or a name.
    Words,
    /// A day.
    Day,
    /// A kind of difference.
    Kind,
    /// An id.
    Id,
}

/// One address, or a family of them. A new one is added to [`ENDPOINTS`] and nowhere else.
pub(crate) struct Endpoint {
    /// Under the root; `{id}` stands for an id.
    path: &'static str,
    /// What it gives.
    about: &'static str,
    /// What it can be narrowed by; lists are paged as well.
    parameters: &'static [Parameter],
    /// The shape of what is given, or of one thing of a list.
    shape: fn(&mut SchemaGenerator) -> Schema,
    is_list: bool,
    answer: fn(&Desk, &Call) -> Result<Outcome>,
}

fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

const WORDS: Parameter =
    Parameter { name: "q", values: Values::Words, about: "Words that all must be there." };
const OUTLET: Parameter = Parameter {
    name: "outlet",
    values: Values::Words,
    about: "The outlet that tells it, by its whole name.",
};
const LANGUAGE: Parameter =
    Parameter { name: "language", values: Values::Words, about: "The language it is told in (BCP 47)." };
const FROM: Parameter =
    Parameter { name: "from", values: Values::Day, about: "The first day, as in 2024-02-28." };
const TO: Parameter = Parameter { name: "to", values: Values::Day, about: "The last day." };
const STORY: Parameter =
    Parameter { name: "story", values: Values::Id, about: "The id of the story it belongs to." };

use onrecord_render::wire as v1;

/// Every endpoint.
pub(crate) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/stories",
        about: "Stories, those first that were told last.",
        parameters: &[],
        shape: shape::<v1::StoryV1>,
        is_list: true,
        answer: lists::stories,
    },
    Endpoint {
        path: "/stories/{id}",
        about: "One story, by its id or that of any of its articles.",
        parameters: &[],
        shape: shape::<v1::StoryV1>,
        is_list: false,
        answer: lists::story,
    },
    Endpoint {
        path: "/statements",
        about: "Statements with every account: the best first by the words asked for, or those first that are told most and most differently.",
        parameters: &[
            WORDS,
            Parameter { name: "speaker", values: Values::Words, about: "Part of the speaker's name." },
            Parameter {
                name: "entity",
                values: Values::Id,
                about: "The id of the speaker, where it has a page; not together with others.",
            },
            OUTLET,
            LANGUAGE,
            FROM,
            TO,
            Parameter {
                name: "kind",
                values: Values::Kind,
                about: "In what the accounts differ: the name of a kind of difference.",
            },
            STORY,
        ],
        shape: shape::<v1::StatementV1>,
        is_list: true,
        answer: lists::statements,
    },
    Endpoint {
        path: "/statements/{id}",
        about: "One statement, by its id or that of any of its accounts.",
        parameters: &[],
        shape: shape::<v1::StatementV1>,
        is_list: false,
        answer: lists::statement,
    },
    Endpoint {
        path: "/statements/{id}/differences",
        about: "Where the accounts of a statement differ.",
        parameters: &[],
        shape: shape::<v1::DifferenceV1>,
        is_list: true,
        answer: lists::differences_of,
    },
    Endpoint {
        path: "/statements/{id}/replies",
        about: "What a statement answers, and what answers it.",
        parameters: &[],
        shape: shape::<v1::ReplyV1>,
        is_list: true,
        answer: lists::replies_of,
    },
    Endpoint {
        path: "/differences",
        about: "Every difference, by id.",
        parameters: &[],
        shape: shape::<v1::DifferenceV1>,
        is_list: true,
        answer: lists::differences,
    },
    Endpoint {
        path: "/differences/{id}",
        about: "One difference.",
        parameters: &[],
        shape: shape::<v1::DifferenceV1>,
        is_list: false,
        answer: lists::difference,
    },
    Endpoint {
        path: "/figure_series",
        about: "Things counted by several articles, with every value, by id.",
        parameters: &[STORY],
        shape: shape::<v1::SeriesV1>,
        is_list: true,
        answer: lists::series,
    },
    Endpoint {
        path: "/figure_series/{id}",
        about: "One thing counted.",
        parameters: &[],
        shape: shape::<v1::SeriesV1>,
        is_list: false,
        answer: lists::one_series,
    },
    Endpoint {
        path: "/themes",
        about: "Themes, those first that most statements tell.",
        parameters: &[],
        shape: shape::<v1::ThemeV1>,
        is_list: true,
        answer: lists::themes,
    },
    Endpoint {
        path: "/themes/{id}",
        about: "One theme, by its id or that of any of its statements.",
        parameters: &[],
        shape: shape::<v1::ThemeV1>,
        is_list: false,
        answer: lists::theme,
    },
    Endpoint {
        path: "/articles",
        about: "Articles by id, or the best first by the words asked for; the other parameters narrow a search and need `q`.",
        parameters: &[WORDS, OUTLET, LANGUAGE, FROM, TO],
        shape: shape::<v1::ArticleV1>,
        is_list: true,
        answer: lists::articles,
    },
    Endpoint {
        path: "/articles/{id}",
        about: "One article with everything that is marked in it.",
        parameters: &[],
        shape: shape::<v1::MarkedV1>,
        is_list: false,
        answer: lists::article,
    },
    Endpoint {
        path: "/copies",
        about: "Groups of articles that are one text, by id.",
        parameters: &[],
        shape: shape::<v1::CopyGroupV1>,
        is_list: true,
        answer: lists::copies,
    },
    Endpoint {
        path: "/copies/{id}",
        about: "One group of copies, by its id or that of any of its articles.",
        parameters: &[],
        shape: shape::<v1::CopyGroupV1>,
        is_list: false,
        answer: lists::copies_of,
    },
    Endpoint {
        path: "/changed_pages",
        about: "Pages of which the record holds versions that tell otherwise, those first in which most changed.",
        parameters: &[],
        shape: shape::<v1::ChangedPageV1>,
        is_list: true,
        answer: lists::changed_pages,
    },
    Endpoint {
        path: "/changed_pages/{id}",
        about: "One page that changed, by its id or that of any of its versions.",
        parameters: &[],
        shape: shape::<v1::ChangedPageV1>,
        is_list: false,
        answer: lists::changed_page,
    },
    Endpoint {
        path: "/changed_pages/{id}/edits",
        about: "What changed in a page, version by version, in the order of the text; of its first 40 versions.",
        parameters: &[],
        shape: shape::<v1::EditV1>,
        is_list: true,
        answer: lists::edits_of,
    },
    Endpoint {
        path: "/corrections",
        about: "What people said about the record, oldest first, with what became of each; those that were taken back are among them.",
        parameters: &[],
        shape: shape::<v1::CorrectionV1>,
        is_list: true,
        answer: corrections::list,
    },
    Endpoint {
        path: "/corrections/{id}",
        about: "One correction.",
        parameters: &[],
        shape: shape::<v1::CorrectionV1>,
        is_list: false,
        answer: corrections::one,
    },
];

/// The endpoint at a path under the root, and the id in it.
fn endpoint(path: &str) -> Option<(&'static Endpoint, Option<Id>)> {
    ENDPOINTS.iter().find_map(|endpoint| {
        let mut id = None;
        let (mut asked, mut known) = (path.split('/'), endpoint.path.split('/'));
        loop {
            match (asked.next(), known.next()) {
                (None, None) => return Some((endpoint, id)),
                (Some(segment), Some("{id}")) => id = Some(Id::parse(segment)?),
                (Some(segment), Some(name)) if segment == name => {}
                _ => return None,
            }
        }
    })
}

/// Answers a program. `path` begins behind the root.
pub(crate) fn answer(desk: &Desk, path: &str, query: &Query) -> Result<Outcome> {
    let Some((endpoint, id)) = endpoint(path) else { return Ok(Outcome::NotFound) };
    match call(endpoint, id, query) {
        Ok(call) => (endpoint.answer)(desk, &call),
        Err(wrong) => Ok(Outcome::Bad(wrong)),
    }
}

fn call(endpoint: &Endpoint, id: Option<Id>, query: &Query) -> Result<Call, String> {
    let is_known = |name: &str| {
        endpoint.parameters.iter().any(|parameter| parameter.name == name)
            || (endpoint.is_list && ["page", "per_page"].contains(&name))
            || name == "token"
    };
    if let Some(name) = query.keys().find(|name| !is_known(name)) {
        return Err(format!("`{}` is not asked for here", name.escape_default()));
    }
    let asked = Asked::read(query)?;
    let per_page = match query.get("per_page").map(|n| n.parse::<usize>()) {
        None => PER_PAGE,
        Some(Ok(n)) if (1..=MOST_PER_PAGE).contains(&n) => n,
        Some(_) => return Err(format!("`per_page` is a number from 1 to {MOST_PER_PAGE}")),
    };
    let entity = match query.get("entity").filter(|id| !id.is_empty()) {
        None => None,
        Some(id) => Some(Id::parse(id).ok_or("`entity` is the id of a speaker")?),
    };
    let page = Page { offset: (asked.page - 1).saturating_mul(per_page), limit: per_page };
    Ok(Call { id, search: asked.search, entity, page })
}

/// A stretch of a list: every page has the same `total`, and the pages together have so many `items`.
fn listed(page: Page, total: usize, items: Vec<Value>) -> Outcome {
    let n = page.offset / page.limit.max(1) + 1;
    Outcome::Found(json!({ "total": total, "page": n, "per_page": page.limit, "items": items }))
}

/// What the record holds, and where: the answer at the root.
pub(crate) fn root(desk: &Desk) -> Result<Value> {
    let counts = desk.counts()?;
    Ok(json!({
        "articles": counts.articles,
        "stories": counts.stories,
        "statements": counts.statements,
        "replies": counts.replies,
        "description": DOCUMENT,
    }))
}

/// Where the page of a thing stands under the root.
fn moved(address: Address) -> Outcome {
    let (kind, id) = match address {
        Address::Story(id) => ("stories", id),
        Address::Theme(id) => ("themes", id),
        Address::Statement(id) => ("statements", id),
        Address::Changed(id) => ("changed_pages", id),
        _ => return Outcome::NotFound,
    };
    Outcome::Moved(format!("{ROOT}/{kind}/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_leads_to_its_endpoint_alone() {
        let id = Id::of(["a"]);
        for known in ENDPOINTS {
            let (found, at) = endpoint(&known.path.replace("{id}", &id.to_string())).unwrap();
            assert_eq!((found.path, at.is_some()), (known.path, known.path.contains("{id}")));
        }
        for wrong in ["", "/", "/stories/", "/stories/x", "/statements/0000000000000000/none", "/stories//"] {
            assert!(endpoint(wrong).is_none(), "{wrong}");
        }
    }
}
