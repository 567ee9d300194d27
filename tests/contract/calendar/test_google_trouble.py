"""Whatever goes wrong on the way to Google, there is one event in the end, and a definite no is told from trouble."""

import gzip

import pytest

from adapters.calendar.google import GoogleCalendar
from contract.calendar.conftest import google_calendar
from contract.calendar.events import id_of, moved, verbs
from contract.calendar.making import an_event
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ids import AppointmentId
from servers.google_calendar import GoogleCalendarServer, refusal
from servers.wire import Break, Reply
from support.clock import ManualClock
from support.making import an_id

DEFINITE: dict[str, tuple[Reply, str]] = {
    "403 forbidden": (refusal(403, "forbidden"), "forbidden"),
    "403 API not enabled": (refusal(403, "accessNotConfigured", domain="usageLimits"), "forbidden"),
    "403 scope missing": (refusal(403, "insufficientPermissions"), "forbidden"),
    "403 in no form": (Reply(403, b"<html>canary"), "forbidden"),
    "400": (refusal(400, "invalid"), "invalid"),
    "404, no such calendar": (refusal(404, "notFound"), "calendar"),
    "a redirect": (Reply(302, b"", {"Location": "https://evil.example/"}), "invalid"),
}


async def test_a_definite_no_is_told_from_trouble_and_asked_once(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    for number, (name, (reply, code)) in enumerate(DEFINITE.items(), 1):
        server.wire.fail(reply, at="/events")
        with pytest.raises(ProviderRefused) as no:
            await google.put(an_event())
        assert (no.value.code, verbs(server).count("POST")) == (code, number), name
        # Google's own words stay outside; its short reason comes along.
        assert "canary" not in str(no.value), name


@pytest.mark.parametrize("at", ["/token", "/freeBusy"])
async def test_an_answer_is_not_unpacked_into_more_than_is_read(
    google: GoogleCalendar, server: GoogleCalendarServer, at: str
) -> None:
    packed = Reply(200, gzip.compress(bytes(12_000_000), compresslevel=1), {"Content-Encoding": "gzip"})
    server.wire.fail(*[packed] * 3, at=at)
    with pytest.raises(ProviderUnavailable, match="Google"):
        await google.busy("doctor@example.com", an_event().interval)
    assert {asked.headers["accept-encoding"] for asked in server.wire.asked} == {"identity"}


TROUBLE: dict[str, Reply | Break] = {
    "403 rate limit": refusal(403, "rateLimitExceeded", domain="usageLimits"),
    "403 user rate limit": refusal(403, "userRateLimitExceeded", domain="usageLimits"),
    "403 quota": refusal(403, "quotaExceeded", domain="usageLimits"),
    "429": refusal(429, "rateLimitExceeded", domain="usageLimits"),
    "500": refusal(500, "backendError"),
    "503": Reply(503, b"<html>"),
    "reset": Break.RESET,
    "reset after it was done": Break.DONE_THEN_RESET,
    "a body that cannot be read": Reply(200, b'{"id": "x", '),
    "a body that is no event": Reply(200, b'["canary"]'),
    "an event without a time": Reply(200, b'{"id": "x", "etag": "1", "status": "confirmed"}'),
    "a body that is no text": Reply(200, b"\xff\xfe"),
}


async def test_trouble_ends_with_exactly_one_event_and_one_link(
    server: GoogleCalendarServer, clock: ManualClock
) -> None:
    google = google_calendar(server, clock)
    for name, trouble in TROUBLE.items():
        event = an_event()
        server.wire.fail(trouble, at="/events")
        assert await google.put(event) is not None, name
        assert id_of(event) in server.events, name
    assert len(server.live) == len(TROUBLE)


async def test_trouble_while_cancelling_ends_with_no_event(server: GoogleCalendarServer, clock: ManualClock) -> None:
    google = google_calendar(server, clock)
    for name, trouble in TROUBLE.items():
        event = an_event()
        await google.put(event)
        # An answer to a deletion is not looked at, unless it says no.
        server.wire.fail(
            trouble if not isinstance(trouble, Reply) or trouble.status > 299 else Break.RESET, at="/events"
        )
        await google.cancel(event.appointment_id)
        assert server.live == [], name


@pytest.mark.parametrize("broken", [Break.HANG, Break.DONE_THEN_HANG])
async def test_a_calendar_that_hangs_keeps_nobody_waiting_and_doubles_nothing(
    server: GoogleCalendarServer, clock: ManualClock, broken: Break
) -> None:
    google = google_calendar(server, clock, seconds=1.0)
    await google.put(first := an_event())
    event = an_event()
    server.wire.fail(broken, at="/events")
    with pytest.raises(ProviderUnavailable, match="within 1 s"):
        await google.put(event)
    # The thread that hangs holds its place alone: others are served meanwhile.
    await google.put(moved(first))
    assert await google.put(event) is not None
    assert sorted(kept["id"] for kept in server.live) == sorted([id_of(first), id_of(event)])


async def test_an_unknown_calendar_is_named_as_the_reason(server: GoogleCalendarServer, clock: ManualClock) -> None:
    google = google_calendar(server, clock, calendar_id="team@group.calendar.google.com")
    with pytest.raises(ProviderRefused, match="no such calendar"):
        await google.put(an_event())
    await google.cancel(AppointmentId(an_id()))
