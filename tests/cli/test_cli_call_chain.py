"""The way from the command line to a rule is short."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.rules.api import Diagnostic, Text
from newslint.rules.text.mojibake import Mojibake

MAX_FRAMES = 12
MAX_MODULES = 8


def test_few_frames_lie_between_the_command_and_a_rule(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(archive, a="title: Alphabetâ€™s cloud")
    frames: list[tuple[str, str]] = []
    check = Mojibake.check

    def record_frames(self: Mojibake, text: Text) -> Iterator[Diagnostic]:
        frame = sys._getframe()  # noqa: SLF001 # frames are what this is about
        while frame is not None and frame.f_code.co_name != "command":
            frames.append((frame.f_globals["__name__"], frame.f_code.co_name))
            frame = frame.f_back
        yield from check(self, text)

    monkeypatch.setattr(Mojibake, "check", record_frames)
    monkeypatch.chdir(archive)
    assert run(["check", "--jobs", "1", "--cache-dir", str(tmp_path / "caches")]) == 1
    own = [each for each in frames if each[0].startswith("newslint.")]
    assert own
    assert len(own) + 2 <= MAX_FRAMES  # and `command` and `check`, which is replaced here
    assert len({module for module, _ in own}) + 1 <= MAX_MODULES
