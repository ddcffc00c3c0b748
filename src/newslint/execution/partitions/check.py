"""A check in partitions: all stages, with their results on disk."""

from collections.abc import Sequence
from functools import lru_cache, partial

from newslint.diagnostics.rows import RowPlace
from newslint.documents.row_lines import RowColumns
from newslint.documents.rows import container_of, is_container
from newslint.engine.keyed_rules import group_rules_by_keys
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import UsageError
from newslint.execution.mapping import FileReader
from newslint.execution.outcome import Outcome, Renewal, lasting_ids
from newslint.execution.partitions.closing import Closer, add_asked, write_report
from newslint.execution.partitions.judging import Judge, enrich_all, index_keys
from newslint.execution.partitions.listing import find_row, list_documents, read_tasks
from newslint.execution.partitions.mapping import Mapper
from newslint.execution.partitions.spill import Budget, Spill
from newslint.execution.partitions.views import Archive, Findings
from newslint.execution.profiler import Stage
from newslint.execution.progress import Phase, Progress
from newslint.execution.row_table import RowTable
from newslint.execution.rulesets import RulesetResolver
from newslint.rules.api import Rule
from newslint.text import SourceText

_PLACES = 1024
"""Number of rows whose places are in memory."""


class PartitionedCheck:
    """The check of a project whose results are on disk.

    Args:
        request: The request, which has a limit of memory.

    """

    def __init__(self, request: CheckRequest) -> None:
        self.request = request

    def outcome(self) -> Outcome:
        """Check all files.

        Raises:
            UsageError: The disk is full, there are no rules, or a rule needs the whole archive.
        """
        request = self.request
        spill = Spill(Budget.divide(request.memory or 0))
        try:
            with spill.guard():
                return _Run(request, spill).check()
        except BaseException:
            spill.close()
            raise


class _Run:
    """One run of a check.

    Args:
        request: The request.
        spill: The database.
    """

    def __init__(self, request: CheckRequest, spill: Spill) -> None:
        self._request = request
        self._spill = spill
        self._verdicts = request.verdicts.read(request)
        self._resolver = RulesetResolver(
            request.rules, request.profiler, has_verdicts=len(self._verdicts) > 0
        )
        self._archive = Archive(spill)
        self._findings = Findings(spill)

    def check(self) -> Outcome:
        """Run all stages."""
        request, spill, archive = self._request, self._spill, self._archive
        found = request.found_files()
        copies = list_documents(found, request, spill)
        mapper = Mapper(spill, request.reader)
        mapper.map_all(read_tasks(spill, self._resolver), request.observe)
        tables, counts = mapper.tables, mapper.counts
        del mapper
        rules = {
            name: rule
            for each in tables
            if each.is_full
            for name, rule in each.rules.between_records.items()
        }
        request.observe(Progress(Phase.COMPARING))
        with request.clock(Stage.JUDGE):
            judged = self._judge(rules)
            enrich_all(spill, archive, tables)
            self._findings.close()
        with request.clock(Stage.CLOSE):
            closer = Closer(spill, archive, self._findings, tables, request.project.registry)
            closer.close_all()
            find = None
            if any(map(is_container, found.corpus)):
                find = lru_cache(_PLACES)(partial(_find_place, spill, request.reader))
            report = write_report(spill, counts, request.max_per_rule, find)
            report = add_asked(report, spill, archive, tables)
        is_whole = closer.is_complete and _is_whole(request)
        return Outcome(
            report,
            closer.is_complete,
            partial(_no_text, copies),
            lasting_ids(self._resolver.rules) if is_whole else frozenset(),
            frozenset(),
            self._resolver.rules,
            found.left_out,
            known=counts.others,
            renewal=Renewal(counts.documents, counts.documents, judged),
        )

    def _judge(self, rules: dict[bytes, Rule]) -> int:
        """Judge all groups; return their number."""
        request, spill = self._request, self._spill
        keyed = group_rules_by_keys(rules)
        index_keys(spill, keyed, self._findings)
        judge = Judge(self._archive, self._findings, self._verdicts, keyed)
        judge.judge(partial(request.listing.read, request))
        return judge.judged


def refuse_requests(
    requests: Sequence[CheckRequest], *, has_fixes: bool, has_baseline: bool
) -> None:
    """Refuse requests that a check in partitions cannot meet.

    Raises:
        UsageError: The message names the option to leave out.
    """
    first, *others = requests
    refused = {
        "stdin": bool(first.contents),
        "--since": first.diff is not None,
        "fixes": has_fixes,
        "a baseline; add --no-baseline": has_baseline,
        "several projects; name the files of one": bool(others),
    }
    for name, is_asked in refused.items():
        if is_asked:
            raise UsageError(f"--memory cannot be combined with {name}")


def _is_whole(request: CheckRequest) -> bool:
    """Check if all files of the project are reported on."""
    found = request.found_files()
    has_root = request.project.root_found or request.project.root in request.paths
    return has_root and found.scope.keys() == found.corpus.keys()


def _no_text(copies: RowTable, name: str) -> SourceText:
    """Return no text: the formats of a run in partitions quote none.

    Args:
        copies: Holds the copies of rows as long as the outcome exists.
        name: The name of the file.
    """
    del copies, name
    return SourceText("")


def _find_place(spill: Spill, reader: FileReader, name: str) -> RowPlace | None:
    """Find the place of a row in its container; None if it is no line of it."""
    row = find_row(spill, name)
    if row is None or not row.line:
        return None
    content = row.read(reader.limits.file_size)
    text = content.decode(errors="replace") if isinstance(content, bytes) else ""
    return RowPlace(container_of(name), row.line - 1, RowColumns(text).column)
