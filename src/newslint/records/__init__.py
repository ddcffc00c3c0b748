"""Schemas, records, mentions, articles, the corpus."""

from newslint.records.collection import NEWS, Collection
from newslint.records.corpus import Group, KeyFunction, article_names, by_article, group
from newslint.records.mention import (
    Facts,
    Mention,
    Target,
    entry_mention,
    odd_removals,
    record_mention,
    related_entries,
    target_of,
)
from newslint.records.reference import Reference, reference
from newslint.records.secret import discreet, masked
from newslint.records.shape import ROLES, Shape
from newslint.records.text import (
    Text,
    forbidden_outside,
    texts_of_entry,
    texts_of_record,
    texts_outside,
)

__all__ = [
    "NEWS",
    "ROLES",
    "Collection",
    "Facts",
    "Group",
    "KeyFunction",
    "Mention",
    "Reference",
    "Shape",
    "Target",
    "Text",
    "article_names",
    "by_article",
    "discreet",
    "entry_mention",
    "forbidden_outside",
    "group",
    "masked",
    "odd_removals",
    "record_mention",
    "reference",
    "related_entries",
    "target_of",
    "texts_of_entry",
    "texts_of_record",
    "texts_outside",
]
