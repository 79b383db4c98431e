//! The language of a text, by its letters.

use onrecord_model::{Because, Known};

use crate::extract::lines::beginning;

/// The shortest text whose language is told, in bytes.
const SHORTEST_TOLD: usize = 60;

/// The shortest text whose own language goes before the one that its page declares, in bytes.
const SHORTEST_PLAIN: usize = 600;

/// How much of a text is looked at, in bytes; more changes nothing.
const LOOKED_AT: usize = 4 << 10;

/// The language of a text, if its letters tell.
pub(in crate::extract) fn language(text: &str) -> Option<Known<String>> {
    let seen = beginning(text, LOOKED_AT);
    let found = whatlang::detect(seen).filter(|found| seen.len() >= SHORTEST_TOLD && found.is_reliable())?;
    let lang = if seen.len() < SHORTEST_PLAIN { without_names(found.lang(), seen)? } else { found.lang() };
    let tag = tag(lang)?;
    Some(Known { value: tag.to_owned(), because: Because::new("language.detected", "by the text's letters") })
}

/// The language of a short text that was taken for `lang`, by the words that are no names: those are spelt as at
/// home, and a list of them reads like any language. `None` where the other words speak for another and do not suffice.
fn without_names(lang: whatlang::Lang, text: &str) -> Option<whatlang::Lang> {
    let small: Vec<&str> =
        text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).collect();
    let Some(rest) = whatlang::detect(&small.join(" ")) else { return Some(lang) };
    if rest.lang() == lang { Some(lang) } else { rest.is_reliable().then(|| rest.lang()) }
}

/// The language that a page declares, unless its text is plainly in another: templates keep the tag of the site's
/// first language on pages in its others.
pub(in crate::extract) fn declared(declared: Option<Known<String>>, text: &str) -> Option<Known<String>> {
    let detected = language(text);
    let declared = declared.filter(|known| {
        let primary = known.value.split(['-', '_']).next().unwrap_or_default();
        let differs = detected.as_ref().is_some_and(|detected| detected.value != primary);
        !(differs && is_plain(text)) && may_be_written_so(primary, text)
    });
    declared.or(detected)
}

/// Whether the detector has no doubt, and enough text.
fn is_plain(text: &str) -> bool {
    let seen = beginning(text, LOOKED_AT);
    seen.len() >= SHORTEST_PLAIN && whatlang::detect(seen).is_some_and(|found| found.confidence() >= 1.0)
}

/// Whether the language of `tag` is written in the letters of `text`, as far as that is known.
fn may_be_written_so(tag: &str, text: &str) -> bool {
    let seen = beginning(text, LOOKED_AT);
    let code = TAGS.iter().find(|(_, known)| *known == tag).map(|(code, _)| *code);
    let script = whatlang::detect_script(seen).filter(|_| seen.len() >= SHORTEST_TOLD);
    let lang = code.and_then(whatlang::Lang::from_code);
    lang.zip(script).is_none_or(|(lang, script)| script.langs().contains(&lang))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_language_holds_unless_the_text_is_plainly_in_another() {
        let english =
            "The harbour was closed on Friday because of the storm, the director of the port said. ";
        let russian = "Гавань закрыли в пятницу из-за шторма, сообщил журналистам директор порта. По его словам, суда не выйдут в море до воскресенья, а рыбакам советуют оставаться дома.";
        let check = |tag: &str, text: &str, expected: &str| {
            let known = Known { value: tag.to_owned(), because: Because::new("language.html_lang", "") };
            let found = declared(Some(known), text).map(|known| known.value).unwrap_or_default();
            assert_eq!(found, expected, "{tag} {text}");
        };
        check("en-GB", english, "en-GB");
        check("ru", english, "en");
        check("en-US", russian, "ru");
        check("nl", "Closed.", "nl");
        check("nl", english, "nl");
        check("nl", &english.repeat(10), "en");
    }

    #[test]
    fn a_language_is_told_from_enough_words_only() {
        let tag = |text: &str| language(text).map(|known| known.value).unwrap_or_default();
        assert_eq!(
            tag("The harbour was closed on Friday because of the storm, the director of the port said."),
            "en"
        );
        assert_eq!(
            tag(
                "Гавань закрыли в пятницу из-за шторма, сообщил журналистам директор порта. По его словам, суда не выйдут в море до воскресенья, а рыбакам советуют оставаться дома."
            ),
            "ru"
        );
        assert_eq!(tag("Closed."), "");
        // A list of names from another country.
        assert_eq!(
            tag(
                "Those parties are the Liberal Party (Partido Liberal Progresista), the Unity Party (Partido Unidad Nacional), and the Velden Movement (Movimiento Veldano Democrático)."
            ),
            "en"
        );
        assert_eq!(
            tag("Los partidos de la oposición se reunieron el viernes con Ana Brandt y con John Whitfield."),
            "es"
        );
        assert_eq!(tag("12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56 78 90"), "");
    }
}
