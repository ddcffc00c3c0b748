"""Execution of checks: runs the stages of `engine`, with files, worker processes, cache and git.

This package is private: it changes without notice. Programs use `newslint.check`.
"""

from newslint.execution.check_request import CheckRequest
from newslint.execution.files import UsageError
from newslint.execution.outcome import Outcome
from newslint.execution.workspace import check

__all__ = ["CheckRequest", "Outcome", "UsageError", "check"]
