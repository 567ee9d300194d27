"""Payments of which only the provider knows are found, and their money goes back to whoever paid."""

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.use_cases.strangers import FindStrangers, GiveBack
from support.clinic import Clinic
from support.clock import MONDAY


async def test_finds_and_gives_back_what_a_younger_database_does_not_know(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    captured = await clinic.payment((await clinic.booked(patient, doctor)).id)
    reserved = await clinic.hold(patient, doctor, minutes=120)
    await clinic.open_checkout(Actor.patient(patient.id), reserved.id)
    await clinic.authorize(reserved.id)
    waiting = await clinic.hold(patient, doctor, minutes=180)
    await clinic.open_checkout(Actor.patient(patient.id), waiting.id)
    assert await FindStrangers(clinic.storage, clinic.payments)(MONDAY) == []

    younger = MemoryStorage(clinic.clock)
    found = await FindStrangers(younger, clinic.payments)(MONDAY)
    assert captured.id in {each.payment_id for each in found}
    assert len(found) == 3
    give_back = GiveBack(younger, clinic.payments)
    left = {(await give_back(each)).status for each in found}
    assert left == {PaymentStatus.REFUNDED, PaymentStatus.RELEASED, PaymentStatus.EXPIRED}
    again = [await give_back(each) for each in found]
    assert sum(each.refunded for each in again) == captured.captured
