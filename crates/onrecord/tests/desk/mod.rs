//! A folder of its own in which a test runs the program.

#![allow(unreachable_pub, dead_code, reason = "each test file uses a part of it")]

pub mod served;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Two outlets tell one speech, a third tells it in other words, a fourth tells the answer.
pub const BRIDGE: [(&str, &str); 4] = [
    (
        "post.txt",
        "Bridge to close\nHarbour Post, 14 May 2024\n\nThe mayor of Velden, Ilse Hardwick, spoke on Tuesday about the Tarn bridge.\n\n\
         “We will close the Tarn bridge to lorries before the winter,” Hardwick told reporters.\n",
    ),
    (
        "lantern.txt",
        "Tarn bridge closed to lorries\nThe Lantern, 14 May 2024\n\nLorries in Velden must go round the Tarn bridge, the mayor, Ilse Hardwick, announced.\n\n\
         “We will close the Tarn bridge to lorries in the winter,” Ilse Hardwick said.\n",
    ),
    (
        "wire.txt",
        "No lorries on Tarn bridge\nNorthern Wire, 14 May 2024\n\nThe mayor of Velden spoke about the Tarn bridge on Tuesday.\n\n\
         “Heavy traffic has to wait until the ice is gone,” Ilse Hardwick said.\n",
    ),
    (
        "evening.txt",
        "Hauliers angry about Tarn bridge\nEvening Echo, 15 May 2024\n\nIn Velden hauliers met on Wednesday and spoke about the Tarn bridge.\n\n\
         “Nobody asked the drivers about the bridge,” Olaf Brandt said. Brandt leads the hauliers of Velden.\n",
    ),
];

/// What a run printed and how it ended.
pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

/// A folder of its own, in which the program runs.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With the record of the invented sample in `r.onrecord`.
    pub fn with_sample() -> Self {
        let desk = Self::new();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/sample");
        let built = desk.run(&format!("build {} --record r.onrecord", sample.display()));
        assert_eq!(built.code, Some(0), "{}", built.err);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.current_dir(self.folder.path()).args(arguments.split_whitespace()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &str) -> Ran {
        let ran = self.command(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Ran { out: text(&ran.stdout), err: text(&ran.stderr), code: ran.status.code() }
    }

    /// The formats that `export` offers.
    pub fn formats(&self) -> Vec<String> {
        self.formats_of("export")
    }

    /// The formats that a command offers, as its help lists them.
    pub fn formats_of(&self, command: &str) -> Vec<String> {
        let help = self.run(&format!("{command} --help")).out;
        let (_, listed) = help.split_once("--format").unwrap().1.split_once("[possible values: ").unwrap();
        listed.split_once(']').unwrap().0.split(',').map(|name| name.trim().to_owned()).collect()
    }

    /// Every file of an export, by its path in the export's folder.
    pub fn files(&self, record: &str, format: &str) -> Vec<(String, Vec<u8>)> {
        let folder = format!("{record}-{format}");
        let ran = self.run(&format!("export --record {record} --format {format} --out {folder}"));
        assert_eq!(ran.code, Some(0), "{format}: {}", ran.err);
        let mut files = Vec::new();
        files_of(&self.path(&folder), "", &mut files);
        files.sort();
        files
    }

    /// Every table of a record, as one text.
    pub fn exported(&self, record: &str, format: &str) -> String {
        let table = |(name, bytes)| format!("== {name}\n{}", String::from_utf8(bytes).unwrap());
        self.files(record, format).into_iter().map(table).collect()
    }
}

/// Every file below a folder, by its path from there.
fn files_of(folder: &Path, before: &str, out: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{before}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            files_of(&path, &format!("{name}/"), out);
        } else {
            out.push((name, fs::read(path).unwrap()));
        }
    }
}
