"""Disagreement between the records of one article.

Mentions are copies of one record or another. If the records disagree, a mention that differs from
one of them is a consequence: only the records can be repaired.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from newslint.records.description import Description
from newslint.records.group import Group
from newslint.records.mention import Mention
from newslint.records.text_comparison import is_same_or_truncated, is_same_text, normalise_text

_MAX_COMPARED = 50
"""Maximum number of records that a mention is compared with, so that the time stays linear."""


class ComparedField(NamedTuple):
    """A field in which descriptions of one article can disagree.

    Attributes:
        noun: The word for it in messages.
        read: Gets the value of a description; None if it has none.
        same: Checks whether two different values mean the same.
    """

    noun: str
    read: Callable[[Description], Hashable | None]
    same: Callable[[object, object], bool] | None = None

    def agrees(self, one: Description, other: Description) -> bool:
        """Check whether two descriptions have values that mean the same."""
        first, second = self.read(one), self.read(other)
        if first is None or second is None:
            return False
        return first == second or (self.same is not None and self.same(first, second))


def _read_title(description: Description) -> str | None:
    return normalise_text(description.title) if description.title else None


def _read_excerpt(description: Description) -> str | None:
    return normalise_text(description.excerpt) if description.excerpt else None


FIELDS = (
    ComparedField("URL", lambda description: description.article or None),
    ComparedField("headline", _read_title, is_same_text),
    ComparedField("excerpt", _read_excerpt, is_same_or_truncated),
    ComparedField("date", lambda description: description.published_at),
    ComparedField("quality", lambda description: description.quality),
    ComparedField("publication", lambda description: description.published),
)


COMPARED_FIELDS = frozenset({"title", "excerpt", "quality"})
"""Those of them that a rule has to declare in `Rule.fields_read`."""


def find_disagreements(group: Group) -> tuple[str, ...]:
    """List the nouns of the fields in which the records of an article disagree."""
    records = group.record_descriptions
    return tuple(field.noun for field in FIELDS if _has_several_values(field, records))


def have_disagreement(group: Group) -> bool:
    """Check whether the records of an article disagree in any field."""
    records = group.record_descriptions
    return len(records) > 1 and any(_has_several_values(field, records) for field in FIELDS)


def _has_several_values(field: ComparedField, records: Iterable[Description]) -> bool:
    """Check whether records have different values of a field; missing ones make no difference."""
    values = {value for each in records if (value := field.read(each)) is not None}
    if len(values) < 2 or field.same is None:  # noqa: PLR2004 # several values
        return len(values) > 1
    longest = max(values, key=lambda value: (len(str(value)), str(value)))
    return not all(field.same(value, longest) for value in values)


def nearest_record(description: Description, records: Sequence[Mention]) -> int:
    """Find the index of the record that a mention agrees with in most fields; of several, the last.

    Args:
        description: The description of the mention.
        records: Records of the article, sorted; those beyond a limit do not count.
    """
    return max(
        range(min(len(records), _MAX_COMPARED)),
        key=lambda at: (
            sum(each.agrees(description, records[at].description) for each in FIELDS),
            at,
        ),
    )


def count_followers(group: Group) -> Counter[int]:
    """Count the entries that follow each of `group.records`, by index: those nearest to it."""
    followers: Counter[int] = Counter()
    for description in group.entry_descriptions:
        nearest = nearest_record(description, group.records)
        followers[nearest] += group.count_mentions(description)
    return followers
