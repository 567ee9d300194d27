"""What Google's calendar is told and how its answers are taken, before our own Calendar v3 served over HTTP."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bootstrap
from adapters.calendar.google import GoogleCalendar
from adapters.kit.calls import NotLetIn
from contract.calendar.conftest import google_calendar
from contract.calendar.making import an_event
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.calendar import CalendarEvent
from servers.google_calendar import CLINIC, SCOPE, GoogleCalendarServer, refusal
from servers.wire import Asked, Break, Reply
from settings import read_settings
from support.clock import ManualClock
from support.making import an_id


def id_of(event: CalendarEvent, number: str = "") -> str:
    return f"openhours{event.appointment_id.hex}{number}"


def moved(event: CalendarEvent, *, days: int = 1, sequence: int = 1) -> CalendarEvent:
    return an_event(event.appointment_id, start=event.interval.start + timedelta(days=days), sequence=sequence)


def begins(server: GoogleCalendarServer, id: str) -> datetime:
    return datetime.fromisoformat(server.events[id]["start"]["dateTime"])


def verbs(server: GoogleCalendarServer) -> list[str]:
    """What was asked of the calendar, token or not."""
    return [asked.method for asked in server.wire.asked if asked.path != "/token"]


async def test_google_learns_time_guests_and_a_neutral_title_and_nothing_else(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    await google.put(event)
    (asked,) = [asked for asked in server.wire.asked if asked.path != "/token"]
    assert json.loads(asked.body) == {
        "id": id_of(event),
        "status": "confirmed",
        "summary": "Openhours video visit",
        "start": {"dateTime": "2027-03-01T08:00:00Z", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2027-03-01T08:30:00Z", "timeZone": "Europe/Berlin"},
        "attendees": [{"email": "lena@example.com"}, {"email": "doctor@example.com"}],
        "visibility": "private",
        "guestsCanInviteOthers": False,
        "guestsCanModify": False,
        "guestsCanSeeOtherGuests": False,
        "reminders": {"useDefault": False, "overrides": []},
        "extendedProperties": {"private": {"openhoursSequence": "0"}},
        "conferenceData": {
            "createRequest": {"requestId": id_of(event), "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        },
    }
    assert asked.query == {"alt": "json", "conferenceDataVersion": "1", "sendUpdates": "none"}


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


async def test_a_visit_that_moved_is_the_same_event_at_its_new_time(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    await google.put(event)
    answers = server.events[id_of(event)]["attendees"]
    answers[0]["responseStatus"] = "accepted"
    await google.put(moved(event))
    (kept,) = server.live
    assert begins(server, kept["id"]) == event.interval.start + timedelta(days=1)
    # What guests answered is theirs, and stays.
    assert kept["attendees"] == answers


async def test_asking_again_changes_nothing(google: GoogleCalendar, server: GoogleCalendarServer) -> None:
    event = an_event()
    await google.put(event)
    before = json.dumps(server.events)
    await google.put(event)
    assert json.dumps(server.events) == before
    assert verbs(server) == ["POST", "POST", "GET"]


async def test_a_guest_who_has_a_new_address_replaces_the_old_one(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    await google.put(event)
    await google.put(replace(event, guests=("new@example.com", "Doctor@Example.com"), sequence=1))
    assert {guest["email"] for guest in server.live[0]["attendees"]} == {"new@example.com", "Doctor@Example.com"}


async def test_what_was_changed_by_hand_is_put_right_with_the_next_change(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    await google.put(event)
    server.events[id_of(event)]["summary"] = "Lena, about her rash"
    server.events[id_of(event)]["start"]["dateTime"] = "2027-03-01T09:15:00+01:00"
    await google.put(event)
    assert (server.live[0]["summary"], begins(server, id_of(event))) == ("Openhours video visit", event.interval.start)


async def test_the_link_is_waited_for_while_google_prepares_it(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    server.preparing = 3
    event = an_event()
    links = [await google.put(event) for _ in range(5)]
    assert links[:3] == [None, None, None]
    assert links[3] == links[4]
    assert str(links[4]).startswith("https://meet.google.com/")
    # It was asked for once, in the one event.
    assert (len(server.live), verbs(server).count("PATCH")) == (1, 0)


async def test_a_conference_that_came_to_nothing_is_asked_for_anew(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    server.failing = 2
    event = an_event()
    links = [await google.put(event) for _ in range(3)]
    assert [link is None for link in links] == [True, True, False]
    assert len(server.live) == 1


async def test_a_call_that_was_overtaken_changes_nothing(google: GoogleCalendar, server: GoogleCalendarServer) -> None:
    event = an_event()
    await google.put(event)
    link = await google.put(moved(event, days=2, sequence=2))
    assert await google.put(moved(event, days=1, sequence=1)) == link
    assert begins(server, id_of(event)) == event.interval.start + timedelta(days=2)


async def test_a_late_call_brings_back_nothing_that_was_cancelled(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    await google.put(event)
    await google.cancel(event.appointment_id)
    with pytest.raises(ProviderRefused, check=lambda no: no.code == "cancelled"):
        await google.put(event)
    assert server.live == []


async def test_a_call_whose_time_is_over_asks_nothing_more(
    google: GoogleCalendar, server: GoogleCalendarServer, clock: ManualClock
) -> None:
    event = an_event()
    await google.put(event)
    serve, asked = server.serve, len(server.wire.asked)

    def slowly(request: Asked) -> Reply:
        clock.advance(seconds=9)
        return serve(request)

    server.wire.serve_instead(slowly)
    with pytest.raises(ProviderUnavailable, match="too long"):
        await google.put(moved(event))
    # Stopped after its first question, and not tried again.
    assert [request.method for request in server.wire.asked[asked:]] == ["POST"]
    assert begins(server, id_of(event)) == event.interval.start


async def test_what_changes_meanwhile_is_read_again(google: GoogleCalendar, server: GoogleCalendarServer) -> None:
    event = an_event()
    await google.put(event)
    serve = server.serve

    def with_a_rival(request: Asked) -> Reply:
        reply = serve(request)
        if request.method == "GET" and verbs(server).count("GET") == 1:
            server.cancel_by_hand(id_of(event))
        return reply

    server.wire.serve_instead(with_a_rival)
    await google.put(moved(event))
    assert verbs(server) == ["POST", "POST", "GET", "PATCH", "GET", "PATCH"]
    assert begins(server, server.live[0]["id"]) == event.interval.start + timedelta(days=1)


async def test_an_event_that_was_removed_for_good_gets_a_further_id_and_is_cancelled_under_it(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    await google.put(event)
    server.remove_for_good(id_of(event))
    await google.put(moved(event))
    assert [kept["id"] for kept in server.live] == [id_of(event, "1")]
    await google.cancel(event.appointment_id)
    assert server.live == []


async def test_an_id_that_is_taken_by_nothing_is_given_up_for_a_further_one(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    server.wire.fail(refusal(409, "duplicate"), refusal(404, "notFound"), at="/events")
    await google.put(event)
    assert [kept["id"] for kept in server.live] == [id_of(event, "1")]


async def test_nobody_is_followed_elsewhere_with_our_token(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    await google.put(event)
    server.wire.fail(Reply(302, b"", {"Location": f"{server.wire.url}/elsewhere"}), at=f"/events/{id_of(event)}")
    with pytest.raises(ProviderRefused):
        await google.put(moved(event))
    assert "/elsewhere" not in [asked.path for asked in server.wire.asked]


async def test_an_event_that_is_removed_again_and_again_is_given_up(
    google: GoogleCalendar, server: GoogleCalendarServer
) -> None:
    event = an_event()
    for number in ("", "1", "2"):
        await google.put(event)
        server.remove_for_good(id_of(event, number))
    with pytest.raises(ProviderRefused, check=lambda no: no.code == "gone"):
        await google.put(event)


async def test_cancelling_writes_to_nobody(google: GoogleCalendar, server: GoogleCalendarServer) -> None:
    event = an_event()
    await google.put(event)
    await google.cancel(event.appointment_id)
    assert server.live == []
    assert server.wire.asked[-1].query["sendUpdates"] == "none"


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


async def test_summer_time_is_told_as_an_instant(google: GoogleCalendar, server: GoogleCalendarServer) -> None:
    start = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    await google.put(event := an_event(start=start))
    assert begins(server, id_of(event)) == start


@pytest.mark.parametrize("robot", [True, False])
async def test_the_product_reaches_it_by_its_settings_alone(
    server: GoogleCalendarServer, tmp_path: Path, robot: bool
) -> None:
    settings = {
        "OPENHOURS_VAR": str(tmp_path),
        "OPENHOURS_CALENDAR": "google",
        "OPENHOURS_GOOGLE_CALENDAR_URL": server.api,
        "OPENHOURS_GOOGLE_CREDENTIALS": server.service_account() if robot else server.account(),
        "OPENHOURS_GOOGLE_DELEGATE": CLINIC if robot else "",
    }
    async with bootstrap.opened(read_settings(settings)) as wired:
        assert str(await wired.calendar().put(an_event())).startswith("https://meet.google.com/")
        server.diaries["doctor@example.com"] = []
        await wired.calendar().busy("doctor@example.com", an_event().interval)
        outcomes = {state.provider: state.outcome for state in wired.call_figures().states()}
        assert outcomes == {"google_calendar": "answered", "google_free_busy": "answered"}
    assert len(server.live) == 1
