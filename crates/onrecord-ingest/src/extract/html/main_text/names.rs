//! What pages call their parts: the words of `id`, `class`, `role` and `itemprop`.
//!
//! Names are read as words ("relatedArticles", "related_articles" and "related-articles" are the same
//! two), so that "shared-space" is not taken for "share".

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::html::tree::{Node, Tree};

/// What the names of one element say of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Says {
    /// Not of the article: advertising, navigation, recommendations, sharing, comments.
    pub(super) is_clutter: bool,
    /// Named with a word that other pages use for parts of the article.
    pub(super) is_vague: bool,
    /// The readers' comments.
    pub(super) is_comments: bool,
    /// How well it names the article's body: 3 is a body by name, 2 an article, 1 a main part.
    pub(super) body: u8,
    /// The few sentences that stand between headline and body.
    pub(super) is_standfirst: bool,
}

static CLUTTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    words(&[
        // Navigation and the page's frame.
        "nav|navi|navbar|navigation|subnav|menu|submenu|breadcrumbs?|crumbs?|bread-crumbs?|pagination|pager|paginator|paging|toolbar|topbar|sidebar|side-bar|sidenav|right-?rail|footer|foot|bottom-bar|site-header|masthead|skip-?links?|skip-to|table-of-contents|search|searchform|login|signin|sign-in|register|back-to-top",
        // Other articles.
        "related\\w*|recommend\\w*|recirc\\w*|teasers?|more-?(news|stories|articles|posts|on|from|links|reading|content)|read-?(more|next|also|on)|also-?(read|like)|see-?also|(most|other|latest|similar|popular|trending|next|prev|previous|recent|further)-?(read|news|posts?|stories|story|articles?|popular|viewed|commented|reading|links)|trending|mostread|upnext|up-next|suggest\\w*|zergnet|outbrain|taboola|ob-widget|plista|engageya|dianomi|mgid|revcontent|linkbox|infobox-links|yarpp|crp|jp-relatedposts|post-?(nav|navigation)|nav-links|inline-?(story|article|link|related)",
        // Advertising and offers.
        "ads?|adv|adbox|adslot|ad-?(unit|container|wrapper|wrap|block|label|placeholder|zone|banner|text)|advert\\w*|adsense|anzeigen?|werbung|publicidad|publicite|sponsor\\w*|promos?|promoted|promotion\\w*|dfp|gpt-ad|native-ad|partner-?content|newsletters?|subscri\\w*|signup|sign-up|piano|donat\\w*|support-us|call-?to-?action|cta|optin|opt-in|mailchimp|affiliate|coupon|shopping|product-?(box|card|list)|app-?(download|promo|banner)|marketing",
        // Sharing, reactions, rights.
        "shar(e|es|er|ing|ebar|ethis|edaddy)|sharelinks|share-?\\w*|social\\w*|follow\\w*|addtoany|addthis|sharedaddy|jetpack-likes|facebook|twitter|whatsapp|flipboard|telegram|like-?(button|box)|ratings?|votes?|likes|cookies?|consent|onetrust\\w*|ot-sdk|cookiebot|cookie-?\\w*|gdpr|privacy|disclaimer|copyrights?|imprint|license|noprint|no-print|print-?(link|button|only|hidden)|hide-?print|d-print-none|syndication",
        // About the article, not in it.
        "bylines?|authors?|author-?\\w*|contributors?|about-?(the-)?authors?|post-?(meta|info|tags|footer|author|date|categories|thumbnail|header-meta)|entry-?(meta|footer|utility|tags|categories|date)|article-?(meta|info|infos|tags|footer|date|tools|actions|toolbar|topics|author)|meta-?(info|data|bar)|tags?|taglist|tag-?(list|links|cloud)|keywords|categor(y|ies)-?(list|links)?|timestamp|datetime|pub-?date|publish-?date|posted-?(on|in|by)|postmeta|reading-?time|time-to-read|read-?time|caption|captions|wp-caption-text|photo-?credit|image-?(credit|caption|description|source)|source-?(list|link)|dateline-?date|edit-?(link|section)|mw-editsection|reflist|revision|correction-link",
        // Boxes.
        "testimonials?|swiper-slide|widget-?(area|title|area|sidebar)|footer-?widgets?|sidebar-?widgets?|pop-?ups?|popover|modals?|lightbox|tooltip|player|video-?(player|playlist|list)|audio-?player|media-?(credit|caption)|visually-?hidden|sr-only|screen-reader\\w*|offscreen|stock-?(ticker|quote)|load-?more|show-?more|report-?(error|typo)|contact-?(form|us)",
    ])
});

/// Words that name clutter on most pages and the article's own boxes on some.
static VAGUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    words(&[
        "widgets?|widget-\\w*|overlay|carousel|slider|slideshow|swiper|gallery|galleries|embed\\w*|video-?(container|wrapper)|audio-?container|podcast|ticker|breaking|alert|notification\\w*|notice|hidden|hide|invisible|accessibility|weather|calendar|loading|placeholder|flyout|dropdown|feedback|form|jump-?links?|topics?|source|kicker|meta|metadata|date|published|toc|banner|credits?|rail|commercial|legal|reactions?|bio|writer|quiz|polls?",
    ])
});

static COMMENTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    words(&[
        "comments?|comment-?\\w*|commentlist|commentary-list|disqus\\w*|respond|kommentare?|comentarios?|commentaires?|forum-?posts?|talkback|reader-?comments|fb-comments|discussion|livefyre|spot-im|replies",
    ])
});

static BODY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    words(&[
        "(article|articles|story|post|entry|news|newsitem|blog|single|detail|details|node|art|artikel|articulo|noticia|nota|td-post|single-post|post-single|blog-post)-?(body|text|content|contents|copy|bodycopy|bodytext|full-?text|entry|main|area|txt|cuerpo)(-?(text|content|wrapper|inner|main|container))?",
        "article-?(body|content|text)\\w*|body-?(text|copy|content)|bodytext|main-?text|full-?text|rich-?text|richtext|wysiwyg|text-?(content|body)|content-?(body|text|article)|cuerpo|corps|texte|theme-content|wpb-text-column|entry|storytext|article-p(aragraphs?)?|field-name-body|field-body|articlebody|articletext|storybody|postbody|c-detail|editor-content|articulo-cuerpo|text-formatted|paragraphs",
    ])
});

static MAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    words(&[
        "main|content|contents|page-?content|main-?(content|column|col|area|body|container|wrapper)|content-?(main|area|wrapper|inner|column|col|container|block)|primary|inhalt|contenido|contenu|hauptinhalt|site-?(content|main)|post|story|article|hentry|single|news|blog-?post",
    ])
});

static STANDFIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    words(&[
        "standfirst|stand-first|summary|lead|lede|leadtext|intro|introduction|introtext|dek|deck|sub-?(title|head|heading|headline|line)|subtitle|subhead|excerpt|chapo|chapeau|vorspann|abstract|ingress|manchet|perex|teaser-?text|article-?(intro|lead|summary|description|subtitle|abstract|standfirst|dek)|sapo|entradilla|bajada|copete|sommario|occhiello|description|lid|preamble|underrubrik|entete|spot",
    ])
});

/// A pattern of whole names' parts; none where it cannot be built, which a test rules out.
fn words(lists: &[&str]) -> Option<Regex> {
    Regex::new(&format!("(?-u)(?:^|[ -])(?:{})(?:$|[ -])", lists.join("|"))).ok()
}

fn has(pattern: &LazyLock<Option<Regex>>, name: &str) -> bool {
    pattern.as_ref().is_some_and(|p| p.is_match(name))
}

/// What every element's names say of it.
pub(super) fn read(tree: &Tree) -> Vec<Says> {
    tree.nodes.iter().map(says).collect()
}

fn says(node: &Node) -> Says {
    if node.is_text() || matches!(&*node.name, "html" | "body" | "a" | "img" | "script" | "link" | "meta") {
        return Says::default();
    }
    let name = name_words(node);
    let tag_body = match &*node.name {
        "article" => 2,
        "main" => 1,
        _ => 0,
    };
    let mut says = Says { body: tag_body, ..Says::default() };
    if node.is("aside") {
        says.is_clutter = true;
    }
    if name.is_empty() {
        return says;
    }
    says.is_comments = has(&COMMENTS, &name);
    says.is_standfirst = has(&STANDFIRST, &name);
    let is_body =
        node.attr("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("articleBody")) || has(&BODY, &name);
    says.body = match (is_body, has(&MAIN, &name)) {
        (true, _) => 3,
        (_, true) => says.body.max(1),
        _ => says.body,
    };
    let is_body_by_name = says.body == 3 && !says.is_comments;
    if !matches!(&*node.name, "article" | "main" | "blockquote") {
        let is_part = is_body_by_name || says.is_standfirst;
        says.is_clutter |= says.is_comments || !is_part && has(&CLUTTER, &name);
        says.is_vague = !says.is_clutter && !is_part && has(&VAGUE, &name);
    }
    says
}

/// The names of an element as words: "relatedArticles_x" is " related-articles-x".
fn name_words(node: &Node) -> String {
    let mut out = String::new();
    for attr in ["id", "class", "role"] {
        for word in node.attr(attr).unwrap_or_default().split_ascii_whitespace().take(20) {
            if !STATES.iter().any(|state| word.starts_with(state)) {
                push_name(&mut out, word);
            }
        }
    }
    out
}

/// Beginnings of names that say how a box is shown or what its article is about, not what the box is.
const STATES: &[&str] = &[
    "has-",
    "with-",
    "no-",
    "is-",
    "not-",
    "tag-",
    "category-",
    "type-",
    "status-",
    "format-",
    "hidden-",
    "elementor",
    "wp-block",
    "topic-",
    "hide-",
    "js-",
    "ng-",
    "without-",
];

fn push_name(out: &mut String, name: &str) {
    out.push(' ');
    let mut was_lower = false;
    for c in name.chars().take(100) {
        if c.is_ascii_uppercase() && was_lower {
            out.push('-');
        }
        was_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    }
}
