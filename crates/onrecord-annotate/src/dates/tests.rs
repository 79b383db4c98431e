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
