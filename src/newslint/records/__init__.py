"""Schemas, records, mentions, articles, the corpus."""

from newslint.records.articles import Reference, article_key, find_reference, story_key
from newslint.records.collection import NEWS, ROLES, Collection, FieldMap
from newslint.records.corpus import Corpus
from newslint.records.description import Description, LocatedField
from newslint.records.description_reader import describe
from newslint.records.group import Group, KeyFunction
from newslint.records.mention import (
    Mention,
    entry_mention,
    explicit_removals,
    record_mention,
    related_entries,
    related_list,
)
from newslint.records.project_files import ProjectFiles
from newslint.records.record import Descriptions, Record, pack_lines, strip_record_number
from newslint.records.redaction import redact, redact_problem
from newslint.records.statistics import (
    ArchiveStatistics,
    compute_statistics,
    merge_statistics,
)
from newslint.records.target import Target, part_of_target, target_of
from newslint.records.texts import (
    Text,
    body_texts,
    entry_texts,
    forbidden_characters,
    record_texts,
)

__all__ = [
    "NEWS",
    "ROLES",
    "ArchiveStatistics",
    "Collection",
    "Corpus",
    "Description",
    "Descriptions",
    "FieldMap",
    "Group",
    "KeyFunction",
    "LocatedField",
    "Mention",
    "ProjectFiles",
    "Record",
    "Reference",
    "Target",
    "Text",
    "article_key",
    "body_texts",
    "compute_statistics",
    "describe",
    "entry_mention",
    "entry_texts",
    "explicit_removals",
    "find_reference",
    "forbidden_characters",
    "merge_statistics",
    "pack_lines",
    "part_of_target",
    "record_mention",
    "record_texts",
    "redact",
    "redact_problem",
    "related_entries",
    "related_list",
    "story_key",
    "strip_record_number",
    "target_of",
]
