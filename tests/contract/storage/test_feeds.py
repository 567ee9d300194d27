"""Secret addresses of calendars."""

from scheduling_core.access import Actor
from scheduling_core.ids import DoctorId, PatientId
from scheduling_core.ports.feeds import CalendarFeed
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY
from support.making import an_id


def a_feed(actor: Actor | None = None, secret_hash: str | None = None) -> CalendarFeed:
    return CalendarFeed(
        actor=actor or Actor.patient(PatientId(an_id())), secret_hash=secret_hash or str(an_id()), created_at=MONDAY
    )


async def put(storage: Storage, feed: CalendarFeed) -> CalendarFeed:
    async with storage.writing() as unit:
        await unit.feeds.put(feed)
    return feed


async def test_a_feed_is_found_by_its_owner_and_by_its_secret(storage: Storage) -> None:
    mine, doctors = await put(storage, a_feed()), await put(storage, a_feed(Actor.doctor(DoctorId(an_id()))))
    async with storage.reading() as unit:
        for feed in (mine, doctors):
            assert await unit.feeds.of(feed.actor) == feed
            assert await unit.feeds.find(feed.secret_hash) == feed
        assert await unit.feeds.of(Actor.doctor(DoctorId(an_id()))) is None
        assert await unit.feeds.find("another") is None


async def test_a_new_secret_makes_the_one_before_worthless(storage: Storage) -> None:
    old = await put(storage, a_feed())
    new = await put(storage, a_feed(old.actor))
    async with storage.reading() as unit:
        assert await unit.feeds.find(old.secret_hash) is None
        assert await unit.feeds.find(new.secret_hash) == new == await unit.feeds.of(old.actor)


async def test_a_removed_feed_is_gone_and_can_be_made_anew(storage: Storage) -> None:
    feed, other = await put(storage, a_feed()), await put(storage, a_feed())
    for _ in range(2):
        async with storage.writing() as unit:
            await unit.feeds.remove(feed.actor)
    async with storage.reading() as unit:
        assert await unit.feeds.find(feed.secret_hash) is None
        assert await unit.feeds.of(feed.actor) is None
        assert await unit.feeds.of(other.actor) == other
    again = await put(storage, a_feed(feed.actor))
    async with storage.reading() as unit:
        assert await unit.feeds.of(feed.actor) == again
