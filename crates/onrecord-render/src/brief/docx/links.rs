//! What a part of the document leads to outside of it.

use std::collections::BTreeMap;

use super::runs::escaped;

/// Addresses on the web, each with a name inside its part.
#[derive(Default)]
pub(super) struct Relations {
    ids: BTreeMap<String, usize>,
}

impl Relations {
    /// The name of an address.
    pub(super) fn id_of(&mut self, url: &str) -> String {
        let next = self.ids.len() + 1;
        format!("link{}", self.ids.entry(url.to_owned()).or_insert(next))
    }

    /// As the part's list of relationships has them.
    pub(super) fn xml(&self) -> String {
        const HYPERLINK: &str =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
        let one = |(url, id): (&String, &usize)| {
            let target = escaped(url);
            format!(
                "<Relationship Id=\"link{id}\" Type=\"{HYPERLINK}\" Target=\"{target}\" TargetMode=\"External\"/>\n"
            )
        };
        self.ids.iter().map(one).collect()
    }
}

/// Whether a text is an address of the web that may stand as a target: one of the two schemes that cannot run anything, and only
/// characters of RFC 3986, since Word refuses a whole document for one target that is no URI. A text that was cut or masked is none.
pub(super) fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let (host, _) = rest.split_once(['/', '?', '#']).unwrap_or((rest, ""));
    let host = host.split_once(':').map_or(host, |(host, port)| match port.parse::<u16>() {
        Ok(_) => host,
        Err(_) => "",
    });
    let is_host =
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    is_host && rest.bytes().all(is_plain) && has_whole_escapes(rest) && rest.matches('#').count() < 2
}

/// Whether a byte may stand in an address; `*` is what masks are made of.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()+,;=%".contains(&byte)
}

/// Whether two hexadecimal digits stand behind every percent sign.
fn has_whole_escapes(text: &str) -> bool {
    let is_whole = |after: &str| {
        after.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    text.split('%').skip(1).all(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_addresses_of_the_web_are_links() {
        for url in [
            "https://paper.example/a?b=c&d=%C3%A9#e",
            "http://paper.example:8080",
            "https://xn--e1afmkfd.example/~a",
        ] {
            assert!(is_address(url), "{url}");
        }
        for text in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "https:///path",
            "https://paper.example:port/",
            "https://ann@paper.example/",
            "https://paper.example/a b",
            "https://paper.example/a\"b",
            "https://paper.example/100%",
            "https://paper.example/cut…",
            "https://paper.example/***@***",
            "https://paper.example/a#b#c",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn an_address_has_one_name() {
        let mut relations = Relations::default();
        let ids = ["https://b.example/?a&b", "https://a.example/", "https://b.example/?a&b"]
            .map(|url| relations.id_of(url));
        assert_eq!(ids, ["link1", "link2", "link1"]);
        assert!(relations.xml().contains("Target=\"https://b.example/?a&amp;b\""));
    }
}
