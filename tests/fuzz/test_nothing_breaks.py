"""Any archive is checked, reported on and fixed without a crash."""

from archives import FREQUENT, REAL, Archive, archives, files
from everything import check_and_report, survive
from hypothesis import given
from hypothesis import strategies as st


@given(archives)
def test_any_archive_is_reported_on_and_repaired(archive: Archive) -> None:
    survive(archive)


@given(st.binary(max_size=200), st.sampled_from(["a.md", "a.yaml"]))
def test_any_bytes_are_reported_on_and_repaired(data: bytes, name: str) -> None:
    survive({name: data, "b.md": b"---\n" + data + b"\n---\n"})


@given(files, st.sampled_from(["a.md", "a.yaml"]))
def test_a_file_and_its_copy_are_reported_on_and_repaired(data: bytes, name: str) -> None:
    survive({name: data, "b.md": data})


def test_real_records_are_reported_on() -> None:
    archive = {f"{number}.md": data for number, data in enumerate(REAL)}
    check_and_report(archive, ignore=FREQUENT)
