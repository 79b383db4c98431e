//! From what somebody points at in a record to a change that is told by printed words: for commands and screens.

use std::{collections::BTreeMap, fmt};

use onrecord_model::{
    Account, AnnotatedArticle, Change, DateValue, Entity, EntityKind, Id, Place, Record, Span, Statement,
};

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

/// A record and its articles, to be corrected.
pub struct Desk<'a> {
    /// What the articles say together.
    pub record: &'a Record,
    /// Every article with its marks, by id.
    pub articles: &'a BTreeMap<Id, AnnotatedArticle>,
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

    /// These words of the article, nearest to those that were marked, are what was said.
    pub fn words(&self, account: Id, words: &str) -> Made {
        let all = self.record.statements.iter().flat_map(|s| &s.accounts);
        let found = all.into_iter().find(|a| a.id == account);
        let Some(account) = found else { return refuse(format!("there is no account `{account}`")) };
        let place = self.first_words(account)?;
        let article = &self.annotated(account.article)?.article;
        let marked = account.parts[0].span.start();
        let places = article.text.match_indices(words).map(|(at, _)| at);
        let Some(at) = places.min_by_key(|at| at.abs_diff(marked)).filter(|_| !words.trim().is_empty())
        else {
            return refuse(format!("the article does not print “{words}”"));
        };
        let content = Place::of(article, Span::new(at, at + words.len())).into_iter().collect();
        Ok(Change::Words { place, content })
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

fn refuse<T>(why: impl Into<String>) -> Made<T> {
    Err(CannotCorrect(why.into()))
}
