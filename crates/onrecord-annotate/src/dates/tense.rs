//! Whether the words around an expression tell what has happened or what is to come.

use super::{lexicon::Role, reader::Reader};
use crate::{
    tagger::{self, Tag},
    tokens::TokenKind,
};

/// How far, in tokens, a verb is looked for on either side.
const REACH: usize = 24;

/// When the verb nearest to an expression puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// No verb tells.
    Unknown,
}

impl Reader<'_> {
    /// The tense around tokens `from..to` by the word classes of the stretch `tags` that starts at token `start`.
    fn around(&self, tags: &[Tag], start: usize, (from, to): (usize, usize)) -> Tense {
        let tag = |i: usize| i.checked_sub(start).and_then(|at| tags.get(at)).copied();
        let left = (start..from).rev().take_while(|&i| !self.is_barrier(i));
        for i in left {
            if self.is(i, Role::Expecting) {
                return Tense::Future;
            }
            match self.verb_tense(i, start, &tag) {
                Some(tense) if tense != Tense::Unknown => return tense,
                _ => {}
            }
        }
        (to..start + tags.len())
            .take_while(|&i| !self.is_barrier(i))
            .find_map(|i| self.verb_tense(i, start.max(to), &tag).filter(|tense| *tense != Tense::Unknown))
            .unwrap_or(Tense::Unknown)
    }

    fn is_barrier(&self, i: usize) -> bool {
        self.is_mark(i, &[";", ":", "“", "”", "\"", "``", "''", "«", "»", ".", "!", "?"])
    }

    fn verb_tense(&self, i: usize, start: usize, tag: &impl Fn(usize) -> Option<Tag>) -> Option<Tense> {
        Some(match tag(i)? {
            Tag::Vbn | Tag::Jj if self.is(i, Role::Expecting) => Tense::Future,
            Tag::Md => {
                let past = (i + 1..i + 4).any(|at| self.is(at, Role::Perfect));
                if past || !self.is(i, Role::Future) { Tense::Past } else { Tense::Future }
            }
            Tag::Vbd => Tense::Past,
            Tag::Vb => self.base_tense(i, start, tag),
            Tag::Vbn | Tag::Vbg => self.participle_tense(i, start, tag),
            Tag::Vbz | Tag::Vbp if self.is(i, Role::Perfect) => Tense::Past,
            Tag::Vbz | Tag::Vbp if self.is(i, Role::Be) => Tense::Unknown,
            Tag::Vbz | Tag::Vbp if self.is(i, Role::Starting) => Tense::Future,
            Tag::Vbz | Tag::Vbp => Tense::Past,
            _ => return None,
        })
    }

    /// "will meet", "agreed to meet", "failed to meet".
    fn base_tense(&self, i: usize, start: usize, tag: &impl Fn(usize) -> Option<Tag>) -> Tense {
        for at in (start..i).rev().take(4) {
            match tag(at) {
                Some(Tag::Md) => return if self.is(at, Role::Future) { Tense::Future } else { Tense::Past },
                Some(Tag::To) => {
                    let head = at.checked_sub(1).filter(|head| *head >= start);
                    let done = head.is_some_and(|head| self.is(head, Role::Done));
                    return if done { Tense::Past } else { Tense::Future };
                }
                _ => {}
            }
        }
        Tense::Unknown
    }

    fn participle_tense(&self, i: usize, start: usize, tag: &impl Fn(usize) -> Option<Tag>) -> Tense {
        let going = tag(i) == Some(Tag::Vbg);
        for at in (start..i).rev().take(4) {
            match tag(at) {
                Some(Tag::Md) if self.is(at, Role::Future) => {
                    let past = (at + 1..i).any(|have| self.is(have, Role::Perfect));
                    return if past { Tense::Past } else { Tense::Future };
                }
                Some(Tag::To) => return Tense::Future,
                Some(Tag::Vbd) => return Tense::Past,
                _ if self.is(at, Role::Perfect) => return Tense::Past,
                Some(Tag::Vbz | Tag::Vbp) if going && self.is(at, Role::Going) => return Tense::Future,
                _ => {}
            }
        }
        if going { Tense::Unknown } else { Tense::Past }
    }

    /// The tense around tokens `from..to`, in the sentence they stand in.
    pub(super) fn tense(&self, from: usize, to: usize, opens: impl Fn(usize) -> bool) -> Tense {
        let is_break = |i: usize| self.tokens[i].kind == TokenKind::Break;
        let start = (from.saturating_sub(REACH)..from).rev().find(|&i| opens(i + 1) || is_break(i));
        let start = start.map_or(from.saturating_sub(REACH), |i| i + 1).min(from);
        let end = (to..(to + REACH).min(self.tokens.len())).find(|&i| opens(i) || is_break(i));
        let end = end.unwrap_or((to + REACH).min(self.tokens.len()));
        let tags = tagger::tag_read(self.reading, self.text, &self.tokens[start..end], |_| false);
        self.around(&tags, start, (from, to))
    }
}
