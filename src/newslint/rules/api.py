"""All that the author of a rule imports.

A rule is a frozen pydantic model: its fields are its options. What it looks at is told by the class
it derives from, and its `check` yields diagnostics made by `flag`. Rules are pure: no files, clock,
network, printing, or memory between calls. Severity overrides, suppression, sorting and the
grouping of causes belong to the engine.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from newslint.diagnostics import (
    THIS_ENTRY,
    Diagnostic,
    Edit,
    Fix,
    RelatedLocation,
    Safety,
    Severity,
    shown,
)
from newslint.documents import Document
from newslint.records import (
    Description,
    Group,
    Mention,
    Reference,
    Target,
    Text,
    article_key,
    find_reference,
    redact_problem,
    target_of,
)
from newslint.records.text_damage import TextDamage
from newslint.rules.deprecation import resolve_alias
from newslint.syntax import Problem
from newslint.syntax.yaml.redaction import SECURED
from newslint.syntax.yaml.scalars import BLOCK_STYLES
from newslint.syntax.yaml.writing import Part, write_parts, write_text

__all__ = [
    "Bad",
    "CorpusRule",
    "Description",
    "DescriptionDiagnostic",
    "Diagnostic",
    "Document",
    "DocumentRule",
    "Edit",
    "Field",
    "Fix",
    "Good",
    "Group",
    "GroupRule",
    "Mention",
    "MentionRule",
    "Part",
    "Reference",
    "RelatedLocation",
    "Rule",
    "Safety",
    "Severity",
    "Target",
    "Text",
    "TextDamage",
    "TextRule",
    "article_key",
    "find_reference",
    "remove_entry",
    "replace_parts",
    "replace_source",
    "replace_value",
    "shown",
    "summarise_defects",
    "target_of",
]

RENAMED = {
    "Defect": "TextDamage",
    "Facts": "Description",
    "Spread": "DescriptionDiagnostic",
    "by_article": "article_key",
    "defects_shown": "summarise_defects",
    "reference": "find_reference",
}
"""New names by old name; the old ones are deprecated."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Look up a deprecated name."""
        return resolve_alias(globals(), RENAMED, name)


_MOST_PLACES = 100
"""Further places of defects in one text that a diagnostic points at."""


class Example(NamedTuple):
    """Files that show what a rule is about.

    Attributes:
        files: The front matter of each; a text that starts with a fence, or any text where `whole`
            is set, is the file itself.
        is_bad: The rule reports something in them.
        fixed: The first file after all fixes; None where the rule brings none.
        whole: The texts are files, not just front matter.
        name: What the first file is called; empty where that does not matter.
    """

    files: tuple[str, ...]
    is_bad: bool
    fixed: str | None = None
    whole: bool = False
    name: str = ""


def Bad(  # noqa: N802 # reads as a kind of example
    *files: str, fixed: str | None = None, whole: bool = False, name: str = ""
) -> Example:
    """Return an example in which the rule reports something."""
    return Example(files, is_bad=True, fixed=fixed, whole=whole, name=name)


def Good(*files: str, whole: bool = False, name: str = "") -> Example:  # noqa: N802 # as above
    """Return an example in which the rule reports nothing."""
    return Example(files, is_bad=False, whole=whole, name=name)


class Rule(BaseModel):
    """A check. Its docstring is what `newslint explain` prints: a summary, `Why:`, `Fix safety:`.

    A rule of which nothing but this class is known reports problems that were met while a file was
    read (see `newslint.syntax.Problem`).
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        defer_build=True,  # most runs set no option of most rules, and so need no validator
    )

    id: ClassVar[str]
    severity: ClassVar[Severity]
    examples: ClassVar[tuple[Example, ...]]
    default: ClassVar[bool] = True

    @classmethod
    def category(cls) -> str:
        """Return the rule's category, which is the folder that it lives in."""
        return cls.__module__.rpartition(".")[0].rpartition(".")[2] or cls.__module__

    def flag(
        self,
        target: Target,
        message: str,
        *,
        cause: str = "",
        related: Iterable[tuple[Target, str]] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """Return a diagnostic of this rule, which holds no secret value.

        Args:
            target: What it points at.
            message: What is wrong, without a full stop; values that it quotes go through `shown`.
            cause: What one repair would cure, as far as this rule is concerned: diagnostics of one
                rule with equal causes belong together. By default the article, the field and
                the message.
            related: Further places that explain it, each with a note.
            fix: How to repair it.
        """
        return Diagnostic(
            self.id,
            self.category(),
            self.severity,
            message,
            target.location,
            "" if _is_secret(target) else target.value,
            cause,
            tuple(RelatedLocation(place.location, note) for place, note in related),
            fix,
        )

    def report(self, document: Document, problem: Problem) -> Diagnostic:
        """Return what to say of a problem that was met while `document` was read."""
        problem = redact_problem(document, problem)
        related = ((Target(document.locate("", span), ""), note) for span, note in problem.related)
        target = Target(document.locate(problem.pointer, problem.span), "")
        return self.flag(target, problem.message, related=related)


class DocumentRule(Rule):
    """A rule that looks at one file."""

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Yield what is wrong with `document`."""
        raise NotImplementedError


class TextRule(Rule):
    """A rule that looks at one string: each of the front matter's but `secured`.

    Attributes:
        reads_body: It looks at the text below the front matter as well, and at the whole of a file
            that has none.
        on_urls: It looks only at fields where a URL is expected (True), or only at others (False).
    """

    reads_body: ClassVar[bool] = False
    on_urls: ClassVar[bool | None] = None

    def concerns(self, text: str) -> bool:
        """Tell whether `check` may say anything of `text`; by default it may of every text.

        It is asked first, so what it can exclude at a glance costs next to nothing. A rule that
        reads bodies is asked about whole bodies, too: what concerns a line concerns the body.
        """
        del text
        return True

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield what is wrong with `text`."""
        raise NotImplementedError

    def complete(self, diagnostic: Diagnostic, mention: Mention, group: Group) -> Diagnostic:
        """Return `diagnostic` with what other mentions of the same article add to it.

        Args:
            diagnostic: One that `check` yielded, placed in its file.
            mention: The mention that it is about.
            group: All mentions of the article.
        """
        del mention, group
        return diagnostic

    def flag_defects(
        self, text: Text, defects: Sequence[TextDamage], message: str, fix: Fix | None = None
    ) -> Diagnostic:
        """Return the one diagnostic for all `defects` of `text`, at the first of them.

        Of very many only the first are pointed at.
        """
        told = defects[: _MOST_PLACES + 1]
        first, *others = (text.part(defect.start, defect.end) for defect in told)
        related = ((other, "and here") for other in others)
        return self.flag(first, message, cause=text.value, related=related, fix=fix)


class MentionRule(Rule):
    """A rule that looks at one mention."""

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield what is wrong with `mention`."""
        raise NotImplementedError


class DescriptionDiagnostic(NamedTuple):
    """One diagnostic for every place where a description stands.

    Attributes:
        description: The description.
        diagnostic: What is wrong with it, at a target of `description.at`.
        except_in: Files in which the description is fine.
    """

    description: Description
    diagnostic: Diagnostic
    except_in: frozenset[str] = frozenset()


class GroupRule(Rule):
    """A rule that judges the mentions that share a key, such as all those of one article.

    Attributes:
        compares: It compares descriptions, so that a group of just one is not worth a look.
    """

    compares: ClassVar[bool] = False

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Name the groups that `mention` belongs to: the one of its article, unless overridden.

        It is asked once for all places of a description, so only `mention.description` may decide.
        """
        return article_key(mention)

    def check(self, group: Group) -> Iterator[Diagnostic | DescriptionDiagnostic]:
        """Yield what is wrong with the mentions of `group`.

        What is wrong with a description wherever it stands is yielded once, as a
        `DescriptionDiagnostic`.
        """
        raise NotImplementedError


class CorpusRule(Rule):
    """A rule that needs to know all articles to judge one: what is rare, what is usual."""

    def check(self, articles: Sequence[Group]) -> Iterator[Diagnostic | DescriptionDiagnostic]:
        """Yield what is wrong, given all mentions of all articles, as a `GroupRule` does.

        Args:
            articles: One group for each article, sorted by key.
        """
        raise NotImplementedError


def _is_secret(target: Target) -> bool:
    """Tell whether a diagnostic points at what is secret, or at a part of it."""
    pointer = target.location.pointer
    return SECURED in pointer and SECURED in pointer.split("/")


def replace_parts(
    text: Text, parts: Sequence[Part], title: str, safety: Safety = Safety.SAFE
) -> Fix | None:
    """Return the fix that replaces `parts` of `text`, which are in order and do not overlap.

    Args:
        text: A string of the front matter, or of the body.
        parts: What to replace, and by what.
        title: What the fix does, in the imperative.
        safety: Whether it may be applied unseen.
    """
    if text.scalar is not None:
        written = write_parts(text.scalar, parts)
    else:
        written = [(text.part(start, end).location.span, new) for start, end, new in parts]
    edits = tuple(Edit(span, new) for span, new in written)
    return Fix(title, safety, edits, everywhere=True) if edits else None


def replace_value(target: Target, new: str, title: str, safety: Safety = Safety.SAFE) -> Fix | None:
    """Return the fix that replaces the value at `target` by the text `new`, in its style.

    A line end at the very end belongs to the style, not to the text: a block scalar that has one
    keeps it, and nothing else gets one. None where aliases elsewhere stand for the value: it may be
    right there.
    """
    new = new.removesuffix("\n") + ("\n" if target.block and target.value.endswith("\n") else "")
    return _replaced(target, write_text(new, target.style, target.block), title, safety)


def replace_source(target: Target, source: str, title: str, style: str = "") -> Fix | None:
    """Return the safe fix that writes `source`, which is YAML such as a number or a date.

    None where aliases elsewhere stand for the value: it may be right there.

    Args:
        target: What to replace; a value in quotes stays in quotes.
        source: What to write.
        title: What the fix does, in the imperative.
        style: How `source` is quoted where it was taken from.
    """
    style = target.style or ('"' if style in BLOCK_STYLES else style)
    text = write_text(source, style, target.block) if style else source
    return _replaced(target, text, title, Safety.SAFE)


def _replaced(target: Target, source: str, title: str, safety: Safety) -> Fix | None:
    """Return the fix that replaces the value at `target` by `source`."""
    if target.is_shared:
        return None
    return Fix(title, safety, (Edit(target.location.span, source),))


def remove_entry(entry: Mention | Description, title: str, safety: Safety) -> Fix | None:
    """Return the fix that takes an entry out of its list; None where that cannot be told apart.

    Of a description it is the fix for each of its places, of which some may bring none.
    """
    if isinstance(entry, Description):
        own = () if entry.lines is None else (Edit(entry.lines, ""),)
        return Fix(title, safety, own, THIS_ENTRY)
    edits = tuple(Edit(span, text) for span, text in entry.removal)
    return Fix(title, safety, edits, entry.prefix) if edits else None


def summarise_defects(defects: Sequence[TextDamage], verb: str) -> str:
    """Return the first of `defects` as messages show it, and how many more there are.

    Args:
        defects: Those of one text.
        verb: Joins what stands there and what it was: `was`, `is`.
    """
    first = defects[0]
    meant = shown(first.original) if first.original else "a byte-order mark"
    more = f" and {len(defects) - 1} more in this text" if len(defects) > 1 else ""
    return f"{shown(first.text)} {verb} {meant}{more}"
