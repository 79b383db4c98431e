//! Exact numbers.

use std::{fmt, str::FromStr};

/// A number as an article states it, held in millionths so that 15.5 is exactly 15.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number {
    millionths: i128,
}

const ONE: i128 = 1_000_000;
/// Beyond this a printed number is taken for an identifier, not for a quantity.
const LARGEST: i128 = 1_000_000_000_000_000_000 * ONE;

impl Number {
    /// `n` whole units.
    pub fn whole(n: i64) -> Self {
        Self { millionths: i128::from(n) * ONE }
    }

    /// This many millionths of a unit.
    pub const fn from_millionths(millionths: i128) -> Self {
        Self { millionths }
    }

    /// The number in millionths of a unit.
    pub fn millionths(self) -> i128 {
        self.millionths
    }

    /// `self` × `numerator` ÷ `denominator`, rounded to the nearest millionth; `None` past 10¹⁸.
    pub fn scaled(self, numerator: i128, denominator: i128) -> Option<Self> {
        let product = self.millionths.checked_mul(numerator)?;
        let half = denominator.checked_abs()? / 2;
        let rounded =
            product.checked_add(if product < 0 { -half } else { half })?.checked_div(denominator)?;
        (rounded.abs() <= LARGEST).then_some(Self { millionths: rounded })
    }

    /// The sum; `None` past 10¹⁸.
    pub fn plus(self, other: Self) -> Option<Self> {
        let sum = self.millionths.checked_add(other.millionths)?;
        (sum.abs() <= LARGEST).then_some(Self { millionths: sum })
    }

    /// The nearest floating-point number, for plots and JSON.
    pub fn to_f64(self) -> f64 {
        // One correctly rounded division, so that 33.3 comes out as 33.3.
        self.millionths as f64 / ONE as f64
    }

    /// Whether there is nothing behind the decimal point.
    pub fn is_whole(self) -> bool {
        self.millionths % ONE == 0
    }
}

/// Reads plain digits with an optional sign and decimal point: `16000`, `-1.5`. No separators.
impl FromStr for Number {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(fraction) || whole.is_empty() || whole.len() > 19 {
            return Err(());
        }
        let kept = &fraction[..fraction.len().min(6)];
        let parts: i128 = format!("{kept:0<6}").parse().map_err(|_| ())?;
        let millionths = whole.parse::<i128>().map_err(|_| ())? * ONE + parts;
        if millionths > LARGEST {
            return Err(());
        }
        Ok(Self { millionths: if negative { -millionths } else { millionths } })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.millionths < 0 { "-" } else { "" };
        let (whole, fraction) = (self.millionths.abs() / ONE, self.millionths.abs() % ONE);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{fraction:06}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_read_back() {
        for text in ["0", "16000", "15.5", "-0.000001", "1000000000000000000"] {
            assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
        }
        assert_eq!("33.3".parse::<Number>().unwrap().to_f64(), 33.3);
        for text in ["", "1,5", "1.2.3", "10000000000000000000000", "1e3", "--1"] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
        assert_eq!(Number::whole(1).scaled(1, 3).unwrap().to_string(), "0.333333");
        assert_eq!(Number::whole(i64::MAX).scaled(i128::MAX, 1), None);
    }
}
