//! What the articles say together.

use std::collections::BTreeMap;

use onrecord_model::{
    Account, AccountPart, CopyGroup, Difference, DifferenceKind, Entity, EntityKind, Evidence, FigureSeries,
    Id, Number, QuotationKind, Record, Reply, Side, Span, Stance, Statement, Story, Subject, Theme, Unit,
};
use rusqlite::Connection;

use crate::StoreError;
use crate::columns::{Columns, named, query};

pub(crate) fn read(db: &Connection) -> Result<Record, StoreError> {
    Ok(Record {
        entities: entities(db)?,
        copies: copies(db)?,
        stories: stories(db)?,
        statements: statements(db)?,
        differences: query(db, DIFFERENCE, &[], difference)?,
        replies: query(db, "SELECT * FROM reply ORDER BY \"from\", \"to\"", &[], reply)?,
        figures: figure_series(db)?,
        themes: themes(db)?,
    })
}

/// The values of a child table by the id of their parent, in the order of the query.
fn children<T>(
    db: &Connection,
    sql: &str,
    read: impl Fn(&mut Columns<'_>) -> Result<T, StoreError>,
) -> Result<BTreeMap<Id, Vec<T>>, StoreError> {
    let mut out: BTreeMap<Id, Vec<T>> = BTreeMap::new();
    for (parent, child) in query(db, sql, &[], |c| Ok((c.id()?, read(c)?)))? {
        out.entry(parent).or_default().push(child);
    }
    Ok(out)
}

fn entities(db: &Connection) -> Result<Vec<Entity>, StoreError> {
    let sql = "SELECT entity, article, n FROM entity_member ORDER BY entity, article, n";
    let mut members = children(db, sql, |c| Ok((c.id()?, c.get()?)))?;
    let mut out = query(db, "SELECT * FROM entity ORDER BY id", &[], |c| {
        Ok(Entity {
            id: c.id()?,
            kind: c.word("a kind of entity", EntityKind::from_name)?,
            name: c.text()?,
            variants: c.strings()?,
            roles: c.strings()?,
            members: Vec::new(),
        })
    })?;
    for entity in &mut out {
        entity.members = members.remove(&entity.id).unwrap_or_default();
    }
    Ok(out)
}

fn copies(db: &Connection) -> Result<Vec<CopyGroup>, StoreError> {
    let mut members = children(db, "SELECT * FROM copy_member ORDER BY copy_group, article", |c| c.id())?;
    let mut out = query(db, "SELECT * FROM copy_group ORDER BY id", &[], |c| {
        Ok(CopyGroup { id: c.id()?, origin: c.id()?, members: Vec::new(), because: c.because()? })
    })?;
    for group in &mut out {
        group.members = members.remove(&group.id).unwrap_or_default();
    }
    Ok(out)
}

fn stories(db: &Connection) -> Result<Vec<Story>, StoreError> {
    let mut articles = children(db, "SELECT * FROM story_article ORDER BY story, article", |c| c.id())?;
    let mut out = query(db, "SELECT * FROM story ORDER BY id", &[], |c| {
        Ok(Story { id: c.id()?, title: c.text()?, articles: Vec::new(), because: c.because()? })
    })?;
    for story in &mut out {
        story.articles = articles.remove(&story.id).unwrap_or_default();
    }
    Ok(out)
}

fn statements(db: &Connection) -> Result<Vec<Statement>, StoreError> {
    let mut accounts = accounts(db)?;
    let mut said_on = evidence(db, "said_on")?;
    let mut places = evidence(db, "place")?;
    let cells =
        "SELECT statement, row, account, start, \"end\" FROM statement_row ORDER BY statement, row, account";
    let mut cells = children(db, cells, |c| Ok((c.n()?, c.n()?, c.span()?)))?;
    query(db, "SELECT * FROM statement ORDER BY id", &[], |c| {
        let (id, story, speaker, speaker_name, role) =
            (c.id()?, c.id()?, c.opt_id()?, c.opt_text()?, c.opt_text()?);
        let (date, place) = (c.date()?, c.opt_text()?);
        Ok((
            Statement {
                id,
                story,
                speaker,
                speaker_name,
                role,
                said_on: date.map(|date| (date, Vec::new())),
                place: place.map(|place| (place, Vec::new())),
                accounts: Vec::new(),
                rows: Vec::new(),
                because: c.because()?,
            },
            id,
        ))
    })?
    .into_iter()
    .map(|(mut statement, id)| {
        statement.accounts = accounts.remove(&id).unwrap_or_default();
        if let Some((_, shown)) = &mut statement.said_on {
            *shown = said_on.remove(&id).unwrap_or_default();
        }
        if let Some((_, shown)) = &mut statement.place {
            *shown = places.remove(&id).unwrap_or_default();
        }
        statement.rows = rows(&cells.remove(&id).unwrap_or_default(), statement.accounts.len());
        Ok(statement)
    })
    .collect()
}

/// Cells `(row, account, span)` as a table with one column an account.
fn rows(cells: &[(usize, usize, Span)], accounts: usize) -> Vec<Vec<Option<Span>>> {
    let height = cells.iter().map(|(row, ..)| row + 1).max().unwrap_or(0);
    let mut out = vec![vec![None; accounts]; height.min(cells.len())];
    for &(row, account, span) in cells {
        if let Some(cell) = out.get_mut(row).and_then(|row| row.get_mut(account)) {
            *cell = Some(span);
        }
    }
    out
}

fn evidence(db: &Connection, field: &'static str) -> Result<BTreeMap<Id, Vec<Evidence>>, StoreError> {
    let sql = format!(
        "SELECT statement, article, start, \"end\" FROM statement_evidence WHERE field = '{field}' ORDER BY statement, n"
    );
    children(db, &sql, |c| Ok(Evidence::new(c.id()?, c.span()?)))
}

fn accounts(db: &Connection) -> Result<BTreeMap<Id, Vec<Account>>, StoreError> {
    let sql = "SELECT account, start, \"end\", kind FROM account_part ORDER BY account, n";
    let mut parts = children(db, sql, |c| {
        Ok(AccountPart { span: c.span()?, kind: c.word("a kind of quotation", QuotationKind::from_name)? })
    })?;
    let sql = "SELECT statement, id, article, source_start, source_end, cue_start, cue_end, quotations, is_primary \
               FROM account ORDER BY statement, n";
    let mut out = children(db, sql, |c| {
        Ok(Account {
            id: c.id()?,
            article: c.id()?,
            parts: Vec::new(),
            source: c.opt_span()?,
            cue: c.opt_span()?,
            quotations: c.numbers()?,
            primary: c.get()?,
        })
    })?;
    for account in out.values_mut().flatten() {
        account.parts = parts.remove(&account.id).unwrap_or_default();
    }
    Ok(out)
}

const DIFFERENCE: &str = "SELECT id, statement, subject, kind, left_article, left_start, left_end, right_article, \
     right_start, right_end, rule, note, spans FROM difference ORDER BY id";

fn difference(columns: &mut Columns<'_>) -> Result<Difference, StoreError> {
    Ok(Difference {
        id: columns.id()?,
        statement: columns.opt_id()?,
        subject: columns.word("a subject", Subject::from_name)?,
        kind: columns.word("a kind of difference", DifferenceKind::from_name)?,
        between: [side(columns)?, side(columns)?],
        because: columns.because()?,
    })
}

fn side(columns: &mut Columns<'_>) -> Result<Side, StoreError> {
    Ok(Side { article: columns.id()?, span: columns.opt_span()? })
}

fn reply(columns: &mut Columns<'_>) -> Result<Reply, StoreError> {
    Ok(Reply {
        from: columns.id()?,
        to: columns.id()?,
        stance: columns.word("a stance", Stance::from_name)?,
        because: columns.because()?,
    })
}

fn figure_series(db: &Connection) -> Result<Vec<FigureSeries>, StoreError> {
    let sql = "SELECT figure_series, article, figure FROM figure_series_member ORDER BY figure_series, n";
    let mut members = children(db, sql, |c| Ok((c.id()?, c.get()?)))?;
    let number = |text: String| named(&text, "a number", |text| text.parse::<Number>().ok());
    let mut out = query(db, "SELECT * FROM figure_series ORDER BY id", &[], |c| {
        Ok(FigureSeries {
            id: c.id()?,
            story: c.id()?,
            counted: c.text()?,
            unit: c.opt_text()?.map(Unit::new),
            members: Vec::new(),
            spread: (number(c.text()?)?, number(c.text()?)?),
            because: c.because()?,
        })
    })?;
    for series in &mut out {
        series.members = members.remove(&series.id).unwrap_or_default();
    }
    Ok(out)
}

fn themes(db: &Connection) -> Result<Vec<Theme>, StoreError> {
    let sql = "SELECT theme, statement FROM theme_statement ORDER BY theme, n";
    let mut statements = children(db, sql, |c| c.id())?;
    let mut out = query(db, "SELECT * FROM theme ORDER BY id", &[], |c| {
        Ok(Theme { id: c.id()?, label: c.text()?, statements: Vec::new(), because: c.because()? })
    })?;
    for theme in &mut out {
        theme.statements = statements.remove(&theme.id).unwrap_or_default();
    }
    Ok(out)
}
