//! Words of a statement that a draft prints without saying whose they are.

use onrecord_model::{Account, AnnotatedArticle, Because, Id, Span, Statement};

use super::Unattributed;
use crate::{corpus::Corpus, words::holds_words};

/// Where the draft tells a statement and neither the words nor what stands beside them name who says it.
///
/// Nothing is said where the record does not know the speaker itself, where the draft's own marks show a source, or
/// where the sentence, the one before it or the one behind it has a word of the name or the role: a reader then knows
/// whose words they are.
pub(super) fn missing(
    draft: &AnnotatedArticle,
    corpus: &Corpus,
    statement: &Statement,
) -> Option<Unattributed> {
    let name = statement.speaker_name.as_deref()?;
    let own = statement.accounts.iter().find(|account| account.article == draft.article.id)?;
    let span = own.parts.first()?.span;
    let quotations = own.quotations.iter().filter_map(|&q| draft.annotations.quotations.get(q as usize));
    let names_somebody = own.source.is_some()
        || quotations.clone().any(|q| q.speaker.name.is_some() || q.speaker.entity.is_some());
    if names_somebody || is_named_near(draft, own, name, statement.role.as_deref()) {
        return None;
    }
    let named = named_by_another(corpus, statement, draft.article.id)?;
    let because = match own.quotations.is_empty() {
        true => Because::new(
            "draft.own_words",
            format!("the draft tells this as its own; the record has it as the words of {name}"),
        ),
        false => Because::new(
            "draft.no_speaker",
            format!("the draft quotes this and names nobody; the record has it as the words of {name}"),
        ),
    };
    Some(Unattributed { span, named, because })
}

/// Another account that names its speaker, and where.
fn named_by_another(corpus: &Corpus, statement: &Statement, draft: Id) -> Option<(Id, Span)> {
    let named = |account: &Account| {
        let mut quotations = account.quotations.iter().filter_map(|&q| corpus.quotation(account.article, q));
        let is_named = quotations.any(|quotation| quotation.speaker.name.is_some());
        account.source.filter(|_| is_named).map(|source| (account.article, source))
    };
    statement.accounts.iter().filter(|account| account.article != draft).find_map(named)
}

/// Whether a word of the name or role stands in the sentences of an account, or in those before and behind them.
fn is_named_near(draft: &AnnotatedArticle, own: &Account, name: &str, role: Option<&str>) -> bool {
    let text = &draft.article.text;
    let sentences = &draft.annotations.sentences;
    let mut words = name.split_whitespace().chain(role.into_iter().flat_map(str::split_whitespace));
    let touched = (0..sentences.len()).filter(|&i| own.parts.iter().any(|p| p.span.overlaps(sentences[i])));
    let near: Vec<&str> = touched
        .flat_map(|i| [i.checked_sub(1), Some(i), Some(i + 1)])
        .filter_map(|i| sentences.get(i?).map(|span| span.slice(text)))
        .collect();
    near.is_empty()
        || words.any(|word| word.chars().count() > 3 && near.iter().any(|near| holds_words(near, word)))
}
