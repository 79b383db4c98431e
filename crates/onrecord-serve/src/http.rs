//! The pages over HTTP: on this machine only unless a token is asked for, read-only, nothing that runs. A draft that is sent
//! to be compared is answered and kept nowhere.

use std::net::SocketAddr;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header},
};
use onrecord_model::{AnnotatedArticle, Hash, Problem};
use onrecord_render::Hidden;
use onrecord_store::Store;
use tokio::sync::Semaphore;

use crate::{
    answer::{Reply, answer},
    api,
    desk::Glance,
    draft::{MOST_SENT, Reading, Sent},
    edit::{self, Bench, Target},
    token::Guard,
};

/// Threads that work on requests; drafts and corrections wait on them for each other.
const MOST_AT_ONCE: usize = 32;

/// Only our own style and script are loaded, nothing is framed, and forms lead nowhere else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    // Browsers name no site to a form of ours where nothing at all may be named.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "private, no-cache"),
];

/// What a server has others do for it.
pub trait Workshop: std::fmt::Debug + Send + Sync {
    /// Reads a text as an article, with all that is marked in it.
    ///
    /// # Errors
    /// Where there is no article in it, or reading it trips over a fault of ours.
    fn read(&self, text: &str) -> Result<AnnotatedArticle, Problem>;

    /// Makes the record anew where something was said about it.
    fn reconcile(&self, store: &mut Store) -> Result<()>;
}

/// How a record is served.
#[derive(Debug, Clone)]
pub struct Serving {
    /// The record.
    pub record: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// What readers must know, where other machines can reach the address.
    pub token: Option<String>,
    /// Whether the pages have forms to correct the record.
    pub edit: bool,
    /// Reads drafts, and makes the record anew after a correction.
    pub workshop: Arc<dyn Workshop>,
}

/// Everything that requests share.
pub(crate) struct Shared {
    record: PathBuf,
    idle: Mutex<Vec<Store>>,
    hidden: Mutex<Option<(String, Arc<Hidden>)>>,
    glance: Mutex<(Written, Arc<Glance>)>,
    guard: Guard,
    workshop: Arc<dyn Workshop>,
    /// Held by the one draft that is read: reading takes a whole core.
    reading: Mutex<()>,
    /// What forms have to send with a correction; `None` where nothing can be corrected.
    edit: Option<String>,
    /// Held by the one correction that is made.
    correcting: Mutex<()>,
    /// A page takes a processor for as long as it is made. Were many made at once, each would wait for all of them:
    /// so they are made in the order in which they are asked for, few at a time.
    turns: Semaphore,
}

/// When the record and its log were last written, and their lengths: whatever is committed changes it.
type Written = [Option<(SystemTime, u64)>; 2];

fn written(record: &Path) -> Written {
    let mut log = record.as_os_str().to_owned();
    log.push("-wal");
    [record, Path::new(&log)].map(|path| {
        let file = path.metadata().ok()?;
        Some((file.modified().ok()?, file.len()))
    })
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
            glance: Mutex::new((Written::default(), Arc::default())),
            guard,
            workshop: self.workshop.clone(),
            reading: Mutex::new(()),
            edit: self.edit.then(edit::new_key),
            correcting: Mutex::new(()),
            turns: Semaphore::new(available_parallelism().map_or(1, NonZero::get) + 1),
        })
    }
}

impl Shared {
    /// Runs `work` with a connection of its own.
    fn with_store<T>(&self, work: impl FnOnce((&Store, &Glance), Option<&Hidden>) -> Result<T>) -> Result<T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let store = match idle {
            Some(store) => store,
            None => Store::open_to_read(&self.record)?,
        };
        let hidden = self.hidden(&store)?;
        // Asked before the record is, so that what is counted is at least as new as it is taken for.
        let glance = self.glance();
        let done = store.at_one_time(|| work((&store, &glance), hidden.as_deref()))?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        done
    }

    fn glance(&self) -> Arc<Glance> {
        let now = written(&self.record);
        let mut kept = self.glance.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != now {
            *kept = (now, Arc::default());
        }
        kept.1.clone()
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

/// A request, its body read.
struct Asked {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Asked {
    fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    fn is_api(&self) -> bool {
        self.uri.path().starts_with("/api/")
    }
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let is_sent = parts.method == Method::POST && (takes(path) || Target::of(path).is_some());
    let read = if is_sent { to_bytes(body, MOST_SENT).await } else { Ok(Bytes::new()) };
    let Ok(body) = read else {
        let reply = Reply::wrong(413, "More was sent than is read.", parts.uri.path().starts_with("/api/"));
        return response(reply, &parts.headers);
    };
    // Only a semaphore that is closed gives no turn, and this one never is.
    let _turn = if parts.method == Method::POST { None } else { shared.turns.acquire().await.ok() };
    let asked = Asked { method: parts.method, uri: parts.uri, headers: parts.headers, body };
    let made = tokio::task::spawn_blocking({
        let shared = shared.clone();
        move || response(reply(&shared, &asked), &asked.headers)
    });
    made.await.unwrap_or_else(|_| response(Reply::fault(false), &HeaderMap::new()))
}

/// Where a draft can be sent to.
fn takes(path: &str) -> bool {
    path == "/compare" || path.strip_prefix(api::ROOT) == Some("/compare")
}

fn reply(shared: &Shared, asked: &Asked) -> Reply {
    let (path, query, is_api) = (asked.uri.path(), asked.uri.query(), asked.is_api());
    if let Some(refusal) = shared.guard.refusal(&asked.headers, (path, query)) {
        return refusal;
    }
    let target = Target::of(path).filter(|_| is_api || shared.edit.is_some());
    let made = match asked.method {
        Method::GET | Method::HEAD if takes(path) && is_api => {
            return Reply::not_allowed("POST", "Send the draft with POST.", is_api);
        }
        Method::GET | Method::HEAD if matches!(target, Some(Target::Undo(_))) => {
            return Reply::not_allowed("POST", "Take it back with POST.", is_api);
        }
        Method::GET | Method::HEAD => shared.with_store(|store, hidden| {
            let edit = shared.edit.as_deref();
            answer(store, (hidden, edit), path, query.unwrap_or_default())
        }),
        Method::POST if takes(path) => {
            if let Some(refusal) = shared.guard.foreign(&asked.headers, is_api) {
                return refusal;
            }
            shared.sent(asked)
        }
        Method::POST if target.is_some() => {
            if let Some(refusal) = shared.guard.foreign(&asked.headers, is_api) {
                return refusal;
            }
            shared.corrected(asked, target)
        }
        _ if takes(path) => {
            return Reply::not_allowed("GET, HEAD, POST", "Send the draft with POST.", is_api);
        }
        _ if target.is_some() => {
            let allowed = target.map_or("", Target::allowed);
            return Reply::not_allowed(allowed, "Send a correction with POST.", is_api);
        }
        _ => {
            let message = "The record is read-only: ask with GET or HEAD.";
            return Reply::not_allowed("GET, HEAD", message, is_api);
        }
    };
    made.unwrap_or_else(|err| {
        eprintln!("onrecord: {path}: {err:#}");
        Reply::fault(is_api)
    })
}

impl Shared {
    /// Makes a correction, or takes one back.
    fn corrected(&self, asked: &Asked, target: Option<Target>) -> Result<Reply> {
        let sent = Sent { kind: asked.header(header::CONTENT_TYPE).unwrap_or_default(), body: &asked.body };
        let bench = Bench { record: &self.record, workshop: self.workshop.as_ref() };
        let one_at_a_time = || self.correcting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(target) = target.filter(|&target| target != Target::Form) else {
            let Some((key, form)) = self.edit.as_deref().zip(sent.form()) else {
                return Ok(Reply::wrong(400, "A correction comes from a form of the pages.", false));
            };
            let _held = one_at_a_time();
            return edit::from_form(&bench, (key, &form));
        };
        if let Some(refusal) = edit::refusal(&asked.headers, self.edit.is_some()) {
            return Ok(refusal);
        }
        let _held = one_at_a_time();
        match edit::from_program(&bench, target, sent.json())? {
            Ok((id, is_new)) => {
                let path = format!("{}/corrections/{id}", api::ROOT);
                let made = self.with_store(|store, hidden| answer(store, (hidden, None), &path, ""))?;
                let status = if is_new { 201 } else { made.status };
                Ok(Reply { status, ..made }.with("location", path))
            }
            Err(refusal) => Ok(refusal),
        }
    }

    /// Answers what was sent.
    fn sent(&self, asked: &Asked) -> Result<Reply> {
        let sent = Sent { kind: asked.header(header::CONTENT_TYPE).unwrap_or_default(), body: &asked.body };
        let read = |text: &str| {
            let _one_at_a_time = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
            self.workshop.read(text)
        };
        self.with_store(|(store, glance), hidden| {
            let reading = Reading { store, glance, hidden, read: &read };
            if asked.is_api() { reading.object(&sent) } else { reading.page(&sent) }
        })
    }
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
