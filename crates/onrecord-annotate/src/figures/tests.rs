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
    check("The levy cost savers 1.2bn lumes.", &["1.2bn lumes = 1200000000 exactly lumes | -"]);
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
        &["10 = 10 exactly | -", "12 percent = 12 exactly percent | -"],
    );
    check("It was given to people over 65.", &[]);
    check("It was minus 61 there.", &["minus 61 = -61 exactly | -"]);
    check("They met on 2 and 3 March.", &[]);
    check("It needs not more 150 boats.", &["not more 150 = 150 at_most | boats"]);
}
