//! From a source to a speaker, quotation by quotation.

mod impersonal;
mod subjects;
mod texts;

use onrecord_model::{Because, EntityKind, EntityRef, LocalEntity, Quotation, QuotationKind, Span, Speaker};

use super::{
    describe::Describer,
    history::{History, Met, Sort},
    source::{Form, SourceReader},
};
use crate::mentions::{
    reading::Reading,
    roles::{Gender, Role},
    words::Run,
};

/// Resolves the sources of one article in reading order.
pub(super) struct Resolver<'a> {
    reading: &'a Reading<'a>,
    quotations: &'a [Quotation],
    reader: SourceReader<'a>,
    history: History<'a>,
    describer: Describer<'a>,
    /// The speakers of the quotations before.
    done: Vec<(Speaker, Sort, Option<Gender>)>,
    /// Descriptions that turned out to mean somebody: place in the cast, words.
    pub(super) described: Vec<(usize, String)>,
    /// The first sentence that has not been asked for a subject without a name.
    unasked: usize,
}

/// The speaker that is one or several of the cast.
pub(super) fn of_cast(reading: &Reading<'_>, cast: &[usize]) -> Speaker {
    let names: Vec<&str> = cast.iter().map(|entity| reading.cast[*entity].local.name.as_str()).collect();
    let single = if let [only] = cast { Some(*only) } else { None };
    let name = match names.as_slice() {
        [] => None,
        [rest @ .., last] if !rest.is_empty() => Some(format!("{} and {last}", rest.join(", "))),
        [only, ..] => Some((*only).to_owned()),
    };
    Speaker {
        name,
        entity: single.and_then(|entity| u32::try_from(entity).ok()).map(EntityRef),
        role: single.and_then(|entity| reading.cast[entity].local.role.clone()),
        because: Because::new("speaker.name", ""),
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn new(reading: &'a Reading<'a>, sentences: &'a [Span], quotations: &'a [Quotation]) -> Self {
        let history = History::new(reading, sentences, quotations);
        Self {
            reading,
            quotations,
            reader: SourceReader { reading },
            history,
            describer: Describer::new(reading),
            done: Vec::new(),
            described: Vec::new(),
            unasked: 0,
        }
    }

    /// The speaker of quotation `at`; those before it have been resolved.
    pub(super) fn resolve(&mut self, at: usize) -> Speaker {
        let quotation = &self.quotations[at];
        let found = match quotation.source {
            None => (
                self.impersonal(quotation).unwrap_or_else(|| self.without_source(quotation)),
                Sort::Crowd,
                None,
            ),
            Some(source) => self.of_source(source, quotation),
        };
        self.done.push(found.clone());
        found.0
    }

    fn of_source(&mut self, source: Span, quotation: &Quotation) -> (Speaker, Sort, Option<Gender>) {
        let run = self.reader.last_phrase(self.reader.run(source));
        let form = self.reader.form(run);
        let (speaker, sort, gender) = self.of_form(&form, run, quotation);
        let speaker = Speaker { because: speaker.because.at([source]), ..speaker };
        if speaker.name.is_some() {
            self.history.add(Met {
                at: source.start(),
                speaker: speaker.clone(),
                sort,
                gender,
                can_issue: false,
                spoke: true,
                nested: self.history.is_told(source),
            });
        }
        (speaker, sort, gender)
    }

    fn of_form(&mut self, form: &Form, run: Run, quotation: &Quotation) -> (Speaker, Sort, Option<Gender>) {
        match form {
            Form::Named(cast) => self.named(cast, "speaker.name", run),
            Form::Voice(body) => self.voice(*body, run),
            Form::One(_) | Form::It | Form::Company | Form::They | Form::Issuer => {
                self.pronoun(form, run, quotation)
            }
            Form::Relative => self.relative(run),
            Form::First => self.first_person(quotation),
            Form::Text(issuer) => self.text(*issuer, run, quotation),
            Form::Described(role) => self.described(role, run, quotation),
            Form::Body(nouns) => self.body(nouns, run, quotation),
            Form::Government(state, entity) => (government(state, *entity), Sort::Body, None),
            Form::Agent(nouns, body) => self.agent(nouns, *body, run),
            Form::Nobody => (
                Speaker::unknown(Because::new("speaker.nobody", "the source names nobody")),
                Sort::Crowd,
                None,
            ),
            Form::Printed => self.same_unnamed(run).unwrap_or_else(|| self.printed(run)),
        }
    }

    fn words_of(&self, run: Run) -> &'a str {
        self.reading.words.span(run).slice(self.reading.words.text)
    }

    /// A speaker of the cast, with the chain that led there.
    fn chain(&self, cast: &[usize], rule: &'static str, how: String) -> (Speaker, Sort, Option<Gender>) {
        let mut speaker = of_cast(self.reading, cast);
        speaker.because = Because::new(rule, how);
        let (sort, gender) = match cast {
            [only] => {
                let part = &self.reading.cast[*only];
                let person = part.local.kind == EntityKind::Person;
                (if person { Sort::Person } else { Sort::Body }, part.gender)
            }
            _ => (Sort::Crowd, None),
        };
        (speaker, sort, gender)
    }

    fn named(&self, cast: &[usize], rule: &'static str, run: Run) -> (Speaker, Sort, Option<Gender>) {
        let printed = self.words_of(run);
        if let Some(speaker) = self.behind_voice(cast, run) {
            return speaker;
        }
        let cast: Vec<usize> = cast.iter().map(|entity| self.behind_capital(*entity)).collect();
        let name = of_cast(self.reading, &cast).name.unwrap_or_default();
        let how = if printed == name { String::new() } else { format!("{printed} → {name}") };
        self.chain(&cast, rule, how)
    }

    /// "the Public Relations Centre of the Border Service": the body that it is the voice of.
    fn behind_voice(&self, cast: &[usize], run: Run) -> Option<(Speaker, Sort, Option<Gender>)> {
        let [only] = cast else { return None };
        let name = &self.reading.cast[*only].local.name;
        let (part, body) = name.split_once(" of ")?;
        if !self.reading.lexicon.voice_parts.has(&part.to_lowercase()) {
            return None;
        }
        let body = body.strip_prefix("the ").unwrap_or(body);
        let same =
            |local: &LocalEntity| local.name == body || local.variants.iter().any(|variant| variant == body);
        let entity = self.reading.cast.iter().position(|part| same(&part.local));
        let how = format!("{} speaks for {body}", self.words_of(run));
        let (mut speaker, sort, gender) = self.chain(&[entity.unwrap_or(*only)], "speaker.voice", how);
        if entity.is_none() {
            (speaker.name, speaker.entity, speaker.role) = (Some(body.to_owned()), None, None);
        }
        Some((speaker, sort, gender))
    }

    /// A capital that speaks is its government, where the article names the state.
    fn behind_capital(&self, entity: usize) -> usize {
        let part = &self.reading.cast[entity];
        let capital = self.reading.lexicon.capitals.get(&part.local.name.to_lowercase());
        let state =
            capital.and_then(|state| self.reading.cast.iter().position(|other| other.state == Some(state)));
        state.filter(|_| part.local.kind == EntityKind::Place).unwrap_or(entity)
    }

    fn voice(&mut self, body: usize, run: Run) -> (Speaker, Sort, Option<Gender>) {
        let printed = self.reader.printed(run);
        let how = format!("{} speaks for {}", self.words_of(run), self.reading.cast[body].local.name);
        let (mut speaker, sort, gender) = self.chain(&[body], "speaker.voice", how);
        speaker.role = printed;
        (speaker, sort, gender)
    }

    fn pronoun(&mut self, form: &Form, run: Run, quotation: &Quotation) -> (Speaker, Sort, Option<Gender>) {
        let at = self.reading.words.span(run).start();
        let word = self.words_of(run);
        self.meet_subjects(at, quotation);
        let found = self.history.find(form, at, &quotation.content, self.goes_on(quotation));
        let told = quotation.kind != QuotationKind::Direct;
        let own = || self.history.named_in_own(form, at, &quotation.content).filter(|_| told);
        let Some(met) = found.or_else(own) else {
            let why = format!("nobody before fits “{word}”");
            return (Speaker::unknown(Because::new("speaker.pronoun", why)), Sort::Crowd, None);
        };
        let name = met.speaker.name.clone().unwrap_or_default();
        let how = match (form, met.spoke) {
            (Form::One(Some(Gender::Female)), true) => "the last woman quoted",
            (Form::One(_), true) => "the last man quoted",
            (_, true) => "the last quoted that fits",
            (_, false) => "the last named that fits",
        };
        let gender = if let Form::One(gender) = form { gender.or(met.gender) } else { met.gender };
        if let Form::One(Some(gender)) = form {
            self.history.learn(&met, *gender);
        }
        let because = Because::new("speaker.pronoun", format!("{word} → {name}, {how}"));
        (Speaker { because, ..met.speaker }, met.sort, gender)
    }

    /// "he added": whoever has just spoken goes on.
    fn goes_on(&self, quotation: &Quotation) -> bool {
        let words = &self.reading.words;
        let cue = quotation.cue.map(|cue| words.phrase(words.within(cue)));
        cue.is_some_and(|cue| self.reading.lexicon.continuing_cues.has(&cue))
    }

    /// "who": the name or the role right before it.
    fn relative(&mut self, run: Run) -> (Speaker, Sort, Option<Gender>) {
        let unknown = || {
            (Speaker::unknown(Because::new("speaker.relative", "no name before “who”")), Sort::Crowd, None)
        };
        let words = &self.reading.words;
        let mut end = run.0;
        while end > 0 && matches!(words.low(end - 1), "," | "-" | "–" | "—" | ")" | "(") {
            end -= 1;
        }
        let index = self.reading.names.partition_point(|name| name.run.0 < end);
        let name =
            index.checked_sub(1).map(|index| (&self.reading.names[index], self.reading.entity_of[index]));
        let person = |kind: EntityKind| kind == EntityKind::Person || words.low(run.0) != "who";
        let touching = name.filter(|(name, _)| name.run.1 == end);
        let sentence = self.history.sentence_of(words.span(run).start());
        let before = || {
            let near = index.saturating_sub(6)..index;
            near.rev().map(|at| (&self.reading.names[at], self.reading.entity_of[at])).find(|(name, _)| {
                name.kind == EntityKind::Person
                    && self.history.sentence_of(words.span(name.run).start()) == sentence
            })
        };
        let found = match touching {
            Some((name, _)) if !person(name.kind) => before(),
            touching => touching,
        };
        if let Some((_, entity)) = found {
            let how = format!("{} → {}", self.words_of(run), self.reading.cast[entity].local.name);
            return self.chain(&[entity], "speaker.relative", how);
        }
        let Some(from) = self.phrase_start(end) else { return unknown() };
        let form = self.reader.form((from, end));
        match form {
            Form::Relative
            | Form::One(_)
            | Form::It
            | Form::Company
            | Form::They
            | Form::First
            | Form::Text(_) => unknown(),
            form => self.of_form(&form, (from, end), &self.quotations[0]),
        }
    }

    /// The start of the noun phrase that ends before `end`: at its article or capitals, a few words back.
    fn phrase_start(&self, end: usize) -> Option<usize> {
        let words = &self.reading.words;
        let lexicon = self.reading.lexicon;
        let mut from = end;
        while from > 0 && end - from < 8 && words.same_line(from - 1, end) {
            let Some(word) = words.get(from - 1) else { break };
            if lexicon.determiners.has(&word.low) {
                from -= 1;
                break;
            }
            let plain = word.is_word()
                && (word.is_capital()
                    || !lexicon.is_common_word(&word.low)
                    || lexicon.is_role(&word.low)
                    || lexicon.collective_nouns.has(&word.low)
                    || lexicon.role_modifiers.has(&word.low));
            if !plain {
                break;
            }
            from -= 1;
        }
        (from < end).then_some(from)
    }

    /// "I": whoever's words it stands in.
    fn first_person(&self, quotation: &Quotation) -> (Speaker, Sort, Option<Gender>) {
        let Some(source) = quotation.source else {
            return (Speaker::unknown(Because::new("speaker.first_person", "no source")), Sort::Crowd, None);
        };
        let because = || Because::new("speaker.first_person", "the speaker of the words around it");
        let near = self.done.len().saturating_sub(MOST_AROUND);
        let around = self.quotations.iter().zip(&self.done).skip(near).rev();
        let mut outer = around.filter(|(other, _)| other.content.iter().any(|own| own.contains(source)));
        if let Some((_, (speaker, sort, gender))) = outer.next() {
            return (Speaker { because: because(), ..speaker.clone() }, *sort, *gender);
        }
        match self.history.last_spoken(source.start()) {
            Some(met) => (Speaker { because: because(), ..met.speaker.clone() }, met.sort, met.gender),
            None => (
                Speaker::unknown(Because::new("speaker.first_person", "nobody spoke before")),
                Sort::Crowd,
                None,
            ),
        }
    }

    fn described(&mut self, role: &Role, run: Run, quotation: &Quotation) -> (Speaker, Sort, Option<Gender>) {
        let Some((entity, why)) = self.holder(role, run, quotation) else {
            let (speaker, _, _) = self.same_unnamed(run).unwrap_or_else(|| self.printed(run));
            return (speaker, Sort::Person, role.gender);
        };
        let printed = self.words_of(run).to_owned();
        let how = format!("{printed} → {}, {why}", self.reading.cast[entity].local.name);
        self.described.push((entity, printed));
        self.chain(&[entity], "speaker.role", how)
    }

    /// The person of the cast that a role phrase means, and how that is known.
    fn holder(&self, role: &Role, run: Run, quotation: &Quotation) -> Option<(usize, &'static str)> {
        let describer = &self.describer;
        if let Some(entity) = describer.person_before(role, run.0) {
            return Some((entity, "who has that role here"));
        }
        let words = &self.reading.words;
        let definite = self.reading.lexicon.determiners.has(words.low(run.0)) && !role.plural;
        if let Some(entity) = self.just_spoke(role, run, quotation).filter(|_| definite) {
            return Some((entity, "who was quoted just before"));
        }
        if let Some(entity) = describer.person_after(role, run.0) {
            return Some((entity, "who has that role here"));
        }
        let vague = self.reading.lexicon.vague_offices.has(&role.noun) && role.field.is_empty();
        if let Some(entity) = describer.any_official(run.0).filter(|_| vague) {
            return Some((entity, "who has that role here"));
        }
        if let Some(entity) = describer.only_person(role, run.0).filter(|_| definite) {
            return Some((entity, "the only person named, and without another role"));
        }
        self.named_next(role, run).map(|entity| (entity, "who is named next and quoted"))
    }

    /// “...,” Brandt said. “...,” said the diver: whoever was quoted shortly before, unless the phrase says more than
    /// the noun, or it is an office and the article prints another role of that person.
    fn just_spoke(&self, role: &Role, run: Run, quotation: &Quotation) -> Option<usize> {
        let at = self.reading.words.span(run).start();
        let met = self.history.find(&Form::One(role.gender), at, &quotation.content, true)?;
        let gap = self.history.sentence_of(at).saturating_sub(self.history.sentence_of(met.at));
        let offices = &self.reading.lexicon.public_offices;
        let past = (run.0..run.1).any(|i| self.reading.lexicon.past_words.has(self.reading.words.low(i)));
        let office = !past && role.offices.iter().any(|office| offices.has(office));
        let near = gap <= if office { NEAR_SENTENCES } else { 2 * NEAR_SENTENCES };
        let entity = met.speaker.entity.filter(|_| met.spoke && near)?.0 as usize;
        let plain = role.field.iter().all(|word| self.reading.lexicon.past_words.has(word)) && !role.deputy;
        (plain && (!office || self.reading.cast[entity].roles.is_empty())).then_some(entity)
    }

    /// "The firm's chief said A. Ana Brandt told a broadcaster B": the next person to be quoted, where the
    /// article presents that person there, without a role, and names nobody before who may be meant.
    fn named_next(&self, role: &Role, run: Run) -> Option<usize> {
        let words = &self.reading.words;
        let here = self.history.sentence_of(words.span(run).start());
        let first = self.reading.names.partition_point(|name| name.run.0 < run.1);
        let later = self.reading.names[first..].iter().zip(&self.reading.entity_of[first..]);
        let (name, entity) = later.take(MOST_NEXT).find(|(name, _)| name.kind == EntityKind::Person)?;
        let span = words.span(name.run);
        let gap = self.history.sentence_of(span.start()).saturating_sub(here);
        let open = |entity: usize| {
            let part = &self.reading.cast[entity];
            let gender = role.gender.is_none() || part.gender.is_none() || role.gender == part.gender;
            part.local.kind == EntityKind::Person && part.roles.is_empty() && gender
        };
        let rivalled = self.reading.entity_of[..first].iter().any(|entity| open(*entity));
        let quoted =
            || self.quotations.iter().any(|other| other.source.is_some_and(|source| source.contains(span)));
        ((1..=NEAR_SENTENCES).contains(&gap) && open(*entity) && !rivalled && quoted()).then_some(*entity)
    }

    /// "a spokesman for the energy ministry": the body that it is the voice of.
    fn agent(&mut self, nouns: &[String], body: Option<Run>, run: Run) -> (Speaker, Sort, Option<Gender>) {
        if let Some(entity) = self.describer.named_body(nouns, run.0) {
            return self.voice(entity, run);
        }
        let (mut speaker, sort, gender) = self.printed(run);
        if let Some(called) = body.and_then(|body| self.reader.printed(body)) {
            let how = format!("{} speaks for {called}", self.words_of(run));
            speaker.role = speaker.name.replace(called);
            speaker.because = Because::new("speaker.voice", how);
        }
        (speaker, sort, gender)
    }

    fn body(&mut self, nouns: &[String], run: Run, quotation: &Quotation) -> (Speaker, Sort, Option<Gender>) {
        let any = matches!(nouns, [only] if self.reading.lexicon.any_company.has(only));
        let at = self.reading.words.span(run).start();
        let met = self.history.find(&Form::Company, at, &quotation.content, false).filter(|_| any);
        let met = met.and_then(|met| met.speaker.entity).map(|entity| entity.0 as usize);
        let Some(entity) =
            self.describer.named_body(nouns, run.0).or(met).or_else(|| self.describer.body(nouns, run.0))
        else {
            let (speaker, _, _) = self.printed(run);
            return (speaker, Sort::Body, None);
        };
        let printed = self.words_of(run).to_owned();
        let how = format!("{printed} → {}, the last such body named", self.reading.cast[entity].local.name);
        self.described.push((entity, printed));
        self.chain(&[entity], "speaker.body", how)
    }

    /// "A diver said A. The diver said B": whoever was quoted under the same noun, if only one was.
    fn same_unnamed(&self, run: Run) -> Option<(Speaker, Sort, Option<Gender>)> {
        let words = &self.reading.words;
        let lexicon = self.reading.lexicon;
        let called = self.reader.printed(run)?.to_lowercase();
        if !lexicon.definite_articles.has(words.low(run.0)) || called.contains(' ') {
            return None;
        }
        let is_same = |name: &str| {
            let name = name.to_lowercase();
            let (first, rest) = name.split_once(' ').unwrap_or_default();
            lexicon.indefinite_articles.has(first) && rest.split(' ').any(|word| word == called)
        };
        let near = self.done.len().saturating_sub(MOST_AROUND);
        let mut same =
            self.done.iter().skip(near).filter(|(speaker, ..)| {
                speaker.entity.is_none() && speaker.name.as_deref().is_some_and(is_same)
            });
        let (speaker, sort, gender) = same.next_back()?;
        if same.any(|(other, ..)| other.name != speaker.name) {
            return None;
        }
        let name = speaker.name.clone().unwrap_or_default();
        let how = format!("{} → {name}, quoted before", self.words_of(run));
        Some((Speaker { because: Because::new("speaker.unnamed", how), ..speaker.clone() }, *sort, *gender))
    }

    fn printed(&self, run: Run) -> (Speaker, Sort, Option<Gender>) {
        let name = self.reader.printed(run);
        let lexicon = self.reading.lexicon;
        let crowd = (run.0..run.1).any(|i| {
            let low = self.reading.words.low(i);
            lexicon.is_plural_role(low) || lexicon.collective_nouns.has(low)
        });
        let person = !crowd && (run.0..run.1).any(|i| lexicon.is_role(self.reading.words.low(i)));
        let sort = if person {
            Sort::Person
        } else if crowd {
            Sort::Crowd
        } else {
            Sort::Body
        };
        let speaker = Speaker {
            name: name.clone(),
            entity: None,
            role: name.filter(|_| person),
            because: Because::new("speaker.printed", "called as printed"),
        };
        (speaker, sort, None)
    }

    /// Words in marks that go on after somebody's; a passive names nobody.
    fn without_source(&mut self, quotation: &Quotation) -> Speaker {
        let start = quotation.content.first().map_or(0, |span| span.start());
        let unknown = Speaker::unknown(Because::new("speaker.none", "the text does not tell who speaks"));
        let bare = quotation.because.rule == "quotation.bare";
        let Some(met) = self.history.last_spoken(start).filter(|_| bare).cloned() else { return unknown };
        let gap = self.history.sentence_of(start).saturating_sub(self.history.sentence_of(met.at));
        if gap > LONGEST_GAP {
            return unknown;
        }
        let name = met.speaker.name.clone().unwrap_or_default();
        let because = Because::new("speaker.goes_on", format!("the words go on after those of {name}"));
        let speaker = Speaker { because, ..met.speaker };
        self.history.add(Met { at: start, speaker: speaker.clone(), ..met });
        speaker
    }
}

/// Quotations before one that are looked at for the words it stands in.
const MOST_AROUND: usize = 20;
/// Sentences between a speaker and a description that goes on with that person.
const NEAR_SENTENCES: usize = 2;
/// Names that are looked at after a role for the one that has it.
const MOST_NEXT: usize = 6;
/// Sentences between a speaker and words in marks without one.
const LONGEST_GAP: usize = 4;

fn government(state: &str, entity: Option<usize>) -> Speaker {
    Speaker {
        name: Some(format!("Government of {state}")),
        entity: entity.and_then(|entity| u32::try_from(entity).ok()).map(EntityRef),
        role: None,
        because: Because::new("speaker.government", ""),
    }
}
