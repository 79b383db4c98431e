"""The interface for programs, by the tools of its own world: its document is valid, and nothing that is asked of it fails inside."""

import json
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from openapi_spec_validator import validate


def test_the_document_is_valid(sample):
    with urlopen(sample.url + "api/v1/openapi.json", timeout=10) as answer:
        document = json.load(answer)
    assert document["openapi"].startswith("3.1")
    validate(document)


def ask_everything(url, folder):
    """Schemathesis asks every path with what its shape allows and with what it does not; the seed keeps the questions the same."""
    schemathesis = Path(sys.executable).with_name("schemathesis")
    asked = subprocess.run(
        [schemathesis, "run", url + "api/v1/openapi.json", "--checks", "not_a_server_error,content_type_conformance,status_code_conformance",
         "--phases", "examples,coverage,fuzzing", "--max-examples", "12", "--seed", "7", "--no-color"],
        capture_output=True, text=True, timeout=240, cwd=folder,
    )
    assert asked.returncode == 0, asked.stdout[-4000:] + asked.stderr[-1000:]


def test_no_question_makes_it_fail(sample, tmp_path):
    ask_everything(sample.url, tmp_path)


def test_no_correction_makes_it_fail(edited, tmp_path):
    """What stands in no article is refused: the record is the same after all that was sent."""
    ask_everything(edited.url, tmp_path)
    with urlopen(edited.url + "api/v1/corrections", timeout=10) as answer:
        assert json.load(answer)["total"] == 0
