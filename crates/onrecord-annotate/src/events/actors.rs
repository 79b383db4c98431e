//! Who acts: a dictionary of named actors and one of roles ("police", "rebels"), as PETRARCH's files write them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::forms;

/// Named actors: lines of name, tab and codes in the order of their bytes, as `training/events` writes them.
#[derive(Debug, Clone, Default)]
pub(super) struct Actors {
    table: Cow<'static, str>,
}

/// No name of an actor has more words.
const LONGEST_NAME: usize = 9;

impl Actors {
    /// A table that is in order already.
    pub(super) fn of_table(table: &'static str) -> Self {
        Self { table: Cow::Borrowed(table) }
    }

    /// Reads a dictionary: PETRARCH's (`GONDOR [GON]`, `+MINAS_TIRITH`) or lines of name, tab and code.
    /// What cannot be read is passed over and named in `unread`.
    pub(super) fn parse(text: &str, unread: &mut Vec<String>) -> Self {
        let mut entries: BTreeMap<String, String> = BTreeMap::new();
        let (mut names, mut roles): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (n, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim_end();
            if line.trim().is_empty() || line.starts_with('<') {
                continue;
            }
            if let Some((name, code)) =
                line.split_once('\t').filter(|(name, _)| !name.trim().is_empty() && !line.contains('['))
            {
                entries.insert(key(name), code.trim().to_owned());
                continue;
            }
            let (name, codes) = line.split_at(line.find('[').unwrap_or(line.len()));
            if !name.trim().is_empty() && !name.starts_with('+') {
                keep(&mut entries, &mut names, &mut roles);
            }
            if !name.trim().is_empty() {
                names.push(key(name.trim().trim_start_matches('+')));
            }
            if names.is_empty() {
                unread.push(format!("line {}: a code stands before any name", n + 1));
                continue;
            }
            roles.extend(
                codes.split('[').skip(1).map(|code| role(code.split(']').next().unwrap_or_default())),
            );
        }
        keep(&mut entries, &mut names, &mut roles);
        let lines = entries.iter().filter(|(name, _)| !name.is_empty());
        Self { table: Cow::Owned(lines.map(|(name, roles)| format!("{name}\t{roles}\n")).collect()) }
    }

    /// The longest name that `words` start with: how many words it has, and its codes on `day`; no codes
    /// where the dictionary says that it is no actor.
    pub(super) fn longest(&self, words: &[String], day: Option<Date>) -> Option<(usize, Vec<String>)> {
        let most = words.len().min(LONGEST_NAME);
        (1..=most).rev().find_map(|n| {
            let exact = words[..n].join(" ");
            let singular = exact.strip_suffix('s').filter(|rest| rest.len() > 2);
            let roles = self.find(&exact).or_else(|| self.find(singular?))?;
            Some((n, codes_on(roles, day)))
        })
    }

    /// The codes of a name.
    fn find(&self, name: &str) -> Option<&str> {
        let table = self.table.as_bytes();
        let (mut low, mut high) = (0, table.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = table[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
            let end = table[middle..].iter().position(|&b| b == b'\n').map_or(table.len(), |at| middle + at);
            let (key, roles) = self.table.get(start..end)?.split_once('\t')?;
            match key.as_bytes().cmp(name.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(roles),
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }
}

/// Names are compared without "the": it comes and goes before the same actor.
fn key(name: &str) -> String {
    let words = forms::split(name);
    let words = words.strip_prefix(&["the".to_owned()]).unwrap_or(&words);
    words.join(" ")
}

fn keep(entries: &mut BTreeMap<String, String>, names: &mut Vec<String>, roles: &mut Vec<String>) {
    for name in names.drain(..) {
        entries.insert(name, roles.join(" "));
    }
    roles.clear();
}

/// `HOBGOV 19950601 - 19990815` as `HOBGOV:19950601-19990815`.
fn role(text: &str) -> String {
    let (code, when) = text.trim().split_once([' ', '\t']).unwrap_or((text.trim(), ""));
    let when: String = when.split_whitespace().collect();
    if when.is_empty() { code.to_uppercase() } else { format!("{}:{when}", code.to_uppercase()) }
}

/// The codes that hold on `day`: one with days before one without; a code in parts (`A/B`) is several actors.
fn codes_on(roles: &str, day: Option<Date>) -> Vec<String> {
    let roles: Vec<(&str, &str)> =
        roles.split_whitespace().map(|role| role.split_once(':').unwrap_or((role, ""))).collect();
    let dated = day.and_then(|day| roles.iter().find(|(_, when)| !when.is_empty() && holds(when, day)));
    let code = dated.or_else(|| roles.iter().find(|(_, when)| when.is_empty()));
    // Nobody's code of another time, but the state or body that all of them belong to.
    let code = code.map(|(code, _)| (*code).to_owned()).or_else(|| {
        let first = roles.first()?.0;
        Some(first.get(..3).unwrap_or(first).to_owned())
    });
    let is_code = |code: &&str| code.starts_with(|c: char| c.is_ascii_alphabetic());
    code.iter().flat_map(|code| code.split('/')).filter(is_code).map(str::to_owned).collect()
}

fn holds(when: &str, day: Date) -> bool {
    if let Some(last) = when.strip_prefix('<') {
        return date(last).is_some_and(|last| day < last);
    }
    if let Some(first) = when.strip_prefix('>') {
        return date(first).is_some_and(|first| day > first);
    }
    let Some((first, last)) = when.split_once('-') else { return false };
    date(first).zip(date(last)).is_some_and(|(first, last)| first <= day && day <= last)
}

/// `19950601`, or `950601`, whose century is the one that these dictionaries were written in.
fn date(digits: &str) -> Option<Date> {
    let number: i32 = digits.parse().ok()?;
    let (year, rest) = (number / 10_000, number % 10_000);
    let year = match digits.len() {
        8 => year,
        6 if year > 30 => 1900 + year,
        6 => 2000 + year,
        _ => return None,
    };
    Date::new(year as i16, (rest / 100) as i8, (rest % 100) as i8).ok()
}

/// Roles without a name: `~GOV` is put after the code of whom they belong to, `NGO~` before it.
#[derive(Debug, Default)]
pub(super) struct Agents {
    codes: HashMap<String, String>,
    longest: usize,
}

impl Agents {
    /// What cannot be read is passed over and named in `unread`.
    pub(super) fn parse(text: &str, unread: &mut Vec<String>) -> Self {
        let mut agents = Self::default();
        let mut sets: Vec<(String, Vec<String>)> = Vec::new();
        for (n, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() || line.starts_with('<') {
                continue;
            }
            if let Some((name, options)) = line.split_once('=').filter(|(name, _)| name.starts_with('!')) {
                let options = options.split(',').map(|option| option.trim().to_owned()).collect();
                sets.push((name.trim().to_owned(), options));
                continue;
            }
            match line.split_once('[') {
                Some((entry, code)) => agents.add(entry, code.trim_end_matches(']').trim(), &sets),
                None => unread.push(format!("line {}: a role needs a code in brackets", n + 1)),
            }
        }
        agents
    }

    fn add(&mut self, entry: &str, code: &str, sets: &[(String, Vec<String>)]) {
        let (name, plurals) = entry.split_once('{').unwrap_or((entry, ""));
        let given: Vec<&str> = plurals.trim_end().trim_end_matches('}').split(',').map(str::trim).collect();
        let set = sets.iter().find(|(set, _)| name.contains(set.as_str()));
        let names: Vec<String> = match set {
            Some((set, options)) => options.iter().map(|option| name.replace(set.as_str(), option)).collect(),
            None => vec![name.to_owned()],
        };
        let mut put = |words: Vec<String>| {
            self.longest = self.longest.max(words.len());
            self.codes.entry(words.join(" ")).or_insert_with(|| code.to_owned());
        };
        for name in names {
            let mut words = forms::split(&name);
            put(words.clone());
            if let Some(last) = words.last_mut().filter(|_| !entry.contains('{') && set.is_none()) {
                *last = forms::plural(last);
                put(words);
            }
        }
        given.into_iter().filter(|form| !form.is_empty()).for_each(|form| put(forms::split(form)));
    }

    /// The longest role that `words` start with: how many words, and its code.
    pub(super) fn longest(&self, words: &[String]) -> Option<(usize, &str)> {
        (1..=words.len().min(self.longest))
            .rev()
            .find_map(|n| self.codes.get(&words[..n].join(" ")).map(|code| (n, code.as_str())))
    }
}

/// An actor's code with a role's: "GON" and "~GOV" give "GONGOV"; what a code has is not added again.
pub(super) fn joined(actor: &str, role: &str) -> String {
    let (before, after) = role.split_once('~').unwrap_or(("", role));
    let mut code = if actor.starts_with(before) { actor.to_owned() } else { format!("{before}{actor}") };
    let mut rest = after;
    while !rest.is_empty() {
        let (part, next) = rest.split_at(rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at));
        if !has_part(&code, part) {
            code.push_str(part);
        }
        rest = next;
    }
    code
}

/// Codes are made of parts of three letters.
fn has_part(code: &str, part: &str) -> bool {
    code.as_bytes().chunks(3).any(|own| own == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        forms::split(text)
    }

    #[test]
    fn the_longest_name_on_the_day() {
        let actors = Actors::parse(
            "VELDT [VEL]\n+THE_VELDT_REPUBLIC\nANA BRANDT_ # mayor\n\t[VELGOV 20100101-20141231]\n\t[VELELI]\nNOBODY [---]\n",
            &mut Vec::new(),
        );
        let day = |year| Date::new(year, 6, 1).ok();
        assert_eq!(actors.longest(&words("Veldt republic army"), None), Some((2, vec!["VEL".to_owned()])));
        assert_eq!(
            actors.longest(&words("Ana Brandt said"), day(2012)),
            Some((2, vec!["VELGOV".to_owned()]))
        );
        assert_eq!(
            actors.longest(&words("Ana Brandt said"), day(2020)),
            Some((2, vec!["VELELI".to_owned()]))
        );
        assert_eq!(actors.longest(&words("Nobody"), None), Some((1, vec![])));
        assert_eq!(actors.longest(&words("Brandt"), None), None);
    }

    #[test]
    fn lines_of_name_and_code() {
        let actors = Actors::parse("Ostrava Front\tOSTREB\nKell\tKEL\n", &mut Vec::new());
        assert_eq!(actors.longest(&words("Ostrava Front"), None), Some((2, vec!["OSTREB".to_owned()])));
    }

    #[test]
    fn roles_are_put_before_or_after() {
        let text = "!PERSON! = MAN, MEN\nPOLICE {} [~COP]\nAID_GROUP [NGO~]\nGUN!PERSON! [~UAF]\nNO CODE\n";
        let mut unread = Vec::new();
        let agents = Agents::parse(text, &mut unread);
        assert_eq!(unread, ["line 5: a role needs a code in brackets"]);
        assert_eq!(agents.longest(&words("aid groups said")), Some((2, "NGO~")));
        assert_eq!(agents.longest(&words("gunmen")), Some((1, "~UAF")));
        assert_eq!(agents.longest(&words("polices")), None);
        assert_eq!(joined("VEL", "~GOVMED"), "VELGOVMED");
        assert_eq!(joined("VELGOV", "~GOV"), "VELGOV");
        assert_eq!(joined("VEL", "NGO~"), "NGOVEL");
    }
}
