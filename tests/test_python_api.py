"""The Python API: the same reports, fixes and errors as the command line's."""

import doctest
import importlib
import inspect
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import newslint
from helpers import Golden, write
from newslint.diagnostics import Severity
from newslint.rules.example_records import NEWS_RECORD
from processes import newslint_in_process

REPOSITORY = Path(__file__).parent.parent
PAGE = REPOSITORY / "docs" / "python-api.md"
PUBLIC = ["newslint", "newslint.diagnostics", "newslint.rules.api", "newslint.testing"]
DAMAGED = NEWS_RECORD.replace("PyTorch moves", "PyTorchâ€™s  move")


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample records, in the current folder."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")


@pytest.fixture
def damaged(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of one record with fixable text, in the current folder."""
    monkeypatch.chdir(archive)
    write(archive, a=DAMAGED)
    return archive


def json_report(*arguments: str) -> Any:
    """Return the JSON report of the command line in the current folder."""
    return json.loads(newslint_in_process("check", *arguments, "--format=json", cwd=Path()).stdout)


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        ({}, []),
        ({"cache": False, "jobs": "auto"}, ["--no-cache"]),
        ({"cache": "kept", "jobs": 2}, ["--cache-dir", "kept", "--jobs", "2"]),
        ({"select": ["text", "images"]}, ["--select", "text,images"]),
        ({"select": "text, images"}, ["--select", "text,images"]),
        ({"ignore": ("missing-image",)}, ["--ignore", "missing-image"]),
        ({"extend_select": "all", "plugins": False}, ["--extend-select=all", "--no-plugins"]),
        ({"config": "other.toml"}, ["--config", "other.toml"]),
        ({"config": "other.toml", "baseline": False}, ["--config=other.toml", "--no-baseline"]),
        ({"baseline": Path("known")}, ["--baseline", "known"]),
        ({"config": "limit.toml"}, ["--config", "limit.toml"]),
    ],
)
def test_a_report_equals_that_of_the_command_line(
    options: dict[str, Any], arguments: list[str], seeds: Path
) -> None:
    Path("other.toml").write_text('baseline = "known"\nselect = ["text"]\n')
    Path("limit.toml").write_text("[limits]\ndiagnostics = 2\n")
    text = ("--select", "mojibake")
    newslint_in_process("baseline", "create", "--baseline", "known", *text, "seeds", cwd=Path())
    report = newslint.check("seeds", **options)
    assert report.to_dict() == json_report("seeds", *arguments)


def test_the_current_folder_is_checked_by_default(damaged: Path) -> None:
    assert newslint.check().to_dict() == json_report()


def test_only_changes_since_a_revision_are_reported(damaged: Path) -> None:
    git = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "One"]):
        subprocess.run([*git, *command], cwd=damaged, check=True)
    assert newslint.check(damaged, since="HEAD").diagnostics == ()
    write(damaged, b=DAMAGED)
    assert {each.path for each in newslint.check(since="HEAD", select="text").diagnostics} == {
        "b.md"
    }


def test_causes_group_the_diagnostics(seeds: Path) -> None:
    report = newslint.check("seeds", cache=False)
    assert len(report.causes) == report.report.causes < len(report.diagnostics)
    for cause, diagnostics in report.causes.items():
        assert {each.cause for each in diagnostics} == {cause}
    assert sum(map(len, report.causes.values())) == len(report.diagnostics)


def test_the_worst_causes_are_those_of_the_report_by_cause(seeds: Path) -> None:
    report = newslint.check("seeds", cache=False)
    worst = report.worst_causes(None)
    assert {
        cause: sorted(found, key=lambda each: each.order) for cause, found in worst.items()
    } == {
        cause: sorted(found, key=lambda each: each.order) for cause, found in report.causes.items()
    }
    ended = newslint_in_process("check", "seeds", "--format=json-causes", cwd=Path()).stdout
    assert [*worst] == [each["cause"] for each in json.loads(ended)["causes"]]
    assert [*report.worst_causes()] == [*worst][:10]
    assert [*report.worst_causes(2)] == [*worst][:2]
    severities = [max(each.severity for each in found) for found in worst.values()]
    assert severities == sorted(severities, reverse=True)


def test_a_report_fails_at_the_level_of_the_settings(damaged: Path) -> None:
    report = newslint.check(select="missing-image")
    assert not report.fails()
    assert report.fails("warning")
    assert report.fails(Severity.INFO)
    with pytest.raises(ValueError, match="'bad' is not a valid Severity"):
        report.fails("bad")
    Path("newslint.toml").write_text('fail-level = "warning"\n')
    assert newslint.check(select="missing-image").fails()


def test_a_rule_that_fails_makes_a_report_incomplete(damaged: Path) -> None:
    assert newslint.check().is_complete
    Path("house.py").write_text(
        "from newslint.rules.api import DocumentRule, Severity\n"
        "class Crash(DocumentRule):\n"
        '    """It crashes."""\n'
        '    id = "crash"\n'
        "    severity = Severity.INFO\n"
        "    examples = ()\n"
        "    def check(self, document):\n"
        "        yield 1 / 0\n"
        "RULES = (Crash,)\n"
    )
    Path("newslint.toml").write_text('plugins = ["./house.py"]\nselect = ["crash"]\n')
    report = newslint.check()
    assert not report.is_complete
    assert [each.rule for each in report.diagnostics] == ["rule-crashed"]
    assert newslint.check(plugins=False, select="text").is_complete


def columns(frame: Any) -> list[str]:
    return list(frame.columns)


@pytest.mark.parametrize("library", ["pandas", "polars", None])
def test_a_frame_has_a_row_for_each_diagnostic(library: Any, seeds: Path) -> None:
    pytest.importorskip(library or "pandas")
    report = newslint.check("seeds", cache=False)
    frame = report.to_frame(library)
    assert type(frame).__module__.startswith(library or "pandas")
    rows = frame.rows(named=True) if library == "polars" else frame.to_dict("records")
    assert [
        (row["rule"], row["path"], row["line"], row["column"], row["cause"], row["severity"])
        for row in rows
    ] == [
        (each.rule, each.path, *each.start, each.cause, each.severity.value)
        for each in report.diagnostics
    ]
    known = {each.fix.title for each in report.diagnostics if each.fix}
    assert {row["fix"] for row in rows if isinstance(row["fix"], str)} == known
    assert frame["fix"].is_null().sum() if library == "polars" else frame["fix"].isna().sum()
    empty = newslint.check("seeds", select="yaml-syntax").to_frame(library)
    assert len(empty) == 0
    assert list(empty.dtypes) == list(frame.dtypes)
    documented = re.findall(r"^\| (`.*`) \|", section("Data frames"), re.MULTILINE)
    assert columns(frame) == re.findall(r"`(\w+)`", " ".join(documented))


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_contains_any_text(library: Any, damaged: Path) -> None:
    pytest.importorskip(library)
    write(damaged, a='url: "https://example.org/\\ud800"\ntitle: "\\ud800 â€™"')
    assert len(newslint.check(select="all").to_frame(library)) > 0


@pytest.mark.parametrize(
    ("library", "message"),
    [
        (None, r"pandas or polars.*pip install pandas or pip install polars$"),
        ("polars", r"to_frame needs polars, which .*: pip install polars$"),
    ],
)
def test_a_frame_without_a_library_names_the_extra(
    library: Any, message: str, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=message):
        newslint.check().to_frame(library)
    with pytest.raises(ValueError, match="library is 'excel'; it must be 'pandas' or 'polars'"):
        newslint.check().to_frame("excel")  # type: ignore[call-overload]


@pytest.mark.parametrize("unsafe", [False, True])
def test_fix_writes_what_the_command_line_writes(
    unsafe: bool,  # noqa: FBT001
    seeds: Path,
) -> None:
    copy = Path(shutil.copytree(seeds, "copy/seeds"))
    (copy.parent / "newslint.toml").write_text("")
    report = newslint.fix("seeds", unsafe=unsafe)
    more = ["--unsafe-fixes"] if unsafe else []
    newslint_in_process("check", "seeds", "--fix-only", *more, cwd=copy.parent)
    assert report.files
    assert {path.name: path.read_bytes() for path in seeds.iterdir()} == {
        path.name: path.read_bytes() for path in copy.iterdir()
    }
    for name, file in report.files.items():
        assert Path(name).resolve() == file.path.resolve()
        assert file.path.read_bytes() == file.after != file.before
    assert report.fixed == [each for file in report.files.values() for each in file.fixed]
    assert report.failures == ()
    assert report.remaining.to_dict() == newslint.check("seeds").to_dict()
    assert repr(report).startswith(f"<FixReport: {len(report.fixed)} fixed in {len(report.files)};")


def test_a_dry_run_writes_nothing(damaged: Path) -> None:
    before = Path("a.md").read_bytes()
    report = newslint.fix(dry_run=True, select="text")
    assert Path("a.md").read_bytes() == before == report.files["a.md"].before
    assert report.remaining.diagnostics == ()
    assert newslint.fix(select="text").files["a.md"].after == report.files["a.md"].after
    assert Path("a.md").read_bytes() == report.files["a.md"].after


def test_a_file_that_cannot_be_written_is_a_failure(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.documents.saving import SaveError

    def refuse(*_: object) -> None:
        raise SaveError("the disk is full")

    monkeypatch.setattr("newslint.execution.fixing.save", refuse)
    report = newslint.fix(select="text")
    assert report.files == {}
    assert report.failures == (("a.md", "cannot be written: the disk is full"),)
    assert "unrepaired-file" in {each.rule for each in report.remaining.diagnostics}


@pytest.mark.parametrize("function", [newslint.check, newslint.fix])
@pytest.mark.parametrize(
    ("paths", "options", "error", "message"),
    [
        (["none"], {}, newslint.UsageError, "no such file or folder: none"),
        ([""], {}, newslint.UsageError, "a path is empty"),
        ([], {"jobs": 0}, newslint.UsageError, "jobs is 0"),
        ([], {"jobs": "x"}, newslint.UsageError, "jobs is 'x'; it must be 'auto' or an integer"),
        ([], {"jobs": None}, newslint.UsageError, "jobs is None"),
        ([], {"jobs": 1.5}, newslint.UsageError, r"jobs is 1\.5"),
        ([], {"since": "none"}, newslint.UsageError, "git"),
        ([], {"select": "a", "ignore": "a"}, newslint.UnknownNameError, "'a'"),
        ([], {"select": "text", "ignore": ["text"]}, newslint.UsageError, "no rule is left"),
        ([], {"config": "none.toml"}, newslint.SettingsError, "none.toml"),
        ([], {"baseline": "none"}, newslint.BaselineError, "no baseline none; "),
        ([], {"baseline": "a.md"}, newslint.BaselineError, "a.md"),
    ],
)
def test_errors_are_exceptions(  # noqa: PLR0913, PLR0917 # a table
    function: Callable[..., object],
    paths: list[str],
    options: dict[str, Any],
    error: type[Exception],
    message: str,
    damaged: Path,
) -> None:
    before = Path("a.md").read_bytes()
    with pytest.raises(error, match=message) as raised:
        function(*paths, **options)
    assert isinstance(raised.value, ValueError)
    assert Path("a.md").read_bytes() == before


def test_a_cache_that_cannot_be_written_is_a_warning(damaged: Path) -> None:
    Path("file").write_text("")
    with pytest.warns(RuntimeWarning, match="the cache cannot be written: ") as caught:
        report = newslint.check(cache="file")
    assert caught[0].filename == __file__
    assert report.to_dict() == newslint.check(cache=False).to_dict()


@pytest.mark.usefixtures("seeds")
def test_the_page_shows_what_its_examples_print(golden: Golden) -> None:
    pytest.importorskip("pandas")
    names: dict[str, Any] = {}

    def run(match: re.Match[str]) -> str:
        example = doctest.DocTestParser().get_doctest(match[1], names, PAGE.name, str(PAGE), 0)
        return f"```pycon\n{''.join(executed(example, names))}```"

    text = PAGE.read_text("utf-8")
    golden(PAGE, re.sub(r"```pycon\n(.*?)```", run, text, flags=re.DOTALL))


def executed(test: doctest.DocTest, names: dict[str, Any]) -> Iterator[str]:
    """Yield the examples of a test, each with its output."""
    for example in test.examples:
        yield ">>> " + example.source.rstrip("\n").replace("\n", "\n... ") + "\n"
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(example.source, PAGE.name, "single"), names)  # noqa: S102 # our page
        yield printed.getvalue()


def section(heading: str) -> str:
    """Return the text below a heading of the page."""
    return PAGE.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("module", PUBLIC)
def test_public_names_are_documented_and_can_be_imported(module: str) -> None:
    imported = importlib.import_module(module)
    rows = dict(re.findall(r"^\| `([\w.]+)` \| (.*) \|$", section("Public names"), re.MULTILINE))
    assert sorted(rows) == sorted(PUBLIC)
    assert re.findall(r"`(\w+)`", rows[module]) == imported.__all__
    assert len({*imported.__all__}) == len(imported.__all__)
    for name in imported.__all__:
        assert getattr(imported, name) is not None
    found: dict[str, Any] = {}
    exec(f"from {module} import *", found)  # noqa: S102 # as users may
    assert found.keys() - {"__builtins__"} == {*imported.__all__}


def test_the_names_of_the_package_are_those_of_the_api() -> None:
    from newslint import api

    assert {*newslint.__all__} == {*api.__all__, "__version__"}
    assert {*newslint.__all__} <= {*dir(newslint)}
    assert newslint.check is api.check
    with pytest.raises(AttributeError, match="module 'newslint' has no attribute 'lint'"):
        newslint.lint  # noqa: B018 # looks it up


@pytest.mark.parametrize("module", ["engine", "execution"])
def test_private_packages_are_called_private(module: str) -> None:
    assert "is private" in (importlib.import_module(f"newslint.{module}").__doc__ or "")


def test_options_of_check_and_fix_are_the_same() -> None:
    options, fixing = (
        inspect.signature(each).parameters for each in (newslint.check, newslint.fix)
    )
    own = {"unsafe", "dry_run"}
    assert {name: each for name, each in fixing.items() if name not in own} == dict(options)
    documented = re.findall(
        r"^\| (`.*?`) \|", section("Check").split("A `CheckReport`")[0], re.MULTILINE
    )
    assert re.findall(r"`(\w+)`", " ".join(documented)) == [*options][1:]
