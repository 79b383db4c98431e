//! Tables back into model values.

pub(crate) mod article;
pub(crate) mod correcting;
pub(crate) mod finding;
pub(crate) mod listing;
pub(crate) mod marks;
pub(crate) mod record;
