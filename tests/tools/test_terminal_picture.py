"""The picture in README, which is drawn from the report that newslint prints."""

import sys
from pathlib import Path

import pytest

from helpers import Golden


def test_the_picture_shows_what_newslint_prints(
    repository: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(repository / "tools"))
    monkeypatch.delitem(sys.modules, "terminal_picture", raising=False)
    import terminal_picture

    picture = terminal_picture.draw()
    golden(repository / "docs" / "terminal.svg", picture)
    assert "quality is 86, but 84" in picture.replace("&#160;", " ")
    assert "https://" not in picture.replace('xmlns="http', "")
