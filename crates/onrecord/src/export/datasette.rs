//! One SQLite file of all tables, as Datasette serves it, and beside it what each table and column is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onrecord_render::wire::Tables;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::columns::columns;
use super::typed::{Column, FIRST, Kind, header};
use super::{Container, TABLES, Table};

/// SQLite and Datasette's metadata.
pub(crate) struct Datasette;

impl Container for Datasette {
    fn name(&self) -> &'static str {
        "datasette"
    }

    fn write(&self, tables: &Tables, folder: &Path) -> Result<Vec<PathBuf>> {
        let (database, part) = (folder.join("record.db"), folder.join("record.db.part"));
        let metadata = folder.join("metadata.json");
        let about: About = serde_json::from_str(ABOUT)?;
        let written = || -> Result<Value> {
            if part.exists() {
                fs::remove_file(&part)?;
            }
            let described = write_database(&part, tables, &about)?;
            fs::rename(&part, &database)?;
            Ok(described)
        };
        let described = written().with_context(|| format!("cannot write `{}`", database.display()))?;
        let text = serde_json::to_string_pretty(&about.metadata(described))?;
        fs::write(&metadata, text + "\n")
            .with_context(|| format!("cannot write `{}`", metadata.display()))?;
        Ok(vec![database, metadata])
    }
}

/// What the tables and columns are, in words.
const ABOUT: &str = include_str!("datasette.json");

#[derive(Deserialize)]
struct About {
    title: String,
    description: String,
    license: String,
    tables: BTreeMap<String, String>,
    /// By the part of a dotted name, or by `table/column`.
    columns: BTreeMap<String, String>,
}

impl About {
    fn metadata(&self, tables: Value) -> Value {
        json!({
            "title": self.title,
            "description": self.description,
            "license": self.license,
            "source": concat!("OnRecord ", env!("CARGO_PKG_VERSION")),
            "databases": {"record": {"tables": tables}},
        })
    }

    /// The words for each part of a dotted name, from the outer to the inner.
    fn column(&self, table: &str, name: &str) -> String {
        if let Some(words) = self.columns.get(&format!("{table}/{name}")) {
            return words.clone();
        }
        let parts = name.split('.').filter_map(|part| self.columns.get(part));
        parts.map(String::as_str).collect::<Vec<_>>().join(": ")
    }
}

/// Which columns refer to the first column of which table; `""` is any table.
const REFERS: &[(&str, &str, &str)] = &[
    ("", "article", "articles"),
    ("", "story", "stories"),
    ("", "statement", "statements"),
    ("statements", "speaker.entity", "entities"),
    ("replies", "from", "statements"),
    ("replies", "to", "statements"),
    ("copies", "origin", "articles"),
    ("changes", "before.article", "articles"),
    ("changes", "after.article", "articles"),
];

/// Of what is said, so that it can be searched; only here, since the accounts hold it already.
const WORDS: &str = "words";

/// Writes all tables; gives what Datasette shall say of them.
fn write_database(path: &Path, tables: &Tables, about: &About) -> Result<Value> {
    let mut connection = Connection::open(path)?;
    // Nobody reads the file before it has its name; rows refer to tables that come later.
    connection
        .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;")?;
    let transaction = connection.transaction()?;
    let mut described = Map::new();
    for table in TABLES {
        let columns = write_table(&transaction, table, tables)?;
        let words =
            columns.iter().map(|column| (column.plain(), about.column(table.name, &column.name).into()));
        let columns: Map<String, Value> = words.collect();
        let description = about.tables.get(table.name);
        described.insert(table.name.to_owned(), json!({"description": description, "columns": columns}));
    }
    transaction.execute_batch(SEARCH)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(described.into())
}

/// Datasette finds the index by its content table.
const SEARCH: &str = "CREATE VIRTUAL TABLE statements_fts USING fts5(words, content=\"statements\", \
    tokenize=\"unicode61 remove_diacritics 2\");\n\
    INSERT INTO statements_fts(statements_fts) VALUES ('rebuild');";

/// Two passes, since any row can bring a column: the first makes the table, the second fills it.
fn write_table(connection: &Connection, table: &Table, tables: &Tables) -> Result<Vec<Column>> {
    let mut header = header(table, tables, cells)?;
    if table.name == "statements" && !header.iter().any(|column| column.name == WORDS) {
        header.push(Column { name: WORDS.to_owned(), kind: Kind::Text });
    }
    connection.execute_batch(&create(table.name, &header))?;
    let places = vec!["?"; header.len()].join(", ");
    let mut insert = connection.prepare(&format!("INSERT INTO \"{}\" VALUES ({places})", table.name))?;
    (table.rows)(tables, &mut |row| {
        let mut row: BTreeMap<String, Value> = cells(table, row).into_iter().collect();
        let cells = header.iter().map(|column| row.remove(&column.name).map_or(Cell::Null, cell));
        insert.execute(params_from_iter(cells.collect::<Vec<_>>()))?;
        Ok(())
    })?;
    Ok(header)
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "INTEGER",
        Kind::Real => "REAL",
        Kind::Text => "TEXT",
    }
}

fn create(table: &str, header: &[Column]) -> String {
    let key = FIRST.iter().find(|(name, _, names_row)| *name == table && *names_row).map(|(_, key, _)| *key);
    let mut lines: Vec<String> = Vec::new();
    for column in header {
        let primary = if key == Some(&column.name) { " PRIMARY KEY" } else { "" };
        lines.push(format!("  \"{}\" {}{primary}", column.plain(), type_name(column.kind)));
    }
    for column in header.iter().filter(|column| key != Some(&column.name)) {
        let fits =
            |&&(of, name, _): &&(&str, &str, &str)| (of.is_empty() || of == table) && name == column.name;
        if let Some((_, _, to)) = REFERS.iter().find(fits) {
            let first = FIRST.iter().find(|(name, ..)| name == to).map_or("", |(_, first, _)| first);
            lines.push(format!("  FOREIGN KEY (\"{}\") REFERENCES \"{to}\"(\"{first}\")", column.plain()));
        }
    }
    format!("CREATE TABLE \"{table}\" (\n{}\n);", lines.join(",\n"))
}

/// The columns of a row; a statement gets its words.
fn cells(table: &Table, row: Value) -> Vec<(String, Value)> {
    let words = (table.name == "statements").then(|| words(&row));
    let mut cells = columns(row);
    cells.extend(words.map(|words| (WORDS.to_owned(), words.into())));
    cells
}

/// What each account says, a line each; what several say in the same words stands once.
fn words(statement: &Value) -> String {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut tellings: Vec<String> = Vec::new();
    for account in list(&statement["accounts"]) {
        let parts = list(&account["parts"]);
        let parts: Vec<&str> = parts.iter().filter_map(|part| part["text"].as_str()).collect();
        let telling = parts.join(" … ");
        if !tellings.contains(&telling) {
            tellings.push(telling);
        }
    }
    tellings.join("\n")
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(is) => Cell::Integer(is.into()),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => Cell::Integer(integer),
            (None, Some(real)) => Cell::Real(real),
            (None, None) => Cell::Text(number.to_string()),
        },
        Value::String(text) => Cell::Text(text),
        list => Cell::Text(list.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_first_column_and_words_about_it() {
        let about: About = serde_json::from_str(ABOUT).unwrap();
        for table in TABLES {
            let first = FIRST.iter().find(|(name, ..)| *name == table.name);
            let (_, column, _) = first.unwrap_or_else(|| panic!("{} has no first column", table.name));
            assert!(about.tables.contains_key(table.name), "{}", table.name);
            assert!(!about.column(table.name, column).is_empty(), "{}.{column}", table.name);
        }
    }

    #[test]
    fn a_table_says_its_types_its_key_and_what_it_refers_to() {
        let column = |name: &str, kind| Column { name: name.to_owned(), kind };
        let mixed = Kind::of(&json!(1)).with(Kind::of(&json!(0.5)));
        let header = [
            column("statement", Kind::Text),
            column("speaker.entity", Kind::Text),
            column("sure", Kind::of(&json!(true))),
            column("right", mixed),
        ];
        insta::assert_snapshot!(create("statements", &header), @r#"
        CREATE TABLE "statements" (
          "statement" TEXT PRIMARY KEY,
          "speaker_entity" TEXT,
          "sure" INTEGER,
          "right" REAL,
          FOREIGN KEY ("speaker_entity") REFERENCES "entities"("entity")
        );
        "#);
    }
}
