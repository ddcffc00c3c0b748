"""Bytes that are not UTF-8: their place and their probable encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from call_counts import count_calls
from newslint.documents.files import decode
from newslint.text import Position

FRENCH = "---\ntitle: La société à la mode, l'été et l'hiver\n---\n"
RUSSIAN = "---\ntitle: Новости дня и погода в Москве сегодня, а также события недели\n---\n"
CHINESE = "---\ntitle: 新闻报道今天北京的天气很好\n---\n"


def why(data: bytes) -> str:
    _, problem = decode(data)
    assert problem is not None
    assert problem.rule == "unreadable-file"
    return problem.message


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()) == (text, None)


def test_a_byte_order_mark_is_kept() -> None:
    assert decode(b"\xef\xbb\xbfa") == ("\ufeffa", None)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (FRENCH, "latin-1", "iso-8859-1"),
        ("title: Café\n", "latin-1", "iso-8859-1"),
        (FRENCH + "“”–", "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (CHINESE, "gb18030", "gb18030"),
    ],
)
def test_the_message_names_the_encoding(text: str, encoding: str, name: str) -> None:
    _, problem = decode(text.encode(encoding))
    assert problem is not None
    assert problem.rule == "unreadable-file"
    assert f"; it is probably {name}, or one like it; convert the file to UTF-8" in problem.message


def test_the_span_is_that_of_the_first_bad_byte() -> None:
    _, problem = decode("---\r\ntitle: 😀 Ä".encode() + b"\xe9t")
    assert problem is not None
    assert problem.message.startswith("not UTF-8: byte 0xe9 at offset 19; ")
    assert problem.span == (Position(2, 11), Position(2, 12))


def test_one_broken_character_does_not_make_it_another_encoding() -> None:
    _, problem = decode("title: é ü ö à\n".encode() + b"\xe9")
    assert problem is not None
    assert problem.message.endswith("the text around it is UTF-8, so write this character anew")


def test_no_encoding_is_named_if_none_fits() -> None:
    _, problem = decode(bytes(range(256)) * 8)
    assert problem is not None
    assert problem.message.endswith("; convert the file to UTF-8")


def test_a_bad_byte_after_much_ascii_is_judged_by_its_surroundings() -> None:
    _, problem = decode(b"plain text. " * 80_000 + FRENCH.encode("latin-1"))
    assert problem is not None
    assert "iso-8859-1" in problem.message


def test_encoding_detection_sees_a_limited_part_of_the_file() -> None:
    def decode_after(count: int) -> None:
        decode(b"plain text. " * count + FRENCH.encode("latin-1"))

    decode_after(1)  # loads the detector
    assert count_calls(lambda: decode_after(80_000)) < 2 * count_calls(lambda: decode_after(8_000))


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-16", "utf-16"), ("utf-32", "utf-32")],
)
def test_a_byte_order_mark_names_the_encoding(encoding: str, name: str) -> None:
    assert why(FRENCH.encode(encoding)).endswith(
        f"; by its byte-order mark it is {name}; convert the file to UTF-8"
    )


@pytest.mark.parametrize("text", [FRENCH, CHINESE, "title: abc\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_without_a_mark_the_nul_bytes_name_it(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    offset = data.index(0)
    assert why(data) == (
        f"not UTF-8: byte 0x00 at offset {offset}; by its NUL bytes it is {encoding}; "
        "convert the file to UTF-8"
    )


@pytest.mark.parametrize("text", ["a\0b, which is text", FRENCH + "\0\0"])
def test_a_nul_here_and_there_is_text(text: str) -> None:
    assert decode(text.encode()) == (text, None)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (bytes(4096), "binary (NUL bytes: 4,096 of 4,096)"),
        (b"---\ntitle: x\n---\n" + bytes(100), "binary (NUL bytes: 100 of 117)"),
        (b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x80\x90", "binary (NUL bytes: 9 of 18)"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
    ],
)
def test_a_binary_file_is_called_that(data: bytes, kind: str) -> None:
    assert why(data).endswith(f"; the file is {kind}, no text; restore its text, or rename it")


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"\xed\xa0\x80", "U+D800 (CESU-8 or WTF-8); write the character itself"),
        (b"\xed\xb8\x80 x", "U+DE00 (CESU-8 or WTF-8); write the character itself"),
        (b"\xed\xa0\xbd\xed\xb8\x80", "U+D83D U+DE00 (CESU-8 or WTF-8); write '😀' in UTF-8"),
    ],
)
def test_an_encoded_surrogate_is_called_that(data: bytes, advice: str) -> None:
    assert why(b"Text. " + data) == (
        f"not UTF-8: byte 0xed at offset 6; it starts an encoded surrogate, {advice}"
    )


@pytest.mark.parametrize("end", [b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98"])
def test_a_file_may_end_inside_a_character(end: bytes) -> None:
    assert why(b"Text " + end).endswith("; the file ends inside a character; write its end anew")


@given(st.binary())
def test_any_bytes_are_text_or_a_problem(data: bytes) -> None:
    text, problem = decode(data)
    assert problem is not None or text.encode() == data
    assert problem is None or problem.message
