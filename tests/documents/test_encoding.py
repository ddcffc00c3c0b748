"""Encodings are named on good evidence only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents.encoding import detect_encoding, detect_wide_encoding

CODECS = {"shift_jis": "cp932"}
TEXTS = {
    "欧盟委员会周二提出一项法案，要求大型平台公开其推荐算法的运作方式。": ("gb18030",),
    "歐盟委員會週二提出一項法案，要求大型平台公開其推薦演算法的運作方式。": ("big5",),
    "欧州委員会は火曜日、大手プラットフォームに推薦の仕組みの公開を求めた。": (
        "shift_jis",
        "euc-jp",
    ),
    "유럽연합 집행위원회는 화요일 대형 플랫폼에 추천 방식의 공개를 요구했다.": ("euc-kr",),
    "Еврокомиссия во вторник предложила новый закон о крупных платформах": (
        "windows-1251",
        "koi8-r",
        "cp866",
        "iso-8859-5",
        "mac-cyrillic",
    ),
    "Європейська комісія у вівторок запропонувала новий закон": ("windows-1251", "koi8-u"),
    "Η Επιτροπή πρότεινε την Τρίτη νόμο για τις μεγάλες πλατφόρμες": ("windows-1253",),
    "הנציבות הציעה ביום שלישי חוק שיחייב את הפלטפורמות הגדולות": ("windows-1255",),
    "اقترحت المفوضية يوم الثلاثاء قانونا يلزم المنصات الكبرى بالكشف": ("windows-1256",),
    "La Commission a proposé mardi une loi déjà critiquée à Genève": (
        "iso-8859-1",
        "mac-roman",
        "cp850",
    ),
    "The Commission’s “bold” plan — as it was called… — won’t": ("windows-1252",),
    "Die Behörde prüft schärfere Regeln für große Plattformen": ("iso-8859-1", "cp850"),
    "Lovforslaget pålægger store platforme at vise, hvad brugerne søger": ("iso-8859-1",),
    "Część posłów jest przeciw, choć większość chce ujawnić dane": ("windows-1250", "iso-8859-2"),
    "Většina občanů s tím souhlasí, říká průzkum šesti žurnálů": ("windows-1250", "iso-8859-2"),
    "Tasarı büyük platformların önerilerini açıklamasını şart koşuyor": ("windows-1254",),
    "Žmonės šiandien džiaugiasi, nes įstatymą jau priėmė": ("windows-1257",),
}
CASES = [(text, name) for text, names in TEXTS.items() for name in names]
WORDS = [word for text in TEXTS for word in text.split()]


def document(text: str, name: str) -> bytes:
    head = "---\ncategory: news\ntitle: "
    tail = "\nexcerpt: The plain words of an excerpt\ntype: article\n---\nText.\n"
    return (head + text + tail).encode(CODECS.get(name, name))


@pytest.mark.parametrize(("text", "name"), CASES)
def test_a_sentence_is_evidence_enough(text: str, name: str) -> None:
    data = document(text, name)
    assert data.decode(CODECS.get(detect_encoding(data), detect_encoding(data))) == data.decode(
        CODECS.get(name, name)
    )


@pytest.mark.parametrize("length", [*range(1, 12), 16, 20, 30])
@pytest.mark.parametrize(("text", "name"), CASES)
def test_a_part_of_it_is_named_rightly_or_not_at_all(text: str, name: str, length: int) -> None:
    data = document(text[:length], name)
    found = detect_encoding(data)
    assert (
        not found
        or data.decode(CODECS.get(found, found)) == document(text[:length], "utf-8").decode()
    )


@pytest.mark.parametrize("name", ["tis-620", "cp1258", "hp-roman8", "cp437"])
def test_an_encoding_that_is_not_known_is_not_taken_for_another(name: str) -> None:
    texts = {
        "tis-620": "คณะกรรมาธิการเสนอกฎหมายเมื่อวันอังคาร",
        "cp1258": "đề xuất".encode("cp1258", "ignore").decode("cp1258"),
        "hp-roman8": "La Commission a proposé une loi déjà critiquée",
        "cp437": "▀▄ αß ≥≤ ░▒▓",
    }
    assert detect_encoding(document(texts[name], name)) == ""


@pytest.mark.parametrize(
    "data",
    [b"\xe9", b"a \xe9 b" * 9, b"caf\xb1s", b"\x80\x81\x82", bytes(range(128, 256)), b"\xd5\xfe"],
)
def test_next_to_no_evidence(data: bytes) -> None:
    assert (
        detect_encoding(data) in ("", "iso-8859-1")
        if b"a \xe9 b" in data
        else not detect_encoding(data)
    )


@given(st.binary(max_size=200))
def test_any_bytes_can_be_judged(data: bytes) -> None:
    assert detect_encoding(data).isprintable()
    assert detect_wide_encoding(data).isprintable()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_text_without_nul_is_in_no_wide_encoding(text: str) -> None:
    assert detect_wide_encoding(text.encode()) == ""
