"""Letters about visits that were cancelled, moved or are to be paid again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.notify.rendering import Letters
from contract.notify.conftest import HOME
from contract.notify.making import LINK, STARTS_AT, WRITTEN_AT, a_message, a_visit, some_alternatives
from contract.notify.words import Words
from scheduling_core.access import Role
from scheduling_core.ports.alternatives import Alternatives
from scheduling_core.tasks import MessageKind
from support.making import usd

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
