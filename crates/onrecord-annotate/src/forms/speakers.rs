//! Works out who speaks behind each source.

use onrecord_model::{Annotations, Article, Because, EntityKind, EntityRef, Span, Speaker};

use super::{
    bodies::are_forms,
    mentions::{Head, Name, Reading},
    sources::{LEXICON, Lexicon, Run},
    words::low,
};
use crate::Annotator;

/// Works out who speaks behind each source.
pub(super) struct Speakers;

impl Annotator for Speakers {
    fn name(&self) -> &'static str {
        "speakers"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        if out.quotations.is_empty() {
            return;
        }
        let reading = Reading::of(article, &out.sentences);
        let mut resolver = Resolver { reading: &reading, lexicon: LEXICON.of(article), spoke: Vec::new() };
        for quotation in &mut out.quotations {
            quotation.speaker = match quotation.source {
                Some(source) => resolver.resolve(source),
                None => Speaker::unknown(Because::new("speaker.none", "the words do not say who speaks")),
            };
        }
    }
}

/// People who spoke, looked back at for a pronoun.
const MOST_BEFORE: usize = 200;

struct Resolver<'a> {
    reading: &'a Reading<'a>,
    lexicon: &'a Lexicon,
    /// Entities that spoke before, in order.
    spoke: Vec<usize>,
}

impl Resolver<'_> {
    fn resolve(&mut self, source: Span) -> Speaker {
        let run = self.reading.words.run_of(source);
        let speaker = self.pronoun(run).or_else(|| self.name(run)).or_else(|| self.description(run));
        let speaker = speaker
            .unwrap_or_else(|| Speaker::unknown(Because::new("speaker.none", "the words name nobody")));
        self.spoke.extend(speaker.entity.map(|entity| entity.0 as usize));
        speaker
    }

    fn names_in(&self, (from, to): Run) -> impl DoubleEndedIterator<Item = &Name> {
        self.reading.names.iter().filter(move |name| from <= name.from && name.to <= to)
    }

    fn name(&self, run: Run) -> Option<Speaker> {
        let person = self.names_in(run).rfind(|name| name.kind == EntityKind::Person);
        let described = self.reading.description_at(run.0);
        let name = match person {
            Some(person) => Some(person),
            None if described.is_none() => self.names_in(run).next(),
            None => {
                let in_marks = |name: &&Name| name.to + 1 == run.1 && !self.reading.words.is_word(name.to);
                self.names_in(run).rfind(|name| name.kind == EntityKind::Organisation && in_marks(name))
            }
        }?;
        let role = described.filter(|found| found.head == Head::Role).map(|found| found.text.clone());
        self.entity(
            name.entity?,
            role,
            Because::new("speaker.name", "the source names the speaker")
                .at([self.reading.words.span(name.from, name.to)]),
        )
    }

    fn entity(&self, at: usize, role: Option<String>, because: Because) -> Option<Speaker> {
        let entity = self.reading.entities.get(at)?;
        Some(Speaker {
            name: Some(entity.name.clone()),
            entity: u32::try_from(at).ok().map(EntityRef),
            role: role.or_else(|| entity.role.clone()),
            because,
        })
    }

    fn pronoun(&self, (from, to): Run) -> Option<Speaker> {
        let (words, lists) = (&self.reading.lexicon.words, &self.lexicon.lists);
        let word = self.reading.words.low(from);
        let he = words.he.has(word) || lists.possessives_he.has(word);
        let she = words.she.has(word) || lists.possessives_she.has(word);
        let they = words.they.has(word) || lists.possessives_they.has(word);
        if to != from + 1 || !(he || she || they) {
            return None;
        }
        let bearer = if they { None } else { self.bearer(from, she) };
        let unknown = || {
            Speaker::unknown(Because::new(
                "speaker.pronoun",
                "nobody before is the only one whom the pronoun fits",
            ))
        };
        let because = Because::new("speaker.pronoun", "whoever the pronoun fits and was named or spoke last");
        Some(bearer.and_then(|at| self.entity(at, None, because)).unwrap_or_else(unknown))
    }

    /// The person that "she" or "he" at token `at` stands for: who spoke last, or else the only one named before.
    fn bearer(&self, at: usize, female: bool) -> Option<usize> {
        let fits = |entity: usize| {
            let known =
                self.reading.names.iter().find(|name| name.entity == Some(entity) && name.female.is_some());
            known.is_none_or(|name| name.female == Some(female))
        };
        let is_person =
            |entity: usize| self.reading.entities.get(entity).is_some_and(|e| e.kind == EntityKind::Person);
        let spoke = self.spoke.iter().rev().take(MOST_BEFORE).copied().find(|&e| is_person(e));
        if let Some(last) = spoke.filter(|&last| fits(last)) {
            return Some(last);
        }
        let before =
            self.reading.names.iter().filter(|name| name.to <= at && name.kind == EntityKind::Person);
        let mut named: Vec<usize> = before.filter_map(|name| name.entity).filter(|&e| fits(e)).collect();
        named.sort_unstable();
        named.dedup();
        if let [only] = named.as_slice() { Some(*only) } else { None }
    }

    /// A role, a group or a body that is not named.
    fn description(&self, (from, to): Run) -> Option<Speaker> {
        let described = self.reading.description_at(from).or_else(|| {
            // "сообщении министерства": who issued the text.
            self.reading.description_at(from + 1).filter(|found| found.to <= to)
        });
        let Some(found) = described else {
            let name = self.names_in((from, to)).next();
            return match name {
                Some(name) => {
                    self.entity(name.entity?, None, Because::new("speaker.text", "whoever issued the text"))
                }
                None => Some(self.printed(self.reading.words.printed(from, to), None)),
            };
        };
        let same = |entity: &onrecord_model::LocalEntity| match found.head {
            Head::Role => entity.role.as_ref().is_some_and(|role| self.is_role(role, found)),
            Head::Body => {
                entity.kind == EntityKind::Organisation && are_forms(&low(&entity.name), &low(&found.text))
            }
            Head::Group => false,
        };
        let mut bearers = self.reading.entities.iter().enumerate().filter(|(_, entity)| same(entity));
        let bearer = bearers.next().filter(|_| bearers.next().is_none()).map(|(at, _)| at);
        let role = (found.head == Head::Role).then(|| found.text.clone());
        let because = Because::new("speaker.role", "the only one in the article whom the words describe");
        bearer.and_then(|at| self.entity(at, None, because)).or_else(|| Some(self.printed(&found.text, role)))
    }

    fn printed(&self, name: &str, role: Option<String>) -> Speaker {
        Speaker {
            name: Some(name.to_owned()),
            entity: None,
            role,
            because: Because::new("speaker.printed", "called as printed"),
        }
    }

    /// Whether `role` of somebody is what is described: the same noun, with nothing else said of it.
    fn is_role(&self, role: &str, found: &super::mentions::Description) -> bool {
        let (role, text) = (low(role), low(&found.text));
        let holds_noun = role.split_whitespace().any(|word| word == found.noun);
        holds_noun && text.split_whitespace().all(|word| role.split_whitespace().any(|own| own == word))
    }
}
