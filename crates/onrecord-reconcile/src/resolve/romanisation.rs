//! One name in two alphabets, or in two ways of writing one alphabet in the other.
//!
//! "Schernow" and "Jernov" are spellings of one Cyrillic name by two systems, and look less alike than two
//! names of one system do. So a name is read back, by each system of `romanisations.tsv`, into the sounds of
//! the Cyrillic letters that it can stand for. Two names are spellings of one where a whole name, read by one
//! system, sounds exactly like the other, read by the same or another.
//!
//! One Latin spelling can stand for two Cyrillic names ("Chan"), so two Latin spellings are compared only where a
//! given name shows that they stand for Cyrillic ones (`cyrillic_given_names.txt`), and a system other than the
//! English ones is read only where the name bears its mark.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use unicode_normalization::UnicodeNormalization;

use super::names::PersonName;

/// Readings of one word by one system that are kept: spellings with more open letters are no help.
const MOST_READINGS: usize = 16;
/// Letters of a word that are read; a longer one is no name.
const LONGEST_WORD: usize = 40;
/// Sounds of a surname or place that are enough to tell it from others that another system writes alike.
const FEWEST_SOUNDS: usize = 3;

static SYSTEMS: LazyLock<Vec<System>> = LazyLock::new(|| systems(include_str!("romanisations.tsv")));

/// The sounds of given names that are borne where Cyrillic is written, and hardly elsewhere.
static CYRILLIC_GIVEN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let names = include_str!("cyrillic_given_names.txt").lines().filter(|line| !line.starts_with('#'));
    let cyrillic = SYSTEMS.first();
    let read = |name: &str| cyrillic.map(|system| system.read(&letters(name)).sounds).unwrap_or_default();
    names.flat_map(|line| line.split_whitespace()).flat_map(read).collect()
});

/// A way of writing: from letters, longest first, to the sounds that they can stand for.
#[derive(Debug, Default)]
struct System {
    sounds: BTreeMap<String, Vec<String>>,
    longest: usize,
    /// Spellings by which the system is known; all names are read where there are none.
    marks: BTreeSet<String>,
}

/// A word as one system reads it.
#[derive(Debug, Default)]
struct Word {
    /// Everything that it can sound like; nothing where it holds letters that the system never writes.
    sounds: BTreeSet<String>,
    marked: bool,
}

impl System {
    fn add(&mut self, letters: &str, sounds: &str) {
        let known = self.sounds.entry(letters.to_owned()).or_default();
        for sound in sounds.split(' ').map(|sound| if sound == "0" { "" } else { sound }) {
            if !known.iter().any(|known| known == sound) {
                known.push(sound.to_owned());
            }
        }
        self.longest = self.longest.max(letters.chars().count());
    }

    fn read(&self, word: &[char]) -> Word {
        let mut readings = vec![String::new()];
        let (mut at, mut marked) = (0, false);
        while at < word.len() {
            let Some((n_letters, sounds)) = self.longest_at(word, at) else { return Word::default() };
            let go_on = |reading: &String| {
                let reading = reading.clone();
                sounds.iter().map(move |sound| format!("{reading}{sound}"))
            };
            readings = readings.iter().flat_map(go_on).take(MOST_READINGS).collect();
            marked |= self.marks.contains(&word[at..at + n_letters].iter().collect::<String>());
            at += n_letters;
        }
        let undoubled = readings.iter().map(|reading| undoubled(reading));
        Word { sounds: undoubled.filter(|reading| !reading.is_empty()).collect(), marked }
    }

    /// Whether a name with these words can be one of the system's.
    fn may_have_written(&self, words: &[&Word]) -> bool {
        self.marks.is_empty() || words.iter().any(|word| word.marked)
    }

    fn longest_at(&self, word: &[char], at: usize) -> Option<(usize, &Vec<String>)> {
        let rest = word.len() - at;
        (1..=self.longest.min(rest)).rev().find_map(|n| {
            let letters: String = word[at..at + n].iter().collect();
            let last = (n == rest).then(|| self.sounds.get(&format!("{letters}$"))).flatten();
            last.or_else(|| self.sounds.get(&letters)).map(|sounds| (n, sounds))
        })
    }
}

/// The Cyrillic letters themselves first, then every column of the table.
fn systems(table: &'static str) -> Vec<System> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').skip(1).collect();
    let mut systems: Vec<System> = names.iter().map(|_| System::default()).collect();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let [letter, sounds, spellings @ ..] = cells.as_slice() else { continue };
        if letter.chars().count() == 1 && !systems[0].sounds.contains_key(*letter) {
            systems[0].add(letter, sounds);
        }
        for (system, cell) in systems[1..].iter_mut().zip(spellings) {
            cell.split(' ')
                .filter(|spelling| *spelling != "-")
                .for_each(|spelling| system.add(spelling, sounds));
        }
    }
    add_marks(&mut systems, |n| names[n].ends_with('*'));
    systems
}

/// The spellings of the starred systems that the others lack, doubled letters left out, which are everywhere.
fn add_marks(systems: &mut [System], is_starred: impl Fn(usize) -> bool) {
    let plain = systems.iter().enumerate().filter(|(n, _)| !is_starred(*n));
    let common: BTreeSet<String> = plain.flat_map(|(_, system)| system.sounds.keys().cloned()).collect();
    for (_, system) in systems.iter_mut().enumerate().filter(|(n, _)| is_starred(*n)) {
        let telling = |spelling: &&String| {
            !common.contains(*spelling) && undoubled(spelling) == **spelling && !spelling.ends_with('$')
        };
        system.marks = system.sounds.keys().filter(telling).cloned().collect();
    }
}

/// "Anna" and "Ana", "Dmitrii" and "Dmitri": doubled letters are not kept apart.
fn undoubled(word: &str) -> String {
    let mut out = String::new();
    word.chars().for_each(|c| {
        if !out.ends_with(c) {
            out.push(c);
        }
    });
    out
}

/// The small letters of a word, composed, hyphens and dots left out.
fn letters(word: &str) -> Vec<char> {
    let lower = word.nfc().flat_map(char::to_lowercase);
    lower.filter(|c| !matches!(c, '-' | '‑' | '.' | '\u{ad}')).take(LONGEST_WORD).collect()
}

fn is_cyrillic(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

/// A name as one system reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reading {
    /// What the first given name can sound like; empty where there is none.
    given: BTreeSet<String>,
    surname: BTreeSet<String>,
}

/// What a name can sound like, by every system that can have written it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Readings {
    readings: Vec<Reading>,
    cyrillic: bool,
}

impl Readings {
    /// Reads a person's name.
    pub(crate) fn of_person(name: &PersonName) -> Self {
        let (given, surname) = (name.given.first().map(|given| letters(given)), letters(&name.surname));
        let mut readings: Vec<Reading> = Vec::new();
        for system in Self::systems_of(&name.surname) {
            let surname = system.read(&surname);
            let given = given.as_ref().map(|given| system.read(given)).unwrap_or_default();
            let is_written = system.may_have_written(&[&given, &surname]);
            let reading = Reading { given: given.sounds, surname: surname.sounds };
            let is_whole = name.given.is_empty() || !reading.given.is_empty();
            if is_written && is_whole && reading.is_telling() && !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        Self { readings, cyrillic: is_cyrillic(&name.surname) }
    }

    fn systems_of(name: &str) -> &'static [System] {
        let systems = SYSTEMS.as_slice();
        if is_cyrillic(name) {
            &systems[..systems.len().min(1)]
        } else {
            systems.get(1..).unwrap_or_default()
        }
    }

    /// Everything that the surname can sound like.
    pub(crate) fn surnames(&self) -> BTreeSet<&str> {
        self.readings.iter().flat_map(|reading| &reading.surname).map(String::as_str).collect()
    }

    /// Whether two names, not both in Cyrillic letters, can be one, both read whole.
    pub(crate) fn meet(&self, other: &Self) -> bool {
        let told = match (self.cyrillic, other.cyrillic) {
            (true, true) => false,
            (false, false) => self.has_cyrillic_given() || other.has_cyrillic_given(),
            _ => true,
        };
        told && self.readings.iter().any(|a| other.readings.iter().any(|b| a.meets(b)))
    }

    pub(crate) fn is_cyrillic(&self) -> bool {
        self.cyrillic
    }

    fn has_cyrillic_given(&self) -> bool {
        self.readings.iter().any(|reading| !reading.given.is_disjoint(&CYRILLIC_GIVEN))
    }
}

impl Reading {
    /// Whether every sound of the surname is long enough to tell it from others.
    fn is_telling(&self) -> bool {
        !self.surname.is_empty()
            && self.surname.iter().all(|surname| surname.chars().count() >= FEWEST_SOUNDS)
    }

    fn meets(&self, other: &Self) -> bool {
        !self.surname.is_disjoint(&other.surname) && self.given_meets(other)
    }

    fn given_meets(&self, other: &Self) -> bool {
        let agree = |a: &String, b: &String| a == b || initial_of(a, b) || initial_of(b, a);
        self.given.is_empty()
            || other.given.is_empty()
            || self.given.iter().any(|a| other.given.iter().any(|b| agree(a, b)))
    }
}

fn initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// What a name of a body or place sounds like in one alphabet: its words, read together.
pub(crate) fn sounds_of_name(name: &str) -> BTreeSet<String> {
    let words: Vec<char> = name.split_whitespace().flat_map(letters).collect();
    let read = Readings::systems_of(name).iter().map(|system| (system, system.read(&words)));
    let written =
        read.filter(|(system, word)| system.may_have_written(&[word])).flat_map(|(_, word)| word.sounds);
    written.filter(|sound| sound.chars().count() > FEWEST_SOUNDS).collect()
}

/// Whether one of the names is written in Cyrillic letters and the other is not.
pub(crate) fn differ_in_alphabet(a: &str, b: &str) -> bool {
    is_cyrillic(a) != is_cyrillic(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(name: &str) -> Readings {
        Readings::of_person(&PersonName::read(name).unwrap())
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        assert_eq!(readings(a).meet(&readings(b)), expected, "{a} {b}");
        assert_eq!(readings(b).meet(&readings(a)), expected, "{b} {a}");
    }

    #[test]
    fn every_system_leads_back_to_the_cyrillic_name() {
        let check =
            |cyrillic: &str, latin: &[&str]| latin.iter().for_each(|latin| check(cyrillic, latin, true));
        check(
            "Юрий Чернушко",
            &["Yuri Chernushko", "Yuriy Chernushko", "Juri Tschernuschko", "Iouri Tchernouchko"],
        );
        check("Юрий Чернушко", &["Iurii Chernushko", "Jurij Černuško"]);
        check("Шойгу", &["Shoigu", "Shoygu", "Schoigu", "Choïgou", "Choigou", "Šojgu"]);
        check(
            "Евгений Жильцов",
            &["Yevgeny Zhiltsov", "Evgueni Jiltsov", "Jewgeni Schilzow", "Evgenij Žilʹcov"],
        );
        check("Пётр Щеглов", &["Pyotr Shcheglov", "Piotr Chtcheglov", "Pjotr Schtscheglow"]);
        check("Александр Хазин", &["Alexander Khazin", "Aleksandr Khazin", "A. Khazin"]);
        check("Татьяна Вяземская", &["Tatyana Vyazemskaya", "Tatjana Wjasemskaja", "Tatiana Viazemskaia"]);
    }

    #[test]
    fn two_romanisations_meet_where_the_given_name_shows_them_to_be_such() {
        check("Yevgeny Zhiltsov", "Evgueni Jiltsov", true);
        check("Sergei Chernushko", "Tschernuschko", true);
        check("Chernushko", "Tschernuschko", false);
        check("Paul Martin", "Paul Martine", false);
    }

    #[test]
    fn other_names_stay_apart() {
        check("Юрий Чернушко", "Yuri Chernyshko", false);
        check("Юрий Чернушко", "Yuri Chernushkin", false);
        check("Юрий Чернушко", "Ivan Chernushko", false);
        check("Мария Орлова", "Marina Orlova", false);
        check("Мария Орлова", "Maria Orlov", false);
        check("Олег Жуков", "Oleg Zukov", false);
        check("Walter Quell", "Valter Kvell", false);
    }

    #[test]
    fn a_spelling_of_many_systems_is_read_by_the_english_ones() {
        check("Анна Чан", "Anna Chan", true);
        check("Анна Шан", "Anna Chan", false);
        check("Anna Shan", "Anna Chan", false);
        check("Сергей Шан", "Sergueï Chan", true);
    }

    #[test]
    fn short_words_and_words_of_no_system_have_no_reading() {
        assert_eq!(readings("Li"), Readings::default());
        assert_eq!(readings("Wright"), Readings::default());
        assert!(readings(&"sch".repeat(10_000)).surnames().len() <= MOST_READINGS * 8);
    }

    #[test]
    fn bodies_and_places_are_read_in_one_piece() {
        assert!(!sounds_of_name("Велимск").is_disjoint(&sounds_of_name("Velimsk")));
        assert!(!sounds_of_name("Нижняя Вель").is_disjoint(&sounds_of_name("Nizhnyaya Vel")));
        assert!(sounds_of_name("Велимск").is_disjoint(&sounds_of_name("Vilimsk")));
    }
}
