//! From what somebody points at in a record to a change that is told by printed words: for commands and screens.

use std::{collections::BTreeMap, fmt};

use onrecord_model::{
    Account, AnnotatedArticle, Article, Change, Correction, DateValue, Entity, EntityKind, Id, Place, Record,
    Span, Statement,
};

use super::{Book, marks, typed::places_of};

/// Why something cannot be corrected in this way, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotCorrect(String);

impl fmt::Display for CannotCorrect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CannotCorrect {}

type Made<T = Change> = Result<T, CannotCorrect>;

/// Places of a hidden person's name that are kept: one is enough to find the person again.
const MOST_PLACES: usize = 200;

/// Characters of words that are said again where they cannot be taken.
const WORDS_SAID: usize = 80;

/// A record and its articles, to be corrected.
pub struct Desk<'a> {
    /// What the articles say together.
    pub record: &'a Record,
    /// Every article with its marks, by id.
    pub articles: &'a BTreeMap<Id, AnnotatedArticle>,
    /// What was corrected before: later corrections are made upon earlier ones.
    pub corrections: &'a [Correction],
}

impl Desk<'_> {
    /// These statements are one.
    pub fn same_statement(&self, ids: &[Id]) -> Made {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() < 2 {
            return refuse("two different statements are needed");
        }
        let first = |&id: &Id| -> Made<Place> { self.first_words(&self.statement(id)?.accounts[0]) };
        Ok(Change::SameStatement { places: ids.iter().map(first).collect::<Made<_>>()? })
    }

    /// These accounts, named by their own id or their article's, tell another statement than the rest.
    pub fn other_statement(&self, statement: Id, accounts: &[Id]) -> Made {
        let statement = self.statement(statement)?;
        let (out, rest): (Vec<&Account>, Vec<&Account>) = self.picked(statement, accounts)?;
        let Some(kept) = rest.first() else { return refuse("no account of the statement would be left") };
        let kept = self.first_words(kept)?;
        let apart = out.into_iter().map(|account| self.all_words(account)).collect::<Made<Vec<_>>>()?;
        Ok(Change::OtherStatement { kept, apart: apart.concat() })
    }

    /// These entities are one person, body or place.
    pub fn same_entity(&self, ids: &[Id]) -> Made {
        let mut entities = ids.iter().map(|&id| self.entity(id)).collect::<Made<Vec<_>>>()?;
        entities.sort_by_key(|e| e.id);
        entities.dedup_by_key(|e| e.id);
        if entities.len() < 2 {
            return refuse("two different entities are needed");
        }
        if entities.iter().any(|e| e.kind != entities[0].kind) {
            let kinds: Vec<&str> = entities.iter().map(|e| e.kind.name()).collect();
            return refuse(format!("{} cannot be one", kinds.join(" and ")));
        }
        let first = |e: &&Entity| self.mentions(e, &[]).into_iter().next();
        let places: Vec<Place> = entities.iter().filter_map(first).collect();
        if places.len() < entities.len() {
            return refuse("one of them is named at no place of its own");
        }
        Ok(Change::SameEntity { places })
    }

    /// What these articles call so is somebody else.
    pub fn other_entity(&self, entity: Id, articles: &[Id]) -> Made {
        let entity = self.entity(entity)?;
        let places = self.mentions(entity, articles);
        if places.is_empty() {
            return refuse(format!("`{}` is named in none of these articles", entity.name));
        }
        let is_out = |(article, _): &(Id, u32)| articles.contains(article);
        if entity.members.iter().all(is_out) {
            return refuse(format!("no article would be left that names the other `{}`", entity.name));
        }
        Ok(Change::OtherEntity { places })
    }

    /// This is who speaks in a statement, or in these accounts of it.
    pub fn speaker(
        &self,
        statement: Id,
        accounts: &[Id],
        (name, kind): (Option<String>, EntityKind),
    ) -> Made {
        let places = self.places(statement, accounts)?;
        Ok(Change::Speaker { places, name, kind })
    }

    /// This is the day on which it was said.
    pub fn said_on(&self, statement: Id, day: DateValue) -> Made {
        Ok(Change::SaidOn { places: self.places(statement, &[])?, day })
    }

    /// These words of the article are what was said: in the place of one part of the account, counted from 0, or of
    /// all that its first quotation has.
    pub fn words(&self, account: Id, part: Option<usize>, words: &str) -> Made {
        let (_, account) = self.account(account)?;
        let annotated = self.annotated(account.article)?;
        let Some(said) = account.parts.get(part.unwrap_or(0)).map(|part| part.span) else {
            return refuse("the account has no such words");
        };
        let Some(place) = Place::of(&annotated.article, said) else {
            return refuse("the account has no words");
        };
        let printed = printed(&annotated.article, words, said)?;
        if printed == said && (part.is_some() || account.parts.len() == 1) {
            return refuse("these are the words that it has already");
        }
        let spans = match part {
            None => vec![printed],
            Some(_) => self.with_part(annotated, (said, printed)),
        };
        let content = spans.into_iter().filter_map(|span| Place::of(&annotated.article, span)).collect();
        Ok(Change::Words { place, content })
    }

    /// All that a quotation has, with `printed` in the place of its words at `said`.
    fn with_part(&self, annotated: &AnnotatedArticle, (said, printed): (Span, Span)) -> Vec<Span> {
        let corrected = marks::corrected(&Book::new(self.corrections), std::slice::from_ref(annotated));
        let quotations = &corrected.get(&0).unwrap_or(annotated).annotations.quotations;
        let content = marks::told_at(quotations, said).map(|at| quotations[at].content.as_slice());
        let kept = content.unwrap_or_default().iter().filter(|c| !c.overlaps(said) && !c.overlaps(printed));
        let mut spans: Vec<Span> = kept.copied().chain([printed]).collect();
        spans.sort_unstable();
        spans
    }

    /// This person is shown nowhere.
    pub fn hide(&self, entity: Id) -> Made {
        let entity = self.entity(entity)?;
        if entity.kind != EntityKind::Person {
            return refuse(format!("`{}` is no person", entity.name));
        }
        let mut places = self.mentions(entity, &[]);
        places.truncate(MOST_PLACES);
        Ok(Change::Hide { places })
    }

    fn statement(&self, id: Id) -> Made<&Statement> {
        let found = self.record.statements.iter().find(|s| s.id == id && !s.accounts.is_empty());
        found.ok_or_else(|| CannotCorrect(format!("there is no statement `{id}`")))
    }

    /// An account by its id, and the statement that it tells.
    pub fn account(&self, id: Id) -> Made<(&Statement, &Account)> {
        let all = self.record.statements.iter().flat_map(|s| s.accounts.iter().map(move |a| (s, a)));
        let found = all.into_iter().find(|(_, account)| account.id == id);
        found.ok_or_else(|| CannotCorrect(format!("there is no account `{id}`")))
    }

    fn entity(&self, id: Id) -> Made<&Entity> {
        let found = self.record.entities.iter().find(|e| e.id == id);
        found.ok_or_else(|| CannotCorrect(format!("there is no entity `{id}`")))
    }

    fn annotated(&self, id: Id) -> Made<&AnnotatedArticle> {
        self.articles.get(&id).ok_or_else(|| CannotCorrect(format!("there is no article `{id}`")))
    }

    /// The accounts that are meant, and the others. No name means all of them.
    fn picked<'s>(
        &self,
        statement: &'s Statement,
        wanted: &[Id],
    ) -> Made<(Vec<&'s Account>, Vec<&'s Account>)> {
        let is = |account: &Account, id: &Id| account.id == *id || account.article == *id;
        if let Some(id) = wanted.iter().find(|id| !statement.accounts.iter().any(|a| is(a, id))) {
            return refuse(format!("the statement has no account `{id}`"));
        }
        let is_meant = |a: &&Account| wanted.is_empty() || wanted.iter().any(|id| is(a, id));
        Ok(statement.accounts.iter().partition(is_meant))
    }

    fn places(&self, statement: Id, accounts: &[Id]) -> Made<Vec<Place>> {
        let (meant, _) = self.picked(self.statement(statement)?, accounts)?;
        let places = meant.into_iter().map(|account| self.all_words(account)).collect::<Made<Vec<_>>>()?;
        Ok(places.concat())
    }

    fn first_words(&self, account: &Account) -> Made<Place> {
        let first = self.all_words(account)?.into_iter().next();
        first.ok_or_else(|| CannotCorrect("the account has no words".to_owned()))
    }

    fn all_words(&self, account: &Account) -> Made<Vec<Place>> {
        let article = &self.annotated(account.article)?.article;
        Ok(account.parts.iter().filter_map(|part| Place::of(article, part.span)).collect())
    }

    /// Where an entity is first named in each of its articles, or in each of these.
    fn mentions(&self, entity: &Entity, articles: &[Id]) -> Vec<Place> {
        let first = |&(article, n): &(Id, u32)| {
            let annotated = self.articles.get(&article)?;
            let mentions = &annotated.annotations.mentions;
            let mention = mentions.iter().find(|m| m.entity.is_some_and(|e| e.0 == n))?;
            Place::of(&annotated.article, mention.span)
        };
        let wanted = |(article, _): &&(Id, u32)| articles.is_empty() || articles.contains(article);
        entity.members.iter().filter(wanted).filter_map(first).collect()
    }
}

/// Where an article prints words that are to be told in the place of those at `said`.
fn printed(article: &Article, words: &str, said: Span) -> Made<Span> {
    let found = places_of(words, &article.text);
    let here: Vec<Span> = found.iter().copied().filter(|span| span.overlaps(said)).collect();
    let again: String = words.trim().chars().take(WORDS_SAID).collect();
    match (found.as_slice(), here.as_slice()) {
        ([], _) if again.is_empty() => refuse("there are no words"),
        ([], _) => refuse(format!(
            "the article does not print “{again}”: copy the words as they stand there (line breaks and kinds of quotation marks do not matter)"
        )),
        (&[span], _) | (_, &[span]) => Ok(span),
        (found, _) => refuse(format!(
            "the article prints “{again}” {} times: take in words before or behind them, so that they stand there once",
            found.len()
        )),
    }
}

fn refuse<T>(why: impl Into<String>) -> Made<T> {
    Err(CannotCorrect(why.into()))
}
