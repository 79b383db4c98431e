//! Words in marks that stand in the article twice: a headline or a pull quote has the speaker of the place that tells one.

use onrecord_model::{Because, Quotation, QuotationKind, Speaker};

/// Fewer words in common can be chance.
const FEWEST_WORDS: usize = 4;
/// Of ten words of the shorter one, how many the other must have in the same order.
const TENTHS_SHARED: usize = 7;
/// More quotations are not compared with each other, and longer ones only by their first words.
const MOST_COMPARED: usize = 200;
const LONGEST: usize = 60;

/// Gives quotations without a speaker the speaker of the same words elsewhere in the article.
pub(super) fn fill(text: &str, quotations: &mut [Quotation]) {
    let words: Vec<Vec<String>> = quotations.iter().take(MOST_COMPARED).map(|q| words_of(text, q)).collect();
    let told: Vec<Option<Speaker>> = quotations
        .iter()
        .take(MOST_COMPARED)
        .enumerate()
        .map(|(at, quotation)| {
            let open = quotation.speaker.name.is_none() && quotation.kind == QuotationKind::Direct;
            open.then(|| speaker_of_same(&words, quotations, at)).flatten()
        })
        .collect();
    for (quotation, speaker) in quotations.iter_mut().zip(told) {
        if let Some(speaker) = speaker {
            quotation.speaker = speaker;
        }
    }
}

fn words_of(text: &str, quotation: &Quotation) -> Vec<String> {
    let content = quotation.content.iter().map(|span| span.slice(text));
    let words = content.flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).take(LONGEST).map(str::to_lowercase).collect()
}

fn speaker_of_same(words: &[Vec<String>], quotations: &[Quotation], at: usize) -> Option<Speaker> {
    let own = &words[at];
    let same = (0..words.len()).find(|other| {
        let short = own.len().min(words[*other].len());
        let known = *other != at && quotations[*other].speaker.name.is_some() && short >= FEWEST_WORDS;
        known && in_order(own, &words[*other]) * 10 >= short * TENTHS_SHARED
    })?;
    let speaker = &quotations[same].speaker;
    let name = speaker.name.clone().unwrap_or_default();
    let because = Because::new("speaker.same_words", format!("the same words as {name}'s elsewhere"));
    Some(Speaker { because: because.at(quotations[same].content.iter().copied()), ..speaker.clone() })
}

/// The most words that both have in the same order.
fn in_order(one: &[String], other: &[String]) -> usize {
    let mut best = vec![0; other.len() + 1];
    for word in one {
        let mut diagonal = 0;
        for (at, candidate) in other.iter().enumerate() {
            let above = best[at + 1];
            best[at + 1] = if word == candidate { diagonal + 1 } else { above.max(best[at]) };
            diagonal = above;
        }
    }
    best.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_order() {
        let check = |one: &str, other: &str, expected: usize| {
            let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(in_order(&words(one), &words(other)), expected);
        };
        check("i thought it was a dog", "and i thought it was the dog", 5);
        check("a b c", "c b a", 1);
        check("a", "b", 0);
    }
}
