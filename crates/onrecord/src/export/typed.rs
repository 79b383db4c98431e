//! Tables whose columns have types: whole numbers, numbers, texts.

use anyhow::Result;
use onrecord_render::wire::Tables;
use serde_json::Value;

use super::Table;

/// The first column of each table, also of one without rows, and whether it names the row.
pub(super) const FIRST: &[(&str, &str, bool)] = &[
    ("articles", "article", true),
    ("quotations", "article", false),
    ("figures", "article", false),
    ("dates", "article", false),
    ("events", "article", false),
    ("entities", "entity", true),
    ("stories", "story", true),
    ("statements", "statement", true),
    ("differences", "difference", true),
    ("replies", "from", false),
    ("copies", "copies", true),
    ("figure_series", "series", true),
    ("themes", "theme", true),
    ("changes", "revision", false),
    ("corrections", "correction", true),
    ("problems", "kind", false),
];

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Integer,
    Real,
    Text,
}

impl Kind {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Bool(_) => Self::Integer,
            Value::Number(number) if number.is_i64() => Self::Integer,
            Value::Number(_) => Self::Real,
            _ => Self::Text,
        }
    }

    /// What holds values of both.
    pub(super) fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Text, _) | (_, Self::Text) => Self::Text,
            (Self::Integer, Self::Integer) => Self::Integer,
            _ => Self::Real,
        }
    }
}

/// A column by its dotted name.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

impl Column {
    /// Names with a dot would have to stand in quotation marks in every query.
    pub(super) fn plain(&self) -> String {
        self.name.replace('.', "_")
    }
}

/// The columns of a table as its rows bring them, `cells` being what is taken from a row. A table without rows has its first.
pub(super) fn header(
    table: &Table,
    tables: &Tables,
    cells: fn(&Table, Value) -> Vec<(String, Value)>,
) -> Result<Vec<Column>> {
    let first = FIRST.iter().filter(|(name, ..)| *name == table.name);
    let column = |name: &str| Column { name: name.to_owned(), kind: Kind::Text };
    let mut header: Vec<Column> = first.map(|(_, name, _)| column(name)).collect();
    (table.rows)(tables, &mut |row| {
        for (name, value) in cells(table, row) {
            let kind = Kind::of(&value);
            match header.iter_mut().find(|column| column.name == name) {
                Some(column) => column.kind = column.kind.with(kind),
                None => header.push(Column { name, kind }),
            }
        }
        Ok(())
    })?;
    Ok(header)
}
