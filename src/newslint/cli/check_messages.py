"""Messages of `newslint check` on stderr: files, omissions and time spent."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.cli.messages import print_message, print_note
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.execution import Outcome
    from newslint.execution.files import Skipped
    from newslint.execution.profiler import Profiler
    from newslint.execution.run import RunResult
    from newslint.settings import Project

_MAX_NAMES = 3
_WITHOUT_GATE = frozenset({"concise", "github", "gitlab", "rdjson"})
"""Formats without room for the quality gate."""
_NAME_WIDTH = 33


def print_details(result: "RunResult") -> None:
    """Print the settings, the number of rules, and the files that were read and skipped."""
    from newslint.execution.files import find_skipped

    for part in result.parts:
        request = part.result.request
        lines = (
            _settings_lines(request.project),
            _file_lines(part.outcome),
            _skipped_lines(find_skipped(request.paths, request.project), part.place.join),
        )
        for line in chain(*lines):
            print_message(line)


def _settings_lines(project: "Project") -> Iterator[str]:
    """Yield the settings file and the folder of a project."""
    from newslint.execution.files import shown_path

    yield f"Settings: {shown_path(project.file, Path.cwd()) if project.file else 'none'}"
    yield f"Project: {project.root}"


def _file_lines(outcome: "Outcome") -> Iterator[str]:
    """Yield the numbers of rules and files."""
    yield f"Rules: {len(outcome.rules):,}"
    context = f", and {outcome.known:,} more to compare them with" if outcome.known else ""
    yield f"Read: {pluralize(len(outcome.seen), 'file')} to report on{context}"
    work = outcome.renewal
    among = " that include the files to report on" if outcome.known else ""
    yield f"Judged: {pluralize(work.groups, 'group')} of mentions{among}"
    if work.recalled:
        yield f"Not judged: {pluralize(work.recalled, 'group')}, the same as in an earlier run"
    if work.surveys and work.recalled:
        yield "Judged by all texts: headlines or excerpts have changed since the last run"


def _skipped_lines(skipped: "Iterable[Skipped]", display: Callable[[str], str]) -> Iterator[str]:
    """Yield the number of skipped files, and the first of them by reason."""
    found = sorted(skipped, key=lambda each: (each.reason, each.name))
    yield f"Skipped: {len(found):,}" if found else "Skipped: nothing"
    for reason, group in groupby(found, key=lambda each: each.reason):
        names = [display(each.name) for each in group]
        more = len(names) - _MAX_NAMES
        listed = ", ".join(names[:_MAX_NAMES]) + (f" and {more:,} more" if more > 0 else "")
        yield f"  {reason}: {listed}"


def print_omissions(outcome: "Outcome") -> None:
    """Print how many diagnostics of each rule exceed the limits of reports."""
    from newslint.reporters.summary import omission_lines

    for sentence in omission_lines(outcome.report):
        print_note(sentence)


def print_summary(outcome: "Outcome", output: Path | None) -> None:
    """Print the totals of a report that was written to a file."""
    from newslint.reporters.summary import summary_lines

    if output is not None:
        print_message(f"{'; '.join(summary_lines(outcome.report))}: see {output}")


def print_gate(outcome: "Outcome", formats: Collection[str]) -> None:
    """Print why the quality gate failed, if neither a report nor its diagnostics explain it."""
    from newslint.diagnostics.gate import Metric
    from newslint.reporters.summary import gate_line

    gate = outcome.report.gate
    explained = (Metric.ERRORS, Metric.STALE_BASELINE)  # `print_stale` explains the latter
    if gate is None or gate.has_passed or not gate.needs_explanation(explained):
        return
    if _WITHOUT_GATE.issuperset(formats):
        print_message(gate_line(gate))


def print_profile(profiler: "Profiler") -> None:
    """Print the seconds of each stage, and then of each rule, the slowest first."""
    total = sum(profiler.stages.values())
    rules = sorted(profiler.rules.items(), key=lambda item: (-item[1], item[0]))
    lines = (
        "Profile: seconds of this process",
        *_profile_rows({stage.value: seconds for stage, seconds in profiler.stages.items()}, total),
        f"  {'all':{_NAME_WIDTH}} {total:8.3f}",
        "Rules: their share of it",
        *_profile_rows(dict(rules), total),
    )
    for line in lines:
        print_message(line)


def _profile_rows(seconds: Mapping[str, float], total: float) -> Iterator[str]:
    """Yield a line for each name."""
    for name, each in seconds.items():
        yield f"  {name:{_NAME_WIDTH}} {each:8.3f} {each / total:7.1%}"
