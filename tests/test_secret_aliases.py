"""Secrets stay secret if YAML's aliases repeat them under another name."""

from pathlib import Path

import pytest

from helpers import parsed, write
from newslint.cli.app import run
from newslint.documents import read_document
from newslint.records import redact
from newslint.rules.example_records import NEWS_RECORD
from newslint.syntax import Reader
from newslint.testing import fence
from test_trust import COMMANDS, SECRET

SHOWN = [
    "secured: &x {}\ntitle: *x",
    "title: &x {}\nsecured: *x",
    "secured: &x {}\nrelated:\n- title: *x\n  webUrl: https://example.org/a",
    "related:\n- title: &x {}\n  webUrl: https://example.org/a\n  secured: *x",
    "title: &x |\n  {}\n  Alphabetâ€™s\nsecured: *x",
    "title: &x\n  deep: {}\nsecured: *x",
    "secured: &x {{a: {}}}\n<<: *x",
    "secured: &x [{}]\nkeywords: *x",
    "keywords: &x [{}]\nsecured: [*x]",
    "secured: &x {}\n*x : 1",
    "&x {}: 1\nsecured: *x",
    "secured: {{&x {}: 1}}\ntitle: *x",
    "secured: &x {}\nsecured: y\ntitle: *x",
    "<<: {{secured: &x {}}}\nwebUrl: https://example.org/a\ntitle: *x",
]
"""Front matter that shows what is secret, its value left open."""

LOST = "title: &x Alphabetâ€™s {}\nsecured: *x\ntitle: y"
"""Front matter whose lines alone do."""

BROKEN = "\nexcerpt: a: b"
"""What makes front matter unreadable for another reason."""

ELSEWHERE = [
    ["stats", "--select", "all", "--history", "history.jsonl"],
    ["check", "--select", "all", "--report", "html=report"],
]


def written(front_matter: str, secret: str = SECRET) -> str:
    return front_matter.format(secret)


@pytest.mark.parametrize("front_matter", SHOWN)
@pytest.mark.parametrize("share", [False, True])
def test_front_matter_that_shows_a_secret_is_refused(front_matter: str, *, share: bool) -> None:
    text = fence(written(front_matter))
    document = read_document("a.md", text.encode(), Reader(share_fragments=share))
    (problem,) = document.problems
    assert (document.roots, document.source.text, problem.rule) == ((), "", "yaml-syntax")
    line = text.splitlines()[problem.span.start.line - 1]
    assert line[problem.span.start.column - 1 :].startswith(("*x", SECRET, "Alphabet", "|"))


@pytest.mark.parametrize(
    "front_matter",
    [
        f"secured: &x {SECRET}\nrelated:\n- secured: *x",
        f"related:\n- &x\n  title: t\n  secured: {SECRET}\n- *x",
        f"base: &x {{secured: {SECRET}}}\n<<: *x",
        f"secured: {SECRET}\ntitle: &x t\nheadline: *x",
        "title: &x\nsecured: *x",
    ],
)
def test_aliases_that_show_no_secret_are_read(front_matter: str) -> None:
    document = parsed(fence(front_matter))
    assert document.roots
    assert SECRET not in redact(document).text


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(archive)
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(archive.parent / "cache"))
    return archive


def hostile(ending: str) -> dict[str, str]:
    """Return front matter of every kind, by name; `ending` makes it unreadable, unless empty."""
    texts = {}
    for number, front_matter in enumerate([*SHOWN, LOST]):
        if ending and "deep" in front_matter:
            continue  # a mapping over several lines does not look secret unless it can be read
        texts[f"a{number}"] = written(front_matter) + ending
        texts[f"b{number}"] = written(front_matter, f'"{SECRET}â€™s &amp; 1"') + ending
    return texts


@pytest.mark.parametrize("ending", ["", BROKEN], ids=["readable", "unreadable"])
@pytest.mark.parametrize("command", [*COMMANDS, *ELSEWHERE], ids=" ".join)
def test_what_aliases_show_is_in_no_output_and_no_file(
    command: list[str], ending: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = hostile(ending) | {f"clean{number}": NEWS_RECORD for number in range(40)}
    write(here, **texts)
    ended = run(command)
    run(command)  # from the cache of the first run
    told = capsys.readouterr()
    assert ended in {0, 1}, told.err
    assert told.out + told.err
    assert SECRET not in told.out + told.err
    known = {here / f"{name}.md" for name in texts}
    for path in (path for path in here.parent.rglob("*") if path.is_file() and path not in known):
        assert SECRET.encode() not in path.read_bytes()
