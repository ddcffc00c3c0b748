"""The rule `unknown-reference`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from newslint.records.name_tables import singular
from newslint.records.project_files import slugify
from newslint.rules.api import (
    Bad,
    Description,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    Mention,
    Safety,
    Severity,
    SurveyRule,
    quote_value,
    replace_value,
)

_INDEX = re.compile(r"/\d+$")
_MAX_UNKNOWN_SHARE = 0.25
_ALIKE = 0.75
_PEOPLE = {"_data/authors.yml": "{ann: {name: Ann Lee}, ben: {name: Ben Ray}}"}
_OTHERS = ("title: B\nauthors: [ann, ben]", "title: C\nauthors: [ann]")


class UnknownReference(SurveyRule):
    """An author, tag, topic or category is missing from the site's data.

    The data are a file or folder with the name of the field, such as `_data/authors.yml`,
    `blog/tags.yml`, `data/authors/` or `_data/topics/`: its keys, or the `id`, `name`, `title`,
    `slug` or `label` of its entries. A value is reported only if the data define most values of the
    field in the archive. The fields are those that play the role `terms`; `author` and `authors`
    are one field. Authors that are written out as mappings are left out.

    Why: the generator refuses to build, or shows a page without the author's name and picture.

    Fix safety: unsafe; the suggested name is a guess.
    """

    id = "unknown-reference"
    severity = Severity.WARNING
    roles = ("terms",)
    fields_read = frozenset({"terms"})
    reads_files = True
    examples = (
        Bad(
            "title: A\nauthors: [benn]",
            *_OTHERS,
            fixed="title: A\nauthors: [ben]",
            beside=_PEOPLE,
        ),
        Good("title: A\nauthors: [ben]", *_OTHERS, beside=_PEOPLE),
    )

    least: int = Field(
        3, description="Number of values of a field in the data that makes others unknown.", ge=1
    )

    def examines(self, description: Description) -> bool:
        """Check if the description has terms."""
        return bool(description.names_of("terms"))

    def keys(self, mention: Mention) -> Iterable[str]:
        """Group by field and value."""
        if mention.is_record:
            fields = mention.description.located("terms")
            yield from {_key(field.pointer, field.text) for _, field in fields}

    def measure(self, group: Group, finished: Sequence[Any]) -> Any:
        """Count the uses of one value, which is in the data of its field or not."""
        field, value = _split(group.key)
        names = finished[0].names_of(field)
        if not names:
            return Counter()
        uses = sum(map(group.count_mentions, group.descriptions))
        return Counter({(field, slugify(value) in names): uses})

    def merge(self, statistics: Iterable[Any], finished: Sequence[Any]) -> Any:
        """Add up the uses of values."""
        del finished
        total: Counter[tuple[str, bool]] = Counter()
        for each in statistics:
            total.update(each)
        return total

    def finish(self, statistic: Any, finished: Sequence[Any]) -> Any:
        """Find the fields with most values in the data."""
        del finished
        uses = {field: number for (field, is_known), number in statistic.items() if is_known}
        defined = (
            field
            for field, number in uses.items()
            if number >= self.least
            and statistic[field, False] <= _MAX_UNKNOWN_SHARE * (number + statistic[field, False])
        )
        return dict.fromkeys(sorted(defined))

    def check(
        self, group: Group, statistic: Any, finished: Sequence[Any]
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each use of a value that is not in the data."""
        field, value = _split(group.key)
        files, fields = finished
        if field not in fields or not statistic[field, False]:
            return
        from difflib import get_close_matches

        names = files.names_of(field)
        near = [names[each] for each in get_close_matches(slugify(value), names, 1, _ALIKE)]
        hint = f"; did you mean {quote_value(near[0])}?" if near else ""
        title = f"Replace it with {quote_value(near[0])}" if near else ""
        table = files.tables_of(field)[0]
        for description in group.descriptions:
            for name, term in description.located("terms"):
                if _key(term.pointer, term.text) == group.key:
                    target = description.target(name)
                    found = self.flag(
                        target,
                        f"{table} has no {quote_value(value)}{hint}",
                        cause=group.key,
                        fix=replace_value(target, near[0], title, Safety.UNSAFE) if near else None,
                        identity=value,
                    )
                    yield DescriptionDiagnostic(description, found)


@lru_cache(maxsize=16384)
def _key(pointer: str, text: str) -> str:
    """Compute the key of a term: its field, in the singular, and its text."""
    return f"{singular(_INDEX.sub('', pointer))}\n{text.strip()}"


def _split(key: str) -> tuple[str, str]:
    """Split a key into the name of the field and the text."""
    pointer, _, text = key.partition("\n")
    return pointer.rpartition("/")[2], text
