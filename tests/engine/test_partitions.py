"""The report is the same, byte for byte, however a run is executed."""

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contradictions import RECORD
from newslint.diagnostics import Report
from newslint.engine.finding_index import FindingIndex
from newslint.engine.findings import NO_FINDINGS, Judgement
from newslint.engine.link import Links
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.cache import Cache
from newslint.execution.group_judge import GroupJudge
from newslint.reporters.json import render_json
from newslint.rules.api import SurveyRule
from newslint.rules.builtin import BUILTIN
from newslint.settings import Project
from newslint.settings.settings import Settings
from partitions import judge_in_partitions

SHIFTED = Path(__file__).parents[1] / "cases" / "headline-excerpt-mismatch" / "a-shifted-column"
PARTS = pytest.mark.parametrize("parts", [1, 7, 64])

ARCHIVE = st.lists(RECORD, min_size=1, max_size=5).map(
    lambda records: {f"{at}.md": text for at, text in enumerate(records)}
)
ROOT = Path("/nowhere")
SITE = {
    f"{name}.md": f"---\ntitle: {name}\nimage: {name}.svg\ntags: [wind]\n---\n[Home](home.md)\n"
    for name in "xyz"
}
SITE |= {f"{name}.svg": "" for name in "xyz"} | {"_data/tags.yml": "wind: {}\nsun: {}\n"}
SITE |= {"home.md": "---\ntitle: Home\nimage: lost.svg\ntags: [wine]\n---\n[Lost](lost.md)\n"}
"""Records with links, two of which have no target."""


def report_on(files: dict[str, str], root: Path = ROOT, **options: Any) -> bytes:
    """Check files with all rules: in memory only, unless they are in the folder `root`."""
    contents = {root / name: text.encode() for name, text in files.items()}
    request = CheckRequest.create(
        [path for path in contents if path.suffix == ".md"],
        root,
        select=["all"],
        project=Project.build(root, Settings()),
        contents=contents if root == ROOT else {},
        **options,
    )
    return "".join(render_json(run_check(request).report)).encode()


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).write_text(text)


def check_folder(root: Path, path: Path) -> Report:
    project = Project.build(root, Settings())
    return run_check(CheckRequest.create([path], root, select=["all"], project=project)).report


def partitioned(files: dict[str, str], parts: int, seed: int = 0) -> bytes:
    """Check shuffled files in partitions."""
    rng = random.Random(seed)
    with pytest.MonkeyPatch.context() as patch:

        class PartitionedJudge(GroupJudge):
            """Judges all groups in partitions."""

            def __init__(self, *given: Any) -> None:
                super().__init__(*given)
                self._list_files = given[3]

            def renew(self, stale: Any, among: Any = None, **options: Any) -> list[Judgement]:
                super().renew(stale, among, **options)
                self.findings = FindingIndex()
                links = Links(self._corpus.own_descriptions)
                found = judge_in_partitions(
                    self._rules,
                    self._corpus,
                    links,
                    parts=parts,
                    rng=rng,
                    files=self._list_files(),
                )
                return [
                    self.findings.replace(at, NO_FINDINGS, each) for at, each in enumerate(found)
                ]

        patch.setattr("newslint.execution.workspace.GroupJudge", PartitionedJudge)
        return report_on(dict(rng.sample(sorted(files.items()), len(files))))


def shifted() -> dict[str, str]:
    files = {path.name: path.read_text() for path in SHIFTED.iterdir() if path.suffix != ".json"}
    return files | SITE


@PARTS
@settings(max_examples=15)
@given(files=ARCHIVE, seed=st.integers(0, 999))
def test_partitions_change_no_byte(files: dict[str, str], seed: int, parts: int) -> None:
    assert partitioned(files, parts, seed) == report_on(files)


@PARTS
def test_partitions_change_no_byte_of_a_survey(parts: int) -> None:
    whole = report_on(shifted())
    assert all(rule.id.encode() in whole for rule in BUILTIN if issubclass(rule, SurveyRule))
    assert partitioned(shifted(), parts) == whole


@settings(max_examples=5)
@given(files=ARCHIVE)
def test_a_cache_changes_no_byte(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        write(root, files)
        cold, warm = (report_on(files, root, cache=Cache(root / ".c", root)) for _ in range(2))
    assert cold == warm == report_on(files)


@settings(max_examples=10)
@given(files=ARCHIVE)
def test_a_file_checked_alone_has_the_diagnostics_of_a_full_check(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        write(root, files)
        whole = check_folder(root, root)
        for path in files:
            alone = check_folder(root, root / path)
            expected = [each for each in whole.diagnostics if each.path == path]
            assert list(alone.diagnostics) == expected


@pytest.mark.slow
@pytest.mark.parametrize("start_method", ["fork", "spawn"])
@settings(max_examples=3, deadline=None)
@given(files=ARCHIVE)
def test_processes_change_no_byte(files: dict[str, str], start_method: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        write(root, files)
        reports = [report_on(files, root, jobs=jobs, start_method=start_method) for jobs in (1, 2)]
    assert reports[0] == reports[1] == report_on(files)
