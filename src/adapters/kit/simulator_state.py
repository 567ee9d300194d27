"""What simulated providers know, in one SQLite file: two processes see the same, and so does a restart."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from adapters.kit.transactions import require_no_transaction
from scheduling_core.errors import ProviderUnavailable

T = TypeVar("T")
Books = sqlite3.Connection
"""The state inside one transaction."""

_BUSY_SECONDS = 10.0
_TABLES = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    shelf TEXT NOT NULL,
    id TEXT NOT NULL,
    tag TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (shelf, id)
);
CREATE INDEX IF NOT EXISTS records_by_tag ON records (shelf, tag, number);
"""


class SimulatorState:
    """The file that all simulators share. Without a path it lives in memory and in one process.

    Work on a file is done in a thread of its own, never in the event loop's. Work in memory takes microseconds and is
    done in place, so that tests in virtual time stay in step. Opened by its first use; `close` it at the end.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._books: Books | None = None
        self._thread: ThreadPoolExecutor | None = None

    async def write(self, work: Callable[[Books], T]) -> T:
        """What `work` answers, all of its changes kept, or none of them if it raises.

        Nobody else, in any process, writes meanwhile. Raise ProviderUnavailable when the file cannot be used: to the
        product that is a provider which does not answer.
        """
        return await self._run("BEGIN IMMEDIATE", work)

    async def read(self, work: Callable[[Books], T]) -> T:
        """What `work` answers from one consistent view; it changes nothing."""
        return await self._run("BEGIN", work)

    async def close(self) -> None:
        """Let go of the file. What was kept stays."""
        if self._thread is None:
            self._shut()
            return
        thread, self._thread = self._thread, None
        await asyncio.get_running_loop().run_in_executor(thread, self._shut)
        thread.shutdown()

    async def _run(self, begin: str, work: Callable[[Books], T]) -> T:
        require_no_transaction()
        if self._path is None:
            return self._transact(begin, work)
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="simulators")
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, begin, work)

    def _transact(self, begin: str, work: Callable[[Books], T]) -> T:
        try:
            books = self._books or self._open()
            books.execute(begin)
            try:
                answer = work(books)
                books.execute("COMMIT")
            except BaseException:
                if books.in_transaction:
                    books.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as trouble:
            raise ProviderUnavailable(f"the simulators' state cannot be used: {trouble}") from trouble
        return answer

    def _open(self) -> Books:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        books = sqlite3.connect(
            self._path or ":memory:", timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        books.execute("PRAGMA journal_mode = WAL")
        books.execute("PRAGMA synchronous = NORMAL")
        books.executescript(_TABLES)
        self._books = books
        return books

    def _shut(self) -> None:
        if self._books is not None:
            self._books.close()
            self._books = None


class Shelf(Generic[T]):
    """Records of one form in the state, each under an id of its own, kept in the order in which they first came.

    A tag groups them; putting a record again replaces it and its tag, in its old place.
    """

    def __init__(self, name: str, form: type[T]) -> None:
        self._name = name
        self._decoder = msgspec.json.Decoder(form)
        self._encoder = msgspec.json.Encoder()

    def get(self, books: Books, id: str) -> T | None:
        """The record, or None."""
        row = books.execute("SELECT body FROM records WHERE shelf = ? AND id = ?", (self._name, id)).fetchone()
        return None if row is None else self._decoder.decode(row[0])

    def put(self, books: Books, id: str, record: T, *, tag: str = "") -> None:
        books.execute(
            "INSERT INTO records (shelf, id, tag, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (shelf, id) DO UPDATE SET tag = excluded.tag, body = excluded.body",
            (self._name, id, tag, self._encoder.encode(record)),
        )

    def drop(self, books: Books, id: str) -> None:
        books.execute("DELETE FROM records WHERE shelf = ? AND id = ?", (self._name, id))

    def tagged(self, books: Books, tag: str) -> list[T]:
        """Every record with the tag, oldest first."""
        rows = books.execute(
            "SELECT body FROM records WHERE shelf = ? AND tag = ? ORDER BY number", (self._name, tag)
        ).fetchall()
        return [self._decoder.decode(body) for (body,) in rows]

    def newest(self, books: Books, *, limit: int) -> list[T]:
        """The records that came last, whatever their tag, newest first."""
        rows = books.execute(
            "SELECT body FROM records WHERE shelf = ? ORDER BY number DESC LIMIT ?", (self._name, limit)
        ).fetchall()
        return [self._decoder.decode(body) for (body,) in rows]
