"""What patients say of their visits: who may, how long, what is answered and hidden, and the rating that follows."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.audit import Deed
from scheduling_core.doctor import Doctor, Rating
from scheduling_core.errors import Forbidden, IllegalTransition, InvalidInput, NotFound, TooLate
from scheduling_core.feedback import Feedback
from scheduling_core.ids import AdministratorId
from scheduling_core.ports.history import Wanted
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.directory import ReadFeedback
from scheduling_core.use_cases.feedback import (
    AnswerFeedback,
    HideFeedback,
    ListAllFeedback,
    ListOwnFeedback,
)
from support.clinic import Clinic
from support.clock import ManualClock
from support.making import an_id

MICROSECOND = timedelta(microseconds=1)
BOSS = Actor.administrator(AdministratorId(an_id()))


@dataclass
class Case:
    """A visit that was fulfilled this minute."""

    clinic: Clinic
    patient: Actor
    doctor: Doctor
    visit: Appointment
    emails: tuple[str, str]
    host: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.host = Actor.doctor(self.doctor.id)

    async def give(self, stars: int = 4, title: str = "Kind", review: str = "", actor: Actor | None = None) -> Feedback:
        said = await self.clinic.give_feedback(
            actor or self.patient, self.visit.id, stars=stars, title=title, review=review
        )
        assert said.feedback is not None
        return said.feedback

    async def answer(self, text: str = "Thank you.", actor: Actor | None = None) -> Feedback:
        answer = AnswerFeedback(self.clinic.storage, self.clinic.terms)
        said = await answer(actor or self.host, self.visit.id, answer=text)
        assert said.feedback is not None
        return said.feedback

    async def hide(self, *, hidden: bool = True, reason: str = "Names a third person.") -> Feedback:
        return await HideFeedback(self.clinic.storage)(BOSS, self.visit.id, hidden=hidden, reason=reason)

    async def listed(self) -> list[Feedback]:
        return await ReadFeedback(self.clinic.storage)(self.doctor.id)

    async def rating(self) -> Rating:
        async with self.clinic.storage.reading() as unit:
            return (await unit.directory.one(self.doctor.id)).rating

    async def told(self, whom: int) -> list[MessageKind]:
        await self.clinic.settle()
        return [letter.kind for letter in self.clinic.letters.to(self.emails[whom])]


@pytest.fixture
async def case(clinic: Clinic, clock: ManualClock) -> Case:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    visit = await clinic.booked(patient, doctor)
    clock.set(visit.starts_at)
    await clinic.fulfil(Actor.doctor(doctor.id), None, appointment_id=visit.id)
    clock.set(visit.ends_at)
    return Case(clinic, Actor.patient(patient.id), doctor, visit, (patient.email, doctor.email))


async def test_a_patient_is_asked_once_the_visit_is_over_and_the_doctor_hears_of_the_answer(case: Case) -> None:
    case.clinic.clock.set(case.visit.ends_at - MICROSECOND)
    assert MessageKind.FEEDBACK_REQUEST not in await case.told(0)
    case.clinic.clock.set(case.visit.ends_at)
    assert (await case.told(0)).count(MessageKind.FEEDBACK_REQUEST) == 1
    await case.give()
    await case.give(5)
    assert (await case.told(1)).count(MessageKind.FEEDBACK_RECEIVED) == 1
    assert MessageKind.FEEDBACK_REQUEST not in await case.told(1)


async def test_counts_once_and_follows_every_change(case: Case) -> None:
    given = await case.give(2, " A  title ", " Words.\n")
    assert (given.stars, given.title, given.review, given.edited_at) == (2, "A title", "Words.", None)
    assert await case.rating() == Rating(stars=2, count=1)
    case.clinic.clock.advance(days=1)
    changed = await case.give(5, "Better", "On second thoughts.")
    assert (changed.stars, changed.given_at, changed.edited_at) == (5, given.given_at, case.clinic.clock.now())
    assert await case.rating() == Rating(stars=5, count=1)
    assert await case.listed() == [changed]


async def test_can_be_changed_for_a_fortnight(case: Case) -> None:
    given = await case.give()
    case.clinic.clock.set(given.given_at + timedelta(days=14) - MICROSECOND)
    await case.give(3)
    case.clinic.clock.set(given.given_at + timedelta(days=14))
    with pytest.raises(TooLate):
        await case.give(1)
    assert (await case.listed())[0].stars == 3


async def test_only_the_patient_of_a_fulfilled_visit_may(case: Case) -> None:
    stranger = Actor.patient((await case.clinic.patient()).id)
    with pytest.raises(NotFound):
        await case.give(actor=stranger)
    for actor in (case.host, BOSS):
        with pytest.raises(Forbidden):
            await case.give(actor=actor)
    patient, doctor = await case.clinic.patient(), await case.clinic.doctor()
    booked = await case.clinic.booked(patient, doctor)
    with pytest.raises(IllegalTransition):
        await case.clinic.give_feedback(Actor.patient(patient.id), booked.id, stars=5, title="Early", review="")
    assert await case.listed() == []


@pytest.mark.parametrize(
    ("stars", "title", "review", "field"),
    [
        (0, "Kind", "", "stars"),
        (6, "Kind", "", "stars"),
        (5, " ", "", "title"),
        (5, "x" * 101, "", "title"),
        (5, "Kind", "x" * 2001, "review"),
    ],
)
async def test_has_its_limits(case: Case, stars: int, title: str, review: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await case.give(stars, title, review)
    assert refusal.value.field == field
    assert await case.rating() == Rating()


async def test_a_doctor_answers_once_and_everybody_reads_it(case: Case) -> None:
    with pytest.raises(IllegalTransition):
        await case.answer()
    await case.give()
    with pytest.raises(InvalidInput):
        await case.answer(" ")
    other = Actor.doctor((await case.clinic.doctor()).id)
    with pytest.raises(NotFound):
        await case.answer(actor=other)
    answered = await case.answer("Thank you.\nGet well.")
    assert (await case.listed())[0].answer == answered.answer == "Thank you.\nGet well."
    with pytest.raises(IllegalTransition):
        await case.answer("And another thing.")
    assert (await case.give(5)).answer == answered.answer


async def test_what_is_hidden_is_neither_listed_nor_counted_and_its_author_still_sees_it(case: Case) -> None:
    await case.give(1)
    hidden = await case.hide()
    assert (hidden.hidden, hidden.hidden_reason) == (True, "Names a third person.")
    assert (await case.listed(), await case.rating()) == ([], Rating())
    assert await ListOwnFeedback(case.clinic.storage)(case.host) == []
    assert await ListAllFeedback(case.clinic.storage)(BOSS, case.doctor.id) == [hidden]
    assert (await case.clinic.see(case.visit.id)).feedback == hidden
    with pytest.raises(IllegalTransition):
        await case.answer()
    edited = await case.give(2)
    assert (edited.hidden, await case.rating()) == (True, Rating())
    shown = await case.hide(hidden=False, reason="It names nobody now.")
    assert await case.hide(hidden=False) == shown
    assert (await case.listed(), await case.rating()) == ([shown], Rating(stars=2, count=1))
    async with case.clinic.storage.reading() as unit:
        deeds = [entry.verb for entry in await unit.history.find(Wanted(about=case.visit.id), before=None, limit=2)]
    assert deeds == [Deed.SHOW_FEEDBACK, Deed.HIDE_FEEDBACK]


async def test_hiding_needs_an_administrator_and_a_reason(case: Case) -> None:
    with pytest.raises(NotFound):
        await case.hide()
    await case.give()
    with pytest.raises(InvalidInput):
        await case.hide(reason=" ")
    for actor in (case.patient, case.host):
        with pytest.raises(Forbidden):
            await HideFeedback(case.clinic.storage)(actor, case.visit.id, hidden=True, reason="No.")
    assert len(await case.listed()) == 1


async def test_what_was_said_of_a_voided_visit_is_not_counted(case: Case) -> None:
    await case.give(1)
    await case.clinic.void(BOSS, None, appointment_id=case.visit.id, reason="Booked twice.")
    assert (await case.listed(), await case.rating()) == ([], Rating())


async def test_shows_the_doctor_which_visit_it_is_about(case: Case) -> None:
    given = await case.give()
    (mine,) = await ListOwnFeedback(case.clinic.storage)(case.host)
    assert (mine.appointment.id, mine.feedback) == (case.visit.id, given)
    with pytest.raises(Forbidden):
        await ListOwnFeedback(case.clinic.storage)(case.patient)


async def test_nobody_is_asked_for_what_they_have_said_already(case: Case) -> None:
    await case.give()
    assert MessageKind.FEEDBACK_REQUEST not in await case.told(0)
