//! Has a network read the words: word classes, dependencies, names, who says what.
//!
//! Sentences and words stay as the rules cut them. Where a language has no network it goes without this layer, and the
//! later annotators go by the tagger and their rules alone.

use onrecord_model::{Annotations, Article, Guess, Reading, Word};
use onrecord_reader::{Mark, Reader};

use crate::{
    Annotator, sentences,
    tokens::{Token, TokenKind},
};

/// Has a network read the words.
pub(crate) struct Words;

impl Annotator for Words {
    fn name(&self) -> &'static str {
        "words"
    }

    fn annotate(&self, article: &Article, out: &mut Annotations) {
        out.reading = read(article, out).unwrap_or_default();
    }
}

/// `None` where the network fails: the rules read on without it.
fn read(article: &Article, marks: &Annotations) -> Option<Reading> {
    let tokens = sentences::tokens_of(article);
    let sentences = split(&tokens, marks);
    let words = sentences.concat();
    let read = Reader::shipped().ok()?.read(&article.text, &sentences).ok()?;
    let guesses = |marks: &[Mark], kind: &dyn Fn(&Mark) -> &'static str| {
        marks.iter().filter_map(|mark| guess(mark, &words, kind(mark))).collect()
    };
    Some(Reading {
        words: words.iter().zip(0..).map(|(word, i)| tagged(word.span, &read, i)).collect(),
        names: guesses(&read.names, &|mark| read.name_kind(mark)),
        cues: guesses(&read.cues, &|_| ""),
        sources: guesses(&read.sources, &|_| ""),
        contents: guesses(&read.contents, &|mark| read.content_kind(mark)),
    })
}

/// The words of each sentence.
fn split(tokens: &[Token], marks: &Annotations) -> Vec<Vec<onrecord_reader::Word>> {
    let mut sentences: Vec<Vec<onrecord_reader::Word>> = Vec::with_capacity(marks.sentences.len());
    let mut opens_paragraph = true;
    let mut ends = marks.sentences.iter().map(|sentence| sentence.end());
    let mut end = 0;
    for token in tokens {
        if token.kind == TokenKind::Break {
            opens_paragraph = true;
            continue;
        }
        if sentences.is_empty() || token.span.start() >= end {
            end = ends.find(|end| *end > token.span.start()).unwrap_or(usize::MAX);
            sentences.push(Vec::new());
        }
        if let Some(sentence) = sentences.last_mut() {
            sentence.push(onrecord_reader::Word { span: token.span, opens_paragraph });
        }
        opens_paragraph = false;
    }
    sentences
}

fn tagged(span: onrecord_model::Span, read: &onrecord_reader::Reading<'static>, i: usize) -> Word {
    let head = read.head(i).and_then(|head| u32::try_from(head).ok());
    Word { span, tag: read.xpos(i), class: read.upos(i), head, relation: read.relation(i) }
}

fn guess(mark: &Mark, words: &[onrecord_reader::Word], kind: &'static str) -> Option<Guess> {
    let span = words.get(mark.words.start)?.span.cover(words.get(mark.words.end.checked_sub(1)?)?.span);
    // Of 0 to 100, so that nothing is lost.
    let percent = (mark.probability.clamp(0.0, 1.0) * 100.0).floor() as u8;
    Some(Guess { span, kind, percent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sentences::Sentences, testing};

    fn reading(text: &str) -> Reading {
        let article = testing::article(text);
        let mut out = Annotations::default();
        Sentences.annotate(&article, &mut out);
        Words.annotate(&article, &mut out);
        out.reading
    }

    #[test]
    fn every_word_is_read_once() {
        let text = "The dam broke\n\n“We left,” Ana Brandt said. Estmar was flooded.\n";
        let reading = reading(text);
        let words: Vec<&str> = reading.words.iter().map(|word| word.span.slice(text)).collect();
        assert_eq!(words.join(" "), "The dam broke “ We left , ” Ana Brandt said . Estmar was flooded .");
        let roots = reading.words.iter().filter(|word| word.head.is_none()).count();
        assert_eq!(roots, 3);
        assert_eq!(reading.words[1].class, "NOUN");
        assert_eq!(reading.word_at(reading.words[5].span.start()), Some(5));
        let names: Vec<(&str, &str)> = reading.names.iter().map(|n| (n.span.slice(text), n.kind)).collect();
        assert_eq!(names, [("Ana Brandt", "person"), ("Estmar", "place")]);
    }

    #[test]
    fn no_words_are_no_reading() {
        assert_eq!(reading(""), Reading::default());
        assert_eq!(reading("\n \n"), Reading::default());
    }
}
