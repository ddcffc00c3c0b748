"""The rule `byte-order-mark`."""

from collections import Counter
from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Document,
    DocumentRule,
    Edit,
    Fix,
    Good,
    Safety,
    Severity,
    Target,
)
from newslint.text.lazy_pattern import lazy_pattern

_LINE_END = lazy_pattern(r"\r\n|\n|\r")
_NAMES = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
"""The line ends; of two that are equally common, the first one is the usual one."""


class ByteOrderMark(DocumentRule):
    """A file starts with a byte-order mark, or mixes line ends.

    Why: some site generators miss the fence behind a byte-order mark and show the front matter as
    text; mixed line ends make diffs and merges hard to read.

    Fix safety: unsafe for a CR without LF if the front matter cannot be parsed: it may be damage.
    """

    id = "byte-order-mark"
    severity = Severity.INFO
    examples = (
        Bad(
            "\ufeff---\ntitle: PyTorch\n---\n",
            fixed="---\ntitle: PyTorch\n---\n",
            whole=True,
        ),
        Bad(
            "---\r\ntitle: PyTorch\n---\r\n",
            fixed="---\r\ntitle: PyTorch\r\n---\r\n",
            whole=True,
        ),
        Good("---\r\ntitle: PyTorch\r\n---\r\n", whole=True),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Check the first character and the line ends of `document`."""
        text = document.source.text
        if text.startswith("\ufeff"):
            target = Target(document.locate_range(0, 1), "")
            edit = Edit(target.location.span, "")
            fix = Fix("Remove the byte-order mark", Safety.SAFE, (edit,))
            yield self.flag(target, "the file starts with a byte-order mark", fix=fix)
        if "\r" in text:
            yield from self._check_line_ends(document)

    def _check_line_ends(self, document: Document) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all line ends that differ from the file's most common one."""
        ends = list(_LINE_END.finditer(document.source.text))
        counts = Counter(end[0] for end in ends)
        usual = max(_NAMES, key=counts.__getitem__)
        others = [end for end in ends if end[0] != usual]
        if not others:
            return
        edits = tuple(Edit(document.locate_range(*end.span()).span, usual) for end in others)
        is_broken = document.front_matter is not None and not document.roots
        is_certain = not is_broken or all(end[0] != "\r" for end in others)
        safety = Safety.SAFE if is_certain else Safety.UNSAFE
        name = _NAMES[usual]
        verb = "line ends" if len(others) == 1 else "lines end"
        yield self.flag(
            Target(document.locate_range(*others[0].span()), ""),
            f"{len(others)} {verb} in {_NAMES[others[0][0]]}, the others in {name}",
            fix=Fix(f"End all lines in {name}", safety, edits),
        )
