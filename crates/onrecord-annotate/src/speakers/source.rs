//! Reads a source by its form: name, pronoun, role, body, text or crowd.

use onrecord_model::{EntityKind, Span};

use crate::mentions::{
    keys::country_stem,
    lexicon::Lexicon,
    reading::Reading,
    roles::{Gender, Role, RoleReader},
    words::{Run, Shape, Words},
};

/// What a source says about who speaks.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// Names of persons, bodies or states: places in the cast.
    Named(Vec<usize>),
    /// Somebody without a name who speaks for a body that has one.
    Voice(usize),
    /// "he", "she": one person.
    One(Option<Gender>),
    /// "it": a body.
    It,
    /// "the company": a body of the cast.
    Company,
    /// "they": several, or a body.
    They,
    /// Who issued "the statement".
    Issuer,
    /// "who": the phrase before it.
    Relative,
    /// "I", "we" inside another's words.
    First,
    /// A text, issued by the body or person in the cast, if the phrase names one.
    Text(Option<usize>),
    /// "the minister"
    Described(Role),
    /// "the company", "the port authority": its nouns.
    Body(Vec<String>),
    /// "the Russian government": the state.
    Government(String, Option<usize>),
    /// Somebody without a name who speaks for a body called by common nouns: these, and where the body stands.
    Agent(Vec<String>, Option<Run>),
    /// "reports", "sources say": nobody in particular.
    Nobody,
    /// Called as printed.
    Printed,
}

/// Reads sources of one article.
#[derive(Clone, Copy)]
pub(super) struct SourceReader<'a> {
    pub(super) reading: &'a Reading<'a>,
}

impl<'a> SourceReader<'a> {
    fn words(self) -> &'a Words<'a> {
        &self.reading.words
    }

    fn lexicon(self) -> &'a Lexicon {
        self.reading.lexicon
    }

    /// The words of a source.
    pub(super) fn run(self, source: Span) -> Run {
        self.words().within(source)
    }

    /// The form of the source that covers `run`.
    pub(super) fn form(self, run: Run) -> Form {
        if let Some(form) = self.pronoun(run).or_else(|| self.own_text(run)) {
            return form;
        }
        let persons = self.persons(run);
        if !persons.is_empty() {
            return Form::Named(persons);
        }
        if run.1 == run.0 + 1 && self.lexicon().question_labels.has(self.words().low(run.0)) {
            return Form::Nobody;
        }
        let core = self.core(run);
        let Some(head) = core.1.checked_sub(1).filter(|head| *head >= core.0) else { return Form::Printed };
        let names = self.names_at_head(core);
        if !names.is_empty() {
            return self.named(core, names);
        }
        let form = self.common(run, core, head);
        match form {
            Form::Printed | Form::Body(_) if self.words().low(core.1) == "," => {
                self.apposed((core.1 + 1, run.1)).unwrap_or(form)
            }
            form => form,
        }
    }

    /// "Another carmaker, Holt Motors (HM)": the name in the apposition.
    fn apposed(self, (from, to): Run) -> Option<Form> {
        let from = if self.words().low(from) == "the" { from + 1 } else { from };
        let first = self.names_in((from, to)).next().filter(|at| self.reading.names[*at].run.0 == from)?;
        Some(Form::Named(vec![self.reading.entity_of[first]]))
    }

    /// "(In) a statement the bank": a phrase that starts anew inside the run is the one that speaks.
    pub(super) fn last_phrase(self, (from, to): Run) -> Run {
        let words = self.words();
        let starts_anew = |at: &usize| {
            let before = words.low(at - 1);
            let after_noun = words.get(at - 1).is_some_and(|word| word.is_word())
                && !self.lexicon().is_common_word(before);
            words.low(*at) == "the"
                && after_noun
                && words.get(*at).is_some_and(|word| word.shape == Shape::Lower)
        };
        let relative = (from..to).any(|i| self.lexicon().pronouns.relative.has(words.low(i)));
        let start = (from + 2..to).rev().find(starts_anew).filter(|_| !relative);
        (start.unwrap_or(from), to)
    }

    fn pronoun(self, (from, to): Run) -> Option<Form> {
        let pronouns = &self.lexicon().pronouns;
        let low = self.words().low(from);
        if self.words().get(from).is_some_and(|word| word.shape == Shape::AllCaps) {
            return None;
        }
        if pronouns.relative.has(low) && low != "that" && to <= from + 1 {
            return Some(Form::Relative);
        }
        if to != from + 1 {
            return None;
        }
        if pronouns.he.has(low) {
            Some(Form::One(Some(Gender::Male)))
        } else if pronouns.she.has(low) {
            Some(Form::One(Some(Gender::Female)))
        } else if pronouns.it.has(low) {
            Some(Form::It)
        } else if pronouns.they.has(low) {
            Some(Form::They)
        } else if pronouns.first.has(low) {
            Some(Form::First)
        } else {
            None
        }
    }

    /// "her data", "his statement", "its spokesman": whoever is behind the pronoun.
    fn own_text(self, (from, to): Run) -> Option<Form> {
        let lexicon = self.lexicon();
        let last = self.words().low(to.saturating_sub(1));
        let text = to == from + 2 && lexicon.text_nouns.has(last);
        let voice = to > from + 1 && lexicon.own_voices.has(last);
        self.pronoun((from, from + 1)).filter(|form| match form {
            Form::One(_) => text || voice,
            Form::It | Form::They => voice,
            _ => false,
        })
    }

    /// Places in `names` of those that stand in `run`.
    fn names_in(self, (from, to): Run) -> std::ops::Range<usize> {
        let names = &self.reading.names;
        let first = names.partition_point(|name| name.run.0 < from);
        let last = names.partition_point(|name| name.run.0 < to);
        first..last.max(first)
    }

    /// The persons that the phrase is about: none that only owns or follows a preposition.
    fn persons(self, run: Run) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for at in self.names_in(run) {
            let name = &self.reading.names[at];
            if name.kind != EntityKind::Person || !self.is_head(name.run, run) {
                continue;
            }
            let entity = self.reading.entity_of[at];
            let titled = name.run.0 > run.0 && self.lexicon().is_role(self.words().low(name.run.0 - 1));
            let joined = found.is_empty() || self.is_joined(name.run.0, run.0);
            if titled && !joined {
                found.clear();
            }
            let joined = joined || titled;
            if joined && !found.contains(&entity) {
                found.push(entity);
            }
        }
        found
    }

    fn is_head(self, name: Run, (from, to): Run) -> bool {
        let owns =
            name.1 < to && self.words().get(name.1).is_some_and(|word| word.shape == Shape::Possessive);
        let mut before = name.0;
        while before > from && self.lexicon().is_title(self.words().low(before - 1)) {
            before -= 1;
        }
        while before > from && self.lexicon().determiners.has(self.words().low(before - 1)) {
            before -= 1;
        }
        let linked = before > from && {
            let low = self.words().low(before - 1);
            self.lexicon().role_links.has(low)
                || matches!(low, "by" | "from" | "about" | "than" | "against" | "between")
        };
        let in_relative =
            (from + 1..name.0).any(|i| self.lexicon().pronouns.relative.has(self.words().low(i)));
        !owns && !linked && !in_relative
    }

    /// Whether "and" stands between this name (with its title) and the one before.
    fn is_joined(self, name: usize, from: usize) -> bool {
        let words = self.words();
        let phrase = (from..name).rev().take(8).take_while(|i| !self.lexicon().role_links.has(words.low(*i)));
        phrase.into_iter().any(|i| matches!(words.low(i), "and" | "&"))
    }

    /// The phrase up to the first relative clause, comma or preposition outside names.
    fn core(self, (from, to): Run) -> Run {
        let words = self.words();
        let mut i = from;
        let names = self.names_in((from, to));
        let mut names = self.reading.names[names].iter().peekable();
        while i < to {
            while names.next_if(|name| name.run.1 <= i).is_some() {}
            if let Some(name) = names.peek().filter(|name| name.run.0 <= i) {
                i = name.run.1;
                continue;
            }
            let low = words.low(i);
            let listed = low == "," && words.low(i + 1) != "the" && (i..to).any(|at| words.low(at) == "and");
            let stops = self.lexicon().role_links.has(low)
                || self.lexicon().pronouns.relative.has(low)
                || matches!(
                    low,
                    "from"
                        | "by"
                        | "near"
                        | "who"
                        | "familiar"
                        | "close"
                        | "representing"
                        | "quoted"
                        | "("
                        | ";"
                )
                || low == "," && !listed;
            if stops && i > from {
                break;
            }
            i += 1;
        }
        (from, i.min(to))
    }

    /// Names at the end of the core, joined ones included.
    fn names_at_head(self, (from, to): Run) -> Vec<usize> {
        let mut found = Vec::new();
        let mut end = to;
        for at in self.names_in((from, to)).rev() {
            let name = &self.reading.names[at];
            let gap = end.saturating_sub(name.run.1);
            let joined = end == to && gap == 0
                || end < to && (name.run.1..end).any(|i| matches!(self.words().low(i), "and" | "&" | ","));
            if !joined || name.kind == EntityKind::Person {
                break;
            }
            found.push(at);
            end = name.run.0;
        }
        found.reverse();
        found
    }

    fn named(self, core: Run, names: Vec<usize>) -> Form {
        let mut cast: Vec<usize> = Vec::new();
        for at in names {
            let entity = self.reading.entity_of[at];
            if !cast.contains(&entity) {
                cast.push(entity);
            }
        }
        match cast.as_slice() {
            [only] if self.reading.cast[*only].local.kind == EntityKind::Document => Form::Text(Some(*only)),
            _ if core.0 < core.1 => Form::Named(cast),
            _ => Form::Printed,
        }
    }

    fn common(self, run: Run, core: Run, head: usize) -> Form {
        let lexicon = self.lexicon();
        let low = self.words().low(head);
        let pair =
            if head > core.0 { format!("{} {low}", self.words().low(head - 1)) } else { String::new() };
        let body = self.body_in(run);
        if lexicon.voice_parts.has(&pair) || lexicon.voice_parts.has(low) {
            return body.map_or_else(
                || self.body_noun(run).map_or(Form::Printed, |noun| Form::Body(vec![noun])),
                Form::Voice,
            );
        }
        if lexicon.loose_text_nouns.has(low) && body.is_none() && core.1 - core.0 <= 2 {
            return Form::Nobody;
        }
        if lexicon.text_nouns.has(low) || lexicon.text_nouns.has_plural(low) && !lexicon.is_plural_role(low) {
            return Form::Text(self.issuer_in(run, head).or(body).or_else(|| self.owner_in(run)));
        }
        if lexicon.spokes_nouns.has(low) {
            match (body, self.agent(run, core, head)) {
                (Some(body), _) => return Form::Voice(body),
                (None, Some(form)) => return form,
                (None, None) => {}
            }
        }
        if let Some(form) = self.government(core, head) {
            return form;
        }
        self.described(run, core, head)
    }

    /// "a ministry spokesman", "a spokeswoman for the energy ministry"
    fn agent(self, run: Run, core: Run, head: usize) -> Option<Form> {
        let lexicon = self.lexicon();
        let words = self.words();
        if !lexicon.agent_nouns.has(words.low(head)) {
            return None;
        }
        let end = self.until_clause(run).1;
        if lexicon.role_links.has(words.low(head + 1)) && head + 2 < end {
            let body = self.core((head + 2, end));
            let noun = body.1.checked_sub(1).filter(|last| *last >= body.0)?;
            return lexicon
                .body_nouns
                .has(words.low(noun))
                .then(|| Form::Agent(self.nouns(body), Some(body)));
        }
        let before = head.checked_sub(1).filter(|at| *at >= core.0)?;
        let body = lexicon.body_nouns.has(words.low(before));
        body.then(|| Form::Agent(self.nouns((core.0, head)), None))
    }

    fn described(self, run: Run, core: Run, head: usize) -> Form {
        let lexicon = self.lexicon();
        let low = self.words().low(head);
        let determiners = &lexicon.determiners;
        let article = matches!(self.words().low(run.0), "a" | "an")
            || lexicon.vague_determiners.has(self.words().low(run.0));
        let definite = determiners.has(self.words().low(run.0)) && !article;
        let many = lexicon.is_plural_role(low) && lexicon.spokes_nouns.has(low) && core.1 - core.0 > 1;
        if many
            && !article
            && let Some(noun) = self.company_before(core, head)
        {
            return Form::Body(vec![noun]);
        }
        let reader = RoleReader { words: self.words(), lexicon };
        if lexicon.is_role(low)
            && !article
            && let Some(role) = reader.read(self.until_clause(run))
        {
            return Form::Described(role);
        }
        if lexicon.is_role(low) || lexicon.is_plural_role(low) || lexicon.collective_nouns.has(low) {
            return Form::Printed;
        }
        let single = lexicon.body_nouns.has(low) || lexicon.company_nouns.has(low);
        if single && (definite || core.1 - core.0 == 1) {
            Form::Body(self.nouns(core))
        } else {
            Form::Printed
        }
    }

    /// The words of weight of a common noun phrase.
    fn nouns(self, (from, to): Run) -> Vec<String> {
        let heavy = |low: &str| !self.lexicon().determiners.has(low) && !self.lexicon().is_common_word(low);
        let last = to.saturating_sub(1);
        (from..to)
            .filter(|i| self.words().get(*i).is_some_and(|word| word.is_word()))
            .map(|i| (i, self.words().low(i)))
            .filter(|(i, low)| *i == last || heavy(low))
            .map(|(_, low)| {
                self.lexicon()
                    .same_role_words
                    .get(low)
                    .filter(|same| !same.is_empty())
                    .cloned()
                    .unwrap_or_else(|| low.to_owned())
            })
            .collect()
    }

    fn company_before(self, core: Run, head: usize) -> Option<String> {
        let low = self.words().low(head.checked_sub(1).filter(|at| *at >= core.0)?);
        (self.lexicon().company_nouns.has(low) || self.lexicon().body_nouns.has(low)).then(|| low.to_owned())
    }

    /// The run up to its first comma or relative pronoun.
    fn until_clause(self, (from, to): Run) -> Run {
        let stop = (from..to).find(|i| {
            let low = self.words().low(*i);
            low == "," || self.lexicon().pronouns.relative.has(low) && *i > from
        });
        (from, stop.unwrap_or(to))
    }

    /// The last body named in the run, or else a state.
    fn body_in(self, run: Run) -> Option<usize> {
        let of_kind = |kind: EntityKind| {
            self.names_in(run)
                .find(|at| self.reading.names[*at].kind == kind)
                .map(|at| self.reading.entity_of[at])
        };
        of_kind(EntityKind::Organisation)
    }

    /// "a letter from Ana Brandt to the board", "the union's statement": the name right behind the link, or the owner.
    fn issuer_in(self, run: Run, head: usize) -> Option<usize> {
        let words = self.words();
        let linked = |at: usize| {
            let before = self.reading.names[at].run.0;
            let from = (run.0..before).rev().find(|i| !self.lexicon().determiners.has(words.low(*i)));
            from.is_some_and(|i| i > head && self.lexicon().issuer_links.has(words.low(i)))
        };
        let owns = |at: usize| {
            let end = self.reading.names[at].run.1;
            end <= head && words.get(end).is_some_and(|word| word.shape == Shape::Possessive)
        };
        let named = |at: &usize| match self.reading.names[*at].kind {
            EntityKind::Person | EntityKind::Organisation | EntityKind::State => linked(*at) || owns(*at),
            // A text "from" a city may only be issued there.
            EntityKind::Place => owns(*at),
            _ => false,
        };
        self.names_in(run).find(named).map(|at| self.reading.entity_of[at])
    }

    fn owner_in(self, run: Run) -> Option<usize> {
        self.names_in(run)
            .find(|at| matches!(self.reading.names[*at].kind, EntityKind::Person | EntityKind::State))
            .map(|at| self.reading.entity_of[at])
    }

    fn body_noun(self, (from, to): Run) -> Option<String> {
        (from..to)
            .map(|i| self.words().low(i))
            .find(|low| self.lexicon().body_nouns.has(low) && !self.lexicon().voice_parts.has(low))
            .map(str::to_owned)
    }

    /// "the Russian government", "Kazakh authorities", "Norvania's government"
    fn government(self, (from, _): Run, head: usize) -> Option<Form> {
        let low = self.words().low(head);
        if !self.lexicon().state_nouns.has(low) || self.lexicon().lone_state_nouns.has(low) {
            return None;
        }
        let reader = RoleReader { words: self.words(), lexicon: self.lexicon() };
        let known =
            (from..head).find_map(|i| reader.state_at(i, head).filter(|(_, taken)| i + taken == head));
        if let Some((state, _)) = known {
            let entity = self.reading.cast.iter().position(|part| part.state == Some(state));
            return Some(Form::Government(state.to_owned(), entity));
        }
        let entity = self.state_before(from, head)?;
        Some(Form::Government(self.reading.cast[entity].local.name.clone(), Some(entity)))
    }

    /// The state of the cast whose name, or whose adjective, stands right before `head`.
    fn state_before(self, from: usize, head: usize) -> Option<usize> {
        let words = self.words();
        let owned = head > from && words.get(head - 1).is_some_and(|word| word.shape == Shape::Possessive);
        let last = head.checked_sub(1 + usize::from(owned)).filter(|last| *last >= from)?;
        let word = words.get(last).filter(|word| word.is_capital())?;
        let stem = country_stem(&word.low);
        self.reading.cast.iter().position(|part| {
            part.local.kind == EntityKind::State && country_stem(&part.local.name.to_lowercase()) == stem
        })
    }

    /// What the source is called where nothing better is known: without "the", clauses and marks. "A diver" keeps
    /// its article: it says that nobody is known by these words.
    pub(super) fn printed(self, run: Run) -> Option<String> {
        let (mut from, to) = self.until_clause(run);
        let lexicon = self.lexicon();
        let low = |i: usize| self.words().low(i);
        while from < to && (lexicon.definite_articles.has(low(from)) || !self.is_word(from)) {
            from += 1;
        }
        let amount = from + usize::from(lexicon.indefinite_articles.has(low(from)));
        if lexicon.quantity_nouns.has(low(amount)) && lexicon.of_words.has(low(amount + 1)) && amount + 2 < to
        {
            from = amount + 2;
        }
        let span = self.words().span((from, to));
        let words: Vec<&str> = span.slice(self.words().text).split_whitespace().collect();
        let mut printed = words.join(" ").trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_owned();
        if lexicon.indefinite_articles.has(low(from)) {
            printed.get_mut(..1).map(str::make_ascii_lowercase);
        }
        (!printed.is_empty() && printed.len() <= LONGEST_PRINTED).then_some(printed)
    }

    fn is_word(self, i: usize) -> bool {
        self.words().get(i).is_some_and(|word| word.is_word() || word.shape == Shape::Number)
    }
}

/// A longer source is no description of anybody, in bytes.
const LONGEST_PRINTED: usize = 160;
