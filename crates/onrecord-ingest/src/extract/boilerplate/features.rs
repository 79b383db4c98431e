//! What the line model looks at: the shape of a line, of its neighbours, and where the prose is.

use std::collections::HashMap;

use super::rules::Rule;
use super::segment;
use crate::extract::lines::{self, Line};

/// How many numbers describe a line by itself.
const OWN: usize = 19;

/// What is told of the lines nearby: steps, and which of their own numbers.
const NEARBY: [(isize, &[usize]); 4] = [
    (-1, &[LENGTH, SENTENCE, RULED]),
    (1, &[LENGTH, SENTENCE, RULED]),
    (-2, &[LENGTH, SENTENCE]),
    (2, &[LENGTH, SENTENCE]),
];

/// How many numbers that are.
const NEARBY_COUNT: usize = 10;

/// Places among a line's own numbers.
const LENGTH: usize = 0;
const SENTENCE: usize = 1;
const RULED: usize = 12;

/// Numbers about the surroundings and the whole text.
const AROUND: usize = 22;

/// How many numbers describe a line.
pub(super) const COUNT: usize = OWN + NEARBY_COUNT + AROUND;

type Own = [f32; OWN];

/// The numbers for each line.
pub(super) fn features(lines: &[Line], ruled: &[Option<&Rule>]) -> Vec<[f32; COUNT]> {
    let own: Vec<Own> = lines.iter().zip(ruled).map(|(line, rule)| own(line, *rule)).collect();
    let around = around(lines, ruled, &own);
    let mut out = vec![[0.0; COUNT]; lines.len()];
    for (i, row) in out.iter_mut().enumerate() {
        row[..OWN].copy_from_slice(&own[i]);
        let mut at = OWN;
        for (step, told) in NEARBY {
            let neighbour = i.checked_add_signed(step).and_then(|n| own.get(n));
            for number in told {
                row[at] = neighbour.map_or(-1.0, |own| own[*number]);
                at += 1;
            }
        }
        row[at..].copy_from_slice(&around[i]);
    }
    out
}

/// The shape of one line.
fn own(line: &Line, rule: Option<&Rule>) -> Own {
    let plain = line.plain.as_str();
    let chars = plain.chars().count().max(1) as f32;
    let share = |is: &dyn Fn(char) -> bool| plain.chars().filter(|c| is(*c)).count() as f32 / chars;
    let words: Vec<&str> = plain.split_whitespace().collect();
    let n_words = words.len().max(1) as f32;
    let of_words = |is: &dyn Fn(&str) -> bool| words.iter().filter(|w| is(w)).count() as f32 / n_words;
    let starts = |word: &str, is: fn(char) -> bool| {
        word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(is)
    };
    let yes = |is: bool| f32::from(u8::from(is));
    [
        (1.0 + chars).ln(),
        yes(segment::is_sentence(line)),
        yes(lines::ends_like_a_sentence(plain)),
        lines::inner_ends(plain).min(12) as f32,
        of_words(&|w| starts(w, char::is_uppercase)),
        of_words(&|w| starts(w, char::is_lowercase) && w.chars().count() <= 3),
        of_words(&|w| starts(w, char::is_lowercase)),
        share(&|c| c.is_ascii_digit()),
        share(&|c| matches!(c, '|' | '›' | '·' | '•' | '/' | '»' | '→' | '+' | '#' | '@' | '©')),
        share(&|c| c == ','),
        share(&char::is_uppercase),
        yes(plain.contains(['“', '”', '"', '«', '„', '「'])),
        yes(rule.is_some()),
        yes(line.is_prose()),
        yes(plain.ends_with(':')) - yes(plain.ends_with(['?', '…'])),
        yes(plain.contains(['(', ')', '[', ']'])),
        n_words.min(80.0),
        yes(has_year(plain)),
        yes(plain.ends_with("...") || plain.ends_with('…')),
    ]
}

fn has_year(plain: &str) -> bool {
    let mut figures = plain.split(|c: char| !c.is_ascii_digit());
    figures.any(|f| f.len() == 4 && (f.starts_with("19") || f.starts_with("20")))
}

/// The surroundings of each line, and its place in the text.
fn around(lines: &[Line], ruled: &[Option<&Rule>], own: &[Own]) -> Vec<[f32; AROUND]> {
    let n = lines.len();
    let prose: Vec<f32> = lines
        .iter()
        .zip(own)
        .map(
            |(line, own)| {
                if own[SENTENCE] > 0.0 && own[RULED] == 0.0 { line.chars().min(600) as f32 } else { 0.0 }
            },
        )
        .collect();
    let sums = sums(&prose);
    let labels = self::sums(&prose.iter().map(|p| f32::from(u8::from(*p == 0.0))).collect::<Vec<_>>());
    let is_head: Vec<f32> =
        ruled.iter().map(|rule| f32::from(u8::from(rule.is_some_and(|rule| rule.heads)))).collect();
    let heads = self::sums(&is_head);
    let rules = self::sums(&own.iter().map(|o| o[RULED]).collect::<Vec<_>>());
    let total = sums[n].max(1.0);
    let (first, last) = segment::best_run(lines, ruled).unwrap_or((0, n.saturating_sub(1)));
    let shared = shared_words(lines, first, last);
    let same = repeats(lines);
    let before = distances(&prose, false);
    let after = distances(&prose, true);
    let heads_before = distances(&is_head, false);
    let most = prose.iter().copied().fold(0.0, f32::max);
    let window = |sums: &[f32], from: usize, to: usize| sums[to.min(n)] - sums[from.min(n)];
    (0..n)
        .map(|i| {
            let back = |by: usize| i.saturating_sub(by);
            [
                i as f32 / n as f32,
                (n as f32).ln(),
                sums[i] / total,
                (1.0 + total).ln(),
                total / n as f32,
                window(&sums, back(3), i),
                window(&sums, i + 1, i + 4),
                window(&sums, back(8), i),
                window(&sums, i + 1, i + 9),
                window(&labels, back(8), i),
                window(&labels, i + 1, i + 9),
                before[i],
                after[i],
                i as f32 - first as f32,
                last as f32 - i as f32,
                f32::from(u8::from(i >= first && i <= last)),
                window(&heads, first.min(i), i),
                heads_before[i],
                shared[i],
                same[i],
                most,
                window(&rules, back(8), i + 9),
            ]
        })
        .collect()
}

/// Running sums: the sum of all before each place, and of all.
fn sums(values: &[f32]) -> Vec<f32> {
    let mut out = vec![0.0];
    let mut sum = 0.0;
    out.extend(values.iter().map(|value| {
        sum += value;
        sum
    }));
    out
}

/// How many lines away the nearest line before (or after) is whose value is not zero; at most 40.
fn distances(values: &[f32], backwards: bool) -> Vec<f32> {
    let mut out = vec![40.0; values.len()];
    let mut far: f32 = 40.0;
    for step in 0..values.len() {
        let i = if backwards { values.len() - 1 - step } else { step };
        out[i] = far;
        far = if values[i] > 0.0 { 1.0 } else { (far + 1.0).min(40.0) };
    }
    out
}

/// Which share of a line's longer words also stands in other lines of the run from `first` to `last`.
fn shared_words(lines: &[Line], first: usize, last: usize) -> Vec<f32> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for line in &lines[first.min(lines.len())..(last + 1).min(lines.len())] {
        for word in long_words(&line.plain) {
            *seen.entry(word).or_default() += 1;
        }
    }
    let share = |(i, line): (usize, &Line)| {
        let own = u32::from(i >= first && i <= last);
        let (mut found, mut all) = (0, 0);
        for word in long_words(&line.plain) {
            all += 1;
            found += u32::from(seen.get(word).copied().unwrap_or(0) > own);
        }
        if all == 0 { -1.0 } else { found as f32 / all as f32 }
    };
    lines.iter().enumerate().map(share).collect()
}

fn long_words(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 5)
}

/// How often the same line stands elsewhere, at most 5.
fn repeats(lines: &[Line]) -> Vec<f32> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for line in lines {
        *seen.entry(line.plain.as_str()).or_default() += 1;
    }
    lines.iter().map(|line| seen[line.plain.as_str()].min(5) as f32 - 1.0).collect()
}
