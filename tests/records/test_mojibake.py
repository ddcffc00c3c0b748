"""Mojibake is found with exact spans, and restored for certain or not at all."""

import re
from collections.abc import Iterator

import ftfy.bad_codecs  # noqa: F401 # registers codecs
import pytest
from ftfy import fix_encoding
from hypothesis import example, given
from hypothesis import strategies as st

from call_counts import GROWTH, count_calls
from good_texts import GOOD_TEXTS, SENTENCES, variants
from helpers import assert_well_formed
from newslint.records.legacy_text import find_code_page
from newslint.records.mojibake import find_mojibake
from newslint.records.text_comparison import undo_damage
from newslint.records.text_damage import MojibakeRuns
from newslint.text.location import splice

LOST = "\ufffd"
GOOD = sorted({each for text in GOOD_TEXTS for each in variants(text)})
WORDS = sorted({word for text in SENTENCES.values() for word in text.split()})
CODECS = st.sampled_from(["latin-1", "sloppy-windows-1252"])


def restore(text: str, found: MojibakeRuns) -> str:
    return splice(text, ((run.start, run.end, run.original) for run in found.runs))


def cases(text: str) -> Iterator[str]:
    for cased in (text, text.lower(), text.upper(), text.title()):
        yield cased
        yield cased.replace(" ", "\xa0")


def broken(text: str, codec: str, errors: str = "strict") -> str:
    return text.encode().decode(codec, errors)


class TestGoodText:
    @pytest.mark.parametrize("text", GOOD_TEXTS)
    def test_good_text_is_left_alone(self, text: str) -> None:
        assert [each for each in variants(text) if find_mojibake(each) != MojibakeRuns()] == []

    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.sampled_from(" \n"))
    def test_good_words_in_any_order_are_never_changed(self, words: list[str], gap: str) -> None:
        assert undo_damage(gap.join(words)) == gap.join(words)

    @given(st.lists(st.sampled_from(GOOD), min_size=1, max_size=4))
    def test_good_texts_in_any_order_are_left_alone(self, texts: list[str]) -> None:
        assert find_mojibake("\n".join(texts)) == MojibakeRuns()

    @pytest.mark.parametrize(
        "text",
        [
            "IRMÃ\xa0DULCE É SANTA",
            "ĐÃ\xa0THÔNG QUA LUẬT ĐẤT ĐAI",
            "PÃ\xa0ES",
            "A IRMÃ\xa0",
            "«A IRMÃ» CHEGOU",
            "“A MANHÃ” E ‘A LÃ’ – AMANHÃ…",
            "a letra “Ã” e a letra ‘Â’",
            "NUORAIDDÂ\xa0RÁĐĐI",
            "BORÐ\xa0OG ORÐ",
            "»Über« und »Ärger«",
            "HIZLANDIRILMAMIŞ”la",
            "SOCIÉTÉ²",
        ],
    )
    def test_capitals_before_punctuation(self, text: str) -> None:
        assert find_mojibake(text) == MojibakeRuns()

    @given(st.text(st.sampled_from("aZ9 .,-'\"\n\t\xa0‘’“”•–—…")))
    def test_typographic_punctuation(self, text: str) -> None:
        assert find_mojibake(text) == MojibakeRuns()


class TestUtf8:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Alphabetâ€™s", [(8, "â€™", "’")]),
            ("naÃ¯ve cafÃ©", [(2, "Ã¯", "ï"), (10, "Ã©", "é")]),
            ("Alphabetâ€™s naïve “plan”", [(8, "â€™", "’")]),
            ("ÃƒÂ¤hnlich", [(0, "ÃƒÂ¤", "ä")]),
            ("ï»¿ Cyient", [(0, "ï»¿", "")]),
            ("x Â£5", [(2, "Â£", "£")]),
            ("voilÃ\xa0 la", [(4, "Ã\xa0", "à")]),
            ("100Â\xa0€", [(3, "Â\xa0", "\xa0")]),
            ("the end.Â\xa0 Next", [(8, "Â\xa0", "\xa0")]),
            ("â€œmissionâ€\x9d", [(0, "â€œ", "“"), (10, "â€\x9d", "”")]),
            ("fine\nAlphabetâ€™s\ncafÃ©\n", [(13, "â€™", "’"), (21, "Ã©", "é")]),
            ("ðŸ‘Œ", [(0, "ðŸ‘Œ", "👌")]),
            ("“Ã‰tÃ©”", [(1, "Ã‰", "É"), (4, "Ã©", "é")]),
            ("it\x92s \x93good\x94", [(2, "\x92", "’"), (5, "\x93", "“"), (10, "\x94", "”")]),
            ("Alphabet's", []),
            ("", []),
        ],
    )
    def test_certain_runs(self, text: str, expected: list[tuple[int, str, str]]) -> None:
        found = find_mojibake(text)
        assert [(start, run, was) for start, _, run, was in found.runs] == expected
        assert found.is_certain
        assert_well_formed(text, found.runs)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("The â€œbestâ€ and", [(4, "â€œ", "“"), (11, "â€", "”")]),
            ("He said “Helloâ€", [(14, "â€", "”")]),
            ("Helloâ€", [(5, "â€", LOST)]),
            ("OLÁ â€œMUNDOâ€", [(4, "â€œ", "“"), (12, "â€", "”")]),
            ("â€œ like this â€\ufffd", [(0, "â€œ", "“"), (14, "â€\ufffd", "”")]),
            ("the bestâ€\xa0of us", [(8, "â€", LOST)]),
            ("voilÃ  le prix", [(4, "Ã ", "à")]),
            ("voilÃ la", [(4, "Ã", "à")]),
            ("schÃ¶n und voilÃ  le", [(3, "Ã¶", "ö"), (15, "Ã ", "à")]),
            ("Ã  la carte", [(0, "Ã ", "à")]),
            ("100Â €", [(3, "Â ", "\xa0")]),
            ("KÃ–LN", [(1, "Ã–", "Ö")]),
            ("a Â\xa0Text", [(2, "Â\xa0", "\xa0")]),
            ("canci\x97n", [(5, "\x97", "—")]),
            ("c\x9cur", [(1, "\x9c", "œ")]),
            ("Ð¿Ñ€Ð¸Ð²ÐµÑ", [(0, "Ð¿Ñ€Ð¸Ð²Ðµ", "приве"), (10, "Ñ", LOST)]),
            ("Microsoftâs and the companyâs", [(9, "â", "’"), (27, "â", "’")]),
            ("waitâ¦ â¬5", [(4, "â¦", "…"), (7, "â¬", "€")]),
            ("âHello, â¢ item", [(0, "â", LOST), (8, "â¢", LOST)]),
            ("Ãber Ãsterreich, Ãtat", [(0, "Ã", "Ü"), (5, "Ã", "Ö"), (17, "Ã", "É")]),
            ("Donât say it isnât", [(3, "â", "’"), (16, "â", "’")]),
            ("IâM SURE WEâll win", [(1, "â", "’"), (11, "â", "’")]),
            ("Ãfrica, SudÃfrica e Ãndia", [(0, "Ã", "Á"), (11, "Ã", "Á"), (20, "Ã", "Í")]),
            ("PRIXÂ\xa0: Ã‰tÃ©", [(4, "Â\xa0", "\xa0"), (8, "Ã‰", "É"), (11, "Ã©", "é")]),
        ],
    )
    def test_guesses(self, text: str, expected: list[tuple[int, str, str]]) -> None:
        found = find_mojibake(text)
        assert [(start, run, was) for start, _, run, was in found.runs] == expected
        assert not found.is_certain
        assert undo_damage(text) == text

    @pytest.mark.parametrize("language", SENTENCES)
    @pytest.mark.parametrize(
        ("codec", "errors"),
        [
            ("latin-1", "strict"),
            ("sloppy-windows-1252", "strict"),
            ("cp1252", "replace"),
            ("cp1252", "ignore"),
        ],
    )
    def test_each_sentence_is_reported_and_restored_if_certain(
        self, language: str, codec: str, errors: str
    ) -> None:
        for text in cases(SENTENCES[language]):
            damaged = broken(text, codec, errors)
            found = find_mojibake(damaged)
            assert found.runs or text.isascii()
            assert not found.is_certain or restore(damaged, found) == text

    @pytest.mark.parametrize(
        "codec",
        [
            "sloppy-windows-1250",
            "sloppy-windows-1251",
            "sloppy-windows-1253",
            "sloppy-windows-1254",
            "iso8859-2",
            "iso8859-9",
            "macroman",
            "cp437",
            "cp850",
            "cp852",
            "cp866",
            "koi8-r",
        ],
    )
    def test_code_pages_of_other_countries(self, codec: str) -> None:
        for text in SENTENCES.values():
            found = find_mojibake(broken(text, codec))
            assert found.runs or text.isascii()
            assert not found.is_certain or restore(broken(text, codec), found) == text

    @pytest.mark.parametrize("codec", ["gbk", "cp932", "cp949", "big5"])
    def test_western_text_as_east_asian(self, codec: str) -> None:
        for text in ("Él está más rápido", "für München", "El niño y el año", "På øen blæste"):
            damaged = text.encode().decode(codec, "ignore")
            if damaged.encode(codec) == text.encode():
                assert find_mojibake(damaged).code_page == "UTF-8"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Das schöne Wetter bleibt sch├╢n", "Das schöne Wetter bleibt schön"),
            ("“Привет” sagt ╨Я╤А╨╕╨▓╨╡╤В", "“Привет” sagt Привет"),
            ("Das Wetter bleibt sch├╢n", "Das Wetter bleibt schön"),
            ("regiĂłn de SĂŁo Paulo", "región de São Paulo"),
            ("cafГ© et thГ©", "café et thé"),
            ("╨Я╤А╨╕╨▓╨╡╤В", "Привет"),
            ("п÷я─п╦п╡п╣я┌", "Привет"),
            ("–ú–æ—Å–∫–≤–∞", "Москва"),
            ("BÃŒrger in MÃŒnchen", "Bürger in München"),
        ],
    )
    def test_one_code_page_for_the_line(self, text: str, expected: str) -> None:
        assert restore(text, find_mojibake(text)) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "PÓŁ NA PÓŁ",
            "ВІЇ",
            "T恤, K歌 und cat猫",
            "茅台 每日",
            "├── src │ └─┐",
            "iPhone版 und PC版",
            "[-J MSGCTXT模式] [-K MSGID模式]",
            "app贸易 / lang茅台酒",
            "Holmium (鈥), 鈥雷射 laser",
            "雷射鈥檢",
            "泄漏 2020年, 漏水 2020",
            "第一째 20, 첫째 Cat, 짤방 2020",
            "пункт В§5, витамин В® 20 В° С",
            "«группа В» · В",
            "Romanul cânta, când râsul s-a oprit; il dît: câest",
            "Ãga, Ãva ha Ãgui",
            "São Brâs, râs și plâns, surâs, bâtiment, l’âge, â doua",
            "∑x ≤ ∆y, 5·3",
        ],
    )
    def test_good_text_that_may_be_utf8_in_some_code_page(self, text: str) -> None:
        assert find_mojibake(text) == MojibakeRuns()

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Fooâ„¢ Bar", "Foo™ Bar"),
            ("Ã…r og dag", "År og dag"),
            ("Ã–konom", "Ökonom"),
            ("see В§ 230, В© 2020", "see § 230, © 2020"),
            ("100В\xa0km at 20 В°", "100\xa0km at 20 °"),
            ("Section Β§230, 20 Β°", "Section §230, 20 °"),
            ("ÂŁ20, ВЈ30", "£20, £30"),
        ],
    )
    def test_likely_marks(self, text: str, expected: str) -> None:
        assert restore(text, find_mojibake(text)) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "The caf茅 is open",
            "est谩, Lleg贸",
            "caf챕",
            "caf矇",
            "cafﾃｩ",
            "caf辿",
            "it鈥檚 fun",
            "鈥淗ello鈥� he said",
            "wait 鈥?",
            "don窶冲 go",
            "10 竄ｬ",
            "脡tat de choc",
            "at 20 掳C",
            "漏 2020 Example",
            "짤 2020 Example",
        ],
    )
    def test_single_characters_of_east_asia(self, text: str) -> None:
        assert find_mojibake(text).code_page == "UTF-8"

    @pytest.mark.parametrize("text", ["SGRÃ®N", "naÃ¯ve Ã la carte", "à¸ à¸²à¸©à¸²à¹„à¸—à¸¢"])
    def test_a_repair_that_leaves_a_lost_byte_is_no_certain_one(self, text: str) -> None:
        found = find_mojibake(text)
        assert found.known
        assert not found.is_certain

    @pytest.mark.parametrize("text", ["привеÑ", "Ð оÑÑиÑ", "Ελλάδ Îο", "שלו×", "हिनà¥दी"])
    def test_half_repaired_texts_are_reported(self, text: str) -> None:
        found = find_mojibake(text)
        assert found.runs
        assert found.known == ()

    @pytest.mark.parametrize(
        "text", ["AÄ«O E REAÄ«O", "O¥ va l╒Äconomie", "Wўjt otworzy€ nowҐ szko€©", "Çƒπñÿ"]
    )
    def test_chance_sequences_are_no_certain_repair(self, text: str) -> None:
        assert undo_damage(text) == text

    @pytest.mark.parametrize("language", SENTENCES)
    def test_sentences_that_were_broken_twice(self, language: str) -> None:
        for text in cases(SENTENCES[language]):
            damaged = broken(broken(text, "sloppy-windows-1252"), "sloppy-windows-1252")
            found = find_mojibake(damaged)
            assert found.runs or text.isascii()
            assert not found.is_certain or restore(damaged, found) == text

    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), CODECS)
    def test_certain_repairs_of_any_words_are_exact(self, words: list[str], codec: str) -> None:
        damaged = broken(" ".join(words), codec)
        found = find_mojibake(damaged)
        assert_well_formed(damaged, found.runs)
        assert not found.is_certain or not found.runs or restore(damaged, found) == " ".join(words)

    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), CODECS, st.randoms())
    def test_certain_repairs_touch_no_ascii(
        self, words: list[str], codec: str, random: object
    ) -> None:
        text = " ".join(broken(word, codec) if random.random() < 0.5 else word for word in words)
        found = find_mojibake(text)
        assert_well_formed(text, found.runs)
        if found.is_certain:
            assert find_mojibake(restore(text, found)).runs == ()
            ascii_only = re.sub(r"[^\x00-\x7f]+", "", text)
            assert re.sub(r"[^\x00-\x7f]+", "", restore(text, found)) == ascii_only

    @given(st.text(st.sampled_from("aâ€™Ã©Â £\x9d\xa0\n\r ï»¿’é\u2028\x85"), max_size=40))
    @example("Ã\xa0 \x9d")
    def test_spans_of_any_text_contain_their_text(self, text: str) -> None:
        found = find_mojibake(text)
        assert_well_formed(text, found.runs)
        assert undo_damage(text) == (restore(text, found) if found.is_certain else text)

    def test_long_texts_take_linear_time(self) -> None:
        def find(unit: str, size: int) -> None:
            assert find_mojibake(unit * size).runs

        for unit in ("x y voilÃ  le ", "“aâ€ ", "é\x92 ", "Ã©Â ", "IRMÃ\xa0Ã–A "):
            calls = [count_calls(lambda n=size, u=unit: find(u, n)) for size in (2_000, 500)]
            assert calls[0] < GROWTH * calls[1]


LEGACY = {
    "Russian": ("cp1251", "koi8-r", "iso8859-5", "cp866"),
    "Ukrainian": ("cp1251", "koi8-u"),
    "Bulgarian": ("cp1251",),
    "Serbian": ("cp1251",),
    "Greek": ("cp1253", "iso8859-7"),
    "Hebrew": ("cp1255",),
    "Arabic": ("cp1256", "iso8859-6"),
    "Thai": ("cp874",),
    "Czech": ("cp1250", "iso8859-2"),
    "Polish": ("cp1250", "iso8859-2"),
    "Hungarian": ("cp1250", "iso8859-2"),
    "Slovak": ("cp1250",),
    "Romanian": ("cp1250",),
    "Turkish": ("cp1254",),
    "Lithuanian": ("cp1257",),
    "Latvian": ("cp1257",),
    "Chinese": ("gbk", "big5"),
    "Japanese": ("cp932", "euc_jp"),
    "Korean": ("euc_kr",),
}
LEGACY_TEXTS = [
    (language, codec, read_as)
    for language, codecs in LEGACY.items()
    for codec in codecs
    for read_as in ("latin-1", "sloppy-windows-1252")
]


class TestLegacyText:
    @pytest.mark.parametrize(("language", "codec", "read_as"), LEGACY_TEXTS)
    def test_whole_texts_are_reported_without_an_original(
        self, language: str, codec: str, read_as: str
    ) -> None:
        text = SENTENCES[language].translate({0x219: "ş", 0x21B: "ţ", 0x200B: None})
        found = find_mojibake(text.encode(codec, "ignore").decode(read_as))
        assert len(found.runs) == 1
        assert found.known == ()
        assert not found.is_certain
        assert found.code_page

    @pytest.mark.parametrize(
        ("text", "codec", "read_as", "code_page"),
        [
            ("Министр ушёл в отставку", "koi8-r", "cp1251", "KOI8-R"),
            ("Россия и Китай подписали договор", "cp1251", "koi8-r", "windows-1251"),
            ("Rząd ogłosił nowy plan", "cp1250", "cp1252", "windows-1250"),
            ("Rząd ogłosił, że śledztwo już trwa", "iso8859-2", "latin-1", "ISO 8859-2"),
            ("El niño más rápido ganó el día", "mac-roman", "cp1252", "MacRoman"),
            ("Größere Züge fahren über die Brücke", "mac-roman", "cp1252", "MacRoman"),
            ("Le président annonce un référendum", "cp850", "cp1252", "IBM 850"),
            ("Größere Züge fahren nach Köln", "cp850", "latin-1", "IBM 850"),
            ("Правительство объявило новый план", "cp866", "cp1251", "IBM 866"),
            ("Правительство объявило новый план", "cp1251", "cp866", "windows-1251"),
            ("Правительство объявило новый план", "cp1251", "cp1250", "windows-1251"),
            ("Правительство объявило новый план", "koi8-r", "mac-roman", "KOI8-R"),
            ("Η κυβέρνηση ανακοίνωσε νέο σχέδιο", "cp1253", "cp850", "windows-1253"),
            (
                "Türkiye’de yeni bir şehir için İstanbul’dan ağaç",
                "cp1254",
                "cp1252",
                "windows-1254",
            ),
            ("הממשלה הודיעה היום על תוכנית", "cp1255", "cp1252", "windows-1255"),
            ("ПРАВИТЕЛЬСТВО ОБЪЯВИЛО НОВЫЙ ПЛАН", "koi8-r", "cp1252", "KOI8-R"),
            ("政府今天宣布新计划", "utf-8", "gbk", "UTF-8"),
            ("日本語のテキストです", "utf-8", "cp932", "UTF-8"),
            ("Правительство объявило", "utf-8", "gbk", "UTF-8"),
        ],
    )
    def test_code_pages(self, text: str, codec: str, read_as: str, code_page: str) -> None:
        damaged = text.encode(codec).decode(read_as, "replace")
        assert find_code_page(damaged) == code_page

    def test_a_chance_sequence_does_not_explain_a_text(self) -> None:
        text = "政府今天宣布了一项新计划".encode("gbk").decode("cp1252")
        assert find_mojibake(text).code_page == "GBK"

    @pytest.mark.parametrize("text", ["Pøíli\x9a \x9elu\x9douèký kùò", "Za¿ó³æ gê\x9cl¹ ja\x9fñ"])
    def test_no_part_of_a_text_is_mended(self, text: str) -> None:
        assert find_mojibake(text).known == ()
        assert undo_damage(text) == text

    def test_quotation_marks_beside_letters_of_another_code_page_are_no_certain_repair(
        self,
    ) -> None:
        found = find_mojibake("\x84holnap már jön az idõ\x94 – szõlõ")
        assert not found.is_certain


@given(st.text(st.sampled_from("aZ9 .,-'\"\n\t\xa0‘’“”•–—…")))
def test_ftfy_keeps_typographic_punctuation(text: str) -> None:
    assert all(fix_encoding(line) == line for line in text.split("\n"))
