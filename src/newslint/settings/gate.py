"""The quality gate that settings describe."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import Gate, Severity
from newslint.diagnostics.gate import fail_limits
from newslint.settings.settings import Settings, StaleBaseline
from newslint.settings.tables import GateTable

SEVERITY_SETTINGS = {
    Severity.ERROR: "max_errors",
    Severity.WARNING: "max_warnings",
    Severity.INFO: "max_infos",
}
"""The field of `GateTable` that limits each severity."""


def build_gate(
    settings: Settings, rules: Mapping[str, int], uncounted: frozenset[str] = frozenset()
) -> Gate:
    """Build the gate of a project.

    Args:
        settings: The settings.
        rules: The limits of rules, by rule id.
        uncounted: Rules that depend on the answers of other sites, which count only if asked for.
    """
    table = settings.gate
    severities = fail_limits(settings.fail_level) | _severity_limits(table)
    stale_limit = _stale_limit(settings.stale_baseline)
    apart = frozenset[str]() if settings.online.gate else uncounted - rules.keys()
    return Gate(severities, dict(rules), table.max_baselined, stale_limit, apart)


def _severity_limits(table: GateTable) -> dict[Severity, int]:
    """Collect the limits of severities that settings give."""
    limits = {severity: getattr(table, name) for severity, name in SEVERITY_SETTINGS.items()}
    return {severity: limit for severity, limit in limits.items() if limit is not None}


def _stale_limit(policy: StaleBaseline) -> int | None:
    """Convert the policy for a stale baseline to the limit of stale entries."""
    return 0 if policy == "error" else None


class GateOverride(msgspec.Struct, frozen=True):
    """Limits of one run that replace those of the settings; None keeps them.

    Attributes:
        fail_level: Lowest severity that fails; it replaces the limits of all severities.
        max_warnings: Number of warnings that pass.
        stale_baseline: How to report that diagnostics of the baseline no longer occur.
    """

    fail_level: Severity | None = None
    max_warnings: int | None = None
    stale_baseline: StaleBaseline | None = None

    def apply(self, gate: Gate) -> Gate:
        """Replace limits of a gate."""
        severities = fail_limits(self.fail_level) if self.fail_level else dict(gate.severities)
        if self.max_warnings is not None:
            severities[Severity.WARNING] = self.max_warnings
        stale = self.stale_baseline
        stale_limit = gate.stale_baseline if stale is None else _stale_limit(stale)
        return replace(gate, severities=severities, stale_baseline=stale_limit)
