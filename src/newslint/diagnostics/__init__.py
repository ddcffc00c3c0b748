"""Diagnostics, their fixes, and the report of a run."""

from newslint.diagnostics.diagnostic import (
    THIS_ENTRY,
    Diagnostic,
    Edit,
    Fix,
    RelatedLocation,
    Safety,
    Severity,
)
from newslint.diagnostics.lazy import (
    DiagnosticCounts,
    LazyDiagnostics,
    RuleLimit,
    compact_form,
)
from newslint.diagnostics.occurrence import (
    AnyDiagnostic,
    Occurrence,
    PlacedDiagnostic,
    materialise,
)
from newslint.diagnostics.report import Report, SuppressedDiagnostic
from newslint.text.quoting import quote_value

__all__ = [
    "THIS_ENTRY",
    "AnyDiagnostic",
    "Diagnostic",
    "DiagnosticCounts",
    "Edit",
    "Fix",
    "LazyDiagnostics",
    "Occurrence",
    "PlacedDiagnostic",
    "RelatedLocation",
    "Report",
    "RuleLimit",
    "Safety",
    "Severity",
    "SuppressedDiagnostic",
    "compact_form",
    "materialise",
    "quote_value",
]
