//! What people say about the record holds whenever it is made anew, in any order, and can be taken back.

#![expect(clippy::unwrap_used, reason = "a test file")]

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::date;
use onrecord_model::*;
use onrecord_reconcile::{Desk, HIDDEN, Standing, hidden, reconcile, reconcile_corrected, standing};
use proptest::prelude::*;

fn because() -> Because {
    Because::new("test", "")
}

/// One invented telling of a speech: who is said to speak, and the words.
struct Told {
    outlet: &'static str,
    text: &'static str,
    said: &'static [(&'static str, &'static str)],
}

const TOLD: [Told; 5] = [
    Told {
        outlet: "Wire",
        text: "Ilmar Vosk spoke in Dorrun on Tuesday about the Tesk bridge. “We will close the Tesk bridge to lorries before the winter,” Ilmar Vosk said.",
        said: &[("Ilmar Vosk", "We will close the Tesk bridge to lorries before the winter")],
    },
    Told {
        outlet: "Rival",
        text: "Lorries in Dorrun must go round the Tesk bridge. “We will close the Tesk bridge to lorries in the winter,” Ilmar Vosk said.",
        said: &[("Ilmar Vosk", "We will close the Tesk bridge to lorries in the winter")],
    },
    Told {
        outlet: "Radio",
        text: "Dorrun and the Tesk bridge. “No heavy traffic shall cross when ice comes,” Ilmar Vosk said. The hauliers of Dorrun are angry about the Tesk bridge.",
        said: &[("Ilmar Vosk", "No heavy traffic shall cross when ice comes")],
    },
    Told {
        outlet: "Gazette",
        text: "In Dorrun hauliers met at the Tesk bridge. “Our drivers are going to lose their wages,” Petra Lunde said. Petra Lunde leads the hauliers.",
        said: &[("Petra Lunde", "Our drivers are going to lose their wages")],
    },
    Told {
        outlet: "Evening",
        text: "At the Tesk bridge in Dorrun the hauliers met. “Nobody asked the families in the valley,” Petra Karl said.",
        said: &[("Petra Karl", "Nobody asked the families in the valley")],
    },
];

fn annotated(told: &Told) -> AnnotatedArticle {
    let published = Published { date: date(2031, 5, 4), time: None, offset: None };
    let article = Article {
        outlet: Some(Known { value: told.outlet.to_owned(), because: because() }),
        published: Some(Known { value: published, because: because() }),
        language: Some(Known { value: "en".to_owned(), because: because() }),
        ..Article::of_text(&format!("{}.txt", told.outlet), Hash::of(told.text.as_bytes()), told.text)
    };
    AnnotatedArticle { annotations: annotations(told, &article.text), article }
}

fn annotations(told: &Told, text: &str) -> Annotations {
    let mut out = Annotations::default();
    let mut start = 0;
    for sentence in text.split_inclusive(". ") {
        out.sentences.push(Span::new(start, start + sentence.len()).trimmed(text));
        start += sentence.len();
    }
    for &(name, words) in told.said {
        let local =
            LocalEntity { kind: EntityKind::Person, name: name.to_owned(), role: None, variants: vec![] };
        out.entities.push(local);
        let entity = Some(EntityRef(u32::try_from(out.entities.len() - 1).unwrap()));
        for (at, _) in text.match_indices(name) {
            let span = Span::new(at, at + name.len());
            out.mentions.push(Mention { span, kind: EntityKind::Person, entity });
        }
        let at = text.find(words).unwrap();
        let source = text[at..].find(name).map(|n| Span::new(at + n, at + n + name.len()));
        out.quotations.push(Quotation {
            kind: QuotationKind::Direct,
            source,
            cue: text[at..].find("said").map(|n| Span::new(at + n, at + n + 4)),
            content: vec![Span::new(at, at + words.len())],
            speaker: Speaker { name: Some(name.to_owned()), entity, role: None, because: because() },
            addressee: None,
            said_on: None,
            place: None,
            because: because(),
        });
    }
    out
}

fn articles() -> Vec<AnnotatedArticle> {
    TOLD.iter().map(annotated).collect()
}

/// A record with its articles, as a desk needs them.
struct Room {
    record: Record,
    articles: BTreeMap<Id, AnnotatedArticle>,
    corrections: Vec<Correction>,
}

impl Room {
    fn new(corrections: &[Correction]) -> Self {
        let all = articles();
        let record = reconcile_corrected(&all, corrections);
        let articles = all.into_iter().map(|a| (a.article.id, a)).collect();
        Self { record, articles, corrections: corrections.to_vec() }
    }

    fn desk(&self) -> Desk<'_> {
        Desk { record: &self.record, articles: &self.articles, corrections: &self.corrections }
    }

    /// The room after one more correction.
    fn then(&self, change: Change) -> Self {
        let at = format!("2031-06-01T10:00:{:02}.000Z", self.corrections.len());
        let signed = Signed { by: "Ida".to_owned(), at, why: "I heard it".to_owned() };
        let mut corrections = self.corrections.clone();
        corrections.push(Correction::new(change, signed));
        Self::new(&corrections)
    }

    fn article(&self, outlet: &str) -> &AnnotatedArticle {
        let is = |a: &&AnnotatedArticle| a.article.outlet.as_ref().is_some_and(|o| o.value == outlet);
        self.articles.values().find(is).unwrap()
    }

    /// The statement that an outlet tells.
    fn said_in(&self, outlet: &str) -> &Statement {
        self.said_by(self.article(outlet).article.id)
    }

    fn said_by(&self, id: Id) -> &Statement {
        self.record.statements.iter().find(|s| s.accounts.iter().any(|a| a.article == id)).unwrap()
    }

    fn entity(&self, name: &str) -> &Entity {
        self.record.entities.iter().find(|e| e.name == name).unwrap()
    }

    fn standing(&self) -> Vec<Standing> {
        let articles: Vec<&AnnotatedArticle> = self.articles.values().collect();
        standing(&self.record, &articles, &self.corrections)
    }
}

#[test]
fn statements_are_joined_and_taken_apart() {
    let room = Room::new(&[]);
    assert_eq!(room.said_in("Wire").id, room.said_in("Rival").id);
    assert_ne!(room.said_in("Wire").id, room.said_in("Radio").id);
    let change = room.desk().same_statement(&[room.said_in("Wire").id, room.said_in("Radio").id]).unwrap();
    let joined = room.then(change);
    let whole = joined.said_in("Radio");
    assert_eq!((whole.accounts.len(), joined.said_in("Wire").id), (3, whole.id));
    assert!(whole.rows.iter().any(|row| row.iter().all(Option::is_some)), "{:?}", whole.rows);
    assert!(whole.because.note.contains("Ida: I heard it"), "{:?}", whole.because);
    assert!(joined.record.differences.iter().all(|d| d.statement != Some(room.said_in("Wire").id)
        || joined.record.statements.iter().any(|s| Some(s.id) == d.statement)));
    let second = room.said_in("Wire").accounts[1].article;
    let apart = joined.then(joined.desk().other_statement(whole.id, &[second]).unwrap());
    assert_eq!(apart.said_by(second).accounts.len(), 1);
    assert_eq!(apart.said_by(room.said_in("Wire").accounts[0].article).id, apart.said_in("Radio").id);
    assert_eq!(apart.standing(), [Standing::Holds, Standing::Holds]);
    let radio = apart.article("Radio").article.id;
    let back = apart.then(apart.desk().other_statement(apart.said_in("Radio").id, &[radio]).unwrap());
    assert_eq!(back.standing(), [Standing::Overruled, Standing::Holds, Standing::Holds]);
}

#[test]
fn names_are_joined_and_taken_apart() {
    let room = Room::new(&[]);
    let ids = [room.entity("Petra Karl").id, room.entity("Petra Lunde").id];
    let joined = room.then(room.desk().same_entity(&ids).unwrap());
    let whole = joined.record.entities.iter().find(|e| e.name.starts_with("Petra")).unwrap();
    assert_eq!((whole.members.len(), whole.variants.len()), (2, 1));
    assert_eq!(joined.said_in("Gazette").speaker, joined.said_in("Evening").speaker);
    let evening = joined.article("Evening").article.id;
    let apart = joined.then(joined.desk().other_entity(whole.id, &[evening]).unwrap());
    assert_ne!(apart.said_in("Gazette").speaker, apart.said_in("Evening").speaker);
    assert_eq!(apart.standing(), [Standing::Overruled, Standing::Holds]);
    let radio = room.article("Radio").article.id;
    let split = room.then(room.desk().other_entity(room.entity("Ilmar Vosk").id, &[radio]).unwrap());
    let namesakes: Vec<&Entity> = split.record.entities.iter().filter(|e| e.name == "Ilmar Vosk").collect();
    assert_eq!(namesakes.iter().map(|e| e.members.len()).sum::<usize>(), 3);
    assert!(namesakes.len() == 2 && namesakes[0].id != namesakes[1].id);
}

#[test]
fn speaker_words_and_day_are_set_right() {
    let room = Room::new(&[]);
    let said = room.said_in("Radio").id;
    let speaker = (Some("Petra Lunde".to_owned()), EntityKind::Person);
    let changed = room.then(room.desk().speaker(said, &[], speaker).unwrap());
    assert_eq!(changed.said_in("Radio").speaker_name.as_deref(), Some("Petra Lunde"));
    assert_eq!(changed.said_in("Radio").speaker, changed.said_in("Gazette").speaker);
    let nobody =
        changed.desk().speaker(changed.said_in("Radio").id, &[], (None, EntityKind::Person)).unwrap();
    let changed = changed.then(nobody);
    assert_eq!((&changed.said_in("Radio").speaker, &changed.said_in("Radio").speaker_name), (&None, &None));
    let day = DateValue::parse("2031-05-02").unwrap();
    let changed = changed.then(changed.desk().said_on(changed.said_in("Radio").id, day.clone()).unwrap());
    assert_eq!(changed.said_in("Radio").said_on.as_ref().map(|(day, _)| day), Some(&day));
    let account = changed.said_in("Radio").accounts[0].id;
    let changed = changed.then(changed.desk().words(account, None, "No heavy traffic shall cross").unwrap());
    let account = &changed.said_in("Radio").accounts[0];
    let text = &changed.article("Radio").article.text;
    assert_eq!(account.parts[0].span.slice(text), "No heavy traffic shall cross");
    assert!(changed.desk().words(account.id, None, "words of nobody").is_err());
    use Standing::{Holds, Overruled};
    assert_eq!(changed.standing(), [Overruled, Holds, Holds, Holds]);
    assert_eq!(changed.article("Radio").annotations, annotated(&TOLD[2]).annotations, "evidence stays");
}

#[test]
fn a_hidden_person_is_named_nowhere() {
    let room = Room::new(&[]);
    let changed = room.then(room.desk().hide(room.entity("Petra Lunde").id).unwrap());
    assert!(!format!("{:?}", changed.record).contains("Lunde"), "{:?}", changed.record.entities);
    assert_eq!(changed.said_in("Gazette").speaker_name.as_deref(), Some(HIDDEN));
    let articles: Vec<&AnnotatedArticle> = changed.articles.values().collect();
    assert_eq!(hidden(&changed.record, &articles, &changed.corrections).len(), 1);
    assert_eq!(changed.standing(), [Standing::Holds]);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let room = Room::new(&[]);
    let (wire, radio) = (room.said_in("Wire").id, room.said_in("Radio").id);
    let vosk = room.entity("Ilmar Vosk").id;
    let desk = room.desk();
    let none = Id::of(["none"]);
    for refused in [
        desk.same_statement(&[wire, wire]),
        desk.same_statement(&[wire, none]),
        desk.other_statement(radio, &[room.article("Radio").article.id]),
        desk.other_statement(wire, &[none]),
        desk.same_entity(&[vosk]),
        desk.other_entity(vosk, &[none]),
        desk.hide(none),
    ] {
        assert!(!refused.unwrap_err().to_string().is_empty());
    }
}

/// One correction of every kind that stands beside the others.
static CORRECTED: LazyLock<Room> = LazyLock::new(corrected);

fn corrected() -> Room {
    let room = Room::new(&[]);
    let room =
        room.then(room.desk().same_statement(&[room.said_in("Wire").id, room.said_in("Radio").id]).unwrap());
    let second = Room::new(&[]).said_in("Wire").accounts[1].article;
    let room = room.then(room.desk().other_statement(room.said_in("Radio").id, &[second]).unwrap());
    let ids = [room.entity("Petra Karl").id, room.entity("Petra Lunde").id];
    let room = room.then(room.desk().same_entity(&ids).unwrap());
    let day = DateValue::parse("2031-05-02").unwrap();
    let room = room.then(room.desk().said_on(room.said_in("Radio").id, day).unwrap());
    let speaker = (Some("Ana Brek".to_owned()), EntityKind::Person);
    let room = room.then(room.desk().speaker(room.said_by(second).id, &[], speaker).unwrap());
    room.then(room.desk().hide(room.said_in("Gazette").speaker.unwrap()).unwrap())
}

proptest! {
    #[test]
    fn corrections_survive_a_rebuild_in_any_order(
        order in Just((0..TOLD.len()).collect::<Vec<_>>()).prop_shuffle(),
        told in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let room = &*CORRECTED;
        prop_assert_eq!(room.standing(), vec![Standing::Holds; 6]);
        let all = articles();
        let mixed: Vec<AnnotatedArticle> = order.iter().map(|&i| all[i].clone()).collect();
        let corrections: Vec<Correction> = told.iter().map(|&i| room.corrections[i].clone()).collect();
        prop_assert_eq!(&reconcile_corrected(&mixed, &corrections), &room.record);
    }
}

#[test]
fn what_is_taken_back_leaves_no_trace() {
    let room = &*CORRECTED;
    let back =
        Signed { by: "Bo".to_owned(), at: "2031-06-02T10:00:00.000Z".to_owned(), why: "a slip".to_owned() };
    let undone: Vec<Correction> =
        room.corrections.iter().map(|c| Correction { undone: Some(back.clone()), ..c.clone() }).collect();
    assert_eq!(reconcile_corrected(&articles(), &undone), reconcile(&articles()));
    assert_eq!(Room::new(&undone).standing(), vec![Standing::Undone; 6]);
}

/// Names of files are no evidence: the same pages from another folder are found by their bytes.
#[test]
fn corrections_hold_for_the_same_pages_from_elsewhere() {
    let room = &*CORRECTED;
    let mut moved = articles();
    for annotated in &mut moved {
        let article = &mut annotated.article;
        article.origin.path = format!("archive/{}", article.origin.path);
        article.id = Article::id_of(article.page_hash, &article.origin);
    }
    let record = reconcile_corrected(&moved, &room.corrections);
    let all: Vec<&AnnotatedArticle> = moved.iter().collect();
    assert_eq!(standing(&record, &all, &room.corrections), vec![Standing::Holds; 6]);
    let none = reconcile_corrected(&moved[..1], &room.corrections);
    let standing = standing(&none, &all[..1], &room.corrections);
    assert!(standing.contains(&Standing::NoPlace), "{standing:?}");
}
