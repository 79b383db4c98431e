//! A record as pages for people: served on this machine, or written as files.
//!
//! Every page is made on the server, out of the parts of the record that it shows, and works without a script.
//! Nothing is loaded from elsewhere, nothing that an article prints is anything but text, and nothing can
//! be changed unless the server was begun so: then forms send corrections, which stand apart from the evidence.

mod answer;
mod api;
mod desk;
mod draft;
mod edit;
mod http;
mod log;
mod marks;
mod pages;
mod query;
mod site;
mod token;

pub use http::{Serving, Workshop};
pub use site::write_site;
