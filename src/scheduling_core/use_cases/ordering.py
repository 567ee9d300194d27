"""The order of found doctors, and cursors into it: opaque to whoever carries them, never trusted when they return."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from scheduling_core.doctor import Rating
from scheduling_core.errors import InvalidInput
from scheduling_core.ids import DoctorId
from scheduling_core.instants import EPOCH
from scheduling_core.roll import Entry


class Sort(StrEnum):
    """Best match of the words searched for, soonest free, name, lowest fee, best rating; what is missing comes last."""

    RELEVANCE = "relevance"
    NEXT_FREE = "next_free"
    NAME = "name"
    FEE = "fee"
    RATING = "rating"


class Place(NamedTuple):
    """Where a doctor stands in a sorted list: up to two numbers and a text, and the id where those are equal."""

    first: int
    second: int
    text: str
    id: DoctorId


UNRATED = Rating()


class Standing(NamedTuple):
    """What may decide a doctor's place: the entry on the roll, when they are free, how badly they match, their rating."""

    entry: Entry
    free_at: datetime | None = None
    match: int = 0
    rating: Rating = UNRATED


def _by_relevance(it: Standing) -> tuple[int, int, str]:
    return it.match, 0, it.entry.name


def _by_next_free(it: Standing) -> tuple[int, int, str]:
    return (1, 0, "") if it.free_at is None else (0, (it.free_at - EPOCH) // timedelta(microseconds=1), "")


def _by_name(it: Standing) -> tuple[int, int, str]:
    return 0, 0, it.entry.name


def _by_fee(it: Standing) -> tuple[int, int, str]:
    return it.entry.fee, 0, ""


def _by_rating(it: Standing) -> tuple[int, int, str]:
    # The exact average and not the rounded one that is shown; of equal ones, the better founded first.
    rating = it.rating
    return (-(rating.stars * 1_000_000 // rating.count), -rating.count, "") if rating.count else (0, 0, "")


_KEYS: Mapping[Sort, Callable[[Standing], tuple[int, int, str]]] = {
    Sort.RELEVANCE: _by_relevance,
    Sort.NEXT_FREE: _by_next_free,
    Sort.NAME: _by_name,
    Sort.FEE: _by_fee,
    Sort.RATING: _by_rating,
}


def place_of(standing: Standing, sort: Sort) -> Place:
    """Where this doctor stands; no two doctors stand in one place."""
    return Place(*_KEYS[sort](standing), standing.entry.id)


def write_cursor(place: Place, sort: Sort) -> str:
    """A cursor that points behind `place`."""
    words = f"{sort}|{place.first}|{place.second}|{place.id}|{place.text}"
    return urlsafe_b64encode(words.encode()).decode().rstrip("=")


def read_cursor(cursor: str, sort: Sort) -> Place:
    """The place a cursor points behind. Raise InvalidInput for one that was altered or made for another order."""
    try:
        words = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        made_for, first, second, id, text = words.split("|", 4)
        place = Place(int(first), int(second), text, DoctorId(UUID(id)))
    except ValueError:
        raise InvalidInput("cursor", "This page cannot be found. Start again from the first one.") from None
    if made_for != sort:
        raise InvalidInput("cursor", "This page belongs to another order. Start again from the first one.")
    return place
