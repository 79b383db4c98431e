//! The English (or other) words that names and roles are read by: the types of `names.toml` and its lists.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::lang::{self, List, PackFiles, Packs};

/// The data of every language.
pub(crate) static LEXICON: Packs<Lexicon> = Packs::new(|| lang::read(Lexicon::read));

impl List {
    /// Whether it holds a word whose plural `word` can be: "officials", "agencies", "spokesmen".
    pub(crate) fn has_plural(&self, word: &str) -> bool {
        singulars(word).iter().any(|one| self.has(one))
    }
}

/// The words that `word` can be the plural of.
pub(crate) fn singulars(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(stem) = word.strip_suffix("ies") {
        out.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("es") {
        out.push(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) {
        out.push(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix("men") {
        out.push(format!("{stem}man"));
    }
    out
}

/// Pronouns by what they can stand for.
#[derive(Debug, Deserialize)]
pub(crate) struct Pronouns {
    pub(crate) he: List,
    pub(crate) she: List,
    pub(crate) it: List,
    pub(crate) they: List,
    pub(crate) relative: List,
    pub(crate) first: List,
}

/// General words for the person at the top.
#[derive(Debug, Deserialize)]
pub(crate) struct TopWords {
    /// "head", "leader"
    pub(crate) words: List,
    /// The offices that they can mean.
    pub(crate) offices: List,
    /// Whose head is a minister: "ministry", "department".
    pub(crate) ministries: List,
}

/// One language's words for names and roles. What each list is for is said in `names.toml`.
#[derive(Debug, Deserialize)]
pub(crate) struct Lexicon {
    pub(crate) never_names: List,
    pub(crate) ordinary_words: List,
    pub(crate) never_inside: List,
    pub(crate) months_in_names: List,
    pub(crate) name_openers: List,
    pub(crate) glue_words: List,
    pub(crate) name_links: List,
    pub(crate) person_links: List,
    pub(crate) name_suffixes: List,
    pub(crate) possessors_in_names: List,
    pub(crate) female_titles: List,
    pub(crate) male_titles: List,
    pub(crate) neutral_titles: List,
    pub(crate) female_names: List,
    pub(crate) male_names: List,
    pub(crate) role_nouns: List,
    pub(crate) female_roles: List,
    pub(crate) male_roles: List,
    pub(crate) role_modifiers: List,
    pub(crate) leading_verbs: List,
    pub(crate) role_links: List,
    pub(crate) role_inner: List,
    pub(crate) determiners: List,
    pub(crate) definite_articles: List,
    pub(crate) indefinite_articles: List,
    pub(crate) of_words: List,
    pub(crate) issuer_links: List,
    pub(crate) acronyms: List,
    pub(crate) inner_bodies: List,
    pub(crate) continuing_cues: List,
    pub(crate) oblique_links: List,
    pub(crate) own_voices: List,
    pub(crate) vague_offices: List,
    pub(crate) agent_nouns: List,
    pub(crate) question_labels: List,
    pub(crate) lone_state_nouns: List,
    pub(crate) impersonal_cues: List,
    pub(crate) present_passives: List,
    pub(crate) vague_determiners: List,
    pub(crate) place_prepositions: List,
    pub(crate) deputy_words: List,
    pub(crate) body_nouns: List,
    pub(crate) press_nouns: List,
    pub(crate) body_suffixes: List,
    pub(crate) legal_words: List,
    pub(crate) company_nouns: List,
    pub(crate) any_company: List,
    pub(crate) state_nouns: List,
    pub(crate) realm_nouns: List,
    pub(crate) place_nouns: List,
    pub(crate) place_prefixes: List,
    pub(crate) places: List,
    pub(crate) creeds: List,
    pub(crate) event_nouns: List,
    pub(crate) vote_nouns: List,
    pub(crate) vote_words: List,
    pub(crate) document_nouns: List,
    pub(crate) text_nouns: List,
    pub(crate) any_text: List,
    pub(crate) studies: List,
    pub(crate) past_words: List,
    pub(crate) loose_text_nouns: List,
    pub(crate) spokes_nouns: List,
    pub(crate) voice_parts: List,
    pub(crate) speech_words: List,
    pub(crate) telling_words: List,
    pub(crate) venue_prepositions: List,
    pub(crate) public_offices: List,
    pub(crate) quantity_nouns: List,
    pub(crate) collective_nouns: List,
    pub(crate) pronouns: Pronouns,
    pub(crate) same_role_words: BTreeMap<String, String>,
    /// By a text: words for the bodies that alone issue it.
    pub(crate) text_issuers: BTreeMap<String, String>,
    pub(crate) offices: BTreeMap<String, List>,
    /// By the words of an office: the field that they leave out.
    pub(crate) office_fields: BTreeMap<String, String>,
    /// By a title: the role it is short for.
    pub(crate) title_roles: BTreeMap<String, String>,
    pub(crate) top_words: TopWords,
    #[serde(skip)]
    pub(crate) given_names: HashSet<&'static str>,
    /// Every name of a state, lower case, to its first name.
    #[serde(skip)]
    pub(crate) states: HashMap<String, &'static str>,
    /// "russian" to "Russia".
    #[serde(skip)]
    pub(crate) adjectives: HashMap<String, &'static str>,
    /// "moscow" to "Russia".
    #[serde(skip)]
    pub(crate) capitals: HashMap<String, &'static str>,
}

impl Lexicon {
    fn read(files: &PackFiles) -> Result<Self, toml::de::Error> {
        let mut lexicon: Self = toml::from_str(files.names)?;
        let lines = |list: &'static str| list.lines().filter(|line| !line.starts_with('#'));
        lexicon.given_names = lines(files.given_names).flat_map(str::split_whitespace).collect();
        for line in lines(files.states) {
            lexicon.add_state(line);
        }
        Ok(lexicon)
    }

    fn add_state(&mut self, line: &'static str) {
        let mut columns = line.split('|');
        let Some(name) = columns.next() else { return };
        let mut many = || columns.next().unwrap_or_default().split(',').filter(|word| !word.is_empty());
        self.states.insert(name.to_lowercase(), name);
        self.states.extend(many().map(|other| (other.to_lowercase(), name)));
        self.adjectives.extend(many().map(|other| (other.to_lowercase(), name)));
        self.capitals.extend(many().map(|other| (other.to_lowercase(), name)));
    }

    /// "Mr", "Gen": a title that stands before a name.
    pub(crate) fn is_title(&self, low: &str) -> bool {
        self.female_titles.has(low) || self.male_titles.has(low) || self.neutral_titles.has(low)
    }

    /// Written with a stop that ends no sentence.
    pub(crate) fn is_abbreviation(&self, low: &str) -> bool {
        low.len() <= 4 && (self.is_title(low) || self.name_suffixes.has(low) || self.body_suffixes.has(low))
    }

    /// A word that is capitalised only for its place.
    pub(crate) fn is_common_word(&self, low: &str) -> bool {
        self.never_names.has(low) || self.ordinary_words.has(low)
    }

    /// A noun that says what a person is.
    pub(crate) fn is_role(&self, low: &str) -> bool {
        self.role_nouns.has(low)
    }

    /// The same in the plural.
    pub(crate) fn is_plural_role(&self, low: &str) -> bool {
        self.role_nouns.has_plural(low) && !self.role_nouns.has(low)
    }

    /// Whether a person can be called this first.
    pub(crate) fn is_given_name(&self, low: &str) -> bool {
        self.given_names.contains(low) || self.female_names.has(low) || self.male_names.has(low)
    }
}
