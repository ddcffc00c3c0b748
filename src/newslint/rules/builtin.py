"""The rules that newslint brings, sorted by name."""

from newslint.rules.api import Rule
from newslint.rules.file.byte_order_mark import ByteOrderMark
from newslint.rules.file.control_character import ControlCharacter
from newslint.rules.file.duplicate_key import DuplicateKey
from newslint.rules.file.missing_front_matter import MissingFrontMatter
from newslint.rules.file.unclosed_front_matter import UnclosedFrontMatter
from newslint.rules.file.unreadable_file import UnreadableFile
from newslint.rules.file.yaml_limits import YamlLimits
from newslint.rules.file.yaml_syntax import YamlSyntax
from newslint.rules.headline.excerpt_repeats_headline import ExcerptRepeatsHeadline
from newslint.rules.headline.missing_excerpt import MissingExcerpt
from newslint.rules.images.invalid_dimensions import InvalidDimensions
from newslint.rules.images.missing_image import MissingImage
from newslint.rules.own.rule_crashed import RuleCrashed
from newslint.rules.references.date_mismatch import DateMismatch
from newslint.rules.references.duplicate_record import DuplicateRecord
from newslint.rules.references.excerpt_mismatch import ExcerptMismatch
from newslint.rules.references.headline_mismatch import HeadlineMismatch
from newslint.rules.references.quality_mismatch import QualityMismatch
from newslint.rules.references.related_unpublished import RelatedUnpublished
from newslint.rules.schema.invalid_value import InvalidValue
from newslint.rules.schema.missing_field import MissingField
from newslint.rules.schema.unknown_field import UnknownField
from newslint.rules.schema.wrong_type import WrongType
from newslint.rules.text.html_entity import HtmlEntity
from newslint.rules.text.mojibake import Mojibake
from newslint.rules.text.replacement_character import ReplacementCharacter
from newslint.rules.urls.invalid_url import InvalidUrl

BUILTIN: tuple[type[Rule], ...] = (
    ByteOrderMark,
    ControlCharacter,
    DateMismatch,
    DuplicateKey,
    DuplicateRecord,
    ExcerptMismatch,
    ExcerptRepeatsHeadline,
    HeadlineMismatch,
    HtmlEntity,
    InvalidDimensions,
    InvalidUrl,
    InvalidValue,
    MissingExcerpt,
    MissingField,
    MissingFrontMatter,
    MissingImage,
    Mojibake,
    QualityMismatch,
    RelatedUnpublished,
    ReplacementCharacter,
    RuleCrashed,
    UnclosedFrontMatter,
    UnknownField,
    UnreadableFile,
    WrongType,
    YamlLimits,
    YamlSyntax,
)
