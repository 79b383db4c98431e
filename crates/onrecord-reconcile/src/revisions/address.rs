//! One page, whatever way its address is written.

/// Parts of a query that say where a reader came from, not which page they read; those that end in `*` by
/// their beginnings. From the documentation of the advertising and newsletter services that add them.
const TRACKING: &[&str] = &[
    "utm_*", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "ref", "cmpid",
    "ocid",
];

/// What two addresses of one page have in common: host and path without scheme, `www.`, fragment, tracking and
/// final slash. Empty where there is no address.
pub(super) fn key(address: &str) -> String {
    let address = address.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split('#').next().unwrap_or_default();
    let (page, query) = address.split_once('?').unwrap_or((address, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_ascii_lowercase();
    let host = ["www.", "m."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(&host);
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    let mut kept: Vec<&str> =
        query.split('&').filter(|part| !part.is_empty() && !is_tracking(part)).collect();
    kept.sort_unstable();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{host}/{}{query}", path.trim_end_matches('/')).trim_end_matches('/').to_owned()
}

fn is_tracking(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == *known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_key() {
        let page = "harbour.example/2031/bridge?id=7&lang=en";
        for address in [
            "https://www.harbour.example/2031/bridge?id=7&lang=en",
            "http://HARBOUR.example:80/2031/bridge/?lang=en&utm_source=mail&id=7#top",
            " m.harbour.example/2031/bridge?id=7&lang=en&fbclid=x",
        ] {
            assert_eq!(key(address), page, "{address}");
        }
        for other in
            ["https://harbour.example/2031/bridge?id=8&lang=en", "https://other.example/2031/bridge", ""]
        {
            assert_ne!(key(other), page, "{other}");
        }
        assert_eq!(key("https://harbour.example/"), "harbour.example");
        assert_eq!(key(""), "");
    }
}
