//! The program, run as a user runs it: what it prints, what it says when something is wrong, how it ends.

#![expect(clippy::unwrap_used, reason = "a test file")]

mod desk;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use desk::Desk;

const OUTLETS: [&str; 3] = ["Harbour Post", "Northern Wire", "The Lantern"];

/// One outlet's telling of one of some invented happenings.
fn article(n: usize) -> String {
    let (outlet, town) = (OUTLETS[n % 3], ["Velden", "Morrow", "Askby", "Tarn"][n / 3 % 4]);
    format!(
        "{town} council to repair {} bridges\n{outlet}, 1{} May 2024\n\n\
         The mayor of {town}, Ilse Hardwick, said on Tuesday that more than {} bridges would be repaired.\n\n\
         “We will not leave a single bridge in {town} to the river,” Hardwick told reporters. \
         She added that costs had grown by {} percent since the start of the work.\n",
        n / 3 + 20,
        n % 9,
        n / 3 + 20,
        n % 7 + 3,
    )
}

/// A desk with `count` articles in `news/`.
fn desk_with(count: usize) -> Desk {
    let desk = Desk::new();
    for n in 0..count {
        desk.put(&format!("news/{n:02}.txt"), article(n));
    }
    desk
}

#[test]
fn bad_input_of_every_format_is_listed_and_the_rest_is_read() {
    let desk = desk_with(2);
    desk.put(
        "news/a.jsonl",
        "{\"text\": \"The mayor said that the bridge is open.\"}\n{\"text\": \nnot json\n",
    );
    desk.put("news/b.csv", "colour,size\nred,4\n");
    desk.put("news/c.html", "<html><body><script>let a = 1;</script></body></html>");
    desk.put("news/d.txt", "");
    desk.put("news/e.txt", [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    desk.put("news/f.pdf", b"%PDF-1.7\n%\xe2\xe3");
    desk.put("news/g.txt.gz", [0x1f, 0x8b, 8, 0, 0, 0]);
    let ran = desk.run("build news no-such-folder --record r.onrecord");
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    for name in ["a.jsonl", "b.csv", "c.html", "d.txt", "e.txt", "f.pdf", "g.txt.gz"] {
        let line = ran.err.lines().find(|line| line.contains(&format!("news/{name}")));
        assert!(line.is_some_and(|line| line.starts_with("onrecord: ")), "{name} in {}", ran.err);
    }
    assert!(ran.err.contains("cannot read `no-such-folder`: no such file or folder (hint: check the path)"));
    let tables = desk.exported("r.onrecord", "jsonl");
    assert!(tables.contains("\"path\":\"news/00.txt\"") && tables.contains("\"path\":\"news/01.txt\""));
    assert!(tables.contains("\"kind\":\"unread\",\"origin\":\"news/f.pdf\""), "problems are kept");
}

#[test]
fn an_empty_folder_says_why_and_leaves_no_record() {
    let desk = Desk::new();
    desk.put("empty/.hidden.txt", "words");
    let ran = desk.run("build empty --record r.onrecord");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.err, @"onrecord: there is no file to read in `empty` (hidden files are passed over)");
    assert!(!desk.path("r.onrecord").exists());
    desk.put("empty/a.txt", article(0));
    let ran = desk.run("annotate empty --include *.html");
    assert_eq!(ran.code, Some(1));
    insta::assert_snapshot!(ran.err, @"onrecord: no file in `empty` is let through by --include and --exclude");
}

#[test]
fn every_export_keeps_the_contract() {
    let desk = Desk::new();
    (0..6).for_each(|n| desk.put(&format!("news/{n}.txt"), article(n)));
    desk.put("news/6.txt", "Ilse Hardwick met the police of Tarn on Monday.\n");
    assert_eq!(desk.run("build news --record r.onrecord").code, Some(0));
    for format in desk.formats() {
        let written = desk.files("r.onrecord", &format);
        assert!(!written.is_empty(), "{format}");
        // What no text can be read of is packed, and not empty.
        let tells = |(_, bytes): &(String, Vec<u8>)| match std::str::from_utf8(bytes) {
            Ok(text) => text.contains("Hardwick"),
            Err(_) => bytes.len() > 50,
        };
        assert!(written.iter().any(tells), "{format}");
        assert!(written == desk.files("r.onrecord", &format), "{format}");
    }
    let tables: Vec<PathBuf> =
        fs::read_dir(desk.path("r.onrecord-jsonl")).unwrap().map(|file| file.unwrap().path()).collect();
    let mut rows = 0;
    for table in &tables {
        let lines = fs::read_to_string(table).unwrap().lines().count();
        let name = Path::new(table.file_name().unwrap()).with_extension("csv");
        let twin = desk.path("r.onrecord-csv").join(&name);
        assert_eq!(csv::Reader::from_path(twin).unwrap().records().count(), lines, "{}", name.display());
        rows += lines;
    }
    assert!(rows > 20 && tables.len() > 10, "{rows} rows in {} tables", tables.len());
}

#[test]
fn folders_of_what_is_written_are_made() {
    let desk = Desk::new();
    desk.put("news/a.txt", article(0));
    assert_eq!(desk.run("build news --record new/folder/r.onrecord").code, Some(0));
    assert_eq!(desk.run("brief --record new/folder/r.onrecord --out other/brief.md").code, Some(0));
    assert!(desk.path("other/brief.md").exists());
}

#[test]
fn a_record_that_is_not_there_is_not_made_by_reading() {
    let desk = desk_with(1);
    for command in
        ["add news --record r", "search bridge --record r", "export --record r --out o", "verify r"]
    {
        let ran = desk.run(command);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{command}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.err, @r"
            onrecord: there is no record at `r`
            (hint: `onrecord build FOLDER --record r` makes one)
            ");
        }
        assert!(!desk.path("r").exists());
    }
}

#[test]
fn a_file_that_is_no_record_is_left_alone() {
    let desk = desk_with(1);
    desk.put("r", article(0));
    let ran = desk.run("build news --record r");
    assert_eq!(ran.code, Some(2));
    insta::assert_snapshot!(ran.err, @"onrecord: `r` cannot be opened as a record: file is not a database");
    assert_eq!(fs::read_to_string(desk.path("r")).unwrap(), article(0));
}

/// What is in a bundle, without the record's own file, in which articles stand in the order in which they came, and its hash.
fn all_but_the_record(bundle: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bundle)).unwrap();
    let mut files = Vec::new();
    for n in 0..zip.len() {
        let mut file = zip.by_index(n).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((file.name().unwrap().into_owned(), bytes));
    }
    files.retain(|(name, _)| name != "record.onrecord");
    let (_, manifest) = files.iter_mut().find(|(name, _)| name == "manifest.json").unwrap();
    let mut json: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    json["files"].as_array_mut().unwrap().retain(|file| file["path"] != "record.onrecord");
    *manifest = serde_json::to_vec(&json).unwrap();
    files.sort();
    files
}

#[test]
fn order_and_steps_never_change_the_tables() {
    let desk = desk_with(12);
    desk.run("build news --record once");
    let names: Vec<String> = (0..12).map(|n| format!("news/{n:02}.txt")).collect();
    let shuffled: Vec<&str> = (0..12).map(|n| names[n * 7 % 12].as_str()).collect();
    desk.run(&format!("build {} --record shuffled", shuffled.join(" ")));
    desk.run(&format!("build {} --record stepwise", shuffled[0]));
    for name in &shuffled[1..] {
        assert_eq!(desk.run(&format!("add {name} --record stepwise")).code, Some(0));
    }
    for format in desk.formats() {
        let files = |record| match format.as_str() {
            "bundle" => all_but_the_record(&desk.files(record, "bundle")[0].1),
            format => desk.files(record, format),
        };
        let once = files("once");
        for other in ["shuffled", "stepwise"] {
            let same = files(other);
            assert_eq!(once.len(), same.len(), "{format}, {other}");
            for (one, two) in once.iter().zip(&same) {
                assert!(one == two, "{format}, {other}: {}", one.0);
            }
        }
    }
    for format in desk.formats_of("brief") {
        let brief = |record| {
            desk.command(&format!("brief --record {record} --format {format}")).output().unwrap().stdout
        };
        let once = brief("once");
        assert!(once.len() > 1_000 && once == brief("shuffled") && once == brief("stepwise"), "{format}");
    }
}

#[test]
fn the_number_of_threads_never_changes_the_tables() {
    let desk = desk_with(9);
    for threads in ["1", "4"] {
        let record = format!("r{threads}");
        let mut build = desk.command(&format!("build news --record {record}"));
        assert!(build.env("RAYON_NUM_THREADS", threads).output().unwrap().status.success());
    }
    assert_eq!(desk.exported("r1", "jsonl"), desk.exported("r4", "jsonl"));
}

#[test]
fn a_build_that_was_killed_goes_on_and_ends_the_same() {
    let desk = Desk::new();
    let rows = (0..600).map(|n| {
        let text = article(n).replace('\n', "\\n").replace('"', "\\\"");
        format!("{{\"id\": \"{n}\", \"text\": \"{text}\"}}\n")
    });
    desk.put("news.jsonl", rows.collect::<String>());
    desk.run("build news.jsonl --record whole");
    let mut killed = desk.command("build news.jsonl --record cut");
    let mut child = killed.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // Killed as soon as something was committed, if it is not done before.
    while child.try_wait().unwrap().is_none() {
        let begun = fs::metadata(desk.path("cut-wal")).is_ok_and(|wal| wal.len() > 1 << 20);
        if begun {
            child.kill().unwrap();
            child.wait().unwrap();
            break;
        }
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(desk.run("build news.jsonl --record cut").code, Some(0));
    assert_eq!(desk.exported("whole", "jsonl"), desk.exported("cut", "jsonl"));
    assert_eq!(desk.run("verify cut").code, Some(0));
}

#[test]
fn verify_finds_a_changed_byte() {
    let desk = desk_with(3);
    desk.run("build news --record r");
    let ran = desk.run("verify r");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("all hold"), "{}", ran.out);
    let mut bytes = fs::read(desk.path("r")).unwrap();
    let words = b"would be repaired.";
    let at = bytes.windows(words.len()).position(|window| window == words).unwrap();
    bytes[at] ^= 1;
    fs::write(desk.path("r"), bytes).unwrap();
    let ran = desk.run("verify r --json");
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.lines().count() > 1 && ran.out.contains("\"message\":"), "{}", ran.out);
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let desk = desk_with(40);
    let mut child =
        desk.command("annotate news --json").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn a_clean_text_keeps_its_offsets_in_code_points() {
    let desk = Desk::new();
    let text = "Ünal  said: “We won’t go.”  — 🙂 About 1,200 people came.";
    desk.put("in.jsonl", format!("{{\"id\": \"x\", \"text\": \"{text}\", \"clean\": true}}\n"));
    let ran = desk.run("annotate in.jsonl --json");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let row: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&row["id"], &row["text"]), (&"x".into(), &text.into()));
    let letters: Vec<char> = text.chars().collect();
    let figure = &row["figures"][0];
    let at = |key: &str| usize::try_from(figure[key].as_u64().unwrap()).unwrap();
    let words: String = letters[at("start")..at("end")].iter().collect();
    assert_eq!((words.as_str(), figure["value"].as_i64()), ("About 1,200", Some(1_200)));
    assert_eq!(figure["text"], words);
    let raw = &figure["raw"];
    let bytes = raw["start"].as_u64().unwrap() as usize..raw["end"].as_u64().unwrap() as usize;
    assert_eq!(&text[bytes], words);
}

#[test]
fn contact_data_stands_in_no_answer() {
    let desk = Desk::new();
    let words =
        "Hardwick said: “Write to ilse@velden.example or call +44 20 7946 0000 about the bridge in Velden.”";
    desk.put("news/a.txt", article(0) + "\n" + words + "\n");
    let build = desk.run("build news --record r").out;
    let answers = [
        build,
        desk.exported("r", "jsonl"),
        desk.exported("r", "csv"),
        desk.run("annotate news --json").out,
        desk.run("annotate news").out,
        desk.run("extract news --json").out,
        desk.run("extract news --explain").out,
        desk.run("search Write --record r").out,
        desk.run("search Write --record r --json").out,
    ];
    for answer in answers {
        assert!(!answer.contains("ilse@") && !answer.contains("7946"), "{answer}");
    }
}

#[test]
fn every_row_that_names_an_article_says_which_file_it_is() {
    let desk = desk_with(6);
    desk.run("build news --record r");
    desk.exported("r", "jsonl");
    let rows = |table: &str| fs::read_to_string(desk.path(&format!("r-jsonl/{table}.jsonl"))).unwrap();
    for table in ["articles", "quotations", "figures", "dates", "stories", "statements", "entities"] {
        let rows = rows(table);
        assert!(!rows.is_empty(), "{table}");
        assert!(rows.lines().all(|row| row.contains("news/0")), "{table}: {rows}");
    }
}

#[test]
fn help_is_short_and_full_and_every_command_has_one() {
    let desk = Desk::new();
    let help = desk.run("--help").out;
    for command in [
        "build",
        "add",
        "show",
        "figures",
        "changes",
        "news",
        "search",
        "brief",
        "export",
        "correct",
        "annotate",
        "extract",
        "verify",
        "completions",
    ] {
        let line = help.lines().find(|line| line.trim_start().starts_with(command)).unwrap_or_default();
        assert!(line.split_whitespace().count() > 3, "{command} has no help in\n{help}");
        let (short, full) = (desk.run(&format!("{command} -h")), desk.run(&format!("{command} --help")));
        assert_eq!((short.code, full.code), (Some(0), Some(0)));
        assert!(short.out.len() <= full.out.len(), "{command}");
    }
    assert!(desk.run("build -h").out.len() < desk.run("build --help").out.len());
    assert_eq!(desk.run("build").code, Some(2));
    assert_eq!(desk.run("no-such-command").code, Some(2));
}

#[test]
fn a_search_without_hits_says_so() {
    let desk = desk_with(1);
    desk.run("build news --record r");
    let ran = desk.run("search zeppelin \"AND --record r");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.err, @r#"onrecord: nothing in `r` holds all of: zeppelin "AND"#);
    assert_eq!(desk.run("search bridge* --record r").code, Some(0));
}

#[test]
fn a_brief_for_word_is_one_file_and_the_same_each_time() {
    let desk = desk_with(2);
    desk.run("build news --record r");
    for name in ["a.docx", "b.docx"] {
        let ran = desk.run(&format!("brief --record r --format docx --out {name}"));
        assert_eq!((ran.code, ran.err), (Some(0), format!("onrecord: wrote `{name}`\n")));
    }
    let document = fs::read(desk.path("a.docx")).unwrap();
    assert_eq!(document, fs::read(desk.path("b.docx")).unwrap());
    let printed = desk.command("brief --record r --format docx").output().unwrap();
    assert_eq!(printed.stdout, document);
    assert!(document.starts_with(b"PK") && document.len() < 100_000);
}

#[test]
fn nothing_is_left_beside_a_record() {
    let desk = desk_with(2);
    desk.run("build news --record r");
    let is_there = |name: &str| Path::new(&desk.path(name)).exists();
    assert!(is_there("r") && !is_there("r-wal") && !is_there("r-shm"));
}

#[test]
fn a_draft_is_compared_with_the_record() {
    let desk = Desk::with_sample();
    desk.put(
        "draft.txt",
        "Floods at Ravenmoor\n\nPrime Minister Henrik Solberg promised 70 million talers to rebuild the dyke at Ravenmoor. “No farmer will be left alone,” he said.\n\n“Nobody listened to the dyke wardens,” said Mayor Orla Finch of Ravenmoor.\n",
    );
    let told = desk.run("compare draft.txt --record r.onrecord");
    assert_eq!(told.code, Some(0), "{}", told.err);
    for there in [
        "[70 million talers ⟨figure⟩]",
        "⟨truncation⟩",
        "In the draft alone: no account found in the record",
        "Orla Finch",
        "no account found in the draft",
    ] {
        assert!(told.out.contains(there), "{there}: {}", told.out);
    }
    let json = desk.run("compare draft.txt --record r.onrecord --json");
    let answer: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(answer["only_in_draft"][0]["speaker"], "Orla Finch", "{answer}");
    assert!(answer["told"].as_array().unwrap().len() > 1, "{answer}");
    desk.put("other.txt", "The orchestra of Quellin opens its season with a forgotten symphony.");
    let other = desk.run("compare other.txt --record r.onrecord");
    assert_eq!(other.code, Some(1), "{}", other.err);
    assert!(other.out.contains("No account found"), "{}", other.out);
    desk.put("two.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n");
    let two = desk.run("compare two.jsonl --record r.onrecord");
    assert_eq!((two.code, two.out.as_str()), (Some(2), ""));
    assert!(two.err.contains("several articles"), "{}", two.err);
    desk.put("menu.html", "<nav>Home</nav>");
    let menu = desk.run("compare menu.html --record r.onrecord");
    assert_eq!((menu.code, menu.out.as_str()), (Some(2), ""));
    insta::assert_snapshot!(menu.err, @"onrecord: there is no text of an article in `menu.html` (hint: `onrecord extract --explain menu.html` shows what was removed and why)");
    let nothing = desk.run("compare - --record r.onrecord");
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(2), ""));
    insta::assert_snapshot!(nothing.err, @"onrecord: there is no text of an article on standard input (hint: write it to a file; `onrecord extract --explain FILE` then shows what was removed and why)");
}
