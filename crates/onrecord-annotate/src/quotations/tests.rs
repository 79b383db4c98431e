//! Whole quotations, one row each: kind, source, cue, content.

use onrecord_model::{Annotations, Article, Because, Known, Quotation};

use super::Quotations;
use crate::{Annotator, sentences::Sentences, testing::article};

fn found(text: &str) -> Vec<Quotation> {
    found_in(&article(text))
}

fn found_in(article: &Article) -> Vec<Quotation> {
    let mut out = Annotations::default();
    Sentences.annotate(article, &mut out);
    Quotations.annotate(article, &mut out);
    out.quotations
}

/// One row per quotation: "direct | the mayor | said | A || B".
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let part = |span: Option<onrecord_model::Span>| span.map_or("-", |span| span.slice(text));
    let row = |quotation: &Quotation| {
        let content: Vec<&str> = quotation.content.iter().map(|span| span.slice(text)).collect();
        [quotation.kind.name(), part(quotation.source), part(quotation.cue), &content.join(" || ")]
            .join(" | ")
    };
    let rows: Vec<String> = found(text).iter().map(row).collect();
    assert_eq!(rows, expected, "{text}");
}

#[test]
fn direct_quotations_with_the_speaker_before_inside_and_after() {
    check(
        "“We will rebuild the pier,” Mayor Ana Brandt said.",
        &["direct | Mayor Ana Brandt | said | We will rebuild the pier"],
    );
    check(
        "Brandt said: “We will rebuild the pier.”",
        &["direct | Brandt | said | We will rebuild the pier."],
    );
    check(
        "“We will rebuild it,” she said. “It takes a year.”",
        &["direct | she | said | We will rebuild it || It takes a year."],
    );
    check(
        "“It is over,” said the head of the harbour office, Jon Vale.",
        &["direct | the head of the harbour office, Jon Vale | said | It is over"],
    );
    check(
        "``The pier is closed, '' analyst Mia Holt said.",
        &["direct | analyst Mia Holt | said | The pier is closed"],
    );
    check("“Is it safe?” the minister asked.", &["direct | the minister | asked | Is it safe?"]);
}

#[test]
fn nested_marks_stay_inside_one_quotation() {
    check(
        "«They use «soft» tools and «hard» tools,» the statement says.",
        &["direct | the statement | says | They use «soft» tools and «hard» tools"],
    );
    check(
        "“The exercise “Reach-30″, in which five states take part, begins,” he said.",
        &["direct | he | said | The exercise “Reach-30″, in which five states take part, begins"],
    );
}

#[test]
fn a_quotation_over_paragraphs_is_one() {
    check(
        "“The pier is old.\n\n“It must go,” Vale said.",
        &["direct | Vale | said | The pier is old. || It must go"],
    );
}

#[test]
fn indirect_quotations() {
    check("Vale said on Monday that the pier was closed.", &["indirect | Vale | said | the pier was closed"]);
    check("The harbour office says it will sue.", &["indirect | The harbour office | says | it will sue"]);
    check("Vale told reporters in Lindau that he would stay.", &["indirect | Vale | told | he would stay"]);
    check(
        "The statement in particular notes that the bridge is old.",
        &["indirect | The statement | notes | the bridge is old"],
    );
    check(
        "Mia Holt, speaking at a meeting, claimed that the bridge was old and that it would fall.",
        &["indirect | Mia Holt | claimed | the bridge was old and that it would fall"],
    );
    check("The bridge is old, the minister said.", &["indirect | the minister | said | The bridge is old"]);
    check("The council urged drivers to wait.", &["indirect | The council | urged | drivers to wait"]);
    check("It is noted that the bridge is old.", &["indirect | - | noted | the bridge is old"]);
    check(
        "A guard who was there said the gate was open.",
        &["indirect | A guard who was there | said | the gate was open"],
    );
}

#[test]
fn according_to_at_both_ends() {
    check("According to Vale, the bridge is old.", &["indirect | Vale | According to | the bridge is old"]);
    check(
        "The bridge is old, according to the harbour office.",
        &["indirect | the harbour office | according to | The bridge is old"],
    );
    check("On his words, the bridge is old.", &["indirect | his | On his words | the bridge is old"]);
}

#[test]
fn mixed_quotations_and_names_given() {
    check(
        "Vale said the bridge was “a danger to everybody” now.",
        &["mixed | Vale | said | the bridge was “a danger to everybody” now"],
    );
    check("She called the plan “absurd”.", &["mixed | She | called | the plan “absurd"]);
    check(
        "The ministry rejected the claim as “pure invention”.",
        &["mixed | The ministry | rejected | the claim as “pure invention"],
    );
}

#[test]
fn several_cues_are_several_quotations() {
    check(
        "Vale said the bridge was old and predicted that it would fall.",
        &["indirect | Vale | said | the bridge was old", "indirect | Vale | predicted | it would fall"],
    );
    check(
        "The agency quoted Vale as saying that the bridge was old.",
        &[
            "indirect | The agency | quoted | the bridge was old",
            "indirect | Vale | quoted | the bridge was old",
        ],
    );
}

#[test]
fn a_transcript_is_direct_speech() {
    check(
        "A. Orm: We begin now, friends.\nB. Tal: Thank you very much.\nA. Orm: The bridge is closed.",
        &[
            "direct | A. Orm | - | We begin now, friends",
            "direct | B. Tal | - | Thank you very much",
            "direct | A. Orm | - | The bridge is closed",
        ],
    );
}

#[test]
fn a_speech_under_a_headline_that_stands_apart_is_direct_speech() {
    let check = |headline: &str, text: &str, expected: &[&str]| {
        let because = Because::new("headline", "");
        let headline = Some(Known { value: headline.to_owned(), because });
        let found = found_in(&Article { headline, ..article(text) });
        let parts: Vec<&str> = found.iter().flat_map(|q| &q.content).map(|span| span.slice(text)).collect();
        assert_eq!(parts, expected, "{text}");
    };
    let speech = "Dana Orm: Good morning, dear friends.\nThe bridge near the mill is closed.";
    check(
        "Remarks by Dana Orm",
        speech,
        &["Good morning, dear friends", "The bridge near the mill is closed"],
    );
    check("Dana Orm closes a bridge", speech, &[]);
    check("Remarks by B. Tal", speech, &[]);
    let news = "Port Velm: The mayor of Velm said nothing.\nThe bridge near the mill is closed.";
    check("Speech ends in silence", news, &[]);
}

#[test]
fn bad_translations_and_glued_words() {
    check("As consider experts, the bridge is old.", &["indirect | experts | consider | the bridge is old"]);
    check(
        "«The bridge is old», — noted the minister.",
        &["direct | the minister | noted | The bridge is old"],
    );
    check(
        "On Monday ministerOrlovsaid that the bridge is old.",
        &["indirect | ministerOrlov | said | the bridge is old"],
    );
}

#[test]
fn what_is_no_quotation() {
    check("The film “Long Winter” opened on Friday.", &[]);
    check("They discussed trade and visited a “smart” farm.", &[]);
    check("He did not say what would follow.", &[]);
    check("The plan, called “Way Home”, starts in May.", &[]);
    check("He said “we will", &[]);
}

/// Marks, cues and lines without end: nothing here may take more than linear time.
#[test]
fn hostile_texts_end_soon() {
    for piece in [
        "“",
        "\"",
        "« ",
        "“\n",
        "“Aa bb cc.” ",
        "he said that ",
        "according to him, ",
        "Al Lee: we go, yes.\n",
        ".!?",
        "and said ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        assert!(found(&text).len() <= text.len());
    }
}

#[test]
fn a_clause_with_its_cue_inside() {
    check("The pier, he said, was closed.", &["indirect | he | said | The pier || was closed"]);
    check(
        "The fleet, Admiral Jon Vale said, “serves nobody but the island”.",
        &["mixed | Admiral Jon Vale | said | The fleet || serves nobody but the island"],
    );
    check("In 2010, she said, the pier closed.", &["indirect | she | said | In 2010 || the pier closed"]);
    check(
        "Vale disputed that: the harbour office, she said, had been warned.",
        &["indirect | she | said | the harbour office || had been warned"],
    );
}

#[test]
fn sources_with_appositions_and_parts_of_groups() {
    check(
        "“One pier is one pier,” Edith Marl, a diver from Lindau who was not there, told the paper.",
        &["direct | Edith Marl, a diver from Lindau who was not there | told | One pier is one pier"],
    );
    check(
        "“It is fair,” Lindau's harbour minister, Ana Brandt, said after lunch.",
        &["direct | Lindau's harbour minister, Ana Brandt | said | It is fair"],
    );
    check(
        "One of them, who still works there, said that the pier was old.",
        &["indirect | One of them, who still works there | said | the pier was old"],
    );
    check("The toll will rise, said Jon Vale.", &["indirect | Jon Vale | said | The toll will rise"]);
}

#[test]
fn who_cannot_speak_and_what_is_no_content() {
    check(
        "Vale says nobody told him that the pier was old.",
        &["indirect | Vale | says | nobody told him that the pier was old"],
    );
    check("The towns agreed on Monday on a treaty that splits the fish.", &[]);
    check("The firm announced on Tuesday a boat that it says weighs 180 tonnes.", &[]);
    check(
        "Vale claimed the pier was new; the mayor said it was old.",
        &["indirect | Vale | claimed | the pier was new", "indirect | the mayor | said | it was old"],
    );
    check(
        "She was told by the judge to sit and refused to do so.",
        &["indirect | She | refused | do so", "indirect | the judge | told | sit"],
    );
}

#[test]
fn verbs_taken_for_nouns() {
    check(
        "The president, Jon Vale, denies having been told.",
        &["indirect | The president, Jon Vale | denies | having been told"],
    );
    check(
        "The head of the port J. Vale asserts, that boxes were opened.",
        &["indirect | The head of the port J. Vale | asserts | boxes were opened"],
    );
    check(
        "Vale complained that learned about this late.",
        &["indirect | Vale | complained | learned about this late"],
    );
    check("The port undertook to free the boats.", &["indirect | The port | undertook | free the boats"]);
}

#[test]
fn minutes_with_functions_in_brackets() {
    check(
        "Minutes of the board\n\nMr Vale (Minister): I was told late.\n\nMs Holt (Reform): The minister says so.\n\nMr Vale: Yes.",
        &[
            "direct | Mr Vale (Minister) | - | I was told late",
            "direct | Ms Holt (Reform) | - | The minister says so",
            "direct | Mr Vale | - | Yes",
        ],
    );
}

#[test]
fn a_transcript_ends_where_the_outlet_tells() {
    check(
        "Field: How cold is it?\n\nVale: It is 58 below today.\n\nField: And tomorrow?\n\nVale: Colder.\n\nField went on. “I promised,” he admitted.",
        &[
            "direct | Field | - | How cold is it",
            "direct | Vale | - | It is 58 below today",
            "direct | Field | - | And tomorrow",
            "direct | Vale | - | Colder",
            "direct | he | admitted | I promised",
        ],
    );
}

#[test]
fn a_participle_with_an_article_is_a_source() {
    check(
        "One of the rescued, 44-year-old Jon Vale, told the paper that the roof fell.",
        &["indirect | One of the rescued, 44-year-old Jon Vale | told | the roof fell"],
    );
}

#[test]
fn passives_of_clumsy_translations() {
    check(
        "As was noted in the trade union, the firm received three warnings.",
        &["indirect | the trade union | noted | the firm received three warnings"],
    );
    check(
        "In the mine occurred collapse, this was reported by the press-service of the port.",
        &["indirect | the press-service of the port | reported | In the mine occurred collapse"],
    );
}

#[test]
fn promised_and_predicted_amounts() {
    check(
        "Vale has promised compensation of up to 250,000 lumes.",
        &["indirect | Vale | promised | compensation of up to 250,000 lumes"],
    );
}

#[test]
fn what_only_seems_to_have_a_source() {
    check("Vale sent a letter. “All to be told,” it reads.", &["direct | - | reads | All to be told"]);
    check(
        "According to Holt, the port expects the island to stay.",
        &["indirect | Holt | According to | the port expects the island to stay"],
    );
}

#[test]
fn a_role_taken_for_an_adjective() {
    check(
        "“It is a good day,” its chief executive, Mia Holt, was quoted as saying by the radio.",
        &["direct | its chief executive, Mia Holt | quoted | It is a good day"],
    );
}

#[test]
fn words_in_marks_named_by_somebody() {
    check(
        "The leak, dubbed “Pipegate” by the press, was sealed.",
        &["direct | the press | dubbed | Pipegate"],
    );
    check("They outlined what she called a “new harbour”.", &["direct | she | called | new harbour"]);
}

#[test]
fn words_that_somebody_leaves_or_puts_otherwise() {
    check(
        "Vale left this farewell, “I thank you all for the years at the pier.”",
        &["direct | Vale | left this farewell | I thank you all for the years at the pier."],
    );
    check(
        "The agency translated the quote as: “We will not buy the pier.”",
        &["direct | The agency | translated | We will not buy the pier."],
    );
    check("The crew loaded a book, “The Sea Is Ours and We Sail.”", &[]);
}

#[test]
fn whom_an_outlet_quotes_may_stand_in_marks() {
    check(
        "The Herald quotes a “senior aide” as saying: “It ignores the study.”",
        &[
            "direct | The Herald | quotes | It ignores the study.",
            "direct | a “senior aide | quotes | It ignores the study.",
        ],
    );
}

#[test]
fn closing_marks_that_open() {
    check("''We will rebuild the pier,'' she said.", &["direct | she | said | We will rebuild the pier"]);
    check("”We will rebuild the pier,” she said.", &["direct | she | said | We will rebuild the pier"]);
}

#[test]
fn a_clause_about_the_one_who_speaks_ends_where_its_sentence_goes_on() {
    check(
        "Harbour Minister Ana Brandt, who said in May that more than 70 boats lay at the pier, left the port.",
        &["indirect | who | said | more than 70 boats lay at the pier"],
    );
    check(
        "Brandt, who says that boats, nets and sheds were lost, has named no sum.",
        &["indirect | who | says | boats, nets and sheds were lost"],
    );
}

#[test]
fn what_goes_on_behind_an_inserted_report() {
    check(
        "The pier is closed, the mayor said on Monday, and no boat leaves the port.",
        &["indirect | the mayor | said | The pier is closed || no boat leaves the port"],
    );
    check(
        "The pier is closed, the mayor said on Monday, and left the port.",
        &["indirect | the mayor | said | The pier is closed"],
    );
}
