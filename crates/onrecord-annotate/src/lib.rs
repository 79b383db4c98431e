//! Marks up one article: sentences, names, quotations with their speakers, figures, dates, events.
//!
//! Pure: no file, clock, network or other article; the same article always gives the same marks.

pub mod confidence;
mod dates;
mod events;
mod figures;
mod forms;
mod lang;
mod mentions;
mod quotations;
mod sentences;
mod speakers;
mod tagger;
#[cfg(test)]
mod testing;
mod tokens;
mod words;

pub use events::{EventCoder, EventDictionaries};
use onrecord_model::{Annotations, Article};

/// Adds one layer of marks to an article.
///
/// Contract, checked for every annotator by `every_annotator_keeps_the_contract`: the same input
/// gives the same output; every span lies on character boundaries of `article.text`; each list is in
/// reading order. Layers that ran before are in `out`; finding nothing is not an error.
pub trait Annotator: Sync {
    /// The name used in the record, on the command line, and in the docs.
    fn name(&self) -> &'static str;

    /// Adds this layer's marks to `out`.
    fn annotate(&self, article: &Article, out: &mut Annotations);
}

/// Every annotator of languages read by grammar, in the order they run: a later one may use what an earlier one marked.
pub const ANNOTATORS: &[&dyn Annotator] = &[
    &sentences::Sentences,
    &words::Words,
    &dates::Dates,
    &mentions::Mentions,
    &quotations::Quotations,
    &speakers::Speakers,
    &figures::Figures,
    &events::Events,
];

/// The layers that the article's language has.
fn annotators_of(article: &Article) -> impl Iterator<Item = &'static dyn Annotator> {
    let profile = lang::profile(article);
    let all: &[&'static dyn Annotator] = match profile.map(|profile| profile.reader) {
        Some(lang::Reader::Grammar) => ANNOTATORS,
        Some(lang::Reader::Forms) => forms::ANNOTATORS,
        None => &[&sentences::Sentences],
    };
    let has = move |name| profile.is_none_or(|profile| profile.layers.has(name));
    all.iter().copied().filter(move |annotator| has(annotator.name()))
}

/// Whether the language of `article` is one that is read. Of another only the sentences are marked; an article whose
/// language nobody tells is read as English.
pub fn reads_language_of(article: &Article) -> bool {
    lang::profile(article).is_some()
}

/// Marks are looked for in so many bytes of a text, from its beginning. A long read has a tenth of that; more is
/// no article, and must not cost what an article is worth.
pub const LONGEST_TEXT_BYTES: usize = 512 << 10;

/// What the annotators go by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Model {
    /// The network that the program carries, and the rules.
    #[default]
    Reader,
    /// The rules and a small tagger: several times faster, and not as sharp on names and clauses.
    Rules,
}

/// Runs every annotator that the article's language has over its first [`LONGEST_TEXT_BYTES`].
pub fn annotate(article: &Article, model: Model) -> Annotations {
    annotate_with(article, model, None)
}

/// The same, with events coded by `coder` where there is one.
pub fn annotate_with(article: &Article, model: Model, coder: Option<&EventCoder>) -> Annotations {
    let mut out = Annotations::default();
    let beginning = beginning(article);
    let article = beginning.as_ref().unwrap_or(article);
    let needs_network = |annotator: &&dyn Annotator| annotator.name() == words::Words.name();
    for annotator in annotators_of(article).filter(|it| model == Model::Reader || !needs_network(it)) {
        match coder.filter(|_| annotator.name() == events::Events.name()) {
            Some(coder) => coder.annotate(article, &mut out),
            None => annotator.annotate(article, &mut out),
        }
    }
    out
}

/// The part of an overlong article that is marked; `None` where that is all of it.
fn beginning(article: &Article) -> Option<Article> {
    let text = &article.text;
    let end = (0..=LONGEST_TEXT_BYTES.min(text.len())).rev().find(|&end| text.is_char_boundary(end))?;
    (end < text.len()).then(|| Article { text: text[..end].to_owned(), ..article.clone() })
}

#[cfg(test)]
mod tests {
    use onrecord_model::Span;

    use super::*;

    const TEXTS: &[&str] = &[
        "",
        "\n\n  \r\n",
        "“We are ready,” Mayor Ana Brandt said on 3 May 2024. “All 1,200 of us.”",
        "“‘«\"``''»’” said “he “said” «that» 5% of $4.2 bn, U.S. Mr. Dr. No.",
        "\u{feff}\u{200b}é\u{301} Tuesday.The ministerOrlovsaid\u{a0}that\u{ad} 12–15 December…",
        "A: B.\nA: C.\nD: E. “open\nnever closed",
        "According to, said, who, of the, and, 1, 2, 3, %, «",
        "日本語。Привет, мир! 🙂🙂 “нет” said 🙂",
        "((([[[“““\t’’’’ 'a' 'b 's n't ''",
        "«Мы готовы, — сказал министр. — Нас 1 200 тыс.!» — По словам Ани, 5 мая, \n— Да, — сказала она.\n—, — сказал, — «»",
        "— сказал, — — сообщил: «\nминистр министр С. С. С.К. Орлов, «Вельд, что, что по его словам, от 5 до до 10–5 млн млн %",
    ];

    fn spans(out: &Annotations) -> Vec<Span> {
        let quotations = out.quotations.iter().flat_map(|q| q.content.iter().chain(&q.source).chain(&q.cue));
        let figures = out.figures.iter().flat_map(|f| [f.span].into_iter().chain(f.counted));
        let events = out.events.iter().flat_map(|e| {
            let actors = e.source.iter().chain(&e.target).map(|actor| actor.span);
            [e.span].into_iter().chain(actors).chain(e.place)
        });
        let mentions = out.mentions.iter().map(|m| m.span);
        let dates = out.dates.iter().map(|d| d.span);
        out.sentences
            .iter()
            .chain(quotations)
            .copied()
            .chain(figures)
            .chain(events)
            .chain(mentions)
            .chain(dates)
            .collect()
    }

    fn start_of(q: &onrecord_model::Quotation) -> Option<usize> {
        q.content.iter().chain(&q.source).chain(&q.cue).map(|span| span.start()).min()
    }

    fn check_order(name: &str, out: &Annotations) {
        assert!(out.sentences.is_sorted(), "{name}: sentences");
        assert!(out.mentions.is_sorted_by_key(|m| m.span.start()), "{name}: mentions");
        assert!(out.quotations.is_sorted_by_key(start_of), "{name}: quotations");
        assert!(out.figures.is_sorted_by_key(|f| f.span.start()), "{name}: figures");
        assert!(out.dates.is_sorted_by_key(|d| d.span.start()), "{name}: dates");
        assert!(out.events.is_sorted_by_key(|e| e.span.start()), "{name}: events");
    }

    fn check_contract(text: &str) {
        for annotators in [ANNOTATORS, forms::ANNOTATORS] {
            check_reader(annotators, text);
        }
    }

    fn check_reader(annotators: &[&dyn Annotator], text: &str) {
        let article = testing::article(text);
        let mut out = Annotations::default();
        for annotator in annotators {
            let mut again = out.clone();
            annotator.annotate(&article, &mut out);
            annotator.annotate(&article, &mut again);
            let name = annotator.name();
            assert_eq!(out, again, "{name} is not deterministic on {text:?}");
            for span in spans(&out) {
                assert!(
                    !span.is_empty() && text.get(span.start()..span.end()).is_some(),
                    "{name}: {span:?} in {text:?}"
                );
            }
            assert!(out.quotations.iter().all(|q| !q.content.is_empty()), "{name}: content in {text:?}");
            check_order(name, &out);
        }
    }

    #[test]
    fn every_annotator_keeps_the_contract() {
        TEXTS.iter().for_each(|text| check_contract(text));
    }

    #[test]
    fn a_text_without_end_is_read_in_part() {
        let text = "Ana Brandt said that the gate was closed. é".repeat(LONGEST_TEXT_BYTES / 40);
        let marks = annotate(&testing::article(&text), Model::Rules);
        let last = marks.quotations.last().map(|q| q.content[0].end()).unwrap();
        assert!(last <= LONGEST_TEXT_BYTES && last + 200 > LONGEST_TEXT_BYTES, "{last}");
    }

    proptest::proptest! {
        #[test]
        fn any_text_keeps_the_contract(text in "([“”«»\"'`a-cA-C1-3.,:%$\n ]|said |that |the |he |of |May |minister ){0,60}") {
            check_contract(&text);
        }

        #[test]
        fn any_text_keeps_the_contract_by_forms(text in "([«»„“а-вА-В1-3.,:%—\n ]|сказал |что |министр |Анна |Орлова |С\\. |мая |по словам |млн |до |в ){0,60}") {
            check_contract(&text);
        }
    }
}
