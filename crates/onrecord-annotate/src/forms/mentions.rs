//! Finds names and joins those that mean one thing.

use std::collections::{BTreeMap, HashMap};

use onrecord_model::{Annotations, Article, EntityKind, EntityRef, LocalEntity, Mention, Span};

use super::{
    bodies::{BodyReader, Named, are_forms},
    endings::Cases,
    names::{LEXICON, Lexicon},
    persons::{Person, PersonReader, Printed},
    words::Words,
};
use crate::Annotator;

/// Finds names and joins those that mean one thing.
pub(super) struct Mentions;

impl Annotator for Mentions {
    fn name(&self) -> &'static str {
        "mentions"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let reading = Reading::of(article, &out.sentences);
        let mention = |name: &Name| Mention {
            span: reading.words.span(name.from, name.to),
            kind: name.kind,
            entity: name.entity.and_then(|at| u32::try_from(at).ok()).map(EntityRef),
        };
        out.mentions = reading.names.iter().map(mention).collect();
        out.entities = reading.entities;
    }
}

/// A name in the text: tokens `from..to`.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: EntityKind,
    /// Into [`Reading::entities`].
    pub(super) entity: Option<usize>,
    /// Whether the name can be the subject of its sentence.
    pub(super) nominative: bool,
    pub(super) female: Option<bool>,
}

/// What sort of noun a description is built around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Role,
    /// Several people: "эксперты".
    Group,
    Body,
}

/// A noun with what belongs to it: "бывший министр обороны Вельды". Tokens `from..to`.
#[derive(Debug, Clone)]
pub(super) struct Description {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) head: Head,
    pub(super) cases: Cases,
    /// With its head in the nominative.
    pub(super) text: String,
    /// The head alone.
    pub(super) noun: String,
}

/// The names and descriptions of one article.
pub(super) struct Reading<'a> {
    pub(super) words: Words<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) names: Vec<Name>,
    pub(super) descriptions: Vec<Description>,
    pub(super) entities: Vec<LocalEntity>,
}

impl<'a> Reading<'a> {
    /// Reads `article`, cut into `sentences`.
    pub(super) fn of(article: &'a Article, sentences: &[Span]) -> Self {
        let words = Words::read(article, sentences);
        let lexicon = LEXICON.of(article);
        let mut scan = Scan::new(&words, lexicon);
        scan.run();
        let Scan { people, mut bodies, descriptions, .. } = scan;
        let dateline = article.dateline.as_ref().map(|dateline| dateline.span);
        // A place in the capitals of a dateline looks like an acronym.
        bodies.retain(|named| {
            let span = words.span(named.from, named.to);
            named.kind != EntityKind::Organisation || dateline.is_none_or(|dateline| !dateline.overlaps(span))
        });
        let mut cast = Cast::default();
        let mut names = cast.people(&words, &people, &descriptions);
        names.extend(cast.bodies(&words, &bodies));
        names.sort_by_key(|name| (name.from, name.to));
        Self { words, lexicon, names, descriptions, entities: cast.entities }
    }

    /// The name that starts at token `i`.
    pub(super) fn name_at(&self, i: usize) -> Option<&Name> {
        let at = self.names.partition_point(|name| name.from < i);
        self.names.get(at).filter(|name| name.from == i)
    }

    /// The name that ends before token `end`.
    pub(super) fn name_before(&self, end: usize) -> Option<&Name> {
        let at = self.names.partition_point(|name| name.from < end);
        self.names[..at].iter().rev().take(2).find(|name| name.to == end)
    }

    /// The description that starts at token `i`.
    pub(super) fn description_at(&self, i: usize) -> Option<&Description> {
        let at = self.descriptions.partition_point(|found| found.from < i);
        self.descriptions.get(at).filter(|found| found.from == i)
    }
}

/// Goes over the words once, and once more for the surnames that it learned.
struct Scan<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
    people: Vec<Printed>,
    bodies: Vec<Named>,
    descriptions: Vec<Description>,
    /// Every form of the surnames met, to the persons who bear them.
    forms: HashMap<String, Vec<Person>>,
}

impl<'a> Scan<'a> {
    fn new(words: &'a Words<'a>, lexicon: &'a Lexicon) -> Self {
        Self {
            words,
            lexicon,
            people: Vec::new(),
            bodies: Vec::new(),
            descriptions: Vec::new(),
            forms: HashMap::new(),
        }
    }

    fn run(&mut self) {
        self.pass();
        self.learn();
        self.pass();
    }

    fn pass(&mut self) {
        (self.people, self.bodies, self.descriptions) = (Vec::new(), Vec::new(), Vec::new());
        let mut i = 0;
        while i < self.words.len() {
            i = self.step(i).max(i + 1);
        }
    }

    fn persons(&self) -> PersonReader<'a> {
        PersonReader { words: self.words, lexicon: self.lexicon }
    }

    fn body_reader(&self) -> BodyReader<'a> {
        BodyReader { words: self.words, lexicon: self.lexicon }
    }

    /// Reads what starts at token `i`; one past it.
    fn step(&mut self, i: usize) -> usize {
        if let Some(found) = self.description(i) {
            return self.described(found);
        }
        if let Some(person) = self.persons().sure(i, Cases::ALL).or_else(|| self.known_surname(i, Cases::ALL))
        {
            return self.person(person);
        }
        if let Some(named) = self.body_reader().at(i) {
            let to = named.to;
            self.bodies.push(named);
            return to;
        }
        let unlisted = !self.words.opens_sentence(i) && self.lexicon.ends_as_surname(self.words.low(i + 1));
        match unlisted.then(|| self.persons().unlisted(i, Cases::ALL)).flatten() {
            Some(person) if !self.words.is_capital(i + 2) => self.person(person),
            _ => i + 1,
        }
    }

    fn person(&mut self, person: Printed) -> usize {
        let to = person.to;
        self.people.push(person);
        to
    }

    /// A description, the names inside it, and the person behind it.
    fn described(&mut self, found: Description) -> usize {
        let mut at = found.from;
        while at < found.to {
            match self.body_reader().at(at).filter(|named| named.to <= found.to) {
                Some(named) => {
                    at = named.to;
                    self.bodies.push(named);
                }
                None => at += 1,
            }
        }
        let (to, cases, head) = (found.to, found.cases, found.head);
        self.descriptions.push(found);
        if head != Head::Role || !self.words.is_capital(to) {
            return to;
        }
        // A subject's name is in the nominative, whatever else the form of its role can be.
        let cases = if cases.meets(Cases::NOMINATIVE) { Cases::NOMINATIVE } else { cases };
        let persons = self.persons();
        let known = persons.sure(to, cases).or_else(|| self.known_surname(to, cases));
        if known.is_none() && self.forms.contains_key(self.words.low(to)) {
            // "адвокат Вельдова": hers, or his.
            return to;
        }
        match known.or_else(|| persons.behind_role(to, cases)) {
            Some(person) => self.person(person),
            None => to,
        }
    }

    /// A surname alone that somebody in the article bears.
    fn known_surname(&self, i: usize, cases: Cases) -> Option<Printed> {
        let bearers = self.forms.get(self.words.low(i)).filter(|_| self.persons().is_surname(i))?;
        let readings: Vec<Person> =
            bearers.iter().filter(|person| person.cases.meets(cases)).cloned().collect();
        (!readings.is_empty()).then_some(Printed { from: i, to: i + 1, readings })
    }

    /// Modifiers, a noun for a role, group or body, and its genitives.
    fn description(&self, i: usize) -> Option<Description> {
        let mut head = i;
        while let Some((to, ())) =
            self.lexicon.role_modifiers.at(self.words, head).filter(|_| head < i + MOST_MODIFIERS)
        {
            if self.noun(to).is_none() && self.lexicon.role_modifiers.at(self.words, to).is_none() {
                break;
            }
            head = to;
        }
        let (kind, noun, cases) = self.noun(head)?;
        let (to, cases) = self.complement((head + 1, kind), &noun, cases);
        let rest = self.words.printed(head + 1, to);
        let text = if cases.meets(Cases::NOMINATIVE) {
            self.words.printed(i, to).to_owned()
        } else {
            [noun.as_str(), rest].join(" ").trim().to_owned()
        };
        Some(Description { from: i, to, head: kind, cases, text, noun })
    }

    fn noun(&self, i: usize) -> Option<(Head, String, Cases)> {
        let low = self.words.low(i);
        let lists = [
            (Head::Role, self.lexicon.roles(low)),
            (Head::Role, self.lexicon.honorifics(low)),
            (Head::Group, self.lexicon.groups(low)),
            (Head::Body, self.lexicon.bodies(low)),
        ];
        let (head, nouns) = lists.into_iter().find(|(_, nouns)| !nouns.is_empty())?;
        // "Минобороны" and the like are names; so is a capitalised noun with what belongs to it.
        if head == Head::Body && self.words.is_capital(i) && !self.words.opens_sentence(i) {
            return None;
        }
        let cases = nouns.iter().fold(Cases::NONE, |all, noun| all | noun.cases);
        Some((head, nouns[0].nominative.clone(), cases))
    }

    /// One past what belongs to the noun before token `i`, and its cases.
    fn complement(&self, (i, head): (usize, Head), noun: &str, cases: Cases) -> (usize, Cases) {
        let bodies = self.body_reader();
        let mut to = bodies.complement(i);
        let place = head == Head::Role
            && self.words.is_capital(to)
            && self.lexicon.given(self.words.low(to)).is_empty()
            && self.lexicon.is_complement(self.words.low(to))
            && self.is_place_of_role((i, to), noun);
        if place {
            to += 1;
        }
        if head == Head::Role && self.lexicon.words.role_links.has(self.words.low(to)) {
            let end = (to + 1..to + 1 + LONGEST_LINK)
                .find(|&at| !self.words.is_word(at) || self.words.is_capital(at));
            if let Some(end) =
                end.filter(|&end| end > to + 1 && self.persons().sure(end, Cases::ALL).is_some())
            {
                to = end;
            }
        }
        (to, cases)
    }

    /// Whether the capitalised genitive at `to` is a place: the role has one ("мэр Вельска ..."), or a name in full stands
    /// behind it.
    fn is_place_of_role(&self, (i, to): (usize, usize), noun: &str) -> bool {
        if self.lexicon.ends_as_place(self.words.low(to)) {
            return true;
        }
        let has_place = to == i && self.lexicon.words.roles_of_places.has(noun);
        has_place && self.words.is_capital(to + 1) || self.persons().sure(to + 1, Cases::ALL).is_some()
    }

    /// Every form of the surnames of the people met.
    fn learn(&mut self) {
        let endings = &self.lexicon.endings;
        let mut forms: BTreeMap<String, Vec<Person>> = BTreeMap::new();
        let settled = self.people.iter().filter_map(|printed| settled(&printed.readings, &self.people));
        let (full, short): (Vec<&Person>, Vec<&Person>) = settled.partition(|person| person.given.is_some());
        for person in full.into_iter().chain(short) {
            let Some(surname) = &person.surname else { continue };
            // A surname alone that can be a form of one met in full tells no other.
            if person.given.is_none() && forms.contains_key(&super::words::low(surname)) {
                continue;
            }
            let female = person.female.unwrap_or(false);
            let declension = if female { &endings.female_surnames } else { &endings.male_surnames };
            for (form, cases) in declension.forms(&super::words::low(surname)) {
                let bearer = Person {
                    surname: Some(surname.clone()),
                    given: None,
                    patronymic: None,
                    female: person.female,
                    cases,
                };
                let known = forms.entry(form).or_default();
                match known
                    .iter_mut()
                    .find(|known| known.surname == bearer.surname && known.female == bearer.female)
                {
                    Some(known) => known.cases = known.cases | cases,
                    None => known.push(bearer),
                }
            }
        }
        self.forms = forms.into_iter().collect();
    }
}

/// Adjectives and the like before a role.
const MOST_MODIFIERS: usize = 4;
/// Words of "по делам ..." behind a role.
const LONGEST_LINK: usize = 6;

/// The one reading that the article supports: the only one, the one whose surname another name shows without doubt, or
/// the one that leaves the surname as printed.
fn settled<'p>(readings: &'p [Person], people: &[Printed]) -> Option<&'p Person> {
    if let [only] = readings {
        return Some(only);
    }
    let is_shown = |reading: &&Person| {
        let sure = people.iter().filter(|other| other.readings.len() == 1).map(|other| &other.readings[0]);
        sure.clone().any(|other| other.surname == reading.surname && other.female == reading.female)
    };
    let mut shown = readings.iter().filter(is_shown);
    shown.next().filter(|_| shown.next().is_none())
}

/// The article's entities as they are found.
#[derive(Default)]
struct Cast {
    entities: Vec<LocalEntity>,
}

impl Cast {
    fn people(&mut self, words: &Words<'_>, people: &[Printed], descriptions: &[Description]) -> Vec<Name> {
        let mut persons: Vec<Person> = Vec::new();
        let mut order: Vec<usize> = (0..people.len()).collect();
        // Names in full first: a surname alone is whoever bears it.
        order.sort_by_key(|&n| (people[n].readings.iter().all(|reading| reading.given.is_none()), n));
        let mut of_person: Vec<Option<usize>> = vec![None; people.len()];
        for n in order {
            let readings = &people[n].readings;
            of_person[n] = match settled(readings, people) {
                Some(reading) => person_of(reading, &mut persons),
                None if readings[0].given.is_some() => {
                    as_printed(words, &people[n]).and_then(|one| person_of(&one, &mut persons))
                }
                None => None,
            };
        }
        self.entities.extend(persons.iter().map(|person| LocalEntity {
            kind: EntityKind::Person,
            name: person.name(),
            role: None,
            variants: Vec::new(),
        }));
        let mut names = Vec::new();
        for (printed, entity) in people.iter().zip(&of_person) {
            if let Some(at) = *entity {
                self.mention(at, words.printed(printed.from, printed.to));
                let role =
                    descriptions.iter().rfind(|found| found.to == printed.from && found.head == Head::Role);
                if let Some(role) = role.filter(|_| self.entities[at].role.is_none()) {
                    self.entities[at].role = Some(role.text.clone());
                }
            }
            names.push(Name {
                from: printed.from,
                to: printed.to,
                kind: EntityKind::Person,
                entity: *entity,
                nominative: printed.readings.iter().any(|reading| reading.cases.meets(Cases::NOMINATIVE)),
                female: entity.and_then(|at| persons[at].female),
            });
        }
        names
    }

    fn bodies(&mut self, words: &Words<'_>, bodies: &[Named]) -> Vec<Name> {
        let mut names = Vec::new();
        for named in bodies {
            let same =
                |entity: &LocalEntity| entity.kind == named.kind && are_forms(&entity.name, &named.name);
            let at = self.entities.iter().position(same).unwrap_or_else(|| {
                self.entities.push(LocalEntity {
                    kind: named.kind,
                    name: named.name.clone(),
                    role: None,
                    variants: Vec::new(),
                });
                self.entities.len() - 1
            });
            self.mention(at, words.printed(named.from, named.to));
            names.push(Name {
                from: named.from,
                to: named.to,
                kind: named.kind,
                entity: Some(at),
                nominative: true,
                female: None,
            });
        }
        names
    }

    fn mention(&mut self, at: usize, printed: &str) {
        let entity = &mut self.entities[at];
        if entity.name != printed && !entity.variants.iter().any(|variant| variant == printed) {
            entity.variants.push(printed.to_owned());
        }
    }
}

/// Where `reading` stands among the persons, added if it is new; `None` where two may be meant.
fn person_of(reading: &Person, persons: &mut Vec<Person>) -> Option<usize> {
    let fits = |person: &Person| may_be(person, reading);
    let mut fitting = persons.iter().enumerate().filter(|(_, person)| fits(person)).map(|(at, _)| at);
    match (fitting.next(), fitting.next()) {
        (Some(at), None) => {
            let person = &mut persons[at];
            let longer = |own: &Option<String>, other: &Option<String>| {
                let n = |name: &Option<String>| name.as_ref().map_or(0, |name| name.chars().count());
                if n(other) > n(own) { other.clone() } else { own.clone() }
            };
            person.given = longer(&person.given, &reading.given);
            person.patronymic = longer(&person.patronymic, &reading.patronymic);
            person.surname = person.surname.clone().or_else(|| reading.surname.clone());
            person.female = person.female.or(reading.female);
            Some(at)
        }
        (None, _) => {
            persons.push(reading.clone());
            Some(persons.len() - 1)
        }
        _ => None,
    }
}

fn may_be(person: &Person, reading: &Person) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => a == b || is_initial_of(a, b) || is_initial_of(b, a),
        _ => true,
    };
    let surnames = match (&person.surname, &reading.surname) {
        (Some(a), Some(b)) => a == b,
        // "Анна Петровна" is the one of that name.
        _ => person.given == reading.given && person.patronymic == reading.patronymic,
    };
    surnames
        && agree(&person.given, &reading.given)
        && agree(&person.patronymic, &reading.patronymic)
        && (person.female.is_none() || reading.female.is_none() || person.female == reading.female)
}

fn is_initial_of(short: &str, long: &str) -> bool {
    short.strip_suffix('.').is_some_and(|letter| long.starts_with(letter))
}

/// The name with its surname as it stands, where no nominative is sure.
fn as_printed(words: &Words<'_>, printed: &Printed) -> Option<Person> {
    let first = printed.readings.first()?;
    let stands = |reading: &&Person| {
        reading
            .surname
            .as_deref()
            .is_some_and(|surname| (printed.from..printed.to).any(|i| words.raw(i) == surname))
    };
    Some(printed.readings.iter().find(stands).unwrap_or(first).clone())
}
