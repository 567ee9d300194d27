"""What messages say: to whom, in whose time, and what never."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from jinja2 import UndefinedError

from adapters.notify.rendering import Letters
from contract.notify.conftest import HOME
from contract.notify.making import LINK, WITHOUT_VISIT, WRITTEN_AT, a_message, a_visit
from contract.notify.words import Words
from scheduling_core.access import Role
from scheduling_core.tasks import MessageKind
from support.making import usd

ABOUT_A_TIME = sorted(set(MessageKind) - WITHOUT_VISIT)

EVERY = [(kind, role) for kind in MessageKind for role in (Role.PATIENT, Role.DOCTOR, Role.ADMINISTRATOR)]
ABOUT_A_VISIT = [kind for kind in MessageKind if kind not in WITHOUT_VISIT]


@pytest.mark.parametrize(("kind", "role"), EVERY)
def test_every_kind_has_words_for_every_reader(letters: Letters, kind: MessageKind, role: Role) -> None:
    letter = letters.render(a_message(kind, role))
    assert 5 < len(letter.subject) < 100
    assert letter.text.startswith("Hello ")
    for text in (letter.subject, letter.text, letter.html):
        assert not re.search(r"{{|}}|{%|None|Undefined|  \w+\.\w+\(", text)
        assert "!" not in text.replace("<!doctype", "")
    assert letter.html.startswith("<!doctype html>")
    assert Words(letter.html).tags.count("h1") == 1
    assert "script" not in Words(letter.html).tags


@pytest.mark.parametrize(("kind", "role"), EVERY)
def test_text_and_html_say_the_same(letters: Letters, kind: MessageKind, role: Role) -> None:
    letter = letters.render(a_message(kind, role, None if kind in WITHOUT_VISIT else a_visit(join_url=LINK)))
    shown = Words(letter.html)
    sentences = [line for line in letter.text.splitlines() if line.endswith(".")]
    assert sentences
    for sentence in sentences:
        assert " ".join(sentence.split()) in shown.words
    for link in re.findall(r"https?://\S+", letter.text):
        assert link in shown.links


@pytest.mark.parametrize("kind", ABOUT_A_TIME)
def test_names_both_zones_the_readers_first(letters: Letters, kind: MessageKind) -> None:
    patient, doctor = (letters.render(a_message(kind, role)) for role in (Role.PATIENT, Role.DOCTOR))
    for letter, words in (
        (patient, "Thursday 19 November 2026, 2:20 pm Chicago time (3:20 pm New York time)"),
        (doctor, "Thursday 19 November 2026, 3:20 pm New York time (2:20 pm Chicago time)"),
    ):
        assert words in letter.text
        assert words in Words(letter.html).words


@pytest.mark.parametrize("kind", ABOUT_A_TIME)
def test_names_one_zone_where_both_are_in_it(letters: Letters, kind: MessageKind) -> None:
    letter = letters.render(a_message(kind, visit=a_visit(doctor_zone="America/Chicago")))
    assert "2:20 pm Chicago time\n" in letter.text
    assert "(" not in letter.text.split("Length")[0].split("When")[1]


def test_names_the_day_where_the_others_is_another(letters: Letters) -> None:
    letter = letters.render(a_message(MessageKind.BOOKED, visit=a_visit(doctor_zone="Asia/Kolkata")))
    assert "2:20 pm Chicago time (Friday 20 November, 1:50 am Kolkata time)" in letter.text


def test_a_time_that_the_clock_shows_twice_is_told_apart(letters: Letters) -> None:
    first = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    subjects = []
    for starts_at in (first, first + timedelta(hours=1)):
        visit = a_visit(starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30))
        subjects.append(letters.render(a_message(MessageKind.BOOKED, visit=visit)).subject)
    assert subjects == [
        "You are booked: Sunday 1 November, 1:30 am Chicago time (UTC−5)",
        "You are booked: Sunday 1 November, 1:30 am Chicago time (UTC−6)",
    ]


@pytest.mark.parametrize("kind", [MessageKind.BOOKED, MessageKind.REMINDER_DAY, MessageKind.REMINDER_SOON])
@pytest.mark.parametrize("role", [Role.PATIENT, Role.DOCTOR])
def test_carries_the_link_or_says_that_it_comes(letters: Letters, kind: MessageKind, role: Role) -> None:
    without = letters.render(a_message(kind, role))
    assert "Your video link is being prepared; we will e-mail it to you." in without.text
    with_link = letters.render(a_message(kind, role, a_visit(join_url=LINK)))
    assert f"Join visit: {LINK}" in with_link.text
    assert "being prepared" not in with_link.text
    assert LINK in Words(with_link.html).links


def test_a_booking_tells_the_total_to_the_patient(letters: Letters) -> None:
    assert "Total: $106.20" in letters.render(a_message(MessageKind.BOOKED)).text
    assert "Total" not in letters.render(a_message(MessageKind.BOOKED, visit=a_visit(total=usd(0)))).text


@pytest.mark.parametrize("kind", ABOUT_A_VISIT)
def test_names_a_dependant_to_the_patient_by_the_first_name_and_to_the_doctor_whole(
    letters: Letters, kind: MessageKind
) -> None:
    visit = a_visit(dependant="Mia Koch-Lund", cancelled_by=Role.PATIENT)
    patient, doctor = (letters.render(a_message(kind, role, visit)) for role in (Role.PATIENT, Role.DOCTOR))
    files = "".join(attachment.content.decode() for attachment in patient.attachments)
    assert "Koch-Lund" not in patient.subject + patient.text + patient.html + files
    if "Doctor: " in patient.text:
        assert "For: Mia\n" in patient.text
        assert "Patient: Mia Koch-Lund" in doctor.text
    if patient.attachments:
        assert "SUMMARY:Openhours video visit for Mia\r\n" in files
        assert "Mia" not in "".join(attachment.content.decode() for attachment in doctor.attachments)


def test_a_booking_for_a_dependant_says_who_booked(letters: Letters) -> None:
    letter = letters.render(a_message(MessageKind.BOOKED, Role.DOCTOR, a_visit(dependant="Mia Koch")))
    assert "Lena Koch has booked a video visit with you for Mia Koch." in letter.text


def test_a_letter_that_can_be_stopped_says_how_and_tells_mail_programs(letters: Letters) -> None:
    stoppable = letters.render(a_message(MessageKind.REMINDER_DAY, unsubscribe="abc.def"))
    url = "http://127.0.0.1:1/unsubscribe/abc.def"
    assert f"Stop these e-mails: {url}" in stoppable.text
    assert url in Words(stoppable.html).links
    assert stoppable.headers == {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    always = letters.render(a_message(MessageKind.BOOKED))
    assert always.headers == {}
    assert "unsubscribe" not in always.text + always.html


@pytest.mark.parametrize(("kind", "role"), EVERY)
def test_never_names_the_field_of_medicine(letters: Letters, kind: MessageKind, role: Role) -> None:
    letter = letters.render(a_message(kind, role))
    everything = letter.subject + letter.text + letter.html + "".join(a.content.decode() for a in letter.attachments)
    assert "psychiatry" not in everything
    assert "Mental" not in everything


@pytest.mark.parametrize(("kind", "role"), EVERY)
def test_hostile_names_are_text(letters: Letters, kind: MessageKind, role: Role) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7*7 }}'
    visit = None if kind in WITHOUT_VISIT else a_visit(doctor=evil, patient=evil, dependant=evil, join_url=LINK)
    harmless = None if kind in WITHOUT_VISIT else a_visit(dependant="Mia Koch", join_url=LINK)
    calm = letters.render(a_message(kind, role, harmless))
    letter = letters.render(replace(a_message(kind, role, visit), name=evil))
    assert Words(letter.html).tags == Words(calm.html).tags
    assert "49" not in letter.subject


def test_a_letter_is_the_same_each_time(letters: Letters) -> None:
    message = a_message(MessageKind.BOOKED, visit=a_visit(join_url=LINK))
    assert letters.render(message) == letters.render(message)


def test_facts_that_are_missing_stop_a_letter_instead_of_leaving_a_hole(letters: Letters) -> None:
    with pytest.raises(UndefinedError):
        letters.render(replace(a_message(MessageKind.BOOKED), visit=None))


def test_the_request_for_feedback_leads_to_where_it_is_given(letters: Letters) -> None:
    visit = a_visit()
    letter = letters.render(a_message(MessageKind.FEEDBACK_REQUEST, Role.PATIENT, visit))
    page = f"{HOME}/appointments/{visit.appointment_id}/feedback"
    assert page in Words(letter.html).links
    assert page in letter.text


def test_a_doctor_whose_calendar_cannot_be_read_learns_from_when_on_nobody_books(letters: Letters) -> None:
    closes_at = WRITTEN_AT.replace(hour=15, minute=30)
    message = a_message(MessageKind.CALENDAR_UNREAD, Role.DOCTOR, closes_at=closes_at)
    assert "From Tuesday 17 November 2026, 10:30 am New York time on nobody can book" in letters.render(message).text
