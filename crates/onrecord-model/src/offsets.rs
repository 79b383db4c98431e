//! From a cleaned text back to the text it was made from.

use crate::Span;

/// Says for every byte of a derived text where it stood in its source.
///
/// A list of runs in order of the derived text; inside a run both texts advance byte by byte.
/// Derived bytes between runs (an inserted line break, a decoded entity) map to the gap between the
/// neighbouring runs in the source. Source positions never decrease.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

/// `len` bytes from `derived` on are the bytes from `source` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    derived: u32,
    source: u32,
    len: u32,
}

impl OffsetMap {
    /// The map of a text onto itself.
    pub fn identity(len: usize) -> Self {
        let mut map = Self::default();
        map.push(0, Span::new(0, len));
        map
    }

    /// Says that the bytes from `derived` on stand at `source` in the source. Must be called in
    /// order of both; a run that continues the last one is joined with it.
    pub fn push(&mut self, derived: usize, source: Span) {
        if source.is_empty() {
            return;
        }
        let run = Run {
            derived: Span::new(derived, derived).start() as u32,
            source: source.start() as u32,
            len: source.len() as u32,
        };
        if let Some(last) = self.runs.last_mut() {
            debug_assert!(last.derived + last.len <= run.derived && last.source + last.len <= run.source);
            if last.derived + last.len == run.derived && last.source + last.len == run.source {
                last.len += run.len;
                return;
            }
        }
        self.runs.push(run);
    }

    /// Where `span` of the derived text stands in the source: from the first byte it came from to
    /// the last. `None` when nothing of it came from the source.
    pub fn to_source(&self, span: Span) -> Option<Span> {
        let (start, end) = (span.start() as u32, span.end() as u32);
        let first = self.runs.partition_point(|run| run.derived + run.len <= start);
        let beyond = self.runs.partition_point(|run| run.derived < end);
        let (head, tail) = (self.runs.get(first)?, self.runs.get(beyond.checked_sub(1)?)?);
        if first >= beyond {
            return None;
        }
        let from = head.source + start.saturating_sub(head.derived);
        let to = tail.source + (end - tail.derived).min(tail.len);
        Some(Span::new(from as usize, to as usize))
    }

    /// The map from this map's derived text to the source of `outer`, where this map's source is
    /// the derived text of `outer`.
    #[must_use]
    pub fn then(&self, outer: &OffsetMap) -> OffsetMap {
        let mut joined = OffsetMap::default();
        for run in &self.runs {
            let end = run.source + run.len;
            let first = outer.runs.partition_point(|o| o.derived + o.len <= run.source);
            for o in outer.runs[first..].iter().take_while(|o| o.derived < end) {
                let from = o.derived.max(run.source);
                let to = (o.derived + o.len).min(end);
                let derived = run.derived + (from - run.source);
                let source = o.source + (from - o.derived);
                joined.push(derived as usize, Span::new(source as usize, (source + (to - from)) as usize));
            }
        }
        joined
    }

    /// The runs as `(derived, source, length)`, for storing.
    pub fn runs(&self) -> impl Iterator<Item = (u32, u32, u32)> + '_ {
        self.runs.iter().map(|run| (run.derived, run.source, run.len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "ab cd" made from "ab&nbsp;cd": the blank stands for the entity.
    fn entity() -> OffsetMap {
        let mut map = OffsetMap::default();
        map.push(0, Span::new(0, 2));
        map.push(3, Span::new(8, 10));
        map
    }

    #[test]
    fn a_span_is_found_in_its_source() {
        assert_eq!(entity().to_source(Span::new(0, 5)), Some(Span::new(0, 10)));
        assert_eq!(entity().to_source(Span::new(3, 4)), Some(Span::new(8, 9)));
        assert_eq!(entity().to_source(Span::new(2, 3)), None);
        assert_eq!(OffsetMap::default().to_source(Span::new(0, 1)), None);
    }

    #[test]
    fn maps_compose() {
        let mut lines = OffsetMap::default(); // keeps "cd" of "ab cd"
        lines.push(0, Span::new(3, 5));
        assert_eq!(lines.then(&entity()).to_source(Span::new(0, 2)), Some(Span::new(8, 10)));
    }
}
