"""The formats that reports can have. A new one is a module and a line here."""

import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.diagnostics import Report
    from newslint.records import ArchiveStatistics
    from newslint.reporters.history import Entry
    from newslint.rules.api import Rule
    from newslint.text import SourceText


class Material(NamedTuple):
    """What reports are made from.

    Attributes:
        report: What was found.
        rules: The rules that ran.
        text: Returns the text of a file, secrets redacted, given its path.
        tell: Takes a sentence about what a format has no room for.
        overview: Returns what the records come to.
        history: Earlier runs, the oldest first.
    """

    report: "Report"
    rules: "Sequence[type[Rule]]"
    text: "Callable[[str], SourceText]"
    tell: Callable[[str], None]
    overview: "Callable[[], ArchiveStatistics]"
    history: "Sequence[Entry]" = ()


class _Format(NamedTuple):
    """How a format is rendered.

    Attributes:
        renderer: Module, below this package, and function; it is imported when it is used.
        needs: What the function takes besides the report: fields of `Material`, by name.
    """

    renderer: str
    needs: tuple[str, ...] = ()


HTML = "html"
"""The format to look at in a browser."""

_FORMATS = {
    "concise": _Format("concise:render_concise"),
    "json": _Format("json:render_json"),
    "jsonl": _Format("jsonl:render_jsonl"),
    "sarif": _Format("sarif:render_sarif", ("rules", "tell")),
    "github": _Format("github:render_github", ("tell",)),
    "gitlab": _Format("gitlab:render_gitlab"),
    "junit": _Format("junit:render_junit"),
    "rdjson": _Format("rdjson:render_rdjson", ("text",)),
    "markdown": _Format("markdown:render_markdown", ("tell",)),
    HTML: _Format("html:render_html", ("rules", "text", "overview", "history", "tell")),
}

TEXT = "text"
"""The format for people, which `newslint.reporters.text` prints to a console."""

NAMES = (TEXT, *_FORMATS)


def render(name: str, material: Material) -> Iterable[str]:
    """Return the pieces of a report.

    Args:
        name: One of `NAMES` but `TEXT`.
        material: What to report.
    """
    format_ = _FORMATS[name]
    module, _, function = format_.renderer.partition(":")
    renderer = getattr(importlib.import_module(f"newslint.reporters.{module}"), function)
    pieces: Iterable[str] = renderer(
        material.report, **{need: getattr(material, need) for need in format_.needs}
    )
    return pieces
