//! Pages that are text: line by line, or kept as they are.

use onrecord_model::{Boilerplate, OffsetMap, Span};

use super::boilerplate::{self, Verdict};
use super::decode::Decoded;
use super::facts::{self, View};
use super::lines::{self, Line};
use super::{Draft, clean};
use crate::page::Page;

/// Keeps the text byte for byte: the caller's own offsets must fit ours.
pub(super) fn kept_as_it_is(decoded: Decoded, page: &Page) -> Draft {
    let mut draft = Draft { raw: decoded.text, raw_to_page: decoded.map, ..Draft::default() };
    draft.clean.text = draft.raw.clone();
    draft.clean.map = OffsetMap::identity(draft.raw.len());
    let lines = lines::lines(&draft.raw);
    let verdict = classify(&lines, page);
    let headline = verdict.headline;
    let kept = Verdict { why: lines.iter().map(|_| None).collect(), headline };
    draft.facts = facts::of_text(&View::new(&lines, &kept), &draft.clean.text, &page.given);
    draft.headline_span = headline_in(&draft);
    draft
}

/// Tells the article's lines from the page's.
pub(super) fn read(decoded: Decoded, page: &Page) -> Draft {
    let mut draft = Draft { raw: decoded.text, raw_to_page: decoded.map, ..Draft::default() };
    let lines = lines::lines(&draft.raw);
    let verdict = classify(&lines, page);
    for (line, why) in lines.iter().zip(&verdict.why) {
        match why {
            Some(because) => {
                draft.boilerplate.push(Boilerplate { span: line.span, because: because.clone() })
            }
            None => {
                let mut map = OffsetMap::default();
                map.push(0, line.span);
                draft.clean.paragraph(line.span.slice(&draft.raw), &map);
            }
        }
    }
    draft.facts = facts::of_text(&View::new(&lines, &verdict), &draft.clean.text, &page.given);
    draft.headline_span = headline_in(&draft);
    draft
}

fn classify(lines: &[Line], page: &Page) -> Verdict {
    let given = page.given.headline.as_deref().map(|given| clean::plain(given).text);
    boilerplate::classify(lines, given.as_deref())
}

/// Where the headline stands, if it is one of the first lines.
pub(super) fn headline_in(draft: &Draft) -> Option<Span> {
    let headline = clean::plain(&draft.facts.headline.as_ref()?.value).text;
    let text = &draft.clean.text;
    let mut start = 0;
    for line in text.split_inclusive('\n').take(4) {
        let span = Span::new(start, start + line.len()).trimmed(text);
        if span.slice(text) == headline {
            return Some(span);
        }
        start += line.len();
    }
    None
}
