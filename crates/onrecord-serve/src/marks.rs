//! A text with everything that is marked in it: layers overlap, so each stretch of words carries the names of
//! all marks that it lies in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use onrecord_model::{AnnotatedArticle, Id, Span, Statement};
use onrecord_render::{
    brief::show::{escaped, label, printed},
    masked,
};

/// Bytes on either side that are looked at for contact data, which a part may cut.
const MARGIN_BYTES: usize = 256;
/// Punctuation marks in a row behind what is said.
const MOST_MARKS: usize = 4;

/// An article and what the record makes of its quotations.
pub(crate) struct Told<'a> {
    /// The article, with its marks.
    pub(crate) annotated: &'a AnnotatedArticle,
    /// The statements that it tells, among others.
    pub(crate) statements: &'a [Statement],
    /// Where the page of a statement stands.
    pub(crate) lead: &'a dyn Fn(Id) -> String,
    /// Places that other pages lead to, besides those of marks.
    pub(crate) cited: BTreeSet<usize>,
}

/// Words that are marked.
struct Mark {
    span: Span,
    class: &'static str,
    why: String,
}

/// A stretch of the text as paragraphs, one a line of it. The words at `at` are lit up and can be gone to.
pub(crate) fn paragraphs(told: &Told, part: Span, at: Option<Span>) -> String {
    let text = &told.annotated.article.text;
    let shown = Shown::new(text, part);
    let mut marks = marks(told.annotated);
    marks.extend(at.map(|span| Mark { span, class: "at", why: String::new() }));
    let cited = told.cited.iter().filter_map(|&start| first_character(text, start));
    marks.extend(cited.map(|span| Mark { span, class: "cited", why: String::new() }));
    marks.retain(|mark| !mark.span.is_empty() && mark.span.overlaps(part));
    let leads = leads(told);
    let mut edges: BTreeSet<usize> = [part.start(), part.end()].into();
    for mark in &marks {
        edges.extend([mark.span.start().max(part.start()), mark.span.end().min(part.end())]);
    }
    edges.extend(leads.keys().copied().filter(|&end| part.start() < end && end <= part.end()));
    edges.retain(|&edge| text.is_char_boundary(edge));
    let mut writer = Writer { out: String::from("<p>"), points: characters(text, part.start()), at };
    let edges: Vec<usize> = edges.into_iter().collect();
    let mut open = Open::new(marks);
    for pair in edges.windows(2) {
        let &[start, end] = pair else { continue };
        open.move_to(start);
        writer.stretch(shown.words(start, end), &open, start);
        if let Some(&statement) = leads.get(&end) {
            let to = escaped(&(told.lead)(statement));
            let _ = write!(
                writer.out,
                "<a class=\"lead\" href=\"{to}\" title=\"the statement with all accounts\">→</a>"
            );
        }
    }
    writer.out + "</p>\n"
}

fn first_character(text: &str, start: usize) -> Option<Span> {
    let c = text.get(start..)?.chars().next()?;
    Some(Span::new(start, start + c.len_utf8()))
}

fn characters(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |before| before.chars().count())
}

/// A stretch of a text, contact data masked.
struct Shown {
    text: String,
    from: usize,
}

impl Shown {
    fn new(text: &str, part: Span) -> Self {
        let mut from = part.start().saturating_sub(MARGIN_BYTES);
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let mut to = (part.end() + MARGIN_BYTES).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        Self { text: masked(text.get(from..to).unwrap_or_default()).into_owned(), from }
    }

    fn words(&self, start: usize, end: usize) -> &str {
        self.text.get(start - self.from..end - self.from).unwrap_or_default()
    }
}

/// The marks that hold a place, as the place moves on.
struct Open {
    coming: std::vec::IntoIter<Mark>,
    next: Option<Mark>,
    marks: Vec<Mark>,
}

impl Open {
    fn new(mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|mark| (mark.span.start(), std::cmp::Reverse(mark.span.end()), mark.class));
        let mut coming = marks.into_iter();
        Self { next: coming.next(), coming, marks: Vec::new() }
    }

    fn move_to(&mut self, at: usize) {
        self.marks.retain(|mark| mark.span.end() > at);
        while self.next.as_ref().is_some_and(|mark| mark.span.start() <= at) {
            let begun = std::mem::replace(&mut self.next, self.coming.next());
            self.marks.extend(begun.filter(|mark| mark.span.end() > at));
        }
    }
}

struct Writer {
    out: String,
    /// Code points before the next stretch.
    points: usize,
    at: Option<Span>,
}

impl Writer {
    fn stretch(&mut self, words: &str, open: &Open, start: usize) {
        if words.is_empty() {
            return;
        }
        let classes: BTreeSet<&str> = open.marks.iter().map(|mark| mark.class).collect();
        let begins = open.marks.iter().any(|mark| mark.span.start() == start && mark.class != "name");
        let lines: Vec<&str> = words.split('\n').collect();
        for (n, line) in lines.iter().enumerate() {
            if n > 0 {
                self.out.push_str("</p>\n<p>");
            }
            if line.is_empty() {
                continue;
            }
            if classes.is_empty() {
                self.out.push_str(&escaped(line));
                continue;
            }
            let id = match self.at {
                Some(at) if n == 0 && (at.start() == start) => " id=\"at\"".to_owned(),
                _ if n == 0 && begins => format!(" id=\"c{}\"", self.points),
                _ => String::new(),
            };
            let whys: BTreeSet<&str> =
                open.marks.iter().map(|mark| mark.why.as_str()).filter(|why| !why.is_empty()).collect();
            let whys = whys.into_iter().collect::<Vec<_>>().join(" · ");
            let classes = classes.iter().copied().collect::<Vec<_>>().join(" ");
            let _ = write!(
                self.out,
                "<span class=\"m {classes}\"{id} title=\"{}\">{}</span>",
                escaped(&whys),
                escaped(line)
            );
        }
        self.points += words.chars().count();
    }
}

/// By the end of its last words in the article, the statement that a quotation belongs to.
fn leads(told: &Told) -> BTreeMap<usize, Id> {
    let mut leads = BTreeMap::new();
    let text = &told.annotated.article.text;
    for statement in told.statements {
        let accounts = statement.accounts.iter().filter(|a| a.article == told.annotated.article.id);
        let ends = accounts.filter_map(|a| a.parts.last()).map(|part| behind_marks(text, part.span.end()));
        leads.extend(ends.map(|end| (end, statement.id)));
    }
    leads
}

/// The place behind the punctuation that follows, which an arrow is not to cut off from its words.
fn behind_marks(text: &str, end: usize) -> usize {
    let follows = text.get(end..).unwrap_or_default().chars();
    let marks = follows.take(MOST_MARKS).take_while(|c| ".,;:!?…\"'”’»)".contains(*c));
    end + marks.map(char::len_utf8).sum::<usize>()
}

fn marks(of: &AnnotatedArticle) -> Vec<Mark> {
    let mut marks = Vec::new();
    quotations(of, &mut marks);
    let text = &of.article.text;
    let layers = &of.annotations;
    for figure in &layers.figures {
        let counted =
            figure.counted.map(|span| format!(" {}", printed(span.slice(text)))).unwrap_or_default();
        let value = label(figure.value, figure.unit.as_ref());
        let to =
            figure.value_to.map(|to| format!(" to {}", label(to, figure.unit.as_ref()))).unwrap_or_default();
        let bound = figure.bound.name().replace('_', " ");
        marks.push(Mark {
            span: figure.span,
            class: "figure",
            why: format!("figure: {bound} {value}{to}{counted}"),
        });
    }
    for date in &layers.dates {
        let value = date.value.as_ref().map_or("no day named", |value| value.edtf.as_str());
        marks.push(Mark { span: date.span, class: "date", why: format!("date: {value}") });
    }
    for event in &layers.events {
        let code = event.code.as_deref().map(|code| format!(" {code}")).unwrap_or_default();
        marks.push(Mark { span: event.span, class: "event", why: format!("event: {}{code}", event.class) });
    }
    for mention in &layers.mentions {
        let local = mention.entity.and_then(|entity| layers.entity(entity));
        let name = local.map_or("not resolved".into(), |local| printed(&local.name));
        let why = format!("{}: {name}", mention.kind.name());
        marks.push(Mark { span: mention.span, class: "name", why });
    }
    marks
}

fn quotations(of: &AnnotatedArticle, marks: &mut Vec<Mark>) {
    for quotation in &of.annotations.quotations {
        let name = quotation.speaker.name.as_deref().map_or("speaker not known".into(), printed);
        let role =
            quotation.speaker.role.as_deref().map(|role| format!(", {}", printed(role))).unwrap_or_default();
        let why = format!(
            "said ({}) by {name}{role}: {}; {}",
            quotation.kind.name(),
            printed(&quotation.because.note),
            printed(&quotation.speaker.because.note)
        );
        let said = quotation.content.iter().map(|&span| Mark { span, class: "said", why: why.clone() });
        marks.extend(said);
        marks.extend(quotation.source.map(|span| Mark {
            span,
            class: "source",
            why: format!("source: {name}"),
        }));
        marks.extend(quotation.cue.map(|span| Mark {
            span,
            class: "cue",
            why: "reporting words".to_owned(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use onrecord_model::*;

    use super::*;

    fn article(text: &str) -> AnnotatedArticle {
        let article = Article::of_text("a.txt", Hash::of(text.as_bytes()), text);
        AnnotatedArticle { article, annotations: Annotations::default() }
    }

    fn date(of: &mut AnnotatedArticle, words: &str) {
        let start = of.article.text.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        of.annotations.dates.push(DateReference { span, value: None, because: Because::new("test", "") });
    }

    fn shown(of: &AnnotatedArticle, at: Option<Span>) -> String {
        let told =
            Told { annotated: of, statements: &[], lead: &|id| id.to_string(), cited: BTreeSet::new() };
        paragraphs(&told, Span::new(0, of.article.text.len()), at)
    }

    #[test]
    fn marks_that_overlap_share_their_words() {
        let mut of = article("one two\nthree é four");
        date(&mut of, "two\nthree");
        date(&mut of, "é four");
        assert_eq!(
            shown(&of, Some(Span::new(8, 16))),
            "<p>one <span class=\"m date\" id=\"c4\" title=\"date: no day named\">two</span></p>\n\
             <p><span class=\"m at date\" id=\"at\" title=\"date: no day named\">three</span>\
             <span class=\"m at\" title=\"\"> </span>\
             <span class=\"m at date\" id=\"c14\" title=\"date: no day named\">é</span>\
             <span class=\"m date\" title=\"date: no day named\"> four</span></p>\n"
        );
    }

    #[test]
    fn what_an_article_prints_is_text() {
        let mut of = article("<script>x</script>\u{202e} \" onclick=y desk@paper.example");
        date(&mut of, "<script>");
        let shown = shown(&of, None);
        assert!(!shown.contains("<script") && !shown.contains('\u{202e}') && !shown.contains("desk@paper"));
        assert!(shown.contains("⟨U+202E⟩ &quot; onclick=y ****@*****.*******"), "{shown}");
    }

    #[test]
    fn a_long_line_is_shown_in_parts_that_make_the_whole() {
        let of = article(&"é ".repeat(3_000));
        let told =
            Told { annotated: &of, statements: &[], lead: &|id| id.to_string(), cited: BTreeSet::new() };
        let part = |start, end| paragraphs(&told, Span::new(start, end), None);
        let both = part(0, 4_500) + &part(4_500, 9_000);
        assert_eq!(both.replace("</p>\n<p>", "").matches('é').count(), 3_000);
    }
}
