"""The ways people take through a record, with and without scripts."""

import json
import re
from pathlib import Path

import pytest

from conftest import onrecord

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def first_that_differs(page, record):
    """Opens the first statement of the overview whose accounts differ."""
    page.goto(record.url)
    row = page.locator("table.first tr", has=page.locator(".tag")).first
    row.locator("a").first.click()
    page.wait_for_url("**/statement/*")


@with_and_without_scripts
def test_a_reporter_takes_a_statement_to_its_accounts_and_cites_it(watch, record, scripts):
    page = watch(scripts, permissions=["clipboard-read", "clipboard-write"] if scripts else [])
    first_that_differs(page, record)
    tellers = page.locator("table.accounts .teller a[href*='article/']").evaluate_all("l => l.map(a => a.href)")
    assert len(set(tellers)) > 1, "accounts stand beside each other"
    assert page.locator("p.legend").is_visible()
    marked = page.locator("table.accounts mark[title]")
    heading = page.get_by_role("heading", name="What differs")
    assert heading.is_visible()
    told = heading.locator("xpath=following-sibling::ul[1]/li")
    assert told.count() > 0 and "“" in told.first.inner_text()
    for mark in marked.all():
        assert mark.get_attribute("title").strip(), "a difference has its reason"
    cite = page.locator("#cite")
    quotation = cite.locator("blockquote").inner_text().strip()
    button = page.get_by_role("button", name="Copy quotation and footnote")
    if scripts:
        button.click()
        taken = page.evaluate("navigator.clipboard.readText()")
    else:
        assert not button.is_visible(), "what does nothing is not shown"
        taken = cite.inner_text()
    assert quotation in taken and re.search(r"characters \d+–\d+", taken)
    text_hash = re.search(r"Text SHA-256 ([0-9a-f]{64})", taken).group(1)
    shown_where(page, cite, quotation, text_hash)


def shown_where(page, cite, quotation, text_hash):
    """"Show me where" opens the article at the words."""
    cite.locator("a[href*='at=']").first.click()
    page.wait_for_url("**/article/*")
    lit = page.locator(".text .m.at")
    assert lit.count() > 0
    words = " ".join("".join(lit.all_inner_texts()).split())
    letters = lambda text: re.sub(r"\W", "", text)
    assert letters(words)[:20] in letters(quotation) or letters(quotation)[:20] in letters(words)
    top = lit.first.bounding_box()["y"]
    assert 0 <= top < page.viewport_size["height"], "the words are on the screen"
    assert text_hash in page.locator("main").inner_text(), "the footnote's hash is the article's"


@with_and_without_scripts
def test_a_statement_is_found_by_its_words(watch, record, scripts):
    page = watch(scripts)
    page.goto(record.url)
    said = page.locator("table.first td:nth-child(2)").first.inner_text()
    to = page.locator("table.first td a").first.get_attribute("href")
    words = sorted(re.findall(r"[A-Za-z]{4,}", said), key=len)[-3:]
    page.get_by_role("searchbox").fill(" ".join(words))
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search?*")
    assert page.locator(f"table a[href='{to}']").count() == 1
    page.get_by_text("Narrow it down").click()
    page.get_by_label("Differing in").select_option("figure")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Search").click()
    rows = page.locator("table.first tbody tr")
    assert rows.count() > 0
    assert all("figure" in row.inner_text() for row in rows.all())


@with_and_without_scripts
def test_a_checker_finds_the_earliest_telling_a_figure_s_spread_and_who_replied(watch, record, scripts):
    page = watch(scripts)
    first_that_differs(page, record)
    days = page.locator("ol.timeline time").all_inner_texts()
    known = [day for day in days if re.match(r"\d{4}", day)]
    assert len(days) > 1 and known == sorted(known, key=lambda day: day[:10]), "the earliest telling stands first"
    assert days[: len(known)] == known, "a telling without a day stands last"

    page.goto(record.url)
    replies = page.get_by_role("heading", name="Newest replies").locator("xpath=following-sibling::ul[1]/li")
    answer = replies.first.locator("a").nth(0)
    answer.click()
    page.wait_for_url("**/statement/*")
    reply = page.get_by_role("heading", name="Replies").locator("xpath=following-sibling::ul[1]/li").first
    reply.locator("a[href*='statement/']").first.click()
    assert page.get_by_role("heading", name="Replies").is_visible(), "the answered statement names its answer"

    for story in stories(page, record):
        page.goto(story)
        if page.locator("a[href*='figure/']").count():
            break
    page.locator("a[href*='figure/']").first.click()
    page.wait_for_url("**/figure/*")
    plot = page.locator(".course svg, .plot svg").first
    assert plot.is_visible() and plot.evaluate("s => s.getAttribute('role')") == "img"
    assert plot.evaluate("s => s.getAttribute('aria-label') || s.querySelector('title')?.textContent"), "words for who sees no plot"


def stories(page, record):
    page.goto(record.url + "stories/1")
    return page.locator("main a[href*='story/']").evaluate_all("links => links.map(a => a.href)")


def test_the_brief_of_a_checker_cites_every_statement(watch, record, tmp_path):
    brief = tmp_path / "brief.html"
    onrecord("brief", "--record", record.path, "--format", "html", "--out", brief)
    page = watch()
    page.goto(brief.as_uri())
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(id))"
    )
    assert lost == []
    assert page.locator(".notes li").count() > 10


TOLD_FIRST = (
    "TARN, 3 May (Harbour Post) - Minister Orla Venn said on Friday: “We have counted 40 empty barges in the canal.”\n\n"
    "The canal authority opened the locks at noon, and the barges were towed to Tarn."
)


@with_and_without_scripts
def test_an_editor_sees_what_a_page_changed(watch, records, tmp_path, scripts):
    """A page that is read twice under one address: the quotation and its figure changed between."""
    versions = [TOLD_FIRST, TOLD_FIRST.replace("40 empty", "14 empty")]
    url = "https://harbourpost.example/canal"
    pages = tmp_path / "pages.jsonl"
    rows = [
        {"id": str(n), "outlet": "Harbour Post", "url": url, "published": f"2024-05-03T1{n}:00:00Z", "headline": "Barges", "text": text}
        for n, text in enumerate(versions)
    ]
    pages.write_text("".join(json.dumps(row) + "\n" for row in rows))
    record = records("versions", [pages])
    edits = [json.loads(line) for line in onrecord("changes", "--record", record.path, url, "--json").splitlines()]
    assert any("40" in json.dumps(edit) and "14" in json.dumps(edit) for edit in edits), edits
    page = watch(scripts)
    page.goto(record.url)
    changed = page.get_by_role("heading", name="Pages that changed").locator("xpath=following-sibling::ul[1]//a")
    changed.first.click()
    page.wait_for_url("**/changed/*")
    assert page.locator("main del").all_inner_texts() == ["40"]
    assert page.locator("main ins").all_inner_texts() == ["14"]
    assert "quotation, figure" in page.locator("main").inner_text()
    page.locator("main a[href*='article/']").last.click()
    assert "14 empty barges" in page.locator(".text").inner_text()
    page.get_by_role("link", name="what changed").click()
    page.wait_for_url("**/changed/*")


@with_and_without_scripts
def test_an_investigator_follows_a_theme(watch, record, scripts):
    page = watch(scripts)
    page.goto(record.url)
    themes = page.get_by_role("heading", name="Themes that come back").locator("xpath=following-sibling::ul[1]//a")
    themes.first.click()
    page.wait_for_url("**/theme/*")
    days = [day for day in page.locator("ol.timeline time").all_inner_texts() if re.match(r"\d{4}", day)]
    assert days and days == sorted(days), "who said it first stands first"
    assert page.get_by_role("heading", name="Told by whom").is_visible()
    page.locator("ol.timeline a[href*='statement/']").first.click()
    page.wait_for_url("**/statement/*")
    assert page.locator("#cite").is_visible()


@with_and_without_scripts
def test_a_teacher_opens_the_pages_as_files(watch, record, scripts, tmp_path_factory):
    site = tmp_path_factory.getbasetemp() / f"site-{record.path.stem}"
    if not site.is_dir():
        onrecord("export", "--record", record.path, "--format", "site", "--out", site)
    page = watch(scripts)
    page.goto((site / "index.html").as_uri())
    page.locator("table.first tr", has=page.locator(".tag")).first.locator("a").first.click()
    page.wait_for_url("**/statement/*.html")
    assert page.locator("p.legend").is_visible()
    page.locator("#cite a[href*='article/'][href*='#c']").first.click()
    page.wait_for_url("**/article/*.html#c*")
    lit = page.locator(":target")
    assert lit.inner_text().strip() and 0 <= lit.bounding_box()["y"] < page.viewport_size["height"]
    assert page.locator("a[href^='http']:not([rel])").count() == 0


def test_no_link_between_files_is_dead(record, tmp_path_factory):
    site = tmp_path_factory.getbasetemp() / f"site-{record.path.stem}"
    if not site.is_dir():
        onrecord("export", "--record", record.path, "--format", "site", "--out", site)
    dead = set()
    ids = {}
    pages = {path: path.read_text() for path in site.rglob("*.html")}
    for path, html in pages.items():
        ids[path.resolve()] = set(re.findall(r'\sid="([^"]+)"', html))
    for path, html in pages.items():
        for href in re.findall(r'href="([^"]+)"', html):
            if re.match(r"[a-z]+:", href):
                continue
            name, _, anchor = href.partition("#")
            to = (path.parent / name).resolve() if name else path.resolve()
            if not Path(to).is_file() or (anchor and anchor not in ids.get(to, ())):
                dead.add((path.relative_to(site).parts[0], href))
    assert sorted(dead)[:10] == []


@with_and_without_scripts
def test_the_page_for_programs_leads_to_a_description(watch, sample, scripts):
    page = watch(scripts)
    page.goto(sample.url)
    page.get_by_role("link", name="For programs").click()
    assert page.locator("main table tr").count() > 10
    link = page.get_by_role("link", name="OpenAPI 3.1")
    described = page.request.get(link.evaluate("a => a.href"))
    assert described.ok and described.json()["openapi"].startswith("3.1")
