//! One person for every spelling of a name in Cyrillic letters and by the romanisations, and never two people.

use onrecord_model::{AnnotatedArticle, Annotations, Article, EntityKind, Hash, LocalEntity};
use onrecord_reconcile::reconcile;

/// An article that names one person or place.
fn article(name: &str, kind: EntityKind) -> AnnotatedArticle {
    let article = Article::of_text(&format!("{name}.txt"), Hash::of(name.as_bytes()), name);
    let entity = LocalEntity { kind, name: name.to_owned(), role: None, variants: vec![] };
    AnnotatedArticle {
        article,
        annotations: Annotations { entities: vec![entity], ..Annotations::default() },
    }
}

/// Each group is one entity, and no two groups are, whichever article comes first.
#[track_caller]
fn check(kind: EntityKind, groups: &[&[&str]]) {
    let mut articles: Vec<AnnotatedArticle> =
        groups.iter().flat_map(|group| group.iter()).map(|name| article(name, kind)).collect();
    let mut expected: Vec<Vec<&str>> = groups.iter().map(|group| group.to_vec()).collect();
    expected.iter_mut().for_each(|group| group.sort_unstable());
    expected.sort_unstable();
    for _ in 0..articles.len() {
        articles.rotate_left(1);
        let record = reconcile(&articles);
        let text = |id| articles.iter().find(|a| a.article.id == id).map_or("", |a| a.article.text.as_str());
        let names = |entity: &onrecord_model::Entity| {
            let mut names: Vec<&str> = entity.members.iter().map(|(id, _)| text(*id)).collect();
            names.sort_unstable();
            names
        };
        let mut found: Vec<Vec<&str>> = record.entities.iter().map(names).collect();
        found.sort_unstable();
        assert_eq!(found, expected);
    }
}

#[test]
fn one_person_in_two_alphabets_and_four_romanisations() {
    let spellings = [
        "Сергей Чжоржу",
        "Sergei Chzhorzhu",
        "Sergey Chzhorzhu",
        "Sergej Tschschorschu",
        "Sergueï Tchjorjou",
    ];
    check(EntityKind::Person, &[&spellings, &["Сергей Чжоржин"], &["Sergueï Tchjorji"]]);
    check(EntityKind::Person, &[&spellings[1..]]);
}

#[test]
fn given_names_keep_people_apart() {
    check(EntityKind::Person, &[&["Анна Жельцова", "Anna Zheltsova", "Anna Jeltsova"], &["Alla Zheltsova"]]);
    check(EntityKind::Person, &[&["Александр Шевчук", "Alexander Shevchuk"], &["Александра Шевчук"]]);
}

#[test]
fn a_romanisation_that_two_people_share_joins_neither() {
    check(EntityKind::Person, &[&["Юрий Вилов"], &["Юрий Вылов"], &["Yuri Vilov"]]);
    check(EntityKind::Person, &[&["Юрий Вилов", "Yuri Vilov"], &["Yuri Villou"]]);
}

#[test]
fn an_initial_or_a_surname_alone_crosses_no_alphabet() {
    check(EntityKind::Person, &[&["Антон Хазин"], &["A. Khazin"], &["Khazin"]]);
}

#[test]
fn places_in_two_alphabets_are_one() {
    check(EntityKind::Place, &[&["Нижняя Вель", "Nizhnyaya Vel"], &["Велимск"], &["Vilimsk"]]);
}
