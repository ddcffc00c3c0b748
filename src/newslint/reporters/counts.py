"""The counts of a report, in words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.diagnostics import Report


def counts(report: "Report") -> list[str]:
    """Return the counts of a report, in one line or two."""
    documents = counted(report.documents, "document")
    if not report.diagnostics:
        return [f"No diagnostics in {documents}{_unlisted(report)}"]
    found = counted(len(report.diagnostics), "diagnostic")
    parts = [counted(number, name) for name, number in report.by_severity.items() if number]
    causes = counted(report.causes, "cause")
    return [
        f"{found} ({', '.join(parts)})",
        f"{causes}, {report.fixable:,} fixable, {documents}{_unlisted(report)}",
    ]


def omissions(report: "Report") -> list[str]:
    """Return what to say of each rule that has more diagnostics than are listed."""
    return [
        f"and {number:,} more of {rule}: 'diagnostics' in [limits] of the settings says how many "
        "are listed"
        for rule, number in report.omitted.items()
    ]


def _unlisted(report: "Report") -> str:
    """Return how many diagnostics a report counts and does not list; empty where none."""
    parts = {"suppressed": len(report.suppressed), "baselined": report.baselined}
    return "".join(f", {number:,} {name}" for name, number in parts.items() if number)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
