"""How a problem and its repair are described."""

from newslint.diagnostics.diagnostic import Diagnostic, RelatedLocation
from newslint.diagnostics.fix import HERE, Edit, Fix, Safety
from newslint.diagnostics.report import Counts, Diagnostics, Quota, Report, Suppressed, findings_of
from newslint.diagnostics.severity import Severity
from newslint.diagnostics.stamp import Finding, Place, Stamp, made
from newslint.text.quoting import shown

__all__ = [
    "HERE",
    "Counts",
    "Diagnostic",
    "Diagnostics",
    "Edit",
    "Finding",
    "Fix",
    "Place",
    "Quota",
    "RelatedLocation",
    "Report",
    "Safety",
    "Severity",
    "Stamp",
    "Suppressed",
    "findings_of",
    "made",
    "shown",
]
