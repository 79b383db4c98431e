//! What events are coded with: verbs, named actors, roles.

use std::sync::Arc;

use super::actors::{Actors, Agents};
use super::verbs::Verbs;
use crate::lang::{self, Packs};

/// The dictionaries that come with the program.
pub(super) static SHIPPED: Packs<Dictionary> = Packs::new(|| {
    lang::read_lines(|files| {
        // A test reads them too, and asks for no line that is passed over.
        let unread = &mut Vec::new();
        Dictionary {
            verbs: Arc::new(Verbs::parse(files.event_verbs, unread)),
            actors: Actors::of_table(files.event_actors),
            agents: Arc::new(Agents::parse(files.event_agents, unread)),
        }
    })
});

/// One set of dictionaries.
#[derive(Debug, Clone)]
pub(super) struct Dictionary {
    pub(super) verbs: Arc<Verbs>,
    pub(super) actors: Actors,
    pub(super) agents: Arc<Agents>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_shipped_dictionaries_is_read() {
        lang::read_lines(|files| {
            let mut unread = Vec::new();
            Verbs::parse(files.event_verbs, &mut unread);
            Agents::parse(files.event_agents, &mut unread);
            assert_eq!(unread, [""; 0]);
            let keys = files.event_actors.lines().map(|line| line.split('\t').next().unwrap_or_default());
            assert!(keys.is_sorted(), "names are looked up by halving");
        });
    }
}
