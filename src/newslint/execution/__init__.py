"""How the dataflow is run: executors, cache, git, fixing."""

from newslint.execution.check import CheckRequest, Outcome, check
from newslint.execution.files import UsageError

__all__ = ["CheckRequest", "Outcome", "UsageError", "check"]
