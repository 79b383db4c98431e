//! Finds what is new: a function of the record and of the articles that came.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use onrecord_model::{
    Because, Edit, Entity, FigureSeries, Holder, Id, Number, Reply, Revision, Span, Statement,
};

use super::{Kind, News};
use onrecord_render::Loaded;
use onrecord_render::brief::Index;
use onrecord_render::masked;

/// Characters of exact words in a title.
const MOST_CHARS: usize = 160;

/// What the articles in `new` brought that the other articles of the record do not tell; pages first, then by
/// kind, time and id.
pub(crate) fn find<'a>(index: &Index<'a>, new: &BTreeSet<Id>) -> Vec<News<'a>> {
    let look = Look::new(index, new);
    let record = &index.loaded.record;
    let mut news: Vec<News> = Vec::new();
    news.extend(record.statements.iter().filter(|s| look.is_new(s)).map(|s| look.statement(s)));
    news.extend(look.first_replies());
    news.extend(record.figures.iter().flat_map(|series| look.figures(series)));
    news.extend(index.loaded.revisions().iter().filter_map(|revision| look.page(revision)));
    let time = |item: &News| item.published.map(|p| (p.date, p.time));
    news.sort_by(|a, b| (a.kind, time(a), a.id, &a.evidence).cmp(&(b.kind, time(b), b.id, &b.evidence)));
    news
}

struct Look<'i, 'a> {
    index: &'i Index<'a>,
    loaded: &'a Loaded,
    new: &'i BTreeSet<Id>,
    entities: BTreeMap<Id, &'a Entity>,
}

impl<'i, 'a> Look<'i, 'a> {
    fn new(index: &'i Index<'a>, new: &'i BTreeSet<Id>) -> Self {
        let loaded = index.loaded;
        Self { index, loaded, new, entities: loaded.record.entities.iter().map(|e| (e.id, e)).collect() }
    }

    /// Whether only new articles tell it.
    fn is_new(&self, statement: &Statement) -> bool {
        statement.accounts.iter().all(|account| self.new.contains(&account.article))
    }

    fn statement(&self, statement: &'a Statement) -> News<'a> {
        let title = format!("{}: {}", name(statement), self.gist(statement));
        let because = Because::new("news.statement", "no earlier article tells it");
        self.item(
            Kind::Statement,
            statement.id,
            (title, because),
            (words_of(statement), self.names(statement)),
        )
    }

    /// Answers to statements that no earlier article answers, one a statement.
    fn first_replies(&self) -> Vec<News<'a>> {
        let mut answers: BTreeMap<Id, Vec<&'a Reply>> = BTreeMap::new();
        for reply in &self.loaded.record.replies {
            answers.entry(reply.to).or_default().push(reply);
        }
        let first = |(to, replies): (Id, Vec<&'a Reply>)| {
            let answered = self.index.statement(to)?;
            let mut from =
                replies.iter().filter_map(|reply| Some((*reply, self.index.statement(reply.from)?)));
            if !from.clone().all(|(_, statement)| self.is_new(statement)) {
                return None;
            }
            let (reply, statement) = from.next()?;
            Some(self.reply(reply, statement, answered))
        };
        answers.into_iter().filter_map(first).collect()
    }

    fn reply(&self, reply: &Reply, from: &'a Statement, to: &'a Statement) -> News<'a> {
        let title = format!(
            "{} {} {}: {} — on {}",
            name(from),
            reply.stance.name(),
            name(to),
            self.gist(from),
            self.gist(to)
        );
        let because = Because::new("news.reply", "no earlier article tells an answer");
        let mut names = self.names(from);
        names.extend(self.names(to));
        self.item(Kind::Reply, from.id, (title, because), (words_of(from), names))
    }

    /// Values of a series that only new articles give, each once.
    fn figures(&self, series: &'a FigureSeries) -> Vec<News<'a>> {
        let figure = |&(article, n): &(Id, u32)| {
            let annotated = self.loaded.article(article)?;
            Some((article, annotated, annotated.annotations.figures.get(n as usize)?))
        };
        let value = |figure: &onrecord_model::Figure| -> Option<(Number, Option<Number>)> {
            let base = |n: Number| figure.unit.as_ref().map_or(Some(n), |unit| unit.to_base(n));
            Some((base(figure.value)?, figure.value_to.and_then(base)))
        };
        let members: Vec<_> = series.members.iter().filter_map(figure).collect();
        let (mut seen, mut news) = (BTreeSet::new(), Vec::new());
        seen.extend(members.iter().filter(|(article, ..)| !self.new.contains(article)).map(|m| value(m.2)));
        let is_known = !seen.is_empty();
        for (article, annotated, figure) in members {
            if self.new.contains(&article) && seen.insert(value(figure)) {
                let sentences = annotated.annotations.sentences.iter();
                let sentence = sentences.copied().find(|s| s.contains(figure.span)).unwrap_or(figure.span);
                let printed = figure.span.slice(&annotated.article.text);
                let title = format!("{}: {}", masked(&series.counted), short(&masked(printed)));
                let note = if is_known {
                    "no earlier article gives this value"
                } else {
                    "no earlier article counts it"
                };
                let holder = match figure.holder {
                    Holder::Outlet => None,
                    Holder::Quotation(n) => annotated.annotations.quotations.get(n as usize),
                };
                let names = holder.and_then(|q| q.speaker.name.as_deref()).map(Cow::Borrowed);
                let because = Because::new("news.figure", note);
                let shown = (vec![(article, sentence)], names.into_iter().collect());
                news.push(self.item(Kind::Figure, series.id, (title, because), shown));
            }
        }
        news
    }

    /// A page whose new version says something else.
    fn page(&self, revision: &Revision) -> Option<News<'a>> {
        let edits: Vec<&Edit> = revision.edits.iter().filter(|edit| !edit.is_cosmetic()).collect();
        if !self.new.contains(&revision.later) || edits.is_empty() {
            return None;
        }
        let touched: BTreeSet<_> =
            edits.iter().flat_map(|edit| &edit.kinds).filter(|k| !k.is_cosmetic()).collect();
        let touched: Vec<&str> = touched.into_iter().map(|kind| kind.name()).collect();
        let (outlet, headline) = (self.index.outlet(revision.later), self.index.headline(revision.later));
        let title = format!("{outlet} changed “{headline}”: {}", touched.join(", "));
        let sides = |edit: &Edit| {
            [edit.before.map(|s| (revision.earlier, s)), edit.after.map(|s| (revision.later, s))]
        };
        let words = edits.iter().flat_map(|edit| sides(edit)).flatten().collect();
        let because = Because::new("news.page", revision.because.note.clone());
        Some(self.item(Kind::Page, revision.id, (title, because), (words, BTreeSet::new())))
    }

    fn item(
        &self,
        kind: Kind,
        id: Id,
        (title, because): (String, Because),
        (evidence, speakers): (Vec<(Id, Span)>, BTreeSet<Cow<'a, str>>),
    ) -> News<'a> {
        let published = evidence.iter().filter_map(|(article, _)| self.index.published(*article));
        let published = published.max_by_key(|p| (p.date, p.time));
        News { kind, id, title, evidence, published, speakers, because, watches: Vec::new() }
    }

    /// Every name of who speaks.
    fn names(&self, statement: &'a Statement) -> BTreeSet<Cow<'a, str>> {
        let entity = statement.speaker.and_then(|id| self.entities.get(&id).copied());
        let names = entity.into_iter().flat_map(|e| std::iter::once(&e.name).chain(&e.variants));
        names.chain(&statement.speaker_name).map(|name| Cow::Borrowed(name.as_str())).collect()
    }

    /// The beginning of what was said.
    fn gist(&self, statement: &Statement) -> String {
        let part = statement.accounts.first().and_then(|a| Some((a.article, a.parts.first()?.span)));
        let words = part.map(|(article, span)| self.index.words(article, span)).unwrap_or_default();
        format!("“{}”", short(&masked(words)))
    }
}

fn name(statement: &Statement) -> Cow<'_, str> {
    statement.speaker_name.as_deref().map_or(Cow::Borrowed("Speaker not known"), masked)
}

fn words_of(statement: &Statement) -> Vec<(Id, Span)> {
    let parts = |a: &onrecord_model::Account| a.parts.iter().map(|p| (a.article, p.span)).collect::<Vec<_>>();
    statement.accounts.iter().flat_map(parts).collect()
}

/// On one line, cut at a length that people read.
fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
