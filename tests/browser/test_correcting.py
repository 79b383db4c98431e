"""Every form by which a record is corrected, in the hands of a reader: with and without scripts, by keys, on a telephone, for who does not see."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from test_access import GRAVE
from test_journeys import first_that_differs, with_and_without_scripts


def sent(page, form):
    """Signs a form and sends it; gives what the log says of it."""
    form.get_by_label("Who says so").fill("A reader")
    form.get_by_label(re.compile("^Why")).fill("The <b>tape</b>")
    form.locator("form[method=post] button").click()
    page.wait_for_url("**/review*#c-*")
    entry = page.locator("ol.log > li").first
    assert "The <b>tape</b>" in entry.inner_text() and "(holds)" in entry.inner_text()
    return entry.inner_text()


def opened(page, title):
    """A form, opened by its title."""
    form = page.locator("details.correct", has=page.locator("summary", has_text=title))
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return form


def speakers(page, record):
    """The pages of those who speak most."""
    seen = {}
    for n in (1, 2):
        statements = page.request.get(f"{record.url}api/v1/statements?per_page=100&page={n}").json()["items"]
        for statement in statements:
            entity = statement["speaker"] and statement["speaker"].get("entity")
            if entity:
                seen.setdefault(entity, set()).update(account["article"] for account in statement["accounts"])
    found = sorted(seen, key=lambda entity: (-len(seen[entity]), entity))
    pages = [f"{record.url}speaker/{entity}" for entity in found]
    return [address for address in pages if page.request.get(address).ok]


@with_and_without_scripts
def test_two_names_are_one_and_one_name_is_two(watch, edited, scripts):
    page = watch(scripts)
    for address in speakers(page, edited):
        page.goto(address)
        name = page.locator("main h1").inner_text()
        form = opened(page, "It is one with somebody else")
        assert form.get_by_label("Part of the other's name").input_value() == name.split()[-1]
        form.get_by_label("Part of the other's name").fill("E")
        form.get_by_role("button", name="Look for it").click()
        page.wait_for_url("**?same=E*")
        if page.get_by_role("radio").count():
            break
    form = opened(page, "It is one with somebody else")
    other = form.locator("label.pick").first
    other.click()
    assert "article" in other.inner_text() and form.get_by_role("radio").first.is_checked()
    told = sent(page, form)
    assert "are one" in told and name.split()[-1] in told

    page.goto(speakers(page, edited)[0])
    page.get_by_role("link", name="Some articles mean somebody else").click()
    form = opened(page, "Some articles mean somebody else")
    assert form.locator("label.pick b").count() > 1, "the name is shown among its words"
    form.get_by_role("checkbox").last.check()
    assert "is somebody else where one article names them" in sent(page, form)


def quotation(page, record):
    """An article at the words of an account in one part, and those words."""
    for statement in page.request.get(f"{record.url}api/v1/statements?per_page=100").json()["items"]:
        for account in statement["accounts"]:
            part = account["parts"][0]
            if len(account["parts"]) == 1 and part["text"].count(" ") > 6 and "“" not in part["text"]:
                return f"{record.url}article/{account['article']}?at={part['start']}-{part['end']}", part["text"]
    raise AssertionError("nobody says that much")


@with_and_without_scripts
def test_the_words_of_a_quotation_are_set_on_its_article(watch, edited, scripts):
    page = watch(scripts)
    address, words = quotation(page, edited)
    page.goto(address)
    form = opened(page, "The words are others")
    field = form.get_by_label(re.compile("What was said"))
    assert field.input_value() == words, "the words that the page was opened at"
    option = form.locator("option", has_text=words[:40]).first.get_attribute("value")
    assert form.get_by_label("Which words").input_value() == option, "and what they are part of"
    fewer = " ".join(words.split()[:-2])
    if scripts:
        selected = page.evaluate(
            """() => {
                const lit = document.getElementById("at");
                const first = document.createTreeWalker(lit, NodeFilter.SHOW_TEXT).nextNode();
                const range = document.createRange();
                range.setStart(first, 0);
                range.setEnd(first, Math.min(first.length, 12));
                document.getSelection().removeAllRanges();
                document.getSelection().addRange(range);
                return range.toString().trim();
            }"""
        )
        assert selected and words.startswith(selected)
        page.wait_for_function("([field, words]) => field.value === words", arg=[field.element_handle(), selected])
        assert form.get_by_text("that you select").is_visible()
    else:
        assert not form.get_by_text("that you select").is_visible(), "what does nothing is not shown"
    form.get_by_label(re.compile("What was said")).fill(fewer.replace(" ", "  \n", 1))
    assert f"the words are “{fewer[:40]}" in sent(page, form)


@with_and_without_scripts
def test_somebody_who_is_only_named_is_hidden_from_an_article(watch, edited, scripts):
    page = watch(scripts)
    page.goto(quotation(page, edited)[0])
    form = opened(page, "Show a person nowhere")
    whom = form.get_by_label("Whom").locator("option").first.inner_text()
    assert whom.endswith(" (person)")
    name = whom.split()[-2]
    assert name in page.locator("main .text").inner_text()
    assert "a person is hidden" in sent(page, form)
    page.goto(quotation(page, edited)[0])
    assert name not in page.locator("main").inner_text()


@with_and_without_scripts
def test_another_speaks_in_one_account(watch, edited, scripts):
    page = watch(scripts)
    first_that_differs(page, edited)
    form = opened(page, "Another speaks")
    form.get_by_label(re.compile("^Who speaks")).fill("Ada <Quill>")
    form.get_by_label("In which account").select_option(index=1)
    assert "is said by Ada <Quill>" in sent(page, form)
    page.locator("ol.log > li").first.get_by_role("link").first.click()
    page.wait_for_url("**/article/*")
    assert page.locator(".text .m.at").count() > 0, "the log leads to the words"


def days(page, record, n):
    """Some corrections of the first statement, by the interface for programs; without its header they are refused."""
    statement = page.request.get(f"{record.url}api/v1/statements").json()["items"][0]
    account = statement["accounts"][0]
    article = page.request.get(f"{record.url}api/v1/articles/{account['article']}").json()
    place = {name: account["parts"][0][name] for name in ("start", "end", "text")} | {"page_hash": article["page_hash"]}
    for day in range(1, n + 1):
        row = {"kind": "date", "places": [place], "day": f"2025-10-{day:02}", "by": "A program", "why": "the calendar"}
        to = record.url + "api/v1/corrections"
        assert page.request.post(to, data=row).status == 403
        assert page.request.post(to, data=row, headers={"Onrecord-Correct": "1"}).status == 201


def test_the_log_is_gone_through_by_keys(watch, edited):
    page = watch()
    days(page, edited, 3)
    page.goto(edited.url + "review")
    entries = page.locator("ol.log > li")
    chosen = lambda: page.evaluate("[...document.querySelectorAll('ol.log > li')].indexOf(document.activeElement)")
    press = page.keyboard.press
    press("u")
    assert chosen() == -1 and page.locator("ol.log details[open]").count() == 0, "nothing is chosen yet"
    steps = []
    for key in "jjjjkk":
        press(key)
        steps.append(chosen())
    assert steps[:3] == [0, 1, 2] and steps[-1] == 0 and 0 < steps[4] < 2, steps
    assert entries.nth(0).evaluate("e => getComputedStyle(e).outlineStyle") != "none", "it shows which is chosen"
    press("?")
    assert page.locator("details.keys").get_attribute("open") is not None
    press("?")
    assert page.locator("details.keys").get_attribute("open") is None
    press("u")
    field = entries.nth(0).get_by_label("Who says so")
    assert field.evaluate("e => e === document.activeElement")
    page.keyboard.type("juk?")
    assert field.input_value() == "juk?" and page.locator("details.keys").get_attribute("open") is None, "a field keeps its keys"
    entries.nth(0).get_by_label(re.compile("^Why")).fill("It was another year")
    press("Enter")
    page.wait_for_url("**/review#c-*")
    assert "taken back by juk?" in entries.nth(0).inner_text()
    page.locator("details.keys > summary").click()
    page.get_by_label("Use these keys").uncheck()
    page.reload()
    press("j")
    assert chosen() == -1, "keys that were turned off stay so"


def test_without_scripts_the_keys_are_told_and_tab_does_it(watch, edited):
    page = watch(False)
    days(page, edited, 1)
    page.goto(edited.url + "review")
    page.locator("details.keys > summary").click()
    told = page.locator("details.keys").inner_text()
    assert all(key in told for key in "jku?") and not page.get_by_text("Use these keys").is_visible()
    page.locator("details.keys > summary").focus()
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.textContent"))
    assert reached[0].startswith("A ") and reached[1] == "SUMMARY Take it back", reached


@pytest.fixture
def forms(browser, edited):
    """Every page with forms, some of them after a search."""
    page = browser.new_page()
    days(page, edited, 2)
    first_that_differs(page, edited)
    speaker = speakers(page, edited)[0]
    addresses = [page.url, speaker + "?same=e", speaker + "?apart=1", quotation(page, edited)[0], edited.url + "review"]
    page.close()
    return addresses


def unfolded(page, address):
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def test_forms_are_for_everybody(watch, forms):
    page = watch(viewport={"width": 360, "height": 740})
    found = []
    for address in forms:
        unfolded(page, address)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
            found.append((address, width))
        small = page.locator("main form input:visible:not([type=hidden]), main form select, main form button, main label.pick").evaluate_all(
            "all => all.filter(e => Math.min(...Object.values((e.closest('label') || e).getBoundingClientRect().toJSON()).slice(2, 4)) < 24).map(e => e.outerHTML)"
        )
        found += [(address, html[:200]) for html in small]
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in GRAVE:
                found.append((address, violation["id"], violation["nodes"][0]["html"][:200]))
    assert found == []
