"""Diagnostics, their fixes, and the report of a run."""

from newslint.diagnostics.diagnostic import (
    NOWHERE,
    THIS_ENTRY,
    Diagnostic,
    Edit,
    Fix,
    Occurrence,
    RelatedLocation,
    Safety,
    Severity,
)
from newslint.diagnostics.gate import Gate, GateCondition, GateResult, judge_gate
from newslint.diagnostics.report import (
    DiagnosticCounts,
    ProjectSummary,
    Report,
    RuleLimit,
    SuppressedDiagnostic,
)
from newslint.text.quoting import quote_value

__all__ = [
    "NOWHERE",
    "THIS_ENTRY",
    "Diagnostic",
    "DiagnosticCounts",
    "Edit",
    "Fix",
    "Gate",
    "GateCondition",
    "GateResult",
    "Occurrence",
    "ProjectSummary",
    "RelatedLocation",
    "Report",
    "RuleLimit",
    "Safety",
    "Severity",
    "SuppressedDiagnostic",
    "judge_gate",
    "quote_value",
]
