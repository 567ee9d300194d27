"""Text in letters that a typeface has: as it is written where it can be, transliterated where it cannot."""

import unicodedata
from collections.abc import Container

from anyascii import anyascii

_LOST = "?"
# Marks on a letter, controls and joiners: nothing to read by themselves.
_SILENT = frozenset(("Mn", "Me", "Cc", "Cf"))


def readable(text: str, drawable: Container[int]) -> str:
    """`text` with every character that is not among the `drawable` code points put into Latin letters.

    What has no reading at all becomes a question mark, so that nothing vanishes unseen; marks and joiners that belong to
    such letters go with them. Line breaks stay.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c == "\n" or ord(c) in drawable else _in_latin(c, drawable) for c in composed)


def _in_latin(character: str, drawable: Container[int]) -> str:
    category = unicodedata.category(character)
    if category.startswith("Z"):
        return " "
    reading = "".join(letter for letter in anyascii(character) if ord(letter) in drawable)
    return reading or ("" if category in _SILENT else _LOST)
