//! The reader: a network, its labels, its vocabulary.

use std::sync::OnceLock;

use thiserror::Error;

use crate::decode;
use crate::labels::{BioLabels, Labels};
use crate::network::{Answer, Network, Rows, apart};
use crate::pieces::Vocabulary;
use crate::reading::{Mark, Reading, Tagged};
use crate::windows::{self, Window, Word};

/// Why a model cannot be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The runtime does not read it, or it fails while it runs.
    #[error("the model cannot be run: {0}")]
    Network(String),
    /// An input, output or metadata field is not there.
    #[error("the model has no `{0}` (hint: use a file that training/reader/export.py wrote)")]
    Missing(String),
    /// An output has another size than its labels.
    #[error("the model's output `{0}` has not the shape that its labels say")]
    Shape(String),
    /// The metadata cannot be read.
    #[error("the model's `{0}` cannot be read: {1}")]
    Metadata(&'static str, String),
}

/// The weights that the program carries; `model/README.md` says how they were made.
pub(crate) static SHIPPED: &[u8] = include_bytes!("../model/reader.onnx");

/// A model that is ready to read. Can be shared between threads.
pub struct Reader {
    network: Network,
    vocabulary: Vocabulary,
    labels: Labels,
    names: BioLabels,
    content: BioLabels,
    speech: BioLabels,
}

impl Reader {
    /// The model that the program carries, made ready on the first call.
    ///
    /// # Errors
    /// Where this build holds no usable model.
    pub fn shipped() -> Result<&'static Self, &'static ModelError> {
        static READER: OnceLock<Result<Reader, ModelError>> = OnceLock::new();
        let load = || apart(|| Self::of(Network::load(SHIPPED)?)).and_then(|reader| reader);
        READER.get_or_init(load).as_ref()
    }

    fn of(network: Network) -> Result<Self, ModelError> {
        let labels: Labels = serde_json::from_str(network.field("labels")?)
            .map_err(|error| ModelError::Metadata("labels", error.to_string()))?;
        let vocabulary = Vocabulary::read(network.field("vocabulary")?)
            .map_err(|error| ModelError::Metadata("vocabulary", error.to_string()))?;
        let bio = |names: &[String]| {
            BioLabels::read(names).ok_or_else(|| ModelError::Metadata("labels", "no BIO labels".to_owned()))
        };
        let speech = bio(&["O", "B", "I"].map(str::to_owned))?;
        let (names, content) = (bio(&labels.names)?, bio(&labels.content)?);
        let reader = Self { network, vocabulary, labels, names, content, speech };
        let text = "Yes.";
        let word =
            |start, end| Word { span: onrecord_model::Span::new(start, end), opens_paragraph: start == 0 };
        reader.read(text, &[vec![word(0, 3), word(3, 4)]])?;
        Ok(reader)
    }

    /// Reads the words of one article's sentences. Time and memory are linear in their number.
    ///
    /// # Errors
    /// Where the network fails.
    pub fn read(&self, text: &str, sentences: &[Vec<Word>]) -> Result<Reading<'_>, ModelError> {
        let windows = windows::windows(text, sentences, &self.vocabulary);
        let answers = self.network.run_all(&windows)?;
        let mut reading = Gathered::default();
        for (window, answer) in windows.iter().zip(answers) {
            self.check(&answer)?;
            reading.add(window, answer);
        }
        Ok(self.reading(reading, sentences))
    }

    fn check(&self, answer: &Answer) -> Result<(), ModelError> {
        let sizes: [(&Rows, usize, &str); 7] = [
            (&answer.xpos, self.labels.xpos.len(), "xpos"),
            (&answer.upos, self.labels.upos.len(), "upos"),
            (&answer.rels, self.labels.rels.len(), "rels"),
            (&answer.names, self.labels.names.len(), "names"),
            (&answer.cue, self.speech.labels.len(), "cue"),
            (&answer.source, self.speech.labels.len(), "source"),
            (&answer.content, self.labels.content.len(), "content"),
        ];
        let wrong = sizes.iter().find(|(rows, size, _)| rows.iter().any(|row| row.len() != *size));
        wrong.map_or(Ok(()), |(_, _, name)| Err(ModelError::Shape((*name).to_owned())))
    }

    fn reading(&self, found: Gathered, sentences: &[Vec<Word>]) -> Reading<'_> {
        let mut starts = vec![false; found.words.len()];
        let mut at = 0;
        for sentence in sentences {
            if let Some(start) = starts.get_mut(at) {
                *start = true;
            }
            at += sentence.len();
        }
        let opens = |word: usize| starts[word];
        Reading {
            names: marks(&found.names, &self.names, opens),
            cues: marks(&found.cue, &self.speech, opens),
            sources: marks(&found.source, &self.speech, opens),
            contents: marks(&found.content, &self.content, |_| false),
            vectors: vectors(&found.meaning, sentences),
            words: found.words,
            name_kinds: &self.names.kinds,
            content_kinds: &self.content.kinds,
            labels: &self.labels,
        }
    }
}

fn marks(rows: &Rows, labels: &BioLabels, opens: impl Fn(usize) -> bool) -> Vec<Mark> {
    let mark =
        |span: decode::Decoded| Mark { words: span.words, kind: span.kind, probability: span.probability };
    decode::spans(rows, labels, opens).into_iter().map(mark).collect()
}

/// The mean of each sentence's words, of length 1; zeros for no words.
fn vectors(meaning: &Rows, sentences: &[Vec<Word>]) -> Vec<Vec<f32>> {
    let width = meaning.first().map_or(0, Vec::len);
    let mut at = 0;
    let mut out = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut sum = vec![0.0_f32; width];
        for row in meaning.iter().skip(at).take(sentence.len()) {
            sum.iter_mut().zip(row).for_each(|(total, value)| *total += value);
        }
        at += sentence.len();
        let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            sum.iter_mut().for_each(|value| *value /= length);
        }
        out.push(sum);
    }
    out
}

/// The answers of all windows, side by side.
#[derive(Default)]
struct Gathered {
    words: Vec<Tagged>,
    names: Rows,
    cue: Rows,
    source: Rows,
    content: Rows,
    meaning: Rows,
}

impl Gathered {
    fn add(&mut self, window: &Window, answer: Answer) {
        let first = window.parts.first().map_or(0, |part| part.start);
        for part in &window.parts {
            let words = part.start - first..part.end - first;
            let arcs: Rows = answer.arcs[words.clone()]
                .iter()
                .map(|row| {
                    let inside = row.get(words.start + 1..words.end + 1).unwrap_or_default();
                    row.first().into_iter().chain(inside).copied().collect()
                })
                .collect();
            for (word, head) in words.clone().zip(decode::heads(&arcs)) {
                self.words.push(Tagged {
                    xpos: decode::best(&answer.xpos[word]),
                    upos: decode::best(&answer.upos[word]),
                    head: head.map(|head| part.start + head),
                    rel: decode::best(&answer.rels[word]),
                });
            }
        }
        self.names.extend(answer.names);
        self.cue.extend(answer.cue);
        self.source.extend(answer.source);
        self.content.extend(answer.content);
        self.meaning.extend(answer.meaning);
    }
}
