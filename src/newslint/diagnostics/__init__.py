"""How a problem and its repair are described."""

from newslint.diagnostics.diagnostic import Diagnostic, RelatedLocation
from newslint.diagnostics.fix import Edit, Fix, Safety
from newslint.diagnostics.report import Report, Suppressed
from newslint.diagnostics.severity import Severity
from newslint.diagnostics.shown import shown

__all__ = [
    "Diagnostic",
    "Edit",
    "Fix",
    "RelatedLocation",
    "Report",
    "Safety",
    "Severity",
    "Suppressed",
    "shown",
]
