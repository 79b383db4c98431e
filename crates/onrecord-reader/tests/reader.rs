//! Reads texts with the shipped model as the program does.

#![expect(clippy::expect_used, reason = "a test file")]

use onrecord_model::Span;
use onrecord_reader::{Mark, Reader, Reading, Word};
use proptest::prelude::*;

/// Sentences end at a full stop, words at a space.
fn words(text: &str) -> Vec<Vec<Word>> {
    let mut out = vec![Vec::new()];
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let stop = c == '.';
        if !(c.is_whitespace() || stop) {
            continue;
        }
        let mut push = |start, end| {
            let opens_paragraph = start == 0 || text[..start].ends_with('\n');
            if let (true, Some(sentence)) = (start < end, out.last_mut()) {
                sentence.push(Word { span: Span::new(start, end), opens_paragraph });
            }
        };
        push(start, at);
        start = (at + c.len_utf8()).min(text.len());
        if stop {
            push(at, start);
            out.push(Vec::new());
        }
    }
    out
}

fn read(text: &str) -> Reading<'static> {
    let reader = Reader::shipped().expect("the shipped model loads");
    reader.read(text, &words(text)).expect("the shipped model reads")
}

fn said<'a>(text: &'a str, marks: &[Mark]) -> Vec<&'a str> {
    let flat: Vec<Word> = words(text).concat();
    let span = |mark: &Mark| flat[mark.words.start].span.start()..flat[mark.words.end - 1].span.end();
    marks.iter().map(|mark| &text[span(mark)]).collect()
}

const TEXT: &str = "Ana Brandt said on Tuesday that 16,000 people had left Estmar since May . \
    The Estmar Water Board denied it .";

#[test]
fn a_sentence_is_read() {
    let reading = read(TEXT);
    assert_eq!((reading.xpos(2), reading.upos(2)), ("VBD", "VERB"));
    assert_eq!((reading.head(2), reading.relation(2)), (None, "root"));
    assert_eq!((reading.head(7), reading.relation(7)), (Some(9), "nsubj"));
    assert_eq!(said(TEXT, &reading.names), ["Ana Brandt", "Estmar", "Estmar Water Board"]);
    let kinds: Vec<&str> = reading.names.iter().map(|name| reading.name_kind(name)).collect();
    assert_eq!(kinds, ["person", "place", "organisation"]);
    assert!(said(TEXT, &reading.cues).contains(&"said"));
}

#[test]
fn sentences_that_say_the_same_lie_near() {
    let text = "The river flooded the town . The town was flooded by the river . The bank raised its rates .";
    let vectors = read(text).vectors;
    let near = |a: usize, b: usize| vectors[a].iter().zip(&vectors[b]).map(|(x, y)| x * y).sum::<f32>();
    assert!(
        near(0, 1) > near(0, 2) && near(0, 1) > near(1, 2),
        "{} {} {}",
        near(0, 1),
        near(0, 2),
        near(1, 2)
    );
}

#[test]
fn threads_do_not_change_what_is_read() {
    let texts: Vec<String> = (1..5).map(|n| format!("{TEXT} ").repeat(n)).collect();
    let alone: Vec<Reading> = texts.iter().map(|text| read(text)).collect();
    std::thread::scope(|scope| {
        let threads: Vec<_> = texts.iter().map(|text| scope.spawn(move || read(text))).collect();
        for (thread, expected) in threads.into_iter().zip(&alone) {
            assert_eq!(&thread.join().expect("the thread ends"), expected);
        }
    });
}

#[test]
fn a_word_or_a_sentence_without_end_is_read() {
    for text in ["x".repeat(100_000), "x ".repeat(700), ". ".repeat(300), "日".repeat(9_000)] {
        let n = words(&text).concat().len();
        assert_eq!(read(&text).len(), n);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_gives_trees_and_spans(text in "(\\PC|[a-zA-Z]{1,9}|[ .\n]){0,60}") {
        let sentences = words(&text);
        let reading = read(&text);
        let mut first = 0;
        for sentence in &sentences {
            let all = first..first + sentence.len();
            let roots = all.clone().filter(|&word| reading.head(word).is_none()).count();
            prop_assert_eq!(roots, usize::from(!sentence.is_empty()));
            prop_assert!(all.clone().filter_map(|word| reading.head(word)).all(|head| all.contains(&head)));
            first = all.end;
        }
        prop_assert_eq!(reading.len(), first);
        prop_assert_eq!(reading.vectors.len(), sentences.len());
        for marks in [&reading.names, &reading.cues, &reading.sources, &reading.contents] {
            prop_assert!(marks.windows(2).all(|pair| pair[0].words.end <= pair[1].words.start));
            prop_assert!(marks.iter().all(|mark| !mark.words.is_empty() && mark.words.end <= first));
        }
    }
}
