"""Chance that comes out the same for the same seed."""

from random import Random
from uuid import UUID

_FIRST_MILLISECOND = 1_804_000_000_000


class SeededChance:
    """Matches ports.system.Chance. Ids are UUIDv7 whose order is the order of their making; no two seeds share any.
    Who has the same `luck` draws the same fractions, whatever the seed."""

    def __init__(self, seed: int = 0, *, luck: int | None = None) -> None:
        self._random = Random(seed)
        self._luck = Random(seed if luck is None else luck)
        self._made = 0

    def new_id(self) -> UUID:
        self._made += 1
        bits = (_FIRST_MILLISECOND + self._made) << 80 | self._random.getrandbits(76)
        bits = bits & ~(0xF << 76) | 0x7 << 76
        bits = bits & ~(0x3 << 62) | 0x2 << 62
        return UUID(int=bits)

    def new_secret(self) -> str:
        return f"{self._random.getrandbits(256):064x}"

    def fraction(self) -> float:
        return self._luck.random()
