"""The report does not depend on processes, the cache, the order of files or hashes."""

import random
import re
from pathlib import Path

import pytest
from archive import REAL, Archive

from processes import environment, newslint

FORMATS = ("json", "sarif", "text")
BROKEN = ("broken.md", "---\ntitle: a: b: c\n---\n")


CASES = Path(__file__).parents[1] / "cases"
SETTINGS = """
today = 2026-01-31
select = ["all"]

[[overrides]]
paths = ["[!m]*.md"]  # most cases lack fields: two thirds of all diagnostics
ignore = ["missing-field", "missing-image"]
"""


def folded(text: str) -> str:
    """Return front matter with headlines and excerpts of several lines."""
    return re.sub(
        r'^( *(?:- )?)(title|excerpt): "(\w+ \w+ \w+) (.*)"$',
        lambda match: f'{match[1]}{match[2]}: "{match[3]}\n{" " * len(match[1])}  {match[4]}"',
        text,
        flags=re.MULTILINE,
    )


def files() -> dict[str, bytes]:
    """Return records that share most of their entries, and the records of all rules' cases."""
    archive = Archive(records=30, related=8, rates=REAL.times(10))
    found = {name: text.encode() for name, text in [*archive.files(), BROKEN]}
    found |= {f"f-{name}": folded(data.decode()).encode() for name, data in found.items()}
    cases = sorted(CASES.glob("*/*/*.md"))
    return found | {"-".join(path.parts[-3:]): path.read_bytes() for path in cases}


def write_shuffled(folder: Path, seed: int) -> None:
    """Write an archive, its files in another order."""
    found = list(files().items())
    random.Random(seed).shuffle(found)
    folder.mkdir()
    (folder / "newslint.toml").write_text(SETTINGS)
    for name, data in found:
        (folder / name).write_bytes(data)


def report(folder: Path, format_: str, *options: str, seed: str) -> bytes:
    """Run newslint in a process, and return its output."""
    env = environment(PYTHONHASHSEED=seed, NEWSLINT_CACHE_DIR=str(folder.parent / "cache"))
    ended = newslint("check", "--format", format_, *options, cwd=folder, env=env)
    assert ended.returncode == 1, ended.stderr
    return ended.stdout.encode()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the reports of one process without a cache, by format."""
    folder = tmp_path_factory.mktemp("expected") / "archive"
    write_shuffled(folder, 0)
    options = ("--no-cache", "--jobs", "1", "--report", "json=json", "--report", "sarif=sarif")
    reports = {"text": report(folder, "text", *options, seed="0")}
    reports |= {name: (folder / name).read_bytes() for name in FORMATS[:2]}
    assert len(reports["json"]) > 20_000
    return reports


@pytest.mark.parametrize(
    ("jobs", "seed", "formats"),
    [
        ("1", "random", "json sarif json"),
        ("2", "1", "sarif text sarif"),
        ("8", "0", "text json text"),
    ],
)
def test_reports_are_the_same_cold_warm_and_replayed(
    jobs: str, seed: str, formats: str, expected: dict[str, bytes], tmp_path: Path
) -> None:
    """Write a format with an empty cache, another with a full one, and the first one again."""
    folder = tmp_path / "archive"
    write_shuffled(folder, int(jobs))
    for name in formats.split():
        assert report(folder, name, "--jobs", jobs, seed=seed) == expected[name]
