//! Works out who speaks behind each source.
//!
//! A source is read by its form (`source`): a name, a pronoun, a role, a body, a text, a crowd. What
//! does not name the speaker itself is looked up in the article: descriptions among the roles that
//! names carry (`describe`), pronouns among those who spoke or were spoken of last (`history`). Where
//! nothing fits, the speaker stays unknown, or is called as printed.

mod describe;
mod history;
mod occasion;
mod repeated;
mod resolve;
mod source;
#[cfg(test)]
mod tests;

use onrecord_model::{Annotations, Article};

use crate::{Annotator, mentions::reading::Reading};
use resolve::Resolver;

/// Works out who speaks behind each source.
pub(crate) struct Speakers;

impl Annotator for Speakers {
    fn name(&self) -> &'static str {
        "speakers"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        if out.quotations.is_empty() {
            return;
        }
        let reading = Reading::of(article, out);
        let mut resolver = Resolver::new(&reading, &out.sentences, &out.quotations);
        let speakers: Vec<_> = (0..out.quotations.len()).map(|at| resolver.resolve(at)).collect();
        let described = resolver.described;
        for (quotation, speaker) in out.quotations.iter_mut().zip(speakers) {
            quotation.speaker = speaker;
        }
        repeated::fill(&article.text, &mut out.quotations);
        occasion::fill(&reading, out);
        for (entity, words) in described {
            if let Some(local) = out.entities.get_mut(entity)
                && local.name != words
                && !local.variants.contains(&words)
            {
                local.variants.push(words);
            }
        }
    }
}
