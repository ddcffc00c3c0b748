"""The rule `duplicate-record`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Diagnostic, Good, Group, GroupRule, Mention, Severity, Target
from newslint.rules.example_records import NEWS_RECORD

_SHOWN = 10
_NAMED = 3


class DuplicateRecord(GroupRule):
    """Two records describe one article.

    They share a `webUrl` or an `originalUrl`; a shared AMP page proves nothing, since scrapers copy
    such links. Each of them is reported, with the others as related locations.

    Why: the site shows the article twice, and what is corrected in one record stays wrong in the
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
        """Yield a diagnostic for each record of the article, where there are several."""
        if len(group.record_descriptions) < 2:  # noqa: PLR2004 # a record's own description is one place
            return
        records = group.records
        for record in records:
            others = [other for other in records[: _SHOWN + 1] if other is not record][:_SHOWN]
            more = len(records) - 1 - _NAMED
            paths = ", ".join(other.path for other in others[:_NAMED])
            if more > 0:
                paths += f" and {more} more"
            yield self.flag(
                _url(record),
                f"another record describes this article: {paths}",
                cause=group.key,
                related=((_url(other), "described here as well") for other in others),
            )


def _url(record: Mention) -> Target:
    """Return the target for the URL of a record."""
    return record.target("webUrl" if record.description.has_field("webUrl") else "originalUrl")
