//! The rows of two statements that a correction joined, with what both tell on one row.

use std::collections::BTreeSet;

use onrecord_model::{Account, Id, Span, Statement};

use crate::{corpus::Corpus, words::words};

type Row = Vec<Option<Span>>;

/// The rows of both in the order of `accounts`. A row of the one and a row of the other are one where they share
/// most words and no account would have to stand in it twice; where each has a single row, those are one.
pub(super) fn rows_of_both(
    corpus: &Corpus,
    accounts: &[Account],
    (left, right): (&Statement, &Statement),
) -> Vec<Row> {
    let mut rows = placed(accounts, left);
    let others = placed(accounts, right);
    let article = |i: usize| accounts.get(i).map(|account| account.article);
    let is_single = rows.len() == 1 && others.len() == 1;
    let terms = |row: &Row| -> BTreeSet<u64> {
        let cells = row.iter().enumerate().filter_map(|(i, cell)| Some((article(i)?, (*cell)?)));
        let of = |(article, span): (Id, Span)| words(corpus.words(article, span));
        cells.flat_map(of).map(|word| word.term).collect()
    };
    let mine: Vec<BTreeSet<u64>> = rows.iter().map(terms).collect();
    let theirs: Vec<BTreeSet<u64>> = others.iter().map(terms).collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (l, row) in rows.iter().enumerate() {
        for (r, other) in others.iter().enumerate() {
            let shared = mine[l].intersection(&theirs[r]).count();
            let fits = row.iter().zip(other).all(|(a, b)| a.is_none() || b.is_none());
            if fits && (is_single || 2 * shared > mine[l].len().min(theirs[r].len())) {
                pairs.push((shared, l, r));
            }
        }
    }
    pairs.sort_by_key(|&(shared, l, r)| (std::cmp::Reverse(shared), l, r));
    let (mut full, mut gone) = (BTreeSet::new(), BTreeSet::new());
    for (_, l, r) in pairs {
        if !full.contains(&l) && !gone.contains(&r) {
            rows[l] = rows[l].iter().zip(&others[r]).map(|(a, b)| a.or(*b)).collect();
            full.insert(l);
            gone.insert(r);
        }
    }
    rows.extend(others.into_iter().enumerate().filter(|(r, _)| !gone.contains(r)).map(|(_, row)| row));
    rows.sort_by_key(|row| row.iter().enumerate().find_map(|(i, cell)| cell.map(|span| (i, span))));
    rows
}

/// The rows of a statement with a column for each of `accounts`.
fn placed(accounts: &[Account], statement: &Statement) -> Vec<Row> {
    let column = |account: &Account| statement.accounts.iter().position(|own| own.article == account.article);
    let columns: Vec<Option<usize>> = accounts.iter().map(column).collect();
    let cell = |row: &Row, column: &Option<usize>| column.and_then(|i| row.get(i).copied().flatten());
    statement.rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect()
}
