"""Puts the HTML report together."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newslint._version import __version__
from newslint.diagnostics import Report, Severity
from newslint.documents import REPORT_MARK
from newslint.records import ArchiveStatistics
from newslint.reporters.counts import counted
from newslint.reporters.escape import escaped
from newslint.reporters.history import Entry
from newslint.reporters.html.figures import figures
from newslint.reporters.html.health import health
from newslint.reporters.html.pack import Packed, packed
from newslint.reporters.html.piles import Piles, Sources, pile_up
from newslint.reporters.html.tables import tables
from newslint.reporters.json import summary
from newslint.reporters.ranking import Tell
from newslint.rules.api import Rule

if TYPE_CHECKING:
    from jinja2 import Environment

_SCRIPTS = ("data.js", "filter.js", "cause.js", "main.js")
_CAUSES = 20


def render_html(  # noqa: PLR0913 # independent values
    report: Report,
    *,
    rules: Sequence[type[Rule]],
    text: Sources,
    overview: Callable[[], ArchiveStatistics],
    history: Sequence[Entry],
    tell: Tell,
) -> Iterator[str]:
    """Yield the page in pieces.

    Args:
        report: What was found.
        rules: Those that ran.
        text: Returns the text of a file, secrets redacted, given its path.
        overview: Returns what the records come to.
        history: Earlier runs, the oldest first.
        tell: Is told when the page has no room for something.
    """
    found = pile_up(report, lru_cache(maxsize=1)(text))
    data = packed(found, rules)
    notice = _notice(found, data, len(report.diagnostics))
    if notice:
        tell(f"the HTML report lists {notice}; the JSON report holds all")
    script, style = _script(), _asset("style.css")
    template = _environment().get_template("page.html.j2")
    yield from template.generate(
        mark=REPORT_MARK,
        version=__version__,
        counts=summary(report),
        health=health(report, found),
        figures=figures(report, overview(), history),
        tables=tables(report, rules),
        severities=[severity.value for severity in Severity],
        leading=found.piles[:_CAUSES],
        paths=found.paths,
        causes=len(found.piles),
        data=data.data,
        notice=notice,
        policy=_policy(script, style),
        script=script,
        style=style,
    )


def _notice(found: Piles, data: Packed, number: int) -> str:
    """Return how much the page lists; empty where that is all."""
    if data.listed == number:
        return ""
    causes = f"{data.causes:,} of {len(found.piles):,} causes"
    return f"{causes} and {data.listed:,} of {number:,} diagnostics"


def _environment() -> "Environment":
    """Return what fills the templates: all text in them is escaped, and visible."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        finalize=_visible,
        loader=FunctionLoader(_asset),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["number"] = "{:,}".format
    environment.filters["share"] = "{:.1%}".format
    environment.filters["plural"] = counted
    return environment


def _visible(value: Any) -> Any:
    """Return a value of a template, text with nothing in it that hides or acts on a screen."""
    return escaped(value) if type(value) is str else value


def _asset(name: str) -> str:
    """Return the text of a file beside this module."""
    return (files(__package__) / "assets" / name).read_text("utf-8")


def _script() -> str:
    """Return the script of the page."""
    return "".join(map(_asset, _SCRIPTS))


def _policy(script: str, style: str) -> str:
    """Return what the page is allowed to do: nothing but to run its script and use its style."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _digest(text: str) -> str:
    """Return what a content security policy knows an inline element by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
