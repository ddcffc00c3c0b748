"""Archives that contain a secret in every spelling, and commands that must not show it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from newslint.cli.app import run
from test_secret_aliases import ELSEWHERE
from test_trust import COMMANDS, SECRET

EVERY_COMMAND = [*COMMANDS, *ELSEWHERE]
Write = Callable[[Path], object]


class SpelledSecrets(NamedTuple):
    """An archive in a folder of its own, beside its cache.

    Attributes:
        folder: The root of the project.
        files: The files with secrets.
    """

    folder: Path
    files: frozenset[Path]

    @classmethod
    def create(cls, parent: Path, write: Write) -> "SpelledSecrets":
        """Create an archive that `write` fills."""
        folder = parent / "archive"
        folder.mkdir()
        (folder / "newslint.toml").touch()
        write(folder)
        return cls(folder, frozenset(folder.iterdir()))

    def run(self, command: list[str], patch: pytest.MonkeyPatch) -> int:
        """Run a command in the archive, and return its exit status."""
        patch.chdir(self.folder)
        patch.setenv("NEWSLINT_CACHE_DIR", str(self.folder.parent / "cache"))
        return run(command)

    def hold_secret(self) -> None:
        """Assert that no other file contains the secret, and remove those in the archive."""
        for path in self.folder.parent.rglob("*"):
            if path.is_file() and path not in self.files:
                assert SECRET.encode() not in path.read_bytes(), path
        for path in {*self.folder.iterdir()} - self.files:
            path.unlink()


def is_read_only(command: list[str]) -> bool:
    """Check that a command leaves records and settings as they are."""
    return "--diff" in command or not {"--fix", "baseline"} & {*command}
