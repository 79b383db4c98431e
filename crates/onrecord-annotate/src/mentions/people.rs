//! Joins the names of one person: full names first, then surnames alone.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::EntityKind;

use super::{
    keys::{close, name_key},
    lexicon::Lexicon,
    names::Name,
    roles::{Gender, Role, RoleReader},
    words::Words,
};

/// More full names than this in one article are a list, and are compared by equal surnames alone.
const MOST_COMPARED: usize = 400;

/// The words of a person's name.
struct PersonName {
    at: usize,
    lows: Vec<String>,
    keys: Vec<String>,
}

impl PersonName {
    fn read(words: &Words<'_>, lexicon: &Lexicon, names: &[Name], at: usize) -> Self {
        let lows: Vec<String> = words
            .run(names[at].run)
            .iter()
            .filter(|word| word.is_word() && !lexicon.name_suffixes.has(word.low.trim_end_matches('.')))
            .map(|word| word.low.clone())
            .collect();
        let keys = lows.iter().map(|low| name_key(low)).collect();
        Self { at, lows, keys }
    }

    fn is_full(&self) -> bool {
        self.lows.len() > 1
    }

    fn surname(&self) -> &str {
        self.lows.last().map_or("", String::as_str)
    }

    fn surname_key(&self) -> &str {
        self.keys.last().map_or("", String::as_str)
    }

    /// Whether two full names can be one person's.
    fn fits(&self, other: &Self) -> bool {
        let same_words = self.lows.len() == other.lows.len() && {
            let mine: BTreeSet<&String> = self.lows.iter().collect();
            let theirs: BTreeSet<&String> = other.lows.iter().collect();
            mine == theirs
        };
        same_words || close(self.surname_key(), other.surname_key()) && self.given_fits(other)
    }

    fn given_fits(&self, other: &Self) -> bool {
        let (Some(mine), Some(theirs)) = (self.lows.first(), other.lows.first()) else { return false };
        if is_initial(mine) || is_initial(theirs) {
            return mine.chars().next() == theirs.chars().next();
        }
        let (mine, theirs) = (&self.keys[0], &other.keys[0]);
        let short = mine.len().min(theirs.len());
        close(mine, theirs)
            || short >= 3 && (mine.starts_with(theirs.as_str()) || theirs.starts_with(mine.as_str()))
    }
}

/// "d.", "d", "j.p."
fn is_initial(low: &str) -> bool {
    low.split('.').all(|part| part.chars().count() <= 1)
}

/// Puts the names of one person into one group.
pub(super) fn join(words: &Words<'_>, lexicon: &Lexicon, names: &[Name], groups: &mut [usize]) {
    let persons: Vec<PersonName> = (0..names.len())
        .filter(|at| names[*at].kind == EntityKind::Person)
        .map(|at| PersonName::read(words, lexicon, names, at))
        .collect();
    let full = join_full(&persons, groups);
    let reader = RoleReader { words, lexicon };
    let mut singles = Singles { names, reader, full: &full, last_use: BTreeMap::new(), alone: Vec::new() };
    for person in &persons {
        let group = if person.is_full() { groups[person.at] } else { singles.group(person) };
        groups[person.at] = group;
        singles.last_use.insert(group, person.at);
    }
}

/// A person by the first full name.
struct Full<'a> {
    group: usize,
    first: &'a PersonName,
    members: Vec<usize>,
}

fn join_full<'a>(persons: &'a [PersonName], groups: &mut [usize]) -> Vec<Full<'a>> {
    let mut known: BTreeMap<&[String], usize> = BTreeMap::new();
    let mut full: Vec<Full<'_>> = Vec::new();
    for person in persons.iter().filter(|person| person.is_full()) {
        let found = known
            .get(person.lows.as_slice())
            .copied()
            .or_else(|| full.iter().take(MOST_COMPARED).position(|other| other.first.fits(person)));
        let index = found.unwrap_or_else(|| {
            full.push(Full { group: person.at, first: person, members: Vec::new() });
            full.len() - 1
        });
        known.entry(person.lows.as_slice()).or_insert(index);
        full[index].members.push(person.at);
        groups[person.at] = full[index].group;
    }
    full
}

/// Surnames and given names that stand alone.
struct Singles<'a> {
    names: &'a [Name],
    reader: RoleReader<'a>,
    full: &'a [Full<'a>],
    /// By group: the last name of it so far.
    last_use: BTreeMap<usize, usize>,
    /// Surnames that belong to no full name: key and group.
    alone: Vec<(String, usize)>,
}

impl Singles<'_> {
    fn group(&mut self, person: &PersonName) -> usize {
        if let Some(group) = self.full_name_of(person) {
            return group;
        }
        let key = person.surname_key().to_owned();
        if let Some((_, group)) = self.alone.iter().take(MOST_COMPARED).find(|(other, _)| close(other, &key))
        {
            return *group;
        }
        self.alone.push((key, person.at));
        person.at
    }

    /// The person whose surname, or else given name, this is.
    fn full_name_of(&self, person: &PersonName) -> Option<usize> {
        let same = |full: &&Full<'_>| full.first.surname() == person.surname();
        let near = |full: &&Full<'_>| close(full.first.surname_key(), person.surname_key());
        let other = |full: &&Full<'_>| full.first.lows.iter().any(|low| low == person.surname());
        let full = || self.full.iter().take(MOST_COMPARED);
        let of = |candidates: Vec<&Full<'_>>| {
            (!candidates.is_empty()).then(|| self.choose(person, &candidates)).flatten()
        };
        of(full().filter(same).collect())
            .or_else(|| of(full().filter(near).collect()))
            .or_else(|| of(full().filter(other).collect()))
    }

    /// Of several persons with one surname: by the printed gender, then the role, then the last one named.
    fn choose(&self, person: &PersonName, candidates: &[&Full<'_>]) -> Option<usize> {
        if let [only] = candidates {
            return Some(only.group);
        }
        let run = self.names[person.at].run;
        let printed = title_gender(run.0, self.reader);
        let beside = self.reader.around(run);
        let score = |full: &Full<'_>| {
            let gender = self.gender_of(full);
            let fits = usize::from(printed.is_some() && printed == gender)
                + usize::from(printed.is_none() || gender.is_none() || printed == gender);
            let roles = self.roles_of(full);
            let told = beside.iter().any(|role| roles.iter().any(|other| role.meets(other)));
            (fits, told, self.last_use.get(&full.group).copied(), std::cmp::Reverse(full.group))
        };
        candidates.iter().max_by_key(|full| score(full)).map(|full| full.group)
    }

    fn roles_of(&self, full: &Full<'_>) -> Vec<Role> {
        full.members.iter().take(5).flat_map(|at| self.reader.around(self.names[*at].run)).collect()
    }

    fn gender_of(&self, full: &Full<'_>) -> Option<Gender> {
        let members: Vec<&Name> = full.members.iter().take(5).map(|at| &self.names[*at]).collect();
        gender(&members, self.reader, &self.roles_of(full))
    }
}

/// "Ms", "Lord" right before the name.
fn title_gender(from: usize, reader: RoleReader<'_>) -> Option<Gender> {
    let low = reader.words.before(from, 1)?.low.trim_end_matches('.').to_owned();
    let female = reader.lexicon.female_titles.has(&low);
    let male = reader.lexicon.male_titles.has(&low);
    match (female, male) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

/// The gender that a person's titles print, or the roles, or else the given name.
pub(super) fn gender(members: &[&Name], reader: RoleReader<'_>, roles: &[Role]) -> Option<Gender> {
    let titled = members.iter().find_map(|name| title_gender(name.run.0, reader));
    let by_role = || roles.iter().find_map(|role| role.gender);
    let by_name = || {
        members.iter().filter(|name| name.run.1 - name.run.0 > 1).find_map(|name| {
            let given = reader.words.low(name.run.0);
            if reader.lexicon.female_names.has(given) {
                Some(Gender::Female)
            } else if reader.lexicon.male_names.has(given) {
                Some(Gender::Male)
            } else {
                None
            }
        })
    };
    titled.or_else(by_role).or_else(by_name)
}
