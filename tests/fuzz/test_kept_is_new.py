"""Results survive serialisation, for the cache and between processes."""

from archives import REAL, files
from hypothesis import given, settings

from newslint.execution.codec import PackError
from packed import everything, examiner, passed_on, yielded


def hold(data: bytes) -> None:
    """Assert that the result of a file survives serialisation."""
    who = examiner()
    before = yielded(data, who)
    try:
        after = passed_on(before, who)
    except PackError:  # such as for a number of many digits: it is not kept
        return
    assert after == everything(before, who)


@settings(max_examples=4 * settings().max_examples)
@given(files)
def test_nothing_of_any_file_is_lost(data: bytes) -> None:
    hold(data)


def test_nothing_of_real_records_is_lost() -> None:
    for data in REAL:
        hold(data)
