"""Pictures of every kind of page, for people to look at: `python tests/browser/shots.py DIR [ADDRESS OF A SERVED RECORD]`.

Each in light, dark, on a telephone, and printed.
"""

import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

from conftest import CHROMIUM, ROOT, kinds, serve

LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1100, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1100, "height": 900}},
    "360": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
    "print": {"color_scheme": "light", "viewport": {"width": 720, "height": 1020}},
}


def shots(record, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        addresses = kinds(page, record)
        for look, options in LOOKS.items():
            page = browser.new_page(**options)
            page.emulate_media(media="print" if look == "print" else "screen")
            for kind, address in addresses.items():
                page.goto(address)
                page.screenshot(path=folder / f"{kind}-{look}.png", full_page=True)
        browser.close()


def main():
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        return shots(SimpleNamespace(url=sys.argv[2].rstrip("/") + "/"), folder)
    with tempfile.TemporaryDirectory() as scratch:
        record = serve([ROOT / "testdata/sample"], Path(scratch), "sample")
        try:
            shots(record, folder)
        finally:
            record.process.terminate()


if __name__ == "__main__":
    main()
