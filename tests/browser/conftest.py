"""Records that are served while the tests run, and a reader who notes whatever a page does that it should not."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("ONRECORD_PROGRAM", ROOT / "target/release/onrecord")).resolve()
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
GOLD = ROOT / "../shared/eval/gold_stories/articles"
LOOPBACK = {"127.0.0.1", "localhost"}


def onrecord(*arguments):
    """Runs the program; returns what it answers."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


@dataclass
class Record:
    """A record that is served."""

    path: Path
    url: str
    process: subprocess.Popen = field(repr=False)


def serve(inputs, folder, name, *options, model="rules"):
    """Builds a record of some inputs and serves it. The rules alone read them in tests: what pages do does not hang on the network."""
    path = folder / f"{name}.onrecord"
    onrecord("build", *inputs, "--model", model, "--record", path)
    process = subprocess.Popen(
        [PROGRAM, "serve", path, "--listen", "127.0.0.1:0", *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return Record(path, process.stdout.readline().strip(), process)


@pytest.fixture(scope="session")
def records(tmp_path_factory):
    """Makes records by name, each once; all end with the tests."""
    folder, made = tmp_path_factory.mktemp("records"), {}

    def of(name, inputs):
        if name not in made:
            made[name] = serve(inputs, folder, name)
        return made[name]

    yield of
    for record in made.values():
        record.process.terminate()
        record.process.wait(10)


@pytest.fixture(scope="session")
def sample(records):
    """The record of the articles that come with the program."""
    return records("sample", [ROOT / "testdata/sample"])


@pytest.fixture(scope="session")
def running():
    """Servers that end with the tests: one that ended with its test would cut off pages that are still being read."""
    processes = []
    yield processes
    for process in processes:
        process.terminate()
        process.wait(10)


@pytest.fixture
def edited(tmp_path, running):
    """The articles of the sample as a record of its own that may be corrected."""
    record = serve([ROOT / "testdata/sample"], tmp_path, "edited", "--edit")
    running.append(record.process)
    return record


@pytest.fixture(scope="session", params=["sample", "gold"])
def record(request, records, sample):
    """The sample, and where they are there the articles of the stories that were read by hand."""
    if request.param == "sample":
        return sample
    if not GOLD.is_dir():
        pytest.skip("the stories that were read by hand are not there")
    return records("gold", [GOLD])


@pytest.fixture(scope="session")
def browser():
    """The distribution's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Watched:
    """A page, and the faults that it shows while it is read."""

    def __init__(self, context):
        self.faults = []
        context.route("**/*", self._let_through)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        self.page = context.new_page()
        self.page.on("console", self._said)
        self.page.on("dialog", self._asked)

    def _let_through(self, route):
        to = urlsplit(route.request.url)
        if to.scheme in ("file", "data", "blob") or to.hostname in LOOPBACK:
            return route.continue_()
        self.faults.append(f"asks elsewhere: {route.request.url}")
        return route.abort()

    def _said(self, message):
        # Chromium reports here what a Content-Security-Policy stops.
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")

    def _asked(self, dialog):
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def watch(browser):
    """Opens pages as somebody reads them; no fault may have shown when the test ends."""
    contexts, watched = [], []

    def opened(scripts=True, **options):
        context = browser.new_context(java_script_enabled=scripts, **options)
        context.set_default_timeout(8000)
        contexts.append(context)
        watched.append(Watched(context))
        return watched[-1].page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for one in watched for fault in one.faults] == []


KINDS = ["story", "statement", "figure", "speaker", "theme", "article"]


def kinds(page, record):
    """An address of every kind of page: those that most pages lead to."""
    seen = {}

    def look(addresses):
        for address in addresses:
            page.goto(address)
            for href in page.eval_on_selector_all("main a[href]", "links => links.map(a => a.href)"):
                to = re.sub(r"[?#].*", "", href)
                seen[to] = seen.get(to, 0) + 1

    look(record.url + path for path in ["", "stories/1", "statements/1"])
    # Series and articles are led to from stories and statements.
    look(sorted(address for address in seen if re.search("/(story|statement)/", address))[-16:])
    found = {"overview": record.url}
    for kind in KINDS:
        of_kind = [address for address in seen if f"/{kind}/" in address]
        if of_kind:
            found[kind] = max(of_kind, key=lambda address: (seen[address], address))
    for name, path in [("search", "search?q=said"), ("stories", "stories/1"), ("statements", "statements/1"), ("api", "api")]:
        found[name] = record.url + path
    return found

