//! The outlet and the address, where lines of the text name them.

use std::sync::LazyLock;

use onrecord_model::{Because, Known};
use regex::Regex;

use super::View;

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"https?://[^\s<>"'|]{4,300}"#).ok());

/// "© 2024 The Echo. All rights reserved", "Copyright: The Echo", "The Echo. All rights reserved."
static OWNER: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?:©|\([cC]\)|(?i:copyright))[\s:©]*(?:\([cC]\)\s*)?(?:(?:19|20)\d\d\s*[-–—,]?\s*)*(?:(?i:by)\s)?(?<name>\p{Lu}[^.,|©!?;:()]{1,50})",
        r"^(?<name>\p{Lu}[^.,|©!?;:()]{1,50})\.?\s*(?i:all rights reserved)",
    ]
    .iter()
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// The host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| host.contains('.'))
}

/// The address that a line above the article prints.
pub(super) fn url(view: &View<'_>) -> Option<Known<String>> {
    let above = view.lines[..view.body.unwrap_or(0)].iter();
    let above = above.filter(|line| line.plain.len() < 400 && line.plain.contains("://"));
    let value = above
        .filter_map(|line| ADDRESS.as_ref()?.find(&line.plain))
        .map(|m| m.as_str())
        .find(|url| !is_file(url))?;
    Some(Known { value: value.to_owned(), because: Because::new("url.line", "an address above the article") })
}

/// Addresses of pictures and scripts are not the page's.
fn is_file(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".css", ".js", ".mp4"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// The outlet by what the lines say: who claims the rights, else the host of the address.
pub(super) fn outlet(view: &View<'_>, url: Option<&str>) -> Option<Known<String>> {
    let claimed = (0..view.lines.len()).rev().filter(|i| view.rule(*i) == Some("boilerplate.copyright"));
    let name = claimed.into_iter().find_map(|i| owner(&view.lines[i].plain));
    let named = name.map(|name| Known {
        value: name.to_owned(),
        because: Because::new("outlet.copyright", "the line that claims the rights"),
    });
    named.or_else(|| {
        let host = host(url?)?.to_owned();
        Some(Known { value: host, because: Because::new("outlet.host", "the host of the address") })
    })
}

fn owner(plain: &str) -> Option<&str> {
    let found = OWNER.iter().find_map(|form| form.captures(plain))?;
    let name = found.name("name")?.as_str().trim();
    (name.split_whitespace().count() <= 6 && !name.to_lowercase().starts_with("all rights")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_of_the_rights_is_read() {
        for (line, expected) in [
            ("© 2024 The Eldmouth Echo. All rights reserved.", "The Eldmouth Echo"),
            ("© Harbour Board. When quoting, name the source.", "Harbour Board"),
            ("Copyright (c) 2019-2024 Vesta", "Vesta"),
            ("Vesta. All rights reserved.", "Vesta"),
            ("© 2024. All rights reserved.", ""),
            ("All rights reserved.", ""),
        ] {
            assert_eq!(owner(line).unwrap_or_default(), expected, "{line}");
        }
    }

    #[test]
    fn a_host_is_what_stands_before_the_path() {
        assert_eq!(host("https://www.echo.example/2024/a"), Some("echo.example"));
        assert_eq!(host("echo.example"), None);
        assert_eq!(host("https://localhost/"), None);
    }
}
