"""Explanations of what is no JSON: the mistake, its place and how to correct it."""

import re
from json.decoder import JSONDecodeError

from newslint.syntax.limits import ParseError

_WORD = re.compile(r"-?[\w.+-]+")
_COMMENT = re.compile(r"//|/\*|#")
_PYTHON = {"True": "true", "False": "false", "None": "null"}
_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})


def explain_value(text: str, at: int, *, is_key: bool = False) -> ParseError:
    """Explain text, or the end of the text, in the place of a value or a key."""
    word = _WORD.match(text, at)
    end = word.end() if word else min(at + 1, len(text))
    return ParseError(_advise(text, at, text[at:end], is_key=is_key), at, end)


def _advise(text: str, at: int, word: str, *, is_key: bool) -> str:
    """Advise on a word, or on a character, in the place of a value or a key."""
    message = "this is no value of JSON; put it in double quotes if it is text"
    if not word:
        message = "a '{' or '[' above is never closed"
    elif _COMMENT.match(text, at):
        message = "JSON has no comments; delete this one"
    elif word == "'":
        message = "JSON has double quotes only; write '\"' instead of this"
    elif is_key:
        message = "a key between double quotes is expected here"
    elif word in _PYTHON:
        message = f"write '{_PYTHON[word]}', as JSON does"
    elif word in _NO_NUMBERS:
        message = "JSON has no such number"
    return message


def explain_string(text: str, start: int, error: JSONDecodeError) -> ParseError:
    """Explain an error of the string that starts at an offset."""
    at = error.pos
    if error.msg.startswith("Unterminated"):
        return ParseError("the quote that opens here is never closed", start, start + 1)
    if error.msg.startswith("Invalid control character"):
        if text[at : at + 1] in ("\n", "\r"):
            message = (
                "the quote that opens here is never closed on its line; write '\\n' for a new line"
            )
            return ParseError(message, start, start + 1)
        message = "a tab cannot stand in a string; write it as '\\t'"
        return ParseError(message, at, at + 1)
    at = text.rfind("\\", start, at + 1)
    message = "this escape has no meaning; write '\\\\' for a backslash"
    if text.startswith("u", at + 1):
        message = "'\\u' must be followed by 4 hexadecimal digits; write '\\\\' for a backslash"
    return ParseError(message, at, min(at + 2, len(text)))
