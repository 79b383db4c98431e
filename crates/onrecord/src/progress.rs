//! How far a long run is: a line on a terminal, nothing in a pipe.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// The line, drawn on standard error where that is a terminal.
pub(crate) struct Progress {
    line: ProgressBar,
}

impl Progress {
    /// A line that is not drawn before something is said.
    pub(crate) fn new() -> Self {
        let line = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            line.set_style(style);
        }
        line.enable_steady_tick(Duration::from_millis(120));
        Self { line }
    }

    /// So many articles were read, so many inputs could not be.
    pub(crate) fn read(&self, articles: usize, unread: usize) {
        let unread = if unread == 0 { String::new() } else { format!(", {unread} unread") };
        self.line.set_message(format!("{articles} articles read{unread}"));
    }

    /// The articles are compared with each other.
    pub(crate) fn reconciling(&self, articles: usize) {
        self.line.set_message(format!("comparing {articles} articles"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.line.finish_and_clear();
    }
}
