//! One statement: who said it, when and where, every account side by side, what differs, who answers.

use std::{borrow::Cow, collections::BTreeSet, io};

use onrecord_annotate::confidence::Confidence;
use onrecord_model::{Account, DifferenceKind, Id, QuotationKind, Reply, Span, Statement};

use super::{
    accounts::rows,
    doc::{Anchor, Block, Inline, Level, Line, Sink, Weight, count, joined, text, weight},
    index::Index,
    notes::{Notes, by_time},
    stars::{Star, stars},
    words::{marked, printed},
};

/// Stars of one statement that are told; the rest is counted.
const MOST_STARS: usize = 40;
/// Replies of one statement that are told; the rest is counted.
const MOST_REPLIES: usize = 12;
/// Characters of a statement that stand for it in a list.
const GIST_CHARS: usize = 150;

/// A statement with what its place in the brief depends on.
pub struct Told<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// Its differences.
    pub(crate) stars: Vec<Star<'a>>,
    /// How many accounts are texts of their own.
    pub independent: usize,
}

impl<'a> Told<'a> {
    /// Looks up what belongs to a statement.
    pub fn new(index: &Index<'a>, statement: &'a Statement) -> Self {
        let stars = stars(index, Some(statement), index.differences_of(statement.id));
        let independent = index.independent(statement.accounts.iter().map(|a| a.article));
        Self { statement, stars, independent }
    }

    /// What sorts statements: more tellings and differences first.
    pub fn weight(&self) -> (usize, usize, usize) {
        (self.independent + self.kinds().len(), self.independent, self.statement.accounts.len())
    }

    /// Whether there is nothing to lay side by side.
    pub fn is_told_once(&self) -> bool {
        self.independent < 2 && self.stars.is_empty()
    }

    /// The kinds of difference between the accounts.
    pub fn kinds(&self) -> BTreeSet<DifferenceKind> {
        self.stars.iter().map(|star| star.kind).collect()
    }

    /// All of it, for the brief and the screen.
    pub fn write(&self, index: &Index<'a>, notes: &mut Notes, sink: &mut Sink) -> io::Result<()> {
        let statement = self.statement;
        let anchor = Anchor::Statement(statement.id);
        sink(&Block::Heading(Level::Statement, Some(anchor), speaker(index, statement)))?;
        sink(&Block::About(self.about(index, notes)))?;
        sink(&Block::Accounts(rows(index, statement, notes)))?;
        let differences = self.differences(index, MOST_STARS, notes);
        if !differences.is_empty() {
            sink(&Block::Differences(differences))?;
        }
        let replies = self.replies(index, notes);
        if !replies.is_empty() {
            sink(&Block::Items(replies))?;
        }
        Ok(())
    }

    /// What differs between the accounts, one line each; of more than so many, how many more there are.
    pub fn differences(&self, index: &Index<'a>, most: usize, notes: &mut Notes) -> Vec<Line<'a>> {
        let mut lines: Vec<Line> = self.stars.iter().take(most).map(|star| star.line(index, notes)).collect();
        lines.extend(and_more(self.stars.len(), most, "difference"));
        lines
    }

    /// "Said on 2025-09-09 at Halvara · 6 accounts, 5 independent · they differ in figure, truncation".
    pub fn about(&self, index: &Index<'a>, notes: &mut Notes) -> Line<'a> {
        let mut line = occasion(self.statement, notes);
        line.extend(self.tellings());
        for theme in index.themes_of(self.statement.id) {
            line.extend([text(" · theme: "), Inline::Link(Anchor::Theme(theme.id), printed(&theme.label))]);
        }
        line.extend([Inline::Faint(" · id ".into()), Inline::Code(self.statement.id.to_string().into())]);
        line
    }

    /// " · 6 accounts, 5 independent · they differ in figure, truncation".
    fn tellings(&self) -> Line<'a> {
        let articles = self.statement.accounts.len();
        if articles < 2 {
            return vec![text(" · told by one article")];
        }
        let copies = articles - self.independent;
        let folded = if copies > 0 { format!(", {}", count(copies, "copy")) } else { String::new() };
        let mut line =
            vec![text(format!(" · {}{folded} · ", count(self.independent, "independent telling")))];
        let kinds = self.kinds();
        if kinds.is_empty() {
            line.push(text("no difference found"));
        } else {
            line.push(text("they differ in "));
            line.extend(joined(kinds.into_iter().map(|kind| vec![Inline::Kind(kind)]), ", "));
        }
        line
    }

    /// Who answers it, and what it answers, one line each.
    pub fn replies(&self, index: &Index<'a>, notes: &mut Notes) -> Vec<Line<'a>> {
        let (to, from) = (index.answers_to(self.statement.id), index.answers_of(self.statement.id));
        let answered = to.iter().filter_map(|reply| answered_by(index, reply, notes));
        let mut lines: Vec<Line> = answered.take(MOST_REPLIES).collect();
        lines.extend(from.iter().filter_map(|reply| answers(index, reply, notes)).take(MOST_REPLIES));
        lines.extend(and_more(to.len(), MOST_REPLIES, "answer"));
        lines
    }
}

/// "and 12 more differences", where there are more than are told.
pub fn and_more<'a>(all: usize, most: usize, noun: &str) -> Option<Line<'a>> {
    (all > most)
        .then(|| vec![Inline::Faint(format!("and {}", count(all - most, &format!("more {noun}"))).into())])
}

/// Who speaks, with the role, and whether every account leaves it at a possibility.
pub fn speaker<'a>(index: &Index<'a>, statement: &'a Statement) -> Line<'a> {
    let mut line = vec![Inline::Strong(speaker_name(statement))];
    let role = statement.role.as_deref().filter(|role| !role.is_empty());
    line.extend(role.into_iter().flat_map(|role| [text(", "), text(printed(role))]));
    // Whoever corrected the statement has looked at who speaks.
    if !statement.because.rule.starts_with("corrections.") {
        let surest = statement.accounts.iter().filter_map(|account| index.confidence(account)).max();
        line.extend(surest.and_then(doubt));
    }
    line
}

/// The word behind a speaker who may well be another.
pub(crate) fn doubt<'a>(confidence: Confidence) -> Option<Inline<'a>> {
    confidence.is_possible().then(|| Inline::Faint(format!(" ({})", confidence.name()).into()))
}

/// The speaker's name, or that it is not known.
pub fn speaker_name<'a>(statement: &'a Statement) -> Cow<'a, str> {
    statement.speaker_name.as_deref().map_or(Cow::Borrowed("Speaker not known"), printed)
}

/// When and where it was said, with what shows it.
fn occasion<'a>(statement: &'a Statement, notes: &mut Notes) -> Line<'a> {
    let mut line = Line::new();
    match &statement.said_on {
        None => line.push(text("day not known")),
        Some((day, evidence)) => {
            line.push(text(format!("said on {}", day.edtf)));
            line.extend(evidence.first().map(|e| notes.cite_within(e.article, e.span)));
        }
    }
    if let Some((place, evidence)) = &statement.place {
        line.extend([text(", "), text(printed(place))]);
        line.extend(evidence.first().map(|e| notes.cite_within(e.article, e.span)));
    }
    line
}

/// The account to quote first: the words themselves, or else of a known outlet, at odds with the fewest other texts over
/// figures, days, speakers and conditions, in quotation marks, a text of its own, the earliest. Only accounts whose
/// articles are loaded can be.
pub fn lead<'a>(index: &Index<'a>, statement: &'a Statement) -> Option<&'a Account> {
    let differences = index.differences_of(statement.id);
    let at_odds = |article: Id, counts: fn(Weight) -> bool| {
        let own = differences.iter().filter(|d| counts(weight(d.kind)));
        let others = own.filter_map(|d| match d.between.map(|side| side.article) {
            [one, other] if one == article => Some(other),
            [other, one] if one == article => Some(other),
            _ => None,
        });
        index.independent(others)
    };
    let rank = |account: &&Account| {
        let is_quoted = account.parts.iter().all(|part| part.kind == QuotationKind::Direct);
        let article = index.article(account.article);
        (
            article.is_none(),
            !account.primary,
            article.is_none_or(|article| article.outlet.is_none()),
            at_odds(account.article, |weight| weight == Weight::Strong),
            !is_quoted,
            index.origin_of(account.article).is_some(),
            at_odds(account.article, |_| true),
            by_time(index, account.article),
        )
    };
    statement.accounts.iter().min_by_key(rank)
}

/// The words of an account, its parts one after the other.
pub fn account_words<'a>(index: &Index<'a>, account: &Account) -> Line<'a> {
    let Some(article) = index.article(account.article) else { return Line::new() };
    let part = |part: &onrecord_model::AccountPart| {
        let quoted = part.kind == QuotationKind::Direct;
        vec![Inline::Words(marked(&article.text, part.span, quoted, Vec::new()))]
    };
    joined(account.parts.iter().map(part), " … ")
}

/// The beginning of what was said, for lists.
pub fn gist<'a>(index: &Index<'a>, statement: &'a Statement) -> Line<'a> {
    lead(index, statement).map(|account| gist_of(index, account)).unwrap_or_default()
}

/// The beginning of one telling of it.
pub fn gist_of<'a>(index: &Index<'a>, account: &Account) -> Line<'a> {
    let Some(article) = index.article(account.article) else { return Line::new() };
    let Some(part) = account.parts.first() else { return Line::new() };
    let words = part.span.slice(&article.text);
    let end = cut_between_words(words, GIST_CHARS);
    let span = Span::new(part.span.start(), part.span.start() + end);
    let mut line =
        vec![Inline::Words(marked(&article.text, span, part.kind == QuotationKind::Direct, Vec::new()))];
    if end < words.len() || account.parts.len() > 1 {
        line.push(text(" …"));
    }
    line
}

/// Where words are cut for a list: half a word in quotation marks would be a misprint. Only one that is longer than
/// all the list shows is cut itself.
pub(crate) fn cut_between_words(words: &str, most_chars: usize) -> usize {
    let Some((most, _)) = words.char_indices().nth(most_chars) else { return words.len() };
    let whole = &words[..most];
    if words[most..].starts_with(char::is_whitespace) {
        return most;
    }
    let end = whole.rfind(char::is_whitespace).map_or(0, |at| whole[..at].trim_end().len());
    if end == 0 { most } else { end }
}

/// A statement on one line: for those that one text tells.
pub fn on_one_line<'a>(index: &Index<'a>, statement: &'a Statement, notes: &mut Notes) -> Line<'a> {
    let mut line = vec![Inline::Here(Anchor::Statement(statement.id))];
    line.extend(speaker(index, statement));
    line.push(text(": "));
    line.extend(lead(index, statement).map(|account| account_words(index, account)).unwrap_or_default());
    line.push(text(" — "));
    line.extend(tellers(index, statement, notes));
    for reply in index.answers_of(statement.id).iter().take(MOST_REPLIES) {
        line.extend(
            answers(index, reply, notes).into_iter().flat_map(|answer| [vec![text(" · ")], answer].concat()),
        );
    }
    line
}

/// Who tells a statement, each with a footnote.
fn tellers<'a>(index: &Index<'a>, statement: &Statement, notes: &mut Notes) -> Line<'a> {
    let teller = |account: &onrecord_model::Account| {
        let spans: Vec<Span> = account.parts.iter().map(|p| p.span).collect();
        vec![text(index.outlet(account.article)), notes.cite(account.article, &spans)]
    };
    joined(statement.accounts.iter().map(teller).collect::<Vec<_>>(), ", ")
}

/// "Tomas Varga: “…” [7] — rejects this".
fn answered_by<'a>(index: &Index<'a>, reply: &Reply, notes: &mut Notes) -> Option<Line<'a>> {
    let other = index.statement(reply.from)?;
    // The words stand behind whose they are: “X rejects this: …” reads as if “this” were what follows.
    let mut line = vec![Inline::Link(Anchor::Statement(other.id), speaker_name(other)), text(": ")];
    line.extend(gist(index, other));
    line.extend(first_note(index, other, notes));
    line.push(text(format!(" — {} this", reply.stance.name())));
    Some(line)
}

/// "this rejects what Marta Ekvall said: “…” [7]".
fn answers<'a>(index: &Index<'a>, reply: &Reply, notes: &mut Notes) -> Option<Line<'a>> {
    let other = index.statement(reply.to)?;
    let mut line = vec![
        text(format!("this {} what ", reply.stance.name())),
        Inline::Link(Anchor::Statement(other.id), speaker_name(other)),
        text(" said: "),
    ];
    line.extend(gist(index, other));
    line.extend(first_note(index, other, notes));
    Some(line)
}

fn first_note<'a>(index: &Index<'a>, statement: &'a Statement, notes: &mut Notes) -> Option<Inline<'a>> {
    let account = lead(index, statement)?;
    let spans: Vec<Span> = account.parts.iter().map(|p| p.span).collect();
    Some(notes.cite(account.article, &spans))
}

/// The kinds of difference with how many stars each has: "figure, 2 × wording".
pub(crate) fn kinds_of<'a>(told: &Told) -> Line<'a> {
    let of = |kind| told.stars.iter().filter(|star| star.kind == kind).count();
    let kind = |kind| match of(kind) {
        1 => vec![Inline::Kind(kind)],
        n => vec![text(format!("{n} × ")), Inline::Kind(kind)],
    };
    joined(told.kinds().into_iter().map(kind), ", ")
}

/// The outlets that tell a statement, each once, copies folded.
pub(crate) fn outlets_of(index: &Index, statement: &Statement, most: usize) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut seen: BTreeSet<Id> = BTreeSet::new();
    for account in &statement.accounts {
        let text = index.copies_of(account.article).map_or(account.article, |group| group.origin);
        if seen.insert(text) {
            names.push(index.outlet(account.article).into_owned());
        }
    }
    let more = names.len().saturating_sub(most);
    names.truncate(most);
    match more {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, kept: usize) {
        assert_eq!(cut_between_words(words, GIST_CHARS), kept, "{words}");
    }

    #[test]
    fn a_list_cuts_between_words() {
        check("Boats left.", 11);
        check(&"x".repeat(400), GIST_CHARS);
        let (long, rest) = ("é".repeat(GIST_CHARS - 4), "boats left");
        check(&format!("{long} {rest}"), long.len());
        check(&format!("{}{}", "a ".repeat(GIST_CHARS / 2), "b"), GIST_CHARS - 1);
        check(&format!("{} next", "a".repeat(GIST_CHARS)), GIST_CHARS);
    }
}
