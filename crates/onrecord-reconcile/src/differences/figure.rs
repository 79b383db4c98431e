//! Another number, bound or unit for the same thing counted.

use super::pair::{Finding, Pair, Shown};
use crate::tellings::{Count, Relation, Telling};

/// The figures that count one thing and whose numbers differ.
pub(super) fn compare(pair: &Pair) -> Vec<Finding> {
    let [left, right] = &pair.counts;
    let recalled = pair.sides.iter().any(|telling| is_recalled(telling));
    let tells = |(i, j): (usize, usize)| !recalled || left[i].relation(&right[j]) != Relation::OtherBound;
    let told = pair.figures.iter().copied().filter(|&at| tells(at));
    told.filter_map(|(i, j)| differ(&left[i], &right[j])).collect()
}

/// Whether an account only recalls what was counted before: "at least six" is "six" by then.
fn is_recalled(telling: &Telling) -> bool {
    let superseded = &telling.lexicon.superseded;
    superseded.stand_in(&telling.words) || superseded.stand_in(&telling.frame)
}

/// The finding, where two figures of one thing do not agree.
pub(super) fn differ(left: &Count, right: &Count) -> Option<Finding> {
    let (rule, note) = match left.relation(right) {
        Relation::OtherNumber => ("difference.figure.number", "another number for the same thing counted"),
        Relation::OtherBound => ("difference.figure.bound", "the same number with another bound"),
        Relation::OtherUnit => ("difference.figure.unit", "the same digits in another unit"),
        Relation::Agree | Relation::NotComparable => return None,
    };
    let sides = [Shown::Words(left.figure.span), Shown::Words(right.figure.span)];
    Some(Finding { sides, rule, note: note.to_owned() })
}

#[cfg(test)]
mod tests {
    use onrecord_model::{
        Account, AccountPart, AnnotatedArticle, Annotations, Article, Because, Hash, Id, Known,
        QuotationKind, Span,
    };

    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str, expected: bool) {
        let language = Some(Known { value: "en".to_owned(), because: Because::new("test", "") });
        let article = Article { language, ..Article::of_text("a.txt", Hash::of(text.as_bytes()), text) };
        let sentences = vec![Span::new(0, text.len())];
        let of =
            AnnotatedArticle { article, annotations: Annotations { sentences, ..Annotations::default() } };
        let start = text.find(words).unwrap();
        let account = Account {
            id: Id::of(["test"]),
            article: of.article.id,
            source: None,
            cue: None,
            primary: false,
            quotations: vec![],
            parts: vec![AccountPart {
                span: Span::new(start, start + words.len()),
                kind: QuotationKind::Indirect,
            }],
        };
        let telling = Telling::new(&account, &of).unwrap();
        assert_eq!(is_recalled(&telling), expected, "{text}");
    }

    #[test]
    fn a_count_that_was_given_before_is_recalled() {
        check("The police put the first count at six missing boats.", "six missing boats", true);
        check("Initially six boats were missing, the police said.", "Initially six boats were missing", true);
        check("The police put the count at six missing boats.", "six missing boats", false);
        check("Six boats were missing on the first day, the police said.", "Six boats were missing", false);
    }
}
