//! Reads the words of a CoNLL-U text on standard input and prints it with its own tags and trees.
//!
//! `read THREADS < words.conllu`. Words, sentences, paragraphs and documents stay as they are given; of each
//! word only the form is looked at. A document is read on one thread, at most `THREADS` at a time.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::sync::{Mutex, PoisonError};

use onrecord_model::Span;
use onrecord_reader::{Reader, Word};

type Failure = Box<dyn Error + Send + Sync>;

/// The forms with spaces between them, and where they stand.
#[derive(Default)]
struct Document {
    text: String,
    sentences: Vec<Vec<Word>>,
}

fn documents(conllu: &str) -> Vec<Document> {
    let mut out: Vec<Document> = vec![Document::default()];
    let (mut opens_paragraph, mut opens_sentence) = (true, true);
    for line in conllu.lines() {
        let mut columns = line.split('\t');
        match (columns.next(), columns.next()) {
            // Ranges and empty nodes are no words of the tree.
            (Some(id), Some(form)) if id.parse::<usize>().is_ok() => {
                let Some(document) = out.last_mut() else { continue };
                if std::mem::take(&mut opens_sentence) {
                    document.sentences.push(Vec::new());
                }
                let start = document.text.len();
                document.text += form;
                let span = Span::new(start, document.text.len());
                document.text.push(' ');
                let opens_paragraph = std::mem::take(&mut opens_paragraph);
                if let Some(sentence) = document.sentences.last_mut() {
                    sentence.push(Word { span, opens_paragraph });
                }
            }
            (Some(""), None) => opens_sentence = true,
            (Some(comment), None) if comment.starts_with("# newdoc") => {
                out.push(Document::default());
                opens_paragraph = true;
            }
            (Some(comment), None) if comment.starts_with("# newpar") => opens_paragraph = true,
            _ => {}
        }
    }
    out
}

fn read(document: &Document) -> Result<String, Failure> {
    let reading = Reader::shipped()?.read(&document.text, &document.sentences)?;
    let mut out = String::from("# newdoc\n");
    let mut first = 0;
    for sentence in &document.sentences {
        for (word, at) in sentence.iter().zip(first..) {
            let head = reading.head(at).map_or(0, |head| head + 1 - first);
            let (form, id) = (word.span.slice(&document.text), at + 1 - first);
            let (upos, xpos, relation) = (reading.upos(at), reading.xpos(at), reading.relation(at));
            writeln!(out, "{id}\t{form}\t_\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_")?;
        }
        out.push('\n');
        first += sentence.len();
    }
    Ok(out)
}

fn main() -> Result<(), Failure> {
    let threads: usize = std::env::args().nth(1).as_deref().unwrap_or("1").parse()?;
    let mut conllu = String::new();
    std::io::stdin().read_to_string(&mut conllu)?;
    let documents = documents(&conllu);
    let waiting = Mutex::new(documents.iter().enumerate().collect::<VecDeque<_>>());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let work = || -> Result<Vec<(usize, String)>, Failure> {
        std::iter::from_fn(next).map(|(at, document)| Ok((at, read(document)?))).collect()
    };
    let mut read = Vec::with_capacity(documents.len());
    std::thread::scope(|scope| -> Result<(), Failure> {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            read.extend(worker.join().map_err(|_| "a thread failed")??);
        }
        Ok(())
    })?;
    read.sort_unstable();
    let mut out = std::io::stdout().lock();
    read.iter().try_for_each(|(_, text)| out.write_all(text.as_bytes()))?;
    Ok(())
}
