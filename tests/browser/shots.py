"""Pictures of every page that looks of its own, for people to look at: `python tests/browser/shots.py DIR [INPUT...]`.

Reads the sample, or the inputs that are given, into a record and serves it: to be read, to be corrected, and behind a token. Each page is taken in
light, in dark, on a telephone and printed: `DIR/PAGE-light.png`, `PAGE-dark.png`, `PAGE-360.png`, `PAGE-print.pdf`. A page that the record has
not (no theme, nobody who replies) is left out.
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from conftest import CHROMIUM, ROOT, kinds, serve

WIDE, TELEPHONE = {"width": 1100, "height": 900}, {"width": 360, "height": 740}
LOOKS = {
    "light": {"color_scheme": "light", "viewport": WIDE},
    "dark": {"color_scheme": "dark", "viewport": WIDE},
    "360": {"color_scheme": "light", "viewport": TELEPHONE},
    "print": {"color_scheme": "light", "viewport": WIDE},
}
# Of the longest record that anybody looks at page by page.
MOST_LISTED = 1_000

# Pages that are found by what they hold: the one of the kind that holds most of it.
HOLDING = {
    "story-copies": ("story", ".tree li"),
    "story-figures": ("story", ".plot svg"),
    "figure-course": ("figure", ".course circle"),
    "article-boilerplate": ("article", ".boilerplate li"),
    "article-problems": ("article", ".problems li"),
    "article-marks": ("article", ".text .m"),
    "changed": ("changed", "main ins, main del"),
}
ASKED = {
    "search-empty": "search",
    "search-nothing": "search?q=zzyzx",
    "search-narrow": "search?q=said&kind=figure&from=2020-01-01",
    "search-common": "search?q=the",
    "compare": "compare",
    "changes": "changes/1",
    "error-404": "statement/0000000000000000",
    "error-400": "search?from=yesterday",
}


def listed(page, record, path):
    """All of a list of the API."""
    for n in range(1, MOST_LISTED // 100):
        answer = page.request.get(f"{record.url}api/v1/{path}?per_page=100&page={n}").json()
        yield from answer["items"]
        if n * 100 >= answer["total"]:
            return


def statements(page, record):
    """By name, the address of the statement that shows best what the name says."""
    told = list(listed(page, record, "statements"))
    differing = {statement["statement"]: [] for statement in told}
    for difference in listed(page, record, "differences"):
        differing.get(difference["statement"], []).append(difference["kind"])
    kinds_of = lambda statement: differing[statement["statement"]]
    accounts = lambda statement: len(statement["accounts"])
    replies = lambda statement: page.request.get(f"{record.url}api/v1/statements/{statement['statement']}/replies").json()["total"]
    best = {
        "one": (lambda s: accounts(s) == 1, lambda s: 1),
        "two": (lambda s: accounts(s) == 2, lambda s: len(set(kinds_of(s)))),
        "many": (lambda s: True, accounts),
        "primary": (lambda s: any(account["primary"] for account in s["accounts"]), accounts),
        "translation": (lambda s: "translation" in kinds_of(s), accounts),
        "unknown": (lambda s: s["speaker"]["name"] in (None, "unknown"), accounts),
        "replies": (replies, replies),
    }
    for name, (fits, weight) in best.items():
        fitting = [statement for statement in told if fits(statement)]
        if fitting:
            yield f"statement-{name}", f"{record.url}statement/{max(fitting, key=weight)['statement']}"


def holding(page, record):
    """The pages of `HOLDING`, among all that stories lead to."""
    links = lambda: page.eval_on_selector_all("main a[href]", "links => links.map(a => a.href.replace(/[?#].*/, ''))")
    led_to = set()
    for path in ["stories/1", "changes/1"]:
        page.goto(record.url + path)
        led_to.update(links())
    for story in [address for address in led_to if "/story/" in address]:
        page.goto(story)
        led_to.update(links())
    most = {}
    for address in sorted(led_to):
        for name, (kind, what) in HOLDING.items():
            if f"/{kind}/" in address:
                if page.url != address:
                    page.goto(address)
                most[name] = max(most.get(name, (0, "")), (page.locator(what).count(), address))
    return {name: address for name, (count, address) in most.items() if count}


def take(page, look, path):
    """One picture."""
    if look == "print":
        page.pdf(path=f"{path}-print.pdf", format="A4", margin={side: "15mm" for side in ["top", "right", "bottom", "left"]})
    else:
        page.screenshot(path=f"{path}-{look}.png", full_page=True)


def unfolded(page, look, path):
    """The same with all open that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    take(page, look, path)


def compared(page, look, path, record):
    """A draft beside the record: an article of it in which every figure is another and nothing is hedged."""
    page.goto(record.url + "compare")
    page.get_by_label(re.compile("The draft")).fill(record.draft)
    page.get_by_role("button", name="Compare").click()
    page.wait_for_load_state()
    take(page, look, path)


def corrected(page, record):
    """Corrects the first statement, so that the log has something to show."""
    page.goto(record.url + "statements/1")
    page.locator("table a[href*='statement/']").first.click()
    form = page.locator("details.correct").first
    form.locator("summary").click()
    form.get_by_label(re.compile("Who speaks")).fill("Ada Quill")
    form.get_by_label("Who says so").fill("A reader")
    form.get_by_label(re.compile("^Why")).fill("The recording has her voice")
    form.get_by_role("button").first.click()
    page.wait_for_load_state()


def read(browser, record, folder):
    """The pages of a record that is served to be read."""
    page = browser.new_page()
    addresses = kinds(page, record) | dict(statements(page, record)) | holding(page, record)
    addresses |= {name: record.url + path for name, path in ASKED.items()}
    record.draft = a_draft(page, addresses)
    for look, options in LOOKS.items():
        page = browser.new_page(**options)
        for name, address in addresses.items():
            page.goto(address)
            take(page, look, folder / name)
        for name in ["article-boilerplate", "search-narrow", "search-empty"]:
            if name in addresses:
                page.goto(addresses[name])
                unfolded(page, look, folder / f"{name}-open")
        compared(page, look, folder / "compare-draft", record)
        focused(page, look, folder / "focus", addresses["statement"])


def focused(page, look, path, address):
    """A page as whoever has no mouse sees it."""
    if look == "print":
        return
    page.goto(address)
    page.keyboard.press("Tab")
    page.screenshot(path=f"{path}-skip-{look}.png")
    for _ in range(10):
        page.keyboard.press("Tab")
    page.screenshot(path=f"{path}-{look}.png")


def a_draft(page, addresses):
    """The text of an article, its figures changed and its doubts left out."""
    page.goto(addresses["article"])
    text = page.locator(".text").inner_text()
    text = re.sub(r"\s*→", "", text)
    text = re.sub(r"\b(about|almost|nearly|some|may|could|might|more than|at least) ", "", text)
    return re.sub(r"\d+", lambda digits: str(int(digits.group()) + 7), text, count=6)


def edited(browser, record, folder):
    """The forms and the log of a record that may be corrected."""
    page = browser.new_page()
    addresses = kinds(page, record)
    corrected(page, record)
    for look, options in LOOKS.items():
        page = browser.new_page(**options)
        page.goto(record.url + "review")
        take(page, look, folder / "review")
        for kind in ["overview", "statement", "speaker", "article"]:
            if kind in addresses:
                page.goto(addresses[kind])
                unfolded(page, look, folder / f"edit-{kind}")


def refused(browser, record, folder):
    """What somebody sees who does not know the token."""
    for look, options in LOOKS.items():
        page = browser.new_page(**options)
        page.goto(record.url)
        take(page, look, folder / "error-token")


def main():
    folder, inputs = Path(sys.argv[1]), sys.argv[2:] or [ROOT / "testdata/sample"]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        token = Path(scratch) / "token"
        token.write_text("a token that nobody guesses")
        ways = {"read": (read, []), "edited": (edited, ["--edit"]), "refused": (refused, ["--token-file", token])}
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, (way, options) in ways.items():
            record = serve(inputs, Path(scratch), name, *options, model="reader")
            try:
                way(browser, record, folder)
            finally:
                record.process.terminate()
        browser.close()


if __name__ == "__main__":
    main()
