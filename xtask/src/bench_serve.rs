//! How long pages take to load from a long record, with several readers at once.
//!
//! The pages are those that the record's own lists lead to, so that every kind is asked for as people do.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use regex::Regex;

use crate::{corpus, project};

/// Readers at the same time.
const CLIENTS: usize = 16;
/// How often each reader loads a page of every kind.
const ROUNDS: usize = 25;
/// Pages of the long lists that are looked through for addresses, and pages that those lead to.
const LISTS: usize = 4;
const FOLLOWED: usize = 60;

/// Builds a record of `articles` generated articles with the rules alone, serves it, and prints how long each kind
/// of page takes.
pub(crate) fn run(articles: usize, binary: &Path, scratch: &Path) -> Result<()> {
    let (corpus, record) = (scratch.join("corpus.jsonl"), scratch.join("serve.onrecord"));
    corpus::write(articles, &corpus)?;
    let mut build = Command::new(binary);
    build.args(["build", "--model", "rules"]).arg(&corpus).arg("--record").arg(&record);
    let began = Instant::now();
    project::output(build.stderr(Stdio::null()))?;
    eprintln!("  {articles} articles built in {:.0} s", began.elapsed().as_secs_f64());
    measure(articles, binary, &record)
}

fn measure(articles: usize, binary: &Path, record: &Path) -> Result<()> {
    let server = Server::start(binary, &record.to_owned())?;
    let asked = addresses(&server.at)?;
    let began = Instant::now();
    let readers: Vec<_> = (0..CLIENTS)
        .map(|n| {
            let (at, asked) = (server.at.clone(), asked.clone());
            thread::spawn(move || read(&at, &asked, n))
        })
        .collect();
    let mut taken: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for reader in readers {
        let read = reader.join().map_err(|_| anyhow::anyhow!("a reader ended with a panic"))??;
        for (kind, time) in read {
            taken.entry(kind).or_default().push(time);
        }
    }
    print(articles, &mut taken, began.elapsed());
    Ok(())
}

/// The program as it serves; it ends when this is dropped.
struct Server {
    process: Child,
    at: String,
}

impl Server {
    fn start(binary: &Path, record: &PathBuf) -> Result<Self> {
        let mut process = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .arg(record)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        let mut said = String::new();
        BufReader::new(process.stdout.take().context("the server has no output")?).read_line(&mut said)?;
        let at = said.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        ensure!(!at.is_empty(), "the server said no address");
        Ok(Self { process, at })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Loads a page over a connection of its own.
fn load(at: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(at)?;
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).unwrap_or_default();
    ensure!(status == "200", "`{path}` was answered with {status}");
    Ok(answer.into_owned())
}

/// Addresses by the kind of page.
fn addresses(at: &str) -> Result<Vec<(String, Vec<String>)>> {
    let link = Regex::new(r#"href="[./]*((story|statement|figure|speaker|theme|article)/[0-9a-f]{16})"#)?;
    let title = Regex::new(r#"href="[./]*story/[0-9a-f]{16}">([^<]+)<"#)?;
    let (mut found, mut words) = (BTreeMap::<String, Vec<String>>::new(), Vec::new());
    let lists = (1..=LISTS).flat_map(|n| [format!("stories/{n}"), format!("statements/{n}")]);
    let mut ahead: Vec<String> = [String::new()].into_iter().chain(lists).collect();
    let first = ahead.len();
    let mut n = 0;
    while let Some(path) = ahead.get(n).filter(|_| n < first + FOLLOWED).cloned() {
        let page = load(at, &path)?;
        for link in link.captures_iter(&page) {
            let of_kind = found.entry(link[2].to_owned()).or_default();
            if !of_kind.contains(&link[1].to_owned()) {
                of_kind.push(link[1].to_owned());
                ahead.push(link[1].to_owned());
            }
        }
        words.extend(title.captures_iter(&page).filter_map(|title| last_words(&title[1])));
        n += 1;
    }
    ensure!(!words.is_empty(), "the record has no stories");
    let narrowed = words.iter().map(|words| format!("{words}&language=en&kind=figure")).collect();
    found.insert("overview".to_owned(), vec![String::new()]);
    found.insert("stories".to_owned(), (1..=LISTS).map(|n| format!("stories/{n}")).collect());
    found.insert("statements".to_owned(), (1..=LISTS).map(|n| format!("statements/{n}")).collect());
    found.insert("search".to_owned(), words);
    found.insert("search, narrowed".to_owned(), narrowed);
    found.insert("search, kind alone".to_owned(), vec!["search?kind=figure".to_owned()]);
    found.insert("API, statements".to_owned(), vec!["api/v1/statements?per_page=20".to_owned()]);
    Ok(found.into_iter().collect())
}

/// The last two words of a headline as a question.
fn last_words(title: &str) -> Option<String> {
    let mut words = title.rsplit(' ').filter(|word| word.chars().all(|c| c.is_ascii_alphabetic()));
    let (last, before) = (words.next()?, words.next()?);
    Some(format!("search?q={before}+{last}"))
}

/// One reader: a page of every kind in turn, so many times.
fn read(at: &str, asked: &[(String, Vec<String>)], reader: usize) -> Result<Vec<(String, Duration)>> {
    let mut taken = Vec::new();
    for round in 0..ROUNDS {
        for step in 0..asked.len() {
            let (kind, paths) = &asked[(step + reader) % asked.len()];
            let path = &paths[(reader * ROUNDS + round) * 7 % paths.len()];
            let began = Instant::now();
            let page = load(at, path)?;
            taken.push((kind.clone(), began.elapsed()));
            if page.is_empty() {
                bail!("`{path}` is empty");
            }
        }
    }
    Ok(taken)
}

#[expect(clippy::print_stdout, reason = "the table is the answer")]
fn print(articles: usize, taken: &mut BTreeMap<String, Vec<Duration>>, whole: Duration) {
    let pages: usize = taken.values().map(Vec::len).sum();
    let rate = pages as f64 / whole.as_secs_f64();
    println!("\n{articles} articles, {CLIENTS} readers at once: {pages} pages, {rate:.0} pages/s\n");
    println!("| page | loads | median ms | 99th percentile ms | longest ms |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (kind, times) in taken {
        times.sort();
        let at =
            |share: f64| times[((times.len() - 1) as f64 * share).ceil() as usize].as_secs_f64() * 1000.0;
        println!("| {kind} | {} | {:.1} | {:.1} | {:.1} |", times.len(), at(0.5), at(0.99), at(1.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_gives_a_question() {
        assert_eq!(last_words("Barges wait in the canal").as_deref(), Some("search?q=the+canal"));
        assert_eq!(last_words("Canal"), None);
    }
}
