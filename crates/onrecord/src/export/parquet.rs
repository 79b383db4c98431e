//! Parquet, a file a table: flat columns with types, compressed with Snappy, written a group of rows at a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use onrecord_render::wire::Tables;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use serde_json::Value;

use super::columns::columns;
use super::typed::{Column, Kind, header};
use super::{Container, TABLES, Table};

/// Apache Parquet.
pub(crate) struct Parquet;

impl Container for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn write(&self, tables: &Tables, folder: &Path) -> Result<Vec<PathBuf>> {
        let write = |table: &Table| {
            let path = folder.join(format!("{}.parquet", table.name));
            write_table(table, tables, &path)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
            Ok(path)
        };
        TABLES.iter().map(write).collect()
    }
}

/// A group of rows is held in memory: as many rows or, of long texts, as many bytes as this.
const GROUP_ROWS: usize = 65_536;
const GROUP_BYTES: usize = 32 << 20;

fn write_table(table: &Table, tables: &Tables, path: &Path) -> Result<()> {
    let header = header(table, tables, |_, row| columns(row))?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file =
        SerializedFileWriter::new(File::create(path)?, schema(table, &header)?, Arc::new(properties))?;
    let mut group = Group::new(&header);
    (table.rows)(tables, &mut |row| {
        group.push(row, &header);
        if group.rows >= GROUP_ROWS || group.bytes >= GROUP_BYTES {
            std::mem::replace(&mut group, Group::new(&header)).write(&mut file)?;
        }
        Ok(())
    })?;
    if group.rows > 0 {
        group.write(&mut file)?;
    }
    file.close()?;
    Ok(())
}

fn schema(table: &Table, header: &[Column]) -> Result<Arc<Type>> {
    let field = |column: &Column| -> Result<Arc<Type>> {
        let (physical, logical) = match column.kind {
            Kind::Integer => (Physical::INT64, None),
            Kind::Real => (Physical::DOUBLE, None),
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let name = column.plain();
        let field = Type::primitive_type_builder(&name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        Ok(Arc::new(field.build()?))
    };
    let fields = header.iter().map(field).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?))
}

/// The values of a column that are there.
enum Values {
    Integers(Vec<i64>),
    Reals(Vec<f64>),
    Texts(Vec<ByteArray>),
}

impl Values {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Integer => Self::Integers(Vec::new()),
            Kind::Real => Self::Reals(Vec::new()),
            Kind::Text => Self::Texts(Vec::new()),
        }
    }

    /// Takes a value that the column's kind was widened for; `false` if there is none.
    fn push(&mut self, value: Option<Value>, bytes: &mut usize) -> bool {
        let Some(value) = value else { return false };
        match self {
            Self::Integers(values) => {
                let value = value.as_i64().or(value.as_bool().map(i64::from));
                values.extend(value);
                value.is_some()
            }
            Self::Reals(values) => {
                let value = value.as_f64().or(value.as_bool().map(|is| f64::from(u8::from(is))));
                values.extend(value);
                value.is_some()
            }
            Self::Texts(values) => {
                let text = match value {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                *bytes += text.len();
                values.push(text.into_bytes().into());
                true
            }
        }
    }

    fn write(&self, levels: &[i16], column: &mut SerializedColumnWriter) -> Result<()> {
        match self {
            Self::Integers(values) => column.typed::<Int64Type>().write_batch(values, Some(levels), None)?,
            Self::Reals(values) => column.typed::<DoubleType>().write_batch(values, Some(levels), None)?,
            Self::Texts(values) => column.typed::<ByteArrayType>().write_batch(values, Some(levels), None)?,
        };
        Ok(())
    }
}

/// Rows, column by column: values, and of each row 1 where there is one.
struct Group {
    columns: Vec<(Values, Vec<i16>)>,
    rows: usize,
    bytes: usize,
}

impl Group {
    fn new(header: &[Column]) -> Self {
        let columns = header.iter().map(|column| (Values::new(column.kind), Vec::new())).collect();
        Self { columns, rows: 0, bytes: 0 }
    }

    fn push(&mut self, row: Value, header: &[Column]) {
        let mut row: BTreeMap<String, Value> = columns(row).into_iter().collect();
        for ((values, levels), column) in self.columns.iter_mut().zip(header) {
            levels.push(values.push(row.remove(&column.name), &mut self.bytes).into());
        }
        self.rows += 1;
    }

    fn write(self, file: &mut SerializedFileWriter<File>) -> Result<()> {
        let mut group = file.next_row_group()?;
        for (values, levels) in &self.columns {
            let Some(mut column) = group.next_column()? else { break };
            values.write(levels, &mut column)?;
            column.close()?;
        }
        group.close()?;
        Ok(())
    }
}
