"""Articles that hold what would run, lead or mislead: all of it is text."""

import json

import pytest

from conftest import onrecord

RUNS = "<script>window.ran=1;alert(1)</script><img src=x onerror=\"window.ran=1;alert(2)\"><svg onload=alert(3)>"
LEADS = "<a href=\"javascript:window.ran=1\">press here</a> <iframe src=\"https://elsewhere.example/\"></iframe>"
MISLEADS = "safe\u202e txt.exe \u2066hidden\u2069 zero\u200bwidth"
BREAKS_OUT = "\"><style>*{display:none}</style></title></textarea><base href=//elsewhere.example/> onclick=\"alert(4)\""
SAID = f"Minister Orla Venn said on Friday: “We closed {RUNS} the canal {MISLEADS} and 40 barges wait.”"
LONG_LINE = 10_000_000


def article(n, **more):
    row = {
        "id": str(n),
        "outlet": f"Post {n} {BREAKS_OUT} {RUNS}",
        "headline": f"Canal {RUNS} {MISLEADS} {BREAKS_OUT}",
        "url": "javascript:window.ran=1;alert(5)",
        "published": f"2024-05-0{n}",
        "text": f"{SAID}\n\n{LEADS} {BREAKS_OUT}\n\nVenn said the locks {RUNS} would open on Monday.",
    }
    return row | more


@pytest.fixture(scope="module")
def hostile(records, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    rows = [article(1), article(2), article(3, byline=RUNS, language=f"en\" onload=\"alert(6)")]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    escaped = SAID.replace("&", "&amp;").replace("<", "&lt;")
    (folder / "page.html").write_text(
        f"<html><head><title>{BREAKS_OUT}</title><script>window.ran=1</script></head>"
        f"<body onload=\"alert(7)\"><article><h1>Canal closed</h1><p>{escaped}</p><p>{LEADS}</p></article></body></html>"
    )
    line = "<b onclick=alert(8)>Barges wait in the canal</b> "
    (folder / "line.txt").write_text((line * (LONG_LINE // len(line) + 1))[:LONG_LINE])
    return records("hostile", [folder])


@pytest.fixture(scope="module")
def addresses(browser, hostile):
    """Every page that another leads to."""
    page = browser.new_page(java_script_enabled=False)
    seen, ahead = set(), [hostile.url, hostile.url + "search?q=canal", hostile.url + "stories/1", hostile.url + "statements/1"]
    while ahead and len(seen) < 40:
        address = ahead.pop()
        if address in seen:
            continue
        seen.add(address)
        page.goto(address, wait_until="commit")
        hrefs = page.eval_on_selector_all("main a[href]:not([download])", "links => links.map(a => a.href)")
        ahead += [to for href in hrefs if (to := href.split("#")[0]).startswith(hostile.url) and to not in seen]
    page.close()
    return sorted(seen)


def test_nothing_of_an_article_runs_or_leads_away(watch, addresses):
    assert any("/article/" in address for address in addresses) and any("/statement/" in address for address in addresses)
    page = watch()
    for address in addresses:
        page.goto(address)
        assert page.evaluate("window.ran") is None, address
        made = page.evaluate(
            "[...document.querySelectorAll('main script, main img, main iframe, main style, base, main [onclick], main [onload],"
            " [href^=\"javascript:\" i]')].map(e => e.outerHTML.slice(0, 80))"
        )
        assert made == [], address
        attributes = page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).map(a => a.name).filter(n => n.startsWith('on'))"
        )
        assert attributes == [], address


def test_what_would_run_is_shown_as_text(watch, addresses):
    page = watch()
    page.goto(next(address for address in addresses if "/statement/" in address and "?" not in address))
    shown = page.locator("main").inner_text()
    assert "<script>" in shown and "onerror" in shown
    assert "\u202e" not in shown and "U+202E" in shown, "what turns the direction of words is named"


def test_a_line_of_ten_million_characters_is_read_in_parts(watch, hostile):
    page = watch()
    listed = page.request.get(hostile.url + "api/v1/articles?per_page=100").json()["items"]
    long = next(item["article"] for item in listed if "line.txt" in json.dumps(item))
    page.goto(f"{hostile.url}article/{long}")
    assert "<b onclick=alert(8)>" in page.locator(".text").inner_text()
    assert len(page.content()) < 2_000_000
    assert page.locator("nav.pager").is_visible()
    page.goto(f"{hostile.url}article/{long}?at=9000000-9000010#at")
    assert page.locator(".text .m.at").count() > 0


def test_the_same_holds_of_files(watch, hostile, tmp_path):
    onrecord("export", "--record", hostile.path, "--format", "site", "--out", tmp_path)
    page = watch()
    files = [path for path in sorted(tmp_path.rglob("*.html")) if path.stat().st_size < 1_000_000]
    assert len(files) > 5
    for path in files[:40]:
        page.goto(path.as_uri())
        assert page.evaluate("window.ran") is None, path
        assert page.locator("main script, main img, main iframe, base, main [onclick]").count() == 0, path
