"""The rule `duplicate-record`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Diagnostic, Good, Group, GroupRule, Mention, Severity, Target
from newslint.rules.example_records import NEWS_RECORD

_MAX_RELATED = 10
_MAX_PATHS = 3


class DuplicateRecord(GroupRule):
    """Two records describe the same article.

    They share a `webUrl` or an `originalUrl`; a shared AMP URL is not enough, because scrapers copy
    such links. Each record is reported, with the others as related locations.

    Why: the site shows the article twice, and a correction of one record does not reach the
    other.
    """

    id = "duplicate-record"
    severity = Severity.ERROR
    compares = True
    examples = (
        Bad(NEWS_RECORD, NEWS_RECORD.replace("https://example.org/", "http://EXAMPLE.org/")),
        Good(NEWS_RECORD, NEWS_RECORD.replace("https://example.org/", "https://example.com/")),
    )

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each record of the article, if there are several."""
        records = group.records
        if len(records) < 2:  # noqa: PLR2004 # one record has no duplicate
            return
        for record in records:
            others = [other for other in records[: _MAX_RELATED + 1] if other is not record]
            more = len(records) - 1 - _MAX_PATHS
            paths = ", ".join(other.path for other in others[:_MAX_PATHS])
            if more > 0:
                paths += f" and {more} more"
            several = len(records) > 2  # noqa: PLR2004 # more than one other record
            another = "other records describe" if several else "another record describes"
            yield self.flag(
                _url_target(record),
                f"{another} this article: {paths}",
                cause=group.key,
                related=(
                    (_url_target(other), "the other record") for other in others[:_MAX_RELATED]
                ),
            )


def _url_target(record: Mention) -> Target:
    """Locate the URL of a record."""
    return record.target("webUrl" if record.description.has_field("webUrl") else "originalUrl")
