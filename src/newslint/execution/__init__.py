"""Execution of checks: runs the stages of `engine`, with files, worker processes, cache and git.

This package is private: it changes without notice. Programs use `newslint.check`.
"""

from newslint.execution.check import CheckRequest, Outcome, check
from newslint.execution.files import UsageError

__all__ = ["CheckRequest", "Outcome", "UsageError", "check"]
