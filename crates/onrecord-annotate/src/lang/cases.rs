//! The contract of a language pack: its `cases.md` holds, and has a table for every layer of its profile.

use jiff::civil::Date;
use onrecord_model::{Annotations, Because, Known, Published, Span};

use super::{PACKS, Profile, Reader};
use crate::{ANNOTATORS, Annotator, forms, testing};

/// One text and the tables expected of it.
struct Case<'a> {
    written: Option<Date>,
    text: String,
    tables: Vec<Table<'a>>,
}

/// The columns name the layer.
struct Table<'a> {
    layer: &'static Layer,
    rows: Vec<&'a str>,
}

/// A layer of marks as a table shows it.
struct Layer {
    columns: &'static str,
    /// The annotators whose work the table shows.
    names: &'static [&'static str],
    rows: fn(&Annotations, &str) -> Vec<String>,
}

const LAYERS: &[Layer] = &[
    Layer { columns: "| sentence |", names: &["sentences"], rows: sentences },
    Layer { columns: "| date | value |", names: &["dates"], rows: dates },
    Layer { columns: "| name | kind | entity |", names: &["mentions"], rows: mentions },
    Layer {
        columns: "| source | cue | content | speaker |",
        names: &["quotations", "speakers"],
        rows: quotations,
    },
    Layer { columns: "| figure | value | bound | unit | counted |", names: &["figures"], rows: figures },
    Layer { columns: "| event | source | target |", names: &["events"], rows: events },
];

fn row<const N: usize>(cells: [&str; N]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn words(span: Option<Span>, text: &str) -> &str {
    span.map_or("none", |span| span.slice(text))
}

fn sentences(out: &Annotations, text: &str) -> Vec<String> {
    out.sentences.iter().map(|sentence| row([sentence.slice(text)])).collect()
}

fn dates(out: &Annotations, text: &str) -> Vec<String> {
    let value = |date: &onrecord_model::DateReference| {
        date.value.as_ref().map_or("none".to_owned(), |v| v.edtf.clone())
    };
    out.dates.iter().map(|date| row([date.span.slice(text), &value(date)])).collect()
}

fn mentions(out: &Annotations, text: &str) -> Vec<String> {
    let entity = |mention: &onrecord_model::Mention| mention.entity.and_then(|entity| out.entity(entity));
    let name = |mention| entity(mention).map_or("unknown", |entity| entity.name.as_str());
    out.mentions.iter().map(|m| row([m.span.slice(text), m.kind.name(), name(m)])).collect()
}

fn quotations(out: &Annotations, text: &str) -> Vec<String> {
    let shown = |quotation: &onrecord_model::Quotation| {
        let content: Vec<&str> = quotation.content.iter().map(|span| span.slice(text)).collect();
        let speaker = quotation.speaker.name.as_deref().unwrap_or("unknown");
        row([words(quotation.source, text), words(quotation.cue, text), &content.join(" / "), speaker])
    };
    out.quotations.iter().map(shown).collect()
}

fn figures(out: &Annotations, text: &str) -> Vec<String> {
    let shown = |figure: &onrecord_model::Figure| {
        let to = figure.value_to.map(|to| format!("-{to}")).unwrap_or_default();
        let value = format!("{}{to}", figure.value);
        let unit = figure.unit.as_ref().map_or("none", |unit| unit.name());
        row([figure.span.slice(text), &value, figure.bound.name(), unit, words(figure.counted, text)])
    };
    out.figures.iter().map(shown).collect()
}

fn events(out: &Annotations, text: &str) -> Vec<String> {
    let shown = |event: &onrecord_model::Event| {
        let of =
            |actor: &Option<onrecord_model::EventActor>| words(actor.as_ref().map(|actor| actor.span), text);
        row([&event.class, of(&event.source), of(&event.target)])
    };
    out.events.iter().map(shown).collect()
}

/// "Written: 2024-02-29" (for all that follow), `> text` lines, and tables.
fn cases(file: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut written = None;
    let mut in_text = false;
    for line in file.lines().map(str::trim) {
        if let Some(day) = line.strip_prefix("Written: ") {
            written = Some(day.parse().unwrap_or_else(|_| panic!("a day: {day}")));
        } else if let Some(text) = line.strip_prefix('>') {
            match cases.last_mut().filter(|_| in_text) {
                Some(case) => case.text.push_str(&format!("\n{}", text.trim())),
                None => cases.push(Case { written, text: text.trim().to_owned(), tables: Vec::new() }),
            }
        } else if let Some(layer) = LAYERS.iter().find(|layer| layer.columns == line) {
            let case = cases.last_mut().expect("a text before the table");
            case.tables.push(Table { layer, rows: Vec::new() });
        } else if line.starts_with('|') && !line.starts_with("|-") && !line.starts_with("| -") {
            let table = cases.last_mut().and_then(|case| case.tables.last_mut());
            table.unwrap_or_else(|| panic!("no layer has these columns: {line}")).rows.push(line);
        }
        in_text = line.starts_with('>');
    }
    cases
}

fn annotated(case: &Case<'_>, language: &str) -> Annotations {
    let mut article = testing::article(&case.text);
    let because = || Because::new("case", "");
    article.language = Some(Known { value: language.to_owned(), because: because() });
    let published = |date| Known { value: Published { date, time: None, offset: None }, because: because() };
    article.published = case.written.map(published);
    crate::annotate(&article, crate::Model::Reader)
}

#[test]
fn the_cases_of_every_language_hold() {
    let mut wrong = String::new();
    for pack in PACKS {
        for case in cases(pack.cases) {
            let out = annotated(&case, pack.tag);
            assert!(!case.tables.is_empty(), "{}: no table behind {}", pack.tag, case.text);
            for table in &case.tables {
                let found = (table.layer.rows)(&out, &case.text);
                if found != table.rows {
                    wrong += &format!(
                        "\n{}: {}\nexpected\n{}\nfound\n{}\n",
                        pack.tag,
                        case.text,
                        table.rows.join("\n"),
                        found.join("\n")
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_layer_of_a_language_is_read_and_has_cases() {
    for pack in PACKS {
        let profile: Profile = toml::from_str(pack.profile).unwrap();
        let annotators = match profile.reader {
            Reader::Grammar => ANNOTATORS,
            Reader::Forms => forms::ANNOTATORS,
        };
        let (cases, name) = (cases(pack.cases), &profile.name);
        let layers: Vec<&str> = annotators
            .iter()
            .map(|annotator| annotator.name())
            .filter(|layer| profile.layers.has(layer))
            .collect();
        assert_eq!(
            layers.len(),
            profile.layers.0.len(),
            "{name}: the reader knows {layers:?}, {:?} are named",
            profile.layers
        );
        // What a network makes of words is a step to the other layers; its own crate holds it to its answers.
        for layer in layers.into_iter().filter(|layer| *layer != "words") {
            let shows = |table: &Table<'_>| table.layer.names.contains(&layer) && !table.rows.is_empty();
            let shown = cases.iter().flat_map(|case| &case.tables).any(shows);
            assert!(shown, "{name}: no case shows the layer {layer}");
        }
    }
}

#[test]
fn a_layer_that_a_language_lacks_is_left_out() {
    let case = Case {
        written: None,
        text: "Полиция арестовала активиста в Вельске.".to_owned(),
        tables: Vec::new(),
    };
    assert!(annotated(&case, "ru").events.is_empty());
    let without_pack = annotated(&case, "uk");
    assert!(without_pack.mentions.is_empty() && without_pack.sentences.len() == 1);
    for (tag, read) in
        [("en_GB", true), ("RUS", true), ("und", true), ("Russian", true), ("uk", false), ("fr-CA", false)]
    {
        let mut article = testing::article("The pier.");
        article.language = Some(Known { value: tag.to_owned(), because: Because::new("case", "") });
        assert_eq!(crate::reads_language_of(&article), read, "{tag}");
    }
    let names: Vec<&str> =
        crate::annotators_of(&testing::article("The pier.")).map(|a: &dyn Annotator| a.name()).collect();
    assert_eq!(names.len(), ANNOTATORS.len());
}
