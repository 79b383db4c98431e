//! A folder in three languages: one speaker for every spelling of a name, and a language without a pack is said to be so.

#![expect(clippy::unwrap_used, reason = "a test file")]

mod desk;

use desk::Desk;
use serde_json::Value;

const ARTICLES: [(&str, &str); 6] = [
    (
        "ru.txt",
        "Министр транспорта посетил порт\n\n3 мая 2024\n\nМинистр транспорта Вельдии Сергей Чжоржу в пятницу осмотрел причал и \
         встретился с рыбаками.\n\n«Мы построим здесь новый причал до конца 2025 года, — сказал журналистам Чжоржу. — Это обойдется в \
         12,5 млн рублей».\n\nГлава профсоюза рыбаков Анна Лесова заявила, что рыбаков никто не спросил.\n",
    ),
    (
        "en.txt",
        "Minister promises new pier\n\n4 May 2024\n\nVeldia's transport minister Sergei Chzhorzhu visited Dorna on Friday. “We will build a \
         new pier here,” Chzhorzhu told reporters. Union leader Anna Lesova said that nobody had asked the fishermen.\n",
    ),
    (
        "german_spelling.txt",
        "Veldia plans a pier\n\n5 May 2024\n\nThe plan was announced in Dorna. “The money is there,” Transport Minister Sergej \
         Tschschorschu said on Friday. Critics said that the port was too small.\n",
    ),
    (
        "french_spelling.txt",
        "A pier for Veldia\n\n5 May 2024\n\nThe council has not yet voted. “Work begins in the spring of next year,” the minister, Sergueï Tchjorjou, said \
         on Friday in the port of Dorna, where boats were waiting.\n",
    ),
    (
        "another.txt",
        "Poet honoured\n\n5 May 2024\n\nThe city gave its prize to a poet. “I thank the readers of this city,” Sergei Chzhorzhin said on \
         Friday in the old library.\n",
    ),
    (
        "fr.txt",
        "Le ministre promet un nouveau quai\n\n5 mai 2024\n\nLe ministre Sergueï Tchjorjou a déclaré vendredi que le nouveau quai serait \
         construit avant la fin de l'année. « Nous allons construire un quai ici », a-t-il affirmé devant les journalistes.\n",
    ),
];

fn rows(desk: &Desk, table: &str) -> Vec<Value> {
    let all = desk.exported("r.onrecord", "jsonl");
    let start = all.split_once(&format!("== {table}.jsonl\n")).unwrap().1;
    let rows = start.lines().take_while(|line| !line.starts_with("== "));
    rows.map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn built() -> Desk {
    let desk = Desk::new();
    ARTICLES.iter().for_each(|(name, text)| desk.put(&format!("news/{name}"), text));
    let ran = desk.run("build news --record r.onrecord");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    desk
}

#[test]
fn a_speaker_in_two_alphabets_and_three_romanisations_is_one() {
    let desk = built();
    let people: Vec<Value> =
        rows(&desk, "entities").into_iter().filter(|entity| entity["kind"] == "person").collect();
    let files = |name: &str| {
        let entity = people.iter().find(|e| e["name"] == name || e["variants"].to_string().contains(name));
        let mut files: Vec<String> = entity.unwrap()["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f.as_str().unwrap().to_owned())
            .collect();
        files.sort();
        files
    };
    let minister = ["news/en.txt", "news/french_spelling.txt", "news/german_spelling.txt", "news/ru.txt"];
    for spelling in ["Сергей Чжоржу", "Sergei Chzhorzhu", "Sergej Tschschorschu", "Sergueï Tchjorjou"]
    {
        assert_eq!(files(spelling), minister, "{spelling} in {people:#?}");
    }
    assert_eq!(files("Sergei Chzhorzhin"), ["news/another.txt"]);
    assert_eq!(files("Анна Лесова"), ["news/en.txt", "news/ru.txt"]);
}

#[test]
fn a_speaker_is_shown_with_words_of_every_language() {
    let desk = built();
    let ran = desk.run("show --record r.onrecord speaker Чжоржу");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let said = [
        "Мы построим здесь новый причал",
        "We will build a new pier here",
        "The money is there",
        "Work begins in the spring of next year",
    ];
    let shown = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in said {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    assert!(!shown.contains("I thank the readers"), "{shown}");
}

#[test]
fn a_language_without_a_pack_is_kept_and_said() {
    let desk = built();
    let problems = rows(&desk, "problems");
    let said =
        problems.iter().map(|p| p["message"].as_str().unwrap()).filter(|m| m.contains("without a pack"));
    assert_eq!(said.clone().count(), 1, "{problems:#?}");
    assert!(said.clone().all(|message| message.contains("news/fr.txt") && message.contains("(fr)")));
    assert!(rows(&desk, "quotations").iter().all(|quotation| !quotation.to_string().contains("fr.txt")));
    let found = desk.run("search --record r.onrecord journalistes");
    assert!(found.out.contains("Le ministre promet un nouveau quai"), "{}", found.out);
    let brief = desk.run("brief --record r.onrecord");
    assert!(brief.out.contains("1 of 6 articles has no pack for its language"), "{}", brief.out);
}
