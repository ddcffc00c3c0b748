"""The languages of front matter: how each is parsed, written and edited."""

from newslint.syntax.problem import Limits, Problem

__all__ = ["Limits", "Problem"]
