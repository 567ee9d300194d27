"""One simulated year, or a part of one: the same seed gives the same history, to the microsecond."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

from scheduling_core.appointment import Status
from scheduling_core.instants import Interval
from scheduling_core.tasks import MessageKind, TaskState
from simulation.year.judgement import Books, faults_of
from simulation.year.people import ZONES, Town, hours_of
from simulation.year.post import Post
from simulation.year.servers import Server
from simulation.year.world import Afar, LoopClock, PausingStorage, Weather
from support.clinic import Clinic
from support.outside import Rooms
from support.promises import books_of, broken_promises
from support.virtual_time import run_in_virtual_time

DAY = timedelta(days=1)
SQUALL_AFTER, SQUALL = timedelta(minutes=3), timedelta(minutes=20)
AFTERWARDS = 3 * DAY
"""After the last wish everything comes to rest: what is booked stays booked, and what is due gets done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large a town is, for how long, and how often each patient wants a visit in that time."""

    doctors: int
    patients: int
    days: int
    wishes: int
    start: datetime = datetime(2027, 1, 1, tzinfo=UTC)
    servers: int = 2
    deaths: int = 20
    outage: timedelta = DAY
    rush: float = 0.3
    """How many of the wishes come within minutes of each other, as when a reminder goes round."""
    cancelling: float = 0.15
    """How many of those who booked call off."""


YEAR = Scale(doctors=50, patients=2_000, days=365, wishes=6_000, deaths=100)
MONTH = Scale(doctors=6, patients=60, days=24, wishes=150, start=datetime(2027, 3, 10, tzinfo=UTC), deaths=8)
"""With the days on which clocks change in America and in Europe."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a year came to. `digest` is of its whole history and post; `faults` is empty when all promises were kept."""

    seed: int
    faults: list[str]
    digest: str
    counts: dict[str, int]


def simulate(seed: int, scale: Scale, *, tell: Callable[[str], object] = lambda _: None) -> Outcome:
    """Live through it in virtual time; `tell` hears how far it has come."""
    return run_in_virtual_time(_live(seed, scale, tell))


async def _live(seed: int, scale: Scale, tell: Callable[[str], object]) -> Outcome:
    random, clock = Random(seed), LoopClock(scale.start)
    end = scale.start + scale.days * DAY
    dark = scale.start + (end - scale.start) * random.uniform(0.3, 0.6)
    rushes = [scale.start + (end - scale.start) * random.random() for _ in range(1 + scale.days // 7)]
    # Whoever began to pay when a squall came up pays unheard, and is heard when their hold has lapsed.
    squalls = [Interval(start=rush + SQUALL_AFTER, end=rush + SQUALL_AFTER + SQUALL) for rush in rushes]
    storms = [Interval(start=dark, end=dark + scale.outage), *squalls]
    weather = Weather(clock, random, storms)
    servers: list[Server] = []
    storage = PausingStorage(clock, random, after_tasks=lambda: random.choice(servers).ring() if servers else None)
    outside = Clinic(storage, clock, seed=seed * 10)  # the world itself: whose payments everybody uses
    town = Town(clock, random, servers, outside)
    post, rooms = Post(clock, town.read), Rooms()
    for number in range(scale.servers):
        clinic = Clinic(storage, clock, seed=seed * 10 + 1 + number)
        clinic.adopt(payments=Afar(outside.payments, weather), rooms=Afar(rooms, weather), letters=Afar(post, weather))
        servers.append(Server(clinic, storage, clock))
        servers[-1].start()
    town.doctors = [
        await outside.doctor(hours_of(random, ZONES[each % len(ZONES)]), fee=random.choice((0, 5_000, 7_550, 12_333)))
        for each in range(scale.doctors)
    ]
    town.patients = await outside.patients(scale.patients)

    def some_time() -> datetime:
        return scale.start + (end - scale.start) * random.random()

    def wished_at() -> datetime:
        if random.random() < scale.rush:
            return random.choice(rushes) + timedelta(seconds=random.uniform(0, 60))
        return some_time()

    lives = [
        *(town.visit(random.choice(town.patients), wished_at(), scale.cancelling) for _ in range(scale.wishes)),
        *(town.practise(doctor, end) for doctor in town.doctors),
        *(_restart(random.choice(servers), clock, some_time(), random) for _ in range(scale.deaths)),
    ]
    broken: list[str] = []

    async def audit(at: datetime) -> None:
        await clock.until(at)
        books = books_of(storage, since=town.changed_at)
        broken.extend(broken_promises(books, clock.now(), within=timedelta(hours=1)))

    async def report(at: datetime) -> None:
        await clock.until(at)
        tell(f"{at:%d %B}: {_counts(Books(storage), post)}")

    lives += [report(scale.start + (end - scale.start) * part / 12) for part in range(1, 13)]
    lives += [audit(scale.start + (end - scale.start) * part / 4) for part in (1, 2, 3, 4)]
    administrator = asyncio.create_task(_retry_what_died(town))
    await asyncio.gather(*lives)
    await clock.until(end + AFTERWARDS)
    administrator.cancel()
    for server in servers:
        await server.die()
    last = clock.now()
    faults = broken + await faults_of(storage, outside, post, storms, last)
    books = Books(storage)
    await outside.close()
    return Outcome(seed, faults, _digest(books, post), _counts(books, post))


async def _restart(server: Server, clock: LoopClock, at: datetime, random: Random) -> None:
    await clock.until(at)
    if server.alive:
        await server.die()
        await asyncio.sleep(random.uniform(1, 600))
        server.start()


async def _retry_what_died(town: Town) -> None:
    """The administrator looks in every few hours and gives what failed for good another chance."""
    while True:
        await asyncio.sleep(6 * 3600)
        async with town.outside.storage.writing() as unit:
            for dead in await unit.tasks.list(TaskState.DEAD, after=None, limit=1_000):
                await unit.tasks.retry(dead.id)


def _digest(books: Books, post: Post) -> str:
    told = sorted((letter.arrived_at, id) for id, letter in post.letters.items())
    return sha256(repr((books.events, told)).encode()).hexdigest()


def _counts(books: Books, post: Post) -> dict[str, int]:
    events = books.events
    return {
        "holds": sum(event.before is None for event in events),
        "booked": sum(event.after is Status.BOOKED and event.before is not Status.BOOKED for event in events),
        "cancelled": sum(event.after is Status.CANCELLED and event.before is Status.BOOKED for event in events),
        "moved": sum(event.verb == "reschedule" for event in events),
        "fulfilled": sum(event.after is Status.FULFILLED for event in events),
        "missed": sum(event.after is Status.NOSHOW for event in events),
        "offered": sum(letter.message.kind is MessageKind.OFFER for letter in post.letters.values()),
        "late": sum(event.verb == "book-late" for event in events),
        "letters": len(post.letters),
        "payments": len(books.payments),
    }
