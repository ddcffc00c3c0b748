"""Base classes of rules.

A rule is a frozen pydantic model whose fields are its options. The base class decides which values
its `check` receives; `check` yields diagnostics that `Rule.flag` creates. Rules are pure: they use
no files, clock or network, print nothing, and keep no state between calls. The engine is
responsible for severity overrides, suppression, sorting and the grouping of causes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict

from newslint._deprecation import deprecated_attribute, warn_deprecated, warn_renamed
from newslint.diagnostics import Diagnostic, Fix, RelatedLocation, Severity
from newslint.documents import Document
from newslint.records import (
    Description,
    Group,
    Mention,
    Target,
    Text,
    article_key,
    redact_problem,
)
from newslint.records.text_damage import TextDamage
from newslint.rules.example import Example
from newslint.syntax import Problem
from newslint.syntax.redaction import SECRET_KEYS

NON_ASCII = "\x80"
"""Stands for all characters that are not ASCII (see `TextRule.characters`)."""

_MAX_RELATED = 100
"""Maximum number of related locations for further damage in one text."""

_CLASS_LEVEL = 5
"""Level of the stack at which a class that derives from a rule is defined, seen from a warning."""


@lru_cache(maxsize=64)
def search_pattern(characters: str) -> re.Pattern[str]:
    """Compile the pattern that finds one of `characters`, as `TextRule.characters` defines them."""
    if characters.isascii():
        return re.compile(f"[{re.escape(characters)}]" if characters else r"(?!)")
    others = (chr(code) for code in range(128) if chr(code) not in characters)
    return re.compile(f"[^{re.escape(''.join(others))}]")  # compiled faster than a wide range


class Rule(BaseModel):
    """A check for one kind of problem.

    `newslint explain` shows the docstring of its class: a summary, details, `Why:` and
    `Fix safety:`. A rule that derives from this class directly has no `check`: it reports problems
    that parsing finds (see `newslint.syntax.Problem`), or the engine creates its diagnostics.

    Attributes:
        id: The name.
        severity: The severity of its diagnostics.
        severity_hidden: The severity in records that readers cannot see, if it is another.
        since: The version of newslint, or of the plugin, that had the rule first.
        examples: Files that it reports, and files that it does not report.
        default: Whether it runs unless settings or options say otherwise.
        roles: Roles that fields must play for it to report anything.
        reads: The field, by its name in the schema `news`, without which a description has nothing
            to examine; empty if the rule examines all descriptions.
        fields_read: The fields of descriptions that a rule that compares these reads, by role or
            by attribute of `Description`, and of `Mention.host` no more than the date. In a
            distributed run, others are not sent to it; in a workspace, a change of others
            does not run it again. None for all.
        examines_files: Whether it examines files rather than descriptions.
        documentation: Address of a page about it; a built-in rule needs none.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        defer_build=True,  # most runs set no option of most rules, and so need no validator
    )

    id: ClassVar[str]
    severity: ClassVar[Severity]
    severity_hidden: ClassVar[Severity | None] = None
    since: ClassVar[str] = "0.1.0"
    examples: ClassVar[tuple[Example, ...]]
    default: ClassVar[bool] = True
    roles: ClassVar[tuple[str, ...]] = ()
    reads: ClassVar[str] = ""
    fields_read: ClassVar[frozenset[str] | None] = None
    examines_files: ClassVar[bool] = True
    documentation: ClassVar[str] = ""

    @classmethod
    def category(cls) -> str:
        """Get the rule's category: the folder of its module, or the module if it has no folder."""
        return cls.__module__.rpartition(".")[0].rpartition(".")[2] or cls.__module__

    def flag(  # noqa: PLR0913 # independent values
        self,
        target: Target,
        message: str,
        *,
        cause: str = "",
        related: Iterable[tuple[Target, str]] = (),
        fix: Fix | None = None,
        identity: str = "",
    ) -> Diagnostic:
        """Create a diagnostic of this rule; the value of a secret is left out.

        Args:
            target: The value that it is about.
            message: The problem, without a full stop; quote values with `quote_value`.
            cause: A key of the cause: diagnostics of one rule with equal keys are cured by one
                repair. By default the article, the field and its value.
            related: Further values that explain it, each with a note.
            fix: The fix.
            identity: Distinguishes it from other diagnostics of this rule at a place that has no
                text. It must not depend on other records.
        """
        if not isinstance(message, str):
            raise TypeError(f"the message is {message!r}, not a text")
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
            identity,
        )

    def examines(self, description: Description) -> bool:
        """Check if the rule may report this description.

        If a rule reports nearly all that it examines, reports show that as one pattern.
        """
        return not self.reads or description.has_field(self.reads)

    def report(self, document: Document, problem: Problem) -> Diagnostic:
        """Create the diagnostic for a problem that parsing `document` found."""
        problem = redact_problem(document, problem)
        related = ((Target(document.locate("", span), ""), note) for span, note in problem.related)
        target = Target(document.locate(problem.pointer, problem.span), "")
        return self.flag(target, problem.message, related=related, identity=problem.identity)


def _is_secret(target: Target) -> bool:
    """Check whether a target is the field `secured` or a part of it."""
    return not SECRET_KEYS.isdisjoint(target.location.pointer.split("/"))


# For each class that derives, pydantic evaluates the annotations of all its bases again: 3 % of a
# run on one file. These are class variables, and it knows them by now.
Rule.__annotations__ = {}


class DocumentRule(Rule):
    """A rule that checks one file."""

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Yield the problems of `document`."""
        raise NotImplementedError


class RecordRule(Rule):
    """A rule that checks a record's own description in its file, and so knows the file's name."""

    def concerns(self, path: str) -> bool:
        """Check quickly whether `check` can report anything in the file; True by default."""
        del path
        return True

    def check(self, record: Mention) -> Iterator[Diagnostic]:
        """Yield the problems of `record`, whose `path` is that of the file."""
        raise NotImplementedError


class TextRule(Rule):
    """A rule that checks each string of the front matter except `secured`.

    Attributes:
        reads_body: Whether it also checks the text below the front matter, and a file without front
            matter.
        reads_keys: Whether it also checks the keys of the front matter that are not ASCII.
        on_urls: Whether it checks only fields that contain URLs (True), only others (False), or
            both (None).
        characters: Characters one of which is in every text that the rule may report; the constant
            `NON_ASCII` represents all that are not ASCII. The engine skips other texts at little
            cost. None if there are none such.
    """

    examines_files = False
    characters: ClassVar[str | None] = None
    reads_body: ClassVar[bool] = False
    reads_keys: ClassVar[bool] = False
    on_urls: ClassVar[bool | None] = None

    def __init_subclass__(cls, **options: Any) -> None:
        """Warn the author of a rule that overrides `complete`."""
        super().__init_subclass__(**options)
        if "complete" in cls.__dict__:
            warn_renamed(f"{cls.__name__}.complete", "enrich", _CLASS_LEVEL)

    def concerns(self, text: str) -> bool:
        """Check quickly whether `check` can report anything in `text`.

        By default it is True if `text` has one of the `characters`. The engine calls it first and
        skips `check` if it is False. For a rule that reads bodies it receives whole bodies, so it
        must be True for a body if it is True for one of its lines.
        """
        return self.characters is None or search_pattern(self.characters).search(text) is not None

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield the problems of `text`."""
        raise NotImplementedError

    def enrich(self, diagnostic: Diagnostic, mention: Mention, group: Group) -> Diagnostic:
        """Enrich a diagnostic with other descriptions of the same article.

        It is called once for all occurrences of a description, after all files are checked.

        Args:
            diagnostic: A diagnostic of `check`, with locations relative to the description.
            mention: The description that contains the text, without a path.
            group: All mentions of the article.
        """
        return self.complete(diagnostic, mention, group)

    def complete(self, diagnostic: Diagnostic, mention: Mention, group: Group) -> Diagnostic:
        """Enrich a diagnostic: the old name of `enrich`."""
        del mention, group
        return diagnostic

    @property
    def enriches(self) -> bool:
        """Whether the rule enriches diagnostics after all files are checked."""
        kind = type(self)
        return kind.enrich is not TextRule.enrich or kind.complete is not TextRule.complete

    def flag_damage(
        self, text: Text, damage: Sequence[TextDamage], message: str, fix: Fix | None = None
    ) -> Diagnostic:
        """Create one diagnostic for all damage in `text`, at the first place of it.

        The other places are related locations, up to a limit of 100.
        """
        places = (text.part(each.start, each.end) for each in damage[: _MAX_RELATED + 1])
        first, *others = places
        if text.is_key:
            message += " (in a key: rename it here and where it is used)"
        related = ((other, "also here") for other in others)
        return self.flag(first, message, cause=text.value, related=related, fix=fix)

    flag_defects: ClassVar[Any] = deprecated_attribute("flag_defects", "flag_damage")


class MentionRule(Rule):
    """A rule that checks one mention: a description of an article at one place."""

    examines_files = False

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield the problems of `mention`."""
        raise NotImplementedError


class DescriptionDiagnostic(NamedTuple):
    """One diagnostic for all occurrences of a description.

    Attributes:
        description: The description.
        diagnostic: The diagnostic, at one of `description`'s targets.
        except_in: Files in which the description is not reported.
    """

    description: Description
    diagnostic: Diagnostic
    except_in: frozenset[str] = frozenset()


class GroupRule(Rule):
    """A rule that compares the mentions with the same key, such as those of one article.

    Attributes:
        compares: Whether it only compares descriptions; then it skips groups with just one.
    """

    examines_files = False
    compares: ClassVar[bool] = False

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Compute the keys of the groups that `mention` belongs to; by default, of its article.

        It is called once for all occurrences of a description, so the keys may depend on
        `mention.description` only.
        """
        return article_key(mention)

    def check(self, group: Group) -> Iterator[Diagnostic | DescriptionDiagnostic]:
        """Yield the problems of a group.

        A problem of a description at all its occurrences is yielded once, as a
        `DescriptionDiagnostic`.
        """
        raise NotImplementedError


class CorpusRule(Rule):
    """A rule that compares each article with all others: the predecessor of `SurveyRule`.

    It has to wait for all files, and every change of a file runs it again on the whole archive.
    """

    examines_files = False

    def __init_subclass__(cls, **options: Any) -> None:
        """Warn the author of the rule."""
        super().__init_subclass__(**options)
        warn_deprecated(f"{cls.__name__}: CorpusRule", "SurveyRule", _CLASS_LEVEL)

    def check(self, articles: Sequence[Group]) -> Iterator[Diagnostic | DescriptionDiagnostic]:
        """Yield the problems of all articles, as `GroupRule.check` does for one.

        Args:
            articles: One group for each article, sorted by key.
        """
        raise NotImplementedError
