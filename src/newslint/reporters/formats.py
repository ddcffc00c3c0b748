"""The registry of report formats. A new format is a module in this package and a line here."""

import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from newslint.reporters.run_facts import RunFacts

if TYPE_CHECKING:
    from newslint.diagnostics import Report
    from newslint.diagnostics.listing import CreateLister
    from newslint.execution.origin import Origin
    from newslint.records import ArchiveStatistics
    from newslint.reporters.history import HistoryEntry
    from newslint.rules.api import Rule
    from newslint.text import SourceText

SourceReader = Callable[[str], "SourceText"]
"""Reads the text of a file, secrets redacted, given its path relative to the project root."""

Warn = Callable[[str], None]
"""Takes a sentence about diagnostics that a format has no room for."""


NO_FACTS = RunFacts()


class ReportInput(msgspec.Struct, frozen=True):
    """The input of the renderers.

    Attributes:
        report: The outcome of the run.
        rules: The rules that ran.
        read_source: Reads the text of a file.
        warn: Takes warnings about omitted diagnostics.
        overview: Computes the statistics of the records.
        history: The earlier runs, the oldest first.
        find_origin: Finds the commit that is checked; None if there is none.
        run: The identity of the run.
    """

    report: "Report"
    rules: "Sequence[type[Rule]]"
    read_source: SourceReader
    warn: Warn
    overview: "Callable[[], ArchiveStatistics]"
    history: "Sequence[HistoryEntry]" = ()
    find_origin: "Callable[[], Origin | None]" = lambda: None
    run: RunFacts = NO_FACTS


class _Format(msgspec.Struct, frozen=True):
    """A registered format.

    Attributes:
        renderer: `module:function`, below this package; imported on first use.
        needs: The fields of `ReportInput` that the function takes besides the report.
        lister: The function that creates its lister, likewise; empty if it has none, and so needs
            all diagnostics.
    """

    renderer: str
    needs: tuple[str, ...] = ()
    lister: str = ""


HTML = "html"
"""The format for browsers."""

_FORMATS = {
    "concise": _Format("concise:render_concise"),
    "json": _Format("json:render_json", lister="json:create_lister"),
    "json-causes": _Format("json_causes:render_json_causes"),
    "jsonl": _Format("jsonl:render_jsonl", lister="jsonl:create_lister"),
    "sarif": _Format("sarif:render_sarif", ("rules", "warn", "find_origin")),
    "github": _Format("github:render_github", ("warn",)),
    "gitlab": _Format("gitlab:render_gitlab", ("warn",)),
    "junit": _Format("junit:render_junit", ("warn",)),
    "rdjson": _Format("rdjson:render_rdjson", ("rules", "read_source", "warn")),
    "markdown": _Format("markdown:render_markdown", ("warn",)),
    HTML: _Format(
        "html:render_html",
        ("rules", "read_source", "overview", "history", "warn", "find_origin", "run"),
    ),
}

TEXT = "text"
"""The format for terminals; `newslint.reporters.text` prints it, `render` does not know it."""

FORMAT_NAMES = (TEXT, *_FORMATS)
"""The formats that are text."""

PARQUET = "parquet"
"""The format that is no text; `newslint.reporters.parquet` writes it, `render` does not know it."""


def render(name: str, report_input: ReportInput) -> Iterable[str]:
    """Render a report as pieces of text.

    Args:
        name: One of `FORMAT_NAMES` other than `TEXT`.
        report_input: The report, and the other values that formats need.
    """
    format_ = _FORMATS[name]
    pieces: Iterable[str] = _import(format_.renderer)(
        report_input.report, **{need: getattr(report_input, need) for need in format_.needs}
    )
    return pieces


def can_list(names: Iterable[str]) -> bool:
    """Check if formats look at few diagnostics, and at most one of them lists the others."""
    others = {*names} - {TEXT}
    return len(others) <= 1 and all(name in _FORMATS and _FORMATS[name].lister for name in others)


def find_lister(names: Iterable[str]) -> "CreateLister | None":
    """Find the lister of formats that `can_list`; None if none of them has one."""
    others = [name for name in names if name != TEXT]
    return _import(_FORMATS[others[0]].lister) if others else None


def _import(name: str) -> Any:
    """Import a function, given as `module:function`."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(f"newslint.reporters.{module}"), function)


def needs_origin(name: str) -> bool:
    """Check if a format names the commit that is checked."""
    return name in _FORMATS and "find_origin" in _FORMATS[name].needs
