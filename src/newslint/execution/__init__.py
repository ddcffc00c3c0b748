"""Execution of checks: runs the stages of `engine`, with files, worker processes, cache and git."""

from newslint.execution.check import CheckRequest, Outcome, check
from newslint.execution.files import UsageError

__all__ = ["CheckRequest", "Outcome", "UsageError", "check"]
