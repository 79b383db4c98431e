//! Model values into tables.

pub(crate) mod article;
pub(crate) mod record;
