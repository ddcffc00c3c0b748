"""Limits of input and output: each is reported and can be set."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import check, write
from newslint.cli.app import run
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.rules.example_records import NEWS_RECORD
from newslint.settings.settings import Settings
from newslint.settings.tables import LimitsTable
from newslint.syntax import Limits, Reader

BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]"
TOO_MUCH = {
    "file-size": (
        40,
        "title: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "52 bytes are more than the limit of 40 bytes",
    ),
    "line": (9, "title: xxxx", "a line of more than 9 characters"),
    "depth": (3, "a: [[[x]]]", "values are nested deeper than 3 levels"),
    "nodes": (5, "a: [b, c, d, e]", "more than 5 values, with aliases expanded"),
    "aliases": (20, BOMB, "aliases expand to more than 20 values"),
    "entries": (2, "related:\n- title: x\n- title: x\n- title: x", "a list of more than 2 entries"),
}
"""By limit: what is set, front matter that is more than that, and what is said of it."""

Check = Callable[..., tuple[int, str, str]]


def set_to(archive: Path, name: str, value: int) -> None:
    (archive / "newslint.toml").write_text(f"limits.{name} = {value}\n")


def told(archive: Path) -> list[str]:
    found = check(archive, select=("file",)).diagnostics
    assert all(each.severity == "error" for each in found)
    return [each.message for each in found]


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_is_told_where_it_is_set(name: str, archive: Path) -> None:
    most, text, message = TOO_MUCH[name]
    write(archive, a=text, b="title: x")
    assert told(archive) == []
    set_to(archive, name, most)
    (found,) = told(archive)
    assert found.startswith(message)
    assert check(archive).records == 1


@pytest.mark.parametrize(
    ("name", "most", "text"),
    [
        ("file-size", 17, "title: x"),
        ("line", 8, "title: x\nb: c"),
        ("depth", 4, "a: [[[x]]]"),
        ("nodes", 7, "a: [b, c, d, e]"),
        ("aliases", 51, BOMB),
        ("entries", 3, "related:\n- title: x\n- title: x\n- title: x"),
    ],
)
def test_as_much_as_is_set_is_read(name: str, most: int, text: str, archive: Path) -> None:
    write(archive, a=text)
    set_to(archive, name, most)
    assert told(archive) == []
    set_to(archive, name, most - 1)
    assert len(told(archive)) == 1


@pytest.mark.parametrize("name", TOO_MUCH)
def test_fragments_and_files_as_a_whole_have_the_same_limits(name: str) -> None:
    most, text, _ = TOO_MUCH[name]
    limits = Limits()._replace(**{name.replace("-", "_"): most})
    for given in (text, f"related:\n- title: x\n  quality: 1\n- {{}}\n{text}"):
        pieces, whole = (
            Reader(limits, share_fragments=share, min_entry_length=0) for share in (True, False)
        )
        assert pieces.read(given)[1] == whole.read(given)[1]


def test_a_text_from_elsewhere_has_the_limits_of_a_file(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_to(archive, "file-size", 10)
    monkeypatch.chdir(archive)
    with (archive / "text").open("wb+") as file:
        file.write(b"---\ntitle: x\n---\n")
        file.seek(0)
        monkeypatch.setattr("sys.stdin", _Stdin(file))
        assert run(["check", "-", "--format", "concise", "--select", "file"]) == 1
    assert "unreadable-file 17 bytes are more than the limit of 10 bytes" in capsys.readouterr().out


class _Stdin:
    def __init__(self, buffer: object) -> None:
        self.buffer = buffer


def test_every_limit_of_a_file_can_be_set() -> None:
    fields = {field.replace("_", "-") for field in Limits._fields}
    assert {*TOO_MUCH} == fields
    assert {*LimitsTable.model_fields} - {"diagnostics"} == {*Limits._fields}
    assert Settings().limits.file_limits() == Limits()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limits.depth = 251", "'limits.depth': input should be less than or equal to 250"),
        ("limits.depth = 0", "'limits.depth': input should be greater than or equal to 1"),
        ("limits.dept = 9", "unknown setting 'dept'; did you mean 'depth'?"),
        ("limits = 9", "'limits': expected a table"),
        ("limits.nodes = 'x'", "'limits.nodes': "),
    ],
)
def test_limits_that_cannot_be_used_are_told(
    text: str, message: str, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive / "newslint.toml").write_text(text)
    assert run(["check", str(archive)]) == 2
    assert message in capsys.readouterr().err


def test_limits_of_extended_settings_are_merged_one_by_one(archive: Path) -> None:
    (archive / "house.toml").write_text("limits = {depth = 3, nodes = 5}\n")
    (archive / "newslint.toml").write_text("extends = 'house.toml'\nlimits.nodes = 50\n")
    write(archive, a="a: [b, c, d, e]", b="a: [[[x]]]")
    assert told(archive) == ["values are nested deeper than 3 levels"]


def test_values_may_be_nested_as_deeply_as_can_be_set(archive: Path) -> None:
    set_to(archive, "depth", 250)
    deep = "[" * 248 + "x" + "]" * 248
    write(archive, a=f"title: Aâ€™s\nrelated: {deep}", b=f"title: {deep}")
    for arguments in ([], ["--format", "json"], ["--fix", "--unsafe-fixes"]):
        assert run(["check", str(archive), "--select", "all", *arguments]) == 1


@pytest.fixture
def checked(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """Check an archive with five broken titles, of which reports list two."""
    set_to(archive, "diagnostics", 2)
    monkeypatch.chdir(archive)
    monkeypatch.setenv("COLUMNS", "100")
    for name in "abcde":
        write(archive, **{name: f"title: Alphabetâ€™s {name}"})

    def checked(*arguments: str) -> tuple[int, str, str]:
        status = run(["check", "--select", "mojibake", *arguments])
        told = capsys.readouterr()
        return status, told.out, told.err

    return checked


MORE = (
    "and 3 more of mojibake: 'diagnostics' in [limits] of the settings says how many are listed\n"
)


def test_of_a_rule_with_too_much_to_say_the_first_are_listed_and_the_rest_counted(
    checked: Check,
) -> None:
    status, out, err = checked()
    assert (status, err) == (1, "")
    assert out.count(" error mojibake") == 2
    assert "a.md:2:16 error mojibake" in out
    assert "2 diagnostics (2 errors)" in out
    assert out.endswith(f"{MORE}Quality gate failed: 5 errors (limit 0)\n")


def test_the_json_report_counts_what_it_does_not_list(checked: Check) -> None:
    status, out, err = checked("--format", "json")
    report = json.loads(out)
    assert (status, err) == (1, f"newslint: {MORE}")
    assert [each["path"] for each in report["diagnostics"]] == ["a.md", "b.md"]
    assert report["summary"]["diagnostics"] == 2
    assert report["summary"]["omitted"] == {"mojibake": 3}


def test_formats_without_a_place_for_it_leave_it_to_stderr(checked: Check) -> None:
    status, out, err = checked("--format", "concise")
    assert (status, out.count("\n"), err) == (1, 2, f"newslint: {MORE}")
    assert checked("--format", "concise", "--quiet") == (1, "", "")


def test_fixes_and_baselines_heed_all(checked: Check, archive: Path) -> None:
    assert run(["baseline", "create", "--select", "mojibake"]) == 0
    (baseline,) = archive.glob("*baseline*")
    assert checked("--baseline", baseline.name)[0] == 0
    baseline.unlink()
    assert checked("--no-baseline", "--fix")[0] == 0
    assert all("Alphabet’s" in path.read_text("utf-8") for path in archive.glob("*.md"))


@pytest.mark.parametrize("most", [1, 2, 7, 1000])
def test_what_is_not_listed_need_not_be_held(most: int, archive: Path) -> None:
    write(
        archive,
        **{f"n{at}": NEWS_RECORD.replace("PyTorch", "Metaâ€™s  <b>x</b>") for at in range(4)},
    )
    request = CheckRequest.create([archive], archive)
    everything = run_check(request).report
    assert len(everything.by_rule) > 2
    assert run_check(replace(request, max_per_rule=most)).report == everything.limit(most)
