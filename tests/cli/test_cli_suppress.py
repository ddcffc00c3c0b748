"""`newslint suppress`, on real folders."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import fence
from newslint.cli.app import run

Run = Callable[..., tuple[int, str, str]]

RECORD = """\
---
title: "Alphabetâ€™s
  cloud"  # by hand
excerpt: |
  The Alphabetâ€™s cloud.
topics: [AI,
  "R&amp;D"]
secured: TopSecret
related:
  - title: "Metaâ€™s
      cloud"
    excerpt: "R&amp;D â€™"
---
"""
SILENCED = """\
---
title: "Alphabetâ€™s
  cloud"  # by hand  # newslint: ignore[mojibake]
excerpt: |  # newslint: ignore[mojibake]
  The Alphabetâ€™s cloud.
topics: [AI,
  "R&amp;D"]  # newslint: ignore[html-entity]
secured: TopSecret
related:
  - title: "Metaâ€™s
      cloud"  # newslint: ignore[mojibake]
    excerpt: "R&amp;D â€™"  # newslint: ignore[html-entity, mojibake]
---
"""
TEXT = ("--select", "mojibake,html-entity,byte-order-mark")


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command in the archive, which contains a broken record."""
    (archive / "a.md").write_bytes(RECORD.encode())
    monkeypatch.chdir(archive)
    monkeypatch.setenv("COLUMNS", "80")

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


def now(name: str = "a.md") -> str:
    return Path(name).read_bytes().decode()


def test_it_adds_comments_and_nothing_else(newslint: Run) -> None:
    assert newslint("suppress", *TEXT) == (0, "Suppressed 6 diagnostics in 1 file\n", "")
    assert now() == SILENCED


def test_nothing_is_reported_afterwards(newslint: Run) -> None:
    newslint("suppress", "--select", "all")
    status, out, _ = newslint("check", "--select", "all", "--fail-level", "info")
    assert (status, out.split(", ")[0]) == (0, "No diagnostics in 1 document")


def test_a_second_time_it_changes_nothing(newslint: Run) -> None:
    newslint("suppress", "--select", "all", "--reason", "as it was")
    before = now()
    assert newslint("suppress", "--select", "all")[1] == "Suppressed 0 diagnostics in 0 files\n"
    assert now() == before


def test_a_reason_is_written_down(newslint: Run) -> None:
    newslint("suppress", *TEXT, "--reason", " bought as it is ")
    assert "\nexcerpt: |  # newslint: ignore[mojibake] -- bought as it is\n" in now()


@pytest.mark.parametrize("reason", ["two\nlines", "a\x1bb", "\u2028"])
def test_a_reason_is_one_line(reason: str, newslint: Run) -> None:
    status, out, err = newslint("suppress", "--reason", reason)
    assert (status, out) == (2, "")
    assert "it must be one line of printable text" in err
    assert now() == RECORD


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_a_diff_is_shown_and_nothing_written(option: str, newslint: Run) -> None:
    status, out, err = newslint("suppress", *TEXT, option)
    assert (status, err) == (0, "Would suppress 6 diagnostics in 1 file\n")
    assert out.startswith(
        "--- a.md\n+++ a.md\n@@ -1,13 +1,13 @@\n ---\n"
        ' title: "Alphabetâ€™s\n-  cloud"  # by hand\n-excerpt: |\n'
        '+  cloud"  # by hand  # newslint: ignore[mojibake]\n'
    )
    assert "TopSecret" not in out
    assert now() == RECORD


def test_a_diff_contains_no_control_sequences(newslint: Run) -> None:
    Path("a.md").write_bytes(fence('x: "\x9b"\ntitle: "R&amp;D"').encode())
    _, out, _ = newslint("suppress", "--diff", *TEXT)
    assert "\\x9b" in out
    assert "\x9b" not in out


def test_only_selected_rules_are_suppressed(newslint: Run) -> None:
    newslint("suppress", "--select", "mojibake,html-entity", "--ignore", "mojibake")
    assert now().count("# newslint: ignore[html-entity]\n") == 2
    assert "mojibake" not in now()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'title: "â€™" # newslint: ignore[html-entity]',
            'title: "â€™" # newslint: ignore[html-entity, mojibake]',
        ),
        (
            '# newslint: ignore[html-entity] -- so\ntitle: "â€™"',
            '# newslint: ignore[html-entity, mojibake] -- so\ntitle: "â€™"',
        ),
        (
            '# newslint: ignore[dates]\nprovider:\n  name: "â€™"',
            '# newslint: ignore[dates]\nprovider:\n  name: "â€™"  # newslint: ignore[mojibake]',
        ),
        (
            'a: "â€™" # newslint: ignore[html-entity] # by hand',
            'a: "â€™" # newslint: ignore[html-entity, mojibake] # by hand',
        ),
    ],
)
def test_names_are_added_to_a_comment_that_covers_just_this(
    before: str, after: str, newslint: Run
) -> None:
    Path("a.md").write_bytes(fence(before).encode())
    assert newslint("suppress", "--select", "mojibake")[0] == 0
    assert now() == fence(after)


def test_a_comment_with_another_reason_stays_as_it_is(newslint: Run) -> None:
    Path("a.md").write_bytes(fence('a: "â€™" # newslint: ignore[dates] -- so').encode())
    newslint("suppress", "--select", "mojibake", "--reason", "bought")
    assert now() == fence(
        'a: "â€™" # newslint: ignore[dates] -- so  # newslint: ignore[mojibake] -- bought'
    )
    assert newslint("check", "--select", "mojibake")[0] == 0


def test_diagnostics_of_the_file_are_suppressed_at_its_top(newslint: Run) -> None:
    text = "\ufeff---\r\ntitle: x\r\n---\r\nR&amp;D â€™\r\n"
    Path("a.md").write_bytes(text.encode())
    assert newslint("suppress", *TEXT, "--reason", "old")[0] == 0
    comment = "# newslint: ignore-file[byte-order-mark, mojibake] -- old"
    assert now() == f"\ufeff---\r\n{comment}\r\ntitle: x\r\n---\r\nR&amp;D â€™\r\n"


def test_a_comment_for_the_whole_file_takes_more_names(newslint: Run) -> None:
    Path("a.md").write_bytes(
        fence("title: x\n# newslint: ignore-file[dates]").encode() + "â€™".encode()
    )
    assert newslint("suppress", *TEXT)[1] == (
        "Suppressed 1 diagnostic in 1 file ('ignore-file' silences rules in the whole of 1 file)\n"
    )
    assert now() == fence("title: x\n# newslint: ignore-file[dates, mojibake]") + "â€™"


def test_a_comment_goes_above_a_line_that_cannot_end_in_one(newslint: Run) -> None:
    Path("a.md").write_bytes(fence('a:\n  - b: ["â€™\n      x", "â€™\n     x"]\n    c: d').encode())
    newslint("suppress", *TEXT)
    assert now() == fence(
        'a:\n  # newslint: ignore[mojibake]\n  - b: ["â€™\n      x", "â€™\n     x"]'
        "  # newslint: ignore[mojibake]\n    c: d"
    )


def test_yaml_files_are_front_matter_as_a_whole(newslint: Run) -> None:
    Path("a.md").unlink()
    Path("b.yaml").write_bytes('title: "â€™"'.encode())
    Path("c.yaml").write_bytes(b"title: a: b")
    assert newslint("suppress", "--select", "mojibake,yaml-syntax")[0] == 0
    assert now("b.yaml") == 'title: "â€™"  # newslint: ignore[mojibake]'
    assert now("c.yaml") == "# newslint: ignore-file[yaml-syntax]\ntitle: a: b"
    assert newslint("check")[0] != 2


def test_files_without_front_matter_are_named_and_left_alone(newslint: Run) -> None:
    Path("bare.md").write_bytes(b"no record")
    Path("open.md").write_bytes(b"---\ntitle: x\n")
    status, out, err = newslint("suppress", "--select", "mojibake,file")
    assert (status, out) == (1, "Suppressed 4 diagnostics in 1 file; 2 left\n")
    assert err == (
        "bare.md: unchanged: no front matter for comments\n"
        "open.md: unchanged: no front matter for comments\n"
    )
    assert now("bare.md") == "no record"


def test_problems_of_comments_are_not_suppressed(newslint: Run) -> None:
    text = fence("title: x # newslint: ignore[mojibake]\nb: c # newslint: ingore[x]")
    Path("a.md").write_bytes(text.encode())
    status, out, _ = newslint("suppress", "--select", "text,own")
    assert (status, out) == (1, "Suppressed 0 diagnostics in 0 files; 2 left\n")
    assert now() == text


def test_the_permissions_of_a_file_stay_and_links_are_followed(newslint: Run) -> None:
    Path("real").mkdir()
    Path("a.md").rename("real/a.txt")
    Path("real/a.txt").chmod(0o640)
    Path("a.md").symlink_to("real/a.txt")
    newslint("suppress", "a.md", *TEXT)
    assert Path("a.md").is_symlink()
    assert now("real/a.txt") == SILENCED
    assert stat.S_IMODE(Path("real/a.txt").stat().st_mode) == 0o640
    assert sorted(map(str, Path().iterdir())) == ["a.md", "newslint.toml", "real"]


def test_diagnostics_of_the_baseline_are_not_suppressed(newslint: Run) -> None:
    newslint("baseline", "create", "--baseline", "known", "--select", "html-entity")
    newslint("suppress", *TEXT, "--baseline", "known")
    assert "html-entity" not in now()
    assert newslint("check", *TEXT, "--baseline", "known")[0] == 0


def test_stdin_is_no_file_to_add_comments_to(newslint: Run) -> None:
    status, out, err = newslint("suppress", "-")
    assert (status, out) == (2, "")
    assert "comments cannot be added to text from stdin; name a file" in err


@pytest.mark.parametrize("arguments", [["nowhere"], ["--select", "nonsense"], [""]])
def test_wrong_usage_is_an_error(arguments: list[str], newslint: Run) -> None:
    status, out, err = newslint("suppress", *arguments)
    assert (status, out) == (2, "")
    assert err


def test_a_rule_that_fails_makes_an_error_of_the_run(
    newslint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.rules.text.mojibake import Mojibake

    def fail(_rule: Mojibake, _text: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(Mojibake, "check", fail)
    monkeypatch.setenv("NEWSLINT_NO_CACHE", "1")  # a cache goes by code as it is on the disk
    status, out, err = newslint("suppress", *TEXT)
    assert (status, out.split(";")[0]) == (2, "Suppressed 2 diagnostics in 1 file")
    assert err == "Error: a rule failed, so its diagnostics are not suppressed: see rule-crashed\n"


def test_help_fits_eighty_columns(newslint: Run) -> None:
    status, out, _ = newslint("suppress", "--help")
    assert status == 0
    assert max(map(len, out.splitlines())) <= 80
