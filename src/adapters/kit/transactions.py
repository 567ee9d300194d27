"""No provider is called inside a transaction: one that hangs would hold locks and a connection for as long.

Storages say while a unit of work is open; whatever stands for the network asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[int] = ContextVar("open_transactions", default=0)


class CalledInsideTransaction(RuntimeError):
    """A fault of ours, found in development and tests: a provider was about to be called while a transaction was open."""


@contextmanager
def transaction_open() -> Iterator[None]:
    """While this lasts, this task of the event loop has a transaction open."""
    _open.set(_open.get() + 1)
    try:
        yield
    finally:
        _open.set(_open.get() - 1)


def require_no_transaction() -> None:
    """Raise CalledInsideTransaction if this task has one open."""
    if _open.get():
        raise CalledInsideTransaction
