//! What a person says about the record that its articles do not tell: kept apart from evidence, with who, when, why.
//!
//! A correction points at printed words, never at rows: the SHA-256 of the page's bytes, the words, and where they
//! stand. So it finds its place again in a record that was made anew from the same pages, in any order.

use crate::{Article, DateValue, EntityKind, Hash, Id, Span};

/// Printed words, told so that they are found again in another record of the same page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// SHA-256 of the page's bytes.
    pub page: Hash,
    /// Where the words begin in the article's clean text, in code points: a place is also read from files.
    pub start: u32,
    /// The exact words; never empty.
    pub words: String,
}

impl Place {
    /// The place of a span, if there are words at it.
    pub fn of(article: &Article, span: Span) -> Option<Self> {
        let words = span.slice(&article.text).to_owned();
        let before = article.text.get(..span.start())?.chars().count();
        let start = u32::try_from(before).ok()?;
        (!words.is_empty()).then_some(Self { page: article.page_hash, start, words })
    }

    /// Where the words stand in an article of this page: at the place, or else where they stand once. Another
    /// version of the program may have cut the clean text in another way.
    pub fn find_in(&self, article: &Article) -> Option<Span> {
        if self.page != article.page_hash || self.words.is_empty() {
            return None;
        }
        let text = article.text.as_str();
        let at = text.char_indices().nth(self.start as usize).map(|(at, _)| at);
        let here = at.and_then(|at| Some(Span::new(at, at + self.length_at(&text[at..])?)));
        let once = || {
            let mut found = text.match_indices(&self.words).map(|(at, _)| at);
            let first = found.next().filter(|_| found.next().is_none());
            first.map(|at| Span::new(at, at + self.words.len()))
        };
        here.or_else(once)
    }

    /// Bytes of the words at the beginning of `text`, if they stand there. A mask stands for any letter or digit of its length.
    fn length_at(&self, text: &str) -> Option<usize> {
        let mut found = text.char_indices();
        for word in self.words.chars() {
            let (_, c) = found.next()?;
            if !is_shown_as(c, word) {
                return None;
            }
        }
        Some(found.offset())
    }
}

/// What stands for a letter or digit that is not shown: as many bytes as the character, so that offsets stay.
pub fn mask_of(c: char) -> char {
    MASKS.get(c.len_utf8() - 1).copied().unwrap_or('*')
}

/// Whether a character is `shown` so: as it is, or as its mask.
pub fn is_shown_as(c: char, shown: char) -> bool {
    c == shown || (c.is_alphanumeric() && shown == mask_of(c))
}

/// Whether a character may stand for a letter or digit that is not shown.
pub fn is_mask(c: char) -> bool {
    MASKS.contains(&c)
}

/// By the number of their bytes.
const MASKS: [char; 4] = ['*', '×', '＊', '\u{1d101}'];

/// What is to be otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// The quotations at these places tell one statement.
    SameStatement {
        /// At least two.
        places: Vec<Place>,
    },
    /// The quotations at `apart` tell another statement than the one at `kept`.
    OtherStatement {
        /// What stays.
        kept: Place,
        /// What is taken out.
        apart: Vec<Place>,
    },
    /// The names at these places stand for one.
    SameEntity {
        /// At least two.
        places: Vec<Place>,
    },
    /// The names at these places stand for somebody else than the others they were joined with.
    OtherEntity {
        /// What is taken out, together.
        places: Vec<Place>,
    },
    /// This is who speaks in the quotations at these places.
    Speaker {
        /// Words of the quotations.
        places: Vec<Place>,
        /// The name; `None` says that nobody knows.
        name: Option<String>,
        /// What bears the name.
        kind: EntityKind,
    },
    /// These are the words of the quotation.
    Words {
        /// Words of the quotation as it was marked.
        place: Place,
        /// What was said, in reading order; never empty.
        content: Vec<Place>,
    },
    /// The day on which the quotations at these places were said.
    SaidOn {
        /// Words of the quotations.
        places: Vec<Place>,
        /// The day.
        day: DateValue,
    },
    /// The person named at these places is shown nowhere.
    Hide {
        /// The person's name where it is printed.
        places: Vec<Place>,
    },
}

impl Change {
    /// The name used in the record and on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SameStatement { .. } => "same",
            Self::OtherStatement { .. } => "not_same",
            Self::SameEntity { .. } => "merge",
            Self::OtherEntity { .. } => "split",
            Self::Speaker { .. } => "speaker",
            Self::Words { .. } => "words",
            Self::SaidOn { .. } => "date",
            Self::Hide { .. } => "hide",
        }
    }

    /// The places it is about, in their order: what it keeps first, then what it takes.
    pub fn places(&self) -> Vec<&Place> {
        match self {
            Self::SameStatement { places }
            | Self::SameEntity { places }
            | Self::OtherEntity { places }
            | Self::Speaker { places, .. }
            | Self::SaidOn { places, .. }
            | Self::Hide { places } => places.iter().collect(),
            Self::OtherStatement { kept, apart } => std::iter::once(kept).chain(apart).collect(),
            Self::Words { place, .. } => vec![place],
        }
    }

    /// The same places, to show their words otherwise.
    pub fn places_mut(&mut self) -> Vec<&mut Place> {
        match self {
            Self::SameStatement { places }
            | Self::SameEntity { places }
            | Self::OtherEntity { places }
            | Self::Speaker { places, .. }
            | Self::SaidOn { places, .. }
            | Self::Hide { places } => places.iter_mut().collect(),
            Self::OtherStatement { kept, apart } => std::iter::once(kept).chain(apart).collect(),
            Self::Words { place, .. } => vec![place],
        }
    }

    /// What it says besides places, in a fixed order.
    fn value(&self) -> Vec<String> {
        match self {
            Self::Speaker { name, kind, .. } => {
                vec![kind.name().to_owned(), name.clone().unwrap_or_default()]
            }
            Self::SaidOn { day, .. } => vec![day.edtf.clone()],
            _ => Vec::new(),
        }
    }

    /// The words that it puts in the place of others.
    pub fn content(&self) -> &[Place] {
        match self {
            Self::Words { content, .. } => content,
            _ => &[],
        }
    }

    /// The same words, to show them otherwise.
    pub fn content_mut(&mut self) -> &mut [Place] {
        match self {
            Self::Words { content, .. } => content,
            _ => &mut [],
        }
    }
}

/// Who did something to the record, when, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signed {
    /// The name that the person gave.
    pub by: String,
    /// The moment, ISO 8601 in UTC: `2025-10-16T09:30:00Z`.
    pub at: String,
    /// The reason, for those who read the record.
    pub why: String,
}

/// A change with who made it, and whether it was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Hash of the change and of who made it when and why.
    pub id: Id,
    /// What is to be otherwise.
    pub change: Change,
    /// Who, when, why.
    pub signed: Signed,
    /// Who took it back; it is kept, and no longer applied.
    pub undone: Option<Signed>,
}

impl Correction {
    /// A correction that holds.
    pub fn new(change: Change, signed: Signed) -> Self {
        let Signed { by, at, why } = signed.clone();
        let mut parts = vec![change.name().to_owned(), by, at, why];
        for place in change.places().into_iter().chain(change.content()) {
            // Not the words: they may have been masked on their way here.
            let length = place.words.chars().count();
            parts.extend([place.page.to_string(), place.start.to_string(), length.to_string()]);
        }
        parts.extend(change.value());
        Self { id: Id::of(parts), change, signed, undone: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        Article::of_text("a.txt", Hash::of(b"the page"), text)
    }

    #[test]
    fn a_place_is_found_again_where_its_words_stand_once() {
        let before = article("Größe: the dam holds. The dam holds well.");
        let at = before.text.find("the dam").unwrap();
        let place = Place::of(&before, Span::new(at, at + "the dam holds".len())).unwrap();
        assert_eq!((place.start, place.words.as_str()), (7, "the dam holds"));
        let found = |text: &str| place.find_in(&article(text)).map(Span::start);
        assert_eq!(found(&before.text), Some(at));
        assert_eq!(found("By Ida Holm\nGröße: the dam holds."), Some(21));
        assert_eq!(found("the dam holds, the dam holds"), None);
        assert_eq!(found("the dyke holds"), None);
        let other = Article { page_hash: Hash::of(b"another page"), ..before.clone() };
        assert_eq!(place.find_in(&other), None);
        let masked = Place { words: "Gr×**".to_owned(), start: 0, ..place.clone() };
        assert_eq!(masked.find_in(&before).map(|span| span.slice(&before.text)), None);
        let masked = Place { words: "Gr××*".to_owned(), ..masked };
        assert_eq!(masked.find_in(&before).map(|span| span.slice(&before.text)), Some("Größe"));
    }
}
