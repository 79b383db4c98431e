//! Citations as BibTeX, for LaTeX and reference managers.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use jiff::civil::Date;
use onrecord_render::brief::show::visible;
use onrecord_render::masked;
use onrecord_render::wire::Tables;

use super::{Citation, address, authors, each};
use crate::export::Document;

/// One file of entries.
pub(crate) struct BibTex;

impl Document for BibTex {
    fn name(&self) -> &'static str {
        "bibtex"
    }

    fn file(&self) -> &'static str {
        "citations.bib"
    }

    fn write(&self, tables: &Tables, out: &mut dyn Write) -> Result<()> {
        each(tables, &mut |citation| Ok(out.write_all(entry(&citation).as_bytes())?))
    }
}

/// The names of months that every style defines.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn entry(citation: &Citation) -> String {
    let article = citation.article;
    let mut fields: Vec<(&str, String)> = Vec::new();
    // Braces within keep a style from changing capitals, and names from being taken apart.
    fields.extend(
        article.headline.as_ref().map(|h| ("title", format!("{{{{{}}}}}", quoted(&masked(&h.value))))),
    );
    let names: Vec<String> = authors(article).iter().map(|name| format!("{{{}}}", quoted(name))).collect();
    fields.extend((!names.is_empty()).then(|| ("author", format!("{{{}}}", names.join(" and ")))));
    fields.extend(article.outlet.as_ref().map(|o| ("journal", format!("{{{}}}", quoted(&masked(&o.value))))));
    fields.extend(article.published.as_ref().into_iter().flat_map(|p| day(p.value.date)));
    fields.extend(address(article).map(|url| ("url", format!("{{{}}}", verbatim(url)))));
    fields.extend(article.language.as_ref().map(|l| ("language", format!("{{{}}}", quoted(&l.value)))));
    fields.extend(citation.quoted.as_ref().map(|q| ("annote", format!("{{{}}}", quoted(&q.told)))));
    let kind = if article.outlet.is_some() { "article" } else { "misc" };
    let mut out = format!("@{kind}{{{}", citation.key);
    for (name, value) in fields {
        _ = write!(out, ",\n  {name} = {value}");
    }
    out + "\n}\n"
}

fn day(date: Date) -> [(&'static str, String); 3] {
    let month = usize::from(date.month().unsigned_abs()).wrapping_sub(1);
    let month = MONTHS.get(month).copied().unwrap_or_default();
    [
        ("year", format!("{{{}}}", date.year())),
        ("month", month.to_owned()),
        ("day", format!("{{{}}}", date.day())),
    ]
}

/// `text` as LaTeX prints it. Braces become commands, since BibTeX counts escaped ones as well.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        match c {
            '\\' => out.push_str("{\\textbackslash}"),
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// An address, which styles print as it is: what would end the field is percent-encoded.
fn verbatim(url: &str) -> String {
    let mut out = String::new();
    for c in visible(url).chars() {
        match c {
            '\\' | '{' | '}' | ' ' => _ = write!(out, "%{:02X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_field_or_runs_a_command() {
        assert_eq!(
            quoted("}, x = {\\input{a}} 5% & $1_#~^\u{202e}\n"),
            "{\\textbraceright}, x = {\\textbraceleft}{\\textbackslash}input{\\textbraceleft}a\
             {\\textbraceright}{\\textbraceright} 5\\% \\& \\$1\\_\\#{\\textasciitilde}{\\textasciicircum}⟨U+202E⟩ "
        );
        assert_eq!(verbatim("https://a.example/{x}\\ y_%20"), "https://a.example/%7Bx%7D%5C%20y_%20");
    }
}
