//! Units, and which of them measure the same thing.

use std::{borrow::Cow, fmt};

use crate::Number;

/// The unit of a figure, by its canonical name: `percent`, `USD`, `people`, `km`, `year`, `USD per share`.
/// Money is an ISO 4217 code, or the code an article itself uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(Cow<'static, str>);

/// How a unit relates to the base unit of what it measures: value × numerator ÷ denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    /// What is measured: `length`, `mass`, `flow`.
    pub dimension: &'static str,
    /// Factor to the base unit, numerator.
    pub numerator: i128,
    /// Factor to the base unit, denominator.
    pub denominator: i128,
}

/// Unit, dimension, factor to the dimension's base unit. Definitions: BIPM SI brochure; NIST SP 811 for the rest.
const CONVERSIONS: &[(&str, &str, i128, i128)] = &[
    ("mm", "length", 1, 1_000),
    ("cm", "length", 1, 100),
    ("m", "length", 1, 1),
    ("km", "length", 1_000, 1),
    ("inch", "length", 254, 10_000),
    ("foot", "length", 3_048, 10_000),
    ("yard", "length", 9_144, 10_000),
    ("mile", "length", 1_609_344, 1_000),
    ("nautical mile", "length", 1_852, 1),
    ("m2", "area", 1, 1),
    ("hectare", "area", 10_000, 1),
    ("km2", "area", 1_000_000, 1),
    ("acre", "area", 40_468_564_224, 10_000_000),
    ("square mile", "area", 2_589_988_110_336, 1_000_000),
    ("litre", "volume", 1, 1_000),
    ("m3", "volume", 1, 1),
    ("km3", "volume", 1_000_000_000, 1),
    ("ft3", "volume", 28_316_846_592, 1_000_000_000_000),
    ("gallon", "volume", 3_785_411_784, 1_000_000_000_000),
    ("barrel", "volume", 158_987_294_928, 1_000_000_000_000),
    ("m3/s", "flow", 1, 1),
    ("m3/min", "flow", 1, 60),
    ("m3/h", "flow", 1, 3_600),
    ("ft3/s", "flow", 28_316_846_592, 1_000_000_000_000),
    ("litre/s", "flow", 1, 1_000),
    ("g", "mass", 1, 1_000),
    ("kg", "mass", 1, 1),
    ("tonne", "mass", 1_000, 1),
    ("pound", "mass", 45_359_237, 100_000_000),
    ("ounce", "mass", 28_349_523_125, 1_000_000_000_000),
    ("second", "time", 1, 1),
    ("minute", "time", 60, 1),
    ("hour", "time", 3_600, 1),
    ("day", "time", 86_400, 1),
    ("week", "time", 604_800, 1),
    ("km/h", "speed", 1_000, 3_600),
    ("m/s", "speed", 1, 1),
    ("mph", "speed", 1_609_344, 3_600_000),
    ("knot", "speed", 1_852, 3_600),
    ("kW", "power", 1_000, 1),
    ("MW", "power", 1_000_000, 1),
    ("GW", "power", 1_000_000_000, 1),
    ("kWh", "energy", 1_000, 1),
    ("MWh", "energy", 1_000_000, 1),
    ("GWh", "energy", 1_000_000_000, 1),
    ("TWh", "energy", 1_000_000_000_000, 1),
];

impl Unit {
    /// A unit by its canonical name.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// The canonical name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// What it measures and its factor, for units of fixed size; `None` for money, percent and counts.
    pub fn conversion(&self) -> Option<Conversion> {
        CONVERSIONS
            .iter()
            .find(|(name, ..)| *name == self.0)
            .map(|&(_, dimension, numerator, denominator)| Conversion { dimension, numerator, denominator })
    }

    /// Whether the two can be compared after conversion.
    pub fn is_comparable_with(&self, other: &Unit) -> bool {
        let dimension = |unit: &Unit| unit.conversion().map(|c| c.dimension);
        self == other || (dimension(self).is_some() && dimension(self) == dimension(other))
    }

    /// `value` of this unit in the base unit of its dimension; the value itself where there is none.
    pub fn to_base(&self, value: Number) -> Option<Number> {
        match self.conversion() {
            Some(c) => value.scaled(c.numerator, c.denominator),
            None => Some(value),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_one_dimension_meet_in_the_base_unit() {
        let base = |unit: &'static str, n| Unit::new(unit).to_base(Number::whole(n)).unwrap().to_string();
        assert_eq!(base("km", 3), "3000");
        assert_eq!(base("m3/min", 24_000), "400");
        assert_eq!(base("USD", 5), "5");
        assert!(Unit::new("ft3/s").is_comparable_with(&Unit::new("m3/min")));
        assert!(!Unit::new("USD").is_comparable_with(&Unit::new("EUR")));
        assert!(!Unit::new("km").is_comparable_with(&Unit::new("kg")));
    }
}
