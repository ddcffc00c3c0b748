"""Fixtures of the tests of the language server."""

from pathlib import Path

import pytest

from helpers import write

A = "title: One story\nwebUrl: https://a.example/a\n"
B = "title: Two stories\nwebUrl: https://a.example/b\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Write an archive of two good records, with settings that select few rules."""
    folder = tmp_path.resolve() / "archive"
    folder.mkdir()
    (folder / "newslint.toml").write_text('select = ["text", "references", "yaml-syntax"]\n')
    write(folder, a=A, b=B)
    return folder
