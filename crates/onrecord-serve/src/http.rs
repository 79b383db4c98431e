//! The pages over HTTP: on this machine only unless a token is asked for, read-only, nothing that runs.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
};
use onrecord_model::Hash;
use onrecord_render::Hidden;
use onrecord_store::Store;

use crate::{
    answer::{Reply, answer},
    token::Guard,
};

/// Pages that are made at the same time; the others wait.
const MOST_AT_ONCE: usize = 32;

/// Only our own style and script are loaded, nothing is framed, and forms lead nowhere else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "private, no-cache"),
];

/// How a record is served.
#[derive(Debug, Clone)]
pub struct Serving {
    /// The record.
    pub record: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// What readers must know, where other machines can reach the address.
    pub token: Option<String>,
}

/// Everything that requests share.
pub(crate) struct Shared {
    record: PathBuf,
    idle: Mutex<Vec<Store>>,
    hidden: Mutex<Option<(String, Arc<Hidden>)>>,
    guard: Guard,
}

impl Serving {
    /// Serves until the process ends. `ready` is told the address once it is open.
    ///
    /// An address that other machines can reach asks for a token; an error says so.
    pub fn run(&self, ready: impl FnOnce(SocketAddr)) -> Result<()> {
        let shared = Arc::new(self.shared()?);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(MOST_AT_ONCE)
            .enable_io()
            .build()
            .context("cannot begin to serve")?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(self.listen).await.with_context(|| {
                format!("cannot listen on `{}`\n(hint: name another port with --listen)", self.listen)
            })?;
            ready(listener.local_addr()?);
            let router = Router::new().fallback(handle).with_state(shared);
            Ok(axum::serve(listener, router).await?)
        })
    }

    fn shared(&self) -> Result<Shared> {
        if !self.listen.ip().is_loopback() && self.token.is_none() {
            bail!(
                "`{}` can be reached from other machines, and whoever reaches it reads the whole record\n\
                 (hint: listen on 127.0.0.1, or give --token-file a file with a secret that readers must know)",
                self.listen
            );
        }
        let guard = Guard::new(self.token.as_deref(), self.listen.ip().is_loopback())?;
        let first = Store::open_to_read(&self.record)?;
        Ok(Shared {
            record: self.record.clone(),
            idle: Mutex::new(vec![first]),
            hidden: Mutex::new(None),
            guard,
        })
    }
}

impl Shared {
    /// Runs `work` with a connection of its own.
    fn with_store<T>(&self, work: impl FnOnce(&Store, Option<&Hidden>) -> Result<T>) -> Result<T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let store = match idle {
            Some(store) => store,
            None => Store::open_to_read(&self.record)?,
        };
        let hidden = self.hidden(&store)?;
        let done = work(&store, hidden.as_deref());
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        done
    }

    /// Who is shown nowhere. Finding that takes the whole record, so it is kept until something is said anew.
    fn hidden(&self, store: &Store) -> Result<Option<Arc<Hidden>>> {
        let hiding = store.hiding()?;
        if hiding.is_empty() {
            return Ok(None);
        }
        let key = format!("{hiding} {}", store.article_count()?);
        let mut kept = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, hidden)) = kept.as_ref().filter(|(of, _)| *of == key) {
            return Ok(Some(hidden.clone()));
        }
        let hidden = Arc::new(Hidden::of_record(store)?);
        *kept = Some((key, hidden.clone()));
        Ok(Some(hidden))
    }
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
    let made = tokio::task::spawn_blocking(move || {
        let reply = reply(&shared, &method, (uri.path(), uri.query()), &headers);
        response(reply, &headers)
    });
    made.await.unwrap_or_else(|_| response(Reply::fault(false), &HeaderMap::new()))
}

fn reply(
    shared: &Shared,
    method: &Method,
    (path, query): (&str, Option<&str>),
    headers: &HeaderMap,
) -> Reply {
    let is_api = path.starts_with("/api/");
    if let Some(refusal) = shared.guard.refusal(headers, (path, query)) {
        return refusal;
    }
    if method != Method::GET && method != Method::HEAD {
        return Reply::wrong(405, "The record is read-only: ask with GET or HEAD.", is_api);
    }
    let made = shared.with_store(|store, hidden| answer(store, hidden, path, query.unwrap_or_default()));
    made.unwrap_or_else(|err| {
        eprintln!("onrecord: {path}: {err:#}");
        Reply::fault(is_api)
    })
}

fn response(reply: Reply, asked: &HeaderMap) -> Response<Body> {
    let tag = format!("\"{:.32}\"", Hash::of(&reply.body).to_string());
    let is_known = reply.status == 200
        && asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).is_some_and(|known| {
            known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
        });
    let (status, body) = if is_known { (304, Vec::new()) } else { (reply.status, reply.body) };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let own = [("content-type", reply.kind.to_owned()), ("etag", tag)];
    let fixed = HEADERS.iter().map(|(name, value)| (*name, (*value).to_owned()));
    for (name, value) in fixed.chain(own).chain(reply.headers) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
