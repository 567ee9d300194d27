"""Finding people by what somebody typed: accents and capitals folded, beginnings of words enough, slips forgiven.

Words are taken as they were typed wherever somebody fits them so. Only where nobody does are slips looked for: one letter
in a word of four letters or more, two in one of eight or more. A letter that is missing, too many, wrong, or changed places
with its neighbour is one slip.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar
from unicodedata import combining, normalize

K = TypeVar("K", bound=Hashable)

# Letters that are no base letter with a mark, so that decomposition leaves them as they are.
_PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
_APOSTROPHES = re.compile(r"['’ʼ]")
_WORD = re.compile(r"\w+")
_SLIP = 100
"""What a slip weighs in a rank; a word of which only the beginning was typed weighs 1, one of the words beside 2."""
_NOT_MEANT = 1_000_000
BESIDE = " ·"
"""Stands in what is looked through before words that are somebody's less than those before it: no word has this sign."""


def fold(text: str) -> str:
    """The text without accents and capitals: "Łukasz Müller" and "lukasz muller" become one."""
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(each for each in decomposed if not combining(each)).translate(_PLAIN)


def words_of(text: str) -> tuple[str, ...]:
    """Its words, folded. An apostrophe joins (O'Brien is one word), everything else that is no letter or digit parts."""
    return tuple(_WORD.findall(_APOSTROPHES.sub("", fold(text))))


@lru_cache(maxsize=16_384)
def searchable(*texts: str) -> str:
    """The words of these texts, folded, each with a space before it: what `rank` looks through."""
    return "".join(f" {word}" for word in words_of(" ".join(texts)))


def rank(query: str, found_in: Mapping[K, str]) -> dict[K, int]:
    """Whoever fits all words of the query, with how badly: 0 is every word as it stands. `found_in` is made by `searchable`,
    and may go on behind `BESIDE`."""
    wanted = words_of(query)
    fitting: Iterable[tuple[K, str]] = found_in.items()
    for word in wanted:
        begun = f" {word}"
        fitting = [each for each in fitting if begun in each[1]]
    exact = {key: _weight(wanted, text) for key, text in fitting}
    return exact if exact or not any(slips_allowed(word) for word in wanted) else _nearly(wanted, found_in)


def _weight(wanted: Iterable[str], text: str) -> int:
    own = text.partition(BESIDE)[0] + " "
    return sum(0 if f" {word} " in own else 1 if f" {word}" in own else 2 for word in wanted)


def slips_allowed(word: str) -> int:
    """How many slips are forgiven in a word of this length."""
    return (len(word) >= 4) + (len(word) >= 8)


def slips(typed: str, word: str) -> int:
    """How many slips turn `typed` into `word` or a beginning of it; one more than are forgiven where there are too many."""
    most = slips_allowed(typed)
    if word.startswith(typed):
        return 0
    reach = word[: len(typed) + most]
    if len(reach) < len(typed) - most:
        return most + 1
    # Rows of the edit distance with neighbours changing places (optimal string alignment), a row for each typed letter.
    before: list[int] = []
    last = list(range(len(reach) + 1))
    for at, letter in enumerate(typed, 1):
        row = [at]
        for to, other in enumerate(reach, 1):
            best = min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == reach[to - 2] and typed[at - 2] == other:
                best = min(best, before[to - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(*last, most + 1)


def _nearly(wanted: Iterable[str], found_in: Mapping[K, str]) -> dict[K, int]:
    people: list[tuple[K, list[str], str]] = []
    for key, text in found_in.items():
        own, _, beside = text.partition(BESIDE)
        people.append((key, own.split(), beside))
    # What stands beside is the same for many: each is looked through once.
    shared = {beside: beside.split() for beside in {beside for _, _, beside in people}}
    known = {word for _, words, _ in people for word in words}.union(*shared.values())
    near: list[dict[str, int]] = []
    for typed in wanted:
        near.append(_near(typed, known))
        if not near[-1]:
            return {}
    others = {beside: [_cheapest(costs, words) for costs in near] for beside, words in shared.items()}
    lacking = {
        beside: [costs.keys() for costs, cost in zip(near, found, strict=True) if cost == _NOT_MEANT]
        for beside, found in others.items()
    }
    ranked: dict[K, int] = {}
    for key, words, beside in people:
        # Most have nothing that may be meant: to see that first halves the time over ten thousand names.
        if any(meant.isdisjoint(words) for meant in lacking[beside]):
            continue
        found = zip(near, others[beside], strict=True)
        ranked[key] = sum(min(_cheapest(costs, words), other) for costs, other in found)
    return ranked


def _cheapest(costs: Mapping[str, int], words: Iterable[str]) -> int:
    return min((costs[word] for word in words if word in costs), default=_NOT_MEANT)


def _near(typed: str, known: Iterable[str]) -> dict[str, int]:
    """The words that may be meant, each with its part of the rank."""
    most, letters = slips_allowed(typed), _letters(typed)
    if not most:
        return {word: word != typed for word in known if word.startswith(typed)}
    # Each letter that a word has not got is a slip: that leaves few to be compared letter by letter.
    alike = (
        word
        for word in known
        if (letters & ~_letters(word)).bit_count() <= most and sum(letter not in word for letter in typed) <= most
    )
    counted = ((word, slips(typed, word)) for word in alike)
    return {word: count * _SLIP + (word != typed) for word, count in counted if count <= most}


@lru_cache(maxsize=65_536)
def _letters(word: str) -> int:
    """A set of its letters as bits; different letters may share one, which only makes words look more alike."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
