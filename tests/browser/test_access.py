"""Every kind of page for whoever does not see or point as most do: axe finds nothing serious, nothing is cut off at 360 px."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import kinds

GRAVE = {"serious", "critical"}


@pytest.fixture(scope="session")
def addresses(browser, record):
    page = browser.new_page()
    found = kinds(page, record)
    page.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(watch, addresses, scheme):
    page = watch(color_scheme=scheme)
    found = []
    for kind, address in addresses.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in GRAVE:
                found.append((kind, violation["id"], violation["nodes"][0]["html"][:200]))
    assert found == []


def test_nothing_is_cut_off_on_a_telephone(watch, addresses):
    page = watch(viewport={"width": 360, "height": 740})
    wide = {}
    for kind, address in addresses.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[kind] = width
    assert wide == {}


def test_every_kind_of_page_is_there(addresses):
    assert len(addresses) == 11, sorted(addresses)


def test_the_keyboard_reaches_the_content_first(watch, addresses):
    page = watch()
    page.goto(addresses["statement"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "To the content" and skip.bounding_box()["x"] >= 0
