"""Invisible characters that have an effect, by the scripts that need them."""

import re

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\uaadf"
)
"""Thai, Lao, Burmese, Khmer, Javanese and their kin: words follow each other without a space."""
_JOINED = (
    "\u0600-\u0dff\u0f00-\u109f\u1700-\u18af\u1a00-\u1cff\ua800-\uaaff\uabc0-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefe\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
"""Arabic, Syriac, Mongolian, the scripts of India and their kin, whose letters join."""
_PICTURES = "©®\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
"""Emoji and other symbols."""
_VARIED = (
    "0-9#*©®\u0590-\u1fff\u203c\u2049\u2070-\u2fff\u3001-\ud7ff\uf900-\ufaff"
    "\U00010000-\U0001faff\U00020000-\U0003ffff"
)
"""Characters that have variants: digits, symbols, emoji, ideographs and letters of many scripts."""
_TAGS = "[\U000e0020-\U000e007e]++\U000e007f"


def _beside(chars: str, others: str) -> str:
    """Build the pattern of a run of `chars` with one of `others` before or after it."""
    return f"(?<=[{others}])[{chars}]++|(?<![{chars}])[{chars}]++(?=[{others}])"


NEEDED = re.compile(
    "|".join(
        (
            _beside("\u200b\u2060", _SPACELESS),
            _beside("\u200c\u200d", _JOINED),
            f"(?<=[{_PICTURES}\ufe0e\ufe0f\U000e007f])\u200d(?=[{_PICTURES}])",
            f"(?<=[{_VARIED}])[\ufe00-\ufe0f\U000e0100-\U000e01ef]",
            f"(?<=[{_PICTURES}]){_TAGS}|(?<=[{_PICTURES}]\ufe0f){_TAGS}",
            _beside("\u180b-\u180f", "\u1800-\u180a\u1810-\u18af\U00011660-\U0001167f"),
            _beside("\u17b4\u17b5", "\u1780-\u17b3\u17b6-\u17ff"),
            _beside("\u115f\u1160", "\u1100-\u115e\u1161-\u11ff\ua960-\ua97f\ud7b0-\ud7ff"),
            _beside("\u034f", "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a"),
            _beside("\U0001bca0-\U0001bca3", "\U0001bc00-\U0001bc9f"),
            _beside("\U0001d173-\U0001d17a", "\U0001d100-\U0001d172\U0001d17b-\U0001d1ff"),
        )
    )
)
"""Invisible characters that have an effect: they divide words or keep them together, shape letters,
join emoji, choose variants, name the flag of a country's part, and belong to Mongolian, Khmer, old
Hangul, sequences of combining marks, shorthand and music."""
