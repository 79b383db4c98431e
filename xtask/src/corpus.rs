//! A corpus of any size with known copies, stories and statements, for measuring cost.
//!
//! Everything is invented and made from a fixed seed: the same size gives the same bytes. Stories are
//! independent of each other, so that a corpus of 10,000 articles is ten of 1,000, not one that
//! is ten times denser. Names are put together from syllables, so that few people share one. What is
//! announced, where, and in which words is drawn from lists; what surrounds the news is each outlet's own.

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

/// What a speaker said: by outlet, words by which its account is known again; an outlet with none does not tell it.
type Tellings = [Option<String>; TELLERS];

/// Writes `articles` articles to `out` as JSON Lines and says what was planted. The program passes over `planted` of
/// a row: words of the accounts of what several tell, null for what this one does not.
pub(crate) fn write(articles: usize, out: &Path) -> Result<Planted> {
    let file = std::fs::File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut file = BufWriter::new(file);
    let mut planted = Planted::default();
    let mut dice = Dice(SEED);
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

const SEED: u64 = 0x5eed_0bad_cafe_f00d;

/// Tellings of one story: an agency, its copy, a daily, a translation, a broadcaster.
const TELLERS: usize = 5;
const OUTLETS: [&str; TELLERS] = ["Wire", "Portal", "Daily", "Vesti", "Radio"];

/// splitmix64: small, seeded, the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
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
    means: &'static str,
    deed: &'static str,
    place: String,
    pledge: Pledge,
    cost: &'static str,
    count: usize,
    percent: usize,
}

/// A promise in marks, and how a hurried translation has it.
type Pledge = (&'static str, &'static str);

const ROLES: &[&str] = &[
    "Transport Minister",
    "Health Minister",
    "Mayor",
    "Governor",
    "Police Chief",
    "Energy Minister",
    "Education Minister",
    "Agriculture Minister",
    "Defence Minister",
    "Culture Minister",
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
    "lighthouses",
    "barracks",
    "libraries",
    "tunnels",
    "orchards",
    "sawmills",
    "tramways",
    "shelters",
    "laboratories",
    "vineyards",
    "stadiums",
    "quarries",
    "windmills",
    "harbours",
    "observatories",
    "kindergartens",
    "hangars",
    "dairies",
    "canals",
    "archives",
    "foundries",
    "cemeteries",
];
const MEANS: &[&str] = &[
    "money",
    "guards",
    "electricity",
    "drinking water",
    "spare parts",
    "heating",
    "insurance",
    "inspectors",
    "fuel",
    "trained staff",
    "cameras",
    "building permits",
    "fire alarms",
    "supervision",
    "timber",
    "a roof",
];
const DEEDS: &[&str] = &[
    "repaired",
    "replaced",
    "inspected",
    "sold",
    "evacuated",
    "modernised",
    "painted",
    "dismantled",
    "insured",
    "leased",
    "reopened",
    "fenced",
];
const SIDES: &[&str] = &["northern", "southern", "eastern", "western", "upper", "lower", "outer", "coastal"];
const AREAS: &[&str] = &[
    "districts",
    "plain",
    "valley",
    "foothills",
    "suburbs",
    "marshes",
    "islands",
    "lakeside",
    "border villages",
    "steppe",
    "delta",
    "mining towns",
];
const PLEDGES: &[Pledge] = &[
    (
        "We will not leave a single one of the THING without MEANS",
        "We will not leave without MEANS any of THING",
    ),
    (
        "Nobody can ask the people of CITY to live beside THING that lack MEANS",
        "Nobody can ask people of CITY to live near THING which lack MEANS",
    ),
    (
        "If parliament agrees, every one of the THING will have MEANS before winter",
        "Every one of THING will have MEANS before the winter if parliament agrees",
    ),
    (
        "The THING are older than I am, and they were never given MEANS",
        "THING are older than me and never were given MEANS",
    ),
    (
        "For twenty years my predecessors promised MEANS to the THING and did nothing",
        "Twenty years my predecessors promised MEANS for THING and did nothing",
    ),
    (
        "There can be no talk of closing the THING as long as MEANS can be paid for",
        "There can be no talk about closing of THING while MEANS can be paid",
    ),
    (
        "We asked our neighbours for MEANS because the THING cannot wait",
        "We asked neighbours for MEANS because THING can not wait",
    ),
    (
        "Whoever stole MEANS from the THING will answer before a court",
        "Who stole MEANS from THING will answer before the court",
    ),
];
const COSTS: &[&str] = &[
    "costs",
    "rents",
    "wages",
    "insurance premiums",
    "steel prices",
    "the number of complaints",
    "waiting times",
    "repair bills",
    "accident figures",
    "the debt",
    "fuel use",
    "energy prices",
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
    "a shipping line",
    "the bishop's office",
    "the chamber of commerce",
    "a cycling club",
    "the water company",
    "the pensioners' association",
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
    "the noise limits",
    "the fishing quota",
    "the toll bridge",
    "the bell tower",
    "the bus shelters",
    "the hospital kitchen",
    "the chess festival",
    "the river dredging",
];
const HABITS: &[&str] = &[
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
    "lost a lawsuit over",
    "hired an architect for",
];

/// What an outlet adds of its own: sentences about other things in other places.
fn background(dice: &mut Dice) -> String {
    let mut out = String::new();
    for _ in 0..4 + dice.roll(4) {
        let (body, habit, matter) = (dice.pick(BODIES), dice.pick(HABITS), dice.pick(MATTERS));
        let (place, days, sum) = (dice.name(4), 2 + dice.roll(80), 3 + dice.roll(900));
        let _ = match dice.roll(3) {
            0 => {
                write!(out, "In {place}, {body} {habit} {matter} {days} days ago, at a cost of {sum} euros. ")
            }
            1 => write!(
                out,
                "Some {sum} households in {place} wait for {matter}, which {body} had put on its list. "
            ),
            _ => write!(
                out,
                "For {days} weeks {body} of {place} {habit} {matter} and paid {sum} euros for it. "
            ),
        };
    }
    out
}

impl Story {
    fn new(dice: &mut Dice, number: usize) -> Self {
        Self {
            number,
            month: 1 + dice.roll(12),
            day: 1 + dice.roll(27),
            city: dice.name(4),
            state: dice.name(4) + "ia",
            first: dice.name(2),
            last: dice.name(4),
            role: dice.pick(ROLES),
            thing: dice.pick(THINGS),
            means: dice.pick(MEANS),
            deed: dice.pick(DEEDS),
            place: format!("in the {} {}", dice.pick(SIDES), dice.pick(AREAS)),
            pledge: PLEDGES[dice.roll(PLEDGES.len())],
            cost: dice.pick(COSTS),
            count: 20 + dice.roll(900),
            percent: 2 + dice.roll(60),
        }
    }

    fn filled(&self, words: &str) -> String {
        words.replace("THING", self.thing).replace("MEANS", self.means).replace("CITY", &self.city)
    }

    /// What the speaker said, by outlet: the promise, the number, the costs.
    fn statements(&self) -> [Tellings; 3] {
        let Self { thing, count, percent, .. } = self;
        let (said, translated) = (self.filled(self.pledge.0), self.filled(self.pledge.1));
        let told = |words: &str| Some(words.to_owned());
        let number = format!("{count} {thing}");
        [
            [told(&said), told(&said), told(&said), told(&translated), told(&said)],
            [told(&number), told(&number), told(&number), None, told(&format!("exceed {count}"))],
            [
                told(&format!("by {percent} percent")),
                told(&format!("by {percent} percent")),
                told(&format!("by {percent} per cent")),
                None,
                None,
            ],
        ]
    }

    fn told_by(&self, teller: usize, dice: &mut Dice) -> String {
        let Self { number, month, day, .. } = self;
        let own = background(dice);
        let (text, own) = match OUTLETS[teller] {
            // The portal prints the agency's text to the letter, with the agency's background.
            "Wire" | "Portal" => (self.by_the_agency(), background(&mut Dice(SEED ^ *number as u64))),
            "Daily" => (self.by_the_daily(), own),
            "Vesti" => (self.translated(), own),
            _ => (self.by_the_radio(), own),
        };
        let hour = 6 + teller * 2 + dice.roll(2);
        json!({
            "id": format!("{number:06}-{teller}"),
            "outlet": OUTLETS[teller],
            "headline": self.headline(teller),
            "published": format!("2024-{month:02}-{day:02}T{hour:02}:00:00Z"),
            "language": "en",
            "text": format!("{text}\n\n{own}"),
            "planted": self.statements().map(|tellings| tellings[teller].clone()),
        })
        .to_string()
    }

    fn headline(&self, teller: usize) -> String {
        let Self { role, thing, means, place, last, city, count, deed, .. } = self;
        match OUTLETS[teller] {
            "Wire" => format!("{role} promises {means} for {thing} {place}"),
            "Portal" => format!("{last}: {thing} near {city} to be {deed}"),
            "Daily" => format!("{count} {thing} to be {deed}"),
            "Vesti" => format!("In {city} told about {thing}"),
            _ => format!("{city}: {last} speaks of {means} for {thing}"),
        }
    }

    fn by_the_agency(&self) -> String {
        let Self { city, state, first, last, role, thing, deed, place, count, percent, cost, .. } = self;
        let pledge = self.filled(self.pledge.0);
        format!(
            "{} (Wire) - {state}'s {role} {first} {last} said on Monday that more than {count} {thing} {place} would be {deed} this year.\n\n\
             “{pledge},” {last} told reporters in {city}.\n\n\
             {last} added that {cost} had grown by {percent} percent since the start of the work.",
            city.to_uppercase()
        )
    }

    fn by_the_daily(&self) -> String {
        let Self { city, first, last, role, thing, deed, place, count, percent, cost, .. } = self;
        let pledge = self.filled(self.pledge.0);
        format!(
            "More than {count} {thing} {place} are to be {deed} this year, {role} {first} {last} has announced in {city}.\n\n\
             “{pledge},” {last} said. According to {last}, {cost} have grown by {percent} per cent since the work began."
        )
    }

    fn translated(&self) -> String {
        let Self { city, state, first, last, role, .. } = self;
        let pledge = self.filled(self.pledge.1);
        format!(
            "{city}. In {state} {role} {first} {last} told about plans of the year.\n\n\
             «{pledge}», — noted {last}."
        )
    }

    fn by_the_radio(&self) -> String {
        let Self { city, first, last, role, thing, deed, place, count, .. } = self;
        let pledge = self.filled(self.pledge.0);
        format!(
            "\"{pledge},\" {role} {first} {last} said in {city}. \
             The number of {thing} to be {deed} {place} will exceed {count}, {last} said."
        )
    }
}
