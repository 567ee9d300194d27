"""Who works at a request and waits for somebody outside tells it here, and takes nobody's place meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Place(Protocol):
    """What a request has of the places of its process."""

    def step_out(self) -> None: ...

    def step_in(self) -> None: ...


_taken: ContextVar[Place | None] = ContextVar("place", default=None)


@contextmanager
def place_taken(place: Place) -> Iterator[None]:
    """While this lasts, what this task of the event loop does is done at that place."""
    before = _taken.set(place)
    try:
        yield
    finally:
        _taken.reset(before)


@contextmanager
def stepped_out() -> Iterator[None]:
    """While this lasts, the place that is taken, if any, is free for others."""
    place = _taken.get()
    if place is None:
        yield
        return
    place.step_out()
    try:
        yield
    finally:
        place.step_in()
