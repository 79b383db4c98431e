//! Holds the shipped model to the answers that its training wrote beside it.

use onrecord_model::Span;
use serde::Deserialize;

use crate::decode::best;
use crate::network::{Answer, Network, Rows};
use crate::pieces::Vocabulary;
use crate::reader::SHIPPED;
use crate::windows::{Window, Word, windows};

/// Eight bits cost the scores, which spread over about twenty, 0.1 to 0.6 on average; a wrong kernel costs more.
const FARTHEST: f32 = 1.0;

/// Two labels that lie closer are a tie, which the roundings of two runtimes may break either way.
const TIE: f32 = 0.5;

/// One text and what the training's own runtime answers: labels in eight bits, scores in 32.
#[derive(Deserialize)]
struct Reference {
    text: String,
    sentences: Vec<Vec<(usize, usize)>>,
    opens_paragraph: Vec<bool>,
    input_ids: Vec<i32>,
    shape_ids: Vec<i32>,
    word_starts: Vec<i32>,
    word_sentence: Vec<i32>,
    xpos: Vec<usize>,
    upos: Vec<usize>,
    heads: Vec<usize>,
    rels: Vec<usize>,
    names: Vec<usize>,
    cue: Vec<usize>,
    source: Vec<usize>,
    content: Vec<usize>,
    f32_xpos: Rows,
    f32_upos: Rows,
    f32_arcs: Rows,
    f32_rels: Rows,
    f32_names: Rows,
    f32_cue: Rows,
    f32_source: Rows,
    f32_content: Rows,
}

impl Reference {
    fn all() -> Vec<Self> {
        serde_json::from_str(include_str!("../model/reference.json")).unwrap()
    }

    fn sentences(&self) -> Vec<Vec<Word>> {
        let mut opens = self.opens_paragraph.iter();
        let mut word = |&(start, end): &(usize, usize)| Word {
            span: Span::new(start, end),
            opens_paragraph: *opens.next().unwrap(),
        };
        self.sentences.iter().map(|sentence| sentence.iter().map(&mut word).collect()).collect()
    }

    fn window(&self) -> Window {
        Window {
            ids: self.input_ids.clone(),
            shapes: self.shape_ids.clone(),
            starts: self.word_starts.clone(),
            sentence: self.word_sentence.clone(),
            parts: Vec::new(),
        }
    }

    /// Per task: its labels and its scores in 32 bits, and ours.
    fn tasks<'a>(&'a self, answer: &'a Answer) -> [(&'static str, &'a [usize], &'a Rows, &'a Rows); 8] {
        [
            ("xpos", &self.xpos, &self.f32_xpos, &answer.xpos),
            ("upos", &self.upos, &self.f32_upos, &answer.upos),
            ("heads", &self.heads, &self.f32_arcs, &answer.arcs),
            ("rels", &self.rels, &self.f32_rels, &answer.rels),
            ("names", &self.names, &self.f32_names, &answer.names),
            ("cue", &self.cue, &self.f32_cue, &answer.cue),
            ("source", &self.source, &self.f32_source, &answer.source),
            ("content", &self.content, &self.f32_content, &answer.content),
        ]
    }
}

/// How far our scores are from those in 32 bits, on average; arcs that the model forbids are not counted.
fn distance(ours: &Rows, scores: &Rows) -> f32 {
    let pairs = || ours.iter().flatten().zip(scores.iter().flatten()).filter(|(_, score)| **score > -1e3);
    pairs().map(|(a, b)| (a - b).abs()).sum::<f32>() / pairs().count() as f32
}

#[test]
fn windows_are_what_the_training_saw() {
    let network = Network::load(SHIPPED).unwrap();
    let vocabulary = Vocabulary::read(network.field("vocabulary").unwrap()).unwrap();
    for reference in Reference::all() {
        let mut made = windows(&reference.text, &reference.sentences(), &vocabulary);
        assert_eq!(made.len(), 1);
        made[0].parts.clear();
        assert_eq!(made[0], reference.window(), "{}", reference.text);
    }
}

#[test]
fn labels_and_scores_are_those_of_the_training() {
    let network = Network::load(SHIPPED).unwrap();
    for reference in Reference::all() {
        let answer = network.run_all(&[reference.window()]).unwrap().remove(0);
        for (task, labels, scores, ours) in reference.tasks(&answer) {
            assert_eq!(ours.len(), labels.len(), "{task}: {}", reference.text);
            for (row, &label) in ours.iter().zip(labels) {
                let ahead = row[best(row)] - row[label];
                assert!(ahead < TIE, "{task}: {ahead} better than {label}: {}", reference.text);
            }
            let distance = distance(ours, scores);
            assert!(distance < FARTHEST, "{task}: {distance} from 32 bits: {}", reference.text);
        }
    }
}

#[test]
fn a_window_reads_alone_what_it_reads_among_others() {
    let network = Network::load(SHIPPED).unwrap();
    let window_of: Vec<Window> = Reference::all().iter().map(Reference::window).collect();
    let together = network.run_all(&window_of).unwrap();
    for (window, answer) in window_of.iter().zip(together) {
        let alone = network.run_all(std::slice::from_ref(window)).unwrap().remove(0);
        assert_eq!(alone.arcs, answer.arcs);
        assert_eq!(alone.meaning, answer.meaning);
    }
}
