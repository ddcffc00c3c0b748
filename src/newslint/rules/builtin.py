"""The built-in rules, sorted by name."""

from newslint.rules.api import Rule
from newslint.rules.dates.filename_date_mismatch import FilenameDateMismatch
from newslint.rules.dates.future_date import FutureDate
from newslint.rules.dates.updated_before_published import UpdatedBeforePublished
from newslint.rules.file.byte_order_mark import ByteOrderMark
from newslint.rules.file.control_character import ControlCharacter
from newslint.rules.file.duplicate_key import DuplicateKey
from newslint.rules.file.json_syntax import JsonSyntax
from newslint.rules.file.missing_front_matter import MissingFrontMatter
from newslint.rules.file.toml_syntax import TomlSyntax
from newslint.rules.file.unclosed_front_matter import UnclosedFrontMatter
from newslint.rules.file.unreadable_file import UnreadableFile
from newslint.rules.file.yaml_limits import YamlLimits
from newslint.rules.file.yaml_syntax import YamlSyntax
from newslint.rules.headline.boilerplate_excerpt import BoilerplateExcerpt
from newslint.rules.headline.dateline_excerpt import DatelineExcerpt
from newslint.rules.headline.excerpt_repeats_headline import ExcerptRepeatsHeadline
from newslint.rules.headline.headless_excerpt import HeadlessExcerpt
from newslint.rules.headline.headline_excerpt_mismatch import HeadlineExcerptMismatch
from newslint.rules.headline.missing_excerpt import MissingExcerpt
from newslint.rules.headline.site_name_in_headline import SiteNameInHeadline
from newslint.rules.headline.truncated_excerpt import TruncatedExcerpt
from newslint.rules.images.invalid_dimensions import InvalidDimensions
from newslint.rules.images.missing_image import MissingImage
from newslint.rules.images.placeholder_image import PlaceholderImage
from newslint.rules.images.uncached_image import UncachedImage
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.rules.meta.unknown_suppression import UnknownSuppression
from newslint.rules.meta.unrepaired_file import UnrepairedFile
from newslint.rules.meta.unused_suppression import UnusedSuppression
from newslint.rules.online.dead_image import DeadImage
from newslint.rules.online.dead_link import DeadLink
from newslint.rules.online.image_size_mismatch import ImageSizeMismatch
from newslint.rules.online.moved_link import MovedLink
from newslint.rules.references.dangling_related import DanglingRelated
from newslint.rules.references.date_mismatch import DateMismatch
from newslint.rules.references.duplicate_headline import DuplicateHeadline
from newslint.rules.references.duplicate_record import DuplicateRecord
from newslint.rules.references.duplicate_related import DuplicateRelated
from newslint.rules.references.duplicate_story import DuplicateStory
from newslint.rules.references.excerpt_mismatch import ExcerptMismatch
from newslint.rules.references.headline_mismatch import HeadlineMismatch
from newslint.rules.references.provider_name_foreign import ProviderNameForeign
from newslint.rules.references.provider_name_mismatch import ProviderNameMismatch
from newslint.rules.references.quality_mismatch import QualityMismatch
from newslint.rules.references.related_unpublished import RelatedUnpublished
from newslint.rules.references.self_related import SelfRelated
from newslint.rules.schema.invalid_value import InvalidValue
from newslint.rules.schema.missing_field import MissingField
from newslint.rules.schema.unknown_field import UnknownField
from newslint.rules.schema.wrong_type import WrongType
from newslint.rules.site.broken_local_link import BrokenLocalLink
from newslint.rules.site.duplicate_permalink import DuplicatePermalink
from newslint.rules.site.inconsistent_term import InconsistentTerm
from newslint.rules.site.missing_local_image import MissingLocalImage
from newslint.rules.site.unknown_reference import UnknownReference
from newslint.rules.text.html_entity import HtmlEntity
from newslint.rules.text.html_markup import HtmlMarkup
from newslint.rules.text.invisible_character import InvisibleCharacter
from newslint.rules.text.line_break_in_text import LineBreakInText
from newslint.rules.text.lost_character import LostCharacter
from newslint.rules.text.lost_link_text import LostLinkText
from newslint.rules.text.mojibake import Mojibake
from newslint.rules.text.percent_encoded_text import PercentEncodedText
from newslint.rules.text.replacement_character import ReplacementCharacter
from newslint.rules.text.untidy_whitespace import UntidyWhitespace
from newslint.rules.urls.insecure_url import InsecureUrl
from newslint.rules.urls.invalid_url import InvalidUrl
from newslint.rules.urls.provider_domain_mismatch import ProviderDomainMismatch
from newslint.rules.urls.tracking_parameter import TrackingParameter

BUILTIN: tuple[type[Rule], ...] = (
    BoilerplateExcerpt,
    BrokenLocalLink,
    ByteOrderMark,
    ControlCharacter,
    DanglingRelated,
    DateMismatch,
    DatelineExcerpt,
    DeadImage,
    DeadLink,
    DuplicateHeadline,
    DuplicateKey,
    DuplicatePermalink,
    DuplicateRecord,
    DuplicateRelated,
    DuplicateStory,
    ExcerptMismatch,
    ExcerptRepeatsHeadline,
    FilenameDateMismatch,
    FutureDate,
    HeadlessExcerpt,
    HeadlineExcerptMismatch,
    HeadlineMismatch,
    HtmlEntity,
    HtmlMarkup,
    ImageSizeMismatch,
    InconsistentTerm,
    InsecureUrl,
    InvalidDimensions,
    InvalidUrl,
    InvalidValue,
    InvisibleCharacter,
    JsonSyntax,
    LineBreakInText,
    LostCharacter,
    LostLinkText,
    MissingExcerpt,
    MissingField,
    MissingFrontMatter,
    MissingImage,
    MissingLocalImage,
    Mojibake,
    MovedLink,
    PercentEncodedText,
    PlaceholderImage,
    ProviderDomainMismatch,
    ProviderNameForeign,
    ProviderNameMismatch,
    QualityMismatch,
    RelatedUnpublished,
    ReplacementCharacter,
    RuleCrashed,
    SelfRelated,
    SiteNameInHeadline,
    TomlSyntax,
    TrackingParameter,
    TruncatedExcerpt,
    UncachedImage,
    UnclosedFrontMatter,
    UnknownField,
    UnknownReference,
    UnknownSuppression,
    UnreadableFile,
    UnrepairedFile,
    UntidyWhitespace,
    UnusedSuppression,
    UpdatedBeforePublished,
    WrongType,
    YamlLimits,
    YamlSyntax,
)
