"""Articles: the URLs that lead to one, and the values that its mentions should agree on."""

from collections import Counter
from collections.abc import Callable, Hashable
from typing import NamedTuple

from newslint.records.description import Description
from newslint.records.group import Group
from newslint.records.mention import Mention

FieldReader = Callable[[Description], Hashable | None]
"""Extracts the value to compare from a description; None if it has none."""


class Reference(NamedTuple):
    """The value that mentions of an article should have.

    Attributes:
        value: As returned by a `FieldReader`.
        mention: A mention with this value.
        votes: Number of mentions with this value; 0 if a record decides.
        total: Number of mentions with any value.
        is_disputed: Whether the article has several records, which disagree.
    """

    value: Hashable
    mention: Mention
    votes: int = 0
    total: int = 0
    is_disputed: bool = False


def find_reference(
    group: Group, read: FieldReader, *, prefer_records: bool = True
) -> Reference | None:
    """Find the value that the mentions in `group` should have.

    A record's own value is the reference. Without a record it is the value of most mentions, and in
    a tie the value of the newest record among them.

    Args:
        group: The mentions of an article.
        read: Extracts the value to compare.
        prefer_records: Whether a record's own value outweighs any majority.

    Returns:
        The reference, or None if no mention has a value.
    """
    values = {each: value for each in group.descriptions if (value := read(each)) is not None}
    records = [each for each in values if each.is_record]
    if records and prefer_records:
        newest = group.newest_mention(records)
        return Reference(values[newest.description], newest)
    if not values:
        return None
    votes: Counter[Hashable] = Counter()
    for description, value in values.items():
        votes[value] += group.count_mentions(description)
    most = max(votes.values())
    newest = group.newest_mention(each for each, value in values.items() if votes[value] == most)
    return Reference(values[newest.description], newest, most, votes.total())


def story_key(mention: Mention) -> tuple[str, ...]:
    """Key a record by the canonical URL of its article; groups are of the articles of a story."""
    return mention.description.urls[:1] if mention.is_record else ()


def article_key(mention: Mention) -> tuple[str, ...]:
    """Key a mention by the canonical URL of its article."""
    return mention.description.urls[:1]
