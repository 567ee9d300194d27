"""What messages say: to whom, in whose time, about whose money, and what never."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from adapters.notify.rendering import Letters
from contract.notify.conftest import HOME
from contract.notify.making import (
    LINK,
    STARTS_AT,
    WITHOUT_VISIT,
    WRITTEN_AT,
    a_message,
    a_visit,
    some_alternatives,
)
from scheduling_core.access import Role
from scheduling_core.ports.alternatives import Alternatives
from scheduling_core.tasks import MessageKind
from support.making import usd

EVERY = [(kind, role) for kind in MessageKind for role in (Role.PATIENT, Role.DOCTOR, Role.ADMINISTRATOR)]
ABOUT_A_TIME = sorted(set(MessageKind) - WITHOUT_VISIT)


class Words(HTMLParser):
    """The words that a browser shows, and the tags it finds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags, self.links, self._hidden = "", [""], [""], False
        self.feed(html)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._hidden = tag == "title"
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self._hidden else f"{data} "


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


ABOUT_A_VISIT = [kind for kind in MessageKind if kind not in WITHOUT_VISIT]


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


P, D, A, S = Role.PATIENT, Role.DOCTOR, Role.ADMINISTRATOR, Role.SYSTEM


@pytest.mark.parametrize(
    ("reader", "by", "refund", "says"),
    [
        (P, P, 10_620, ["You cancelled your visit with Dr Amara Okafor.", "all of your money back: $106.20."]),
        (P, P, 5_310, ["You get $53.10 of $106.20 back."]),
        (P, P, 0, ["nothing of $106.20 is paid back."]),
        (P, D, 10_620, ["Dr Amara Okafor has cancelled your visit. We are sorry.", "$106.20."]),
        (P, A, 10_620, ["The clinic has cancelled the visit. We are sorry."]),
        (P, S, 0, ["The visit was not paid for in time, so it is cancelled.", "You were not charged."]),
        (D, P, 5_310, ["Lena Koch has cancelled the visit.", "The patient gets $53.10 back."]),
        (D, D, 10_620, ["You cancelled your visit with Lena Koch.", "The patient gets $106.20 back."]),
        (D, A, 0, ["The clinic has cancelled the visit.", "The patient gets nothing back."]),
    ],
)
def test_a_cancellation_says_who_and_what_comes_back(
    letters: Letters, reader: Role, by: Role, refund: int, says: list[str]
) -> None:
    visit = a_visit(cancelled=True, cancelled_by=by, refund=usd(refund), sequence=1, pay_by=None)
    letter = letters.render(a_message(MessageKind.CANCELLED, reader, visit))
    for words in says:
        assert words in letter.text
    assert "Join visit" not in letter.text


def test_whoever_had_not_paid_again_yet_does_not_read_that_their_money_is_kept(letters: Letters) -> None:
    visit = a_visit(cancelled=True, cancelled_by=D, refund=usd(0))
    text = letters.render(a_message(MessageKind.CANCELLED, P, visit)).text
    assert "You were not charged." in text
    assert "nothing of" not in text


def test_a_visit_that_was_called_off_comes_with_other_times_and_doctors(letters: Letters) -> None:
    offer = some_alternatives()
    visit = a_visit(cancelled=True, cancelled_by=D, refund=usd(10_620), alternatives=offer)
    letter = letters.render(a_message(MessageKind.CANCELLED, P, visit))
    links = [
        *(f"{HOME}/doctors/{offer.doctor_id}?at=2026-11-{day}T20:20:00Z" for day in (26, 27, 28)),
        *(f"{HOME}/doctors/{other.id}" for other in offer.others),
    ]
    labels = ["Thursday 26 November 2026, 2:20 pm Chicago time", "Dr Bo Lind, Friday 20 November 2026, 2:20 pm"]
    for words in (*links, *labels, "Dr Amara Okafor could see you at another time:"):
        assert words in letter.text
    shown = Words(letter.html)
    assert [link for link in shown.links if "/doctors/" in link] == links
    assert all(label in shown.words for label in labels)
    assert "psychiatry" not in letter.text + letter.html


@pytest.mark.parametrize("offer", [None, some_alternatives(times=(), others=())])
def test_with_nothing_to_offer_a_cancellation_offers_nothing(letters: Letters, offer: Alternatives | None) -> None:
    visit = a_visit(cancelled=True, cancelled_by=D, refund=usd(10_620), alternatives=offer)
    letter = letters.render(a_message(MessageKind.CANCELLED, P, visit))
    assert "another" not in letter.text
    assert "/doctors/" not in letter.html


def test_hostile_names_of_other_doctors_are_text(letters: Letters) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\r\nBcc: all'
    offer = some_alternatives()
    bad = replace(offer, others=tuple(replace(other, name=evil) for other in offer.others))
    tags = []
    for each in (offer, bad):
        visit = a_visit(cancelled=True, cancelled_by=D, refund=usd(10_620), alternatives=each)
        tags.append(Words(letters.render(a_message(MessageKind.CANCELLED, P, visit)).html).tags)
    assert tags[0] == tags[1]


def test_a_move_tells_the_old_time_and_the_new_one_in_both_zones(letters: Letters) -> None:
    moved_from = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
    visit = a_visit(moved_from=moved_from, join_url=LINK)
    for role, now, before in (
        (P, "2:20 pm Chicago time (3:20 pm New York time)", "9:00 am Chicago time (10:00 am New York time)"),
        (D, "3:20 pm New York time (2:20 pm Chicago time)", "10:00 am New York time (9:00 am Chicago time)"),
    ):
        letter = letters.render(a_message(MessageKind.RESCHEDULED, role, visit))
        assert f"When: Thursday 19 November 2026, {now}" in letter.text
        assert f"Instead of: Wednesday 18 November 2026, {before}" in letter.text
        assert "all of your money back" not in letter.text
        assert letter.subject.startswith("New time: Thursday 19 November, ")


def test_a_doctors_move_tells_the_patient_alone_until_when_they_may_cancel(letters: Letters) -> None:
    visit = a_visit(moved_from=WRITTEN_AT, full_refund_until=STARTS_AT)
    words = "cancel until Thursday 19 November 2026, 2:20 pm Chicago time and get all of your money back."
    assert words in letters.render(a_message(MessageKind.RESCHEDULED, P, visit)).text
    assert "money" not in letters.render(a_message(MessageKind.RESCHEDULED, D, visit)).text


def test_a_free_visit_that_is_cancelled_speaks_of_no_money(letters: Letters) -> None:
    visit = a_visit(cancelled=True, cancelled_by=P, total=usd(0), refund=usd(0))
    assert "$" not in letters.render(a_message(MessageKind.CANCELLED, P, visit)).text


def test_asks_to_pay_again_with_amount_deadline_and_place(letters: Letters) -> None:
    visit = a_visit()
    letter = letters.render(a_message(MessageKind.PAY_AGAIN, visit=visit))
    assert "by Wednesday 18 November 2026, 2:20 pm Chicago time" in letter.text
    assert f"Pay $106.20: http://127.0.0.1:1/appointments/{visit.appointment_id}" in letter.text


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
