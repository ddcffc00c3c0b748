"""Rules about links to files and pages of the site that do not exist."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from newslint.records import LocatedField
from newslint.records.link_targets import claimed_names, find_problem
from newslint.records.links import PAGE, LocalPath, parse_link
from newslint.rules.api import (
    Description,
    DescriptionDiagnostic,
    Diagnostic,
    Edit,
    Field,
    Fix,
    Group,
    Mention,
    Safety,
    SurveyRule,
    Target,
    quote_value,
    replace_value,
)

_MAX_MISSING_SHARE = 0.25

LinkKind = tuple[str, str, str]
"""Links that are written alike: field of a relative path, kind of target, first folder."""


class LocalTargetRule(SurveyRule):
    """A rule that reports links whose targets do not exist.

    The first round collects the addresses that records claim, the second one the kinds of links.

    Attributes:
        kinds: The kinds of targets that the rule is about.
    """

    rounds = 2
    reads_files = True
    fields_read = frozenset({"links", "permalink", "slug", "aliases"})
    kinds: ClassVar[frozenset[str]]

    least: int = Field(
        3,
        description="How many links of the same kind must resolve before a missing one is "
        "reported.",
        ge=1,
    )
    ignore: tuple[str, ...] = Field((), description="Path prefixes to skip, such as `/downloads/`.")

    def examines(self, description: Description) -> bool:
        """Check if the description has such links."""
        return next(self._links(description), None) is not None

    def keys(self, mention: Mention) -> Iterable[str]:
        """Make a group of each record with links or addresses."""
        description = mention.description
        if self.examines(description) or (PAGE in self.kinds and any(claimed_names(description))):
            yield description.digest.hex()

    def measure(self, group: Group, finished: Sequence[Any]) -> Any:
        """List the names of pages that a record claims, then count its links of each kind."""
        (description,) = group.descriptions
        if len(finished) == 1:
            return frozenset(claimed_names(description)) if PAGE in self.kinds else frozenset()
        uses: Counter[tuple[LinkKind, bool]] = Counter()
        for record in group.records:
            for link, local in self._links(description):
                is_found = find_problem(local, record.path, *finished) is None
                uses[_kind_of(link, local), is_found] += 1
        return uses

    def merge(self, statistics: Iterable[Any], finished: Sequence[Any]) -> Any:
        """Merge the names of pages, or the numbers of links."""
        if len(finished) == 1:
            return frozenset().union(*statistics)
        total: Counter[tuple[LinkKind, bool]] = Counter()
        for each in statistics:
            total.update(each)
        return total

    def finish(self, statistic: Any, finished: Sequence[Any]) -> Any:
        """Find the kinds of links of which enough have a target, and most do."""
        if len(finished) == 1:
            return dict.fromkeys(sorted(statistic))
        found = {kind: number for (kind, is_found), number in statistic.items() if is_found}
        certain = (
            kind
            for kind, number in found.items()
            if number >= self.least
            and statistic[kind, False] <= _MAX_MISSING_SHARE * (number + statistic[kind, False])
        )
        return dict.fromkeys(sorted(certain))

    def check(
        self, group: Group, statistic: Any, finished: Sequence[Any]
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield the links of a record whose targets do not exist."""
        del statistic
        files, names, kinds = finished
        (description,) = group.descriptions
        for link, local in self._links(description):
            problems = {
                record.path: find_problem(local, record.path, files, names)
                for record in group.records
            }
            similar = next((each for each in problems.values() if each is not None), None)
            if similar is None or not (similar or _kind_of(link, local) in kinds):
                continue
            exists_in = frozenset(path for path, each in problems.items() if each is None)
            yield DescriptionDiagnostic(description, self._flag(link, local, similar), exists_in)

    def _links(self, description: Description) -> Iterator[tuple[LocatedField, LocalPath]]:
        """Yield the links to targets that the rule is about, with their paths."""
        for link in description.links if description.is_record else ():
            local = parse_link(link.text)
            if local is None or local.kind not in self.kinds:
                continue
            if not f"{'/' * local.is_rooted}{local.path}".startswith(self.ignore):
                yield link, local

    def _flag(self, link: LocatedField, local: LocalPath, similar: str) -> Diagnostic:
        """Create the diagnostic for a link.

        Args:
            link: The link.
            local: Its path.
            similar: The end of the path of a file that differs in case only; empty if none does.
        """
        target = link.target()
        shown, cause = quote_value(link.text), local.path if local.is_rooted else ""
        if similar:
            message = (
                f"there is no {shown}, but {quote_value(similar)}: upper and lower case differ"
            )
            fix = _correct_case(target, local.path, similar)
            return self.flag(target, message, cause=cause, fix=fix)
        noun = "page" if local.kind == PAGE else "file"
        return self.flag(target, f"there is no {noun} {shown} in the project", cause=cause)


def _kind_of(link: LocatedField, local: LocalPath) -> LinkKind:
    """Determine the kind of a link: by its first folder, or its field if it has a relative path."""
    if local.is_rooted:
        return "", local.kind, local.path.rpartition("/")[0].partition("/")[0]
    field = "/".join(key for key in link.pointer.split("/") if not key.isdecimal())
    return field or ".", local.kind, "."


def _correct_case(target: Target, path: str, similar: str) -> Fix | None:
    """Create the fix that writes a link like the file that it leads to."""
    old = path[len(path) - len(similar) :]
    if target.value.count(old) != 1:
        return None
    new, title = target.value.replace(old, similar), f"Write {quote_value(similar)}"
    if target.location.pointer:
        return replace_value(target, new, title, Safety.UNSAFE)
    return Fix(title, Safety.UNSAFE, (Edit(target.location.span, new),))
