//! Who publishes the page, where it stands, and in which language it says it is.

use onrecord_model::Known;

use super::facts::Facts;
use super::known;
use super::title::{plain, site_in_title};

/// The outlet as it calls itself, else its host.
pub(super) fn outlet(facts: &Facts<'_>) -> Option<Known<String>> {
    let metas = [
        ("outlet.og_site_name", "og:site_name"),
        ("outlet.application_name", "application-name"),
        ("outlet.publisher", "publisher"),
    ];
    let named =
        |(rule, name)| facts.meta_named(name).map(plain).filter(|n| is_name(n)).map(|n| known(n, rule));
    let publisher =
        || facts.json_ld.publisher.clone().filter(|n| is_name(n)).map(|n| known(n, "outlet.json_ld"));
    let title = || site_in_title(facts).filter(|n| is_name(n)).map(|n| known(n, "outlet.title"));
    let host = || facts.host().map(|host| known(host.to_owned(), "outlet.host"));
    named(metas[0])
        .or_else(publisher)
        .or_else(|| metas[1..].iter().find_map(|meta| named(*meta)))
        .or_else(title)
        .or_else(host)
}

fn is_name(text: &str) -> bool {
    (2..=80).contains(&text.chars().count())
        && !text.starts_with("http")
        && text.chars().any(char::is_alphabetic)
}

/// The page's address: the caller's, or what the page says.
pub(super) fn address(facts: &Facts<'_>) -> Option<Known<String>> {
    let own = || {
        facts
            .meta_named("og:url")
            .filter(|url| url.starts_with("http"))
            .map(|url| known(url.to_owned(), "url.og_url"))
    };
    let rule = if facts.url_is_given { "url.given" } else { "url.canonical" };
    facts.url.clone().map(|url| known(url, rule)).or_else(own)
}

/// A BCP 47 tag that the page declares.
pub(super) fn language(facts: &Facts<'_>) -> Option<Known<String>> {
    let places = [
        ("language.html_lang", facts.lang.as_deref()),
        ("language.json_ld", facts.json_ld.language.as_deref()),
        ("language.meta", facts.meta_named("content-language")),
        ("language.og_locale", facts.meta_named("og:locale")),
    ];
    places.into_iter().find_map(|(rule, text)| Some(known(tag(text?)?, rule)))
}

/// A well-formed tag: "en_GB" is "en-GB"; anything else is none.
fn tag(text: &str) -> Option<String> {
    let first = text.split([',', ';']).next()?.trim().replace('_', "-");
    let mut parts = first.split('-');
    let language = parts.next()?.to_ascii_lowercase();
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    let is_rest =
        parts.clone().all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    let rest: String = parts.map(|part| format!("-{part}")).collect();
    (is_language && is_rest && language != "und").then_some(language + &rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_made_well_formed() {
        for (text, expected) in
            [("en", "en"), ("EN_gb", "en-gb"), ("pt-BR, en", "pt-BR"), ("zh-Hant-TW", "zh-Hant-TW")]
        {
            assert_eq!(tag(text).as_deref(), Some(expected));
        }
        for wrong in ["", "english", "e", "en-", "en-!", "und", "{{lang}}"] {
            assert_eq!(tag(wrong), None, "{wrong}");
        }
    }
}
