"""Taking one's data along, having it erased, and what stays erased."""

from datetime import timedelta

import pytest

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.audit import Deed
from scheduling_core.errors import BadCredentials, CannotErase, InvalidInput, NotFound, SessionRevoked
from scheduling_core.ids import PatientId
from scheduling_core.ports.history import Wanted
from scheduling_core.privacy import DEFAULT_RETENTION, Erasure, Kept
from scheduling_core.tasks import Recipient, TaskKind
from scheduling_core.use_cases.privacy import EraseMyData, ExportMyData, ForgetInTime, ListErasures, ReplayErasures
from support.desk import PASSWORD, Desk, assert_only
from support.making import an_id, minutes


async def deeds(desk: Desk) -> list[str]:
    async with desk.storage.reading() as unit:
        return [entry.verb for entry in await unit.history.find(Wanted(), before=None, limit=99) if entry.subject]


async def test_is_for_patients_and_doctors_alone(desk: Desk):
    both = {Role.PATIENT, Role.DOCTOR}
    await assert_only(both, ExportMyData(desk.storage))
    await assert_only(both, lambda actor: EraseMyData(desk.storage, desk.chance)(actor, "x@example.com"))


async def test_exports_to_nobody_who_is_gone(desk: Desk):
    with pytest.raises(NotFound):
        await ExportMyData(desk.storage)(Actor.patient(PatientId(an_id())))


async def test_history_knows_of_exports_and_erasures_by_id_alone(desk: Desk):
    patient = await desk.patient()
    me = Actor.patient(patient.id)
    export = await ExportMyData(desk.storage)(me)
    await EraseMyData(desk.storage, desk.chance)(me, f" {patient.email.upper()} ")

    # What is left to do is letting go of their pictures.
    assert [(task.kind, task.recipient) for task in await desk.tasks()] == [
        (TaskKind.TIDY_PHOTOS, Recipient(Role.PATIENT, patient.id))
    ]
    assert (export.about, export.made_at) == (me, desk.clock.now())
    assert await deeds(desk) == [Deed.ERASE_DATA, Deed.EXPORT_DATA]


async def test_asks_for_the_own_address(desk: Desk):
    patient = await desk.patient()
    with pytest.raises(InvalidInput) as refusal:
        await EraseMyData(desk.storage, desk.chance)(Actor.patient(patient.id), "somebody@example.com")

    assert refusal.value.field == "confirmation"
    assert await desk.read_profile(Actor.patient(patient.id)) == patient


async def test_waits_for_visits_ahead(desk: Desk):
    doctor = await desk.doctor()
    visit = await desk.visit(doctor, desk.clock.now() + minutes(60), status=Status.BOOKED)
    patient = Actor.patient(visit.booked_by)
    email = (await desk.read_me(patient)).email
    for actor, address in ((patient, email), (Actor.doctor(doctor.id), doctor.email)):
        with pytest.raises(CannotErase) as refusal:
            await EraseMyData(desk.storage, desk.chance)(actor, address)
        assert refusal.value.reason == "visits"

    desk.clock.advance(minutes=120)
    await EraseMyData(desk.storage, desk.chance)(patient, email)


async def test_an_erased_patient_is_gone_for_old_tokens_and_starts_anew_when_they_sign_in(desk: Desk):
    _, ticket = await desk.start_google()
    desk.embassy.introduce("code", name="Pat")
    signed_in = await desk.finish_google("code", ticket.state, ticket)
    me = await desk.read_me(signed_in.actor)
    await EraseMyData(desk.storage, desk.chance)(signed_in.actor, me.email)

    for verb in (desk.read_me, desk.read_profile, desk.update_profile, ExportMyData(desk.storage)):
        with pytest.raises(NotFound):
            await verb(signed_in.actor)
    with pytest.raises(NotFound):
        await EraseMyData(desk.storage, desk.chance)(signed_in.actor, "erased@erased.invalid")
    with pytest.raises(SessionRevoked):
        await desk.refresh(signed_in.refresh_token)
    again = await desk.finish_google("code", ticket.state, ticket)
    assert again.actor != signed_in.actor
    assert (await desk.read_me(again.actor)).name == me.name


async def test_an_erased_doctor_cannot_sign_in_and_may_register_anew(desk: Desk):
    doctor = await desk.registered()
    await EraseMyData(desk.storage, desk.chance)(Actor.doctor(doctor.id), doctor.email)
    with pytest.raises(BadCredentials):
        await desk.sign_in("asha@example.com", PASSWORD)
    assert (await desk.registered()).id != doctor.id


async def test_stays_erased_when_a_backup_is_restored(desk: Desk):
    patient, doctor = await desk.patient(), await desk.doctor()
    noted = [
        Erasure(Actor.patient(patient.id), desk.clock.now()),
        Erasure(Actor.doctor(doctor.id), desk.clock.now()),
        Erasure(Actor.patient(PatientId(an_id())), desk.clock.now()),
    ]
    replay = ReplayErasures(desk.storage, desk.chance)
    assert await replay() == 0
    assert await replay(noted) == 3
    assert await replay(noted) == 3
    for actor in (noted[0].actor, noted[1].actor):
        with pytest.raises(NotFound):
            await desk.read_me(actor)
    assert set(await ListErasures(desk.storage)()) == set(noted)
    assert await deeds(desk) == [Deed.ERASE_DATA] * 3


async def test_keeps_nothing_longer_than_it_is_kept(desk: Desk):
    await desk.registered()
    await desk.sign_in("asha@example.com", PASSWORD)
    forget = ForgetInTime(desk.storage, DEFAULT_RETENTION)
    assert await forget() == 0
    desk.clock.advance(timedelta(days=61))
    assert await forget() == 1
    assert await ForgetInTime(desk.storage, {Kept.SESSIONS: timedelta(days=1)})() == 0
