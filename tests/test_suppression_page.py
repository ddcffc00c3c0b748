"""Tests of the examples on the suppression page."""

import re
from pathlib import Path

import pytest

from helpers import check, write

PAGE = Path(__file__).parent.parent / "docs" / "suppression.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_silences_what_its_comments_name(example: str, archive: Path) -> None:
    write(archive, a=example)
    report = check(archive, select=("text", "images", "missing-field", "own"))
    named = set(re.findall(r"[\w-]+(?=[,\]])", " ".join(re.findall(r"ignore.*?\]", example))))
    silenced = {each.diagnostic.rule for each in report.suppressed}
    assert silenced <= named | {"mojibake", "html-entity"}
    assert named - {"text"} <= silenced
    assert not {"mojibake", "html-entity", "unused-suppression"} & report.by_rule.keys()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 5
