"""The set-up of measurements: the command, the archives, the number of rounds."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from archive import Archive
from measuring import BrokenRunError, Cost, measured
from shape import Shape

HERE = Path(__file__).parent
_DONE = ".complete"


@dataclass(frozen=True)
class Lab:
    """The set-up of measurements.

    Attributes:
        work: Folder of generated archives, of reports and of caches.
        records: How many records the archives have.
        rounds: How often each command is measured.
        wanted: Keys of the rows to measure; empty for all.
        given: An archive to measure instead of the one with repetition.
        quick: Whether small sizes will do.
    """

    work: Path
    records: int = 5000
    rounds: int = 3
    wanted: frozenset[str] = frozenset()
    given: Path | None = None
    quick: bool = False

    @cached_property
    def newslint(self) -> tuple[str, ...]:
        """The command that starts newslint."""
        script = Path(sys.executable).with_name("newslint")
        return (str(script),) if script.exists() else (sys.executable, "-m", "newslint")

    @cached_property
    def has_cache(self) -> bool:
        """Whether newslint knows a cache."""
        return "--no-cache" in _run([*self.newslint, "check", "--help"]).stdout

    def wants(self, key: str) -> bool:
        """Check whether a row is to be measured."""
        return not self.wanted or key in self.wanted

    def archive(self, archive: Archive) -> Path:
        """Return the folder of a generated archive, which is written if it does not exist."""
        code = b"".join((HERE / name).read_bytes() for name in ("archive.py", "prose.py"))
        name = hashlib.sha256(repr(archive).encode() + code).hexdigest()[:12]
        folder = self.work / f"archive-{archive.records}-{archive.related}-{name}"
        if not (folder / _DONE).exists():
            say(f"generating {archive.records:,} records with {archive.related} related entries")
            shutil.rmtree(folder, ignore_errors=True)
            archive.write(folder)
            _settle(folder)
            (folder / _DONE).touch()
        return folder

    def copy_of(self, given: Path) -> Path:
        """Return the folder of a copy of an archive, which may be changed."""
        folder = self.work / "given"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(given, folder)
        _settle(folder)
        return folder

    def check(
        self, folder: Path, *options: str, cache: Path | None = None, watch: bool = False
    ) -> Cost:
        """Measure a check of an archive, with the report written to a file."""
        known = ("--cache-dir", str(cache)) if cache else ("--no-cache",) * self.has_cache
        report = ("--output", str(self.work / "report"))
        command = [*self.newslint, "check", ".", *report, *known, *options]
        return measured(command, folder, watch=watch)

    def summary(self, folder: Path) -> str:
        """Describe the content of an archive in a sentence."""
        return f"{shape_of(folder)}; {self.diagnostics(folder):,} diagnostics"

    def diagnostics(self, folder: Path) -> int:
        """Return how many diagnostics there are in an archive."""
        command = [*self.newslint, "check", ".", "--exit-zero", "--output", "/dev/null"]
        said = _run(command, folder).stderr
        found = re.match(r"([\d,]+) diagnostic", said)
        return int(found[1].replace(",", "")) if found else 0


def shape_of(folder: Path) -> Shape:
    """Return the shape of an archive, found by a process of its own (see `measured`)."""
    said = _run([sys.executable, str(HERE / "shape.py"), "--json", str(folder)])
    return Shape(**json.loads(said.stdout))


def _run(command: Sequence[str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command and return its output.

    Raises:
        BrokenRunError: It failed.
    """
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 # our own
    if done.returncode:
        raise BrokenRunError(done.stderr)
    return done


def _settle(folder: Path) -> None:
    """Make an archive its own project, so that no settings above it count."""
    (folder / "newslint.toml").touch()


def yardstick(folder: Path) -> Cost:
    """Measure the parsing of an archive's front matter, inside a process of its own."""
    said = _run([sys.executable, str(HERE / "yardstick.py"), str(folder)])
    return Cost(**json.loads(said.stdout))


def say(sentence: str) -> None:
    """Print progress on stderr."""
    print(f"bench: {sentence}", file=sys.stderr, flush=True)
