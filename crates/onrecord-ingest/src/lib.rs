//! Bytes to articles: finds inputs, reads formats, takes the main text and what is known about it.

mod extract;
mod formats;
