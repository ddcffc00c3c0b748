"""The rule `duplicate-record`."""

from collections import Counter
from collections.abc import Iterator

from newslint.records.disagreement import COMPARED_FIELDS, count_followers, find_disagreements
from newslint.rules.api import (
    Bad,
    Description,
    Diagnostic,
    Good,
    Group,
    GroupRule,
    Mention,
    Severity,
    Target,
)
from newslint.rules.example_records import NEWS_RECORD
from newslint.rules.other_records import describe_others, list_others


class DuplicateRecord(GroupRule):
    """Two records describe the same article.

    They share a `webUrl`, an `originalUrl` or, if they have one provider, the URL of an AMP page.
    Records of one provider whose headlines agree are also of one article if their URLs differ only
    in `www.` or another prefix of the host, in the region (`/au/`), or in parameters that tell no
    articles apart; if their URLs contain the same number; or if the headline and its slug were
    edited within days. Two records are never of one article because of similar URLs alone.

    Each record is reported, with the others as related locations. The message lists what the
    records disagree on, and how many entries of `related` follow each of them. While they disagree,
    no other rule reports these entries: they are copies of one record or another.

    Why: the site shows the article twice, and a correction of one record does not reach the
    other.
    """

    id = "duplicate-record"
    severity = Severity.ERROR
    roles = ("url",)
    fields_read = COMPARED_FIELDS | {"webUrl", "originalUrl"}
    compares = True
    examples = (
        Bad(NEWS_RECORD, NEWS_RECORD.replace("https://example.org/", "http://EXAMPLE.org/")),
        Good(NEWS_RECORD, NEWS_RECORD.replace("https://example.org/", "https://example.com/")),
    )

    def examines(self, description: Description) -> bool:
        """Check if the description is that of a record."""
        return description.is_record

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each record of the article, if there are several."""
        records = group.records
        if len(records) < 2:  # noqa: PLR2004 # one record has no duplicate
            return
        disagreement = _describe_disagreement(group)
        followers = count_followers(group) if disagreement else Counter[int]()
        for index, record in enumerate(records):
            known = describe_others(records, index, "describe", "this article")
            others = [(at, records[at]) for at in list_others(records, index)]
            yield self.flag(
                _url_target(record),
                f"{known}{disagreement}{_describe_followers(followers, index)}",
                cause=group.key,
                related=(
                    (_url_target(other), f"the other record{_describe_count(followers, at)}")
                    for at, other in others
                ),
            )


def _url_target(record: Mention) -> Target:
    """Locate the URL of a record."""
    return record.target("webUrl" if record.description.has_field("webUrl") else "originalUrl")


def _describe_disagreement(group: Group) -> str:
    """Describe the fields in which records disagree; empty if there are none."""
    nouns = find_disagreements(group)
    if not nouns:
        return ""
    *first, last = nouns
    return f"; they disagree on {', '.join(first)}{' and ' if first else ''}{last}"


def _describe_followers(followers: Counter[int], index: int) -> str:
    """Describe how many of the mentions follow a record; empty if there are no mentions."""
    if not followers:
        return ""
    return f"; {followers[index]} of {followers.total()} mentions follow this record"


def _describe_count(followers: Counter[int], index: int) -> str:
    """Describe how many mentions follow another record, for a related location."""
    if not followers:
        return ""
    count = followers[index]
    return f", which {count} mention{'' if count == 1 else 's'} follow{'s' if count == 1 else ''}"
