//! How far a quotation and its speaker can be trusted: how often the like was right where people had marked it.
//!
//! The tables of a language are fitted by `cargo xtask calibrate`, which tells what counts as right; how well they
//! hold on articles that they were not fitted to stands in `docs/reference/quality.md`.

use std::collections::HashMap;

use onrecord_model::{Account, AnnotatedArticle, Article, Quotation, QuotationKind};

use crate::lang::{self, Packs};

/// Stands for rules that the gold does not show.
const OTHER_RULES: &str = "*";

/// How often findings of one sort were right, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u16);

impl Confidence {
    /// From so many thousandths on, a finding is called sure.
    pub const SURE: u16 = 950;
    /// From so many thousandths on, a finding is called likely.
    pub const LIKELY: u16 = 800;

    /// The share that was right, from 0 to 1.
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// Whether it is neither sure nor likely.
    pub fn is_possible(self) -> bool {
        self.0 < Self::LIKELY
    }

    /// The word for people: "sure", "likely", "possible".
    pub fn name(self) -> &'static str {
        match self.0 {
            Self::SURE.. => "sure",
            Self::LIKELY.. => "likely",
            _ => "possible",
        }
    }
}

/// How often a quotation found so has the right words and kind.
///
/// `None` where it was not measured: in a language without a table.
pub fn of_quotation(article: &Article, quotation: &Quotation) -> Option<Confidence> {
    TABLES.own(article)?.value("quotation", &quotation.because.rule, quotation.kind)
}

/// How often a speaker found so is the right one, where the quotation is right.
///
/// `None` where it was not measured, and for a speaker whom the text does not tell.
pub fn of_speaker(article: &Article, quotation: &Quotation) -> Option<Confidence> {
    quotation.speaker.name.as_ref()?;
    TABLES.own(article)?.value("speaker", &quotation.speaker.because.rule, quotation.kind)
}

/// How often who an account credits is the right one: what the surest of its quotations tells.
pub fn of_account(told_in: &AnnotatedArticle, account: &Account) -> Option<Confidence> {
    let quotation = |&place: &u32| told_in.annotations.quotations.get(usize::try_from(place).ok()?);
    let quotations = account.quotations.iter().filter_map(quotation);
    quotations.filter_map(|quotation| of_speaker(&told_in.article, quotation)).max()
}

static TABLES: Packs<Table> = Packs::new(|| lang::read_lines(|files| Table::parse(files.confidence)));

/// Thousandths by what is found, the rule that found it, and the kind of the quotation.
#[derive(Default)]
struct Table(HashMap<(&'static str, &'static str, &'static str), Confidence>);

impl Table {
    /// Of lines of tabs between what, rule, kind and thousandths; a line that is not such tells nothing.
    fn parse(text: &'static str) -> Self {
        let line = |line: &'static str| {
            let mut fields = line.split('\t');
            let key = (fields.next()?, fields.next()?, fields.next()?);
            Some((key, Confidence(fields.next()?.parse().ok()?)))
        };
        Self(text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect())
    }

    fn value(&self, what: &str, rule: &str, kind: QuotationKind) -> Option<Confidence> {
        let find = |rule| self.0.get(&(what, rule, kind.name())).copied();
        find(rule).or_else(|| find(OTHER_RULES))
    }
}

#[cfg(test)]
mod tests {
    use onrecord_model::{Because, Known};

    use super::*;
    use crate::testing;

    const PAGE: &str = include_str!("../../../docs/reference/quality.md");

    /// The findings that the page calls `class` and the share of them that was right, of quotations and of speakers.
    fn measured(class: &str) -> Vec<(u32, f64)> {
        let lines = PAGE.lines().filter(|line| line.starts_with("- ") && line.contains(" held out: "));
        let told = lines.map(|line| {
            let after = line.split_once(&format!("{class} ")).unwrap().1;
            let (findings, rest) = after.split_once(" of which ").unwrap();
            (findings.parse().unwrap(), rest.split_once(" right").unwrap().0.parse().unwrap())
        });
        told.collect()
    }

    #[test]
    fn words_mean_what_the_quality_page_says() {
        let [sure, likely] = [Confidence::SURE, Confidence::LIKELY].map(|least| Confidence(least).share());
        let words = format!("sure from {sure:.2}, likely from {likely:.2}, possible below");
        assert!(PAGE.contains(&words), "the page does not say {words:?}");
        for (class, least) in [("sure", sure), ("likely", likely)] {
            let measured = measured(class);
            assert_eq!(measured.len(), 2, "quotations and speakers that are {class}");
            for (findings, right) in measured {
                // Two standard errors: so few findings can be off by chance.
                let chance = 2.0 * (least * (1.0 - least) / f64::from(findings)).sqrt();
                assert!(right + chance >= least, "{class}: {right} of {findings}");
            }
        }
    }

    #[test]
    fn every_quotation_has_a_confidence_and_its_word() {
        let article =
            testing::article("“The quay is closed,” Mayor Ana Brandt said. He said that it would open.");
        let marks = crate::annotate(&article, crate::Model::Reader);
        assert!(!marks.quotations.is_empty());
        for quotation in &marks.quotations {
            let confidence = of_quotation(&article, quotation).unwrap();
            assert!((0.0..=1.0).contains(&confidence.share()));
            assert_eq!(of_speaker(&article, quotation).is_some(), quotation.speaker.name.is_some());
        }
        let names = [1000, 950, 949, 800, 799, 0].map(|thousandths| Confidence(thousandths).name());
        assert_eq!(names, ["sure", "sure", "likely", "likely", "possible", "possible"]);
    }

    #[test]
    fn rules_that_are_new_have_what_their_kind_has_and_other_languages_have_none() {
        let mut article = testing::article("“The quay is closed,” Mayor Ana Brandt said.");
        let mut quotation = crate::annotate(&article, crate::Model::Reader).quotations.remove(0);
        quotation.because = Because::new("quotation.never_seen", "");
        let all = TABLES.own(&article).unwrap().value("quotation", OTHER_RULES, quotation.kind);
        assert!(all.is_some());
        assert_eq!(of_quotation(&article, &quotation), all);
        article.language = Some(Known { value: "fi".to_owned(), because: Because::new("test", "") });
        assert_eq!(of_quotation(&article, &quotation), None);
    }
}
