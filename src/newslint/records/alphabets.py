"""The letters beyond ASCII that languages are written with.

`newslint.records.legacy_text` reads a text in several code pages and asks whether the words are
spelled with the letters of one language.
"""

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
