//! What people say about the record, as the brief lists it.

use std::io;

use onrecord_model::{Change, Correction, Place};
use onrecord_reconcile::Standing;

use super::{
    doc::{Block, Inline, Level, Line, Sink, text},
    index::Index,
    statement::cut_between_words,
    words::printed,
};

/// Corrections that are listed; the export has all.
const MOST_LISTED: usize = 200;
/// Stretches of words that are told in the place of others.
const MOST_WORDS: usize = 3;
/// Characters of the words that a correction is about.
const WORDS_CHARS: usize = 60;

/// Writes the list, if there is anything on it.
pub(crate) fn list(index: &Index, sink: &mut Sink) -> io::Result<()> {
    let loaded = index.loaded;
    if loaded.corrections.is_empty() {
        return Ok(());
    }
    let line = |(correction, &standing): (&Correction, &Standing)| -> Line {
        let signed = &correction.signed;
        let mut line = vec![
            text(in_words(correction, standing)),
            text(format!(" — {}, {}: {}", printed(&signed.by), signed.at, printed(&signed.why))),
        ];
        if let Some(undone) = &correction.undone {
            let back =
                format!("; taken back by {}, {}: {}", printed(&undone.by), undone.at, printed(&undone.why));
            line.push(text(back));
        }
        line.extend([Inline::Faint(" · ".into()), Inline::Code(correction.id.to_string().into())]);
        line
    };
    sink(&Block::Heading(Level::Story, None, vec![text("Corrected by hand")]))?;
    let listed = loaded.corrections.iter().zip(&loaded.standings).take(MOST_LISTED);
    sink(&Block::Items(listed.map(line).collect()))
}

/// What a correction asks for, and what became of it.
pub fn in_words(correction: &Correction, standing: Standing) -> String {
    let places = correction.change.places();
    let all = || places.iter().map(|place| words(place)).collect::<Vec<_>>().join(" and ");
    let first = || places.first().map(|place| words(place)).unwrap_or_default();
    let asked = match &correction.change {
        Change::SameStatement { .. } => format!("one statement: {}", all()),
        Change::OtherStatement { kept, apart } => {
            let apart: Vec<String> = apart.iter().map(words).collect();
            format!("{} is another statement than {}", apart.join(" and "), words(kept))
        }
        Change::SameEntity { .. } => format!("{} are one", all()),
        Change::OtherEntity { .. } => {
            format!("{} is somebody else where {}", first(), printed_there(places.len()))
        }
        Change::Speaker { name, .. } => {
            format!("{} is said by {}", first(), name.as_deref().map_or("nobody knows whom".into(), printed))
        }
        Change::Words { place, content } => {
            let other: Vec<&Place> = content.iter().filter(|c| is_at(c, place)).collect();
            let other = if other.is_empty() { content.iter().collect() } else { other };
            let other: Vec<String> = other.into_iter().take(MOST_WORDS).map(words).collect();
            format!("the words are {}, not {}", other.join(" … "), words(place))
        }
        Change::SaidOn { day, .. } => format!("{} was said on {}", first(), day.edtf),
        Change::Hide { .. } => "a person is hidden".to_owned(),
    };
    let became = match standing {
        Standing::Holds => "holds",
        Standing::Undone => "taken back",
        Standing::NoPlace => "finds no place in these articles",
        Standing::Overruled => "overruled by a later one",
    };
    format!("{asked} ({became})")
}

/// Whether one place has words of another.
fn is_at(one: &Place, other: &Place) -> bool {
    let end = |place: &Place| place.start as usize + place.words.chars().count();
    one.page == other.page && (one.start as usize) < end(other) && (other.start as usize) < end(one)
}

fn printed_there(places: usize) -> String {
    if places == 1 { "one article names them".to_owned() } else { format!("{places} articles name them") }
}

fn words(place: &Place) -> String {
    let words = printed(&place.words);
    match cut_between_words(&words, WORDS_CHARS) {
        end if end < words.len() => format!("“{} …”", &words[..end]),
        _ => format!("“{words}”"),
    }
}
