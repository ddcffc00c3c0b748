"""Plugins can use the old spellings of attributes for one release."""

import pytest

from helpers import value_of
from newslint.records import Corpus, Record, group_mentions, record_mention


def test_old_attributes_work_with_a_warning() -> None:
    mention = record_mention(value_of("title: x"))
    description = mention.description
    (group,) = group_mentions(Corpus([Record("a.md", description)]), lambda _: ["x"], {})
    with pytest.warns(DeprecationWarning, match=r"Mention\.facts is now called"):
        assert mention.facts is description
    with pytest.warns(DeprecationWarning, match=r"Mention\.at is now called"):
        assert mention.at("title").value == "x"
    with pytest.warns(DeprecationWarning, match=r"Description\.at is now called"):
        assert description.at("title").value == "x"
    with pytest.warns(DeprecationWarning, match=r"Group\.facts is now called"):
        assert group.facts == (description,)
