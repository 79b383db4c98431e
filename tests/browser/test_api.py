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


def test_no_question_makes_it_fail(sample, tmp_path):
    """Schemathesis asks every path with what its shape allows and with what it does not; the seed keeps the questions the same."""
    schemathesis = Path(sys.executable).with_name("schemathesis")
    asked = subprocess.run(
        [schemathesis, "run", sample.url + "api/v1/openapi.json", "--checks", "not_a_server_error,content_type_conformance",
         "--phases", "examples,coverage,fuzzing", "--max-examples", "12", "--seed", "7", "--no-color"],
        capture_output=True, text=True, timeout=240, cwd=tmp_path,
    )
    assert asked.returncode == 0, asked.stdout[-4000:] + asked.stderr[-1000:]
