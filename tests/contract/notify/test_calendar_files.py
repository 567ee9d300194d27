"""The calendar files that messages carry, read as a calendar reads them."""

from datetime import timedelta

import pytest
from icalendar import Calendar, Component

from adapters.notify.rendering import Attachment, Letters
from contract.notify.making import LINK, STARTS_AT, WRITTEN_AT, a_message, a_visit
from scheduling_core.access import Role
from scheduling_core.ports.notify import Visit
from scheduling_core.tasks import MessageKind


def file_of(letters: Letters, kind: MessageKind, visit: Visit, role: Role = Role.PATIENT) -> Attachment:
    [attachment] = letters.render(a_message(kind, role, visit)).attachments
    return attachment


def read(attachment: Attachment) -> tuple[Calendar, Component]:
    calendar = Calendar.from_ical(attachment.content)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_a_booking_is_an_invitation_to_the_very_instants(letters: Letters) -> None:
    visit = a_visit(join_url=LINK)
    attachment = file_of(letters, MessageKind.BOOKED, visit)
    assert attachment.filename == "visit.ics"
    assert attachment.content_type == "text/calendar; charset=utf-8; method=REQUEST"
    calendar, event = read(attachment)
    assert calendar["METHOD"] == "REQUEST"
    assert calendar["VERSION"] == "2.0"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (STARTS_AT, STARTS_AT + timedelta(minutes=30))
    assert event.decoded("dtstamp") == WRITTEN_AT
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["LOCATION"] == LINK
    assert LINK in event["DESCRIPTION"]
    assert str(event["ATTENDEE"]) == "mailto:lena@example.com"
    assert str(event["ORGANIZER"]) == "mailto:clinic@example.com"


def test_a_visit_is_one_event_for_life_and_each_change_follows_the_last(letters: Letters) -> None:
    visit = a_visit()
    moved = a_visit(appointment_id=visit.appointment_id, starts_at=STARTS_AT + timedelta(days=1), sequence=1)
    ended = a_visit(appointment_id=visit.appointment_id, sequence=2, cancelled=True, join_url=LINK)
    _, first = read(file_of(letters, MessageKind.BOOKED, visit))
    _, second = read(file_of(letters, MessageKind.BOOKED, moved))
    calendar, third = read(file_of(letters, MessageKind.CANCELLED, ended))
    assert first["UID"] == second["UID"] == third["UID"]
    assert [event["SEQUENCE"] for event in (first, second, third)] == [0, 1, 2]
    assert (calendar["METHOD"], third["STATUS"]) == ("CANCEL", "CANCELLED")
    assert LINK not in file_of(letters, MessageKind.CANCELLED, ended).content.decode()


def test_two_visits_are_two_events(letters: Letters) -> None:
    uids = {read(file_of(letters, MessageKind.BOOKED, a_visit()))[1]["UID"] for _ in range(2)}
    assert len(uids) == 2


@pytest.mark.parametrize("role", [Role.PATIENT, Role.DOCTOR])
def test_a_calendar_learns_neither_who_nor_why(letters: Letters, role: Role) -> None:
    visit = a_visit(join_url=LINK)
    text = file_of(letters, MessageKind.BOOKED, visit, role).content.decode().replace("\r\n ", "")
    other = ("Lena", "lena@example.com") if role is Role.DOCTOR else ("Amara", "amara@example.com")
    assert not any(word in text for word in (*other, "psychiatry"))
    assert "SUMMARY:Openhours video visit" in text


def test_a_hostile_name_adds_no_lines(letters: Letters) -> None:
    evil = 'Lena"\r\nATTENDEE:mailto:everybody@example.com\r\n;X=,:'
    [attachment] = letters.render(a_message(MessageKind.BOOKED, name=evil)).attachments
    _, event = read(attachment)
    assert str(event["ATTENDEE"]) == "mailto:lena@example.com"
    assert b"\nATTENDEE:" not in attachment.content


def test_lines_are_as_short_as_the_standard_wants(letters: Letters) -> None:
    content = file_of(letters, MessageKind.BOOKED, a_visit(join_url=f"{LINK}/{'x' * 300}")).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@pytest.mark.parametrize("kind", [MessageKind.REMINDER_DAY, MessageKind.NOT_CHARGED, MessageKind.WELCOME])
def test_other_messages_carry_none(letters: Letters, kind: MessageKind) -> None:
    assert letters.render(a_message(kind)).attachments == ()
