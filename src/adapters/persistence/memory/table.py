"""Tables in memory: committed rows with sorted indexes, and what a transaction lays over them.

Indexes know committed rows only and change when a transaction is published. A transaction's own changes, always few, are
merged in while reading: so writing copies nothing, and rolling back is forgetting.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Hashable, Iterator
from heapq import merge
from itertools import islice
from typing import Any, Generic, TypeAlias, TypeVar

from scheduling_core.errors import Outdated

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Place: TypeAlias = tuple[Hashable, Any] | None
"""Where a row stands in an index: its group, and what it is sorted by within it. None: not in this index."""
Bound: TypeAlias = tuple[Any, ...] | None
"""Either `(sorted by,)` or `(sorted by, key)`."""


class Table(Generic[K, V]):
    """The committed rows of one kind. An index is known by the function that places a row in it."""

    def __init__(self, *indexes: Callable[[V], Place]) -> None:
        self.rows: dict[K, V] = {}
        self._groups: dict[Callable[[V], Place], dict[Hashable, list[tuple[Any, K]]]] = {each: {} for each in indexes}

    def group(self, index: Callable[[V], Place], group: Hashable) -> list[tuple[Any, K]]:
        """The entries (sorted by, key) of one group, in order."""
        return self._groups[index].get(group, [])

    def publish(self, key: K, row: V | None) -> None:
        """Make this the row of the key; None removes it."""
        old = self.rows.get(key)
        for index, groups in self._groups.items():
            before, after = None if old is None else index(old), None if row is None else index(row)
            if before == after:
                continue
            if before is not None:
                entries = groups[before[0]]
                del entries[bisect_left(entries, (before[1], key))]
                if not entries:
                    del groups[before[0]]
            if after is not None:
                insort(groups.setdefault(after[0], []), (after[1], key))
        if row is None:
            self.rows.pop(key, None)
        else:
            self.rows[key] = row


class Rows(Generic[K, V]):
    """One table as one transaction sees it. Rows are frozen: a change is a new row under the same key."""

    __slots__ = ("_changed", "_table", "_writable")

    def __init__(self, table: Table[K, V], *, writable: bool) -> None:
        self._table = table
        self._writable = writable
        self._changed: dict[K, V | None] = {}

    def get(self, key: K) -> V | None:
        return self._changed[key] if key in self._changed else self._table.rows.get(key)

    def __getitem__(self, key: K) -> V:
        row = self.get(key)
        if row is None:
            raise KeyError(key)
        return row

    def put(self, key: K, row: V) -> None:
        if not self._writable:
            raise RuntimeError("reading() writes nothing")
        self._changed[key] = row

    def remove(self, key: K) -> None:
        """Take the row away, if there is one."""
        if not self._writable:
            raise RuntimeError("reading() writes nothing")
        self._changed[key] = None

    def insert(self, key: K, row: V) -> None:
        """`put`, for a key that is new. Raise Outdated if it is not."""
        if self.get(key) is not None:
            raise Outdated
        self.put(key, row)

    def __iter__(self) -> Iterator[V]:
        """All rows, the longest stored first."""
        yield from (pair[1] for pair in self.items())

    def items(self) -> Iterator[tuple[K, V]]:
        """All rows with their keys, the longest stored first."""
        for key, stored in self._table.rows.items():
            row = self._changed.get(key) if key in self._changed else stored
            if row is not None:
                yield key, row
        for key, own in self._changed.items():
            if own is not None and key not in self._table.rows:
                yield key, own

    def walk(
        self,
        index: Callable[[V], Place],
        group: Hashable,
        *,
        after: Bound = None,
        before: Bound = None,
        newest_first: bool = False,
    ) -> Iterator[V]:
        """The rows of a group in order, strictly between the bounds. Collect them before changing any.

        `(sorted by,)` as `after` lets in the rows sorted by just that; as `before` it keeps them out.
        """
        committed = self._table.group(index, group)
        low = 0 if after is None else bisect_right(committed, after)
        high = len(committed) if before is None else bisect_left(committed, before)
        span = range(high - 1, low - 1, -1) if newest_first else range(low, high)
        untouched = (committed[position] for position in span if committed[position][1] not in self._changed)
        own = sorted(self._own(index, group, after, before), reverse=newest_first)
        for _, key in merge(untouched, own, reverse=newest_first) if own else untouched:
            yield self[key]

    def first(self, index: Callable[[V], Place], group: Hashable) -> V | None:
        """The first row of a group, which for a unique index is the only one."""
        return next(islice(self.walk(index, group), 1), None)

    def publish(self) -> None:
        """Make this transaction's changes everybody's."""
        for key, row in self._changed.items():
            self._table.publish(key, row)
        self._changed.clear()

    def _own(
        self, index: Callable[[V], Place], group: Hashable, after: Bound, before: Bound
    ) -> Iterator[tuple[Any, K]]:
        for key, row in self._changed.items():
            place = None if row is None else index(row)
            if place is None or place[0] != group:
                continue
            entry = (place[1], key)
            if (after is None or entry > after) and (before is None or entry < before):
                yield entry


def remove(rows: Rows[Any, V], where: Callable[[V], bool]) -> None:
    """Take away every row of which that holds."""
    for key in [key for key, row in rows.items() if where(row)]:
        rows.remove(key)
