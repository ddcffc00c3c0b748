"""Results of a file, before and after they were encoded."""

from newslint.documents import read_document
from newslint.engine.checks import FileRules
from newslint.engine.map import DocumentChecker
from newslint.engine.results import DescriptionResult, FileResult
from newslint.execution.codec import decode_description, decode_file, encode
from newslint.records import NEWS
from newslint.settings import Registry, RuleSelector, Selection
from newslint.syntax import Reader

EVERYTHING = RuleSelector(("all",))
RULES = FileRules(Selection(Registry()).with_command_line(EVERYTHING).ruleset("a.md"), NEWS)

Results = tuple[FileResult, list[DescriptionResult]]


def map_text(text: str | bytes, *, is_full: bool = True) -> Results:
    """Map a file."""
    data = text if isinstance(text, bytes) else text.encode()
    return DocumentChecker(RULES, is_full=is_full).check(read_document("a.md", data, Reader()))


def passed_on(results: Results) -> Results:
    """Encode and decode results."""
    file, descriptions = results
    encoded = {each.description.digest: encode(each) for each in descriptions}
    decoded = [decode_description(data, digest) for digest, data in encoded.items()]
    return decode_file(encode(file), file.path), decoded


def is_equal(one: Results, other: Results) -> bool:
    """Compare all values in results; descriptions are equal by their digests alone."""
    return repr(one) == repr(other)
