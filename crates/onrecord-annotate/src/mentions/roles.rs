//! Reads role phrases: "Russian Defence Minister", "the head of the union", "who runs the forum".

use std::collections::BTreeSet;

use onrecord_model::Span;

use super::{
    keys::country_stem,
    lexicon::{Lexicon, singulars},
    words::{Run, Shape, Word, Words},
};

/// The gender that a title, a role noun or a pronoun prints. Kept only while pronouns are resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    /// "she", "Ms", "chairwoman"
    Female,
    /// "he", "Mr", "chairman"
    Male,
}

/// A phrase that says what somebody is.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    /// The whole phrase.
    pub(crate) run: Run,
    /// Where it stands.
    pub(crate) span: Span,
    /// The role noun, lower case.
    pub(crate) noun: String,
    /// The offices that the noun can mean.
    pub(crate) offices: BTreeSet<String>,
    /// The other words of weight; those of names start with `@`.
    pub(crate) field: BTreeSet<String>,
    /// "deputy", "vice"
    pub(crate) deputy: bool,
    /// Leads a body that the phrase names by a common noun: "the agency's director".
    pub(crate) of_body: bool,
    /// Can be an office of a state.
    pub(crate) of_state: bool,
    /// More than one person.
    pub(crate) plural: bool,
    /// The gender that the noun prints.
    pub(crate) gender: Option<Gender>,
}

impl Role {
    /// Whether both can describe one person: an office in common and no word of the one against the other.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.likeness(other).is_some()
    }

    /// How well the description fits a role printed elsewhere, higher is better; `None` where it does not.
    pub(crate) fn likeness(&self, other: &Self) -> Option<usize> {
        let office =
            self.noun == other.noun || self.offices.iter().any(|office| other.offices.contains(office));
        let elsewhere = self.of_body && self.noun != other.noun && other.field.is_empty() && other.of_state;
        if !office || elsewhere || self.deputy && !other.deputy {
            return None;
        }
        let (names, fields) = (self.agreement(other, true)?, self.agreement(other, false)?);
        Some(
            2 * (names + fields)
                + usize::from(self.noun == other.noun)
                + usize::from(self.deputy == other.deputy),
        )
    }

    /// Words in common, names of places and bodies apart from common words; `None` where each says something else.
    fn agreement(&self, other: &Self, names: bool) -> Option<usize> {
        let of = |role: &'_ Self| {
            role.field.iter().filter(|word| word.starts_with('@') == names).cloned().collect::<BTreeSet<_>>()
        };
        let (mine, theirs) = (of(self), of(other));
        let common = mine.intersection(&theirs).count();
        (common > 0 || mine.is_empty() || theirs.is_empty()).then_some(common)
    }
}

/// The longest role phrase, in words.
const LONGEST: usize = 16;

/// Reads roles in one text.
#[derive(Clone, Copy)]
pub(crate) struct RoleReader<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
}

impl RoleReader<'_> {
    /// The role that `run` describes, if one of its nouns is a role.
    pub(crate) fn read(&self, run: Run) -> Option<Role> {
        let head = self.head(run)?;
        let low = self.words.low(head);
        let noun = if self.lexicon.is_role(low) { low.to_owned() } else { singular_role(low, self.lexicon)? };
        let plural = noun != low;
        let field = self.field(run, head);
        let mut role = Role {
            run,
            span: self.words.span(run),
            offices: BTreeSet::new(),
            deputy: self.is_deputy(run, head),
            of_body: false,
            of_state: false,
            gender: printed_gender(&noun, self.lexicon),
            noun,
            field,
            plural,
        };
        self.fill_offices(&mut role, head);
        Some(role)
    }

    /// The last role noun before the first preposition after one.
    fn head(&self, (from, to): Run) -> Option<usize> {
        let mut head = None;
        for i in from..to.min(from + LONGEST) {
            let low = self.words.low(i);
            if head.is_some() && (self.lexicon.role_links.has(low) || self.lexicon.pronouns.relative.has(low))
            {
                break;
            }
            let is_noun = self.lexicon.is_role(low) || self.lexicon.is_plural_role(low);
            let doubled = low == "general" && head == i.checked_sub(1);
            if is_noun
                && !doubled
                && self.words.get(i + 1).is_none_or(|next| next.shape != Shape::Possessive || i + 1 >= to)
            {
                head = Some(i);
            }
        }
        head
    }

    fn is_deputy(&self, (from, to): Run, head: usize) -> bool {
        (from..to.min(head + 1)).any(|i| {
            self.lexicon.deputy_words.has(self.words.low(i))
                && (i < head
                    || self.lexicon.deputy_words.has(self.words.low(head))
                        && self.words.low(head) != "deputy")
        })
    }

    fn fill_offices(&self, role: &mut Role, head: usize) {
        self.find_offices(role, head);
        let body = |word: &String| self.lexicon.body_nouns.has(word) && !self.lexicon.state_nouns.has(word);
        role.of_body = role.field.iter().any(body);
        role.of_state = role.offices.iter().any(|office| self.lexicon.public_offices.has(office));
    }

    fn find_offices(&self, role: &mut Role, head: usize) {
        let before =
            self.words.before(head, 1).filter(|_| head > role.run.0).map_or("", |word| word.low.as_str());
        let after = format!("{} {}", self.words.low(head + 1), self.words.low(head + 2));
        let names = [
            format!("{before} {}", role.noun),
            format!("{} {after}", role.noun),
            format!("{} {}", role.noun, self.words.low(head + 1)),
        ];
        let offices = &self.lexicon.offices;
        let of = |name: &str| {
            offices
                .iter()
                .filter(|(_, list)| list.has(name))
                .map(|(office, _)| office.clone())
                .collect::<BTreeSet<_>>()
        };
        role.offices = names
            .iter()
            .map(|name| of(name))
            .find(|found| !found.is_empty())
            .unwrap_or_else(|| of(&role.noun));
        if let Some(field) = names.iter().find_map(|name| self.lexicon.office_fields.get(name)) {
            role.field.insert(field.clone());
        }
        if after.starts_with("of state") && role.noun == "head" {
            role.offices = BTreeSet::from(["president".to_owned()]);
            role.field.remove("state");
            return;
        }
        if self.lexicon.top_words.words.has(&role.noun) {
            self.fill_top(role);
        }
    }

    /// The head of a ministry is a minister; any other head can be whatever leads a body.
    fn fill_top(&self, role: &mut Role) {
        let ministries = &self.lexicon.top_words.ministries;
        let leads_ministry = role.field.iter().any(|word| ministries.has(word));
        if leads_ministry {
            role.field.retain(|word| !ministries.has(word));
            if role.field.remove("military") {
                role.field.insert("defence".to_owned());
            }
            role.offices = BTreeSet::from(["minister".to_owned()]);
        } else {
            let offices =
                self.lexicon.offices.keys().filter(|office| self.lexicon.top_words.offices.has(office));
            role.offices.extend(offices.cloned());
        }
    }

    fn field(&self, (from, to): Run, head: usize) -> BTreeSet<String> {
        let mut field = BTreeSet::new();
        let mut i = from;
        while i < to.min(from + LONGEST) {
            let (word, taken) = self.field_word(i, to);
            if i != head && !word.is_empty() {
                field.insert(word);
            }
            i += taken.max(1);
        }
        field
    }

    /// What a word of a role phrase says about its field: nothing, a common word, or `@` and a name.
    fn field_word(&self, i: usize, to: usize) -> (String, usize) {
        let Some(word) = self.words.get(i) else { return (String::new(), 1) };
        if let Some((state, taken)) = self.state_at(i, to) {
            return (format!("@{}", state.to_lowercase()), taken);
        }
        let low = word.low.as_str();
        let empty = !word.is_word()
            || self.lexicon.role_inner.has(low)
            || self.lexicon.determiners.has(low)
            || self.lexicon.deputy_words.has(low)
            || self.lexicon.pronouns.relative.has(low)
            || self.lexicon.leading_verbs.has(low);
        if empty {
            return (String::new(), 1);
        }
        (self.plain_field_word(word), 1)
    }

    fn plain_field_word(&self, word: &Word) -> String {
        let low = word.low.as_str();
        if let Some(same) = self.lexicon.same_role_words.get(low) {
            return same.clone();
        }
        let known = |low: &str| {
            self.lexicon.role_modifiers.has(low)
                || self.lexicon.body_nouns.has(low)
                || self.lexicon.is_role(low)
        };
        if word.is_capital() && !known(low) {
            return format!("@{}", country_stem(low));
        }
        if known(low) {
            return low.to_owned();
        }
        let singular = singulars(low)
            .into_iter()
            .find(|one| known(one) || self.lexicon.same_role_words.contains_key(one));
        let low = singular
            .unwrap_or_else(|| low.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(low).to_owned());
        self.lexicon.same_role_words.get(&low).cloned().unwrap_or(low)
    }

    /// A known state or its adjective that starts at `i`, with its length in words.
    pub(crate) fn state_at(&self, i: usize, to: usize) -> Option<(&'static str, usize)> {
        let first = self.words.get(i).filter(|word| word.is_capital())?;
        let mut phrase = String::new();
        let mut found = None;
        for taken in 1..=4.min(to.saturating_sub(i)) {
            let word = if taken == 1 { first } else { self.words.get(i + taken - 1)? };
            if taken > 1 {
                phrase.push(' ');
            }
            phrase.push_str(&word.low);
            let state = self.lexicon.states.get(&phrase).or_else(|| self.lexicon.adjectives.get(&phrase));
            found = state.map(|state| (*state, taken)).or(found);
        }
        found
    }

    /// Every role printed right before or after the name at `name`.
    pub(crate) fn around(&self, name: Run) -> Vec<Role> {
        let before = self.before(name.0).or_else(|| self.before_comma(name));
        before.into_iter().chain(self.after(name.1)).collect()
    }

    /// "Norvanian Defence Minister" before the name that starts at `at`.
    pub(crate) fn before(&self, at: usize) -> Option<Role> {
        let mut end = at;
        while self.words.before(end, 1).is_some_and(|word| self.lexicon.is_title(&word.low)) {
            end -= 1;
        }
        if let Some(role) = self.title_role((end, at)) {
            return Some(role);
        }
        let last = end.checked_sub(1)?;
        if !self.words.same_line(last, at) {
            return None;
        }
        if self.lexicon.is_role(self.words.low(last)) {
            return self.read((self.widen_left(last), end));
        }
        let head = self.head_of_complement(last)?;
        self.read((self.widen_left(head), end))
    }

    /// "Judge Brandt", "Sen. Brandt": the title is the role, or short for it.
    fn title_role(&self, (from, to): Run) -> Option<Role> {
        let at = (from..to).find(|i| {
            let low = self.words.low(*i);
            self.lexicon.is_role(low) || self.lexicon.title_roles.contains_key(low)
        })?;
        let low = self.words.low(at);
        let noun = self.lexicon.title_roles.get(low).map_or(low, String::as_str).to_owned();
        let mut role = Role {
            run: (at, at + 1),
            span: self.words.span((at, at + 1)),
            offices: BTreeSet::new(),
            deputy: false,
            of_body: false,
            of_state: false,
            gender: printed_gender(&noun, self.lexicon),
            noun,
            field: BTreeSet::new(),
            plural: false,
        };
        self.fill_offices(&mut role, at);
        Some(role)
    }

    /// The role noun whose "of ..." complement ends at `last`.
    fn head_of_complement(&self, last: usize) -> Option<usize> {
        let lowest = last.saturating_sub(LONGEST);
        let mut i = last;
        while i > lowest {
            let word = self.words.get(i)?;
            let low = word.low.as_str();
            let inner = self.lexicon.role_inner.has(low) || word.shape == Shape::Possessive;
            let noun = word.is_word()
                && !self.lexicon.never_inside.has(low)
                && (word.is_capital()
                    || !self.lexicon.is_common_word(low)
                    || self.lexicon.role_modifiers.has(low));
            if !(inner || noun) || !self.words.same_line(i, last) {
                return None;
            }
            let before = i - 1;
            if self.lexicon.role_links.has(low) && self.lexicon.is_role(self.words.low(before)) {
                return Some(before);
            }
            i = before;
        }
        None
    }

    /// The first word of the role phrase whose noun stands at `head`.
    pub(crate) fn widen_left(&self, head: usize) -> usize {
        let mut from = head;
        let lowest = head.saturating_sub(LONGEST);
        while from > lowest && self.words.same_line(from - 1, head) && self.belongs_left(from - 1, from) {
            from -= 1;
        }
        let determined =
            self.words.before(from, 1).is_some_and(|word| self.lexicon.determiners.has(&word.low));
        if determined { from - 1 } else { from }
    }

    fn belongs_left(&self, i: usize, right: usize) -> bool {
        let Some(word) = self.words.get(i) else { return false };
        let low = word.low.as_str();
        if word.shape == Shape::Possessive {
            return true;
        }
        if !word.is_word() || self.lexicon.never_inside.has(low) || self.lexicon.is_title(low) {
            return false;
        }
        if word.is_capital() {
            return !(word.opens
                && self.lexicon.is_common_word(low)
                && !self.lexicon.role_modifiers.has(low));
        }
        if self.lexicon.role_modifiers.has(low) || self.lexicon.is_role(low) {
            return true;
        }
        let owner = self.words.get(right).is_some_and(|next| next.shape == Shape::Possessive);
        owner || self.is_free_modifier(i)
    }

    /// One unknown noun between an article and the role: "the opposition leader", "a rights activist".
    fn is_free_modifier(&self, i: usize) -> bool {
        let low = self.words.low(i);
        if self.lexicon.is_common_word(low) || self.lexicon.role_inner.has(low) {
            return false;
        }
        self.words.before(i, 1).is_some_and(|word| {
            self.lexicon.determiners.has(&word.low)
                || word.shape == Shape::Possessive
                || self.lexicon.adjectives.contains_key(&word.low)
        })
    }

    /// "The head of the centre, Tomas Breck, said": the role first, between commas.
    fn before_comma(&self, name: Run) -> Option<Role> {
        let comma = name.0.checked_sub(1)?;
        if self.words.low(comma) != "," {
            return None;
        }
        let last = comma.checked_sub(1)?;
        let closes = matches!(self.words.low(name.1), "," | "." | "" | "(" | ";")
            || self
                .words
                .get(name.1)
                .is_some_and(|word| word.shape == Shape::Lower && !self.lexicon.role_inner.has(&word.low));
        let head =
            if self.lexicon.is_role(self.words.low(last)) { last } else { self.head_of_complement(last)? };
        let from = self.widen_left(head);
        let definite = self.lexicon.determiners.has(self.words.low(from))
            || self.words.get(from).is_some_and(|word| word.is_capital());
        (closes && definite).then(|| self.read((from, comma)))?
    }

    /// "Denis Orlov, the union's chairman," and "Lena Sabol, who runs the forum".
    fn after(&self, at: usize) -> Option<Role> {
        let opens = matches!(self.words.low(at), "," | "(" | "-" | "–" | "—");
        if !opens {
            return None;
        }
        let from = at + 1;
        if self.lexicon.pronouns.relative.has(self.words.low(from)) {
            return self.relative(from);
        }
        let first = self.words.get(from)?;
        let starts_well = self.lexicon.determiners.has(&first.low)
            || !self.lexicon.is_common_word(&first.low)
            || self.lexicon.role_modifiers.has(&first.low)
            || self.lexicon.is_role(&first.low);
        let to = self.phrase_end(from);
        let role = self.read((from, to)).filter(|_| starts_well)?;
        self.ends_as_apposition(&role).then_some(role)
    }

    /// Where an apposition that starts at `from` ends: at a mark, a reporting verb or a relative pronoun.
    fn phrase_end(&self, from: usize) -> usize {
        let mut i = from;
        let stops = |word: &Word| {
            word.shape == Shape::Mark && word.low != "&"
                || self.lexicon.pronouns.relative.has(&word.low)
                || word.shape == Shape::Lower
                    && self.lexicon.is_common_word(&word.low)
                    && !self.lexicon.role_modifiers.has(&word.low)
                    && !self.lexicon.is_role(&word.low)
                    && !self.lexicon.role_inner.has(&word.low)
        };
        while i < from + LONGEST
            && self.words.same_line(from, i)
            && self.words.get(i).is_some_and(|word| !stops(word))
        {
            i += 1;
        }
        i
    }

    /// A role noun followed by a name is that other person's title, not an apposition.
    fn ends_as_apposition(&self, role: &Role) -> bool {
        let Some(head) = self.head(role.run) else { return false };
        match self.words.get(head + 1) {
            Some(next) if next.is_capital() => false,
            Some(_) => role.run.1 - role.run.0 < LONGEST,
            None => true,
        }
    }

    fn relative(&self, from: usize) -> Option<Role> {
        let verb = from + 1;
        if !self.lexicon.leading_verbs.has(self.words.low(verb)) {
            return None;
        }
        let to = self.phrase_end(verb);
        let offices =
            self.lexicon.offices.keys().filter(|office| self.lexicon.top_words.offices.has(office)).cloned();
        Some(Role {
            run: (from, to),
            span: self.words.span((from, to)),
            noun: "head".to_owned(),
            offices: offices.collect(),
            field: self.field((verb, to), verb),
            deputy: false,
            of_body: false,
            of_state: false,
            plural: false,
            gender: None,
        })
    }
}

fn singular_role(low: &str, lexicon: &Lexicon) -> Option<String> {
    singulars(low).into_iter().find(|one| lexicon.is_role(one))
}

fn printed_gender(noun: &str, lexicon: &Lexicon) -> Option<Gender> {
    if lexicon.female_roles.has(noun) {
        Some(Gender::Female)
    } else if lexicon.male_roles.has(noun) {
        Some(Gender::Male)
    } else {
        None
    }
}
