//! Works out days by where they lie in a stretch of the calendar.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use onrecord_model::DateValue;

use super::{
    calendar,
    meaning::{Piece, Unit},
};

/// `count` pieces of `whole`, from the `n`th on; `n` of -1: the last ones.
pub(super) fn part(whole: &DateValue, what: Piece, n: i32, count: i32) -> Option<DateValue> {
    let last = count.checked_sub(1)?;
    let (from, to) = if n > 0 { (n - 1, n.checked_add(last)? - 1) } else { (-1 - last, -1) };
    let (first, last) = (piece(whole, what, from)?, piece(whole, what, to)?);
    Some(if count == 1 { first } else { calendar::between(&first, &last) })
}

/// The piece at `place`, from 0; -1 is the last. A week belongs to where its Thursday lies, as ISO 8601 counts.
fn piece(whole: &DateValue, what: Piece, place: i32) -> Option<DateValue> {
    let unit = match what {
        Piece::Weekday(_) => Unit::Day,
        Piece::Unit(unit) => unit,
    };
    let date = match what {
        Piece::Weekday(day) => nth(whole, day, place),
        Piece::Unit(Unit::Week) => nth(whole, Weekday::Thursday, place),
        Piece::Unit(Unit::Weekend) => nth(whole, Weekday::Saturday, place),
        Piece::Unit(unit) if place >= 0 => calendar::moved(whole.first, unit, place),
        Piece::Unit(unit) => calendar::moved(calendar::holding(unit, whole.last)?.first, unit, place + 1),
    };
    let inside = date.filter(|date| (whole.first..=whole.last).contains(date))?;
    calendar::holding(unit, inside)
}

fn nth(whole: &DateValue, day: Weekday, place: i32) -> Option<Date> {
    if place >= 0 {
        return on_or_after(whole.first, day)?.checked_add(place.clamp(0, 100).weeks()).ok();
    }
    on_or_before(whole.last, day)?.checked_sub((-1 - place).clamp(0, 100).weeks()).ok()
}

/// The last such day of the week up to `date`.
pub(super) fn on_or_before(date: Date, day: Weekday) -> Option<Date> {
    let back = i32::from(day.until(date.weekday()));
    date.checked_sub(back.days()).ok()
}

/// The first such day of the week from `date` on.
pub(super) fn on_or_after(date: Date, day: Weekday) -> Option<Date> {
    let ahead = i32::from(date.weekday().until(day));
    date.checked_add(ahead.days()).ok()
}
