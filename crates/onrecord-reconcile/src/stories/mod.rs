//! Articles about one happening.
//!
//! Two articles tell one story where they share rare words and names and were published within days.
//! One shared theme with the same people months apart is two stories: likeness counts less the longer
//! the time between. A single likeness never joins two groups: what counts is how alike they are on
//! average, so that stories do not run into each other over one article that recalls another.

mod profile;

use std::collections::BTreeMap;

use onrecord_model::{AnnotatedArticle, Article, Because, CopyGroup, Id, Story};
use rayon::prelude::*;

use crate::{cluster::Grouping, corpus::Corpus, keys::Blocks};
use profile::Profile;

/// One pair of rare words makes two articles candidates.
const BLOCKS: Blocks = Blocks { least_shared: 1, most_candidates: 48 };

const GROUPING: Grouping = Grouping { linked: 0.1, least: 0.2, most_together: 800 };

/// Groups the articles by happening; every article is in exactly one story. Copies stand for one article:
/// their origin. Says how many pairs were compared.
pub(crate) fn group(corpus: &Corpus, copies: &[CopyGroup]) -> (Vec<Story>, usize) {
    let texts = texts(corpus, copies);
    let profiles: Vec<Profile> =
        texts.par_iter().map(|(&origin, _)| Profile::of(corpus.articles()[origin])).collect();
    let members: Vec<&Vec<usize>> = texts.values().collect();
    let likeness = |a: usize, b: usize| profiles[a].likeness(&profiles[b]);
    let links: Vec<_> = candidates(&profiles).into_par_iter().map(|(a, b)| (a, b, likeness(a, b))).collect();
    let groups = GROUPING.groups(profiles.len(), &links, likeness);
    let mut stories: Vec<Story> = groups
        .iter()
        .map(|texts| {
            let mut articles: Vec<usize> = texts.iter().flat_map(|&text| members[text].clone()).collect();
            articles.sort_unstable();
            story(corpus, &articles)
        })
        .collect();
    stories.sort_by_key(|story| story.id);
    (stories, links.len())
}

/// How alike a text and the likest of some articles are, where they may tell one story.
pub(crate) fn alike<'a>(
    text: &AnnotatedArticle,
    articles: impl Iterator<Item = &'a AnnotatedArticle>,
) -> Option<f32> {
    let own = Profile::of(text);
    let likeness = articles.map(|article| own.likeness(&Profile::of(article)));
    likeness.max_by(f32::total_cmp).filter(|&likeness| likeness >= GROUPING.linked)
}

/// The different texts: the article that each is read in, and every article that prints it.
fn texts(corpus: &Corpus, copies: &[CopyGroup]) -> BTreeMap<usize, Vec<usize>> {
    let mut origins: Vec<usize> = (0..corpus.articles().len()).collect();
    for group in copies {
        if let Some(origin) = corpus.index(group.origin) {
            group.members.iter().filter_map(|&m| corpus.index(m)).for_each(|index| origins[index] = origin);
        }
    }
    let mut texts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (article, origin) in origins.into_iter().enumerate() {
        texts.entry(origin).or_default().push(article);
    }
    texts
}

/// The pairs that are compared.
pub(crate) fn candidates(profiles: &[Profile]) -> Vec<(usize, usize)> {
    // Neighbours in a crowded bucket should be neighbours in time.
    let mut order: Vec<usize> = (0..profiles.len()).collect();
    order.sort_by_key(|&i| (profiles[i].day, i));
    let keys: Vec<Vec<u64>> = order.iter().map(|&i| profiles[i].keys()).collect();
    let pair = |(a, b): (usize, usize)| (order[a].min(order[b]), order[a].max(order[b]));
    BLOCKS.candidates(&keys).into_iter().map(pair).collect()
}

fn story(corpus: &Corpus, members: &[usize]) -> Story {
    let articles: Vec<&Article> = members.iter().map(|&i| &corpus.articles()[i].article).collect();
    let because = match articles.len() {
        1 => Because::new("stories.alone", "no other article is like it"),
        _ => {
            Because::new("stories.likeness", "the articles share rare words and names, and lie close in time")
        }
    };
    let ids: Vec<Id> = articles.iter().map(|a| a.id).collect();
    Story {
        id: Id::of(ids.first().map(|id| format!("story {id}"))),
        title: title(&articles),
        articles: ids,
        because,
    }
}

/// The headline of the article that was published first; undated ones come last.
fn title(articles: &[&Article]) -> String {
    let when = |a: &&&Article| {
        let published = a.published.as_ref().map(|p| (p.value.date, p.value.time));
        (published.is_none(), published, a.id)
    };
    let headline = |a: &&Article| a.headline.as_ref().map(|h| h.value.clone());
    let first = articles.iter().filter(|a| a.headline.is_some()).min_by_key(when).and_then(headline);
    first.unwrap_or_default()
}
