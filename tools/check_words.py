"""Check the wording of docstrings and comments, and the names of public classes.

`make lint` runs it over the package. Each limit is a rate per 1,000 words of docstrings and
comments; well-known Python projects stay below them. `--verbose` lists every match with its place.
"""

import argparse
import ast
import io
import re
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

LIMITS = {
    'headless "what"': (re.compile(r"(?<!so-)\bwhat\b(?!-)", re.IGNORECASE), 0.8),
    '"return what"': (re.compile(r"\b(?:return|yield)s?\s+what\b", re.IGNORECASE), 0.1),
    "tell, told": (re.compile(r"\b(?:tell|tells|told|telling)\b", re.IGNORECASE), 0.4),
    "say, said": (re.compile(r"\b(?:say|says|said|saying)\b", re.IGNORECASE), 0.3),
    '"where" for "if"': (
        re.compile(
            r"(?<!line )(?<!column )(?<!place )(?<!position )(?<!offset )(?<!folder )(?<!file )"
            r"(?<!point )\bwhere\b",
            re.IGNORECASE,
        ),
        0.2,
    ),
    "stands": (re.compile(r"\b(?:stand|stands|stood|standing)\b", re.IGNORECASE), 0.3),
}


def prose(source: str) -> Iterator[tuple[int, str]]:
    """Yield the docstrings and comments of a module.

    Args:
        source: The text of the module.

    Yields:
        The 1-based line of each and its text.
    """
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, documented) and (text := ast.get_docstring(node, clean=False)):
            yield node.body[0].lineno, text
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def public_classes(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each public class at the top level of a module."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.lineno, node.name


def main() -> int:
    """Check the modules given on the command line; return 1 if a limit is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roots", nargs="+", type=Path, help="files or folders to check")
    parser.add_argument("--exclude", action="append", default=[], help="path prefix to leave out")
    parser.add_argument("--verbose", action="store_true", help="list every match")
    options = parser.parse_args()
    files = [
        path
        for root in options.roots
        for path in (sorted(root.rglob("*.py")) if root.is_dir() else [root])
        if not path.as_posix().startswith(tuple(options.exclude))
    ]
    words = 0
    matches: dict[str, list[str]] = defaultdict(list)
    classes: dict[str, list[str]] = defaultdict(list)
    for path in files:
        source = path.read_text(encoding="utf-8")
        for line, text in prose(source):
            words += len(text.split())
            for name, (pattern, _) in LIMITS.items():
                for match in pattern.finditer(text):
                    at = line + text.count("\n", 0, match.start())
                    matches[name].append(f"{path}:{at}: {text.splitlines()[at - line].strip()}")
        for line, name in public_classes(source):
            classes[name].append(f"{path}:{line}")
    failed = False
    for name, (_, limit) in LIMITS.items():
        rate = 1000 * len(matches[name]) / max(words, 1)
        failed |= rate > limit
        mark = "exceeds" if rate > limit else "within"
        print(f"{name}: {rate:.2f} per 1,000 words, {mark} the limit of {limit}")
        if options.verbose:
            print(*(f"  {place}" for place in matches[name]), sep="\n")
    for name, places in sorted(classes.items()):
        if len(places) > 1:
            failed = True
            print(f"class {name} is defined {len(places)} times: {', '.join(places)}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
