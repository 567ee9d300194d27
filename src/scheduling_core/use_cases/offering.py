"""Offering released time to those who wait for it: one at a time, first come first served, without priority over the public."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling_core.access import SYSTEM, Role
from scheduling_core.appointment import hold
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.errors import Outdated, PatientBusy, SlotTaken
from scheduling_core.ids import AppointmentId, DoctorId
from scheduling_core.instants import Interval
from scheduling_core.money import Quote
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import MessageKind, Recipient
from scheduling_core.terms import Terms
from scheduling_core.use_cases.asking_first import asking_first, require_fresh
from scheduling_core.use_cases.changes import expire, tell
from scheduling_core.use_cases.choosing import Line, choose, line_for, visit_to_move
from scheduling_core.use_cases.claims import Claim, require_free
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.own_calendars import ReadBusyTimes
from scheduling_core.waitlist import Offer, Release, WaitlistEntry, WaitState

MOST_AT_ONCE = 10
"""Offers made by one run of the task, each in a transaction of its own; the rest follow at once in the next run."""
LOOK_AGAIN = timedelta(seconds=20)
"""How soon somebody who was passed over because of an offer in hand is looked at again."""


@dataclass(frozen=True, slots=True)
class OfferReleasedTime:
    """Offer what was released of one doctor's time, where it is still free, to those who waited when it was.

    Each slot is offered to one person at a time, as a hold of kind `waitlist` with a limit, never twice to the same
    person; who is busy then is passed over. The doctor's own calendar is asked before, as for a hold. Run by one task a
    doctor, repeated safely. Answers when to look again.
    """

    storage: Storage
    chance: Chance
    terms: Terms
    read_busy_times: ReadBusyTimes

    async def __call__(self, doctor_id: DoctorId) -> datetime | None:
        look_again = None
        for _ in range(MOST_AT_ONCE):
            made, look_again = await asking_first(
                self.read_busy_times, lambda asked: self._offer_next(doctor_id, asked=asked)
            )
            if not made:
                break
        return look_again

    @decide_again
    async def _offer_next(self, doctor_id: DoctorId, *, asked: bool) -> tuple[bool, datetime | None]:
        """Make the next offer that is due; whether one was made, and when to look again."""
        async with self.storage.writing() as unit:
            now = await unit.schedules.lock(doctor_id)
            for lapsed in await unit.appointments.lapsed_of(doctor_id, now=now):
                await expire(unit, self.chance, lapsed, now)
            releases = await unit.waitlist.releases(doctor_id)
            line = await line_for(unit, doctor_id, now) if releases else None
            done, waits = list[Release](), False
            for release in releases:
                choice = await choose(unit, self.terms, line, release) if line else None
                if line and choice and choice.slot and choice.entry:
                    if not asked:
                        time_off = await unit.schedules.time_off(doctor_id, within=choice.slot)
                        require_fresh(doctor_id, time_off, now)
                    await self._offer(unit, line, choice.slot, choice.entry)
                    return True, now
                if choice and choice.in_hand:
                    waits = True
                else:
                    done.append(release)
            await unit.waitlist.forget(done)
            lapse, soon = await unit.offers.next_lapse(doctor_id), now + LOOK_AGAIN
            return False, min(lapse or soon, soon) if waits else lapse

    async def _offer(self, unit: Unit, line: Line, slot: Interval, chosen: WaitlistEntry) -> None:
        """Hold the slot for the one who was chosen. Raise Outdated where that changed while their lock was waited for."""
        now, hours, doctor_id = line.now, line.hours, line.doctor_id
        await unit.patients.lock_person(chosen.person_id)
        entry = await unit.waitlist.get(chosen.id)
        if entry.state is not WaitState.WAITING or await unit.offers.standing(entry.id, now=now) is not None:
            raise Outdated
        occupied = Interval(start=slot.start, end=slot.end + timedelta(minutes=hours.gap_minutes))
        claim = Claim(doctor_id=doctor_id, person_id=entry.person_id, interval=slot, occupied=occupied)
        try:
            await require_free(unit, self.chance, claim, now)
        except (SlotTaken, PatientBusy) as refusal:
            raise Outdated from refusal
        patient = await unit.patients.get(entry.patient_id)
        doctor = await unit.doctors.get(doctor_id)
        visit = await visit_to_move(unit, entry)
        move = hold(
            id=AppointmentId(self.chance.new_id()),
            doctor_id=doctor_id,
            patient_id=patient.id,
            person_id=entry.person_id,
            interval=slot,
            occupied_until=occupied.end,
            expires_at=min(now + self.terms.offer, slot.start - self.terms.shortest_hold),
            # Moving a visit costs nothing, so what it was agreed at is what the offer says.
            quote=visit.quote if visit else Quote.of(doctor.fee, tax_percent=self.terms.tax_percent),
            policy=visit.policy if visit else self.terms.policy,
            doctor_zone=hours.time_zone,
            patient_zone=patient.time_zone,
            reason=visit.reason if visit else "",
            actor=SYSTEM,
            at=now,
            kind=HoldKind.WAITLIST,
        )
        await unit.appointments.add(move)
        offer = Offer(
            appointment_id=move.after.id,
            doctor_id=doctor_id,
            person_id=entry.person_id,
            starts_at=slot.start,
            made_at=now,
            entry_id=entry.id,
        )
        await unit.offers.add(offer)
        recipient = Recipient(Role.PATIENT, patient.id)
        await tell(unit, self.chance, MessageKind.OFFER, recipient, at=now, appointment=move.after)
