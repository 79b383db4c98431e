//! The types of `events.toml`: the small words that a clause is read by.

use serde::Deserialize;

use crate::lang::{self, List, Packs};

/// The data of every language.
pub(super) static LEXICON: Packs<Lexicon> = Packs::new(|| lang::parse(|files| files.events));

/// The data of one language.
#[derive(Debug, Deserialize)]
pub(super) struct Lexicon {
    /// Before the place.
    pub(super) places: List,
    /// Before who did it, after a passive verb.
    pub(super) by: List,
    /// Bind a name to a role or body: "the army of".
    pub(super) of: List,
    /// The same where the role has no name of its own: "lawmakers in".
    pub(super) home: List,
    pub(super) be: List,
    #[serde(rename = "do")]
    pub(super) auxiliary_do: List,
    pub(super) have: List,
    pub(super) negations: List,
    /// Before a clause that is only imagined.
    pub(super) conditions: List,
    /// Before a clause of its own: "after", "because".
    pub(super) subordinators: List,
    /// Before a clause that is said, asked or agreed.
    pub(super) complementizers: List,
    /// Modal verbs of what is to come.
    pub(super) future: List,
    /// "is about to".
    pub(super) ready: List,
    /// Before a role that is held no more.
    pub(super) former: List,
    /// Parts of actors' codes for those who fight with words.
    pub(super) civil: List,
}
