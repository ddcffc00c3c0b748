"""The letters beyond ASCII that languages are written with.

`newslint.records.legacy_text` reads a text in several code pages and asks whether the words are
spelled with the letters of one language.
"""

from functools import lru_cache

from newslint.text.lazy_pattern import lazy_pattern

LATIN = {
    "Afrikaans": "áéíóúýèêëîïôöûüâä",
    "Albanian": "çë",
    "Basque": "ñçü",
    "Breton": "âêñôùü",
    "Catalan": "àçèéíïòóúü",
    "Danish": "æøåéáàüöä",
    "Dutch": "áàâäçéèêëíïóôöúûüñ",
    "English": "éèêëáàâäåçñóôöíïûüøæœ",
    "Estonian": "äöõüšž",
    "Faroese": "áðíóúýæø",
    "Finnish": "äöåšžéü",
    "French": "àâæçéèêëîïôœùûüÿñ",
    "Galician": "áéíóúñïü",
    "German": "äöüßéèàçêáñ",
    "Guarani": "áéíóúýñãõ",
    "Icelandic": "áéíóúýðþæöä",
    "Indonesian": "éèêáâ",
    "Irish": "áéíóú",
    "Italian": "àèéìîòóù",
    "Luxembourgish": "äëéèêîöüàâïôû",
    "Maltese": "àèìòùéî",
    "Norwegian": "æøåéèêóòôäöüá",
    "Occitan": "áàçèéíïòóúü",
    "Portuguese": "áàâãçéêíóôõúü",
    "Scottish Gaelic": "àèìòùáéó",
    "Skolt Sami": "âäåõöšž",
    "Spanish": "áéíñóúüç",
    "Swedish": "åäöéàüáè",
    "Turkmen": "çäöüýžş",
    "Walloon": "åâçéèêîôû",
    "Welsh": "âêîôûŵŷáéíóàèòïöë",
}
"""Letters of languages written in Latin-1, among them those of their loan words."""

CENTRAL_EUROPEAN = {
    "Croatian": "čćđšž",
    "Czech": "áčďéěíňóřšťúůýž",
    "Hungarian": "áéíóöőúüű",
    "Polish": "ąćęłńóśźż",
    "Romanian": "ăâîşţșț",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Slovenian": "čšž",
}

TURKISH = {"Turkish": "çğıöşüâîûi̇"}

TURKIC = {"Azerbaijani": "əçğıöşü", "Crimean Tatar": "çğıñöşüâ", "Tatar": "äçğıñöşü"}

BALTIC = {"Latvian": "āčēģīķļņšūž", "Lithuanian": "ąčęėįšųūž"}

CYRILLIC = {
    "Bulgarian": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "Macedonian": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Serbian": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
}

GREEK = {"Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"}

HEBREW = {"Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת"}

ARABIC = {
    "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْ",
    "Persian": "آأؤئابپتثجچحخدذرزژسشصضطظعغفقکكگلمنهویيى",
}

THAI = {"Thai": "".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F))))}

COMMON_CYRILLIC = frozenset("оеаинтсрвлкмі")
COMMON_HEBREW = frozenset("יוהלאמרתשבםן")
COMMON_GREEK = frozenset("αοιετσνηυρςάόίέή")
CYRILLIC_RANKS = {char: rank for rank, char in enumerate("оеаинтсрвлкмдпуяіыьгзбчйхжшюцщэфъё", 1)}
"""The letters of Cyrillic script by how common they are; texts have a mean rank of about 7."""

_SYMBOLS = "\x80-\x9f¡-©«-´¶¸¹»-¿×÷‚ƒ„†‡ˆ‰‹›˜™"
SYMBOL_IN_WORD = lazy_pattern(
    rf"[{_SYMBOLS}](?<=[^\W\d_].)[^\W\d_]|[ºª](?<=[a-z].)[a-z]|[ºª¹³¼¾](?<!\w.)[a-z]"
)
"""A symbol in a word, which no language has."""
_IMPOSSIBLE = lazy_pattern(r"þ(?![aáeéiíoóuúyýæöjrv])|(?<![^\W\d_])ð|è[aei]|æ[aou]")
_MAYBE_IMPOSSIBLE = frozenset("þÞðÐèÈæÆýÝ")
_TURKISH = frozenset("çüş")
_LONE_Y = lazy_pattern("(?<![aeiouyäöü])ý(?![aeiouyäöü])")


@lru_cache(maxsize=4096)
def is_impossible(word: str) -> bool:
    """Check for letters of Latin-1 in places where no language has them.

    `þk` is in no word of Icelandic. Where Turkmen has a `ý`, in words with `ç` or `ü`, there are
    vowels beside it.
    """
    if _MAYBE_IMPOSSIBLE.isdisjoint(word):
        return False
    small = word.lower()
    is_turkish = not _TURKISH.isdisjoint(small)
    return _IMPOSSIBLE.search(small) is not None or (
        is_turkish and _LONE_Y.search(small) is not None
    )
