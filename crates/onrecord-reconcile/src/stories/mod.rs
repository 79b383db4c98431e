//! Articles about one happening.
//!
//! Two articles tell one story where they share rare words and names and were published within days.
//! One shared theme with the same people months apart is two stories: likeness counts less the longer
//! the time between. A single likeness never joins two groups: what counts is how alike they are on
//! average, so that stories do not run into each other over one article that recalls another.

mod profile;

use std::collections::BTreeMap;

use onrecord_model::{Article, Because, CopyGroup, Id, Story};

use crate::{
    cluster::{Likeness, average_link},
    components::Components,
    corpus::Corpus,
    keys::Blocks,
};
use profile::Profile;

/// One pair of rare words makes two articles candidates.
const BLOCKS: Blocks = Blocks { least_shared: 1, most_candidates: 48 };

/// Likeness from which two articles hang together at all.
const LINKED: f32 = 0.1;

/// Average likeness from which two groups are one story.
const ONE_STORY: f32 = 0.2;

/// Articles that are clustered at once. A larger component is cut at a higher likeness first.
const MOST_TOGETHER: usize = 300;

/// Groups the articles by happening; every article is in exactly one story.
pub(crate) fn group(corpus: &Corpus, copies: &[CopyGroup]) -> Vec<Story> {
    let profiles: Vec<Profile> = corpus.articles().iter().map(|a| Profile::of(a)).collect();
    let groups = Groups::new(corpus, copies, &profiles);
    let all = (0..profiles.len()).collect();
    let mut stories: Vec<Story> =
        groups.split(all, LINKED).into_iter().map(|members| story(corpus, &members)).collect();
    stories.sort_by_key(|story| story.id);
    stories
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

struct Groups<'a> {
    profiles: &'a [Profile],
    copy_group: BTreeMap<usize, Id>,
    links: Vec<(usize, usize, f32)>,
}

impl<'a> Groups<'a> {
    fn new(corpus: &Corpus, copies: &[CopyGroup], profiles: &'a [Profile]) -> Self {
        let index = |group: &CopyGroup| {
            let id = group.id;
            group.members.iter().filter_map(move |&m| corpus.index(m).map(|i| (i, id))).collect::<Vec<_>>()
        };
        let mut groups =
            Self { profiles, copy_group: copies.iter().flat_map(index).collect(), links: Vec::new() };
        let of_copies = copies.iter().flat_map(|group| {
            let members: Vec<usize> = group.members.iter().filter_map(|&m| corpus.index(m)).collect();
            members.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
        });
        let pairs = candidates(profiles).into_iter().chain(of_copies);
        groups.links = pairs.map(|(a, b)| (a, b, groups.likeness(a, b))).collect();
        groups
    }

    /// How alike two articles are; copies of one text wholly.
    fn likeness(&self, a: usize, b: usize) -> f32 {
        let group = |i| self.copy_group.get(&i);
        if group(a).is_some() && group(a) == group(b) {
            return 1.0;
        }
        self.profiles[a].likeness(&self.profiles[b])
    }

    /// The stories among `members`: components over links of at least `least`, clustered.
    fn split(&self, members: Vec<usize>, least: f32) -> Vec<Vec<usize>> {
        let mut components = Components::new(members.len());
        let place = |i: usize| members.binary_search(&i).ok();
        for &(a, b, _) in self.links.iter().filter(|link| link.2 >= least) {
            if let (Some(a), Some(b)) = (place(a), place(b)) {
                components.join(a, b);
            }
        }
        let named = |group: Vec<usize>| group.into_iter().map(|i| members[i]).collect::<Vec<_>>();
        components.groups().into_iter().map(named).flat_map(|group| self.cluster(group, least)).collect()
    }

    fn cluster(&self, members: Vec<usize>, least: f32) -> Vec<Vec<usize>> {
        if members.len() > MOST_TOGETHER && least < 1.0 {
            return self.split(members, least * 1.3);
        }
        if members.len() > MOST_TOGETHER {
            return vec![members];
        }
        let likeness = Likeness::new(members.len(), |a, b| self.likeness(members[a], members[b]));
        let groups = average_link(likeness, ONE_STORY);
        groups.into_iter().map(|group| group.into_iter().map(|i| members[i]).collect()).collect()
    }
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
