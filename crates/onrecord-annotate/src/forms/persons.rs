//! Names of people: given names, initials, fathers' names and surnames, in any case.

use super::{
    endings::{Cases, Declension},
    names::{Given, Lexicon, capitalised},
    words::Words,
};

/// One way to understand a printed name: all parts in the nominative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// A given name or an initial with its dot.
    pub(super) given: Option<String>,
    pub(super) patronymic: Option<String>,
    pub(super) surname: Option<String>,
    pub(super) female: Option<bool>,
    /// The cases that the printed form can be in.
    pub(super) cases: Cases,
}

impl Person {
    /// All parts, in the usual order.
    pub(super) fn name(&self) -> String {
        let parts = [&self.given, &self.patronymic, &self.surname];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    }
}

/// A printed name of a person: tokens `from..to`.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Every way to understand it, never empty.
    pub(super) readings: Vec<Person>,
}

/// Reads names of people.
pub(super) struct PersonReader<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) lexicon: &'a Lexicon,
}

/// Parts of one name by token.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    given: Option<usize>,
    initials: Option<(usize, usize)>,
    patronymic: Option<usize>,
    surname: Option<usize>,
}

/// Initials and given names before a surname.
const MOST_INITIALS: usize = 2;

impl PersonReader<'_> {
    /// The name that starts at token `i` and shows by itself that it is a person's. `cases` are the ones
    /// that the words before it allow.
    pub(super) fn sure(&self, i: usize, cases: Cases) -> Option<Printed> {
        if !self.words.is_capital(i) {
            return None;
        }
        self.with_given(i, cases)
            .or_else(|| self.with_initials(i, cases))
            .or_else(|| self.surname_first(i, cases))
    }

    /// "Анна Вельдова", "Анна Петровна", "Анна Петровна Вельдова", "Джон Х. Вельд"
    fn with_given(&self, i: usize, cases: Cases) -> Option<Printed> {
        if self.lexicon.given(self.words.low(i)).is_empty() {
            return None;
        }
        let mut parts = Parts { given: Some(i), ..Parts::default() };
        let mut at = i + 1;
        if self.lexicon.patronymic(self.words.low(at)).is_some() && self.words.is_capital(at) {
            parts.patronymic = Some(at);
            at += 1;
        }
        while self.words.is_initial(at) && self.is_surname(at + 1) {
            at += 1;
        }
        if self.is_surname(at) {
            parts.surname = Some(at);
            at += 1;
        }
        (parts.surname.is_some() || parts.patronymic.is_some())
            .then(|| self.printed((i, at), parts, cases))?
    }

    /// "А. Вельдова", "А. П. Вельдова"
    fn with_initials(&self, i: usize, cases: Cases) -> Option<Printed> {
        let end = (i..i + MOST_INITIALS).take_while(|&at| self.words.is_initial(at)).last()? + 1;
        let parts = Parts { initials: Some((i, end)), surname: Some(end), ..Parts::default() };
        self.is_surname(end).then(|| self.printed((i, end + 1), parts, cases))?
    }

    /// "Вельдова А. П.", "Вельдова Анна Петровна"
    fn surname_first(&self, i: usize, cases: Cases) -> Option<Printed> {
        if !self.is_surname(i) {
            return None;
        }
        let initials = (i + 1..i + 1 + MOST_INITIALS).take_while(|&at| self.words.is_initial(at)).last();
        if let Some(last) = initials.filter(|last| !self.words.is_capital(last + 1)) {
            let parts = Parts { initials: Some((i + 1, last + 1)), surname: Some(i), ..Parts::default() };
            return self.printed((i, last + 1), parts, cases);
        }
        let given = self.words.is_capital(i + 1) && !self.lexicon.given(self.words.low(i + 1)).is_empty();
        let father = self.words.is_capital(i + 2) && self.lexicon.patronymic(self.words.low(i + 2)).is_some();
        let parts = Parts { given: Some(i + 1), patronymic: Some(i + 2), surname: Some(i), initials: None };
        (given && father && !self.words.is_capital(i + 3)).then(|| self.printed((i, i + 3), parts, cases))?
    }

    /// The one or two capitalised words at `i`, behind a role: "министр Вельд", "министр Алвар Вельд".
    pub(super) fn behind_role(&self, i: usize, cases: Cases) -> Option<Printed> {
        if !self.is_surname(i) || self.belongs_to_role(i, cases) {
            return None;
        }
        let two = self.is_surname(i + 1)
            && !self.lexicon.ends_as_surname(self.words.low(i))
            && !self.words.is_capital(i + 2);
        if two { self.unlisted(i, cases) } else { self.alone(i, cases) }
    }

    /// "глава Вельской области", "глава Вельского": the word goes on with the role, and names nobody. Nor does one in
    /// other letters than the role, "менеджер Velt".
    fn belongs_to_role(&self, i: usize, cases: Cases) -> bool {
        let next = self.words.low(i + 1);
        let attribute = !self.lexicon.bodies(next).is_empty() || !self.lexicon.places(next).is_empty();
        let declined = !self.lexicon.can_be_nominative(self.words.low(i)) && !cases.meets(Cases::OBLIQUE);
        let other_letters = i > 0 && self.words.raw(i).is_ascii() != self.words.raw(i - 1).is_ascii();
        attribute || declined || other_letters
    }

    /// Two capitalised words of which the second ends as surnames do.
    pub(super) fn unlisted(&self, i: usize, cases: Cases) -> Option<Printed> {
        if !(self.is_surname(i) && self.is_surname(i + 1)) {
            return None;
        }
        let readings = if cases.meets(Cases::NOMINATIVE) {
            let given = self.words.raw(i).to_owned();
            let surnames = self.surnames(i + 1, cases, None).into_iter();
            surnames.map(|person| Person { given: Some(given.clone()), ..person }).collect()
        } else {
            self.unlisted_in(i, cases)
        };
        (!readings.is_empty()).then_some(Printed { from: i, to: i + 2, readings })
    }

    /// The same where the words before tell that the name is not in the nominative.
    fn unlisted_in(&self, i: usize, cases: Cases) -> Vec<Person> {
        let endings = &self.lexicon.endings;
        let genders = [(&endings.male_given, false), (&endings.female_given, true)];
        let of = |(declension, female): (&Declension, bool)| {
            let given = declension.nominatives(self.words.low(i), cases);
            let surnames = self.surnames(i + 1, cases, Some(female));
            given.into_iter().flat_map(move |given| {
                let named = move |person: Person| Person { given: Some(capitalised(&given)), ..person };
                surnames.clone().into_iter().map(named)
            })
        };
        genders.into_iter().flat_map(of).collect()
    }

    fn alone(&self, i: usize, cases: Cases) -> Option<Printed> {
        let readings = self.surnames(i, cases, None);
        (!readings.is_empty()).then_some(Printed { from: i, to: i + 1, readings })
    }

    /// A capitalised word that can be a surname.
    pub(super) fn is_surname(&self, i: usize) -> bool {
        let (raw, low) = (self.words.raw(i), self.words.low(i));
        let n_letters = raw.chars().count();
        self.words.is_capital(i)
            && n_letters > 1
            && !raw.ends_with('.')
            && raw.chars().skip(1).any(char::is_lowercase)
            && self.lexicon.state(self.words, i).is_none()
            && !self.lexicon.words.never_names.has(low)
            && self.lexicon.bodies(low).is_empty()
            && self.lexicon.places(low).is_empty()
            && !self.lexicon.words.known_bodies.has(low)
            && !self.lexicon.is_clipped_body(low)
    }

    fn printed(&self, (from, to): (usize, usize), parts: Parts, cases: Cases) -> Option<Printed> {
        let mut readings = match parts.given {
            Some(given) => self.by_given(given, parts, cases),
            None => parts.surname.map(|at| self.surnames(at, cases, None)).unwrap_or_default(),
        };
        if let Some((from, to)) = parts.initials {
            let initial = self.words.raw(from).chars().next().map(|c| format!("{c}."));
            readings.iter_mut().for_each(|reading| reading.given = initial.clone());
            if to - from > MOST_INITIALS {
                return None;
            }
        }
        (!readings.is_empty()).then_some(Printed { from, to, readings })
    }

    fn by_given(&self, given: usize, parts: Parts, allowed: Cases) -> Vec<Person> {
        let father = parts.patronymic.and_then(|at| self.lexicon.patronymic(self.words.low(at)));
        let fits = |given: &&Given| father.as_ref().is_none_or(|father| father.female == given.female);
        let mut readings = Vec::new();
        for name in self.lexicon.given(self.words.low(given)).iter().filter(fits) {
            let all = name.cases & father.as_ref().map_or(Cases::ALL, |father| father.cases);
            let cases = if all.meets(allowed) { all & allowed } else { all };
            let base = Person {
                given: Some(self.nominative(given, &name.nominative)),
                patronymic: father
                    .as_ref()
                    .zip(parts.patronymic)
                    .map(|(f, at)| self.nominative(at, &f.nominative)),
                surname: None,
                female: Some(name.female),
                cases,
            };
            let surnames = parts.surname.map(|at| self.surnames(at, cases, Some(name.female)));
            let with = |surname: Person| Person { surname: surname.surname, ..base.clone() };
            match surnames {
                Some(surnames) => readings.extend(surnames.into_iter().map(with)),
                None => readings.push(base),
            }
        }
        readings.dedup();
        readings
    }

    /// The surnames that the word at `i` can be a form of; as printed where its endings tell nothing.
    fn surnames(&self, i: usize, cases: Cases, female: Option<bool>) -> Vec<Person> {
        let endings = &self.lexicon.endings;
        let of = |female: bool| {
            let declension = if female { &endings.female_surnames } else { &endings.male_surnames };
            declension.nominatives(self.words.low(i), cases)
        };
        let mut names: Vec<String> = match female {
            Some(female) => of(female),
            None => of(false).into_iter().chain(of(true)).collect(),
        };
        if cases.meets(Cases::NOMINATIVE) && female.is_none() {
            names = vec![self.words.low(i).to_owned()];
        }
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            names.push(self.words.low(i).to_owned());
        }
        let person = |name: &String| Person {
            given: None,
            patronymic: None,
            surname: Some(self.nominative(i, name)),
            female,
            cases,
        };
        names.iter().map(person).collect()
    }

    /// `name`, as printed at `i` where it is that.
    fn nominative(&self, i: usize, name: &str) -> String {
        let raw = self.words.raw(i);
        if self.words.low(i) == name && !raw.chars().skip(1).all(char::is_uppercase) {
            raw.to_owned()
        } else {
            capitalised(name)
        }
    }
}
