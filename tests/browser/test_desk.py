"""What people bring to a record: a draft to set beside it, and corrections of what was read."""

import re

from conftest import ROOT
from test_journeys import first_that_differs, with_and_without_scripts

POST = ROOT / "testdata/sample/flood/valley-post.txt"


@with_and_without_scripts
def test_an_editor_sees_a_draft_beside_the_record(watch, sample, scripts):
    """A draft with one figure in a quotation of the record changed: said so, in the words of both."""
    draft = POST.read_text().replace("Fourteen millions", "Forty millions")
    assert "Forty millions" in draft
    page = watch(scripts)
    page.goto(sample.url)
    page.get_by_role("link", name="Compare a draft").first.click()
    page.get_by_label(re.compile("The draft")).fill(draft + "\n<script>document.title = 'ran'</script>\n")
    page.get_by_role("button", name="Compare").click()
    assert page.get_by_role("heading", name="The draft beside the record").is_visible()
    shown = page.locator("main").inner_text()
    assert "Forty millions" in shown and "Fourteen millions" in shown, "the words of both"
    assert page.locator("main .tag", has_text="figure").count() > 0
    assert "<script>" in page.locator("#draft .text").inner_text() and page.title() != "ran"
    page.locator("main a[href*='statement/']").first.click()
    page.wait_for_url("**/statement/*")


@with_and_without_scripts
def test_what_was_read_is_corrected_and_taken_back(watch, edited, scripts):
    page = watch(scripts)
    first_that_differs(page, edited)
    statement = page.url
    before = page.locator("main h1").inner_text()
    form = page.locator("details, form", has=page.get_by_label(re.compile("Who speaks"))).first
    page.get_by_text("Another speaks").first.click()
    page.get_by_label(re.compile("Who speaks")).fill("Ada Quill")
    send(page, form)
    page.goto(edited.url + "review")
    log = page.locator("ol.log > li").first
    assert "Ada Quill" in log.inner_text() and "Nobody <b>else</b>" in log.inner_text()
    page.goto(edited.url + "search?q=&speaker=Ada+Quill")
    assert "Ada Quill" in page.locator("main").inner_text()
    page.goto(edited.url + "review")
    page.get_by_text("Take it back").first.click()
    send(page, log)
    page.goto(edited.url + "review")
    assert "taken back by" in page.locator("ol.log > li").first.inner_text()
    page.goto(statement)
    assert page.locator("main h1").inner_text() == before


def send(page, form):
    """Signs a correction and sends it."""
    form.get_by_label("Who says so").first.fill("A reader")
    form.get_by_label(re.compile("^Why")).first.fill("Nobody <b>else</b> was there")
    form.get_by_role("button").first.click()
    page.wait_for_load_state()


def test_without_leave_to_edit_there_is_nothing_to_send(watch, sample):
    page = watch()
    first_that_differs(page, sample)
    assert page.locator("form[method=post]").count() == 0
    assert page.request.post(sample.url + "review", form={"kind": "same"}).status in (403, 405)
