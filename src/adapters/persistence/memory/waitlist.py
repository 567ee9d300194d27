"""Who waits for a time, which time was released, and what was offered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import Transaction, View
from scheduling_core.appointment import Status
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, WaitlistId
from scheduling_core.instants import Interval
from scheduling_core.waitlist import Offer, Release, WaitlistEntry


class MemoryWaitlist:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, entry: WaitlistEntry) -> None:
        (await self._transaction.view()).waitlist.insert(entry.id, entry)

    async def get(self, entry_id: WaitlistId) -> WaitlistEntry:
        entry = (await self._transaction.view()).waitlist.get(entry_id)
        if entry is None:
            raise NotFound
        return entry

    async def save(self, entry: WaitlistEntry) -> WaitlistEntry:
        view = await self._transaction.view()
        stored = view.waitlist.get(entry.id)
        if stored is None or stored.version != entry.version:
            raise Outdated
        saved = replace(entry, version=entry.version + 1)
        view.waitlist.put(entry.id, saved)
        return saved

    async def of_patient(self, patient_id: PatientId) -> list[WaitlistEntry]:
        return list((await self._transaction.view()).waitlist.walk(places.waits_of_patient, patient_id))

    async def line(self, doctor_id: DoctorId, *, now: datetime) -> list[WaitlistEntry]:
        return _line(await self._transaction.view(), doctor_id, now)

    async def release(self, release: Release) -> bool:
        view = await self._transaction.view()
        line = _line(view, release.doctor_id, release.at)
        if not any(entry.window.overlaps(release.interval) for entry in line):
            return False
        noted = view.releases.get(release.doctor_id) or ()
        view.releases.put(release.doctor_id, (*noted, release))
        return True

    async def releases(self, doctor_id: DoctorId) -> list[Release]:
        noted = (await self._transaction.view()).releases.get(doctor_id) or ()
        return sorted(noted, key=lambda release: (release.at, release.id))

    async def forget(self, releases: Sequence[Release]) -> None:
        view = await self._transaction.view()
        forgotten = {release.id for release in releases}
        for doctor_id in {release.doctor_id for release in releases}:
            noted = view.releases.get(doctor_id) or ()
            view.releases.put(doctor_id, tuple(each for each in noted if each.id not in forgotten))


def _line(view: View, doctor_id: DoctorId, now: datetime) -> list[WaitlistEntry]:
    doctor = view.doctors[doctor_id]
    entries = [
        *view.waitlist.walk(places.waits_for_doctor, doctor_id),
        *view.waitlist.walk(places.waits_for_specialization, doctor.specialization),
    ]
    return sorted((entry for entry in entries if entry.waits_at(now)), key=lambda entry: (entry.created_at, entry.id))


class MemoryOffers:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, offer: Offer) -> None:
        (await self._transaction.view()).offers.insert(offer.appointment_id, offer)

    async def of(self, appointment_id: AppointmentId) -> Offer | None:
        return (await self._transaction.view()).offers.get(appointment_id)

    async def of_visit(self, visit_id: AppointmentId) -> list[Offer]:
        return list((await self._transaction.view()).offers.walk(places.offers_of_visit, visit_id))

    async def of_doctor(self, doctor_id: DoctorId, within: Interval) -> list[Offer]:
        view = await self._transaction.view()
        offers = view.offers.walk(places.offers_of_doctor, doctor_id, before=(within.end,))
        return [offer for offer in offers if offer.starts_at >= within.start]

    async def standing(self, entry_id: WaitlistId, *, now: datetime) -> AppointmentId | None:
        view = await self._transaction.view()
        for offer in view.offers.walk(places.offers_of_entry, entry_id):
            appointment = view.appointments[offer.appointment_id]
            if appointment.status is Status.PENDING and not appointment.hold_lapsed(now):
                return appointment.id
        return None

    async def live_follow_ups(self, doctor_id: DoctorId, *, now: datetime) -> int:
        pending = (await self._transaction.view()).appointments.walk(places.pending_of_doctor, doctor_id)
        return sum(row.hold_kind is HoldKind.FOLLOW_UP and not row.hold_lapsed(now) for row in pending)

    async def next_lapse(self, doctor_id: DoctorId) -> datetime | None:
        pending = (await self._transaction.view()).appointments.walk(places.pending_of_doctor, doctor_id)
        return next((row.hold_expires_at for row in pending if row.hold_kind is not HoldKind.PATIENT), None)
