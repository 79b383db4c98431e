//! Finds acts of reporting: quoted words with a cue beside them or between them, lines that a dash opens, and
//! clauses with "that".

use onrecord_model::{Annotations, Article, Because, DateReference, Quotation, QuotationKind, Span, Speaker};

use super::{
    mentions::Reading,
    sources::{LEXICON, Lexicon, Run, SourceReader},
    words::Words,
};
use crate::{
    Annotator,
    quotations::marks::{self, Quoted},
};

/// Finds acts of reporting.
pub(super) struct Quotations;

impl Annotator for Quotations {
    fn name(&self) -> &'static str {
        "quotations"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        let reading = Reading::of(article, &out.sentences);
        let lexicon = LEXICON.of(article);
        let quoted = marks::pair(&article.text, &reading.words.tokens);
        let mut finder = Finder {
            words: &reading.words,
            lexicon,
            sources: SourceReader { reading: &reading, lexicon },
            quoted,
            found: Vec::new(),
        };
        finder.run(&out.sentences);
        let Finder { mut found, quoted, .. } = finder;
        found.sort_by_key(Report::start);
        out.quotations = found
            .iter()
            .map(|report| quotation((&reading.words, lexicon), &quoted, report, &out.dates))
            .collect();
    }
}

/// One act of reporting, in tokens.
#[derive(Debug, Clone)]
struct Report {
    source: Option<Run>,
    cue: Option<Run>,
    content: Vec<Run>,
    /// The words around the cue that tell when.
    clause: Run,
    spoken: bool,
    rule: &'static str,
}

impl Report {
    fn start(&self) -> (usize, usize) {
        let parts = self.content.iter().chain(&self.source).chain(&self.cue);
        (parts.map(|run| run.0).min().unwrap_or(0), self.content.first().map_or(0, |run| run.0))
    }
}

fn quotation(
    (words, lexicon): (&Words<'_>, &Lexicon),
    quoted: &[Quoted],
    report: &Report,
    dates: &[DateReference],
) -> Quotation {
    let span = |run: &Run| words.span(run.0, run.1);
    let clause = span(&report.clause);
    let holds =
        |date: &&DateReference| date.span.start() >= clause.start() && date.span.end() <= clause.end();
    let told = (report.clause.0..report.clause.1).find(|&at| lexicon.lists.addressees.has(words.low(at)));
    let because = Because::new(report.rule, "");
    Quotation {
        kind: if report.spoken { QuotationKind::Direct } else { kind_of(quoted, &report.content) },
        source: report.source.as_ref().map(span),
        cue: report.cue.as_ref().map(span),
        content: report.content.iter().map(span).collect(),
        speaker: Speaker::unknown(because.clone()),
        addressee: told.map(|at| words.span(at, at + 1)),
        said_on: dates.iter().find(holds).and_then(|date| date.value.clone()),
        place: None,
        because,
    }
}

fn kind_of(quoted: &[Quoted], content: &[Run]) -> QuotationKind {
    let inside = |run: &Run| quoted.iter().any(|pair| pair.open < run.0 && run.1 <= pair.close);
    let touches = |run: &Run| quoted.iter().any(|pair| pair.open < run.1 && run.0 < pair.close);
    if content.iter().all(inside) {
        QuotationKind::Direct
    } else if content.iter().any(touches) {
        QuotationKind::Mixed
    } else {
        QuotationKind::Indirect
    }
}

/// A cue with its source, and where its clause ends.
#[derive(Debug, Clone, Copy)]
struct CueClause {
    source: Option<Run>,
    cue: Run,
    from: usize,
    end: usize,
}

/// Tokens of a reporting clause.
const LONGEST_CLAUSE: usize = 40;
/// Words between a dash and its cue: "— тут же тихо ответил".
const BEFORE_CUE: usize = 6;
/// Parts of one interrupted quotation.
const MOST_PARTS: usize = 8;

struct Finder<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
    sources: SourceReader<'a>,
    quoted: Vec<Quoted>,
    found: Vec<Report>,
}

impl Finder<'_> {
    fn run(&mut self, sentences: &[Span]) {
        self.lines_after_dashes();
        let mut n = 0;
        while n < self.quoted.len() {
            n = self.quotation_at(n).max(n + 1);
        }
        for sentence in sentences {
            let run = self.words.run_of(*sentence);
            self.clauses(run);
        }
    }

    fn low(&self, i: usize) -> &str {
        self.words.low(i)
    }

    /// Whether some quotation's content lies on token `i`.
    fn is_taken(&self, i: usize) -> bool {
        self.found
            .iter()
            .rev()
            .take(MOST_NEAR)
            .any(|report| report.content.iter().any(|run| run.0 <= i && i < run.1))
    }

    fn is_cue_taken(&self, i: usize) -> bool {
        self.found
            .iter()
            .rev()
            .take(MOST_NEAR)
            .any(|report| report.cue.is_some_and(|cue| cue.0 <= i && i < cue.1))
    }

    /// Content without its comma at the end; `None` where nothing is left.
    fn trimmed(&self, (from, mut to): Run, stops: &[&str]) -> Option<Run> {
        while to > from && self.words.is_mark(to - 1, stops) {
            to -= 1;
        }
        (from < to && (from..to).any(|i| self.words.is_word(i))).then_some((from, to))
    }

    /// The cue clause that starts at token `i`, before `limit`.
    fn cue_clause(&self, i: usize, limit: usize) -> Option<CueClause> {
        let limit = limit.min(i + LONGEST_CLAUSE);
        let cue = (i..limit.min(i + BEFORE_CUE))
            .take_while(|&at| self.words.is_word(at))
            .find(|&at| self.is_cue(at))?;
        let before = self
            .sources
            .before(cue, i)
            .filter(|run| run.0 == i || self.sources.skip_inserts(i, cue) == run.0);
        if before.is_none() && self.sources.skip_inserts(i, cue) != cue {
            return None;
        }
        let end = self.clause_end(cue + 1, limit);
        let source = before.or_else(|| self.source_after(cue, end));
        Some(CueClause { source, cue: (cue, cue + 1), from: i, end })
    }

    fn is_cue(&self, i: usize) -> bool {
        self.lexicon.verb(self.low(i)).is_some() || self.lexicon.lists.passives.has(self.low(i))
    }

    fn source_after(&self, cue: usize, end: usize) -> Option<Run> {
        if self.lexicon.lists.passives.has(self.low(cue)) {
            return self.document(cue + 1, end);
        }
        self.sources.after(cue + 1, end)
    }

    /// "говорится в сообщении министерства": the text, with whose it is.
    fn document(&self, i: usize, end: usize) -> Option<Run> {
        let noun = i + 1;
        let is_text =
            self.lexicon.lists.in_words.has(self.low(i)) && self.lexicon.lists.documents.has(self.low(noun));
        let to = self.sources.phrase(noun + 1, super::endings::Cases::GENITIVE).map_or(noun + 1, |run| run.1);
        (is_text && to <= end).then_some((noun, to))
    }

    /// Where a cue clause ends: at a stop, at a dash behind a mark, before opening marks or the end of the line.
    fn clause_end(&self, from: usize, limit: usize) -> usize {
        let ends = |&at: &usize| {
            self.words.is_edge(at)
                || self.words.is_mark(at, &[".", "!", "?", "…", ":", ";", "..."])
                || (self.words.is_dash(at) && self.words.is_mark(at - 1, &[",", "."]))
        };
        (from..limit).find(ends).unwrap_or(limit.min(self.words.len()))
    }

    /// One past the clause's stop and dash, where more of the same speech follows.
    fn goes_on_after(&self, end: usize) -> Option<usize> {
        let mut at = end;
        if self.words.is_mark(at, &[".", ",", "…", "!", "?"]) {
            at += 1;
        }
        self.words.is_dash(at).then_some(at + 1)
    }

    /// Lines that a dash opens: "— Мы ждем, — сказал министр. — Долго."
    fn lines_after_dashes(&mut self) {
        let mut from = 0;
        while from < self.words.len() {
            let to = (from..self.words.len()).find(|&at| self.words.is_edge(at)).unwrap_or(self.words.len());
            if to > from + 1 && self.words.is_dash(from) {
                self.interrupted((from + 1, to), "quotation.dialogue", true);
            }
            from = to + 1;
        }
    }

    /// Speech `from..to` with a cue between dashes in it.
    fn interrupted(&mut self, (from, to): Run, rule: &'static str, spoken: bool) -> bool {
        let mut parts: Vec<Run> = Vec::new();
        let mut told: Option<CueClause> = None;
        let mut start = from;
        let mut at = from + 1;
        while at + 1 < to && parts.len() < MOST_PARTS {
            let opens = self.words.is_dash(at)
                && self.words.is_mark(at - 1, &[",", "!", "?", "…", "...", "»", "“", "”", "."]);
            let clause = if opens { self.cue_clause(at + 1, to) } else { None };
            let Some(clause) = clause.filter(|clause| told.is_none() || clause.source.is_some()) else {
                at += 1;
                continue;
            };
            if told.is_some() {
                break;
            }
            parts.extend(self.trimmed((start, at), &[","]));
            told = Some(clause);
            start = self.goes_on_after(clause.end).filter(|next| *next < to).unwrap_or(to);
            at = start.max(at + 1);
        }
        let Some(clause) = told else { return false };
        parts.extend(self.trimmed((start, to), &[","]));
        if parts.is_empty() {
            return false;
        }
        self.found.push(Report {
            source: clause.source,
            cue: Some(clause.cue),
            content: parts,
            clause: (clause.from, clause.end.max(clause.from + 1)),
            spoken,
            rule,
        });
        true
    }

    /// Reads the quoted stretch `n`, and those that go on with it; one past the last.
    fn quotation_at(&mut self, n: usize) -> usize {
        let pair = self.quoted[n];
        if self.is_taken(pair.open) || pair.close <= pair.open + 1 {
            return n + 1;
        }
        if self.interrupted((pair.open + 1, pair.close), "quotation.interrupted", false) {
            return n + 1;
        }
        if let Some(next) = self.before_cue(n) {
            return next;
        }
        self.after_colon(n);
        n + 1
    }

    /// «Мы ждем», — сказал министр. — «Долго».
    fn before_cue(&mut self, n: usize) -> Option<usize> {
        let pair = self.quoted[n];
        let mut at = pair.close + 1;
        if self.words.is_mark(at, &[",", "."]) {
            at += 1;
        }
        let dash = self.words.is_dash(at);
        let comma = self.words.is_mark(at - 1, &[","]);
        if !dash && !comma {
            return None;
        }
        let clause = self.cue_clause(at + usize::from(dash), self.words.len())?;
        if !dash && clause.source.is_none() {
            return None;
        }
        let mut parts: Vec<Run> = self.trimmed((pair.open + 1, pair.close), &[","]).into_iter().collect();
        let mut next = n + 1;
        let more = self.goes_on_after(clause.end).and_then(|at| Some((at, self.quoted.get(next)?)));
        if let Some((_, pair)) = more.filter(|(at, pair)| pair.open == *at) {
            parts.extend(self.trimmed((pair.open + 1, pair.close), &[","]));
            next += 1;
        }
        (!parts.is_empty()).then(|| {
            self.found.push(Report {
                source: clause.source,
                cue: Some(clause.cue),
                content: parts,
                clause: (clause.from, clause.end.max(clause.from + 1)),
                spoken: false,
                rule: "quotation.after_content",
            });
            next
        })
    }

    /// Министр сказал: «Мы ждем».
    fn after_colon(&mut self, n: usize) {
        let pair = self.quoted[n];
        let Some(colon) = pair.open.checked_sub(1).filter(|&at| self.words.is_mark(at, &[":"])) else {
            return;
        };
        let start = self.sentence_start(colon);
        let cue = (start..colon).rev().find(|&at| self.is_cue(at) && !self.is_cue_taken(at));
        let source = match cue {
            Some(cue) => self.source_after(cue, colon).or_else(|| self.sources.before(cue, start)),
            None => {
                self.sources.phrase(start, super::endings::Cases::NOMINATIVE).filter(|run| run.1 == colon)
            }
        };
        let content = self.trimmed((pair.open + 1, pair.close), &[","]);
        if let Some(content) = content.filter(|_| cue.is_some() || source.is_some()) {
            self.found.push(Report {
                source,
                cue: cue.map(|cue| (cue, cue + 1)),
                content: vec![content],
                clause: (start, colon),
                spoken: false,
                rule: "quotation.colon",
            });
        }
    }

    /// The first token of the clause that ends before `end`: behind a stop, a line end, or the mark that closes a quotation.
    fn sentence_start(&self, end: usize) -> usize {
        let stops = |at: &usize| {
            self.words.is_edge(*at)
                || self.words.is_mark(*at, &[".", "!", "?", "…"])
                || (self.words.opens_sentence(at + 1) && self.words.is_mark(*at, &["»", "“", "”"]))
        };
        (end.saturating_sub(LONGEST_CLAUSE)..end)
            .rev()
            .find(stops)
            .map_or(end.saturating_sub(LONGEST_CLAUSE), |at| at + 1)
    }

    /// Clauses of one sentence that report without marks.
    fn clauses(&mut self, (from, to): Run) {
        if self.words.is_dash(from) || self.is_taken(from) {
            return;
        }
        if let Some(report) = self.according((from, to)).or_else(|| self.as_told((from, to))) {
            self.found.push(report);
            return;
        }
        let cues: Vec<usize> =
            (from..to).filter(|&at| self.lexicon.verb(self.low(at)) == Some(false)).collect();
        for cue in cues {
            if self.is_taken(cue)
                || self.is_cue_taken(cue)
                || self.quoted.iter().any(|pair| pair.open < cue && cue < pair.close)
            {
                continue;
            }
            if let Some(report) = self.that_clause(cue, (from, to)).or_else(|| self.trailing(cue, (from, to)))
            {
                self.found.push(report);
                return;
            }
        }
    }

    /// Министр сообщил, что мост закрыт.
    fn that_clause(&self, cue: usize, (from, to): Run) -> Option<Report> {
        let is_that =
            |&at: &usize| self.words.is_mark(at, &[","]) && self.lexicon.lists.that.has(self.low(at + 1));
        let comma = (cue + 1..to.min(cue + LONGEST_CLAUSE)).find(is_that)?;
        let plain = (cue + 1..comma).all(|at| {
            self.words.is_word(at) || self.words.is_number(at) || self.words.is_mark(at, &["«", "»"])
        });
        let start =
            (from..cue).rev().find(|&at| self.words.is_mark(at, &[";", ":"])).map_or(from, |at| at + 1);
        let source = self.sources.before(cue, start).or_else(|| self.sources.after(cue + 1, comma))?;
        let content = self.unquoted(self.trimmed((comma + 2, to), &[".", ",", ";"])?);
        (plain && !self.is_taken(content.0))
            .then(|| self.clause_report((Some(source), (cue, cue + 1)), content, "quotation.that_clause"))
    }

    /// A content that is all in one pair of marks, without the marks.
    fn unquoted(&self, (from, to): Run) -> Run {
        let whole = self
            .quoted
            .iter()
            .find(|pair| pair.open == from && pair.close + 1 == to && pair.close > from + 1);
        whole.map_or((from, to), |pair| (pair.open + 1, pair.close))
    }

    fn clause_report(&self, (source, cue): (Option<Run>, Run), content: Run, rule: &'static str) -> Report {
        let around = source.map_or(cue, |source| (source.0.min(cue.0), source.1.max(cue.1)));
        let clause = if content.0 >= around.1 { (around.0, content.0) } else { around };
        Report { source, cue: Some(cue), content: vec![content], clause, spoken: false, rule }
    }

    /// По словам министра, мост закрыт. Мост закрыт, по словам министра.
    fn according(&self, (from, to): Run) -> Option<Report> {
        let at = std::iter::once(from).chain((from + 1..to).filter(|&at| self.words.is_mark(at - 1, &[","])));
        at.into_iter().find_map(|at| self.according_at(at, (from, to)))
    }

    fn according_at(&self, at: usize, (from, to): Run) -> Option<Report> {
        let own = self.lexicon.own_words.at(self.words, at);
        let (cue, source) = match own {
            Some((end, ())) => ((at, end), (at + 1, at + 2)),
            None => {
                let (end, ()) = self.lexicon.according.at(self.words, at)?;
                ((at, end), self.sources.genitive(end, to)?)
            }
        };
        let end = cue.1.max(source.1);
        let content = if at == from && self.words.is_mark(end, &[","]) {
            self.trimmed((end + 1, to), &[".", ",", ";"])
        } else if at > from && (end == to || self.words.is_mark(end, &["."])) {
            self.trimmed((from, at), &[","])
        } else {
            None
        };
        let content = self.unquoted(content?);
        (!self.is_taken(content.0))
            .then(|| self.clause_report((Some(source), cue), content, "quotation.according"))
    }

    /// Как сообщил министр, мост закрыт.
    fn as_told(&self, (from, to): Run) -> Option<Report> {
        if !self.lexicon.lists.as_words.has(self.low(from)) {
            return None;
        }
        let cue = self.sources.skip_inserts(from + 1, to);
        self.lexicon.verb(self.low(cue)).filter(|quotes_only| !quotes_only)?;
        let source = self.sources.after(cue + 1, to)?;
        let comma =
            (source.1..to.min(source.1 + LONGEST_CLAUSE)).find(|&at| self.words.is_mark(at, &[","]))?;
        let content = self.unquoted(self.trimmed((comma + 1, to), &[".", ",", ";"])?);
        (!self.is_taken(content.0))
            .then(|| self.clause_report((Some(source), (cue, cue + 1)), content, "quotation.as_told"))
    }

    /// Мост закрыт, сообщил министр.
    fn trailing(&self, cue: usize, (from, to): Run) -> Option<Report> {
        let comma = cue.checked_sub(1).filter(|&at| at > from + 1 && self.words.is_mark(at, &[","]))?;
        let source = self.sources.after(cue + 1, to)?;
        let tail = self.trimmed((source.1, to), &[".", "!", "…"]).map_or(source.1, |tail| tail.1);
        let prepositional = source.1 == tail || self.lexicon.lists.in_words.has(self.low(source.1));
        let quiet = (source.1..tail).all(|at| !self.words.is_mark(at, &[",", ":", "—"]));
        let content = self.unquoted(self.trimmed((from, comma), &[","])?);
        (prepositional && quiet && !self.is_taken(content.0))
            .then(|| self.clause_report((Some(source), (cue, cue + 1)), content, "quotation.inverted"))
    }
}

/// Quotations looked back at; one sentence has fewer.
const MOST_NEAR: usize = 32;
