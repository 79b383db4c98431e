//! Correcting: small forms on the pages of statements and speakers, and the log of all that was corrected.

use anyhow::Result;
use onrecord_model::{EntityKind, Id, Statement};
use onrecord_render::{
    Loaded,
    brief::{
        Index,
        show::{Block, Level, escaped, printed, text},
        told_in_words,
    },
};

use super::{Address, Answer, Frame};
use crate::desk::Desk;

/// What can speak.
const KINDS: [EntityKind; 5] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::State,
    EntityKind::Place,
    EntityKind::Document,
];

const ABOUT: &str = "What people said about the record, the newest first. A correction stands apart from the evidence, is made again whenever the record is, \
     and can be taken back; it then stays listed.";

/// The log.
pub(crate) fn page(desk: &Desk) -> Result<Answer> {
    let Some(key) = desk.edit else {
        return Ok(Answer::NotFound("Corrections are made here where the server was begun with --edit."));
    };
    let loaded = Loaded::read(desk.store)?;
    let mut frame = Frame::new(&desk.links, "Review");
    frame.block(&Block::Heading(Level::Title, None, vec![text("Review")]))?;
    frame.block(&Block::About(vec![text(ABOUT)]))?;
    if loaded.corrections.is_empty() {
        frame.block(&Block::About(vec![text("Nobody has corrected this record.")]))?;
    }
    frame.html("<ol class=\"log\">\n")?;
    for (correction, &standing) in loaded.corrections.iter().zip(&loaded.standings).rev() {
        let signed = &correction.signed;
        let said = |words: &str| escaped(&printed(words));
        frame.html(&format!(
            "<li id=\"c-{}\"><p>{}</p>\n<p class=\"faint\">{}, <time>{}</time>: {}</p>\n",
            correction.id,
            escaped(&told_in_words(correction, standing)),
            said(&signed.by),
            escaped(&signed.at),
            said(&signed.why)
        ))?;
        match &correction.undone {
            Some(undone) => frame.html(&format!(
                "<p class=\"faint\">taken back by {}, <time>{}</time>: {}</p>\n",
                said(&undone.by),
                escaped(&undone.at),
                said(&undone.why)
            ))?,
            None => {
                let inside = hidden("correction", correction.id);
                let form =
                    Form { key, kind: "undo", at: correction.id, title: "Take it back", accesskey: "" };
                form.write(&mut frame, &inside)?;
            }
        }
        frame.html("</li>\n")?;
    }
    frame.html("</ol>\n")?;
    Ok(Answer::Page(frame.finish()))
}

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
    begin(frame)?;
    let kinds = KINDS.map(|kind| (kind.name().to_owned(), kind.name().to_owned()));
    let name = statement.speaker_name.as_deref().unwrap_or_default();
    let inside = field("speaker", ("name", "Who speaks; “unknown” where nobody knows"), name)
        + &choice("speaker", ("entity_kind", "What bears the name"), &kinds);
    form("speaker", "Another speaks", "s").write(frame, &(this.clone() + &inside))?;
    if statement.accounts.len() > 1 {
        let account = |account: &onrecord_model::Account| {
            (account.id.to_string(), index.outlet(account.article).into_owned())
        };
        let accounts: Vec<_> = statement.accounts.iter().map(account).collect();
        let inside = choice("not_same", ("account", "Which account"), &accounts);
        form("not_same", "An account tells another statement", "n")
            .write(frame, &(this.clone() + &inside))?;
    }
    let inside = field("same", ("other", "The id of the other statement"), "");
    form("same", "It is one with another statement", "o").write(frame, &(this.clone() + &inside))?;
    let inside = field("date", ("day", "The day, month or year, such as 2024-02-27"), "");
    form("date", "It was said on another day", "d").write(frame, &(this + &inside))
}

/// The form of a speaker.
pub(super) fn of_speaker(frame: &mut Frame, desk: &Desk, id: Id, kind: EntityKind) -> Result<()> {
    let Some(key) = desk.edit.filter(|_| kind == EntityKind::Person) else { return Ok(()) };
    begin(frame)?;
    let form = Form { key, kind: "hide", at: id, title: "Show this person nowhere", accesskey: "h" };
    form.write(frame, &hidden("entity", id))
}

fn begin(frame: &mut Frame) -> Result<()> {
    let log = escaped(&frame.to(Address::Review));
    frame.heading("Correct it")?;
    frame.html(&format!(
        "<p class=\"about\">What the articles print stays as it is. The browser's access keys open the forms: s, n, o, d here, h for a person. <a href=\"{log}\">All corrections</a></p>\n"
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
        let Self { key, kind, at, title, accesskey } = self;
        let to = escaped(&frame.to(Address::Review));
        let (by, why) = (format!("by-{kind}-{at}"), format!("why-{kind}-{at}"));
        let access = if accesskey.is_empty() { String::new() } else { format!(" accesskey=\"{accesskey}\"") };
        frame.html(&format!(
            "<details class=\"correct\"><summary{access}>{title}</summary><form action=\"{to}\" method=\"post\">\n\
             <input type=\"hidden\" name=\"key\" value=\"{key}\"><input type=\"hidden\" name=\"kind\" value=\"{kind}\">{inside}\n\
             <p><label for=\"{by}\">Who says so</label><input id=\"{by}\" name=\"by\" required maxlength=\"200\" autocomplete=\"name\"></p>\n\
             <p><label for=\"{why}\">Why, for those who read the record</label><input id=\"{why}\" name=\"why\" required maxlength=\"1000\"></p>\n\
             <p><button>{title}</button></p></form></details>\n"
        ))
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

fn choice(kind: &str, (name, label): (&str, &str), choices: &[(String, String)]) -> String {
    let option = |(value, words): &(String, String)| {
        format!("<option value=\"{}\">{}</option>", escaped(value), escaped(words))
    };
    let options: String = choices.iter().map(option).collect();
    format!(
        "<p><label for=\"{kind}-{name}\">{label}</label><select id=\"{kind}-{name}\" name=\"{name}\">{options}</select></p>\n"
    )
}
