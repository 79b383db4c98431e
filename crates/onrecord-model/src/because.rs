//! Why something was concluded.

use std::borrow::Cow;

use crate::Span;

/// The rule that reached a conclusion, in a form that a reader can check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Because {
    /// The rule or model, as listed in the reference: `speaker.pronoun`, `date.weekday`. Never reworded once released.
    pub rule: Cow<'static, str>,
    /// One sentence for people: what the rule saw. May be empty where the rule's name says it all.
    pub note: String,
    /// The spans the rule looked at, in the article that the conclusion is about.
    pub spans: Vec<Span>,
}

impl Because {
    /// A conclusion by `rule`, with a sentence for people.
    pub fn new(rule: impl Into<Cow<'static, str>>, note: impl Into<String>) -> Self {
        Self { rule: rule.into(), note: note.into(), spans: Vec::new() }
    }

    /// The same, with the spans that the rule looked at.
    #[must_use]
    pub fn at(mut self, spans: impl IntoIterator<Item = Span>) -> Self {
        self.spans.extend(spans);
        self
    }
}
