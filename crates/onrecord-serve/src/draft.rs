//! What is sent to the server: a draft to be held against the record. It is read, answered, and kept nowhere.

use anyhow::Result;
use onrecord_model::{AnnotatedArticle, Problem, ProblemKind};
use onrecord_render::{DraftReport, Hidden, brief::show::Links, wire};
use onrecord_store::Store;
use serde_json::Value;

use crate::{
    answer::Reply,
    desk::{Desk, Glance},
    pages::{self, Query},
    query,
};

/// Bytes of a draft.
pub(crate) const MOST_BYTES: usize = 200_000;
/// Bytes of what a draft is sent in: a form writes some bytes as three.
pub(crate) const MOST_SENT: usize = 3 * MOST_BYTES + 1_000;

const TOO_LONG: &str = "The draft has more than 200,000 bytes. Send a part of it.";

const FAULT: &str = "The draft could not be read because of a fault in OnRecord. Report it with the draft.";

/// Where a draft comes from, which decides what whoever sent it can do better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sender {
    /// The form of the page.
    Form,
    /// A program.
    Program,
}

impl Sender {
    /// What to say of a draft in which there is no article.
    fn no_article(self) -> &'static str {
        match self {
            Self::Form => {
                "There is no text of an article in what was pasted. Paste the words of the draft themselves."
            }
            Self::Program => {
                "There is no text of an article in `text`. Send the words of the draft themselves, as plain text."
            }
        }
    }
}

/// What was sent, as it came.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// The media type.
    pub(crate) kind: &'a str,
    /// The bytes.
    pub(crate) body: &'a [u8],
}

impl Sent<'_> {
    fn is(&self, kind: &str) -> bool {
        self.kind.split(';').next().is_some_and(|known| known.trim().eq_ignore_ascii_case(kind))
    }

    /// The fields of a form; `None` where it is none.
    pub(crate) fn form(&self) -> Option<Query> {
        self.is("application/x-www-form-urlencoded").then(|| query::read(&String::from_utf8_lossy(self.body)))
    }

    /// An object for programs; `None` where it is none.
    pub(crate) fn json(&self) -> Option<Value> {
        self.is("application/json").then(|| serde_json::from_slice(self.body).ok()).flatten()
    }
}

/// Who reads a draft, and what it is held against.
pub(crate) struct Reading<'a> {
    /// The record.
    pub(crate) store: &'a Store,
    /// What was counted over all of it.
    pub(crate) glance: &'a Glance,
    /// Who is shown nowhere.
    pub(crate) hidden: Option<&'a Hidden>,
    /// Reads the draft.
    pub(crate) read: &'a dyn Fn(&str) -> Result<AnnotatedArticle, Problem>,
}

impl Reading<'_> {
    /// The page for a draft from a form.
    pub(crate) fn page(&self, sent: &Sent) -> Result<Reply> {
        let Some(form) = sent.form() else {
            return Ok(Reply::wrong(400, "The draft comes from the form of the page.", false));
        };
        // Forms send line ends as two characters.
        let text = form.get("text").map_or("", String::as_str).replace("\r\n", "\n");
        let desk = Desk {
            store: self.store,
            glance: self.glance,
            hidden: self.hidden,
            links: Links::served(0),
            edit: None,
        };
        if text.trim().is_empty() {
            return Ok(Reply::wrong(400, "There is no text in the form.", false));
        }
        let report = match self.report(&text, Sender::Form)? {
            Ok(report) => report,
            Err((status, message)) => return Ok(Reply::wrong(status, &message, false)),
        };
        Ok(Reply::new("text/html; charset=utf-8", pages::compared(&desk, &text, &report)?))
    }

    /// The object for a draft from a program.
    pub(crate) fn object(&self, sent: &Sent) -> Result<Reply> {
        let sent = sent.json();
        let text = sent.as_ref().and_then(|object| object.get("text")).and_then(Value::as_str);
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
            let message = "The draft is sent as application/json: an object with the draft as `text`.";
            return Ok(Reply::wrong(400, message, true));
        };
        let report = match self.report(text, Sender::Program)? {
            Ok(report) => report,
            Err((status, message)) => return Ok(Reply::wrong(status, &message, true)),
        };
        let tables = wire::Tables::new(&report.loaded, self.store)?;
        let object = serde_json::to_string(&wire::ComparisonV1::new(&report, &tables))?;
        Ok(Reply::new("application/json", object))
    }

    /// What comes of a draft; or the status and the words for whoever sent what is none.
    fn report(&self, text: &str, from: Sender) -> Result<Result<DraftReport, (u16, String)>> {
        if text.len() > MOST_BYTES {
            return Ok(Err((413, TOO_LONG.to_owned())));
        }
        match (self.read)(text) {
            Ok(draft) => Ok(Ok(DraftReport::new(self.store, self.hidden, draft)?)),
            Err(problem) if problem.kind == ProblemKind::NoArticle => {
                Ok(Err((400, from.no_article().to_owned())))
            }
            Err(_) => Ok(Err((500, FAULT.to_owned()))),
        }
    }
}
