//! PLOVER's types, and what CAMEO's codes are of them.
//!
//! Written from the code definitions of the CAMEO manual (1.1b3) and of PLOVER 0.5. Statements and appeals, which PLOVER
//! leaves out, are classes of their own here.

/// The class of a CAMEO code; `None` for a code of another scheme.
pub(super) fn class(code: &str) -> Option<&'static str> {
    let class = match code.get(..2)? {
        "01" => "STATEMENT",
        "02" => "APPEAL",
        "03" => "AGREE",
        "04" => "CONSULT",
        "05" => "SUPPORT",
        "06" => "COOPERATE",
        "07" => "AID",
        "08" if matches!(code.get(..3)?, "084" | "085" | "086" | "087") => "RETREAT",
        "08" => "CONCEDE",
        "09" => "INVESTIGATE",
        "10" => "DEMAND",
        "11" => "DISAPPROVE",
        "12" => "REJECT",
        "13" => "THREATEN",
        "14" => "PROTEST",
        "15" => "MOBILIZE",
        "16" => "SANCTION",
        "17" => "COERCE",
        "18" => "ASSAULT",
        "19" | "20" => "FIGHT",
        _ => return None,
    };
    Some(class)
}

/// The code of saying, wanting, agreeing, refusing or threatening to do what `inner` is: "agreed to withdraw".
/// `None` where the scheme has no such code.
pub(super) fn composed(outer: &str, inner: &str) -> Option<String> {
    let outer = outer.get(..2)?;
    let suffix = match outer {
        "02" | "03" | "10" => wished(inner)?,
        "12" => refused(inner)?,
        "13" => threatened(inner)?,
        _ => return None,
    };
    Some(format!("{outer}{suffix}"))
}

/// The root of what is meant to be done: friendly acts are agreed to, hostile ones threatened.
pub(super) fn intended(inner: &str) -> Option<String> {
    match inner.get(..2)? {
        "04" | "05" | "06" | "07" | "08" => composed("03", inner),
        "14" | "16" | "17" | "18" | "19" | "20" => composed("13", inner),
        _ => None,
    }
}

/// Of CAMEO's 02, 03 and 10, which are divided alike.
fn wished(inner: &str) -> Option<&'static str> {
    Some(match (inner.get(..2)?, inner) {
        ("04", "045") => "8",
        ("04", _) => "6",
        ("05", "057") => "1",
        ("05", _) => "2",
        ("06", "061") => "11",
        ("06", "062") => "12",
        ("06", "063") => "13",
        ("06", "064") => "14",
        ("06", _) => "1",
        ("07", "071") => "31",
        ("07", "072") => "32",
        ("07", "073" | "075") => "33",
        ("07", "074") => "34",
        ("07", _) => "3",
        ("08", "0831") => "41",
        ("08", "0832") => "42",
        ("08", "0833") => "43",
        ("08", "0834") => "44",
        ("08", "083") => "4",
        ("08", "082") => "52",
        ("08", _) => eased(inner),
        _ => return None,
    })
}

/// The last digits of yielding, by what is yielded.
fn eased(inner: &str) -> &'static str {
    match inner.get(..3) {
        Some("081") => "51",
        Some("084") => "53",
        Some("085") => "54",
        Some("086") => "55",
        Some("087") => "56",
        _ => "5",
    }
}

fn refused(inner: &str) -> Option<&'static str> {
    Some(match (inner.get(..2)?, inner) {
        ("04", "045") => "6",
        ("04", _) => "5",
        ("05" | "06", _) => "1",
        ("07", "071") => "21",
        ("07", "072") => "22",
        ("07", "073" | "075") => "23",
        ("07", "074") => "24",
        ("07", _) => "2",
        ("08", _) if inner.starts_with("083") => "3",
        ("08", _) => match eased(inner) {
            "51" => "41",
            "53" => "43",
            "54" => "44",
            "55" => "45",
            "56" => "46",
            _ => "4",
        },
        _ => return None,
    })
}

fn threatened(inner: &str) -> Option<&'static str> {
    Some(match (inner.get(..2)?, inner) {
        ("14", _) => "3",
        ("16", "161") => "13",
        ("16", "163") => "12",
        ("16", "164") => "4",
        ("16", "165") => "5",
        ("16", _) if inner.starts_with("162") => "11",
        ("16", _) if inner.starts_with("166") => "6",
        ("16", _) => "1",
        ("17", "175") => "7",
        ("17", _) => "2",
        ("18" | "20", _) => "83",
        ("19", "191") => "81",
        ("19", "192") => "82",
        ("19", _) => "84",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        assert_eq!(class("0356"), Some("AGREE"));
        assert_eq!(class("0871"), Some("RETREAT"));
        assert_eq!(class("0813"), Some("CONCEDE"));
        assert_eq!(class("345"), None);
        assert_eq!(class(""), None);
    }

    #[test]
    fn an_act_that_is_agreed_refused_or_threatened() {
        let check = |outer, inner, expected| assert_eq!(composed(outer, inner).as_deref(), expected);
        check("030", "0874", Some("0356"));
        check("100", "085", Some("1054"));
        check("120", "040", Some("125"));
        check("130", "163", Some("1312"));
        check("130", "040", None);
        check("040", "190", None);
        assert_eq!(intended("042").as_deref(), Some("036"));
        assert_eq!(intended("190").as_deref(), Some("1384"));
        assert_eq!(intended("090"), None);
    }
}
