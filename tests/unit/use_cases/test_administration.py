"""What administrators do, and nobody else."""

from itertools import product
from typing import Any
from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry

from adapters.kit.call_figures import CallFigures
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.doctor import TRANSITIONS, DoctorStatus
from scheduling_core.errors import EmailTaken, IllegalTransition, InvalidInput, NotFound, Outdated
from scheduling_core.ids import DoctorId, TaskId
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.tasks import LEASE, MessageKind, Task, TaskState
from scheduling_core.use_cases.administration import DecideDoctor, SeeProviders
from scheduling_core.use_cases.privacy import EraseMyData
from support.clock import MONDAY
from support.desk import Desk, assert_only
from support.making import a_doctor, a_task, an_id, minutes
from support.rivals import ContestedStorage

CLEO = {
    "name": " Cleo  Brandt ",
    "email": "Cleo@Example.com",
    "password": "correct horse",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
async def boss(desk: Desk) -> Actor:
    return await desk.boss()


async def a_dead_task(desk: Desk) -> Task:
    """A task that failed for good."""
    task = a_task(due_at=desk.clock.now())
    async with desk.storage.writing() as unit:
        await unit.tasks.wake(task)
    async with desk.storage.writing() as unit:
        [leased] = await unit.tasks.lease(limit=1, token=an_id(), lease=LEASE)
    async with desk.storage.writing() as unit:
        assert await unit.tasks.again(leased, due_at=desk.clock.now(), error="refused", dead=True)
    return task


async def test_is_for_administrators_alone(desk: Desk):
    doctor = await desk.doctor(a_doctor(status=DoctorStatus.PENDING))
    dead = await a_dead_task(desk)
    await assert_only({Role.ADMINISTRATOR}, desk.list_doctors)
    await assert_only({Role.ADMINISTRATOR}, lambda actor: desk.decide_doctor(actor, doctor.id, DoctorStatus.APPROVED))
    await assert_only({Role.ADMINISTRATOR}, desk.list_tasks)
    await assert_only({Role.ADMINISTRATOR}, SeeProviders(CallFigures(CollectorRegistry())))
    await assert_only({Role.ADMINISTRATOR}, lambda actor: desk.retry_task(actor, dead.id))

    async with desk.storage.reading() as unit:
        assert await unit.doctors.get(doctor.id) == doctor
        assert [task.state for task in await unit.tasks.list(None, after=None, limit=9)] == [TaskState.DEAD]


async def test_not_even_a_doctor_approves_themself(desk: Desk):
    doctor = await desk.doctor(a_doctor(status=DoctorStatus.PENDING))

    await assert_only(
        set(Role) - {Role.DOCTOR},
        lambda _: desk.decide_doctor(Actor.doctor(doctor.id), doctor.id, DoctorStatus.APPROVED),
    )


async def test_lists_doctors_by_status_oldest_registration_first(desk: Desk, boss: Actor):
    late = await desk.doctor(a_doctor(status=DoctorStatus.PENDING, created_at=MONDAY + minutes(5)))
    early = await desk.doctor(a_doctor(status=DoctorStatus.PENDING, created_at=MONDAY))
    listed = await desk.doctor(a_doctor(created_at=MONDAY + minutes(1)))

    assert await desk.list_doctors(boss, DoctorStatus.PENDING) == [early, late]
    assert await desk.list_doctors(boss) == [early, listed, late]
    assert await desk.list_doctors(boss, DoctorStatus.REJECTED) == []


@pytest.mark.parametrize(("before", "after"), list(product(DoctorStatus, DoctorStatus)), ids=str)
async def test_decides_along_the_road_and_refuses_the_rest(
    desk: Desk, boss: Actor, before: DoctorStatus, after: DoctorStatus
):
    doctor = await desk.doctor(a_doctor(status=before))
    version = await desk.version(doctor)
    if after in TRANSITIONS[before]:
        decided = await desk.decide_doctor(boss, doctor.id, after, "  papers\nchecked ")

        assert (decided.status, decided.status_reason, decided.version) == (after, "papers\nchecked", 2)
        assert await desk.list_doctors(boss, after) == [decided]
        assert await desk.version(doctor) > version
        assert (await desk.find_doctors(DoctorFilter())).total_count == (after is DoctorStatus.APPROVED)
    else:
        with pytest.raises(IllegalTransition):
            await desk.decide_doctor(boss, doctor.id, after)

        assert await desk.list_doctors(boss) == [doctor]
        assert await desk.version(doctor) == version
        assert await desk.tasks() == []


async def test_tells_the_doctor_of_each_decision_about_the_registration(desk: Desk, boss: Actor):
    doctor = await desk.doctor(a_doctor(status=DoctorStatus.PENDING))
    for status in (DoctorStatus.REJECTED, DoctorStatus.APPROVED, DoctorStatus.SUSPENDED, DoctorStatus.APPROVED):
        await desk.decide_doctor(boss, doctor.id, status)

    kinds = [MessageKind.REJECTED, MessageKind.APPROVED, MessageKind.APPROVED]
    assert await desk.told() == [(kind, doctor.id) for kind in kinds]


async def test_suspending_a_doctor_leaves_booked_visits_where_they_are(desk: Desk, boss: Actor):
    doctor = await desk.doctor()
    visits = [
        await desk.visit(doctor, MONDAY + minutes(60)),
        await desk.visit(doctor, MONDAY + minutes(90), status=Status.ARRIVED),
    ]
    await desk.decide_doctor(boss, doctor.id, DoctorStatus.SUSPENDED)

    assert [await desk.see(visit) for visit in visits] == visits


async def test_decides_on_nobody_who_is_not_there(desk: Desk, boss: Actor):
    with pytest.raises(NotFound):
        await desk.decide_doctor(boss, DoctorId(an_id()), DoctorStatus.APPROVED)


@pytest.mark.parametrize("reason", ["x" * 501, "\x00"])
async def test_refuses_a_reason_that_nobody_could_read(desk: Desk, boss: Actor, reason: str):
    doctor = await desk.doctor(a_doctor(status=DoctorStatus.PENDING))
    with pytest.raises(InvalidInput) as refusal:
        await desk.decide_doctor(boss, doctor.id, DoctorStatus.REJECTED, reason)

    assert refusal.value.field == "reason"
    assert await desk.list_doctors(boss) == [doctor]


async def test_decides_again_when_the_doctor_changed_in_between(desk: Desk, boss: Actor):
    doctor = await desk.doctor(a_doctor(status=DoctorStatus.PENDING))
    decide = DecideDoctor(ContestedStorage(desk.storage, times=2), desk.chance)
    decided = await decide(boss, doctor.id, DoctorStatus.APPROVED)

    assert await desk.list_doctors(boss) == [decided]
    assert await desk.told() == [(MessageKind.APPROVED, doctor.id)]


async def test_lists_tasks_newest_first_a_page_at_a_time(desk: Desk, boss: Actor):
    dead = await a_dead_task(desk)
    due = []
    for _ in range(3):
        task = a_task(due_at=MONDAY + minutes(60))
        async with desk.storage.writing() as unit:
            await unit.tasks.wake(task)
        due.append(task)
    page = await desk.list_tasks(boss, limit=2)
    rest = await desk.list_tasks(boss, after=page[-1].id, limit=2)

    assert [task.id for task in (*page, *rest)] == [due[2].id, due[1].id, due[0].id, dead.id]
    assert [task.id for task in await desk.list_tasks(boss, TaskState.DEAD)] == [dead.id]
    assert await desk.list_tasks(boss, TaskState.DONE) == []


@pytest.mark.parametrize("limit", [0, 201])
async def test_refuses_a_page_of_no_sensible_size(desk: Desk, boss: Actor, limit: int):
    with pytest.raises(InvalidInput):
        await desk.list_tasks(boss, limit=limit)


async def test_makes_failed_work_due_again(desk: Desk, boss: Actor):
    dead = await a_dead_task(desk)
    desk.clock.advance(minutes=5)
    retried = await desk.retry_task(boss, dead.id)

    assert (retried.id, retried.state, retried.attempts) == (dead.id, TaskState.DUE, 0)
    assert retried.due_at == desk.clock.now()
    assert await desk.list_tasks(boss, TaskState.DUE) == [retried]
    with pytest.raises(Outdated):
        await desk.retry_task(boss, dead.id)


async def test_retries_no_work_that_is_not_there(desk: Desk, boss: Actor):
    with pytest.raises(NotFound):
        await desk.retry_task(boss, TaskId(an_id()))


async def test_creates_an_administrator_who_can_sign_in(desk: Desk):
    cleo = await desk.create_administrator(**CLEO)
    signed_in = await desk.sign_in("cleo@example.com", "correct horse")
    me = await desk.read_me(signed_in.actor)

    assert (cleo.name, cleo.email, cleo.time_zone) == ("Cleo Brandt", "cleo@example.com", "Europe/Berlin")
    assert (me.id, me.role, me.name) == (cleo.id, Role.ADMINISTRATOR, "Cleo Brandt")
    assert cleo.created_at == desk.clock.now()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", ""),
        ("email", "cleo"),
        ("password", "too short"),
        ("password", "cleo@example.com"),
        ("time_zone", "CLEO"),
    ],
)
async def test_creates_no_administrator_of_what_makes_no_sense(desk: Desk, field: str, wrong: str):
    made: dict[str, Any] = {**CLEO, field: wrong}
    with pytest.raises(InvalidInput) as refusal:
        await desk.create_administrator(**made)

    assert refusal.value.field == field
    async with desk.storage.reading() as unit:
        assert await unit.accounts.find_credential("cleo@example.com") is None


async def test_creates_one_administrator_for_one_email(desk: Desk):
    cleo = await desk.create_administrator(**CLEO)
    with pytest.raises(EmailTaken):
        await desk.create_administrator(**CLEO | {"name": "Mallory", "password": "another password"})

    signed_in = await desk.sign_in("cleo@example.com", "correct horse")
    assert signed_in.actor == Actor.administrator(cleo.id)
    async with desk.storage.reading() as unit:
        assert isinstance((await unit.accounts.administrator(cleo.id)).id, UUID)


async def test_nobody_lists_a_doctor_who_was_erased(desk: Desk, boss: Actor):
    doctor = await desk.doctor()
    await EraseMyData(desk.storage, desk.chance)(Actor.doctor(doctor.id), doctor.email)
    with pytest.raises(NotFound):
        await desk.decide_doctor(boss, doctor.id, DoctorStatus.APPROVED)
