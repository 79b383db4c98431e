//! Tables of invented sentences.

use onrecord_model::{Annotations, Figure};

use crate::{ANNOTATORS, testing::article};

fn figures(text: &str) -> Vec<Figure> {
    let article = article(text);
    let mut out = Annotations::default();
    for annotator in ANNOTATORS {
        annotator.annotate(&article, &mut out);
    }
    out.figures
}

/// "span = value..value_to bound unit | counted", one a figure.
fn shown(text: &str) -> Vec<String> {
    let figures = figures(text);
    let show = |f: &Figure| {
        let to = f.value_to.map_or(String::new(), |to| format!("..{to}"));
        let unit = f.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
        let counted = f.counted.map_or("-", |span| span.slice(text));
        format!("{} = {}{to} {}{unit} | {counted}", f.span.slice(text), f.value, f.bound)
    };
    figures.iter().map(show).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected, "{text}");
}

#[test]
fn numbers() {
    check("The plant lost 1,250 orders.", &["1,250 = 1250 exactly | orders"]);
    check("The plant lost 1\u{a0}250 orders.", &["1\u{a0}250 = 1250 exactly | orders"]);
    check(
        "It hired three hundred and twenty welders.",
        &["three hundred and twenty = 320 exactly | welders"],
    );
    check(
        "It hired four and a half thousand welders.",
        &["four and a half thousand = 4500 exactly | welders"],
    );
    check("Eighteen hundred welders left.", &["Eighteen hundred = 1800 exactly | welders"]);
    check("Some 2.5m voters stayed away.", &["Some 2.5m = 2500000 about | voters"]);
    check("The bill was €1,5 bn.", &["€1,5 bn = 1500000000 exactly EUR | bill"]);
    check("It bought half a dozen ferries.", &["half a dozen = 6 exactly | ferries"]);
    check("About a third of the ferries sank.", &["About a third = 33.3 about percent | ferries"]);
    check("One in four ferries sank.", &["One in four = 25 exactly percent | ferries"]);
}

#[test]
fn bounds_and_ranges() {
    check("more than 40 ferries", &["more than 40 = 40 more_than | ferries"]);
    check("no fewer than 40 ferries", &["no fewer than 40 = 40 at_least | ferries"]);
    check("It will never be less than 40 metres.", &["less than 40 metres = 40 at_least m | -"]);
    check("40 or more ferries", &["40 or more = 40 at_least | ferries"]);
    check("from 100 to 120 ferries", &["from 100 to 120 = 100..120 range | ferries"]);
    check(
        "between 20 and 30 percent of the ferries",
        &["between 20 and 30 percent = 20..30 range percent | ferries"],
    );
    check("$300 to 350 million of aid", &["$300 to 350 million = 300000000..350000000 range USD | aid"]);
    check("Prices rose from 9 to 10 boats.", &["9 = 9 exactly | Prices", "10 = 10 exactly | boats"]);
}

#[test]
fn units() {
    check("a flow of 300 m³/s", &["300 m³/s = 300 exactly m3/s | flow"]);
    check("a flow of 300 cubic feet per second", &["300 cubic feet per second = 300 exactly ft3/s | flow"]);
    check("a loss of $1.20 per share", &["$1.20 per share = 1.2 exactly USD per share | loss"]);
    check("a 15-year lease", &["15-year = 15 exactly year | lease"]);
    check("a fee of 40 cents", &["40 cents = 0.4 exactly USD | fee"]);
    check("a toll of 96 lumes ($2)", &["96 lumes = 96 exactly lumes | toll", "$2 = 2 exactly USD | toll"]);
}

#[test]
fn no_figures() {
    for text in [
        "On 3 May 2024 at 6:40 the 201st base opened; in 2014 it closed.",
        "She wrote Article 5 of Law No. 17 in the 1990s.",
        "Call +0 555 0199 200 or see 2025-12-03T06:44.",
        "The Su-27 and the Apollo 11 were shown on May 12.",
        "It won 2-1 in the 3rd round two years ago.",
        "A 12-year-old girl, aged 12, met the Group of Seven.",
        "1. Foreword\n2) Annex",
        "The two agreed and one of them left.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_is_counted() {
    check("She sold six boats, two of them in May.", &["six = 6 exactly | boats", "two = 2 exactly | boats"]);
    check("Two of the three ferries sank.", &["Two = 2 exactly | ferries", "three = 3 exactly | ferries"]);
    check("The storm killed 102 and 21 people.", &["102 = 102 exactly | people", "21 = 21 exactly | people"]);
    check(
        "The number of strikers near the port had grown by 12 percent last year.",
        &["12 percent = 12 exactly percent | number of strikers"],
    );
    check(
        "They pay a rent of $5 million a year.",
        &["$5 million a year = 5000000 exactly USD per year | rent"],
    );
    check("It was down, with more than 40 injured.", &["more than 40 = 40 more_than | injured"]);
    check("For nine weeks the club repaired boats.", &["nine weeks = 9 exactly week | -"]);
    check("The strike, in 2014, lasted nine days.", &["nine days = 9 exactly day | strike"]);
    check(
        "a walk of 500 miles (800 km)",
        &["500 miles = 500 exactly mile | walk", "800 km = 800 exactly km | walk"],
    );
}

#[test]
fn innermost_quotation_holds_the_figure() {
    let found = figures("“We have 40 boats,” Mayor Ana Brandt said. The harbour has 12 cranes.");
    let held: Vec<bool> = found.iter().map(|f| f.holder != onrecord_model::Holder::Outlet).collect();
    assert_eq!(held, [true, false]);
}

#[test]
fn hostile_texts() {
    let digits = "9".repeat(20_000);
    let million = "million ".repeat(5_000);
    let nested = "from 1 to 2 to 3 to ".repeat(3_000);
    let words = "one hundred and ".repeat(3_000);
    let groups = "1 000 ".repeat(5_000);
    let dashes = "1-2-".repeat(5_000);
    let halves = "a half and a half of ".repeat(3_000);
    for text in [
        digits,
        million.clone(),
        format!("1e999 {million}"),
        format!("9 {million}"),
        nested,
        words,
        groups,
        dashes,
        halves,
    ] {
        let found = figures(&text);
        assert!(found.iter().all(|figure| figure.span.len() < 400), "{}", &text[..40]);
    }
    for text in [
        "999999999999999999999999 cows",
        "1e999",
        "9,9,9,9,9",
        "1/0",
        "0/0 of",
        "½½ of",
        "$",
        "%",
        "€ %",
        "-",
        "between and",
    ] {
        figures(text);
    }
}

#[test]
fn money_that_only_the_article_knows() {
    check("He got a fine of 500 lumes.", &["500 lumes = 500 exactly lumes | fine"]);
    check("It spent 2 million lumes on nets.", &["2 million lumes = 2000000 exactly lumes | -"]);
    check("Shares fell to 8.20 lumes.", &["8.20 lumes = 8.2 exactly lumes | Shares"]);
    check(
        "The levy cost savers 1.2bn lumes.",
        &["1.2bn lumes = 1200000000 exactly lumes | levy cost savers"],
    );
    check(
        "The strike costs 30 million lume a day.",
        &["30 million lume a day = 30000000 exactly lumes per day | strike"],
    );
    check("They paid 5,000 workers.", &["5,000 = 5000 exactly | workers"]);
    check("The flood cost 3,000 jobs.", &["3,000 = 3000 exactly | jobs"]);
    check("It lost 400,000 crowns.", &["400,000 crowns = 400000 exactly crowns | -"]);
}

#[test]
fn limits_ranges_ages_and_signs() {
    check("It may not be raised by more than 5%.", &["more than 5% = 5 at_most percent | -"]);
    check("Output will fall by 10 to 12 percent.", &["10 to 12 percent = 10..12 range percent | Output"]);
    check(
        "Output rose from 10 to 12 percent.",
        &["10 = 10 exactly | Output", "12 percent = 12 exactly percent | Output"],
    );
    check("It was given to people over 65.", &[]);
    check("It was minus 61 there.", &["minus 61 = -61 exactly | -"]);
    check("They met on 2 and 3 March.", &[]);
    check("It needs not more 150 boats.", &["not more 150 = 150 at_most | boats"]);
}

#[test]
fn counted_by_the_words_around() {
    check("The lorries waited at Alm, 62 km off.", &["62 km = 62 exactly km | Alm"]);
    check("Alm, 40 miles south of Brunn, was flooded.", &["40 miles = 40 exactly mile | Alm"]);
    check(
        "The change could add up to half a percentage point to prices.",
        &["up to half a percentage point = 0.5 at_most percentage point | prices"],
    );
    check(
        "Nobody insured the roof, which the verger values at $70,000.",
        &["$70,000 = 70000 exactly USD | roof"],
    );
    check("Some $230m of it will go to clinics.", &["Some $230m = 230000000 about USD | clinics"]);
    check("The town will spend $5 million.", &["$5 million = 5000000 exactly USD | town will spend"]);
    check("Bakers will get 8 percent more.", &["8 percent = 8 exactly percent | Bakers will get"]);
    check("The canal was dug by hand. It is 212 km long.", &["212 km = 212 exactly km | canal"]);
    check(
        "Inspectors visited private kennels. They closed nearly 35 of them.",
        &["nearly 35 = 35 about | private kennels"],
    );
    check(
        "The ration could “hardly be more than 3 litres”.",
        &["more than 3 litres = 3 more_than litre | ration"],
    );
    check("The weir, 40 metres long, will hold.", &["40 metres = 40 exactly m | weir"]);
    check(
        "The grant, worth $9 million, must be spent within six years.",
        &["$9 million = 9000000 exactly USD | grant", "six years = 6 exactly year | grant"],
    );
    check("The 330ml cans were recalled.", &["330ml = 330 exactly ml | cans"]);
    check("They mended 17 of 23 barges.", &["17 = 17 exactly | barges", "23 = 23 exactly | barges"]);
    check("She turned 60. They sold 41.", &["41 = 41 exactly | -"]);
    check("The tank will hold 40 litres of oil.", &["40 litres = 40 exactly litre | tank"]);
    check("She swam each evening for 19 years.", &["19 years = 19 exactly year | -"]);
    check(
        "The port has 52 cranes.\nThe mayor could name 41.",
        &["52 = 52 exactly | cranes", "41 = 41 exactly | cranes"],
    );
}

#[test]
fn bounds_told_by_other_words() {
    check("The decree limits the catch at 60 crabs.", &["60 = 60 at_most | crabs"]);
    check("The mayor spoke about 14 closures.", &["14 = 14 exactly | closures"]);
    check("The mayor warned about 200 tenants.", &["about 200 = 200 about | tenants"]);
    check("The fair drew more 75 stalls.", &["more 75 = 75 more_than | stalls"]);
    check("She sold two more 75 stalls.", &["two = 2 exactly | -", "75 = 75 exactly | stalls"]);
}

#[test]
fn rates_per_so_many() {
    check("The clinic saw 12 cases per 100,000 residents.", &["12 = 12 exactly per 100000 | cases"]);
    check("It has 1.7 nurses per 1,000 of them.", &["1.7 = 1.7 exactly per 1000 | nurses"]);
}

#[test]
fn more_that_are_no_figures() {
    check("Not one litre was lost.", &[]);
    check("The youngest ages here are 6 to 9 years.", &[]);
    check("Aid will come in one step, two aides said.", &["two = 2 exactly | aides"]);
}

#[test]
fn prices_in_unknown_money() {
    check("A ticket costs 90 lumes.", &["90 lumes = 90 exactly lumes | ticket"]);
    check(
        "Annual outlays could be 1,750 million lumes.",
        &["1,750 million lumes = 1750000000 exactly lumes | Annual outlays"],
    );
}
