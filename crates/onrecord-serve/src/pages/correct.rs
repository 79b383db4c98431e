//! Correcting: small forms on the pages of statements, articles and speakers.

use anyhow::Result;
use onrecord_model::{Account, Entity, EntityKind, Id, Span, Statement};
use onrecord_render::brief::{
    Index,
    show::{escaped, printed, speaker_name, when},
};
use onrecord_store::{Layers, List, Page, Wanted};

use super::{Address, Frame, Query, compare::in_textarea, lists};
use crate::desk::{Desk, MOST_ARTICLES, Take};

/// What can speak.
const KINDS: [EntityKind; 5] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::State,
    EntityKind::Place,
    EntityKind::Document,
];

const HIDE: &str = "Show this person nowhere";

/// Others of a name to choose from.
const MOST_OTHERS: usize = 30;
/// Names of an article to choose from.
const MOST_NAMED: usize = 200;
/// Articles to choose from on one page.
const TICKED: usize = 100;
/// Characters of words by which people know them again.
const GIST_CHARS: usize = 70;
/// Characters on either side of a name.
const AROUND_CHARS: usize = 50;
/// Names and roles that tell who somebody is.
const MOST_NAMES: usize = 4;

/// The forms of a statement, where they can be sent.
pub(super) fn of_statement(
    frame: &mut Frame,
    desk: &Desk,
    index: &Index,
    statement: &Statement,
) -> Result<()> {
    let Some(key) = desk.edit else { return Ok(()) };
    let id = statement.id;
    let form = |kind, title, accesskey| Form { key, kind, at: id, title, accesskey };
    let this = hidden("statement", id);
    begin(frame, "s, w, n, o, d, for a private speaker h")?;
    let accounts: Vec<&Account> = statement.accounts.iter().take(MOST_ARTICLES).collect();
    let outlet = |account: &&Account| (account.id.to_string(), index.outlet(account.article).into_owned());
    let outlets: Vec<(String, String)> = accounts.iter().map(outlet).collect();
    let mut meant = vec![(String::new(), "all accounts".to_owned())];
    meant.extend(outlets.iter().cloned());
    let name = statement.speaker_name.as_deref().unwrap_or_default();
    let credited = statement.speaker.map(|speaker| desk.store.entity(speaker)).transpose()?.flatten();
    let names = speaker(name, credited.as_ref().map(|entity| entity.kind));
    let told_by = choice("speaker", ("account", "In which account"), (&meant, None));
    let told_by = if accounts.len() > 1 { told_by } else { String::new() };
    form("speaker", "Another speaks", "s").write(frame, &(this.clone() + &names + &told_by))?;
    let told = accounts.iter().map(|account| (index.outlet(account.article).into_owned(), *account));
    if let Some(inside) = words(index, told, None) {
        form("words", "The words are others", "w").write(frame, &inside)?;
    }
    if statement.accounts.len() > 1 {
        let inside = choice("not_same", ("account", "Which account"), (&outlets, None));
        form("not_same", "An account tells another statement", "n")
            .write(frame, &(this.clone() + &inside))?;
    }
    let inside = same_as(desk, statement)?;
    form("same", "It is one with another statement", "o").write(frame, &(this.clone() + &inside))?;
    let inside = field("date", ("day", "The day, month or year, such as 2024-02-27"), "");
    form("date", "It was said on another day", "d").write(frame, &(this + &inside))?;
    // Private persons have no page of their own with this form.
    let is_hidden = |id| desk.hidden.is_some_and(|hidden| hidden.hides(id));
    let is_private = |e: &Entity| e.kind == EntityKind::Person && !desk.has_page(e) && !is_hidden(e.id);
    match credited.filter(is_private) {
        Some(entity) => form("hide", HIDE, "h").write(frame, &hidden("entity", entity.id)),
        None => Ok(()),
    }
}

/// The other statements of the story to choose from, or any by its address.
fn same_as(desk: &Desk, statement: &Statement) -> Result<String> {
    let mut ids = desk.ids(List::OfStory(statement.story), MOST_OTHERS + 1)?;
    ids.retain(|id| *id != statement.id);
    let loaded = desk.take(&Take::lines(ids.clone()))?;
    let index = Index::new(&loaded);
    let option = |id: Id| {
        let other = index.statement(id)?;
        let account = other.accounts.first()?;
        let words = account.parts.first().map(|part| gist(&index, account.article, part.span));
        let label = format!("{}: {}", speaker_name(other), words.unwrap_or_default());
        Some(format!("<option value=\"{id}\">{}</option>", escaped(&label)))
    };
    let options: String = ids.into_iter().filter_map(option).collect();
    Ok(format!(
        "<p><label for=\"same-other\">The id or the address of the other statement; the browser offers those of the story</label>\
         <input id=\"same-other\" name=\"other\" required maxlength=\"400\" list=\"same-others\" autocomplete=\"off\"><datalist id=\"same-others\">{options}</datalist></p>\n"
    ))
}

/// The forms of an article; `lit` are the words that the page was opened at.
pub(super) fn of_article(
    frame: &mut Frame,
    desk: &Desk,
    index: &Index,
    (article, lit): (Id, Option<Span>),
) -> Result<()> {
    let told = |statement: &'_ Statement| {
        let account = statement.accounts.iter().find(|account| account.article == article)?;
        Some((speaker_name(statement).into_owned(), account.clone()))
    };
    let Some(key) = desk.edit else { return Ok(()) };
    let told: Vec<(String, Account)> = index.loaded.record.statements.iter().filter_map(told).collect();
    let form = |kind, title, accesskey| Form { key, kind, at: article, title, accesskey };
    begin(frame, "s, w, p, m, h")?;
    let said = |(name, account): &(String, Account)| {
        let part = account.parts.first()?;
        Some((account.id.to_string(), format!("{name}: {}", gist(index, account.article, part.span))))
    };
    let quoted: Vec<(String, String)> = told.iter().filter_map(said).collect();
    let is_lit =
        |account: &Account| lit.is_some_and(|lit| account.parts.iter().any(|part| part.span.overlaps(lit)));
    let at = told.iter().find(|(_, account)| is_lit(account)).map(|(_, account)| account.id.to_string());
    if !quoted.is_empty() {
        let inside = choice("speaker", ("account", "Which quotation"), (&quoted, at.as_deref()));
        form("speaker", "Another speaks", "s").write(frame, &(inside + &speaker("", None)))?;
    }
    let told = told.iter().map(|(name, account)| (name.clone(), account));
    if let Some(inside) = words(index, told, lit.map(|span| (article, span))) {
        form("words", "The words are others", "w").write(frame, &inside)?;
    }
    names(frame, desk, key, article)
}

/// What the names in an article stand for: somebody else, one, or somebody who is to be shown nowhere. Those without a page
/// of their own are corrected here alone.
fn names(frame: &mut Frame, desk: &Desk, key: &str, article: Id) -> Result<()> {
    let form = |kind, title, accesskey| Form { key, kind, at: article, title, accesskey };
    let wanted = Wanted { named_in: vec![article], ..Wanted::default() };
    let mut named = desk.store.part(&wanted)?.entities;
    named.retain(|entity| !desk.hidden.is_some_and(|hidden| hidden.hides(entity.id)));
    named.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    named.truncate(MOST_NAMED);
    let option = |entity: &Entity| {
        (entity.id.to_string(), format!("{} ({})", desk.title(&entity.name), entity.kind.name()))
    };
    let mut elsewhere = Vec::new();
    for entity in &named {
        let all = desk.store.articles_naming(entity.id, Page { offset: 0, limit: 0 })?.total;
        elsewhere.extend((all > 1).then(|| option(entity)));
    }
    if !elsewhere.is_empty() {
        let this = format!("<input type=\"hidden\" name=\"article-{article}\" value=\"on\">");
        let inside = choice("split", ("entity", "Which name"), (&elsewhere, None));
        form("split", "A name means somebody else here than elsewhere", "p")
            .write(frame, &(this + &inside))?;
    }
    let all: Vec<(String, String)> = named.iter().map(option).collect();
    if all.len() > 1 {
        let inside = choice("merge", ("entity", "One name"), (&all, None))
            + &choice("merge", ("other", "The other, of the same kind"), (&all, None));
        form("merge", "Two names are one", "m").write(frame, &inside)?;
    }
    let is_person = |entity: &&Entity| entity.kind == EntityKind::Person;
    let persons: Vec<(String, String)> = named.iter().filter(is_person).map(option).collect();
    if persons.is_empty() {
        return Ok(());
    }
    form("hide", "Show a person nowhere", "h")
        .write(frame, &choice("hide", ("entity", "Whom"), (&persons, None)))
}

/// The forms of a speaker.
pub(super) fn of_speaker(frame: &mut Frame, desk: &Desk, entity: &Entity, query: &Query) -> Result<()> {
    let Some(key) = desk.edit else { return Ok(()) };
    let id = entity.id;
    begin(frame, if entity.kind == EntityKind::Person { "m, p, h" } else { "m, p" })?;
    let form = |kind, title, accesskey| Form { key, kind, at: id, title, accesskey };
    others(frame, desk, &form("merge", "It is one with somebody else", "m"), (entity, query.get("same")))?;
    somebody_else(
        frame,
        desk,
        &form("split", "Some articles mean somebody else", "p"),
        (entity, query.get("apart")),
    )?;
    if entity.kind == EntityKind::Person {
        form("hide", HIDE, "h").write(frame, &hidden("entity", id))?;
    }
    Ok(())
}

/// Takes a correction back.
pub(super) fn undo(frame: &mut Frame, key: &str, id: Id) -> Result<()> {
    let form = Form { key, kind: "undo", at: id, title: "Take it back", accesskey: "" };
    form.write(frame, &hidden("correction", id))
}

/// A search for others by name, and what it finds to choose from.
fn others(
    frame: &mut Frame,
    desk: &Desk,
    form: &Form,
    (entity, asked): (&Entity, Option<&String>),
) -> Result<()> {
    let to = escaped(&frame.to(Address::Speaker(entity.id)));
    let name = desk.title(&entity.name);
    let usual = name.split_whitespace().last().unwrap_or_default();
    let search = format!(
        "<form action=\"{to}#merge\" method=\"get\" role=\"search\" class=\"inner\"><p><label for=\"merge-same\">Part of the other's name</label>\
         <input id=\"merge-same\" name=\"same\" type=\"search\" required maxlength=\"200\" value=\"{}\"></p>\n<p><button>Look for it</button></p></form>\n",
        escaped(asked.map_or(usual, |asked| asked.as_str()))
    );
    frame.html(&form.begin("merge", asked.is_some()))?;
    frame.html(&search)?;
    if let Some(asked) = asked {
        let is_other = |(other, _): &(Entity, usize)| {
            other.id != entity.id && !desk.hidden.is_some_and(|hidden| hidden.hides(other.id))
        };
        let is_hidden = desk.hidden.is_some_and(|hidden| hidden.is_named_in(asked));
        let most = if is_hidden { 0 } else { MOST_OTHERS + 1 };
        let found = desk.store.entities_called((entity.kind, asked), most)?;
        let found: Vec<(Entity, usize)> = found.into_iter().filter(is_other).take(MOST_OTHERS).collect();
        if found.is_empty() {
            let kind = entity.kind.name();
            frame.html(&format!(
                "<p>No other {kind} is called so: look for a shorter part of the name.</p>\n"
            ))?;
        } else {
            let options = found.iter().map(|(other, articles)| {
                format!(
                    "<label class=\"pick\"><input type=\"radio\" name=\"other\" value=\"{}\" required> <span>{}</span></label>\n",
                    other.id,
                    escaped(&who(desk, other, *articles))
                )
            });
            let options: String = options.collect();
            let inside = format!(
                "<fieldset><legend>Who is the same as {}</legend>\n{options}</fieldset>\n",
                escaped(&name)
            );
            frame.html(&form.inner(frame, &(hidden("entity", entity.id) + &inside)))?;
        }
    }
    frame.html("</details>\n")
}

/// "Ida Holm, mayor; also Holm; in 3 articles".
fn who(desk: &Desk, entity: &Entity, articles: usize) -> String {
    let some = |names: &[String]| {
        names.iter().take(MOST_NAMES).map(|name| desk.title(name)).collect::<Vec<_>>().join(", ")
    };
    let mut out = desk.title(&entity.name);
    if !entity.roles.is_empty() {
        out += &format!(", {}", some(&entity.roles));
    }
    if !entity.variants.is_empty() {
        out += &format!("; also {}", some(&entity.variants));
    }
    out + &format!("; in {}", onrecord_render::brief::show::count(articles, "article"))
}

/// The articles that name somebody, to tick those that mean another.
fn somebody_else(
    frame: &mut Frame,
    desk: &Desk,
    form: &Form,
    (entity, asked): (&Entity, Option<&String>),
) -> Result<()> {
    let path = frame.to(Address::Speaker(entity.id));
    let n = asked.and_then(|n| n.parse::<usize>().ok()).filter(|&n| n > 0);
    let Some(n) = n else {
        let few = desk.store.articles_naming(entity.id, Page { offset: 0, limit: 0 })?;
        if few.total > 1 {
            frame.html(&format!(
                "<p class=\"correct\"><a href=\"{}?apart=1#split\" accesskey=\"{}\">{}</a></p>\n",
                escaped(&path),
                form.accesskey,
                form.title
            ))?;
        }
        return Ok(());
    };
    let page = Page { offset: (n - 1).saturating_mul(TICKED), limit: TICKED };
    let named = desk.store.articles_naming(entity.id, page)?;
    let wanted = Wanted { named_in: named.ids.clone(), ..Wanted::default() };
    let take = Take { wanted, layers: Layers::All, articles: named.ids.clone(), ..Take::default() };
    let loaded = desk.take(&take)?;
    let index = Index::new(&loaded);
    let members = loaded.record.entities.iter().find(|other| other.id == entity.id);
    let ticks = named.ids.iter().map(|&article| {
        let told = format!("{}, {}: ", index.outlet(article), when(&index, article));
        let own = members.and_then(|e| e.members.iter().find(|(of, _)| *of == article));
        let named = own.and_then(|&(_, local)| named_there(&index, article, local)).unwrap_or_default();
        format!(
            "<label class=\"pick\"><input type=\"checkbox\" name=\"article-{article}\"> <span>{}{named}</span></label>\n",
            escaped(&told)
        )
    });
    let ticks: String = ticks.collect();
    let legend = "<legend>The articles that mean somebody else</legend>";
    frame.html(&form.begin("split", true))?;
    let inside = format!("{}<fieldset>{legend}\n{ticks}</fieldset>\n", hidden("entity", entity.id));
    frame.html(&form.inner(frame, &inside))?;
    frame.pager(n, lists::pages(named.total, TICKED), |n| format!("{path}?apart={n}#split"))?;
    frame.html("</details>\n")
}

/// The first words that name somebody in an article, with the words around them.
fn named_there(index: &Index, article: Id, local: u32) -> Option<String> {
    let annotated = index.annotated(article)?;
    let is_meant = |entity: onrecord_model::EntityRef| entity.0 == local;
    let mention = annotated.annotations.mentions.iter().find(|m| m.entity.is_some_and(is_meant))?;
    let text = &annotated.article.text;
    let (before, behind) = (text.get(..mention.span.start())?, text.get(mention.span.end()..)?);
    // Whole words only.
    let from = before.char_indices().rev().nth(AROUND_CHARS).map_or(0, |(at, _)| at);
    let from = before[from..].find(char::is_whitespace).filter(|_| from > 0).map_or(from, |more| from + more);
    let to = behind.char_indices().nth(AROUND_CHARS).map_or(behind.len(), |(at, _)| at);
    let whole = behind[..to].rfind(char::is_whitespace).filter(|_| to < behind.len()).unwrap_or(to);
    Some(format!(
        "… {}<b>{}</b>{} …",
        escaped(&printed(&before[from..])),
        escaped(&printed(mention.span.slice(text))),
        escaped(&printed(&behind[..whole]))
    ))
}

/// The first words at a place.
fn gist(index: &Index, article: Id, span: Span) -> String {
    let words = printed(index.loaded.words(article, span)).into_owned();
    match words.char_indices().nth(GIST_CHARS) {
        Some((end, _)) => format!("“{}…”", &words[..end]),
        None => format!("“{words}”"),
    }
}

fn speaker(name: &str, kind: Option<EntityKind>) -> String {
    let kinds = KINDS.map(|kind| (kind.name().to_owned(), kind.name().to_owned()));
    field("speaker", ("name", "Who speaks; “unknown” where nobody knows"), name)
        + &choice("speaker", ("entity_kind", "What bears the name"), (&kinds, kind.map(EntityKind::name)))
}

/// Which words of which accounts are others, and what they are; `None` where there are none.
fn words<'a>(
    index: &Index,
    told: impl Iterator<Item = (String, &'a Account)>,
    lit: Option<(Id, Span)>,
) -> Option<String> {
    let mut chosen = None;
    let mut parts = |(by, account): (String, &'a Account)| {
        let option = |(n, part): (usize, &onrecord_model::AccountPart)| {
            let value = format!("{}.{n}", account.id);
            if chosen.is_none() && lit.is_some_and(|(of, at)| of == account.article && part.span.overlaps(at))
            {
                chosen = Some(value.clone());
            }
            (value, format!("{by}: {}", gist(index, account.article, part.span)))
        };
        account.parts.iter().enumerate().map(option).collect::<Vec<_>>()
    };
    let said: Vec<(String, String)> = told.flat_map(&mut parts).take(MOST_ARTICLES).collect();
    if said.is_empty() {
        return None;
    }
    let typed = lit.map(|(article, span)| in_textarea(index.loaded.words(article, span))).unwrap_or_default();
    Some(
        choice("words", ("said", "Which words"), (&said, chosen.as_deref()))
            + &format!(
                "<p><label for=\"words-words\">What was said, in the exact words of the article, from the first to the last</label>\
                 <textarea id=\"words-words\" name=\"words\" rows=\"3\" required maxlength=\"20000\" dir=\"auto\" spellcheck=\"false\" data-selected aria-describedby=\"words-how\">\n{typed}</textarea></p>\n\
                 <p id=\"words-how\" class=\"faint\">Copy them from the article; line breaks and kinds of quotation marks do not matter.\
                 <span data-selecting hidden> Words that you select in the text of this page are put here.</span></p>\n"
            ),
    )
}

fn begin(frame: &mut Frame, keys: &str) -> Result<()> {
    let log = escaped(&frame.to(Address::Review));
    frame.html(&format!(
        "<h2 class=\"screen\">Correct it</h2>\n<p class=\"about screen\">What the articles print stays as it is. The browser's access keys lead to the forms: {keys}. <a href=\"{log}\">All corrections</a></p>\n"
    ))
}

/// A form that is closed until it is asked for.
struct Form<'a> {
    key: &'a str,
    kind: &'static str,
    at: Id,
    title: &'static str,
    accesskey: &'static str,
}

impl Form<'_> {
    fn write(&self, frame: &mut Frame, inside: &str) -> Result<()> {
        frame.html(&self.begin(&format!("{}-{}", self.kind, self.at), false))?;
        frame.html(&self.inner(frame, inside))?;
        frame.html("</details>\n")
    }

    /// What is opened.
    fn begin(&self, id: &str, is_open: bool) -> String {
        let Self { title, accesskey, .. } = self;
        let access = if accesskey.is_empty() { String::new() } else { format!(" accesskey=\"{accesskey}\"") };
        let open = if is_open { " open" } else { "" };
        format!("<details class=\"correct\" id=\"{id}\"{open}><summary{access}>{title}</summary>")
    }

    /// The form itself.
    fn inner(&self, frame: &Frame, inside: &str) -> String {
        let Self { key, kind, at, title, .. } = self;
        let to = escaped(&frame.to(Address::Review));
        let (by, why) = (format!("by-{kind}-{at}"), format!("why-{kind}-{at}"));
        format!(
            "<form action=\"{to}\" method=\"post\">\n\
             <input type=\"hidden\" name=\"key\" value=\"{key}\"><input type=\"hidden\" name=\"kind\" value=\"{kind}\">{inside}\n\
             <p><label for=\"{by}\">Who says so</label><input id=\"{by}\" name=\"by\" required maxlength=\"200\" autocomplete=\"name\"></p>\n\
             <p><label for=\"{why}\">Why, for those who read the record</label><input id=\"{why}\" name=\"why\" required maxlength=\"1000\"></p>\n\
             <p><button>{title}</button></p></form>\n"
        )
    }
}

fn hidden(name: &str, id: Id) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{id}\">")
}

fn field(kind: &str, (name, label): (&str, &str), value: &str) -> String {
    format!(
        "<p><label for=\"{kind}-{name}\">{label}</label><input id=\"{kind}-{name}\" name=\"{name}\" required maxlength=\"200\" value=\"{}\"></p>\n",
        escaped(value)
    )
}

/// A field to choose from values with words for people; the first is chosen unless one is told.
fn choice(
    kind: &str,
    (name, label): (&str, &str),
    (choices, chosen): (&[(String, String)], Option<&str>),
) -> String {
    let option = |(value, words): &(String, String)| {
        let selected = if chosen == Some(value.as_str()) { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>", escaped(value), escaped(words))
    };
    let options: String = choices.iter().map(option).collect();
    format!(
        "<p><label for=\"{kind}-{name}\">{label}</label><select id=\"{kind}-{name}\" name=\"{name}\">{options}</select></p>\n"
    )
}
