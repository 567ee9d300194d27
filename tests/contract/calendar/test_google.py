"""What Google's calendar is told and how its answers are taken, before our own Calendar v3 served over HTTP."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bootstrap
from adapters.calendar.google import GoogleCalendar
from contract.calendar.events import begins, id_of, moved, verbs
from contract.calendar.making import an_event
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from servers.google_calendar import CLINIC, GoogleCalendarServer, refusal
from servers.wire import Asked, Reply
from settings import read_settings
from support.clock import ManualClock


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
