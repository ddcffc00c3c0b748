"""The rule `duplicate-story`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Diagnostic, Good, Group, GroupRule, Severity, story_key
from newslint.rules.example_records import NEWS_RECORD
from newslint.rules.other_records import describe_others, list_others

_ELSEWHERE = NEWS_RECORD.replace("example.org", "example.com")
_LONG = NEWS_RECORD.replace("PyTorch moves", "PyTorch moves to the Linux Foundation")
_REWORDED = _ELSEWHERE.replace("PyTorch moves", "Linux Foundation becomes home as PyTorch moves")


class DuplicateStory(GroupRule):
    """Several records tell one story, at several addresses.

    Their headlines were published within a week and are the same, or most of their words are, apart
    from their order, their endings and common words. Words count by how rare they are among the
    headlines of the archive. Headlines of one provider must have the same words, because it
    announces similar things about different products. Records of one article are not reported:
    `duplicate-record` reports them.

    Why: lists of articles show the story several times.
    """

    id = "duplicate-story"
    severity = Severity.INFO
    roles = ("url", "title", "date")
    fields_read = frozenset({"title"})
    compares = True
    keys = staticmethod(story_key)  # type: ignore[pydantic-field] # a method, no field
    examples = (
        Bad(_LONG, _LONG.replace("example.org", "example.com")),
        Bad(_LONG, _REWORDED),
        Good(_LONG, _ELSEWHERE.replace("PyTorch moves", "PyTorch gets a tool for large models")),
        Good(_LONG, _LONG.replace("example.org", "example.com").replace("2022-09", "2022-10")),
    )

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each record of a story that several articles tell."""
        records = group.records
        if len({record.description.article for record in records}) == 1:
            return
        for index, record in enumerate(records):
            yield self.flag(
                record.target("title"),
                describe_others(records, index, "tell", "this story"),
                cause=group.key,
                related=(
                    (records[at].target("title"), "the story is here as well")
                    for at in list_others(records, index)
                ),
            )
