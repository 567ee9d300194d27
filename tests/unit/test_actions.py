"""Every action, from every status, by everybody: what is offered is what can be done, and nothing else."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from adapters.http.problems import ALL, REFUSALS
from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import ANONYMOUS, SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Move, Status, Verb
from scheduling_core.appointment_parts import Absence, Cancellation, Missed
from scheduling_core.errors import Forbidden, HoldExpired, IllegalTransition, Unauthenticated
from scheduling_core.ids import AdministratorId
from scheduling_core.windows import RULES, Action, Case, offers
from support.clinic import TERMS, Clinic
from support.clock import ManualClock
from support.making import an_id

Do = Callable[[Clinic, Actor, Appointment], Awaitable[object]]
DOING: Mapping[Action, Do] = {
    Action.CANCEL: lambda clinic, who, it: clinic.cancel(who, None, appointment_id=it.id),
    Action.ARRIVE: lambda clinic, who, it: clinic.arrive(who, None, appointment_id=it.id),
    Action.FULFIL: lambda clinic, who, it: clinic.fulfil(who, None, appointment_id=it.id),
    Action.NO_SHOW: lambda clinic, who, it: clinic.mark_missed(who, None, appointment_id=it.id),
    Action.UNDO_NO_SHOW: lambda clinic, who, it: clinic.undo_missed(who, None, appointment_id=it.id),
    Action.DOCTOR_ABSENT: lambda clinic, who, it: clinic.say_doctor_absent(who, None, appointment_id=it.id),
    Action.REJECT_ABSENCE: lambda clinic, who, it: clinic.reject_absence(
        who, None, appointment_id=it.id, reason="They met."
    ),
    Action.VOID: lambda clinic, who, it: clinic.void(who, None, appointment_id=it.id, reason="Twice."),
    Action.FEEDBACK: lambda clinic, who, it: clinic.give_feedback(who, it.id, stars=5, title="Kind", review=""),
}
MOMENTS = {
    "long before": timedelta(days=-1),
    "just before": timedelta(minutes=-10),
    "at the start": timedelta(0),
    "late": timedelta(minutes=15),
    "at the end": timedelta(minutes=30),
    "two days later": timedelta(days=2),
}


async def a_visit(clinic: Clinic, status: Status, *, disputed: bool) -> Appointment:
    """In that status, a day and a half ahead, however it came there."""
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=36 * 60)
    if status is Status.PENDING:
        return held
    now = clinic.clock.now()
    ended = Cancellation(verb=Verb.CANCEL, by=Role.PATIENT, at=now)
    after = replace(
        held,
        status=status,
        keep=held.quote.total,
        booked_at=now,
        cancellation=ended if status is Status.CANCELLED else None,
        voided=replace(ended, verb=Verb.VOID) if status is Status.ENTERED_IN_ERROR else None,
        missed=Missed(was=Status.BOOKED, at=held.ends_at) if status is Status.NOSHOW else None,
        absence=Absence(claimed_at=now) if disputed else None,
    )
    async with clinic.storage.writing() as unit:
        return await unit.appointments.store(
            Move(before=held.status, after=after, verb=Verb.BOOK, actor=SYSTEM, at=now)
        )


def people(visit: Appointment) -> list[Actor]:
    return [
        Actor.patient(visit.booked_by),
        Actor.doctor(visit.doctor_id),
        Actor.administrator(AdministratorId(an_id())),
    ]


@pytest.mark.parametrize("disputed", [False, True])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("status", Status)
async def test_what_is_offered_can_be_done_and_nothing_else(status: Status, moment: str, *, disputed: bool) -> None:
    found: dict[tuple[Action, Role], bool] = {}
    expected: dict[tuple[Action, Role], bool] = {}
    for action, place in product(DOING, range(3)):
        clock = ManualClock()
        clinic = Clinic(MemoryStorage(clock), clock)
        visit = await a_visit(clinic, status, disputed=disputed)
        clock.set(visit.starts_at + MOMENTS[moment])
        who = people(visit)[place]
        case = Case(appointment=visit.seen_at(clock.now()), role=who.role, terms=TERMS)
        # Arriving again is answered alike and not offered.
        again = action is Action.ARRIVE and status is Status.ARRIVED and who.role is not Role.ADMINISTRATOR
        offered = {each.action for each in offers(case, clock.now()) if each.open}
        # A hold past its time is as good as gone; that it can still be struck is nobody's need.
        lapsed = visit.hold_lapsed(clock.now()) and action is Action.VOID
        if again or lapsed:
            await clinic.close()
            continue
        expected[action, who.role] = action in offered
        try:
            await DOING[action](clinic, who, visit)
            found[action, who.role] = True
        except (Forbidden, IllegalTransition, HoldExpired):
            found[action, who.role] = False
        await clinic.close()
    assert found == expected


@pytest.mark.parametrize("action", DOING)
async def test_nobody_and_the_wrong_kind_are_sent_away_whatever_the_visit(action: Action) -> None:
    clock = ManualClock()
    clinic = Clinic(MemoryStorage(clock), clock)
    visit = await a_visit(clinic, Status.BOOKED, disputed=False)
    if action is not Action.CANCEL:
        with pytest.raises(Unauthenticated):
            await DOING[action](clinic, ANONYMOUS, visit)
    for who in people(visit):
        if all(role is not who.role for _, role in RULES[action].places):
            with pytest.raises(Forbidden):
                await DOING[action](clinic, who, visit)
    await clinic.close()


def test_every_refusal_has_a_documented_page() -> None:
    for refusal, kind in REFUSALS.items():
        assert ALL[kind.slug] == kind, refusal
        assert kind.meaning.endswith("."), refusal
