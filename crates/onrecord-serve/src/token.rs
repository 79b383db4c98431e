//! Who may read: anybody on this machine, or whoever knows the token.

use anyhow::{Result, bail};
use axum::http::{HeaderMap, HeaderName, header};
use onrecord_model::Hash;

use crate::{
    answer::{Reply, our_file},
    query,
};

/// Shorter tokens can be guessed.
const FEWEST_CHARS: usize = 16;
/// The cookie holds a hash of the token, so that the token itself stands nowhere in the browser.
const COOKIE: &str = "onrecord";

const ASKED: &str = "Whoever serves it has the token. Write it here, or add `?token=…` to the address once.";
const NOT_THIS: &str = "That was not the token of this record: look whether all of it was copied.";

/// Where browsers say what kind of page had something sent.
const FROM: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What a reader has to show.
pub(crate) struct Guard {
    /// The hash of the token.
    token: Option<String>,
    /// Whether only this machine can reach the address: requests must then name it so, or a page of another site
    /// could reach it through a name that leads here.
    is_loopback: bool,
}

impl Guard {
    pub(crate) fn new(token: Option<&str>, is_loopback: bool) -> Result<Self> {
        if token.is_some_and(|token| token.chars().count() < FEWEST_CHARS) {
            bail!(
                "the token has fewer than {FEWEST_CHARS} characters and could be guessed\n(hint: `head -c 24 /dev/urandom | base64` makes one)"
            );
        }
        Ok(Self { token: token.map(hashed), is_loopback })
    }

    /// What to answer to somebody who may not read; `None` lets them in.
    pub(crate) fn refusal(&self, headers: &HeaderMap, (path, query): (&str, Option<&str>)) -> Option<Reply> {
        let is_api = path.starts_with("/api/");
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if self.is_loopback && !text(header::HOST).is_none_or(is_this_machine) {
            return Some(Reply::wrong(
                403,
                "This record is served to this machine only, under 127.0.0.1 or localhost.",
                is_api,
            ));
        }
        let token = self.token.as_deref()?;
        let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let cookies = text(header::COOKIE).unwrap_or_default().split(';');
        let cookie = cookies.filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('=')).next();
        if bearer.is_some_and(|bearer| is_same(&hashed(bearer.trim()), token))
            || cookie.is_some_and(|cookie| is_same(cookie, token))
        {
            return None;
        }
        let asked = query::read(query.unwrap_or_default());
        let given = asked.get("token");
        if given.is_some_and(|given| is_same(&hashed(given), token)) {
            let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict");
            return Some(Reply::moved(303, path.to_owned()).with("set-cookie", cookie));
        }
        if our_file(path).is_some() {
            return None;
        }
        Some(Reply::asks_for_token(if given.is_some() { NOT_THIS } else { ASKED }, is_api))
    }

    /// What to answer where a page of another site had something sent; `None` lets it in. Programs name no site.
    pub(crate) fn foreign(&self, headers: &HeaderMap, is_api: bool) -> Option<Reply> {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let host = text(header::HOST).unwrap_or_default();
        let is_named = |origin: &str| {
            let site = origin.split_once("://").map_or(origin, |(_, site)| site);
            !host.is_empty() && site.eq_ignore_ascii_case(host)
        };
        let is_ours = text(header::ORIGIN).is_none_or(is_named)
            && text(FROM).is_none_or(|from| ["same-origin", "none"].contains(&from));
        let message =
            "This was sent by a page of another site, or a proxy between does not pass the Host header on.";
        (!is_ours).then(|| Reply::wrong(403, message, is_api))
    }
}

fn hashed(token: &str) -> String {
    Hash::of(format!("onrecord token {token}").as_bytes()).to_string()
}

/// Takes the same time wherever two differ.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// Whether a Host header names this machine.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_must_name_this_machine() {
        for (host, is_here) in [
            ("127.0.0.1:7878", true),
            ("localhost", true),
            ("LOCALHOST:1", true),
            ("[::1]:7878", true),
            ("127.0.0.2", true),
            ("record.example:7878", false),
            ("127.0.0.1.example", false),
            ("", false),
        ] {
            assert_eq!(is_this_machine(host), is_here, "{host}");
        }
    }

    #[test]
    fn a_short_token_is_refused() {
        assert!(Guard::new(Some("short"), false).is_err());
        assert!(Guard::new(Some("long enough to hold"), false).is_ok());
    }
}
