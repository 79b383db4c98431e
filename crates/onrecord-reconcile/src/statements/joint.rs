//! States that speak in one text: a joint statement of their leaders is said by both, whoever of them a text names.

use std::collections::BTreeSet;

use onrecord_model::{AnnotatedArticle, Entity, Quotation};

use super::{
    cast::Cast,
    told::{Directory, Told},
};
use crate::{tellings::Lexicon, words::holds_words};

/// The states whose leaders say the quotation in a joint text, as one name.
pub(super) fn states(
    directory: &Directory,
    (annotated, quotation): (&AnnotatedArticle, &Quotation),
    cast: &Cast,
) -> Option<String> {
    let lexicon = Lexicon::of(&annotated.article)?;
    let name = quotation.speaker.name.as_deref().filter(|_| quotation.speaker.entity.is_none())?;
    let parts: Vec<&str> = name.split(", ").flat_map(|part| part.split(" and ")).collect();
    let in_joint_text = || {
        quotation.speaker.because.rule == "speaker.text"
            || is_joint(sentence(annotated, quotation).unwrap_or_default(), lexicon)
    };
    if parts.len() < 2 || !in_joint_text() {
        return None;
    }
    let leaders: Vec<&Entity> =
        parts.iter().map(|part| directory.named(annotated, part)).collect::<Option<_>>()?;
    let states: Vec<&str> = leaders.iter().map(|who| led(who, cast, lexicon)).collect::<Option<_>>()?;
    let distinct: BTreeSet<&str> = states.iter().copied().collect();
    let [first @ .., last] = states.as_slice() else { return None };
    (distinct.len() == states.len()).then(|| format!("{} and {last}", first.join(", ")))
}

/// The state that a person leads.
fn led<'c>(who: &Entity, cast: &'c Cast, lexicon: &Lexicon) -> Option<&'c str> {
    let leads = |role: &&String| lexicon.leaders.iter().any(|office| holds_words(role, office));
    who.roles.iter().filter(leads).find_map(|role| cast.state_of(role))
}

/// Gives what "the joint statement" says, in any article of the story, to the states that made it, where the story
/// tells of one such text only.
pub(super) fn share(told: &mut [(Told, bool)]) {
    let names: BTreeSet<String> =
        told.iter().filter(|(told, _)| told.is_joint).filter_map(|(told, _)| told.name.clone()).collect();
    let Some(name) = names.first().filter(|_| names.len() == 1) else { return };
    for (told, _) in told.iter_mut().filter(|(told, of_joint)| *of_joint && told.speaker.is_none()) {
        told.name = Some(name.clone());
        (told.is_joint, told.is_body, told.is_described) = (true, true, false);
    }
}

/// Whether a joint text is the source itself, or a text that is only called by a noun.
pub(super) fn is_source(annotated: &AnnotatedArticle, quotation: &Quotation) -> bool {
    let Some(lexicon) = Lexicon::of(&annotated.article) else { return false };
    let source = quotation.source.map(|span| span.slice(&annotated.article.text));
    let noun = quotation.speaker.name.as_ref().filter(|_| quotation.speaker.entity.is_none());
    source.is_some_and(|source| is_joint(source, lexicon))
        || noun.is_some_and(|noun| lexicon.lone_texts.contains(noun))
}

fn is_joint(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.joint_texts.iter().any(|phrase| holds_words(text, phrase))
}

/// The sentence in which the source stands.
fn sentence<'t>(annotated: &'t AnnotatedArticle, quotation: &Quotation) -> Option<&'t str> {
    let source = quotation.source?;
    let sentences = &annotated.annotations.sentences;
    let at = sentences.partition_point(|sentence| sentence.end() <= source.start());
    sentences.get(at).map(|sentence| sentence.slice(&annotated.article.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joint(name: &str) -> (Told, bool) {
        (Told { name: Some(name.to_owned()), is_joint: true, ..Told::default() }, false)
    }

    fn text() -> (Told, bool) {
        (Told { name: Some("Velmaran presidency".to_owned()), ..Told::default() }, true)
    }

    #[test]
    fn a_joint_text_is_of_the_states_that_made_it() {
        let mut told = [joint("Velmar and Norvania"), text(), joint("Velmar and Norvania")];
        share(&mut told);
        assert_eq!(told[1].0.name.as_deref(), Some("Velmar and Norvania"));
        assert!(told[1].0.is_joint);
    }

    #[test]
    fn of_two_joint_texts_neither_is_meant() {
        let mut told = [joint("Velmar and Norvania"), text(), joint("Velmar and Ruland")];
        share(&mut told);
        assert_eq!(told[1], text());
    }
}
