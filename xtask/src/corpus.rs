//! A corpus of any size with known copies, stories and statements, for measuring cost.
//!
//! Everything is invented and made from a fixed seed: the same size gives the same bytes. Stories are
//! independent of each other, so that a corpus of 10,000 articles is ten of 1,000, not one that
//! is ten times denser. Names are put together from syllables, so that each story has its own people.

use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

/// What was planted: to be found again.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Planted {
    pub(crate) articles: usize,
    pub(crate) stories: usize,
    pub(crate) copies: usize,
    pub(crate) bytes: usize,
}

/// Writes `articles` articles to `out` as JSON Lines and says what was planted.
pub(crate) fn write(articles: usize, out: &Path) -> Result<Planted> {
    let file = std::fs::File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut file = BufWriter::new(file);
    let mut planted = Planted::default();
    let mut dice = Dice(0x5eed_0bad_cafe_f00d);
    while planted.articles < articles {
        let story = Story::new(&mut dice, planted.stories);
        planted.stories += 1;
        for teller in 0..(articles - planted.articles).min(TELLERS) {
            let row = story.told_by(teller, &mut dice);
            planted.copies += usize::from(teller == 1);
            planted.bytes += row.len() + 1;
            planted.articles += 1;
            writeln!(file, "{row}")?;
        }
    }
    file.flush()?;
    Ok(planted)
}

/// Tellings of one story: an agency, its copy, a daily, a translation, a broadcaster.
const TELLERS: usize = 5;
const OUTLETS: [&str; TELLERS] = ["Wire", "Portal", "Daily", "Vesti", "Radio"];

/// splitmix64: small, seeded, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    fn name(&mut self, syllables: usize) -> String {
        const HEADS: &[&str] = &[
            "Ba", "Dor", "Fen", "Gal", "Hul", "Jor", "Kes", "Lim", "Mor", "Nav", "Os", "Pel", "Ruk", "Sev",
            "Tam", "Vor",
        ];
        const TAILS: &[&str] = &[
            "an", "bek", "din", "el", "gor", "ik", "lan", "mar", "nov", "ra", "sk", "tin", "ur", "vel",
            "zen", "to",
        ];
        let mut name = self.pick(HEADS).to_owned();
        for _ in 1..syllables {
            name += self.pick(TAILS);
        }
        name
    }
}

/// One happening, with what its speaker said.
struct Story {
    number: usize,
    month: usize,
    day: usize,
    city: String,
    state: String,
    first: String,
    last: String,
    role: &'static str,
    thing: &'static str,
    place: &'static str,
    count: usize,
    percent: usize,
    background: String,
}

const ROLES: &[&str] = &[
    "Transport Minister",
    "Health Minister",
    "Mayor",
    "Governor",
    "Police Chief",
    "Energy Minister",
    "Education Minister",
];
const THINGS: &[&str] = &[
    "bridges",
    "schools",
    "pumping stations",
    "buses",
    "clinics",
    "warehouses",
    "turbines",
    "greenhouses",
    "ferries",
    "reservoirs",
];
const PLACES: &[&str] = &[
    "in the northern districts",
    "along the river",
    "near the old harbour",
    "in the mountain villages",
    "on the eastern plain",
];
const BODIES: &[&str] = &[
    "the audit office",
    "a residents' league",
    "the port authority",
    "the regional court",
    "a trade union",
    "the weather service",
    "an engineers' chamber",
    "the school board",
    "a farmers' cooperative",
    "the fire brigade",
    "the opposition",
    "the contractor",
];
const DEEDS: &[&str] = &[
    "asked for a review of",
    "published a survey of",
    "complained about",
    "put off a vote on",
    "found gaps in",
    "praised an early draft of",
    "counted the costs of",
    "collected signatures against",
    "dropped a claim over",
    "opened a hearing on",
];
const MATTERS: &[&str] = &[
    "the tender rules",
    "the road to the quarry",
    "the winter timetable",
    "the pumping contract",
    "the flood map",
    "the pension fund",
    "the parking fees",
    "the harvest loans",
    "the insulation grant",
    "the ferry concession",
    "the library roof",
    "the land register",
];

/// What stands around the news in every telling: sentences of this story alone.
fn background(dice: &mut Dice) -> String {
    let mut out = String::new();
    for _ in 0..6 {
        let (body, deed, matter) = (dice.pick(BODIES), dice.pick(DEEDS), dice.pick(MATTERS));
        let (place, days, sum) = (dice.name(3), 2 + dice.roll(80), 3 + dice.roll(900));
        let _ = match dice.roll(3) {
            0 => {
                write!(out, "In {place}, {body} {deed} {matter} {days} days ago, at a cost of {sum} crowns. ")
            }
            1 => write!(
                out,
                "Some {sum} households in {place} wait for {matter}, which {body} called urgent. "
            ),
            _ => write!(
                out,
                "For {days} weeks {body} of {place} {deed} {matter} and paid {sum} crowns for it. "
            ),
        };
    }
    out
}

impl Story {
    fn new(dice: &mut Dice, number: usize) -> Self {
        let background = background(dice);
        Self {
            number,
            month: 1 + dice.roll(12),
            day: 1 + dice.roll(27),
            city: dice.name(3),
            state: dice.name(3) + "ia",
            first: dice.name(2),
            last: dice.name(3),
            role: dice.pick(ROLES),
            thing: dice.pick(THINGS),
            place: dice.pick(PLACES),
            count: 20 + dice.roll(900),
            percent: 2 + dice.roll(60),
            background,
        }
    }

    fn told_by(&self, teller: usize, dice: &mut Dice) -> String {
        let Self {
            number,
            month,
            day,
            city,
            state,
            first,
            last,
            role,
            thing,
            place,
            count,
            percent,
            background,
        } = self;
        let text = match OUTLETS[teller] {
            "Wire" | "Portal" => format!(
                "{} (Wire) - {state}'s {role} {first} {last} said on the {day}th that more than {count} {thing} {place} would be repaired this year.\n\n\
                 “We will not leave a single one of the {thing} without money,” {last} told reporters in {city}.\n\n\
                 {last} added that costs had grown by {percent} percent since the start of the work.\n\n{background}",
                city.to_uppercase()
            ),
            "Daily" => format!(
                "More than {count} {thing} {place} are to be repaired this year, {role} {first} {last} has announced in {city}.\n\n\
                 “We will not leave a single one of the {thing} without money,” {last} said. According to the {role}, costs have risen by {percent} per cent.\n\n{background}"
            ),
            "Vesti" => format!(
                "{city}. In {state} will be repaired more {count} of {thing}, declared {first} {last}.\n\n\
                 «We will not leave without money any of {thing}», — noted {last}.\n\n{background}"
            ),
            _ => format!(
                "\"We will not leave a single one of the {thing} without money,\" {role} {first} {last} said in {city}. \
                 The number of {thing} under repair {place} will exceed {count}, {last} said.\n\n{background}"
            ),
        };
        let hour = 6 + teller * 2 + dice.roll(2);
        json!({
            "id": format!("{number:06}-{teller}"),
            "outlet": OUTLETS[teller],
            "headline": format!("{role} promises money for {thing} {place}"),
            "published": format!("2024-{month:02}-{day:02}T{hour:02}:00:00Z"),
            "language": "en",
            "text": text,
        })
        .to_string()
    }
}
