//! What is known about an article besides its text, from what was given and what the lines say.

use onrecord_model::{Because, Dateline, Known, Origin, Problem, ProblemKind, Published};

use super::html;
use super::lines::Line;
use crate::page::{Given, Page};

/// What is known about an article.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) headline: Option<Known<String>>,
    pub(super) outlet: Option<Known<String>>,
    pub(super) byline: Option<Known<String>>,
    pub(super) published: Option<Known<Published>>,
    pub(super) language: Option<Known<String>>,
    pub(super) url: Option<Known<String>>,
    pub(super) dateline: Option<Dateline>,
}

/// What the input says goes before what was found.
pub(super) fn given(given: &Given) -> Facts {
    let text = |value: &Option<String>, rule| {
        value.clone().map(|value| Known { value, because: Because::new(rule, "stands in the input") })
    };
    let published = given.published.as_deref().and_then(|text| html::read_date(text, false));
    Facts {
        headline: text(&given.headline, "headline.given"),
        outlet: text(&given.outlet, "outlet.given"),
        byline: text(&given.byline, "byline.given"),
        published: published
            .map(|value| Known { value, because: Because::new("published.given", "stands in the input") }),
        language: text(&given.language, "language.given"),
        url: text(&given.url, "url.given"),
        dateline: None,
    }
}

pub(super) fn of_text(_lines: &[Line], _kept: &[bool], text: &str, page: &Page) -> Facts {
    let mut facts = given(&page.given);
    facts.language = facts.language.or_else(|| language(text));
    facts
}

/// The shortest text whose language is told, in bytes.
const SHORTEST_TOLD: usize = 60;

/// How much of a text is looked at, in bytes; more changes nothing.
const LOOKED_AT: usize = 4 << 10;

/// The language of a text, if its letters tell.
pub(super) fn language(text: &str) -> Option<Known<String>> {
    let seen = &text[..text.floor_char_boundary(LOOKED_AT)];
    let found = whatlang::detect(seen).filter(|found| seen.len() >= SHORTEST_TOLD && found.is_reliable())?;
    let tag = tag(found.lang())?;
    Some(Known { value: tag.to_owned(), because: Because::new("language.detected", "by the text's letters") })
}

/// The BCP 47 tag of a language of the detector.
fn tag(lang: whatlang::Lang) -> Option<&'static str> {
    TAGS.iter().find(|(code, _)| *code == lang.code()).map(|(_, tag)| *tag)
}

/// ISO 639-3, as the detector names languages, and the shortest tag for it.
const TAGS: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

/// One problem for each thing that a reader expects and that is not known.
pub(super) fn unknown(facts: &Facts, origin: &Origin) -> Vec<Problem> {
    let missing =
        [(facts.published.is_none(), "date", "published"), (facts.outlet.is_none(), "outlet", "outlet")];
    let problem = |(_, what, field): (bool, &str, &str)| Problem {
        kind: ProblemKind::Unknown,
        origin: origin.to_string(),
        message: format!("`{origin}` has no {what} (hint: give it as `{field}` in a JSON Lines or CSV file)"),
        span: None,
    };
    missing.into_iter().filter(|(is_missing, ..)| *is_missing).map(problem).collect()
}
