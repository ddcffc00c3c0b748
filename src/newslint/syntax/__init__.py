"""The languages of front matter, behind one protocol: how each is parsed, written and edited."""

from newslint.syntax.fragment import Fragment
from newslint.syntax.problem import Limits, Problem
from newslint.syntax.reader import Reader
from newslint.syntax.value import Value

__all__ = ["Fragment", "Limits", "Problem", "Reader", "Value"]
