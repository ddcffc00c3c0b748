"""One check of all files: a map over documents, a reduce over articles, a report file by file."""

from newslint.diagnostics import Diagnostic, Report
from newslint.engine.changes import Changes
from newslint.engine.complete import Completing
from newslint.engine.desk import Desk
from newslint.engine.examine import Examined
from newslint.engine.findings import Findings
from newslint.engine.judge import Judged, judge
from newslint.engine.mapped import Mapped
from newslint.engine.mapping import Mapping, Task
from newslint.engine.placing import Placing
from newslint.engine.profiler import Stage, StageTimer, no_profiler
from newslint.engine.progress import Observe, Phase, Progress, unobserved
from newslint.engine.scope import Files
from newslint.engine.suppression import FileSuppressions
from newslint.records import Corpus, Description, Record
from newslint.rules.api import CorpusRule, GroupRule
from newslint.rules.meta.rule_crashed import RuleCrashed


class Run:
    """One check of all files.

    Args:
        desk: Who examines each file, by which rules.
        files: Those to report on, and those to know.
        mapping: Tells what each file yields by itself.
        changes: Report only on these, and on what they made wrong elsewhere.
        observe: Is told how far the run is.
        clock: Takes the time of stages.

    Attributes:
        files_known: How many files were read only for what they say of articles.
        records: All that are known; none before `report`.
        documents: The files that the report is on.
    """

    def __init__(  # noqa: PLR0913 # independent values
        self,
        desk: Desk,
        files: Files,
        mapping: Mapping,
        changes: Changes | None,
        *,
        observe: Observe = unobserved,
        clock: StageTimer = no_profiler,
    ) -> None:
        self._desk = desk
        self._files = files
        self._mapping = mapping
        self._changes = changes
        self._observe = observe
        self._clock = clock
        self.files_known = 0
        changed = files.scope if changes is None else changes.among(files.scope)
        self._scope = {name for name in files.scope if name in changed}
        self.records: list[Record] = []
        self.documents: set[str] = set()
        self._examined: dict[str, Examined] = {}
        self._commented: dict[str, FileSuppressions] = {}

    @property
    def seen(self) -> dict[str, bytes]:
        """What names the content of each file that was examined, by its name."""
        contents = self._mapping.contents
        return {name: content for name, content in contents.items() if name in self._scope}

    def report(self, most: int | None = None) -> tuple[Report, bool]:
        """Return the report, and whether no rule failed.

        Args:
            most: How many diagnostics of each rule to list; None for all.
        """
        self._map()
        with self._clock(Stage.JUDGE):
            corpus = Corpus(self.records)
            described = self._completed(corpus)
            judged = self._judged(corpus)
            del corpus  # it takes much room, as does what comes next
            complete = not self._has_crashed(described, judged)
        findings = Findings(self._desk, report_unused=complete, most=most)
        with self._clock(Stage.STAMP):
            self.documents = self._found(described, judged, findings)
        examined = self._examined.values()
        report = Report(
            len(self.documents),
            sum(each.record_count for each in examined),
            sum(each.mention_count for each in examined),
            findings.diagnostics,
            findings.suppressed,
            omitted=findings.omitted,
        )
        return report, complete

    def _map(self) -> None:
        """Examine each file by itself, and take note of the corpus."""
        whole = any(self._desk.checks(name).need_corpus for name in self._files.scope)
        tasks = [
            Task(name, path, name in self._scope)
            for name, path in self._files.corpus.items()
            if (name in self._scope or whole) and self._desk.examiner(name) is not None
        ]
        self.files_known = sum(not task.is_examined for task in tasks)
        found = self._mapping.mapped(tasks, self._observe)
        for task in tasks:
            self._take(found[task.name])

    def _take(self, mapped: Mapped) -> None:
        """Take note of what a file yields."""
        examined, comments = mapped
        if examined.path in self._scope:
            self._examined[examined.path] = examined
        self.records += examined.records
        if comments is not None:
            self._commented[examined.path] = comments

    def _completed(self, corpus: Corpus) -> dict[Description, list[Diagnostic]]:
        """Return what rules say of each description, completed by what the corpus knows."""
        completing = Completing(corpus)
        return {
            description: completing.completed(examiner.rule_of, description, found)
            for examiner in self._desk.examiners
            for description, found in examiner.described.items()
        }

    def _judged(self, corpus: Corpus) -> "_Judged":
        """Return what is said of mentions that stand in several files."""
        self._observe(Progress(Phase.COMPARING))
        rules = self._desk.corpus_rules(self._files.scope)
        groups = [rule for rule in rules if isinstance(rule, GroupRule)]
        corpora = [rule for rule in rules if isinstance(rule, CorpusRule)]
        judged = _Judged()
        for each in judge(groups, corpora, corpus):
            judged.add(each)
        return judged

    def _has_crashed(
        self, described: dict[Description, list[Diagnostic]], judged: "_Judged"
    ) -> bool:
        """Tell whether any rule failed."""
        whole = (each.diagnostics for each in self._examined.values())
        found = (*described.values(), *whole)
        return judged.crashed or any(each.rule == RuleCrashed.id for one in found for each in one)

    def _found(
        self, described: dict[Description, list[Diagnostic]], judged: "_Judged", findings: Findings
    ) -> set[str]:
        """Add what was found in each file to `findings`, and return the files reported on."""
        placing = Placing(self._desk, described, judged.spread, self._scope, self._touched())
        documents = set(self._scope)
        by_path = _by_path(self.records)
        for path in self._files.scope:
            found = placing.stamps(path, by_path.get(path, ()))
            examined = self._examined.get(path)
            whole = list(examined.diagnostics) if examined else []
            said = judged.placed.get(path, ())
            whole += [each.diagnostic for each in said if placing.says(each, path)]
            if found or whole:
                documents.add(path)
            if found or whole or path in self._commented:
                findings.add(path, found, whole, self._commented.get(path))
        return documents

    def _touched(self) -> frozenset[str]:
        """Return the canonical URLs of the articles whose records have changed."""
        if self._changes is None:
            return frozenset()
        records = [each.description for each in self.records if each.path in self._scope]
        now = (url for each in records for url in (*each.urls, *each.amp_urls))
        before = self._changes.before(self._desk.examiner)
        return frozenset((*now, *before))


class _Judged:
    """What rules say that look beyond one document.

    Attributes:
        spread: What they say of a description, wherever it stands.
        placed: What they say at one place, by file.
        crashed: Whether one of them failed.
    """

    def __init__(self) -> None:
        self.spread: dict[Description, list[Judged]] = {}
        self.placed: dict[str, list[Judged]] = {}
        self.crashed = False

    def add(self, judged: Judged) -> None:
        """Add what a rule says."""
        path = judged.diagnostic.location.path
        if path or judged.description is None:
            self.placed.setdefault(path, []).append(judged)
        else:
            self.spread.setdefault(judged.description, []).append(judged)
        self.crashed = self.crashed or judged.diagnostic.rule == RuleCrashed.id


def _by_path(records: list[Record]) -> dict[str, list[Record]]:
    """Return records by file, in their order."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.path, []).append(record)
    return found
