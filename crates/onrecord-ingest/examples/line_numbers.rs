//! Prints the numbers that the line model sees, for `training/boilerplate/train.py`.
//!
//! Reads JSON Lines `{"id", "lines": [...]}`; writes one row a line with words: id, line, numbers.

use std::io::{self, BufRead, BufWriter, Write};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for row in io::stdin().lock().lines() {
        let dump: serde_json::Value = serde_json::from_str(&row?)?;
        let lines = dump["lines"].as_array().into_iter().flatten();
        let lines: Vec<&str> = lines.map(|line| line.as_str().unwrap_or_default()).collect();
        let starts: Vec<usize> =
            lines.iter().scan(0, |at, line| Some(std::mem::replace(at, *at + line.len() + 1))).collect();
        for (span, numbers) in onrecord_ingest::line_numbers(&lines.join("\n")) {
            let line = starts.partition_point(|start| *start <= span.start()) - 1;
            let numbers: Vec<String> = numbers.iter().map(|n| format!("{n:.5}")).collect();
            writeln!(out, "{}\t{line}\t{}", dump["id"].as_str().unwrap_or_default(), numbers.join("\t"))?;
        }
    }
    out.flush()
}
