//! All that a page shows, line by line: what the article's blocks are laid over.

use super::tree::{Tree, push_words};

/// Elements whose text no reader sees.
const UNSEEN: &[&str] = &[
    "head", "script", "style", "template", "noscript", "title", "datalist", "object", "svg", "iframe", "math",
];

/// Elements that do not begin a line of their own.
const INLINE: &[&str] = &[
    "", "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// The page's visible text, one line a box, blanks made single spaces.
pub(super) fn visible_text(tree: &Tree) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut ends = Vec::new();
    let mut id = 0;
    while let Some(node) = tree.nodes.get(id) {
        while ends.last().is_some_and(|end| *end <= id) {
            ends.pop();
            begin(&mut out);
        }
        if UNSEEN.contains(&&*node.name) {
            id = node.end.max(id + 1);
            continue;
        }
        if !INLINE.contains(&&*node.name) {
            begin(&mut out);
            ends.push(node.end);
        }
        if let Some(line) = out.last_mut() {
            push_words(line, &node.text);
        }
        id += 1;
    }
    out.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    out.retain(|line| !line.is_empty());
    out
}

fn begin(out: &mut Vec<String>) {
    if out.last().is_none_or(|line| !line.is_empty()) {
        out.push(String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_box_is_a_line_and_nothing_unseen_is_shown() {
        let html = "<title>T</title><nav><a>Home</a> <a>News</a></nav><p>One <b>bold</b>\n word<br>two</p>\
                    <script>x</script><div>three<ul><li>four</li></ul>five</div><footer>six</footer>";
        assert_eq!(
            visible_text(&Tree::parse(html)),
            ["Home News", "One bold word", "two", "three", "four", "five", "six"]
        );
    }
}
