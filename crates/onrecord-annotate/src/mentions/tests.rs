//! Names and what they stand for, one row each.

use onrecord_model::Annotations;

use super::Mentions;
use crate::{Annotator, sentences::Sentences, testing::article};

/// Rows "person | Ana Brandt | Defence Minister | Brandt, A. Brandt": kind, name, role, variants.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let article = article(text);
    let mut out = Annotations::default();
    Sentences.annotate(&article, &mut out);
    Mentions.annotate(&article, &mut out);
    let rows: Vec<String> = out
        .entities
        .iter()
        .map(|entity| {
            let role = entity.role.as_deref().unwrap_or("-");
            [entity.kind.name(), &entity.name, role, &entity.variants.join(", ")].join(" | ")
        })
        .collect();
    assert_eq!(rows, expected, "{text}");
}

#[test]
fn one_person_by_many_names() {
    check(
        "Defence Minister Ana Brandt spoke. Brandt left. Ms Brandt and A. Brandt are one.",
        &["person | Ana Brandt | Defence Minister | Brandt, A. Brandt"],
    );
    check("Yuri Vasstrenko spoke. Vastrenko left.", &["person | Yuri Vasstrenko | - | Vastrenko"]);
    check(
        "Paul Orlov, the head of the union, spoke to Steve Hale. Hale left.",
        &["person | Paul Orlov | head of the union | ", "person | Steve Hale | - | Hale"],
    );
}

#[test]
fn two_people_with_one_surname_stay_apart() {
    check(
        "Marta Hale and Victor Hale spoke. Mr Hale left. Ms Hale stayed.",
        &["person | Marta Hale | - | Hale", "person | Victor Hale | - | Hale"],
    );
}

#[test]
fn bodies_by_acronym_and_short_form() {
    check(
        "The Harbour Relief Fund (HRF) closed. HRF has no money.",
        &["organisation | Harbour Relief Fund | - | HRF"],
    );
    check(
        "Holt Motors Inc. grew. Holt Motors sells cars.",
        &["organisation | Holt Motors | - | Holt Motors Inc"],
    );
}

#[test]
fn persons_are_cut_off_titles_bodies_and_states() {
    check(
        "Holt Motors CEO Steve Hale spoke.",
        &["organisation | Holt Motors | - | ", "person | Steve Hale | Holt Motors CEO | "],
    );
    check(
        "The envoy to the United States Ana Brandt spoke.",
        &["state | United States | - | ", "person | Ana Brandt | envoy to the United States | "],
    );
}

#[test]
fn states_are_known_by_any_name() {
    check("The Republic of Armenia spoke. Armenia agreed.", &["state | Armenia | - | Republic of Armenia"]);
}

#[test]
fn words_glued_to_a_name_are_cut_off() {
    check(
        "Viktor Halemin spoke. The visit of Viktor Haleminin Oslo ended.",
        &["person | Viktor Halemin | - | ", "place | Oslo | - | "],
    );
}

#[test]
fn long_texts_stay_linear() {
    let line = "Defence Minister Ana Brandt of Holt Motors Inc. met Paul Orlov in Oslo. ";
    let article = article(&line.repeat(1_500));
    let mut out = Annotations::default();
    Sentences.annotate(&article, &mut out);
    Mentions.annotate(&article, &mut out);
    assert!(out.entities.len() < 10, "{}", out.entities.len());
}

#[test]
fn lines_in_capitals_and_acronyms_before_a_person() {
    check("PRESS RELEASE no. 4\n\nThe pier is open.", &[]);
    check(
        "The head of HPA Lo Brandel spoke.",
        &["organisation | HPA | - | ", "person | Lo Brandel | head of HPA | "],
    );
    check("Halber Robotics closed.", &["organisation | Halber Robotics | - | "]);
}
