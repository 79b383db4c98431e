//! A loaded record, ready to be asked: what belongs to a story, a statement, an article.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use onrecord_annotate::confidence::{self, Confidence};
use onrecord_model::{
    Account, AnnotatedArticle, Article, CopyGroup, Difference, FigureSeries, Id, Published, Reply, Span,
    Statement, Story, Theme,
};

use super::words::printed;
use crate::loaded::Loaded;

/// A loaded record by what one asks for. Every list keeps the order of the record.
pub struct Index<'a> {
    /// All of it.
    pub loaded: &'a Loaded,
    copies: BTreeMap<Id, &'a CopyGroup>,
    stories: BTreeMap<Id, &'a Story>,
    statements: BTreeMap<Id, &'a Statement>,
    of_story: BTreeMap<Id, Vec<&'a Statement>>,
    differences: BTreeMap<Id, Vec<&'a Difference>>,
    outside: BTreeMap<Id, Vec<&'a Difference>>,
    answers: BTreeMap<Id, Vec<&'a Reply>>,
    answered: BTreeMap<Id, Vec<&'a Reply>>,
    figures: BTreeMap<Id, Vec<&'a FigureSeries>>,
    themes: BTreeMap<Id, Vec<&'a Theme>>,
}

/// Things by a key, each list in the order of the things.
fn by<'a, T>(things: &'a [T], key: impl Fn(&'a T) -> Option<Id>) -> BTreeMap<Id, Vec<&'a T>> {
    let mut lists: BTreeMap<Id, Vec<&'a T>> = BTreeMap::new();
    for thing in things {
        if let Some(key) = key(thing) {
            lists.entry(key).or_default().push(thing);
        }
    }
    lists
}

impl<'a> Index<'a> {
    /// Sorts the record by what one asks for; costs time and memory in proportion to it.
    pub fn new(loaded: &'a Loaded) -> Self {
        let record = &loaded.record;
        let members = |story: &'a Story| story.articles.iter().map(|&article| (article, story.id));
        let story_of: BTreeMap<Id, Id> = record.stories.iter().flat_map(members).collect();
        let copied = |group: &'a CopyGroup| group.members.iter().map(move |&member| (member, group));
        let themed = |theme: &'a Theme| theme.statements.iter().map(move |&statement| (statement, theme));
        let mut themes: BTreeMap<Id, Vec<&'a Theme>> = BTreeMap::new();
        record.themes.iter().flat_map(themed).for_each(|(s, t)| themes.entry(s).or_default().push(t));
        Self {
            loaded,
            copies: record.copies.iter().flat_map(copied).collect(),
            stories: record.stories.iter().map(|s| (s.id, s)).collect(),
            statements: record.statements.iter().map(|s| (s.id, s)).collect(),
            of_story: by(&record.statements, |s| Some(s.story)),
            differences: by(&record.differences, |d| d.statement),
            outside: by(&record.differences, |d| match d.statement {
                None => story_of.get(&d.between[0].article).copied(),
                Some(_) => None,
            }),
            answers: by(&record.replies, |r| Some(r.from)),
            answered: by(&record.replies, |r| Some(r.to)),
            figures: by(&record.figures, |f| Some(f.story)),
            themes,
        }
    }

    /// An article with its marks.
    pub fn annotated(&self, id: Id) -> Option<&'a AnnotatedArticle> {
        self.loaded.article(id)
    }

    /// An article.
    pub fn article(&self, id: Id) -> Option<&'a Article> {
        self.annotated(id).map(|annotated| &annotated.article)
    }

    /// How far it can be trusted who an account credits.
    pub(crate) fn confidence(&self, account: &Account) -> Option<Confidence> {
        confidence::of_account(self.annotated(account.article)?, account)
    }

    /// The story with this id.
    pub fn story(&self, id: Id) -> Option<&'a Story> {
        self.stories.get(&id).copied()
    }

    /// The statement with this id.
    pub fn statement(&self, id: Id) -> Option<&'a Statement> {
        self.statements.get(&id).copied()
    }

    /// What was said in a story.
    pub fn statements_of(&self, story: Id) -> &[&'a Statement] {
        list(&self.of_story, story)
    }

    /// Where the accounts of a statement differ.
    pub fn differences_of(&self, statement: Id) -> &[&'a Difference] {
        list(&self.differences, statement)
    }

    /// Where the outlets of a story differ in their own words.
    pub fn differences_outside(&self, story: Id) -> &[&'a Difference] {
        list(&self.outside, story)
    }

    /// What a statement answers.
    pub fn answers_of(&self, statement: Id) -> &[&'a Reply] {
        list(&self.answers, statement)
    }

    /// What answers a statement.
    pub fn answers_to(&self, statement: Id) -> &[&'a Reply] {
        list(&self.answered, statement)
    }

    /// What is counted in a story.
    pub fn figures_of(&self, story: Id) -> &[&'a FigureSeries] {
        list(&self.figures, story)
    }

    /// The themes that a statement belongs to.
    pub fn themes_of(&self, statement: Id) -> &[&'a Theme] {
        list(&self.themes, statement)
    }

    /// The copy group of an article.
    pub fn copies_of(&self, article: Id) -> Option<&'a CopyGroup> {
        self.copies.get(&article).copied()
    }

    /// The article that this one repeats, if it is not the first printing itself.
    pub fn origin_of(&self, article: Id) -> Option<Id> {
        self.copies_of(article).map(|group| group.origin).filter(|&origin| origin != article)
    }

    /// How many of the articles are texts of their own: all copies of one text count once.
    pub fn independent(&self, articles: impl IntoIterator<Item = Id>) -> usize {
        let text = |article| self.copies_of(article).map_or(article, |group| group.origin);
        articles.into_iter().map(text).collect::<BTreeSet<Id>>().len()
    }

    /// The words at a place; empty where there are none.
    pub fn words(&self, article: Id, span: Span) -> &'a str {
        self.loaded.words(article, span)
    }

    /// The outlet's name, or which file it is and that the outlet is not known.
    pub fn outlet(&self, article: Id) -> Cow<'a, str> {
        let Some(article) = self.article(article) else { return Cow::Borrowed("article not in the record") };
        match &article.outlet {
            Some(outlet) => printed(&outlet.value),
            None => Cow::Owned(format!("{} (outlet not known)", printed(&file_name(article)))),
        }
    }

    /// The headline, or that it is not known.
    pub fn headline(&self, article: Id) -> Cow<'a, str> {
        let headline = self.article(article).and_then(|article| article.headline.as_ref());
        headline.map_or(Cow::Borrowed("headline not known"), |known| printed(&known.value))
    }

    /// When an article was published, where that is known.
    pub fn published(&self, article: Id) -> Option<Published> {
        self.article(article)?.published.as_ref().map(|known| known.value)
    }
}

fn list<T>(lists: &BTreeMap<Id, Vec<T>>, key: Id) -> &[T] {
    lists.get(&key).map(Vec::as_slice).unwrap_or_default()
}

/// The last part of an article's origin.
fn file_name(article: &Article) -> String {
    let origin = article.origin.to_string();
    origin.rsplit('/').next().unwrap_or_default().to_owned()
}
