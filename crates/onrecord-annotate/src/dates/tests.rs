//! What each kind of expression means to an article written on Thursday, 29 February 2024.

use jiff::civil::{Date, date};
use onrecord_model::{Because, Known, Published};

use crate::testing;

fn found_on(day: Option<Date>, text: &str) -> String {
    let mut article = testing::article(text);
    article.published = day.map(|date| Known {
        value: Published { date, time: None, offset: None },
        because: Because::new("published.test", ""),
    });
    let out = crate::annotate(&article, crate::Model::Reader);
    let shown = out.dates.iter().map(|date| {
        let value = date.value.as_ref().map_or("?", |value| value.edtf.as_str());
        format!("{}={value}", date.span.slice(text))
    });
    shown.collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(found_on(Some(date(2024, 2, 29)), text), expected, "{text}");
}

#[test]
fn printed_dates() {
    check("It rained on 27 February 2024.", "27 February 2024=2024-02-27");
    check("It rained on Feb. 27, 2023.", "Feb. 27, 2023=2023-02-27");
    check("It rained on 2024-02-27.", "2024-02-27=2024-02-27");
    check("It rained on 27.02.2024.", "27.02.2024=2024-02-27");
    check("LINDAU (28/2). It rained.", "28/2=2024-02-28");
    check("It rained on the 3rd of January.", "3rd of January=2024-01-03");
    check("It rained in February 2023 and in 2021.", "February 2023=2023-02; 2021=2021");
    check("The bridge dates from the 1990s.", "1990s=199X");
    check("A house of the 19th century.", "19th century=18XX");
    check("It is 31 February 2024.", "31 February 2024=?");
}

#[test]
fn day_and_month_in_digits() {
    check("Dated 28/02/2024.", "28/02/2024=2024-02-28");
    check("Dated 02/03/2024.", "02/03/2024=[2024-02-03,2024-03-02]");
    check("Dated 02/07/2024.", "02/07/2024=2024-02-07");
    check("Dated 2/28/24.", "2/28/24=2024-02-28");
    check("Dated 02/06/2024.", "02/06/2024=2024-02-06");
    check("Dated 05/06/2019.", "05/06/2019=[2019-05-06,2019-06-05]");
    check("Dated 05/06/2019 and 25/06/2019.", "05/06/2019=2019-06-05; 25/06/2019=2019-06-25");
}

#[test]
fn days_of_the_week() {
    check("The mayor resigned on Tuesday.", "Tuesday=2024-02-27");
    check("The council will vote on Tuesday.", "Tuesday=2024-03-05");
    check("A hearing is scheduled for Friday.", "Friday=2024-03-01");
    check("The mayor said on Tuesday that the council will vote.", "Tuesday=2024-02-27");
    check("He was forced to resign on Monday.", "Monday=2024-02-26");
    check("He resigned last Thursday.", "last Thursday=2024-02-22");
    check("He resigned on Thursday.", "Thursday=2024-02-29");
    check("He resigned on Thursday (29 February).", "Thursday (29 February)=2024-02-29");
    check("He resigned on Tuesday, Feb. 27.", "Tuesday, Feb. 27=2024-02-27");
    check("He resigned on Friday of last week.", "Friday of last week=2024-02-23");
    check("It closed at 6:40 p.m. on Tuesday.", "6:40 p.m. on Tuesday=2024-02-27");
    check("It closes on Mondays.", "");
}

#[test]
fn counted_from_the_day_of_writing() {
    check("It rained yesterday.", "yesterday=2024-02-28");
    check("It will rain tomorrow evening.", "tomorrow evening=2024-03-01");
    check("It rained the day before yesterday.", "day before yesterday=2024-02-27");
    check("Prices fell last week.", "last week=2024-W08");
    check("Prices fell last month and this year.", "last month=2024-01; this year=2024");
    check("Prices will fall next month.", "next month=2024-03");
    check("He left three days ago.", "three days ago=2024-02-26");
    check("He left two years ago.", "two years ago=2022");
    check("Prices fell over the past two weeks.", "past two weeks=2024-02-15/2024-02-29");
    check("Prices fell over the past year.", "past year=2023-02-28/2024-02-29");
    check("The road closed in January.", "January=2024-01");
    check("The road will open in January.", "January=2025-01");
    check("The road closed last March.", "last March=2023-03");
}

#[test]
fn counted_from_the_day_told_before() {
    check(
        "He left on 3 January 2024. She left the following day.",
        "3 January 2024=2024-01-03; following day=2024-01-04",
    );
    check("He left on Tuesday. A day earlier, she had left.", "Tuesday=2024-02-27; A day earlier=2024-02-26");
    check("She left the following day.", "following day=?");
    check(
        "Sales fell in January from the same month a year ago.",
        "January=2024-01; same month a year ago=2023-01",
    );
}

#[test]
fn periods_and_ranges() {
    check("Losses grew in the third quarter of last year.", "third quarter of last year=2023-35");
    check("It was held on 22-27 September 2023.", "22-27 September 2023=2023-09-22/2023-09-27");
    check("It was held from 22 to 27 September.", "22 to 27 September=2023-09-22/2023-09-27");
    check("It was held between March and May 2023.", "March and May 2023=2023-03/2023-05");
    check("He ruled from 2009 to 2011.", "2009 to 2011=2009/2011");
    check("It ended in the summer of 2023.", "summer of 2023=2023-22");
    check("It will open by the end of this year.", "end of this year=2024");
    check("It opened in early June 2023.", "early June 2023=2023-06");
    check("It fell in the final quarter of 2009.", "final quarter of 2009=2009-36");
    check("A 10 March hearing has been scheduled.", "10 March=2024-03-10");
    check("She worked there for 33 years.", "33 years=?");
}

#[test]
fn parts_of_a_stretch() {
    check("It opens on the first Monday of April.", "first Monday of April=2024-04-01");
    check("It will open on the last Friday in May 2025.", "last Friday in May 2025=2025-05-30");
    check("It closed on the last day of October 2015.", "last day of October 2015=2015-10-31");
    check("It will close on the 20th of next month.", "20th of next month=2024-03-20");
    check("It closed in the last two weeks of 2019.", "last two weeks of 2019=2019-W51/2019-W52");
    check("Sales rose in the first six months of 2023.", "first six months of 2023=2023-01/2023-06");
    check(
        "It rained in the first ten days of last year.",
        "first ten days of last year=2023-01-01/2023-01-10",
    );
    check(
        "Sales rose in the first nine months of the year.",
        "first nine months of the year=2024-01/2024-09",
    );
    check("It rained in the first week of March 2023.", "first week of March 2023=2023-W09");
    check("It rained in the week of 4 March 2023.", "week of 4 March 2023=2023-W09");
    check("It rained on the fifth Monday of February 2023.", "fifth Monday of February 2023=?");
    check("It was the first day of the trial.", "");
}

#[test]
fn days_counted_from_others() {
    check("He will leave in ten days.", "ten days=2024-03-10");
    check("He painted it in ten days.", "ten days=?");
    check("He will leave three weeks from now.", "three weeks from now=2024-W12");
    check("He died two days after 3 May 2023.", "two days after 3 May 2023=2023-05-05");
    check("It will start a week from Friday.", "a week from Friday=2024-03-08");
    check("He stayed for ten days from 3 May 2023.", "ten days from 3 May 2023=2023-05-03/2023-05-12");
    check(
        "It will close for three days, starting on Monday.",
        "three days, starting on Monday=2024-03-04/2024-03-06",
    );
    check("Sales fell last month from the previous year.", "last month=2024-01; previous year=2023");
    check("It will close over the weekend.", "weekend=2024-03-02/2024-03-03");
    check("It closed over the weekend.", "weekend=2024-02-24/2024-02-25");
    check("He will leave next Friday.", "next Friday=2024-03-08");
    check("He will leave this coming Friday.", "coming Friday=2024-03-01");
    check("He will leave this Monday.", "this Monday=2024-03-04");
    check("He will leave next week on Tuesday.", "next week on Tuesday=2024-03-05");
    check(
        "He left on 3 January 2024. She left the following Friday.",
        "3 January 2024=2024-01-03; following Friday=2024-01-05",
    );
    check("The market opens every Tuesday.", "");
    check("Sales fell in the last two quarters.", "last two quarters=2023-35/2023-36");
    check("It will rain in the next three days.", "next three days=2024-03-01/2024-03-03");
}

#[test]
fn codes_marks_and_years() {
    check("Sales rose in Q3 2023.", "Q3 2023=2023-35");
    check("Sales rose in Q4.", "Q4=2023-36");
    check("Sales rose in H1 2023.", "H1 2023=2023-40");
    check("The lab makes H2 from water.", "");
    check("Dated 31-Oct-1974.", "31-Oct-1974=1974-10-31");
    check("The 2022-2023 budget was cut.", "2022-2023=2022/2023");
    check("They won the 2022/23 season.", "2022/23=2022/2023");
    check("Some 2000-2500 people came.", "");
    check("Sales rose from Q3 2022 to Q1 2023.", "Q3 2022 to Q1 2023=2022-35/2023-33");
    check("She was born on 28 June in 1975.", "28 June in 1975=1975-06-28");
    check(
        "It ran from 3 May to the 5th of June 2023.",
        "3 May to the 5th of June 2023=2023-05-03/2023-06-05",
    );
    check("Item 133-03-03-2020 was sold.", "");
    check("The mid-1980s were dry.", "mid-1980s=198X");
    check("It ran from the 3rd to the 9th of May 2023.", "3rd to the 9th of May 2023=2023-05-03/2023-05-09");
    check("It will run from Friday to Monday.", "Friday to Monday=2024-03-01/2024-03-04");
    check("He was away from January to March 2023.", "January to March 2023=2023-01/2023-03");
}

#[test]
fn words_that_point_without_a_day() {
    let rules = |text: &str| {
        let out = crate::annotate(&testing::article(text), crate::Model::Reader);
        out.dates.iter().map(|date| date.because.rule.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(rules("He recently left."), ["date.vague_past"]);
    assert_eq!(rules("He currently leads it."), ["date.vague_present"]);
    assert_eq!(rules("He will leave in the near future."), ["date.vague_future"]);
    assert_eq!(rules("He was away at that time."), ["date.vague"]);
}

#[test]
fn words_and_numbers_that_are_no_dates() {
    check("Some 2024 people may march in the sun.", "");
    check("They may leave. Ana May left.", "");
    check("He won 3/2 and scored 24/7.", "");
    check("It cost 2000 dollars.", "");
}

#[test]
fn nothing_to_count_from() {
    assert_eq!(
        found_on(None, "He left on Tuesday, 3 May 2022. He came back yesterday."),
        "Tuesday, 3 May 2022=2022-05-03; yesterday=?"
    );
    assert_eq!(found_on(None, "He left in March."), "March=?");
    let own = "Mayor leaves\n3 May 2022\nHe left yesterday.";
    assert_eq!(found_on(None, own), "3 May 2022=2022-05-03; yesterday=2022-05-02");
}
