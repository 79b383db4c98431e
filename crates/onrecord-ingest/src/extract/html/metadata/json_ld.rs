//! The article in a page's structured data (schema.org in JSON-LD), however carelessly it was written.

use serde_json::Value;

/// What structured data says of the page's article. The first statement of each wins.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
    /// A script could not be read even after repair.
    pub(super) is_damaged: bool,
}

/// How many values of one script are looked at.
const MOST_VALUES: usize = 20_000;

/// Ends of schema.org types that are articles.
const ARTICLES: &[&str] = &["Article", "Posting", "Report", "Review", "LiveBlogPosting", "Recipe"];

/// Reads one script into `article`.
pub(super) fn read(script: &str, article: &mut Article) {
    let Some(value) = parse(script) else {
        article.is_damaged |= !script.trim().is_empty();
        return;
    };
    let objects = objects(&value);
    let is_article = |v: &&Value| types(v).iter().any(|t| ARTICLES.iter().any(|a| t.ends_with(a)));
    let is_page = |v: &&Value| types(v).iter().any(|t| t.ends_with("WebPage") || t.ends_with("VideoObject"));
    for object in objects.iter().copied().filter(is_article) {
        take(object, &objects, article);
    }
    for object in objects.iter().copied().filter(is_page) {
        set(&mut article.published, object, "datePublished");
        set(&mut article.modified, object, "dateModified");
        set(&mut article.language, object, "inLanguage");
    }
}

fn take(object: &Value, all: &[&Value], article: &mut Article) {
    set(&mut article.headline, object, "headline");
    set(&mut article.headline, object, "name");
    set(&mut article.published, object, "datePublished");
    set(&mut article.created, object, "dateCreated");
    set(&mut article.modified, object, "dateModified");
    set(&mut article.language, object, "inLanguage");
    set(&mut article.body, object, "articleBody");
    if article.authors.is_empty() {
        article.authors = names(object.get("author").or(object.get("creator")), all);
    }
    if article.publisher.is_none() {
        article.publisher = names(object.get("publisher"), all).into_iter().next();
    }
}

fn set(field: &mut Option<String>, object: &Value, name: &str) {
    if field.is_none() {
        *field = object.get(name).and_then(Value::as_str).map(plain).filter(|text| !text.is_empty());
    }
}

/// Text with references decoded and blanks made single spaces, lines kept.
fn plain(text: &str) -> String {
    let lines = text.lines().map(super::title::plain).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The names of persons or organisations: strings, objects, references to objects, lists of these.
fn names(value: Option<&Value>, all: &[&Value]) -> Vec<String> {
    match value {
        Some(Value::String(name)) => vec![plain(name)],
        Some(Value::Array(items)) => items.iter().take(50).flat_map(|item| name_of(item, all)).collect(),
        Some(object) => name_of(object, all).into_iter().collect(),
        None => Vec::new(),
    }
}

fn name_of(value: &Value, all: &[&Value]) -> Option<String> {
    let own =
        value.as_str().or_else(|| value.get("name").and_then(|n| n.as_str().or_else(|| n.get(0)?.as_str())));
    let referred = || {
        let id = value.get("@id")?;
        all.iter().find(|o| o.get("@id") == Some(id) && o.get("name").is_some())?.get("name")?.as_str()
    };
    own.or_else(referred).map(plain).filter(|name| !name.is_empty())
}

fn types(value: &Value) -> Vec<&str> {
    match value.get("@type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// All objects inside, the outer before the inner.
fn objects(value: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut queue = std::collections::VecDeque::from([value]);
    let mut seen = 0;
    while let Some(value) = queue.pop_front() {
        seen += 1;
        if seen > MOST_VALUES {
            break;
        }
        match value {
            Value::Object(fields) => {
                found.push(value);
                queue.extend(fields.values().filter(|v| v.is_object() || v.is_array()));
            }
            Value::Array(items) => queue.extend(items),
            _ => {}
        }
    }
    found
}

fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches('\u{feff}').trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let repaired = repaired(script);
        serde_json::Deserializer::from_str(&repaired).into_iter::<Value>().next()?.ok()
    })
}

/// JSON without what browsers forgive: comments and CDATA marks around it, raw control characters in
/// strings, commas before a closing bracket, unknown escapes.
fn repaired(script: &str) -> String {
    let start = script.find(['{', '[']).unwrap_or(0);
    // A CDATA mark opens with a bracket of its own.
    let start = if script[start..].starts_with("[CDATA[") { start + 7 } else { start };
    let mut out = String::with_capacity(script.len());
    let (mut in_string, mut is_escaped) = (false, false);
    for c in script[start..].chars() {
        if in_string {
            match c {
                _ if is_escaped => {
                    if !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                        out.push('\\');
                    }
                    is_escaped = false;
                }
                '\\' => is_escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            match c {
                '\n' | '\r' => out.push_str("\\n"),
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        if matches!(c, '}' | ']') {
            drop_comma(&mut out);
        }
        in_string = c == '"';
        out.push(c);
    }
    out
}

fn drop_comma(out: &mut String) {
    let kept = out.trim_end();
    if kept.ends_with(',') {
        out.truncate(kept.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, headline: &str, authors: &[&str], publisher: Option<&str>) {
        let mut article = Article::default();
        read(script, &mut article);
        assert_eq!(article.headline.as_deref(), Some(headline), "{script}");
        assert_eq!(article.authors, authors, "{script}");
        assert_eq!(article.publisher.as_deref(), publisher, "{script}");
    }

    #[test]
    fn articles_are_found_in_every_shape() {
        let plain = r#"{"@type":"NewsArticle","headline":"Dam opens","author":{"name":"Ann Lee"},"publisher":{"name":"The Bell"}}"#;
        check(plain, "Dam opens", &["Ann Lee"], Some("The Bell"));
        check(&format!("[{plain}]"), "Dam opens", &["Ann Lee"], Some("The Bell"));
        check(
            &format!("{{\"@graph\":[{{\"@type\":\"Person\",\"name\":\"x\"}},{plain}]}}"),
            "Dam opens",
            &["Ann Lee"],
            Some("The Bell"),
        );
        check(&format!("<!--\n{plain}\n-->"), "Dam opens", &["Ann Lee"], Some("The Bell"));
        check(&format!("//<![CDATA[\n{plain}\n//]]>"), "Dam opens", &["Ann Lee"], Some("The Bell"));
        check(
            r#"{"@type":["Thing","BlogPosting"],"headline":"A","author":["B C","D E"],}"#,
            "A",
            &["B C", "D E"],
            None,
        );
        check(
            "{\"@type\":\"Article\",\"headline\":\"Two\nlines\",\"author\":[{\"name\":\"B\"},],}",
            "Two\nlines",
            &["B"],
            None,
        );
        check(
            r#"{"@graph":[{"@type":"Article","headline":"R","author":{"@id":"r1"}},{"@id":"r1","@type":"Person","name":"Ref"}]}"#,
            "R",
            &["Ref"],
            None,
        );
        check(r#"{"@type":"Article","headline":"It\'s"}"#, r"It\'s", &[], None);
    }

    #[test]
    fn garbage_is_reported_and_never_panics() {
        for script in ["{", "nope", "[[[[", "{\"a\":\"", "\u{0}", &"[".repeat(100_000), "<!-- -->", "[CDATA["]
        {
            let mut article = Article::default();
            read(script, &mut article);
            assert!(article.is_damaged, "{script:.20}");
        }
    }
}
