//! Decides what each run of capitalised words names, and cuts titles and bodies off persons.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use onrecord_model::{Article, EntityKind};

use super::{
    chunks::chunks,
    keys::{close, country_stem, name_key},
    lexicon::Lexicon,
    roles::RoleReader,
    words::{Run, Shape, Word, Words},
};

/// A name and what it names.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// Its words, titles left out.
    pub(crate) run: Run,
    /// What it names.
    pub(crate) kind: EntityKind,
}

/// Every name in `words`, in reading order.
pub(crate) fn names(article: &Article, words: &Words<'_>, lexicon: &Lexicon) -> Vec<Name> {
    let chunks = chunks(words, lexicon);
    let mut reader = NameReader {
        words,
        lexicon,
        roles: RoleReader { words, lexicon },
        seen: Seen::read(article, words, &chunks, lexicon),
        sure_only: true,
        found: Vec::new(),
    };
    chunks.iter().for_each(|chunk| reader.read(*chunk));
    reader.learn_persons();
    reader.sure_only = false;
    chunks.iter().for_each(|chunk| reader.read(*chunk));
    reader.learn_persons();
    chunks.iter().for_each(|chunk| reader.read(*chunk));
    let mut found = reader.found;
    add_title_names(words, lexicon, &mut found);
    found.sort_by_key(|name| name.run);
    found
}

/// An article presents persons with their full names before it calls them by surname; a line of text does not. In words.
const SHORT_TEXT: usize = 80;

/// Spellings are compared with so many surnames; longer lists name too many to tell.
const MOST_SURNAMES: usize = 200;

/// What the whole article says about its capitalised words.
struct Seen {
    lower: HashSet<String>,
    capital_inside: HashSet<String>,
    places: HashSet<String>,
    country_stems: HashSet<String>,
    surnames: HashSet<String>,
    surname_keys: BTreeSet<String>,
    /// First words of full names.
    given: HashSet<String>,
    /// Bodies told by a word of their name, whole names in lower case.
    bodies: HashSet<String>,
}

impl Seen {
    fn read(article: &Article, words: &Words<'_>, chunks: &[Run], lexicon: &Lexicon) -> Self {
        let mut seen = Self {
            lower: HashSet::new(),
            capital_inside: HashSet::new(),
            places: HashSet::new(),
            country_stems: HashSet::new(),
            surnames: HashSet::new(),
            surname_keys: BTreeSet::new(),
            given: HashSet::new(),
            bodies: HashSet::new(),
        };
        if let Some(place) = article.dateline.as_ref().and_then(|dateline| dateline.place.as_ref()) {
            seen.places.insert(place.to_lowercase());
        }
        for i in 0..words.len() {
            seen.add_word(words, i, lexicon);
        }
        for chunk in chunks {
            seen.add_place(words, *chunk, lexicon);
        }
        seen
    }

    fn add_word(&mut self, words: &Words<'_>, i: usize, lexicon: &Lexicon) {
        let Some(word) = words.get(i) else { return };
        match word.shape {
            Shape::Lower => {
                self.lower.insert(word.low.clone());
            }
            Shape::Capital | Shape::AllCaps if !words.in_title(i) => {
                if !word.opens {
                    self.capital_inside.insert(word.low.clone());
                }
                self.add_adjective(words, i, lexicon);
            }
            _ => {}
        }
    }

    /// "the Karvanian government": an unknown adjective of a country tells the country's name.
    fn add_adjective(&mut self, words: &Words<'_>, i: usize, lexicon: &Lexicon) {
        let low = words.low(i);
        let next = words.low(i + 1);
        let shaped = ["an", "ese", "ish", "i"].iter().any(|ending| low.ends_with(ending)) && low.len() > 4;
        let tells = lexicon.is_role(next)
            || lexicon.is_plural_role(next)
            || lexicon.state_nouns.has(next)
            || lexicon.role_modifiers.has(next)
            || lexicon.body_nouns.has(next);
        if shaped && tells && !lexicon.is_given_name(low) && !lexicon.is_common_word(low) {
            self.country_stems.insert(country_stem(low).to_owned());
        }
    }

    /// "in Hazri", "President of Tarskia", "OSTREL, March 4": where a name stands can tell that it is a place.
    fn add_place(&mut self, words: &Words<'_>, (from, to): Run, lexicon: &Lexicon) {
        let located = words
            .before(from, 1)
            .is_some_and(|word| matches!(word.low.as_str(), "in" | "near" | "from" | "outside"));
        let dateline = words
            .run((from, to))
            .iter()
            .all(|word| word.shape == Shape::AllCaps && word.low.chars().count() > 3)
            && words.get(from).is_some_and(|word| word.opens)
            && matches!(words.low(to), "," | "(" | "—" | "–" | "-");
        let bodied =
            (from..to).any(|i| lexicon.body_nouns.has(words.low(i)) || lexicon.is_role(words.low(i)));
        let person = lexicon.is_given_name(words.low(from)) && to - from > 1;
        if (located || dateline) && !bodied && !person {
            self.places.insert(joined(words, (from, to)));
        }
    }

    /// A surname met with a given name, or another spelling of one.
    fn is_surname(&self, low: &str) -> bool {
        if self.surnames.contains(low) {
            return true;
        }
        let key = name_key(low);
        key.chars().count() > 4
            && self.surname_keys.iter().take(MOST_SURNAMES).any(|other| close(other, &key))
    }

    fn is_country(&self, low: &str) -> bool {
        self.country_stems.contains(country_stem(low)) || self.country_stems.contains(low)
    }

    /// A word that the article also prints in lower case says little by its capital.
    fn is_common(&self, low: &str) -> bool {
        self.lower.contains(low)
    }
}

fn joined(words: &Words<'_>, run: Run) -> String {
    words.run(run).iter().map(|word| word.low.as_str()).collect::<Vec<_>>().join(" ")
}

struct NameReader<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
    roles: RoleReader<'a>,
    seen: Seen,
    /// First pass: persons told by a title, a given name or initials only.
    sure_only: bool,
    found: Vec<Name>,
}

impl NameReader<'_> {
    fn low(&self, i: usize) -> &str {
        self.words.low(i)
    }

    fn push(&mut self, run: Run, kind: EntityKind) {
        if run.0 < run.1 {
            self.found.push(Name { run, kind });
        }
    }

    /// Surnames of the sure persons make the same words names of persons elsewhere.
    fn learn_persons(&mut self) {
        for name in std::mem::take(&mut self.found) {
            if name.kind == EntityKind::Person {
                if name.run.1 - name.run.0 > 1 && self.lexicon.is_given_name(self.low(name.run.0)) {
                    self.seen.given.insert(self.low(name.run.0).to_owned());
                }
                let last = self.surname_at(name.run);
                let low = self.low(last).to_owned();
                if !self.lexicon.states.contains_key(&low) && low.chars().count() > 1 {
                    self.seen.surname_keys.insert(name_key(&low));
                    self.seen.surnames.insert(low);
                }
            } else if name.kind == EntityKind::Organisation {
                self.seen.bodies.insert(joined(self.words, name.run));
            }
        }
    }

    /// The last word of a person's name that is no suffix.
    fn surname_at(&self, (from, to): Run) -> usize {
        (from..to).rev().find(|i| !self.lexicon.name_suffixes.has(self.low(*i))).unwrap_or(from)
    }

    fn read(&mut self, (from, to): Run) {
        if let Some(vote) = self.vote((from, to)) {
            self.push(vote, EntityKind::Event);
            return;
        }
        if let Some(cut) = self.split_at((from, to)) {
            self.read((from, cut));
            self.read((cut, to));
            return;
        }
        let Some(head) = self.title_at((from, to)) else {
            self.read_plain((from, to));
            return;
        };
        if matches!(self.low(head + 1), "of" | "for" | "on" | "and") {
            self.read_complement((from, to), head);
            return;
        }
        self.read_left((from, head));
        if head + 1 < to {
            self.read_person((head + 1, to));
        }
    }

    /// "2019 Karvania general election": the year, the place and the vote are one name.
    fn vote(&self, (from, to): Run) -> Option<Run> {
        let same_line = |at: &usize| self.words.same_line(from, *at);
        let end = (to..to + 3).take_while(same_line).find(|at| self.lexicon.vote_nouns.has(self.low(*at)))?;
        let between = (to..end).all(|at| self.lexicon.vote_words.has(self.low(at)));
        let year =
            self.words.before(from, 1).is_some_and(|word| word.shape == Shape::Number && word.low.len() == 4);
        let headed = (from..to)
            .any(|i| self.lexicon.is_role(self.low(i)) && !self.lexicon.body_nouns.has(self.low(i)));
        (between && !headed).then_some((from - usize::from(year), end + 1))
    }

    /// Where a person's name starts right after the name of a body or a state: "Holt Motors LLC Jim Press",
    /// "(envoy to the) United States Ana Brandt".
    fn split_at(&self, (from, to): Run) -> Option<usize> {
        let starts_person = |at: usize| {
            at + 1 < to
                && self.lexicon.is_given_name(self.low(at))
                && !self.lexicon.body_nouns.has(self.low(at))
                && !(at + 1..to).any(|i| {
                    to - at > 2 && self.lexicon.body_nouns.has(self.low(i))
                        || matches!(self.low(i), "of" | "for" | "and")
                })
        };
        let ends_body = |at: usize| {
            let low = self.low(at);
            let acronym = at > from
                && self.words.get(at).is_some_and(|word| word.shape == Shape::AllCaps && !low.ends_with('.'));
            acronym
                || self.lexicon.body_nouns.has(low)
                || self.lexicon.body_suffixes.has(low.trim_end_matches('.'))
        };
        let after_body = (from + 1..to).find(|at| ends_body(at - 1) && starts_person(*at));
        after_body
            .or_else(|| {
                self.after_state((from, to)).filter(|at| {
                    starts_person(*at)
                        || self.is_held((from, to), *at)
                        || *at + 1 == to && self.seen.surnames.contains(self.low(*at))
                })
            })
            .or_else(|| self.after_complement((from, to)).filter(|at| starts_person(*at)))
            .or_else(|| self.after_unknown_state((from, to)))
    }

    /// "Ministry of Defence Ana Brandt": the last two words.
    fn after_complement(&self, (from, to): Run) -> Option<usize> {
        let at = to.checked_sub(2).filter(|at| *at > from + 2)?;
        let body = (from..at).any(|i| self.lexicon.body_nouns.has(self.low(i)));
        (body && !matches!(self.low(at - 1), "of" | "for" | "the" | "and" | "&" | "on")).then_some(at)
    }

    /// "minister of finance of Karvania Ana Brandt", with a state that nothing else tells.
    fn after_unknown_state(&self, (from, to): Run) -> Option<usize> {
        let linked =
            self.words.before(from, 1).is_some_and(|word| word.low == "of" && word.shape == Shape::Lower);
        let plain = to - from == 3
            && (from..to).all(|i| {
                !self.is_ordinary_noun(self.low(i))
                    && self.words.get(i).is_some_and(|word| word.shape == Shape::Capital)
            });
        (linked && plain && self.roles.before(from + 1).is_some()).then_some(from + 1)
    }

    /// One past a state at the start of the run.
    fn after_state(&self, (from, to): Run) -> Option<usize> {
        let (_, taken) = self
            .roles
            .state_at(from, to)
            .filter(|(_, taken)| self.lexicon.states.contains_key(&joined(self.words, (from, from + taken))))
            .or_else(|| {
                let low = self.low(from);
                (self.seen.places.contains(low) || self.seen.is_country(low)).then_some(("", 1))
            })?;
        (from + taken < to).then_some(from + taken)
    }

    /// "minister of finance of Karvania Ana Brandt": two words more after "of" and a state.
    fn is_held(&self, (from, to): Run, at: usize) -> bool {
        let article = usize::from(self.words.before(from, 1).is_some_and(|word| word.low == "the"));
        let linked =
            self.words.before(from, 1 + article).is_some_and(|word| matches!(word.low.as_str(), "of" | "to"));
        linked && to - at == 2 && !(at..to).any(|i| self.is_ordinary_noun(self.low(i)))
    }

    /// The last role noun or honorific that is followed by more of the chunk, or ends it.
    fn title_at(&self, (from, to): Run) -> Option<usize> {
        let role = |i: &usize| {
            let low = self.low(*i);
            let next = self.low(i + 1);
            let names_body = i + 1 < to
                && (self.lexicon.body_nouns.has(next)
                    || self.lexicon.body_suffixes.has(next)
                    || self.lexicon.place_nouns.has(next));
            (self.lexicon.is_title(low) || self.lexicon.is_role(low))
                && !names_body
                && !self.is_surname_position(*i, (from, to))
        };
        let first_of = (from..to).find(|i| role(i) && matches!(self.low(i + 1), "of" | "for") && i + 2 < to);
        first_of.or_else(|| (from..to).rev().find(role))
    }

    /// "Martin King": a role noun in the place of a surname.
    fn is_surname_position(&self, i: usize, (from, to): Run) -> bool {
        i + 1 == to
            && i > from
            && self.lexicon.is_given_name(self.low(from))
            && !self.lexicon.is_title(self.low(i))
            || i == from
                && to - from > 1
                && self
                    .words
                    .get(i)
                    .is_some_and(|word| word.shape == Shape::AllCaps && word.low.chars().count() > 3)
    }

    /// "Ford Motor Company" before "CEO": a body, a state or a place once the adjectives are gone.
    fn read_left(&mut self, (from, to): Run) {
        let mut end = to;
        let names_body = |at: usize| {
            self.lexicon.body_nouns.has(self.low(at)) && at > from && !self.is_role_material(at - 1)
        };
        while end > from && self.is_role_material(end - 1) && !names_body(end - 1) {
            end -= 1;
        }
        let mut start = from;
        while start < end && self.lexicon.adjectives.contains_key(self.low(start)) {
            start += 1;
        }
        if start < end {
            self.read_plain((start, end));
        }
    }

    fn is_role_material(&self, i: usize) -> bool {
        let low = self.low(i);
        self.lexicon.role_modifiers.has(low)
            || self.lexicon.is_role(low)
            || self.lexicon.is_title(low)
            || self.lexicon.adjectives.contains_key(low)
            || matches!(low, "of" | "for" | "the" | "and" | "affairs")
    }

    fn read_person(&mut self, run: Run) {
        let (mut from, mut to) = run;
        while from < to && (self.lexicon.is_title(self.low(from)) || self.lexicon.is_role(self.low(from))) {
            from += 1;
        }
        if let Some(link) = (from..to).find(|i| matches!(self.low(*i), "of" | "for" | "on" | "and" | "&")) {
            self.read_plain_tail((link + 1, to));
            to = link;
        }
        let named = from < to
            && !(from..to).any(|i| {
                self.lexicon.body_nouns.has(self.low(i)) && !self.lexicon.is_given_name(self.low(from))
            });
        if named && to - from <= 5 {
            self.push((from, to), EntityKind::Person);
        } else if from < to {
            self.read_plain((from, to));
        }
    }

    fn read_plain_tail(&mut self, (from, to): Run) {
        let start = if self.low(from) == "the" { from + 1 } else { from };
        if start < to {
            self.read_plain((start, to));
        }
    }

    /// "Minister of Foreign Affairs of the Republic of Karvania Roman Orlov".
    fn read_complement(&mut self, (from, to): Run, head: usize) {
        self.read_left((from, head));
        let name = self.person_after_complement(head + 1, to);
        let end = name.unwrap_or(to);
        self.read_complement_names((head + 1, end));
        if let Some(name) = name {
            self.push((name, to), EntityKind::Person);
        }
    }

    /// Where a person's name starts after the complement of a role.
    fn person_after_complement(&self, from: usize, to: usize) -> Option<usize> {
        let last_link =
            (from..to).rev().find(|i| matches!(self.low(*i), "of" | "for" | "on" | "and" | "the"))?;
        let segment = last_link + 1;
        if let Some((_, taken)) = self.roles.state_at(segment, to) {
            return (segment + taken < to).then_some(segment + taken);
        }
        let given = (segment + 1..to).find(|i| self.lexicon.is_given_name(self.low(*i)) && i + 1 < to);
        if given.is_some() {
            return given;
        }
        let material = (segment..to)
            .take_while(|i| self.is_role_material(*i) || self.lexicon.body_nouns.has(self.low(*i)))
            .count();
        if material > 0 {
            return (segment + material < to).then_some(segment + material);
        }
        let known_last = self.seen.surnames.contains(self.low(to - 1)) && to - segment > 1;
        match to - segment {
            3.. => Some(to - 2),
            2 if known_last => Some(to - 1),
            _ => None,
        }
    }

    /// "Foreign Affairs of the Republic of Karvania": the state or body at its end.
    fn read_complement_names(&mut self, (from, to): Run) {
        let start = (from..to).find(|i| self.words.get(*i).is_some_and(Word::is_capital));
        let Some(start) = start else { return };
        if (start..to).any(|i| {
            self.lexicon.body_nouns.has(self.low(i)) && !self.lexicon.role_modifiers.has(self.low(i))
        }) {
            self.read_plain((start, to));
            return;
        }
        let last =
            (start..to).rev().find(|i| matches!(self.low(*i), "of" | "the" | "for")).map_or(start, |i| i + 1);
        if last < to && !(last..to).all(|i| self.is_role_material(i)) {
            let kind = self.kind((last, to)).unwrap_or(EntityKind::State);
            let person = kind == EntityKind::Person || kind == EntityKind::Organisation && to - last == 1;
            self.push((last, to), if person { EntityKind::State } else { kind });
        }
    }

    fn read_plain(&mut self, (mut from, to): Run) {
        let creed = to - from > 2
            && self.lexicon.creeds.has(self.low(from))
            && self.lexicon.is_given_name(self.low(from + 1));
        let opener = to - from == 2
            && self.words.get(from).is_some_and(|word| word.opens)
            && self.lexicon.any_company.has(self.low(from));
        if opener {
            self.read((from + 1, to));
            return;
        }
        if to - from > 1 && (self.is_adjective(from) || creed) && !self.keeps_adjective((from, to)) {
            from += 1;
            self.read((from, to));
            return;
        }
        if self.sure_only {
            if self.is_sure_person((from, to)) {
                self.push((from, to), EntityKind::Person);
            } else if self.has_body((from, to)) {
                self.push((from, to), EntityKind::Organisation);
            }
            return;
        }
        if let Some(kind) = self.kind((from, to)) {
            self.push((from, to), kind);
        }
    }

    /// "Irish Sea", "Karvanian Nutrition Study": an adjective that is part of the name.
    fn keeps_adjective(&self, (from, to): Run) -> bool {
        let last = self.low(to - 1);
        let noun = to - from > 2 && self.kind_of_noun(last).is_some() || self.lexicon.place_nouns.has(last);
        let creed = (from + 1..to)
            .all(|i| self.lexicon.creeds.has(self.low(i)) || self.lexicon.creeds.has_plural(self.low(i)));
        self.has_body((from, to)) || noun || creed && self.lexicon.creeds.has_plural(last)
    }

    fn is_adjective(&self, i: usize) -> bool {
        let low = self.low(i);
        self.lexicon.adjectives.contains_key(low)
            || (self.seen.country_stems.contains(country_stem(low))
                && ["an", "ese", "ish"].iter().any(|ending| low.ends_with(ending)))
    }

    fn has_body(&self, (from, to): Run) -> bool {
        let of = (from..to).find(|i| matches!(self.low(*i), "of" | "for" | "on"));
        let end = of.unwrap_or(to);
        let body = |i: usize| {
            self.lexicon.body_nouns.has(self.low(i)) || self.lexicon.body_suffixes.has(self.low(i))
        };
        (from..end).any(body) && (to - from > 1)
    }

    fn is_sure_person(&self, (from, to): Run) -> bool {
        let plural = to - from;
        if plural > 5 || self.has_body((from, to)) || self.lexicon.place_nouns.has(self.low(to - 1)) {
            return false;
        }
        let first = self.low(from);
        let initial = first.ends_with('.') && first.len() <= 5 && !self.lexicon.states.contains_key(first);
        let given = self.lexicon.is_given_name(first) || initial && plural > 1;
        let whole = joined(self.words, (from, to));
        let place = self.lexicon.states.contains_key(&whole) || self.lexicon.capitals.contains_key(&whole);
        let titled = self.has_role_before(from) || self.has_apposition((from, to));
        !place && (given && plural > 1 || titled)
    }

    /// "union leader Marta Lind", "analyst Wu": a role in lower case right before.
    fn has_role_before(&self, from: usize) -> bool {
        self.words.before(from, 1).is_some_and(|word| {
            self.words.same_line(from - 1, from)
                && self.lexicon.is_role(&word.low)
                && word.shape == Shape::Lower
                && word.low != "head"
                && word.low != "member"
        })
    }

    fn has_apposition(&self, run: Run) -> bool {
        let located = self.words.before(run.0, 1).is_some_and(|word| {
            self.lexicon.place_prepositions.has(&word.low)
                && word.low != "to"
                && word.low != "from"
                && word.low != "of"
        });
        if located || self.lexicon.states.contains_key(&joined(self.words, run)) {
            return false;
        }
        let roles = self.roles.around(run);
        roles.iter().any(|role| role.run.0 >= run.1 && !role.plural && !self.is_body_role(&role.noun))
    }

    /// Nouns that bodies are described with too: "the operator", "a member".
    fn is_body_role(&self, noun: &str) -> bool {
        self.lexicon.company_nouns.has(noun)
            || matches!(
                noun,
                "member"
                    | "partner"
                    | "owner"
                    | "leader"
                    | "champion"
                    | "player"
                    | "sponsor"
                    | "investor"
                    | "shareholder"
                    | "producer"
                    | "developer"
                    | "author"
                    | "veteran"
            )
    }

    /// What the run names; `None` for an adjective or an ordinary word.
    fn kind(&self, (from, to): Run) -> Option<EntityKind> {
        let whole = joined(self.words, (from, to));
        if self.lexicon.states.contains_key(&whole) {
            return Some(EntityKind::State);
        }
        if self.lexicon.adjectives.contains_key(&whole) || self.is_place_adjective(&whole) {
            return None;
        }
        if self.lexicon.places.has(&whole) && !self.seen.surnames.contains(&whole) {
            return Some(EntityKind::Place);
        }
        if self.lexicon.capitals.contains_key(&whole) && !self.seen.surnames.contains(&whole) {
            return Some(EntityKind::Place);
        }
        if to - from == 1 { self.kind_of_one(from) } else { self.kind_of_many((from, to), &whole) }
    }

    /// "Central Asian" beside "Central Asia"; "pro-Western", "Basin-wide".
    fn is_place_adjective(&self, whole: &str) -> bool {
        let placed = ["n", "an", "ian", "ese", "ish"]
            .iter()
            .filter_map(|ending| whole.strip_suffix(ending))
            .any(|stem| self.seen.places.contains(stem) || self.lexicon.places.has(stem));
        let compound = [
            "-based",
            "-born",
            "-led",
            "-backed",
            "-wide",
            "-style",
            "-related",
            "-owned",
            "-made",
            "-speaking",
        ]
        .iter()
        .any(|ending| whole.ends_with(ending));
        placed || compound
    }

    fn kind_of_one(&self, i: usize) -> Option<EntityKind> {
        let word = self.words.get(i)?;
        let low = word.low.as_str();
        if self.is_adjective(i)
            || self.lexicon.creeds.has(low)
            || self.lexicon.is_role(low)
            || self.lexicon.is_plural_role(low)
            || self.lexicon.is_title(low)
        {
            return None;
        }
        if self.seen.surnames.contains(low)
            || self.seen.given.contains(low)
            || self.is_sure_person((i, i + 1))
            || self.is_respelt(i)
        {
            return Some(EntityKind::Person);
        }
        if self.seen.places.contains(low) {
            return Some(if self.seen.is_country(low) { EntityKind::State } else { EntityKind::Place });
        }
        if self.seen.is_country(low) && !word.opens {
            return Some(EntityKind::State);
        }
        if word.shape == Shape::AllCaps {
            return Some(EntityKind::Organisation);
        }
        if word.opens && !self.opening_is_name(i) {
            return None;
        }
        if self.is_ordinary_noun(low) {
            return self
                .lexicon
                .body_nouns
                .has(low)
                .then_some(EntityKind::Organisation)
                .filter(|_| !word.opens);
        }
        Some(self.kind_by_place(i))
    }

    /// A word that is no ordinary one and spells a known surname in another way.
    fn is_respelt(&self, i: usize) -> bool {
        let low = self.low(i);
        let plain = self.words.get(i).is_some_and(|word| word.shape == Shape::Capital);
        let known = self.lexicon.states.contains_key(low)
            || self.lexicon.places.has(low)
            || self.seen.places.contains(low);
        plain
            && !known
            && !self.is_ordinary_noun(low)
            && !self.lexicon.is_common_word(low)
            && !self.seen.is_common(low)
            && self.seen.is_surname(low)
    }

    /// Whether a capitalised word at the start of a sentence is a name.
    fn opening_is_name(&self, i: usize) -> bool {
        let low = self.low(i);
        let next = self.words.get(i + 1);
        let adverb = low.ends_with("ly") || low.ends_with("ing") || low.ends_with("ed");
        if self.seen.capital_inside.contains(low) {
            return true;
        }
        let owner = next.is_some_and(|word| word.shape == Shape::Possessive);
        let verb = next.is_some_and(|word| {
            word.shape == Shape::Lower
                && (word.low.ends_with("ed")
                    || word.low.ends_with('s')
                    || matches!(word.low.as_str(), "said" | "has" | "was" | "is" | "will"))
        });
        !adverb && !self.seen.is_common(low) && (owner || verb) && !low.ends_with('s')
    }

    fn is_ordinary_noun(&self, low: &str) -> bool {
        self.lexicon.body_nouns.has(low)
            || self.lexicon.body_nouns.has_plural(low)
            || self.lexicon.place_nouns.has(low)
            || self.lexicon.event_nouns.has(low)
            || self.lexicon.text_nouns.has(low)
            || self.lexicon.document_nouns.has(low)
            || self.lexicon.collective_nouns.has(low)
            || self.lexicon.role_modifiers.has(low)
    }

    fn kind_by_place(&self, i: usize) -> EntityKind {
        let located = self
            .words
            .before(i, 1)
            .is_some_and(|word| matches!(word.low.as_str(), "in" | "at" | "near" | "from" | "outside"));
        let given =
            self.lexicon.is_given_name(self.low(i)) && self.words.get(i).is_some_and(|word| !word.opens);
        let short = self.words.len() < SHORT_TEXT
            && self.words.get(i).is_some_and(|word| word.shape == Shape::Capital);
        let single = !self.low(i).ends_with('s') || self.acts(i);
        if located {
            EntityKind::Place
        } else if given || short && single {
            EntityKind::Person
        } else {
            EntityKind::Organisation
        }
    }

    /// Followed by what persons are followed by: a verb, or the end of a phrase.
    fn acts(&self, i: usize) -> bool {
        self.words.get(i + 1).is_some_and(|next| {
            next.shape == Shape::Lower && next.low.ends_with("ed")
                || matches!(next.low.as_str(), "was" | "has" | "had" | "is" | "said")
        })
    }

    fn kind_of_many(&self, (from, to): Run, whole: &str) -> Option<EntityKind> {
        let of = (from + 1..to).find(|i| matches!(self.low(*i), "of" | "for" | "on"));
        let head = self.surname_at((from, of.unwrap_or(to)));
        let last = self.low(head);
        if of.is_some() && self.lexicon.realm_nouns.has(last) {
            return Some(EntityKind::State);
        }
        if let Some(kind) = self.kind_of_noun(last) {
            return Some(kind);
        }
        if self.has_body((from, to)) || self.lexicon.body_suffixes.has(last) {
            return Some(EntityKind::Organisation);
        }
        if self.is_sure_person((from, to)) {
            return Some(EntityKind::Person);
        }
        let prefixed = self.lexicon.place_prefixes.has(self.low(from));
        if self.seen.places.contains(whole) || prefixed && of.is_none() {
            return Some(EntityKind::Place);
        }
        if (from..to).all(|i| self.words.get(i).is_some_and(|word| word.shape == Shape::AllCaps)) {
            return Some(EntityKind::Organisation);
        }
        Some(self.unknown_kind((from, to)))
    }

    fn kind_of_noun(&self, low: &str) -> Option<EntityKind> {
        let lexicon = self.lexicon;
        if lexicon.document_nouns.has(low) {
            Some(EntityKind::Document)
        } else if lexicon.body_nouns.has(low) || lexicon.body_suffixes.has(low) {
            Some(EntityKind::Organisation)
        } else if lexicon.event_nouns.has(low) {
            Some(EntityKind::Event)
        } else if lexicon.place_nouns.has(low) {
            Some(EntityKind::Place)
        } else {
            None
        }
    }

    /// Two or three unknown words: a person unless one of them is an ordinary word.
    fn unknown_kind(&self, (from, to): Run) -> EntityKind {
        if (from..to)
            .any(|i| self.lexicon.creeds.has(self.low(i)) || self.lexicon.creeds.has_plural(self.low(i)))
        {
            return EntityKind::Organisation;
        }
        let surname = self.seen.surnames.contains(self.low(to - 1));
        let ordinary = (from..to).any(|i| {
            self.seen.is_common(self.low(i))
                || self.is_ordinary_noun(self.low(i))
                || self.lexicon.is_common_word(self.low(i))
        });
        let located = self
            .words
            .before(from, 1)
            .is_some_and(|word| matches!(word.low.as_str(), "in" | "at" | "near" | "outside"));
        if surname {
            EntityKind::Person
        } else if located {
            EntityKind::Place
        } else if to - from <= 3 && !ordinary {
            EntityKind::Person
        } else {
            EntityKind::Organisation
        }
    }
}

/// The longest name looked for in a headline, in words.
const TITLE_NAME: usize = 6;

/// In headlines set with capitals only names met elsewhere, states and given names with a surname count.
fn add_title_names(words: &Words<'_>, lexicon: &Lexicon, found: &mut Vec<Name>) {
    let mut known: BTreeMap<String, EntityKind> = BTreeMap::new();
    for name in found.iter() {
        known.entry(joined(words, name.run)).or_insert(name.kind);
        if name.kind == EntityKind::Person {
            known.entry(words.low(name.run.1 - 1).to_owned()).or_insert(name.kind);
        }
    }
    let mut i = 0;
    while i < words.len() {
        let taken = if words.in_title(i) { title_name(words, lexicon, &known, i) } else { None };
        if let Some((end, kind)) = taken {
            found.push(Name { run: (i, end), kind });
            i = end;
        } else {
            i += 1;
        }
    }
}

fn title_name(
    words: &Words<'_>,
    lexicon: &Lexicon,
    known: &BTreeMap<String, EntityKind>,
    i: usize,
) -> Option<(usize, EntityKind)> {
    let mut phrase = String::new();
    let mut best = None;
    for end in i + 1..=i + TITLE_NAME {
        if !words.same_line(i, end - 1) {
            break;
        }
        if end > i + 1 {
            phrase.push(' ');
        }
        phrase.push_str(words.low(end - 1));
        let kind = known.get(&phrase).copied();
        let state = || lexicon.states.contains_key(&phrase).then_some(EntityKind::State);
        let capital = || lexicon.capitals.contains_key(&phrase).then_some(EntityKind::Place);
        if words.get(i).is_some_and(Word::is_capital) {
            best = kind.or_else(state).or_else(capital).map(|kind| (end, kind)).or(best);
        }
    }
    best.or_else(|| given_and_surname(words, lexicon, i))
}

fn given_and_surname(words: &Words<'_>, lexicon: &Lexicon, i: usize) -> Option<(usize, EntityKind)> {
    let given = words.get(i).filter(|word| word.is_capital() && lexicon.is_given_name(&word.low))?;
    let next = words.get(i + 1).filter(|word| word.is_capital() && given.line == word.line)?;
    let ordinary =
        lexicon.is_common_word(&next.low) || lexicon.is_role(&next.low) || lexicon.body_nouns.has(&next.low);
    (!ordinary).then_some((i + 2, EntityKind::Person))
}
