"""Calendar feeds: a secret address that a calendar program asks from time to time for somebody's visits."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from scheduling_core.access import Actor, Role
from scheduling_core.errors import Forbidden, NotFound, Unauthenticated
from scheduling_core.ports.feeds import CalendarFeed
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance, Clock
from scheduling_core.ports.views import AppointmentDetails, When
from scheduling_core.transitions import OCCUPYING, Status
from scheduling_core.use_cases.people import read_me

RECENT = timedelta(days=60)
"""How far back a feed reaches."""
MOST = 1000
"""As many visits to come, and as many past ones, are shown at most: the nearest."""
_SHOWN = OCCUPYING - {Status.PENDING}


def _subscriber(actor: Actor) -> Actor:
    if actor.role is Role.ANONYMOUS:
        raise Unauthenticated
    if actor.role not in (Role.PATIENT, Role.DOCTOR):
        raise Forbidden
    return actor


def _fingerprint(secret: str) -> str:
    """What is stored instead of the secret, which is too long to guess and so needs no salt."""
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SeeCalendarFeed:
    """The signed-in patient's or doctor's feed; None without one. Its address is never told again."""

    storage: Storage

    async def __call__(self, actor: Actor) -> CalendarFeed | None:
        subscriber = _subscriber(actor)
        async with self.storage.reading() as unit:
            return await unit.feeds.of(subscriber)


@dataclass(frozen=True, slots=True)
class NewCalendarFeed:
    """A new secret for the signed-in patient or doctor, told this once; the one before opens nothing any more.

    Raise NotFound for somebody who was erased.
    """

    storage: Storage
    chance: Chance

    async def __call__(self, actor: Actor) -> tuple[CalendarFeed, str]:
        subscriber = _subscriber(actor)
        secret = self.chance.new_secret()
        async with self.storage.writing() as unit:
            await read_me(unit, subscriber)
            feed = CalendarFeed(actor=subscriber, secret_hash=_fingerprint(secret), created_at=await unit.now())
            await unit.feeds.put(feed)
        return feed, secret


@dataclass(frozen=True, slots=True)
class EndCalendarFeed:
    """The address opens nothing any more."""

    storage: Storage

    async def __call__(self, actor: Actor) -> None:
        subscriber = _subscriber(actor)
        async with self.storage.writing() as unit:
            await unit.feeds.remove(subscriber)


@dataclass(frozen=True, slots=True)
class ReadCalendarFeed:
    """The visits that a calendar shows for whoever's secret this is: to come, and of the last 60 days, by start.

    Holds and what was cancelled are left out. Raise NotFound for a secret that opens nothing.
    """

    storage: Storage
    clock: Clock

    async def __call__(self, secret: str) -> list[AppointmentDetails]:
        now = self.clock.now()
        async with self.storage.reading() as unit:
            feed = await unit.feeds.find(_fingerprint(secret))
            if feed is None:
                raise NotFound
            past, ahead = [
                await unit.appointments.list_details(feed.actor, when=when, now=now, after=None, limit=MOST)
                for when in (When.PAST, When.UPCOMING)
            ]
        recent = [details for details in reversed(past) if details.appointment.ends_at > now - RECENT]
        return [details for details in (*recent, *ahead) if details.appointment.status in _SHOWN]
