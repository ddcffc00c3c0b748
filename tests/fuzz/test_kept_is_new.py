"""Results survive serialisation, for the cache and between processes."""

from archives import REAL, files
from hypothesis import given, settings

from newslint.execution.codec import CodecError
from packed import is_equal, map_text, passed_on


def hold(data: bytes) -> None:
    """Assert that the result of a file survives serialisation."""
    before = map_text(data)
    try:
        after = passed_on(before)
    except CodecError:  # such as for a number of many digits: it is not kept
        return
    assert is_equal(after, before)


@settings(max_examples=4 * settings().max_examples)
@given(files)
def test_nothing_of_any_file_is_lost(data: bytes) -> None:
    hold(data)


def test_nothing_of_real_records_is_lost() -> None:
    for data in REAL:
        hold(data)
