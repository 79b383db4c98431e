//! Bytes to articles: finds inputs, reads formats, takes the main text and what is known about it.
//!
//! [`sources`] lists the files that the user means, in a fixed order. A [`Source`] gives its [`Page`]s
//! one by one, without holding the file in memory. [`extract`] makes an article of one page: it is a
//! function of the page alone, so pages can be worked on in any order and on any number of threads.
//!
//! ```
//! use onrecord_ingest::{Selection, extract, sources};
//!
//! for source in sources(&["no/such/folder".into()], &Selection::default()) {
//!     let problem = source.unwrap_err();
//!     assert!(problem.message.contains("no such file"));
//! }
//! # let _ = extract;
//! ```
//!
//! Whatever cannot be read is a [`Problem`](onrecord_model::Problem) in its place; the rest goes on.

mod extract;
mod formats;
mod page;
mod source;

pub use extract::{ExplainedLine, explain, extract, line_numbers};
pub use formats::{FORMATS, Format};
pub use page::{Content, Given, LONGEST_PAGE_BYTES, Page};
pub use source::{Pages, Selection, Source, sources};
