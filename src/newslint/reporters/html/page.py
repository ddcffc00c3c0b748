"""Render the HTML report from its templates, scripts and style sheet."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newslint._version import __version__
from newslint.diagnostics import Report, Severity
from newslint.documents import REPORT_MARK
from newslint.records import ArchiveStatistics
from newslint.reporters.escape import escape
from newslint.reporters.formats import SourceReader, Warn
from newslint.reporters.history import HistoryEntry
from newslint.reporters.html.cause_groups import CauseGroups, group_causes
from newslint.reporters.html.charts import HEIGHT, WIDTH
from newslint.reporters.html.figures import build_figures
from newslint.reporters.html.heat_map import build_heat_map
from newslint.reporters.html.links import create_links
from newslint.reporters.html.payload import Payload, build_payload
from newslint.reporters.html.views import build_tables, group_patterns, measure_health
from newslint.reporters.html.worklist import build_worklist
from newslint.reporters.json import encode_summary
from newslint.reporters.run_facts import RunFacts
from newslint.reporters.summary import gate_line, pluralize
from newslint.rules.api import Rule

if TYPE_CHECKING:
    from jinja2 import Environment

    from newslint.execution.origin import Origin

_SCRIPTS = ("data.js", "filter.js", "links.js", "diff.js", "cause.js", "table.js", "main.js")
_MAX_STATIC_CAUSES = 20
"""So many causes are part of the page itself, for browsers that run no scripts."""


def render_html(  # noqa: PLR0913 # independent values
    report: Report,
    *,
    rules: Sequence[type[Rule]],
    read_source: SourceReader,
    overview: Callable[[], ArchiveStatistics],
    history: Sequence[HistoryEntry],
    warn: Warn,
    run: RunFacts,
    find_origin: "Callable[[], Origin | None]",
) -> Iterator[str]:
    """Yield the page in pieces.

    Args:
        report: The outcome of the run.
        rules: The rules that ran.
        read_source: Reads the text of a file, secrets redacted.
        overview: Computes the statistics of the records.
        history: The earlier runs, the oldest first.
        warn: Receives a sentence if the page has no room for some diagnostics.
        run: The identity of the run.
        find_origin: Finds the commit that is checked; None if there is none.
    """
    statistics, origin = overview(), find_origin()
    links = create_links(run, origin)
    causes = group_causes(report, read_source, statistics)
    payload = build_payload(causes, rules, links)
    notice = _omission_notice(causes, payload, len(report.diagnostics))
    if notice:
        warn(f"the HTML report lists {notice}; the JSON report holds all")
    tables = build_tables(report, causes, rules)
    names = [each.row.name for each in tables.rules]
    script, style = "".join(map(_read_asset, _SCRIPTS)), _read_asset("style.css")
    template = _create_environment().get_template("page.html.j2")
    yield from template.generate(
        mark=REPORT_MARK,
        version=__version__,
        run=run,
        origin=origin,
        rules=sorted(rule.id for rule in rules),
        counts=encode_summary(report),
        gate=gate_line(report.gate) if report.gate else "",
        health=measure_health(report, causes),
        worklist=build_worklist(report, causes, run),
        patterns=group_patterns(report.patterns),
        figures=build_figures(report, statistics, history),
        has_trend=bool(history),
        width=WIDTH,
        height=HEIGHT,
        tables=tables,
        heat_map=build_heat_map(report, names, tables.providers, statistics.articles),
        severities=[severity.value for severity in Severity],
        leading=causes.groups[:_MAX_STATIC_CAUSES],
        paths=causes.paths,
        source_of=links.source_of,
        causes=len(causes.groups),
        documents=len(causes.paths),
        data=payload.data,
        notice=notice,
        policy=_content_security_policy(script, style),
        script=script,
        style=style,
    )


def _omission_notice(causes: CauseGroups, payload: Payload, total: int) -> str:
    """Describe how much of the report the page lists; empty if it lists all."""
    if payload.diagnostics == total:
        return ""
    listed = f"{payload.causes:,} of {len(causes.groups):,} causes"
    return f"{listed} and {payload.diagnostics:,} of {total:,} diagnostics"


@cache
def _create_environment() -> "Environment":
    """Create the environment of the templates, which escapes all text for HTML and terminals."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        finalize=_escape_value,
        loader=FunctionLoader(_read_asset),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["coordinate"] = "{:.1f}".format
    environment.filters["number"] = "{:,}".format
    environment.filters["share"] = "{:.1%}".format
    environment.filters["plural"] = pluralize
    return environment


def _escape_value(value: Any) -> Any:
    """Escape control characters and invisible characters in a value of a template."""
    return escape(value) if type(value) is str else value


def _read_asset(name: str) -> str:
    """Read a template, a script or the style sheet."""
    return (files(__package__) / "assets" / name).read_text("utf-8")


def _content_security_policy(script: str, style: str) -> str:
    """Build the policy that lets a browser run the page's script and style, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_integrity(script)}'",
            f"style-src '{_integrity(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _integrity(text: str) -> str:
    """Compute the digest by which a content security policy allows an inline element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
