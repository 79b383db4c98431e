//! Speakers of whole quotations, one row each.
