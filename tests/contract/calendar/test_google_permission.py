"""How Google lets us in, and what is said where it does not."""

from datetime import timedelta

import pytest

from adapters.calendar.google import GoogleCalendar
from adapters.kit.calls import NotLetIn
from contract.calendar.conftest import google_calendar
from contract.calendar.events import begins, id_of, moved
from contract.calendar.making import an_event
from scheduling_core.errors import ProviderRefused
from servers.google_calendar import CLINIC, SCOPE, GoogleCalendarServer, refusal
from servers.wire import Break, Reply
from support.clock import ManualClock


@pytest.mark.parametrize("way", ["a service account that acts for the clinic", "the clinic's own account"])
async def test_either_way_in_asks_for_events_alone_and_keeps_its_token(
    server: GoogleCalendarServer, clock: ManualClock, way: str
) -> None:
    robot = way.startswith("a service")
    key, delegate = (server.service_account(), CLINIC) if robot else (server.account(), None)
    google = google_calendar(server, clock, key=key, delegate=delegate)
    for _ in range(3):
        await google.put(an_event())
    (token,) = [asked for asked in server.wire.asked if asked.path == "/token"]
    assert robot or f"scope={SCOPE.replace(':', '%3A').replace('/', '%2F')}" in token.body.decode()
    assert len(server.live) == 3


async def test_a_service_account_that_may_not_act_for_that_account_is_a_definite_no(
    server: GoogleCalendarServer, clock: ManualClock
) -> None:
    with pytest.raises(ProviderRefused, match="unauthorized_client", check=lambda no: no.code == "revoked"):
        await google_calendar(server, clock, delegate="somebody.else@example.com").put(an_event())


async def test_nobody_is_followed_elsewhere_with_our_token(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    await google.put(event)
    server.wire.fail(Reply(302, b"", {"Location": f"{server.wire.url}/elsewhere"}), at=f"/events/{id_of(event)}")
    with pytest.raises(ProviderRefused):
        await google.put(moved(event))
    assert "/elsewhere" not in [asked.path for asked in server.wire.asked]


async def test_a_token_that_ended_early_is_fetched_anew(google: GoogleCalendar, server: GoogleCalendarServer) -> None:
    await google.put(an_event())
    server.tokens.clear()
    await google.put(an_event())
    assert len(server.live) == 2
    assert [asked.path for asked in server.wire.asked].count("/token") == 2


@pytest.mark.parametrize("robot", [True, False])
async def test_a_withdrawn_permission_is_a_definite_no_at_once(
    server: GoogleCalendarServer, clock: ManualClock, robot: bool
) -> None:
    key, delegate = (server.service_account(), CLINIC) if robot else (server.account(), None)
    google = google_calendar(server, clock, key=key, delegate=delegate)
    event = an_event()
    await google.put(event)
    server.let_in, server.tokens = False, {}
    for call in (lambda: google.put(moved(event)), lambda: google.cancel(event.appointment_id)):
        asked = len(server.wire.asked)
        with pytest.raises(ProviderRefused, match=r"no longer lets .* in", check=lambda no: no.code == "revoked"):
            await call()
        assert len(server.wire.asked) - asked <= 2
    server.let_in = True
    await google.put(moved(event))
    assert begins(server, id_of(event)) == event.interval.start + timedelta(days=1)


async def test_an_account_that_must_agree_anew_is_a_definite_no(
    server: GoogleCalendarServer, clock: ManualClock
) -> None:
    google = google_calendar(server, clock, key=server.account(), delegate=None)
    server.wire.fail(Reply(400, b'{"error": "invalid_grant", "error_subtype": "invalid_rapt"}'), at="/token")
    with pytest.raises(ProviderRefused, check=lambda no: no.code == "revoked"):
        await google.put(an_event())


async def test_trouble_at_the_token_endpoint_is_no_revocation(server: GoogleCalendarServer, clock: ManualClock) -> None:
    troubles = (Break.RESET, Reply(200, b"{"), Reply(200, b"{}"), Reply(200, b'"canary"'), Reply(400, b'{"error": 7}'))
    for trouble in troubles:
        google = google_calendar(server, clock)
        server.wire.fail(trouble, at="/token")
        assert await google.put(an_event()) is not None, str(trouble)


async def test_a_second_401_waits_for_better_days(google: GoogleCalendar, server: GoogleCalendarServer) -> None:
    await google.put(an_event())
    server.wire.fail(refusal(401, "authError"), refusal(401, "authError"), at="/events")
    with pytest.raises(NotLetIn):
        await google.put(an_event())
    assert await google.put(an_event()) is not None
