"""YAML: parse it into values with exact spans, write scalars, remove entries of lists."""

from newslint.syntax.yaml.fragments import Fragment, Reader
from newslint.syntax.yaml.value import Value

__all__ = ["Fragment", "Reader", "Value"]
