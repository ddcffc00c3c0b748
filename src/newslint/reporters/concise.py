"""One line for each diagnostic: `path:line:column: severity rule message`."""

from collections.abc import Iterator

from newslint.diagnostics import Report
from newslint.reporters.escape import escape, escape_commands


def render_concise(report: Report) -> Iterator[str]:
    """Yield a line for each diagnostic."""
    for diagnostic in report.diagnostics:
        location = diagnostic.location
        line, column = location.span.start
        path = escape(location.path)
        message = escape(diagnostic.message)
        text = f"{path}:{line}:{column}: {diagnostic.severity} {diagnostic.rule} {message}"
        yield f"{escape_commands(text)}\n"
