"""A run: the checks of one or several projects, and their results as one report."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import Diagnostic, GateResult, ProjectSummary, Report
from newslint.diagnostics.gate import merge_gates
from newslint.diagnostics.relocation import Place, merge_parts, relocate, relocate_report
from newslint.engine.baseline import Baseline
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import explain_left_out, shown_path
from newslint.execution.fixed_file import FixedFile, FixFailure, FixResult
from newslint.execution.outcome import Outcome, Renewal
from newslint.execution.row_text import with_rows_placed
from newslint.records.statistics import ArchiveStatistics, merge_statistics
from newslint.rules.addresses import rule_addresses
from newslint.rules.api import Rule
from newslint.text import SourceText

if TYPE_CHECKING:
    from newslint.diagnostics import Severity
    from newslint.settings import Project
    from newslint.settings.gate import GateOverride


class RunRequest(msgspec.Struct, frozen=True):
    """The checks of a run, one for each project.

    Attributes:
        root: The folder that paths in the report are relative to, absolute.
        checks: The checks; at least one.
        notes: Remarks on the choice of projects for the user.
        limits: Limits that replace those of the quality gates in the settings; None to apply no
            gates.
    """

    root: Path
    checks: tuple[CheckRequest, ...]
    notes: tuple[str, ...] = ()
    limits: "GateOverride | None" = None

    @property
    def projects(self) -> "list[Project]":
        """The projects."""
        return [check.project for check in self.checks]

    def change(self, **options: Any) -> "RunRequest":
        """Copy the run with other options of all checks."""
        return replace(self, checks=tuple([replace(check, **options) for check in self.checks]))

    def take_cache_trouble(self) -> str:
        """Return the reason why nothing can be stored in a cache, once; empty if there is none."""
        troubles = [check.cache.take_trouble() for check in self.checks if check.cache]
        return next(filter(None, troubles), "")

    def place(self, check: CheckRequest) -> Place:
        """Find the place of a project in the report."""
        return Place(shown_path(check.project.root, self.root), len(self.checks) == 1)


class ProjectResult(msgspec.Struct, frozen=True):
    """The result of one project's check; its paths are relative to the project.

    Attributes:
        place: The place of the project in the report.
        result: The result.
        baseline: Diagnostics that are neither reported nor fixed.
        gate: The quality gate applied to the report; None if the run has none.
    """

    place: Place
    result: FixResult
    baseline: Baseline
    gate: GateResult | None = None

    @property
    def project(self) -> "Project":
        """The project."""
        return self.result.request.project

    @property
    def fail_level(self) -> "Severity":
        """The lowest severity that makes a run fail, by the settings of the project."""
        return self.project.settings.fail_level

    @property
    def outcome(self) -> Outcome:
        """The outcome of the last check."""
        return self.result.outcome

    @property
    def files(self) -> dict[str, FixedFile]:
        """The changed files, with rows in their containers."""
        find = self.outcome.find_row
        return {name: file.place(name, find) for name, file in self.result.files.items()}


class RunResult(msgspec.Struct, frozen=True, dict=True):
    """The result of a run, with paths relative to the folder of the report.

    Attributes:
        root: That folder, absolute.
        parts: The result of each project.
        notes: Remarks on the choice of projects for the user.
    """

    root: Path
    parts: tuple[ProjectResult, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def outcome(self) -> Outcome:
        """The outcome of all projects."""
        outcomes = [self._relocate_outcome(part) for part in self.parts]
        if len(outcomes) == 1:
            return outcomes[0]
        report = merge_parts([each.report for each in outcomes])
        gates = {part.place.folder: part.gate for part in self.parts if part.gate}
        report = replace(report, gate=merge_gates(gates) if gates else None)
        rules = {rule.id: rule for each in outcomes for rule in each.rules}
        computed = [each.statistics for each in outcomes]
        return Outcome(
            report,
            all(each.complete for each in outcomes),
            partial(
                _read_text,
                tuple(
                    (part.place.prefix, outcome.text)
                    for part, outcome in zip(self.parts, outcomes, strict=True)
                ),
            ),
            frozenset(),
            frozenset(),
            tuple(rules[name] for name in sorted(rules)),
            tuple(name for each in outcomes for name in each.left_out),
            {name: digest for each in outcomes for name, digest in each.seen.items()},
            sum(each.known for each in outcomes),
            Renewal(*map(sum, zip(*(each.renewal for each in outcomes), strict=True))),
            statistics=lambda: merge_statistics(compute() for compute in computed),
        )

    @cached_property
    def files(self) -> dict[str, FixedFile]:
        """The changed files, by their paths in the report."""
        return {
            part.place.join(name): file._replace(
                fixed=tuple([relocate(each, part.place) for each in file.fixed])
            )
            for part in self.parts
            for name, file in part.files.items()
        }

    @property
    def failures(self) -> tuple[FixFailure, ...]:
        """The files whose fixes were not applied."""
        return tuple(
            FixFailure(part.place.join(name), reason)
            for part in self.parts
            for name, reason in part.result.failures
        )

    @property
    def fixed(self) -> list[Diagnostic]:
        """The diagnostics whose fixes were applied, file by file."""
        return [each for file in self.files.values() for each in file.fixed]

    def _relocate_outcome(self, part: ProjectResult) -> Outcome:
        """Convert the paths in the outcome of a project to those in the report."""
        place, project = part.place, part.project
        outcome = with_rows_placed(part.outcome)
        report = relocate_report(outcome.report, place)
        settings = None if project.file is None else shown_path(project.file, self.root)
        summary = ProjectSummary(place.folder, settings, report.documents, len(report.diagnostics))
        return replace(
            outcome,
            report=replace(
                report,
                projects=(summary,),
                documentation=_find_documentation(report, outcome.rules),
                gate=part.gate,
            ),
            text=lambda name: outcome.text(name.removeprefix(place.prefix)),
            left_out=tuple(map(place.join, outcome.left_out)),
            seen={place.join(name): digest for name, digest in outcome.seen.items()},
            statistics=partial(_relocate_statistics, place, outcome.statistics),
        )

    def list_notes(self) -> Iterable[str]:
        """Yield remarks on the choice of files and rules for the user."""
        yield from self.notes
        for part in self.parts:
            yield from part.result.request.notes
            yield from part.result.request.verdicts.notes
            names = [] if part.gate is None else part.gate.passed_over(part.outcome.report)
            if names:
                yield (
                    f"{', '.join(names)}: not counted by the quality gate, as other sites decide; "
                    "'gate = true' in [online] changes that"
                )
            yield from explain_left_out(part.outcome.left_out, part.project, part.place.join)


def _find_documentation(report: Report, rules: Iterable[type[Rule]]) -> dict[str, str]:
    """Find the addresses of the documentation of rules that have diagnostics, sorted."""
    addresses = rule_addresses(rules)
    reported = {*report.by_rule, *(each.diagnostic.rule for each in report.suppressed)}
    return {name: addresses[name] for name in sorted(reported & addresses.keys())}


def _read_text(readers: Sequence[tuple[str, Callable[[str], SourceText]]], name: str) -> SourceText:
    """Read the text of a file, given its path in the report, with the reader of its project."""
    found = (each for each in readers if name.startswith(each[0]))
    return max(found, key=lambda each: len(each[0]))[1](name)


def _relocate_statistics(
    place: Place, compute: Callable[[], ArchiveStatistics]
) -> ArchiveStatistics:
    """Compute the statistics of a project, with the paths of the report."""
    found = compute()
    return found._replace(
        days={place.join(name): day for name, day in found.days.items()},
        headlines={place.join(name): text for name, text in found.headlines.items()},
    )
