//! Tags and trees of a treebank, read over the treebank's own words.

use anyhow::{Result, ensure};

use super::{Lab, Measure};
use crate::project;

/// The columns of a CoNLL-U word that are compared.
#[derive(Debug, PartialEq)]
struct Word<'a> {
    form: &'a str,
    upos: &'a str,
    xpos: &'a str,
    head: &'a str,
    /// Without its subtype.
    relation: &'a str,
}

/// Shares of words: right class, tag, head, and head with relation (UAS and LAS as the CoNLL 2018 shared task has
/// them: marks count, subtypes of relations do not).
pub(super) fn score(lab: &Lab, file: &str) -> Result<Vec<Measure>> {
    let gold = std::fs::read_to_string(lab.set(file))?;
    let read = project::read_words(&lab.set(file), 1)?;
    let (gold, read) = (words(&gold), words(&read));
    let same_words = gold.len() == read.len() && gold.iter().zip(&read).all(|(a, b)| a.form == b.form);
    ensure!(same_words && !gold.is_empty(), "{file}: the reader's words are not the treebank's");
    Ok(measures(&gold, &read))
}

fn measures(gold: &[Word<'_>], read: &[Word<'_>]) -> Vec<Measure> {
    let share = |right: fn(&Word<'_>, &Word<'_>) -> bool| {
        gold.iter().zip(read).filter(|(a, b)| right(a, b)).count() as f64 / gold.len() as f64
    };
    vec![
        Measure::new("upos", share(|a, b| a.upos == b.upos)),
        Measure::new("xpos", share(|a, b| a.xpos == b.xpos)),
        Measure::new("uas", share(|a, b| a.head == b.head)),
        Measure::new("las", share(|a, b| (a.head, a.relation) == (b.head, b.relation))),
    ]
}

fn words(conllu: &str) -> Vec<Word<'_>> {
    conllu.lines().filter_map(word).collect()
}

/// `None` for comments, ranges of words and empty nodes.
fn word(line: &str) -> Option<Word<'_>> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, _, upos, xpos, _, head, relation, ..] = columns[..] else { return None };
    id.parse::<usize>().ok()?;
    let relation = relation.split(':').next().unwrap_or(relation);
    Some(Word { form, upos, xpos, head, relation })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "# text = She can't\n1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_\n3\tn't\tnot\tPART\tRB\t_\t2\tadvmod:neg\t_\t_\n3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n";

    #[test]
    fn words_are_compared_column_by_column() {
        let read =
            GOLD.replace("PART", "ADV").replace("advmod:neg", "advmod").replace("2\tnsubj", "3\tnsubj");
        let figures = measures(&words(GOLD), &words(&read));
        let close = |at: usize, value: f64| (figures[at].value - value).abs() < 1e-9;
        assert_eq!(words(GOLD).len(), 3);
        assert!(
            close(0, 2.0 / 3.0) && close(1, 1.0) && close(2, 2.0 / 3.0) && close(3, 2.0 / 3.0),
            "{figures:?}"
        );
    }
}
