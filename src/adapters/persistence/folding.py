"""How text is compared when people search: the same words whatever their accents and capitals."""

import re
from unicodedata import combining, normalize

# Letters that are no base letter with a mark, so that decomposition leaves them as they are.
_PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
_APOSTROPHES = re.compile(r"['’ʼ]")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """The text without accents and capitals: "Łukasz Müller" and "lukasz muller" become one."""
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(each for each in decomposed if not combining(each)).translate(_PLAIN)


def words_of(text: str) -> tuple[str, ...]:
    """Its words, folded. An apostrophe joins (O'Brien is one word), everything else that is no letter or digit parts."""
    return tuple(_WORD.findall(_APOSTROPHES.sub("", fold(text))))
