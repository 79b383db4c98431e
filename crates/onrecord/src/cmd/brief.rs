//! `onrecord brief`: the record to read and cite.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Args, builder::PossibleValuesParser};

use super::{DONE, NOTHING_FOUND, RecordFile, make_folder_of};
use onrecord_render::brief::{self, FORMATS, Length};

/// Write the record to read and cite: Markdown, one self-contained HTML page, text, or a Word document.
///
/// Per story: every statement with its accounts side by side, what differs marked in the words themselves,
/// figures with their spread, replies, copies, and footnotes with outlet, headline, day, exact words,
/// offsets and hash. The page has no scripts and loads nothing. The document (`docx`) has headings, tables and footnotes as Word knows
/// them, each with a style of its own.
#[derive(Debug, Args)]
pub(crate) struct Brief {
    #[command(flatten)]
    record: RecordFile,

    /// How it looks.
    #[arg(long, value_name = "FORMAT", default_value = "markdown",
        value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: String,

    /// The file to write; `-` is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,

    /// Lay out so many stories, those first that are told most and most differently; name the others.
    #[arg(long, value_name = "N", default_value_t = 60)]
    stories: usize,
}

pub(crate) fn run(args: &Brief, out: &mut dyn Write) -> Result<ExitCode> {
    let loaded = args.record.load()?;
    if loaded.articles.is_empty() {
        eprintln!("onrecord: `{}` holds no article", args.record.record.display());
        return Ok(ExitCode::from(NOTHING_FOUND));
    }
    let Some(format) = FORMATS.iter().find(|format| format.name == args.format) else {
        return Ok(ExitCode::from(NOTHING_FOUND));
    };
    let is_shown = args.out == Path::new("-") && io::stdout().is_terminal();
    ensure!(format.is_text || !is_shown, "a terminal shows no {0} (hint: `--out FILE.{0}`)", format.name);
    let length = Length { stories: args.stories };
    if args.out == Path::new("-") {
        brief::write(&loaded, &length, (format.begin)().as_mut(), &mut BufWriter::new(out))?;
    } else {
        make_folder_of(&args.out)?;
        let wrong = || format!("cannot write `{}`", args.out.display());
        let mut file = BufWriter::new(File::create(&args.out).with_context(wrong)?);
        brief::write(&loaded, &length, (format.begin)().as_mut(), &mut file).with_context(wrong)?;
        file.flush().with_context(wrong)?;
        eprintln!("onrecord: wrote `{}`", args.out.display());
    }
    Ok(ExitCode::from(DONE))
}
