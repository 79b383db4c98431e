//! Names and what they stand for, one row each.
