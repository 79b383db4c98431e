//! Where the pages of a record stand: behind a server, or as files beside each other.

use onrecord_model::Id;

use super::doc::Anchor;

/// Where pages lead, seen from one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Links {
    from: From,
    /// Whether a server answers: what is asked behind a question mark is then heard.
    is_served: bool,
    /// An article that stands on the page itself, under `#draft`, its words under `#c` and their first code point.
    shown_here: Option<Id>,
}

/// Where the page itself stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// So many folders below the first page.
    Deep(usize),
    /// Anywhere: its links begin at the root of the server.
    Anywhere,
}

impl Links {
    /// Of a page that a server gives, so many folders deep.
    pub fn served(deep: usize) -> Self {
        Self { from: From::Deep(deep), is_served: true, shown_here: None }
    }

    /// Of a page that a server gives under any address.
    pub fn served_at_root() -> Self {
        Self { from: From::Anywhere, is_served: true, shown_here: None }
    }

    /// Of a page in a file, so many folders deep.
    pub fn files(deep: usize) -> Self {
        Self { from: From::Deep(deep), is_served: false, shown_here: None }
    }

    /// The same of a page that shows an article which has no page of its own.
    pub fn showing(self, article: Id) -> Self {
        Self { shown_here: Some(article), ..self }
    }

    /// Whether a server answers.
    pub fn is_served(&self) -> bool {
        self.is_served
    }

    fn root(&self) -> String {
        match self.from {
            From::Deep(deep) => "../".repeat(deep),
            From::Anywhere => "/".to_owned(),
        }
    }

    /// The page at a path; the first page stands at the empty one.
    pub fn path(&self, path: &str) -> String {
        match (path, self.is_served, self.root()) {
            ("", true, root) if root.is_empty() => "./".to_owned(),
            ("", true, root) => root,
            ("", false, root) => format!("{root}index.html"),
            (path, true, root) => format!("{root}{path}"),
            (path, false, root) => format!("{root}{path}.html"),
        }
    }

    /// A file that pages share.
    pub fn asset(&self, name: &str) -> String {
        format!("{}{name}", self.root())
    }

    /// The page of a thing.
    pub fn to(&self, anchor: Anchor) -> String {
        match anchor {
            Anchor::Story(id) => self.path(&format!("story/{id}")),
            Anchor::Statement(id) => self.path(&format!("statement/{id}")),
            Anchor::Article(id) if self.shown_here == Some(id) => "#draft".to_owned(),
            Anchor::Article(id) => self.path(&format!("article/{id}")),
            Anchor::Speaker(id) => self.path(&format!("speaker/{id}")),
            Anchor::Figure(id) => self.path(&format!("figure/{id}")),
            Anchor::Theme(id) => self.path(&format!("theme/{id}")),
            Anchor::Changed(id) => self.path(&format!("changed/{id}")),
        }
    }

    /// Words of an article, by code points.
    pub fn words(&self, article: Id, (start, end): (usize, usize)) -> String {
        if self.shown_here == Some(article) {
            return format!("#c{start}");
        }
        let page = self.to(Anchor::Article(article));
        if self.is_served { format!("{page}?at={start}-{end}#at") } else { format!("{page}#c{start}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_find_each_other_behind_a_server_and_as_files() {
        let id = Id::of(["a"]);
        let check = |links: Links, first: &str, story: &str, style: &str| {
            let to = links.to(Anchor::Story(id));
            assert_eq!((links.path("").as_str(), to), (first, story.replace("ID", &id.to_string())));
            assert_eq!(links.asset("style.css"), style);
        };
        check(Links::served(0), "./", "story/ID", "style.css");
        check(Links::served(1), "../", "../story/ID", "../style.css");
        check(Links::served_at_root(), "/", "/story/ID", "/style.css");
        check(Links::files(0), "index.html", "story/ID.html", "style.css");
        check(Links::files(1), "../index.html", "../story/ID.html", "../style.css");
        assert_eq!(Links::served(1).words(id, (3, 9)), format!("../article/{id}?at=3-9#at"));
        let here = Links::served(0).showing(id);
        assert_eq!((here.to(Anchor::Article(id)), here.words(id, (3, 9))), ("#draft".into(), "#c3".into()));
        assert_eq!(here.to(Anchor::Story(id)), format!("story/{id}"));
        assert_eq!(Links::files(1).words(id, (3, 9)), format!("../article/{id}.html#c3"));
    }
}
