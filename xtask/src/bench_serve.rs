//! How long pages and answers to programs take from a long record, with several readers at once.
//!
//! Every address is one that the record's own lists lead to, and nearly every one is asked once, or a few times where it
//! searches, so that what is measured is the making of pages and not the keeping of them. Half of the things are drawn as people draw them, the
//! first of a list much more often than the last; the other half from the whole of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::corpus::{self, Dice};
use crate::project;

/// Readers at the same time.
const CLIENTS: usize = 16;
/// Addresses of every kind, and how many of them each reader asks.
const ADDRESSES: usize = 400;
const ROUNDS: usize = ADDRESSES / CLIENTS;
/// Pages of a list, of 100 things each, from which addresses are drawn: so many first ones, and as many from the whole.
const FIRST_PAGES: usize = 2;
/// Words of every band of frequency that are searched for.
const WORDS: usize = 40;
const SEED: u64 = 0x0add_7e55;

/// Builds a record of `articles` generated articles with the rules alone, serves it, and prints how long each kind
/// of page takes.
pub(crate) fn run(articles: usize, binary: &Path, scratch: &Path) -> Result<()> {
    let record = scratch.join("serve.onrecord");
    build(articles, binary, &record)?;
    measure(articles, binary, &record)
}

/// The same with a record that is kept, and built only where it is not there.
pub(crate) fn kept(articles: usize, binary: &Path, record: &Path) -> Result<()> {
    if !record.exists() {
        build(articles, binary, record)?;
    }
    measure(articles, binary, record)
}

fn build(articles: usize, binary: &Path, record: &Path) -> Result<()> {
    let corpus = record.with_extension("jsonl");
    corpus::write(articles, &corpus)?;
    let mut build = Command::new(binary);
    build.args(["build", "--model", "rules"]).arg(&corpus).arg("--record").arg(record);
    let began = Instant::now();
    project::output(build.stderr(Stdio::null()))?;
    eprintln!("  {articles} articles built in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

fn measure(articles: usize, binary: &Path, record: &Path) -> Result<()> {
    let server = Server::start(binary, record)?;
    let began = Instant::now();
    load(&server.at, "")?;
    let first = began.elapsed();
    let asked = addresses(&server.at)?;
    let (began, used) = (Instant::now(), server.used()?);
    let readers: Vec<_> = (0..CLIENTS)
        .map(|n| {
            let (at, asked) = (server.at.clone(), asked.clone());
            thread::spawn(move || read(&at, &asked, n))
        })
        .collect();
    let mut taken: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();
    for reader in readers {
        let read = reader.join().map_err(|_| anyhow::anyhow!("a reader ended with a panic"))??;
        for (kind, time) in read {
            taken.entry(kind).or_default().push(time);
        }
    }
    let (whole, used) = (began.elapsed(), server.used()?.saturating_sub(used));
    let alone = alone(&server, &asked)?;
    print(articles, &mut taken, &alone, (first, whole, used));
    Ok(())
}

/// The program as it serves; it ends when this is dropped.
struct Server {
    process: Child,
    at: String,
}

impl Server {
    fn start(binary: &Path, record: &Path) -> Result<Self> {
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

    /// The time that processors have worked for it so far, as Linux counts it: other work on the machine adds nothing.
    fn used(&self) -> Result<Duration> {
        let mut used = Duration::ZERO;
        for task in std::fs::read_dir(format!("/proc/{}/task", self.process.id()))? {
            let counted = std::fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
            let nanoseconds = counted.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
            used += Duration::from_nanos(nanoseconds);
        }
        Ok(used)
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
    let (_, body) = answer.split_once("\r\n\r\n").context("an answer has a body")?;
    ensure!(!body.is_empty(), "`{path}` is empty");
    Ok(body.to_owned())
}

/// Things of a list for programs: from its first pages and from pages all over it; and how many the list has.
fn things(at: &str, list: &str) -> Result<(Vec<Value>, Vec<Value>, usize)> {
    let page = |n: usize| -> Result<Value> {
        Ok(serde_json::from_str(&load(at, &format!("api/v1/{list}?per_page=100&page={n}"))?)?)
    };
    let one = page(1)?;
    let total = one["total"].as_u64().unwrap_or(0) as usize;
    let pages = total.div_ceil(100);
    let items =
        |n: usize| -> Result<Vec<Value>> { Ok(page(n)?["items"].as_array().cloned().unwrap_or_default()) };
    let (mut first, mut all) = (Vec::new(), Vec::new());
    for n in 0..FIRST_PAGES.min(pages) {
        first.extend(items(n + 1)?);
        all.extend(items(1 + n * pages / FIRST_PAGES + pages / FIRST_PAGES / 2)?);
    }
    Ok((first, all, total))
}

/// What addresses are drawn from.
struct Drawn {
    dice: Dice,
}

impl Drawn {
    /// Half of them from `first`, the n-th as often as 1/n; the others from `all`, each once while they last.
    fn of(&mut self, first: &[String], all: &[String], address: impl Fn(&str) -> String) -> Vec<String> {
        let mut out = Vec::new();
        let mut ahead = 0;
        for n in 0..ADDRESSES {
            let list = if n % 2 == 0 { first } else { all };
            let Some(last) = list.len().checked_sub(1) else { continue };
            let at = match n % 2 {
                // The inverse of a distribution that falls with the place: the size of the list to a random power.
                0 => ((list.len() as f64).powf(self.dice.roll(10_000) as f64 / 10_000.0) as usize - 1)
                    .min(last),
                _ => {
                    ahead += 1;
                    (ahead - 1) % list.len()
                }
            };
            out.push(address(&list[at]));
        }
        out
    }

    /// Pages of a list: the first ones as people turn them, and others from the whole of it.
    fn pages(&mut self, pages: usize, address: impl Fn(usize) -> String) -> Vec<String> {
        let first: Vec<String> = (1..=pages.min(50)).map(|n| n.to_string()).collect();
        let step = (pages / (ADDRESSES / 2)).max(1);
        let all: Vec<String> = (1..=pages).step_by(step).map(|n| n.to_string()).collect();
        self.of(&first, &all, |n| address(n.parse().unwrap_or(1)))
    }
}

type Asked = Vec<(&'static str, Vec<String>)>;

/// Addresses by what they are.
fn addresses(at: &str) -> Result<Asked> {
    let mut drawn = Drawn { dice: Dice::seeded(SEED) };
    let mut out: Asked = vec![("page: overview", vec![String::new()])];
    let (first, all, statements) = things(at, "statements")?;
    let texts: Vec<Value> = first.iter().chain(&all).cloned().collect();
    let field = |items: &[Value], pointer: &str| -> Vec<String> {
        let found = items.iter().filter_map(|item| item.pointer(pointer)?.as_str().map(str::to_owned));
        let mut seen = BTreeSet::new();
        found.filter(|id| seen.insert(id.clone())).collect()
    };
    let mut of = |name: &'static str, (first, all): (&[Value], &[Value]), pointer: &str, path: &str| {
        let (first, all) = (field(first, pointer), field(all, pointer));
        out.push((name, drawn.of(&first, &all, |id| path.replace("ID", id))));
    };
    let both = (&*first, &*all);
    of("page: statement", both, "/statement", "statement/ID");
    of("page: speaker", both, "/speaker/entity", "speaker/ID");
    of("page: article", both, "/accounts/0/article", "article/ID");
    of("page: story", both, "/story", "story/ID");
    of("API: a statement", both, "/statement", "api/v1/statements/ID");
    of("API: its differences", both, "/statement", "api/v1/statements/ID/differences");
    of("API: its replies", both, "/statement", "api/v1/statements/ID/replies");
    of("API: of a speaker", both, "/speaker/entity", "api/v1/statements?entity=ID");
    of("API: of a story", both, "/story", "api/v1/statements?story=ID");
    of("API: an article", both, "/accounts/0/article", "api/v1/articles/ID");
    of("API: a story", both, "/story", "api/v1/stories/ID");
    let (first, all, series) = things(at, "figure_series")?;
    of("page: figure", (&first, &all), "/series", "figure/ID");
    of("API: a series", (&first, &all), "/series", "api/v1/figure_series/ID");
    let (first, all, themes) = things(at, "themes")?;
    of("page: theme", (&first, &all), "/theme", "theme/ID");
    of("API: a theme", (&first, &all), "/theme", "api/v1/themes/ID");
    let (first, all, differences) = things(at, "differences")?;
    of("API: a difference", (&first, &all), "/difference", "api/v1/differences/ID");
    let (_, _, stories) = things(at, "stories")?;
    let (_, _, articles) = things(at, "articles")?;
    let page = |total: usize, each: usize| total.div_ceil(each);
    out.push(("page: stories", drawn.pages(page(stories, 60), |n| format!("stories/{n}"))));
    out.push(("page: statements", drawn.pages(page(statements, 40), |n| format!("statements/{n}"))));
    for (name, list, total) in [
        ("API: stories", "stories", stories),
        ("API: statements", "statements", statements),
        ("API: articles", "articles", articles),
        ("API: differences", "differences", differences),
        ("API: figure series", "figure_series", series),
        ("API: themes", "themes", themes),
    ] {
        out.push((name, drawn.pages(page(total, 20), |n| format!("api/v1/{list}?page={n}"))));
    }
    let outlets = field(&articles_of(at)?, "/outlet");
    out.extend(searches(&frequencies(&texts), &outlets));
    Ok(out)
}

fn articles_of(at: &str) -> Result<Vec<Value>> {
    let found: Value = serde_json::from_str(&load(at, "api/v1/articles?per_page=100")?)?;
    Ok(found["items"].as_array().cloned().unwrap_or_default())
}

/// The words of statements, those first that most statements hold.
fn frequencies(statements: &[Value]) -> Vec<String> {
    let mut counted = BTreeMap::<String, usize>::new();
    for statement in statements {
        let mut words = BTreeSet::new();
        for part in statement["accounts"].as_array().into_iter().flatten().flat_map(|a| a["parts"].as_array())
        {
            for text in part.iter().filter_map(|part| part["text"].as_str()) {
                let of = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
                words.extend(of.map(str::to_lowercase));
            }
        }
        for word in words {
            *counted.entry(word).or_default() += 1;
        }
    }
    let mut counted: Vec<(String, usize)> = counted.into_iter().collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted.into_iter().map(|(word, _)| word).collect()
}

/// Searches by common, middling and rare words and by two at once, and lists that are narrowed with and without words.
fn searches(words: &[String], outlets: &[String]) -> Asked {
    let middle = words.len() / 4;
    let bands = [0, middle, words.len().saturating_sub(WORDS)];
    let [common, middling, rare] = bands.map(|from| words.iter().skip(from).take(WORDS).collect::<Vec<_>>());
    let one = |words: &[&String]| words.iter().map(|word| format!("search?q={word}")).collect::<Vec<_>>();
    let mut two = Vec::new();
    for (n, word) in common.iter().chain(&middling).enumerate() {
        two.push(format!("search?q={}+{word}", common[(n * 7 + 3) % common.len()]));
    }
    let mut narrowed = Vec::new();
    let mut filters = Vec::new();
    for (n, outlet) in outlets.iter().enumerate() {
        for (i, kind) in ["figure", "omission", "date", "truncation"].iter().enumerate() {
            let word = common[(n * 11 + i * 5) % common.len()];
            narrowed.push(format!("search?q={word}&outlet={outlet}&language=en&kind={kind}"));
            narrowed.push(format!("search?q={word}&outlet={outlet}"));
            narrowed.push(format!("search?q={word}&from=2024-0{}-01", 2 + i * 2));
            filters.push(format!("search?outlet={outlet}&kind={kind}&page={}", 1 + n * i));
            filters.push(format!("search?kind={kind}&language=en&from=2024-0{}-11", 1 + n % 8));
        }
        filters.extend([format!("search?outlet={outlet}"), format!("search?outlet={outlet}&page=40")]);
    }
    filters.extend(["search?language=en".to_owned(), "search?language=en&page=200".to_owned()]);
    let for_programs = |words: &[&String], list: &str| -> Vec<String> {
        words.iter().map(|word| format!("api/v1/{list}?q={word}")).collect()
    };
    let all: Vec<&String> = common.iter().chain(&middling).chain(&rare).copied().collect();
    vec![
        ("search: common word", one(&common)),
        ("search: middling word", one(&middling)),
        ("search: rare word", one(&rare)),
        ("search: two words", two),
        ("search: word, narrowed", narrowed),
        ("search: narrowed alone", filters),
        ("API search: statements", for_programs(&all, "statements")),
        ("API search: articles", for_programs(&all, "articles")),
    ]
}

/// One reader: an address of every kind in turn, so many times, and none that another reader has while they last.
fn read(at: &str, asked: &Asked, reader: usize) -> Result<Vec<(&'static str, Duration)>> {
    let mut taken = Vec::new();
    for round in 0..ROUNDS {
        for step in 0..asked.len() {
            let (kind, paths) = &asked[(step + reader * 3) % asked.len()];
            let Some(path) = paths.get((round * CLIENTS + reader) % paths.len().max(1)) else { continue };
            let began = Instant::now();
            load(at, path)?;
            taken.push((*kind, began.elapsed()));
        }
    }
    Ok(taken)
}

/// The processors' time that one answer of each kind takes the server, with nobody else asking, in the mean.
fn alone(server: &Server, asked: &Asked) -> Result<BTreeMap<&'static str, Duration>> {
    let mut out = BTreeMap::new();
    for (kind, paths) in asked {
        let some: Vec<&String> = paths.iter().step_by((paths.len() / WORDS).max(1)).collect();
        let used = server.used()?;
        for path in &some {
            load(&server.at, path)?;
        }
        out.insert(*kind, server.used()?.saturating_sub(used) / some.len().max(1) as u32);
    }
    Ok(out)
}

/// Milliseconds.
fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn row(out: &mut String, kind: &str, times: &mut [Duration], alone: Option<Duration>) {
    times.sort();
    let at = |share: f64| ms(times[((times.len() - 1) as f64 * share).ceil() as usize]);
    let alone = alone.map_or(String::new(), |alone| format!("{:.1}", ms(alone)));
    let (n, half, most, longest) = (times.len(), at(0.5), at(0.99), at(1.0));
    let _ = writeln!(out, "| {kind} | {n} | {half:.1} | {most:.1} | {longest:.1} | {alone} |");
}

#[expect(clippy::print_stdout, reason = "the table is the answer")]
fn print(
    articles: usize,
    taken: &mut BTreeMap<&'static str, Vec<Duration>>,
    alone: &BTreeMap<&'static str, Duration>,
    (first, whole, used): (Duration, Duration, Duration),
) {
    let answers: usize = taken.values().map(Vec::len).sum();
    let rate = answers as f64 / whole.as_secs_f64();
    let each = ms(used) / answers as f64;
    println!("\n{articles} articles, {CLIENTS} readers at once: {answers} answers, {rate:.0}/s");
    println!(
        "the server's own work: {each:.2} ms an answer; its first page after the start: {:.0} ms\n",
        ms(first)
    );
    println!("| what | loads | median ms | 99th percentile ms | longest ms | work ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let mut table = String::new();
    let mut groups = BTreeMap::<&str, Vec<Duration>>::new();
    for (kind, times) in taken.iter_mut() {
        row(&mut table, kind, times, alone.get(kind).copied());
        let group = kind.split(':').next().unwrap_or(kind);
        groups.entry(group).or_default().extend(times.iter());
    }
    for (group, times) in &mut groups {
        row(&mut table, &format!("all of {group}"), times, None);
    }
    println!("{table}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_once_a_statement() {
        let told = |text: &str| serde_json::json!({ "accounts": [{ "parts": [{ "text": text }] }] });
        let words = frequencies(&[told("The weir, the weir"), told("The canal")]);
        assert_eq!(words, ["the", "canal", "weir"]);
    }

    #[test]
    fn half_are_drawn_from_the_first_and_the_others_once_each() {
        let list = |name: &str| (0..ADDRESSES).map(|n| format!("{name}{n}")).collect::<Vec<_>>();
        let drawn = Drawn { dice: Dice::seeded(SEED) }.of(&list("a"), &list("b"), str::to_owned);
        let (first, all): (Vec<&String>, Vec<&String>) = drawn.iter().partition(|one| one.starts_with('a'));
        assert_eq!((first.len(), all.len()), (ADDRESSES / 2, ADDRESSES / 2));
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(first.iter().filter(|one| **one == "a0").count() > 5, "{first:?}");
    }
}
