//! Groups of actors: noun phrases that one verb or preposition takes together, and whom they name.

use jiff::civil::Date;
use onrecord_model::{Annotations, EntityKind, EntityRef};

use super::actors::joined;
use super::dictionary::Dictionary;
use super::words::{Run, Words};
use crate::tagger::Tag;

/// One of the actors of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Actor {
    pub(super) words: Run,
    /// By the dictionary; `None` for a person, body or role that it does not list.
    pub(super) code: Option<String>,
}

/// Noun phrases together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) words: Run,
    /// Those that act; empty for things.
    pub(super) actors: Vec<Actor>,
    /// A pronoun that nothing was found for.
    pub(super) is_pronoun: bool,
    /// The preposition before it.
    pub(super) preposition: Option<usize>,
}

/// Codes that this article's names were given, for those who are later only called "she" or by their surname.
pub(super) type Known = std::collections::BTreeMap<EntityRef, String>;

/// What an article's groups are read with.
pub(super) struct Reader<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) marks: &'a Annotations,
    pub(super) dictionary: &'a Dictionary,
    pub(super) day: Option<Date>,
    pub(super) known: Known,
}

/// More phrases between commas are no list of actors.
const LONGEST_LIST: usize = 8;

/// A piece of a group: a name, a role, or what stands between them.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Name {
        words: Run,
        codes: Vec<String>,
    },
    Role {
        words: Run,
        code: String,
    },
    And,
    /// "and" between two peoples before one noun: "French and Egyptian warships".
    AndAlike,
    Of,
}

impl Reader<'_> {
    /// The groups of one sentence, in order.
    pub(super) fn groups(&mut self, sentence: Run) -> Vec<Group> {
        let phrases = self.words.noun_phrases(sentence);
        let mut groups: Vec<Group> = Vec::new();
        let mut next = 0;
        while next < phrases.len() {
            let (last, words) = self.extent(&phrases, next);
            groups.push(self.group(&phrases[next..=last], words, sentence));
            next = last + 1;
        }
        groups
    }

    /// How far the group that starts with phrase `first` goes.
    fn extent(&self, phrases: &[Run], first: usize) -> (usize, Run) {
        let mut last = first;
        while let Some(&(from, to)) = phrases.get(last + 1) {
            let end = phrases[last].1;
            let bound = self.is_bound(phrases[first].0, end, from);
            if bound || self.is_joined(end, from, to) {
                last += 1;
            } else if let Some(end) = self.list_end(phrases, last) {
                last = end;
            } else {
                break;
            }
        }
        (last, (phrases[first].0, phrases[last].1))
    }

    /// "of" between two phrases, or "in" after a role without a name.
    fn is_bound(&self, start: usize, end: usize, from: usize) -> bool {
        let lexicon = self.words.lexicon;
        from == end + 1
            && (lexicon.of.has(self.words.low(end))
                || (lexicon.home.has(self.words.low(end)) && self.is_nameless_role((start, end))))
    }

    fn is_nameless_role(&self, run: Run) -> bool {
        let pieces = self.pieces(run);
        pieces.iter().any(|piece| matches!(piece, Piece::Role { .. }))
            && !pieces.iter().any(|piece| matches!(piece, Piece::Name { .. }))
    }

    /// "and", or ", and", where what follows is not the subject of the next clause.
    fn is_joined(&self, end: usize, from: usize, to: usize) -> bool {
        let comma = self.words.low(end) == ",";
        let new_clause = (comma || self.is_object(end)) && self.starts_verb(to);
        self.has_and(end, from) && !new_clause && self.words.tag(from) != Tag::Prp
    }

    fn has_and(&self, end: usize, from: usize) -> bool {
        let and = end + usize::from(self.words.low(end) == ",");
        from == and + 1 && self.words.tag(and) == Tag::Cc
    }

    /// Whether the phrase that ends at `end` comes after the verb of its clause.
    fn is_object(&self, end: usize) -> bool {
        let before = (end.saturating_sub(24)..end).rev();
        let clause = before.take_while(|&i| {
            self.words.tag(i) != Tag::Punct && !self.words.lexicon.complementizers.has(self.words.low(i))
        });
        let mut verbs =
            clause.filter(|&i| matches!(self.words.tag(i), Tag::Md | Tag::Vbd | Tag::Vbz | Tag::Vbp));
        verbs.next().is_some()
    }

    fn starts_verb(&self, at: usize) -> bool {
        let at = if self.words.tag(at) == Tag::Rb { at + 1 } else { at };
        matches!(self.words.tag(at), Tag::Md | Tag::Vbd | Tag::Vbz | Tag::Vbp)
    }

    /// "A, B and C": where the list that goes on with a comma has its "and", the phrase after that.
    fn list_end(&self, phrases: &[Run], last: usize) -> Option<usize> {
        let mut at = last;
        while let (Some(&(_, end)), Some(&(from, _))) = (phrases.get(at), phrases.get(at + 1)) {
            if self.has_and(end, from) {
                return (at > last).then_some(at + 1);
            }
            let comma = from == end + 1 && self.words.low(end) == ",";
            if !comma || at > last + LONGEST_LIST {
                return None;
            }
            at += 1;
        }
        None
    }

    fn group(&mut self, phrases: &[Run], words: Run, sentence: Run) -> Group {
        let before = words.0.checked_sub(1).filter(|&at| at >= sentence.0);
        let preposition = before.filter(|&at| matches!(self.words.tag(at), Tag::In | Tag::To));
        let is_pronoun = phrases.len() == 1 && self.words.tag(words.0) == Tag::Prp;
        let mut actors = resolved(&self.pieces(words));
        if actors.is_empty() {
            actors = self.chains(phrases).into_iter().filter_map(|chain| self.mentioned(chain)).collect();
        }
        self.learn(&actors);
        let is_pronoun = is_pronoun && actors.is_empty();
        Group { words, actors, is_pronoun, preposition }
    }

    /// Phrases with what "of" adds to them: "the Council of Ministers" is one.
    fn chains(&self, phrases: &[Run]) -> Vec<Run> {
        let mut chains: Vec<Run> = Vec::new();
        for &(from, to) in phrases {
            match chains.last_mut() {
                Some(last) if from == last.1 + 1 && self.words.lexicon.of.has(self.words.low(last.1)) => {
                    last.1 = to;
                }
                _ => chains.push((from, to)),
            }
        }
        chains
    }

    /// Names and roles of a run of words.
    fn pieces(&self, (from, to): Run) -> Vec<Piece> {
        let words = self.words;
        let mut pieces = Vec::new();
        let mut at = from;
        let mut is_former = false;
        while at < to {
            let normal = &words.normal[at..to];
            let name =
                words.may_be_name(at).then(|| self.dictionary.actors.longest(normal, self.day)).flatten();
            let role = self.dictionary.agents.longest(normal);
            match (name, role) {
                (Some((n, codes)), role) if role.is_none_or(|(longer, _)| n >= longer) => {
                    pieces.push(Piece::Name { words: (at, at + n), codes });
                    at += n;
                }
                (_, Some((n, code))) => {
                    let code = if is_former { "~ELI".to_owned() } else { code.to_owned() };
                    pieces.push(Piece::Role { words: (at, at + n), code });
                    at += n;
                }
                _ => {
                    is_former |= words.lexicon.former.has(words.low(at));
                    let of = words.lexicon.of.has(words.low(at)) || words.lexicon.home.has(words.low(at));
                    if of {
                        pieces.push(Piece::Of);
                    } else if words.tag(at) == Tag::Cc || words.low(at) == "," {
                        is_former = false;
                        pieces.extend(self.and(at));
                    }
                    at += 1;
                }
            }
        }
        pieces
    }

    /// What "and" does between two names; nothing in "awful and evil".
    fn and(&self, at: usize) -> Option<Piece> {
        let is_adjective = |i: usize| self.words.tag(i) == Tag::Jj;
        let between = at > 0 && is_adjective(at - 1) && is_adjective(at + 1);
        let peoples = between && self.words.is_people(at - 1) && self.words.is_people(at + 1);
        match (between, peoples) {
            (_, true) => Some(Piece::AndAlike),
            (false, _) => Some(Piece::And),
            (true, false) => None,
        }
    }

    /// A phrase with the name of a person, body or state that no dictionary lists, or a pronoun for one.
    fn mentioned(&self, phrase: Run) -> Option<Actor> {
        let span = self.words.span(phrase);
        let mentions = &self.marks.mentions;
        let first = mentions.partition_point(|mention| mention.span.end() <= span.start());
        let within = mentions[first..].iter().take_while(|mention| mention.span.start() < span.end());
        let acts = within.filter(|mention| {
            matches!(mention.kind, EntityKind::Person | EntityKind::Organisation | EntityKind::State)
        });
        let mention = acts.last()?;
        let is_pronoun = self.words.tag(phrase.0) == Tag::Prp;
        let code = mention.entity.and_then(|entity| self.known.get(&entity)).cloned();
        (!is_pronoun || mention.entity.is_some()).then_some(Actor { words: phrase, code })
    }

    /// Keeps the codes of names for later mentions of the same.
    fn learn(&mut self, actors: &[Actor]) {
        for actor in actors {
            let Some(code) = &actor.code else { continue };
            let span = self.words.span(actor.words);
            let mentions = &self.marks.mentions;
            let first = mentions.partition_point(|mention| mention.span.end() <= span.start());
            let named = mentions.get(first).filter(|mention| mention.span.overlaps(span));
            if let Some(entity) = named.and_then(|mention| mention.entity) {
                self.known.entry(entity).or_insert_with(|| code.clone());
            }
        }
    }
}

/// A name with its roles, or roles that look for a name.
#[derive(Debug, Clone)]
struct Item {
    words: Run,
    codes: Vec<String>,
    roles: Vec<String>,
    /// Has the roles of the next one too.
    is_alike: bool,
}

/// Roles joined with the names that they belong to: "lawmakers in A and B", "the army and police of A",
/// "A's media and government".
fn resolved(pieces: &[Piece]) -> Vec<Actor> {
    let mut lists: Vec<Vec<Item>> = vec![vec![]];
    let mut open: Option<Item> = None;
    for piece in pieces {
        match piece {
            Piece::Name { codes, .. } if codes.is_empty() => {}
            Piece::Name { words, codes } => {
                let item =
                    open.get_or_insert(Item { words: *words, codes: vec![], roles: vec![], is_alike: false });
                item.words.1 = words.1;
                if item.codes.is_empty() {
                    item.codes.clone_from(codes);
                }
            }
            Piece::Role { words, code } => {
                let item =
                    open.get_or_insert(Item { words: *words, codes: vec![], roles: vec![], is_alike: false });
                item.words.1 = words.1;
                item.roles.push(code.clone());
            }
            Piece::And | Piece::AndAlike => {
                if let (Some(mut item), Some(list)) = (open.take(), lists.last_mut()) {
                    item.is_alike = *piece == Piece::AndAlike;
                    list.push(item);
                }
            }
            Piece::Of => {
                if let (Some(item), Some(list)) = (open.take(), lists.last_mut()) {
                    list.push(item);
                }
                lists.push(vec![]);
            }
        }
    }
    if let (Some(item), Some(list)) = (open.take(), lists.last_mut()) {
        list.push(item);
    }
    lists.retain(|list| !list.is_empty());
    merged(lists)
}

/// The list after "of" gives its names to the roles before it that have none.
fn merged(lists: Vec<Vec<Item>>) -> Vec<Actor> {
    let mut lists = lists.into_iter();
    let Some(mut first) = lists.next() else { return Vec::new() };
    for mut next in lists {
        let names: Vec<Item> = next.iter().filter(|item| !item.codes.is_empty()).cloned().collect();
        let is_open = first.iter().any(|item| item.codes.is_empty());
        if !is_open || names.is_empty() {
            continue;
        }
        let split = first.iter().rposition(|item| !item.codes.is_empty()).map_or(0, |at| at + 1);
        let roles = first.split_off(split);
        for role in roles {
            for name in &names {
                let all = role.roles.iter().chain(&name.roles).cloned().collect();
                let words = (role.words.0.min(name.words.0), role.words.1.max(name.words.1));
                let words = if names.len() > 1 { name.words } else { words };
                first.push(Item { words, codes: name.codes.clone(), roles: all, is_alike: false });
            }
        }
        next.clear();
    }
    shared(&mut first);
    first.iter().flat_map(coded).collect()
}

/// "A's media and government": a role without a name after a name with a role has the same name.
fn shared(items: &mut [Item]) {
    for at in 1..items.len() {
        let (before, rest) = items.split_at_mut(at);
        let (Some(before), Some(item)) = (before.last_mut(), rest.first_mut()) else { continue };
        if before.is_alike {
            before.roles.extend(item.roles.iter().cloned());
        }
        if item.codes.is_empty() && !before.codes.is_empty() && !before.roles.is_empty() {
            item.codes.clone_from(&before.codes);
        }
    }
}

fn coded(item: &Item) -> Vec<Actor> {
    let words = item.words;
    let with_roles = |code: &str| item.roles.iter().fold(code.to_owned(), |code, role| joined(&code, role));
    if item.codes.is_empty() {
        let role = item.roles.iter().fold(String::new(), |code, role| joined(&code, role));
        return vec![Actor { words, code: Some(format!("---{role}")) }];
    }
    item.codes.iter().map(|code| Actor { words, code: Some(with_roles(code)) }).collect()
}
