//! What people say about the record: kept apart from evidence, never rewritten.

use std::collections::BTreeMap;

use onrecord_model::{Change, Correction, EntityKind, Hash, Id, Place, Signed};
use rusqlite::Connection;

use crate::StoreError;
use crate::columns::{Columns, Values, named, query};

/// Adds those that are not there; says whether anything changed. One that was taken back elsewhere is taken back
/// here too.
pub(crate) fn add(db: &Connection, corrections: &[Correction]) -> Result<bool, StoreError> {
    let mut changed = false;
    for correction in corrections {
        if row(correction).insert_new_into("correction", db)? {
            changed = true;
            let about = correction.change.places().into_iter().map(|place| ("about", place));
            let content = correction.change.content().iter().map(|place| ("content", place));
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for (part, place) in about.chain(content) {
                let n = counts.entry(part).or_default();
                Values::of(correction.id)
                    .text(part)
                    .n(*n)
                    .owned(place.page.to_string())
                    .int(place.start.into())
                    .text(&place.words)
                    .insert_into("correction_place", db)?;
                *n += 1;
            }
        } else if let Some(undone) = &correction.undone {
            changed |= undo(db, correction.id, undone)?;
        }
    }
    Ok(changed)
}

/// Takes one back; `false` where there is none or it was taken back before.
pub(crate) fn undo(db: &Connection, id: Id, signed: &Signed) -> Result<bool, StoreError> {
    let sql = "UPDATE correction SET undone_by = ?, undone_at = ?, undone_why = ? WHERE id = ? AND undone_by IS NULL";
    Ok(db.execute(sql, [&signed.by, &signed.at, &signed.why, &id.to_string()])? > 0)
}

fn row(correction: &Correction) -> Values<'_> {
    let (name, kind) = match &correction.change {
        Change::Speaker { name, kind, .. } => (name.as_deref(), Some(kind.name())),
        _ => (None, None),
    };
    let day = match &correction.change {
        Change::SaidOn { day, .. } => Some(day),
        _ => None,
    };
    let undone = correction.undone.as_ref();
    Values::of(correction.id)
        .text(correction.change.name())
        .opt_text(name)
        .opt_text(kind)
        .date(day)
        .text(&correction.signed.by)
        .text(&correction.signed.at)
        .text(&correction.signed.why)
        .opt_text(undone.map(|s| s.by.as_str()))
        .opt_text(undone.map(|s| s.at.as_str()))
        .opt_text(undone.map(|s| s.why.as_str()))
}

/// Every correction, oldest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<Correction>, StoreError> {
    let sql =
        "SELECT correction, part, page_hash, start, words FROM correction_place ORDER BY correction, part, n";
    let mut places: BTreeMap<(Id, String), Vec<Place>> = BTreeMap::new();
    for (correction, part, place) in query(db, sql, &[], |c| Ok((c.id()?, c.text()?, place(c)?)))? {
        places.entry((correction, part)).or_default().push(place);
    }
    let sql = "SELECT * FROM correction ORDER BY at, id";
    query(db, sql, &[], |c| {
        let id = c.id()?;
        let of = |part: &str| places.get(&(id, part.to_owned())).cloned().unwrap_or_default();
        let change = change(c, (of("about"), of("content")))?;
        let signed = Signed { by: c.text()?, at: c.text()?, why: c.text()? };
        let undone = match (c.opt_text()?, c.opt_text()?, c.opt_text()?) {
            (Some(by), Some(at), Some(why)) => Some(Signed { by, at, why }),
            _ => None,
        };
        Ok(Correction { id, change, signed, undone })
    })
}

fn place(c: &mut Columns<'_>) -> Result<Place, StoreError> {
    let page = named(&c.text()?, "a SHA-256 hash", Hash::parse)?;
    Ok(Place { page, start: c.get()?, words: c.text()? })
}

fn change(c: &mut Columns<'_>, places: (Vec<Place>, Vec<Place>)) -> Result<Change, StoreError> {
    let kind = c.text()?;
    let name = c.opt_text()?;
    let bearer = c.opt_text()?.and_then(|kind| EntityKind::from_name(&kind));
    let day = c.date()?;
    let (places, content) = places;
    let made = match (kind.as_str(), bearer, day) {
        ("same", ..) => Some(Change::SameStatement { places }),
        ("not_same", ..) => {
            let mut places = places.into_iter();
            places.next().map(|kept| Change::OtherStatement { kept, apart: places.collect() })
        }
        ("merge", ..) => Some(Change::SameEntity { places }),
        ("split", ..) => Some(Change::OtherEntity { places }),
        ("speaker", Some(kind), _) => Some(Change::Speaker { places, name, kind }),
        ("words", ..) => places.into_iter().next().map(|place| Change::Words { place, content }),
        ("date", _, Some(day)) => Some(Change::SaidOn { places, day }),
        ("hide", ..) => Some(Change::Hide { places }),
        _ => None,
    };
    named(&kind, "a kind of correction with what belongs to it", |_| made)
}
