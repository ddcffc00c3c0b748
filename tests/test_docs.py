"""Tests of the README and the pages in `docs/`: their commands, settings and links work."""

import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from helpers import Golden
from newslint.cli.app import app
from newslint.reporters.report_model import (
    CauseModel,
    DiagnosticModel,
    PatternModel,
    ProjectModel,
    ReportModel,
    RuleCountsModel,
    StatisticsModel,
    SummaryModel,
)
from newslint.settings import SettingsError, load_project
from newslint.settings.settings import Settings
from newslint.settings.tables import FieldsTable, LimitsTable, OnlineTable
from processes import environment, quick_command

REPOSITORY = Path(__file__).parent.parent
PAGES = [
    "README.md",
    "SECURITY.md",
    *sorted(f"docs/{path.name}" for path in (REPOSITORY / "docs").glob("*.md")),
]
RULES = sorted(f"docs/rules/{path.name}" for path in (REPOSITORY / "docs" / "rules").iterdir())
REPLAYED = [
    "baseline",
    "changed-files",
    "collections",
    "html-report",
    "json-report",
    "large-archives",
    "plugins",
    "quality-gate",
    "settings",
    "terminal",
]
"""Pages on which every console block shows what its commands print, one block after the other."""

ROOT = "/home/ann/archive"
"""What pages call the folder that commands run in."""

FENCED = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`newslint ([^`]+)`")
WEB = "https://github.com/newslint/newslint/blob/main/"
"""The address of the repository's files; links of the README work outside the repository too."""

LINK = re.compile(rf"\]\((?:{re.escape(WEB)})?([^)#:]*)(?:#([^)]+))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
PLUGIN = Path(__file__).parent / "plugins" / "newslint_acme"
EDITOR = "languages."  # settings of Helix
ACME = "acme/"
"""What the page on plugins calls the folder of that plugin."""


class Block(NamedTuple):
    """A fenced block of a page.

    Attributes:
        kind: Its language.
        name: The file that it shows; empty if it shows none.
        text: Its content.
    """

    kind: str
    name: str
    text: str


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page."""
    return [Block(match[1], match[2] or "", match[3]) for match in FENCED.finditer(text_of(page))]


def text_of(page: str) -> str:
    """Parse a page."""
    return (REPOSITORY / page).read_text("utf-8")


@pytest.mark.skipif(
    any(shutil.which(program) is None for program in ("bash", "git", "jq")),
    reason="needs bash, git and jq",
)
@pytest.mark.parametrize("name", REPLAYED)
def test_pages_show_what_commands_print(name: str, tmp_path: Path, golden: Golden) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    page = f"docs/{name}.md"
    if "seeds" in text_of(page):
        shutil.copytree(REPOSITORY / "seeds", folder / "seeds")

    def replayed(match: re.Match[str]) -> str:
        kind, name, text = match.groups()
        if name:
            write(folder / name, text)
        return match[0] if kind != "console" else f"```console\n{replay(text, folder)}```"

    golden(REPOSITORY / page, FENCED.sub(replayed, text_of(page)))


def test_the_readme_shows_the_output_of_its_commands(tmp_path: Path, golden: Golden) -> None:
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")

    def replayed(match: re.Match[str]) -> str:
        kind, _, text = match.groups()
        if kind != "console":
            return match[0]
        return f"```console\n{replay(text, tmp_path, columns=80)}```"

    golden(REPOSITORY / "README.md", FENCED.sub(replayed, text_of("README.md")))


def replay(block: str, folder: Path, columns: int = 100) -> str:
    """Return a block with the output of its commands in `folder`."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{printed(command, folder, columns)}" for command in commands)


def printed(command: str, folder: Path, columns: int = 100) -> str:
    """Return all that a command prints in `folder`."""
    shim = f'newslint() {{ {" ".join(quick_command())} "$@"; }}; exec 2>&1\n'
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        git |= {f"GIT_{role}_NAME": "Ann", f"GIT_{role}_EMAIL": "ann@example.org"}
    ran = subprocess.run(
        ["sh", "-c", shim + command],
        cwd=folder,
        env=environment(COLUMNS=str(columns), **git),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    return ran.stdout.replace(str(folder), ROOT)


def write(path: Path, text: str) -> None:
    """Write a file and the folders that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("page", "number"),
    [
        pytest.param(page, number, id=f"{page}-{number}")
        for page in PAGES
        for number, block in enumerate(blocks(page))
        if block.kind == "toml" and not block.name.startswith((ACME, EDITOR))
    ],
)
def test_settings_that_are_shown_can_be_used(
    page: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(PLUGIN)
    shown = blocks(page)
    write(tmp_path / "schemas" / "talk.schema.json", "{}")
    for other in shown:
        if other.name:
            write(tmp_path / other.name, other.text)
    block = shown[number]
    file = tmp_path / (block.name or "newslint.toml")
    write(file, block.text)
    if file.name == "broken.toml":
        with pytest.raises(SettingsError):
            load_project(file)
    else:
        assert load_project(file).file == file


def commands() -> Iterator[tuple[str, str]]:
    """Yield each command line of newslint that a page shows, and the page."""
    for page in PAGES:
        lines = [
            line for kind, _, text in blocks(page) if kind in ("console", "sh", "yaml")
            for line in text.splitlines()
        ]  # fmt: skip
        found = [re.search(r"(?:^|[$|] |run: )newslint ([^|>#]*)", line) for line in lines]
        shown = [match[1] for match in found if match]
        for command in dict.fromkeys([*shown, *INLINE.findall(text_of(page))]):
            yield page, command.strip()


@pytest.mark.parametrize(("page", "command"), list(commands()))
def test_commands_that_are_shown_exist(page: str, command: str) -> None:
    arguments = shlex.split(re.sub(r"\[[A-Z]+\]|…", "", command))
    found: click.Command | None = app
    context = click.Context(app, **app.context_settings)
    while isinstance(found, click.Group) and arguments and not arguments[0].startswith("-"):
        found = found.get_command(context, arguments.pop(0))
    assert found is not None
    if arguments and not {"--version", "--help"} & set(arguments):
        found.make_context("newslint", arguments, parent=context)


@pytest.mark.parametrize("page", [*PAGES, *RULES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(page: str) -> None:
    for target, anchor in LINK.findall(FENCED.sub("", text_of(page))):
        file = (REPOSITORY / page).parent / target if target else REPOSITORY / page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), f"{target}#{anchor}"


def anchors(file: Path) -> list[str]:
    """Return the link targets in a page."""
    headings = HEADING.findall(FENCED.sub("", file.read_text("utf-8")))
    return [re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings]


def test_the_manual_lists_every_page_and_the_readme_leads_there() -> None:
    targets = (target for target, _ in LINK.findall(text_of("docs/README.md")))
    linked = {os.path.normpath(f"docs/{target}") for target in targets}
    assert linked == {*PAGES, "docs/rules/README.md"} - {"README.md", "docs/README.md"}
    assert "docs/README.md" in {target for target, _ in LINK.findall(text_of("README.md"))}


@pytest.mark.parametrize(("page", "model"), [("settings", Settings), ("collections", FieldsTable)])
def test_tables_name_every_setting(page: str, model: type[Settings | FieldsTable]) -> None:
    named = re.findall(r"^\| `([\w-]+)` \|", text_of(f"docs/{page}.md"), re.MULTILINE)
    assert sorted(named) == sorted(field.alias or "" for field in model.model_fields.values())


def test_the_limits_that_are_shown_are_those_that_apply() -> None:
    page = blocks("docs/settings.md")
    shown = [tomllib.loads(block.text) for block in page if "# the defaults\n" in block.text]
    online = OnlineTable().model_dump(by_alias=True, mode="json")
    limits = LimitsTable().model_dump(by_alias=True)
    assert shown == [{"limits": limits}, {"online": online}]


def test_the_plugin_that_is_shown_is_the_one_that_is_tested() -> None:
    shown = [block for block in blocks("docs/plugins.md") if block.name.startswith(ACME)]
    assert shown
    for block in shown:
        real = (PLUGIN / block.name.removeprefix(ACME)).read_text("utf-8")
        assert block.text == real


def test_the_json_page_names_every_field() -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", text_of("docs/json-report.md"), re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"\w+", row)]
    models = (
        *(ReportModel, SummaryModel, ProjectModel, DiagnosticModel, PatternModel, CauseModel),
        StatisticsModel,
    )
    fields = [name for model in models for name in model.model_fields]
    assert named == [*fields, *(name for name in RuleCountsModel.model_fields if name != "rule")]


def test_the_problem_matcher_reads_the_concise_format(tmp_path: Path) -> None:
    (shown,) = [block.text for block in blocks("docs/terminal.md") if block.kind == "json"]
    pattern = json.loads(shown)["problemMatcher"]["pattern"]
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    for line in printed("newslint check seeds --format concise", tmp_path).splitlines():
        found = re.match(pattern["regexp"], line)
        assert found is not None, line
        assert (tmp_path / found[pattern["file"]]).exists()
        assert found[pattern["severity"]] in {"error", "warning", "info"}
