//! From judged findings to a table: groups, shrunken to what their kind is worth, on a few rising steps.

use std::collections::BTreeMap;

use super::judge::{Sample, What};

/// Parts that articles are divided into for cross-validation.
const FOLDS: usize = 10;

/// So many findings of its kind stand beside a group's own: a rule seen three times proves little.
const PRIOR_FINDINGS: f64 = 6.0;

/// A step has at least so many findings.
const LEAST_FINDINGS: f64 = 60.0;

/// Above these a finding is called sure, likely.
const CLASSES: [(&str, f64); 3] = [("sure", 0.95), ("likely", 0.80), ("possible", 0.0)];

/// From which share on a finding is called so.
pub(super) fn least(class: &str) -> f64 {
    CLASSES.iter().find(|(name, _)| *name == class).map_or(0.0, |(_, least)| *least)
}

/// Edges of the bins of the plot and of the expected calibration error.
const EDGES: [f64; 7] = [0.5, 0.65, 0.8, 0.875, 0.925, 0.95, 0.98];

/// How many were right of how many.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    right: f64,
    all: f64,
}

impl Tally {
    fn add(&mut self, right: bool) {
        self.right += f64::from(u8::from(right));
        self.all += 1.0;
    }

    fn join(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
    }

    /// The share that was right, with `prior` for so many findings more.
    fn share(self, prior: f64, findings: f64) -> f64 {
        (self.right + prior * findings) / (self.all + findings)
    }
}

/// What groups and kinds are worth before the steps.
#[derive(Debug, Default)]
struct Scores<'a> {
    groups: BTreeMap<(&'a str, &'a str), Tally>,
    kinds: BTreeMap<&'a str, Tally>,
    all: Tally,
}

impl<'a> Scores<'a> {
    fn of(samples: impl Iterator<Item = &'a Sample>) -> Self {
        let mut scores = Self::default();
        for sample in samples {
            scores.groups.entry((&sample.rule, &sample.kind)).or_default().add(sample.right);
            scores.kinds.entry(&sample.kind).or_default().add(sample.right);
            scores.all.add(sample.right);
        }
        scores
    }

    fn kind(&self, kind: &str) -> f64 {
        let all = self.all.share(0.5, 2.0);
        self.kinds.get(kind).map_or(all, |tally| tally.share(all, PRIOR_FINDINGS))
    }

    fn group(&self, rule: &str, kind: &str) -> f64 {
        let of_kind = self.kind(kind);
        self.groups.get(&(rule, kind)).map_or(of_kind, |tally| tally.share(of_kind, PRIOR_FINDINGS))
    }
}

/// Findings in the order of their scores, in blocks of at least [`LEAST_FINDINGS`]; equal scores stay together.
fn blocks(mut scored: Vec<(f64, bool)>) -> Vec<(f64, Tally)> {
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut blocks: Vec<(f64, Tally)> = Vec::new();
    for alike in scored.chunk_by(|a, b| a.0 == b.0) {
        if blocks.last().is_none_or(|(_, tally)| tally.all >= LEAST_FINDINGS) {
            blocks.push((alike[0].0, Tally::default()));
        }
        if let Some((_, tally)) = blocks.last_mut() {
            alike.iter().for_each(|(_, right)| tally.add(*right));
        }
    }
    if let [.., _, (_, last)] = blocks.as_slice()
        && last.all < LEAST_FINDINGS
    {
        let last = *last;
        blocks.pop();
        if let Some((_, before)) = blocks.last_mut() {
            before.join(last);
        }
    }
    blocks
}

/// A rising function of few steps: from which score on, which value.
#[derive(Debug)]
struct Steps(Vec<(f64, f64)>);

impl Steps {
    /// Pool adjacent violators: blocks of enough findings in the order of scores, joined until their shares rise.
    fn fit(scored: Vec<(f64, bool)>) -> Self {
        let mut joined: Vec<(f64, Tally)> = Vec::new();
        for block in blocks(scored) {
            joined.push(block);
            while let [.., (_, lower), (_, upper)] = joined.as_slice()
                && lower.share(0.5, 2.0) >= upper.share(0.5, 2.0)
            {
                let upper = *upper;
                joined.pop();
                if let Some((_, lower)) = joined.last_mut() {
                    lower.join(upper);
                }
            }
        }
        Self(joined.into_iter().map(|(from, tally)| (from, tally.share(0.5, 2.0))).collect())
    }

    fn value(&self, score: f64) -> f64 {
        let reached = self.0.iter().rev().find(|(from, _)| *from <= score);
        reached.or(self.0.first()).map_or(0.5, |(_, value)| *value)
    }
}

/// How often findings are right, by what they are, the rule, and the kind of the quotation.
pub(super) struct Table(BTreeMap<(What, String, String), (f64, usize)>);

/// Stands for rules that the table does not have.
const OTHER: &str = "*";

impl Table {
    pub(super) fn fit<'a>(samples: impl Iterator<Item = &'a Sample> + Clone) -> Self {
        let mut table = BTreeMap::new();
        for what in [What::Quotation, What::Speaker] {
            let own: Vec<&Sample> = samples.clone().filter(|sample| sample.what == what).collect();
            let scores = Scores::of(own.iter().copied());
            let steps = Steps::fit(unseen(&own, |scores, sample| scores.group(&sample.rule, &sample.kind)));
            for (&(rule, kind), tally) in &scores.groups {
                let value = steps.value(scores.group(rule, kind));
                table.insert((what, rule.to_owned(), kind.to_owned()), (value, tally.all as usize));
            }
            for (&kind, tally) in &scores.kinds {
                let value = steps.value(scores.kind(kind));
                table.insert((what, OTHER.to_owned(), kind.to_owned()), (value, tally.all as usize));
            }
        }
        Self(table)
    }

    fn value(&self, sample: &Sample) -> f64 {
        let find = |rule: &str| self.0.get(&(sample.what, rule.to_owned(), sample.kind.clone()));
        find(&sample.rule).or_else(|| find(OTHER)).map_or(0.5, |(value, _)| *value)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = (What, &str, &str, f64, usize)> {
        self.0
            .iter()
            .map(|((what, rule, kind), (value, n))| (*what, rule.as_str(), kind.as_str(), *value, *n))
    }
}

/// Each sample's score by the samples of other articles, and whether it was right.
fn unseen<'a>(samples: &[&'a Sample], score: impl Fn(&Scores<'a>, &Sample) -> f64) -> Vec<(f64, bool)> {
    let mut out = Vec::with_capacity(samples.len());
    for fold in 0..FOLDS {
        let (held, seen): (Vec<&Sample>, Vec<&Sample>) =
            samples.iter().partition(|sample| sample.article % FOLDS == fold);
        let scores = Scores::of(seen.into_iter());
        out.extend(held.into_iter().map(|sample| (score(&scores, sample), sample.right)));
    }
    out
}

/// Findings that were said to be worth about the same.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bin {
    said: f64,
    right: f64,
    pub(super) findings: usize,
}

impl Bin {
    fn add(&mut self, said: f64, right: bool) {
        self.said += said;
        self.right += f64::from(u8::from(right));
        self.findings += 1;
    }

    pub(super) fn said_mean(&self) -> f64 {
        self.said / self.findings.max(1) as f64
    }

    pub(super) fn right_share(&self) -> f64 {
        self.right / self.findings.max(1) as f64
    }
}

/// What findings were said to be worth by tables that had not seen their articles, and what they were.
pub(super) struct Reliability {
    pub(super) what: What,
    pub(super) bins: Vec<Bin>,
    pairs: Vec<(f64, bool)>,
}

impl Reliability {
    pub(super) fn held_out(samples: &[Sample], what: What) -> Self {
        let mut pairs = Vec::new();
        for fold in 0..FOLDS {
            let is_held = |sample: &&Sample| sample.article % FOLDS == fold;
            let table = Table::fit(samples.iter().filter(|sample| !is_held(sample)));
            let held = samples.iter().filter(|sample| is_held(sample) && sample.what == what);
            pairs.extend(held.map(|sample| (table.value(sample), sample.right)));
        }
        let mut bins = [Bin::default(); EDGES.len() + 1];
        for &(said, right) in &pairs {
            bins[EDGES.iter().filter(|edge| said >= **edge).count()].add(said, right);
        }
        Self { what, bins: bins.into_iter().filter(|bin| bin.findings > 0).collect(), pairs }
    }

    pub(super) fn findings(&self) -> usize {
        self.pairs.len()
    }

    /// The findings that are called so.
    pub(super) fn class(&self, name: &str) -> Bin {
        let mut bin = Bin::default();
        for &(said, right) in &self.pairs {
            // Classes are told from what is written: per mille.
            let said_written = (said * 1000.0).round() / 1000.0;
            if CLASSES
                .iter()
                .find(|(_, least)| said_written >= *least)
                .is_some_and(|(class, _)| *class == name)
            {
                bin.add(said, right);
            }
        }
        bin
    }

    /// The mean square of what was said less what was true.
    pub(super) fn brier(&self) -> f64 {
        self.squares(|said| said)
    }

    /// The same, had one and the same been said of all.
    pub(super) fn brier_of_one_rate(&self) -> f64 {
        let rate =
            self.pairs.iter().filter(|(_, right)| *right).count() as f64 / self.findings().max(1) as f64;
        self.squares(|_| rate)
    }

    fn squares(&self, said: impl Fn(f64) -> f64) -> f64 {
        let error = |&(value, right): &(f64, bool)| (said(value) - f64::from(u8::from(right))).powi(2);
        self.pairs.iter().map(error).sum::<f64>() / self.findings().max(1) as f64
    }

    /// How far what was said lies from what was true, in the mean over the bins.
    pub(super) fn expected_error(&self) -> f64 {
        let far = |bin: &Bin| (bin.said_mean() - bin.right_share()).abs() * bin.findings as f64;
        self.bins.iter().map(far).sum::<f64>() / self.findings().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples() -> Vec<Sample> {
        let one = |n: usize| {
            let (rule, period) = if n.is_multiple_of(2) { ("rule.good", 50) } else { ("rule.poor", 3) };
            Sample {
                what: What::Quotation,
                article: n / 4,
                rule: rule.to_owned(),
                kind: "direct".to_owned(),
                right: n % period != 1,
            }
        };
        (0..400).map(one).collect()
    }

    #[test]
    fn a_better_rule_is_worth_more_and_steps_rise() {
        let samples = samples();
        let table = Table::fit(samples.iter());
        let value = |n: usize| table.value(&samples[n]);
        assert!(value(0) > 0.95 && value(1) < 0.75, "{} {}", value(0), value(1));
        let other = Sample { rule: "rule.unseen".to_owned(), ..samples[0].clone() };
        assert!(table.value(&other) <= value(0) && table.value(&other) >= value(1));
    }

    #[test]
    fn what_is_said_is_true_on_articles_that_were_not_seen() {
        let reliability = Reliability::held_out(&samples(), What::Quotation);
        assert_eq!(reliability.findings(), 400);
        assert!(reliability.expected_error() < 0.05, "{}", reliability.expected_error());
        assert!(reliability.brier() < reliability.brier_of_one_rate());
    }

    #[test]
    fn violators_are_pooled() {
        let scored = |score: f64, share: usize| (0..100).map(move |n| (score, n < share));
        let steps = Steps::fit(scored(0.1, 50).chain(scored(0.2, 40)).chain(scored(0.9, 99)).collect());
        assert_eq!(steps.0.len(), 2);
        assert!(steps.value(0.0) == steps.value(0.2) && steps.value(0.2) < steps.value(0.95));
    }
}
