"""Control characters, which no reader sees."""

from newslint.text.lazy_pattern import lazy_pattern

FORBIDDEN = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""The characters that YAML forbids (YAML 1.2.2, production 1, `c-printable`).

TOML and JSON forbid some of them in their source, and allow all of them as escapes.
"""
