//! What articles brought into a record that was not there before: new statements, new figures, first answers,
//! pages that changed; all of it, or what a saved watch asks for.

mod atom;
mod find;
mod watch;

pub(crate) use atom::{kept_entries, write_feed};
pub(crate) use find::find;
pub(crate) use watch::{Watch, read_watches};

pub(crate) use onrecord_render::{Kind, News};

/// Leaves what some watch asks for, and says which; all of it where there is no watch.
pub(crate) fn watched<'a>(
    news: Vec<News<'a>>,
    watches: &[Watch],
    loaded: &onrecord_render::Loaded,
) -> Vec<News<'a>> {
    if watches.is_empty() {
        return news;
    }
    let names = |item: &News| -> Vec<String> {
        watches.iter().filter(|watch| watch.asks_for(item, loaded)).map(|watch| watch.name.clone()).collect()
    };
    let asked = news.into_iter().map(|item| News { watches: names(&item), ..item });
    asked.filter(|item| !item.watches.is_empty()).collect()
}
