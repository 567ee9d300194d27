"""Encoded answers kept from one request to the next, in the memory of one process."""

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

MOST_BYTES = 8 * 1024 * 1024
"""Of bodies: some seven hundred weeks, of the doctors who are asked for most."""
_ENTRY_BYTES = 1_000
"""What an entry takes beside its bodies, roughly."""
_WORTH_COMPRESSING = 1024

T = TypeVar("T")


@dataclass(slots=True)
class KeptAnswer(Generic[T]):
    """An answer, and the tag that says for how long it is true."""

    tag: T
    body: bytes
    _gzipped: bytes | None = None

    def compressed(self) -> bytes | None:
        """The body for those who read gzip, made when first asked for; None where it would gain nothing."""
        if self._gzipped is None and len(self.body) >= _WORTH_COMPRESSING:
            self._gzipped = gzip.compress(self.body, compresslevel=5, mtime=0)
        return self._gzipped


@dataclass(slots=True)
class KeptAnswers:
    """The answers that were used last, as many as there is room for. It knows nothing of their truth."""

    most_bytes: int = MOST_BYTES
    _answers: OrderedDict[Hashable, KeptAnswer[Any]] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def get(self, key: Hashable) -> KeptAnswer[Any] | None:
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: Hashable, answer: KeptAnswer[Any]) -> None:
        self.drop(key)
        self._answers[key] = answer
        self._bytes += _size(answer)
        while self._bytes > self.most_bytes:
            self._bytes -= _size(self._answers.popitem(last=False)[1])

    def drop(self, key: Hashable) -> None:
        gone = self._answers.pop(key, None)
        if gone is not None:
            self._bytes -= _size(gone)

    def clear(self) -> None:
        self._answers.clear()
        self._bytes = 0


def _size(answer: KeptAnswer[Any]) -> int:
    # Compressed it is a tenth, and may come later.
    return len(answer.body) * 11 // 10 + _ENTRY_BYTES
