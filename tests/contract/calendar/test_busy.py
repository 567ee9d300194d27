"""When doctors are busy by calendars of their own: what cannot be read is never answered as free, by any calendar."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from adapters.calendar.google import GoogleCalendar
from adapters.calendar.simulator import SimulatedCalendar
from contract.calendar.conftest import google_calendar
from contract.calendar.making import an_event
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.instants import Interval
from scheduling_core.ports.calendar import Calendar
from servers.google_calendar import BUSY_SCOPE, CLINIC, SCOPE, GoogleCalendarServer, refusal
from servers.wire import Break, Reply
from support.clock import MONDAY, ManualClock

DOCTOR = "doctor@example.com"
Enter = Callable[[datetime, datetime], Awaitable[None]]
YEARS = Interval(start=MONDAY, end=MONDAY + timedelta(days=735))


def hours(start: float, end: float) -> Interval:
    return Interval(start=MONDAY + timedelta(hours=start), end=MONDAY + timedelta(hours=end))


def known(spans: list[Interval]) -> list[Interval]:
    return sorted(spans, key=lambda each: each.start)


@pytest.fixture
def enter(request: pytest.FixtureRequest, calendar: Calendar) -> Enter:
    """Somebody enters a time in the doctor's own calendar, which they share."""
    if isinstance(calendar, SimulatedCalendar):
        diaries = calendar.diaries

        async def enter(start: datetime, end: datetime) -> None:
            await diaries.add(DOCTOR, Interval(start=start, end=end), id=f"{start}")

        return enter
    server: GoogleCalendarServer = request.getfixturevalue("server")
    entries = server.diaries.setdefault(DOCTOR, [])

    async def write(start: datetime, end: datetime) -> None:
        entries.append((start, end))

    return write


@pytest.fixture
def unshare(request: pytest.FixtureRequest, calendar: Calendar) -> Callable[[], Awaitable[None]]:
    if isinstance(calendar, SimulatedCalendar):
        diaries = calendar.diaries
        return lambda: diaries.share(DOCTOR, shared=False)
    server: GoogleCalendarServer = request.getfixturevalue("server")

    async def forget() -> None:
        server.diaries.clear()

    return forget


async def test_a_doctor_is_busy_when_their_own_calendar_says_so(calendar: Calendar, enter: Enter) -> None:
    assert await calendar.busy(DOCTOR, YEARS) == []
    await enter(MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=3))
    assert await calendar.busy(DOCTOR, YEARS) == [hours(2, 3)]


async def test_what_lies_outside_of_what_is_asked_for_is_left_out(calendar: Calendar, enter: Enter) -> None:
    for start in (0, 4, 8):
        await enter(MONDAY + timedelta(hours=start), MONDAY + timedelta(hours=start + 1))
    assert await calendar.busy(DOCTOR, hours(2, 6)) == [hours(4, 5)]


async def test_two_years_are_read_whole(calendar: Calendar, enter: Enter) -> None:
    days = (0, 59, 120, 400, 700)
    for day in days:
        await enter(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day, hours=1))
    found = known(list(await calendar.busy(DOCTOR, YEARS)))
    assert [span.start for span in found] == [MONDAY + timedelta(days=day) for day in days]


async def test_our_own_visits_stand_in_it_too(calendar: Calendar, enter: Enter) -> None:
    del enter
    event = an_event()
    await calendar.put(event)
    assert await calendar.busy(DOCTOR, YEARS) == [event.interval]
    await calendar.cancel(event.appointment_id)
    assert await calendar.busy(DOCTOR, YEARS) == []


async def test_a_calendar_that_is_not_shared_is_a_definite_no_and_never_free(
    calendar: Calendar, enter: Enter, unshare: Callable[[], Awaitable[None]]
) -> None:
    await enter(MONDAY, MONDAY + timedelta(hours=1))
    await unshare()
    with pytest.raises(ProviderRefused) as refused:
        await calendar.busy(DOCTOR, YEARS)
    assert refused.value.code == "unshared"


async def test_one_learns_with_whom_a_calendar_is_to_be_shared(calendar: Calendar) -> None:
    assert calendar.shared_with is not None
    assert "@" in calendar.shared_with


@pytest.mark.parametrize("way", ["a service account", "the clinic's own account"])
async def test_google_is_asked_with_the_right_to_see_busy_times_and_no_other(
    server: GoogleCalendarServer, clock: ManualClock, way: str
) -> None:
    key, delegate = (server.service_account(), CLINIC) if way == "a service account" else (server.account(), None)
    server.diaries[DOCTOR] = []
    await google_calendar(server, clock, key=key, delegate=delegate).busy(DOCTOR, hours(0, 1))
    assert set(server.tokens.values()) == {BUSY_SCOPE}


async def test_visits_are_made_though_busy_times_were_never_allowed(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    server.allowed = {SCOPE}
    assert await google.put(an_event()) is not None
    with pytest.raises(ProviderRefused) as refused:
        await google.busy(DOCTOR, hours(0, 1))
    assert refused.value.code == "revoked"


@pytest.mark.parametrize(
    "answer",
    [
        b"{}",
        b'{"calendars": {}}',
        b'{"calendars": {"somebody.else@example.com": {"busy": []}}}',
        b'{"calendars": {"doctor@example.com": {"errors": [{"domain": "global", "reason": "internalError"}], "busy": []}}}',
        b'{"calendars": {"doctor@example.com": {"busy": [{"start": "2027-03-01T08:00:00", "end": "2027-03-01T09:00:00"}]}}}',
        b'{"calendars": {"doctor@example.com": {"busy": [{"start": "2027-03-01T09:00:00Z", "end": "2027-03-01T08:00:00Z"}]}}}',
        b'{"calendars": {"doctor@example.com": {"busy": [{"start": "soon"}]}}}',
        b"no JSON",
    ],
)
async def test_an_answer_that_says_nothing_of_the_calendar_is_never_taken_for_a_free_day(
    google: GoogleCalendar, server: GoogleCalendarServer, answer: bytes
) -> None:
    server.wire.fail(*[Reply(200, answer)] * 9, at="freeBusy")
    with pytest.raises(ProviderUnavailable):
        await google.busy(DOCTOR, hours(0, 1))


@pytest.mark.parametrize(
    "fault",
    [
        Break.HANG,
        Break.RESET,
        Break.DONE_THEN_RESET,
        Reply(500),
        Reply(429, headers={"Retry-After": "0"}),
        refusal(404, "notFound"),
    ],
)
async def test_a_fault_of_google_is_no_free_day(
    server: GoogleCalendarServer, clock: ManualClock, fault: Break | Reply
) -> None:
    google = google_calendar(server, clock, seconds=0.5 if fault is Break.HANG else 20.0)
    server.diaries[DOCTOR] = []
    server.wire.fail(*[fault] * 9, at="freeBusy")
    with pytest.raises(ProviderUnavailable):
        await google.busy(DOCTOR, hours(0, 1))


async def test_a_moment_of_weakness_is_asked_over(google: GoogleCalendar, server: GoogleCalendarServer) -> None:
    server.diaries[DOCTOR] = [(MONDAY, MONDAY + timedelta(minutes=30))]
    server.wire.fail(Break.RESET, Reply(503), at="freeBusy")
    assert await google.busy(DOCTOR, hours(0, 1)) == [hours(0, 0.5)]
