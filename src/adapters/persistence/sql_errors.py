"""What the databases' errors mean to the core.

Outdated      somebody else was first, and deciding again may succeed: deadlock, serialization, a unique key
SlotTaken, PatientBusy   a guard refused an overlap
StorageBusy   nobody knows, or nothing was done: a wait too long, no connection, disk full, shutting down
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from adapters.persistence.sql_guards import DOCTOR_GUARD, PERSON_GUARD
from scheduling_core.errors import Outdated, PatientBusy, Refusal, SlotTaken, StorageBusy


class WaitedTooLong(StorageBusy):
    """Another transaction kept a lock that this one needs."""


DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""Whatever asyncpg raises: the server's word, its own refusal, and what it comes to when a connection ends in the middle."""

_GUARDS: Mapping[str, type[Refusal]] = {DOCTOR_GUARD: SlotTaken, PERSON_GUARD: PatientBusy}

# PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html
_EXCLUSION, _UNIQUE, _LOCK_NOT_AVAILABLE = "23P01", "23505", "55P03"
_AGAIN = {
    "40001",  # serialization_failure
    "40P01",  # deadlock_detected
    "25P02",  # in_failed_sql_transaction: an earlier refusal was not heeded
}
_BUSY = {
    "57014",  # query_canceled: the statement's time ran out
    "25P03",  # idle_in_transaction_session_timeout
    "25006",  # read_only_sql_transaction: a standby that is about to take over
    "58030",  # io_error
}
_BUSY_CLASSES = {
    "08",  # connection
    "53",  # insufficient resources: disk full, out of memory, too many connections
    "57",  # operator intervention: shutting down, starting up
}

# SQLite: https://www.sqlite.org/rescode.html
_SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
_SQLITE_UNIQUE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
_SQLITE_TRIGGER = "SQLITE_CONSTRAINT_TRIGGER"


@contextmanager
def translated() -> Iterator[None]:
    """Raise what the core knows in place of what driver and pool raise; what is a mistake of ours stays as it is."""
    try:
        yield
    except (DBAPIError, *DRIVER_ERRORS) as error:
        refusal = _refusal(error.driver_exception if isinstance(error, DBAPIError) else error)
        if refusal is None:
            raise
        raise refusal from error
    except (PoolTimeout, OSError) as error:
        # A connection that cannot be made fails with the system's own error; TimeoutError is one, the pool's included.
        raise StorageBusy from error


def _refusal(error: BaseException | None) -> Refusal | None:
    if state := getattr(error, "sqlstate", None):
        return _of_postgresql(state, str(getattr(error, "constraint_name", None)))
    if name := getattr(error, "sqlite_errorname", None):
        return _of_sqlite(name, str(error))
    # Without a word from the server: the connection is gone or never was there, unless it is the arguments that are wrong.
    mistaken = isinstance(error, ValueError | TypeError | sqlite3.ProgrammingError)
    return None if mistaken else StorageBusy()


def _of_postgresql(state: str, constraint: str) -> Refusal | None:
    if state == _EXCLUSION:
        return _GUARDS[constraint]()
    if state == _UNIQUE or state in _AGAIN:
        return Outdated()
    if state == _LOCK_NOT_AVAILABLE:
        return WaitedTooLong()
    if state in _BUSY or state[:2] in _BUSY_CLASSES:
        return StorageBusy()
    return None


def _of_sqlite(name: str, message: str) -> Refusal | None:
    if name == _SQLITE_TRIGGER and message in _GUARDS:
        return _GUARDS[message]()
    if name in _SQLITE_UNIQUE:
        return Outdated()
    if name.startswith(_SQLITE_BUSY):
        return StorageBusy()
    return None
