//! What invented sentences are coded as.

use super::{EventCoder, EventDictionaries};
use crate::testing;

fn shown(text: &str, coder: Option<&EventCoder>) -> String {
    let out = crate::annotate_with(&testing::article(text), crate::Model::Reader, coder);
    let actor = |actor: &Option<onrecord_model::EventActor>| {
        let Some(actor) = actor else { return "-".to_owned() };
        actor.code.clone().unwrap_or_else(|| actor.span.slice(text).to_owned())
    };
    let shown = out.events.iter().map(|event| {
        let mark = if event.negated { "not " } else { "" };
        let mood = if event.hypothetical { "maybe " } else { "" };
        let code = event.code.as_deref().unwrap_or_default();
        format!("{mark}{mood}{} {code}: {} > {}", event.class, actor(&event.source), actor(&event.target))
    });
    shown.collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text, None), expected, "{text}");
}

/// States that no dictionary of the program lists.
const STATES: EventDictionaries<'static> = EventDictionaries {
    verbs: None,
    actors: Some("Veldt\tVEL\nVeldt's\tVEL\nKellmark\tKEL\n"),
    agents: None,
};

#[track_caller]
fn check_states(text: &str, expected: &str) {
    assert_eq!(shown(text, Some(&EventCoder::new(STATES))), expected, "{text}");
}

#[test]
fn who_did_what_to_whom() {
    check("Police arrested the mayor.", "COERCE 173: ---COP > ---GOV");
    check("The mayor was arrested by police.", "COERCE 173: ---COP > ---GOV");
    check("Police did not arrest the mayor.", "not COERCE 173: ---COP > ---GOV");
}

#[test]
fn actors_have_the_codes_of_their_states_and_roles() {
    check_states("Veldt imposed sanctions on Kellmark.", "SANCTION 163: VEL > KEL");
    check_states("Police in Kellmark arrested the mayor.", "COERCE 173: KELCOP > ---GOV");
    check_states("Veldt and Kellmark signed a treaty on Monday.", "SUPPORT 057: VEL > KEL");
}

#[test]
fn what_is_planned_or_imagined_is_marked() {
    check_states("Veldt may impose sanctions on Kellmark.", "maybe SANCTION 163: VEL > KEL");
    check_states("If Veldt imposes sanctions on Kellmark, trade will stop.", "maybe SANCTION 163: VEL > KEL");
}

#[test]
fn dictionaries_of_the_caller_take_the_place_of_those_that_ship() {
    let verbs = "--- WALLOP [190] ---\nWALLOP {WALLOPED}\n- * RIVER [174]\n";
    let coder = EventCoder::new(EventDictionaries { verbs: Some(verbs), ..STATES });
    assert_eq!(shown("Veldt walloped Kellmark.", Some(&coder)), "FIGHT 190: VEL > KEL");
    assert_eq!(shown("Veldt arrested Kellmark.", Some(&coder)), "");
    let broken = EventDictionaries { actors: Some("[VEL]\nKellmark\tKEL\n"), ..EventDictionaries::default() };
    assert_eq!(
        EventCoder::new(broken).unread(),
        ["dictionary of actors: line 1: a code stands before any name"]
    );
}

#[test]
fn every_event_says_which_entry_gave_its_code() {
    let out = crate::annotate(&testing::article("Police arrested the mayor."), crate::Model::Reader);
    assert_eq!(out.events[0].because.note, "arrest is coded 173");
}

#[test]
fn what_no_rule_fits_is_not_coded() {
    check("The mayor said that she was tired.", "");
    check("The club signed a goalkeeper.", "");
    check("The storm killed 28 people.", "");
    check("Critics attacked the plan.", "");
    check("The attack on the bridge failed.", "");
}
