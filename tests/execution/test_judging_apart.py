"""Two processes that judge have the report of one, whatever happens to the other process."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.aggregate_family import AggregateFamily
from newslint.execution.executors import can_fork
from newslint.execution.survey_family import SurveyFamily
from newslint.execution.workspace import Workspace
from newslint.records import Mention
from newslint.reporters.json import render_json
from newslint.rules.site.inconsistent_term import InconsistentTerm

pytestmark = pytest.mark.skipif(not can_fork(), reason="needs a fork")

_TERMS = ("Linux", "Linux", "Linux", "linux")
_RECORD = """\
---
title: The harvest of olives failed {0} times in the south
excerpt: Growers of olives in the south lost {0} harvests to the drought.
webUrl: https://example.org/{0}
tags: [{1}]
---
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("newslint.execution.group_judge.LEAST_DESCRIPTIONS", 1)
    for number, term in enumerate(_TERMS):
        (tmp_path / f"{number}.md").write_text(_RECORD.format(number, term))
    return tmp_path


def request_on(root: Path, jobs: int, *, is_final: bool = True) -> CheckRequest:
    return CheckRequest.create([root], root, jobs=jobs, is_final=is_final)


def report_of(request: CheckRequest) -> str:
    return "".join(render_json(run_check(request).report))


def count_judged(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    judged: list[object] = []
    for kind in (AggregateFamily, SurveyFamily):
        judge = kind.judge

        def note(self: object, *rest: object, judge: object = judge) -> object:
            judged.append(self)
            return judge(self, *rest)  # type: ignore[operator] # a method

        monkeypatch.setattr(kind, "judge", note)
    return judged


def test_statistics_are_measured_by_the_other_process(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = report_of(request_on(archive, 1))
    assert "inconsistent-term" in alone
    judged = count_judged(monkeypatch)
    assert report_of(request_on(archive, 2)) == alone
    assert not judged


@pytest.mark.parametrize(("jobs", "is_final"), [(1, True), (2, False)])
def test_one_process_judges_if_changes_may_follow(
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    jobs: int,
    is_final: bool,  # noqa: FBT001 # a parameter
) -> None:
    judged = count_judged(monkeypatch)
    report_of(request_on(archive, jobs, is_final=is_final))
    assert judged


def test_few_descriptions_are_judged_by_one_process(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newslint.execution.group_judge.LEAST_DESCRIPTIONS", 5)
    judged = count_judged(monkeypatch)
    report_of(request_on(archive, 2))
    assert judged


def test_what_a_dead_process_has_not_judged_is_judged_here(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, here, judge = report_of(request_on(archive, 1)), os.getpid(), AggregateFamily.judge

    def judge_or_die(self: AggregateFamily, *rest: object) -> object:
        if os.getpid() != here:
            os._exit(1)
        return judge(self, *rest)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(AggregateFamily, "judge", judge_or_die)
    assert report_of(request_on(archive, 2)) == alone


def test_a_later_change_has_the_report_of_a_new_check(archive: Path) -> None:
    workspace = Workspace(request_on(archive, 2))
    assert "inconsistent-term" in "".join(render_json(workspace.report()))
    changed = _RECORD.format(3, "Linux")
    workspace.update("3.md", changed.encode())
    report = "".join(render_json(workspace.report()))
    assert "inconsistent-term" not in report
    (archive / "3.md").write_text(changed)
    assert report == report_of(request_on(archive, 1))


def test_work_of_both_processes_is_counted(archive: Path) -> None:
    renewals = []
    for jobs in (1, 2):
        workspace = Workspace(request_on(archive, jobs))
        workspace.report()
        renewals.append(workspace.renewal)
    assert renewals[0] == renewals[1]
    assert all(renewals[0][:3])


def test_keys_are_read_by_the_process_that_judges(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_keys, here, read = InconsistentTerm.keys, os.getpid(), []

    def note(self: InconsistentTerm, mention: Mention) -> Iterable[str]:
        if os.getpid() == here:
            read.append(mention.description.title)
        return list_keys(self, mention)

    monkeypatch.setattr(InconsistentTerm, "keys", note)
    report_of(request_on(archive, 1))
    assert len(read) == len(_TERMS)
    read.clear()
    report_of(request_on(archive, 2))
    assert not read


def test_a_key_function_that_fails_in_the_other_process_is_reported(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_keys = InconsistentTerm.keys

    def list_or_fail(self: InconsistentTerm, mention: Mention) -> Iterable[str]:
        if "failed 2 times" in (mention.description.title or ""):
            raise ValueError("no keys")
        return list_keys(self, mention)

    monkeypatch.setattr(InconsistentTerm, "keys", list_or_fail)
    alone = report_of(request_on(archive, 1))
    assert "rule-crashed" in alone
    assert "no keys" in alone
    assert report_of(request_on(archive, 2)) == alone
