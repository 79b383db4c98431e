//! From an address to what is sent back, whatever carries it.

use anyhow::Result;
use onrecord_model::Id;
use onrecord_render::{
    Hidden,
    brief::show::{Links, STYLE},
};
use onrecord_store::Store;
use serde_json::json;

use crate::{
    api::{self, Outcome},
    desk::{Desk, Glance},
    pages::{self, Address, Answer, error_page, token_page},
    query,
};

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// Our own files, by name.
pub(crate) const PAGES_STYLE: &str = include_str!("../assets/pages.css");
const SCRIPT: &str = concat!(include_str!("../assets/app.js"), include_str!("../assets/correct.js"));
pub(crate) const ICON: &str = include_str!("../assets/icon.svg");

/// What is sent back.
#[derive(Debug)]
pub(crate) struct Reply {
    /// As HTTP counts.
    pub(crate) status: u16,
    /// The media type.
    pub(crate) kind: &'static str,
    /// The bytes.
    pub(crate) body: Vec<u8>,
    /// Headers of this answer alone.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Reply {
    pub(crate) fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, kind, body: body.into(), headers: Vec::new() }
    }

    /// A page.
    pub(crate) fn page(html: String) -> Self {
        Self::new(HTML, html)
    }

    /// The same with one more header.
    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn moved(status: u16, to: String) -> Self {
        Self { status, ..Self::new("text/plain; charset=utf-8", "") }.with("location", to)
    }

    /// The one shape of errors: a page for people, an object for programs.
    pub(crate) fn wrong(status: u16, message: &str, is_api: bool) -> Self {
        let name = match status {
            400 => "bad_request",
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not_found",
            405 => "method_not_allowed",
            413 => "too_large",
            _ => "fault",
        };
        let reply = if is_api {
            let error = json!({ "error": { "status": status, "kind": name, "message": message } });
            Self::new(JSON, error.to_string())
        } else {
            let title = match status {
                400 => "The question cannot be read",
                401 | 403 => "Not for everybody",
                404 => "Not in this record",
                405 => "Read-only",
                413 => "Too long",
                _ => "A fault of ours",
            };
            Self::new(HTML, error_page(&Links::served_at_root(), title, message))
        };
        Self { status, ..reply }
    }

    /// Somebody has to show the token first.
    pub(crate) fn asks_for_token(message: &str, is_api: bool) -> Self {
        let reply = match is_api {
            true => Self::wrong(401, message, true),
            false => Self { status: 401, ..Self::new(HTML, token_page(&Links::served_at_root(), message)) },
        };
        reply.with("www-authenticate", "Bearer".to_owned())
    }

    /// The address is asked in another way.
    pub(crate) fn not_allowed(allowed: &str, message: &str, is_api: bool) -> Self {
        Self::wrong(405, message, is_api).with("allow", allowed.to_owned())
    }

    /// Something of ours went wrong; what, stands in the log.
    pub(crate) fn fault(is_api: bool) -> Self {
        Self::wrong(
            500,
            "The page could not be made. What went wrong stands on the server's standard error.",
            is_api,
        )
    }
}

/// The style of the pages: the brief's, and what only pages need.
pub(crate) fn style() -> String {
    format!("{STYLE}{PAGES_STYLE}")
}

/// Answers a question for a path.
pub(crate) fn answer(
    (store, glance): (&Store, &Glance),
    (hidden, edit): (Option<&Hidden>, Option<&str>),
    path: &str,
    asked: &str,
) -> Result<Reply> {
    if let Some(ours) = our_file(path) {
        return Ok(ours);
    }
    if let Some(id) = path.strip_prefix("/page/") {
        return bytes(store, hidden, id);
    }
    if let Some(rest) = path.strip_prefix(api::ROOT).filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        let desk = Desk { store, glance, hidden, links: Links::served_at_root(), edit: None };
        return for_programs(&desk, rest, asked);
    }
    let Some(address) = Address::parse(path) else {
        return Ok(Reply::wrong(404, "There is no such page.", path.starts_with("/api/")));
    };
    let desk = Desk { store, glance, hidden, links: Links::served(depth(address)), edit };
    Ok(match pages::page(&desk, address, &query::read(asked))? {
        Answer::Page(html) => Reply::new(HTML, html),
        Answer::Moved(to) => Reply::moved(308, desk.links.path(&to.path())),
        Answer::NotFound(message) => Reply::wrong(404, message, false),
        Answer::Bad(message) => Reply::wrong(400, &message, false),
    })
}

/// Style, script and icon: they hold nothing of a record.
pub(crate) fn our_file(path: &str) -> Option<Reply> {
    match path {
        "/style.css" => Some(Reply::new("text/css; charset=utf-8", style())),
        "/app.js" => Some(Reply::new("text/javascript; charset=utf-8", SCRIPT)),
        "/icon.svg" => Some(Reply::new("image/svg+xml", ICON)),
        _ => None,
    }
}

/// An object for programs; `path` begins behind the root of the API.
fn for_programs(desk: &Desk, path: &str, asked: &str) -> Result<Reply> {
    let found = match path {
        "" | "/" => Outcome::Found(api::root(desk)?),
        "/openapi.json" => Outcome::Found(api::document()),
        path => api::answer(desk, path, &query::read(asked))?,
    };
    Ok(match found {
        Outcome::Found(value) => Reply::new(JSON, value.to_string()),
        Outcome::Moved(to) => Reply::moved(308, to),
        Outcome::NotFound => Reply::wrong(404, "The record has nothing under this address.", true),
        Outcome::Bad(message) => Reply::wrong(400, &message, true),
    })
}

/// How many folders deep a page stands.
pub(crate) fn depth(address: Address) -> usize {
    address.path().matches('/').count()
}

/// The page's bytes as they were read: to be kept, never to be opened in the place of a page of ours.
fn bytes(store: &Store, hidden: Option<&Hidden>, id: &str) -> Result<Reply> {
    if hidden.is_some() {
        let message = "Somebody is hidden in this record: the bytes of its pages are not given out.";
        return Ok(Reply::wrong(403, message, false));
    }
    let page = Id::parse(id).map(|id| store.page(id)).transpose()?.flatten();
    let Some(page) = page else {
        return Ok(Reply::wrong(404, "No article of the record has this id.", false));
    };
    let name = format!("attachment; filename=\"{id}.page\"");
    Ok(Reply::new("application/octet-stream", page.bytes).with("content-disposition", name))
}
