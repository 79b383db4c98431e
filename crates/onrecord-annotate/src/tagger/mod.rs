//! Gives each token its word class, by an averaged perceptron trained as `training/tagger` says.
//!
//! One pass from left to right; the classes are the Penn tags folded to those that the rules ask about.

mod features;
mod weights;

use onrecord_model::Reading;

use crate::tokens::{Token, TokenKind};
use features::Context;
use weights::WEIGHTS;

/// A word class. The order is the one of `training/tagger/train.py`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tag {
    /// Noun, singular
    Nn,
    /// Noun, plural
    Nns,
    /// Name
    Nnp,
    /// Personal pronoun
    Prp,
    /// "his", "their"
    PrpS,
    /// Determiner
    Dt,
    /// Preposition or subordinating conjunction
    In,
    /// "to"
    To,
    /// Coordinating conjunction
    Cc,
    /// Modal
    Md,
    /// Verb, base form
    Vb,
    /// Past tense
    Vbd,
    /// Past participle
    Vbn,
    /// "-ing" form
    Vbg,
    /// Present, not third person singular
    Vbp,
    /// Present, third person singular
    Vbz,
    /// Adjective
    Jj,
    /// Adverb
    Rb,
    /// Number
    Cd,
    /// "which", "that" as relatives
    Wdt,
    /// "who", "what"
    Wp,
    /// "when", "how"
    Wrb,
    /// "'s"
    Pos,
    /// "there"
    Ex,
    /// Verb particle
    Rp,
    /// Interjection
    Uh,
    /// Currency and other signs
    Sym,
    /// Anything else with letters
    Other,
    /// Marks and line breaks
    Punct,
}

impl Tag {
    const ALL: [Self; 29] = [
        Self::Nn,
        Self::Nns,
        Self::Nnp,
        Self::Prp,
        Self::PrpS,
        Self::Dt,
        Self::In,
        Self::To,
        Self::Cc,
        Self::Md,
        Self::Vb,
        Self::Vbd,
        Self::Vbn,
        Self::Vbg,
        Self::Vbp,
        Self::Vbz,
        Self::Jj,
        Self::Rb,
        Self::Cd,
        Self::Wdt,
        Self::Wp,
        Self::Wrb,
        Self::Pos,
        Self::Ex,
        Self::Rp,
        Self::Uh,
        Self::Sym,
        Self::Other,
        Self::Punct,
    ];

    /// Folds a Penn tag as `training/tagger/train.py` does.
    fn of_penn(tag: &str) -> Self {
        match tag {
            "NNPS" | "ADD" => Self::Nnp,
            "JJR" | "JJS" | "AFX" => Self::Jj,
            "RBR" | "RBS" => Self::Rb,
            "PDT" => Self::Dt,
            "WP$" => Self::Wp,
            "$" => Self::Sym,
            "GW" | "FW" | "LS" => Self::Other,
            // What is no mark is a sign.
            _ => Self::ALL.into_iter().find(|known| known.name() == tag).unwrap_or(Self::Sym),
        }
    }

    /// The name in the training data.
    fn name(self) -> &'static str {
        const NAMES: [&str; 29] = [
            "NN", "NNS", "NNP", "PRP", "PRP$", "DT", "IN", "TO", "CC", "MD", "VB", "VBD", "VBN", "VBG",
            "VBP", "VBZ", "JJ", "RB", "CD", "WDT", "WP", "WRB", "POS", "EX", "RP", "UH", "SYM", "X", "PUNCT",
        ];
        NAMES[self as usize]
    }
}

/// The tags that the network gives; where it read other words or none, the tagger's own. See [`tag`].
pub(crate) fn tag_read(
    reading: &Reading,
    text: &str,
    tokens: &[Token],
    starts_sentence: impl Fn(usize) -> bool,
) -> Vec<Tag> {
    let read: Vec<Option<Tag>> = tokens.iter().map(|token| read_tag(reading, text, token)).collect();
    if let Some(tags) = read.iter().copied().collect() {
        return tags;
    }
    let own = tag(text, tokens, starts_sentence);
    read.iter().zip(own).map(|(read, own)| read.unwrap_or(own)).collect()
}

fn read_tag(reading: &Reading, text: &str, token: &Token) -> Option<Tag> {
    if token.kind == TokenKind::Break || features::is_mark(token.kind, token.span.slice(text)) {
        return Some(Tag::Punct);
    }
    let word = &reading.words[reading.word_at(token.span.start())?];
    (word.span == token.span).then(|| Tag::of_penn(word.tag))
}

/// One tag per token. A line break or the end of a sentence starts anew; `starts_sentence` tells which tokens open one.
pub(crate) fn tag(text: &str, tokens: &[Token], starts_sentence: impl Fn(usize) -> bool) -> Vec<Tag> {
    let lows: Vec<String> = tokens.iter().map(|token| low(token.span.slice(text))).collect();
    let mut tags = Vec::with_capacity(tokens.len());
    let mut start = 0;
    while start < tokens.len() {
        let end = (start + 1..tokens.len())
            .find(|&i| tokens[i].kind == TokenKind::Break || starts_sentence(i))
            .unwrap_or(tokens.len());
        tag_sentence(text, &tokens[start..end], &lows[start..end], &mut tags);
        start = end;
    }
    tags
}

/// Lower case with straight apostrophes.
pub(crate) fn low(word: &str) -> String {
    word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase).collect()
}

fn tag_sentence(text: &str, tokens: &[Token], lows: &[String], tags: &mut Vec<Tag>) {
    let from = usize::from(tokens.first().is_some_and(|token| token.kind == TokenKind::Break));
    tags.extend(std::iter::repeat_n(Tag::Punct, from));
    let context = Context { text, tokens: &tokens[from..], lows: &lows[from..] };
    let (mut before, mut before_that) = ("<s>", "<s>");
    for i in 0..context.tokens.len() {
        let tag = if context.is_mark(i) { Tag::Punct } else { best(&context, i, before, before_that) };
        tags.push(tag);
        before_that = before;
        before = tag.name();
    }
}

fn best(context: &Context<'_>, i: usize, before: &str, before_that: &str) -> Tag {
    let mut scores = [0_i32; Tag::ALL.len()];
    context.each_feature(i, before, before_that, |bucket| WEIGHTS.add(bucket, &mut scores));
    let mut top = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[top] {
            top = at;
        }
    }
    Tag::ALL[top]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<&str> =
            tag(text, &tokens(text, |_| false), |_| false).iter().map(|tag| tag.name()).collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn common_sentences() {
        check("The mayor said that the bridge was closed.", "DT NN VBD IN DT NN VBD VBN PUNCT");
        check("He plans to meet two ministers", "PRP VBZ TO VB CD NNS");
        check("“We will not pay,” said Orlov.", "PUNCT PRP MD RB VB PUNCT PUNCT VBD NNP PUNCT");
    }

    #[test]
    fn no_words_no_tags() {
        check("", "");
        check("\n\n", "PUNCT");
    }
}
