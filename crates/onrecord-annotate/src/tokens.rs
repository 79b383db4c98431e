//! Cuts a text into words, numbers and marks.
