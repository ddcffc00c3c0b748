"""Runs rules over documents."""

from newslint.engine.session import Outcome, Session, UsageError

__all__ = ["Outcome", "Session", "UsageError"]
