"""Follow-up: after a visit its doctor keeps a few times for the patient, who takes one or lets them go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, hold
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.availability import offered
from scheduling_core.errors import IllegalTransition, InvalidInput, OfferLimit, SlotNotOffered
from scheduling_core.hours import Hours
from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.instants import Interval
from scheduling_core.money import Quote
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.tasks import MessageKind, Recipient, offer_time
from scheduling_core.terms import Terms
from scheduling_core.use_cases.asking_first import asking_first, require_fresh
from scheduling_core.use_cases.changes import tell
from scheduling_core.use_cases.claims import Claim, require_free
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.dependants import booked_for_still
from scheduling_core.use_cases.own_calendars import ReadBusyTimes
from scheduling_core.use_cases.siblings import kept_after
from scheduling_core.use_cases.visit_verbs import under_locks
from scheduling_core.waitlist import Offer
from scheduling_core.windows import Action, Case, permit, require


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The times that are kept, by start."""

    appointments: list[AppointmentDetails]


@dataclass(frozen=True, slots=True)
class OfferFollowUp:
    """Keep one to three times for the patient of a visit that took place, until a moment that the doctor chooses.

    All of them or none. The doctor's own calendar is asked before, as for a hold. Raise InvalidInput, SlotNotOffered, SlotTaken,
    PatientBusy; OfferLimit where times are kept after this visit already, or as many for all patients together as one doctor may
    keep.
    """

    storage: Storage
    chance: Chance
    terms: Terms
    read_busy_times: ReadBusyTimes

    async def __call__(
        self,
        actor: Actor,
        request: RequestKey | None,
        *,
        appointment_id: AppointmentId,
        times: Sequence[datetime],
        until: datetime,
    ) -> FollowUp:
        permit(Action.FOLLOW_UP, actor)
        starts = sorted(set(times))
        if not 1 <= len(times) <= self.terms.follow_up_times or len(starts) < len(times):
            raise InvalidInput("times", f"Offer one to {self.terms.follow_up_times} different times.")
        return await asking_first(
            self.read_busy_times,
            lambda asked: self._decide(actor, request, appointment_id, starts, until, asked=asked),
        )

    @decide_again
    async def _decide(
        self,
        actor: Actor,
        request: RequestKey | None,
        appointment_id: AppointmentId,
        starts: Sequence[datetime],
        until: datetime,
        *,
        asked: bool,
    ) -> FollowUp:
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, FollowUp)):
                return done
            visit, now = await under_locks(unit, appointment_id, actor, person=True)
            require(Action.FOLLOW_UP, Case(appointment=visit, role=actor.role, terms=self.terms), now)
            await self._require_within_limits(unit, visit, len(starts), until, now)
            if not asked:
                kept_from = Interval(start=starts[0], end=starts[-1] + timedelta(minutes=1))
                time_off = await unit.schedules.time_off(visit.doctor_id, within=kept_from)
                require_fresh(visit.doctor_id, time_off, now)
            kept = [await self._keep(unit, actor, visit, starts_at, until, now) for starts_at in starts]
            # A time that lapses is free again, for whoever waits for it, at that moment.
            lapse = min(each.hold_expires_at or until for each in kept)
            await unit.tasks.wake_at_end(
                offer_time(TaskId(self.chance.new_id()), visit.doctor_id, due_at=lapse, at=now)
            )
            patient = Recipient(Role.PATIENT, visit.booked_by)
            await tell(unit, self.chance, MessageKind.FOLLOW_UP, patient, at=now, appointment=kept[0])
            result = FollowUp(appointments=[await unit.appointments.details(each.id, actor) for each in kept])
            if request:
                await unit.requests.remember(request, result)
            return result

    async def _require_within_limits(
        self, unit: Unit, visit: Appointment, wanted: int, until: datetime, now: datetime
    ) -> None:
        if not now + 2 * self.terms.shortest_hold <= until <= now + self.terms.longest_follow_up:
            days = self.terms.longest_follow_up.days
            raise InvalidInput("until", f"Keep the times for some minutes at least and {days} days at most.")
        if not (await unit.doctors.get(visit.doctor_id)).listed:
            raise SlotNotOffered("not_listed")
        if not await booked_for_still(unit, visit.booked_by, visit.person_id):
            raise IllegalTransition("Nobody books for this person any more.")
        if await kept_after(unit, visit.id, now):
            raise OfferLimit("You are keeping times for this patient already.")
        live = await unit.offers.live_follow_ups(visit.doctor_id, now=now)
        if live + wanted > self.terms.live_follow_ups:
            raise OfferLimit(f"You are keeping {live} times for patients; {self.terms.live_follow_ups} are the most.")

    async def _keep(
        self, unit: Unit, actor: Actor, visit: Appointment, starts_at: datetime, until: datetime, now: datetime
    ) -> Appointment:
        hours = await unit.schedules.hours(visit.doctor_id)
        interval = await self._open(unit, visit, hours, starts_at, now)
        occupied = Interval(start=interval.start, end=interval.end + timedelta(minutes=hours.gap_minutes))
        claim = Claim(doctor_id=visit.doctor_id, person_id=visit.person_id, interval=interval, occupied=occupied)
        await require_free(unit, self.chance, claim, now)
        doctor, patient = await unit.doctors.get(visit.doctor_id), await unit.patients.get(visit.booked_by)
        move = hold(
            id=AppointmentId(self.chance.new_id()),
            doctor_id=visit.doctor_id,
            patient_id=visit.booked_by,
            person_id=visit.person_id,
            interval=interval,
            occupied_until=occupied.end,
            expires_at=min(until, interval.start - self.terms.shortest_hold),
            quote=Quote.of(doctor.fee, tax_percent=self.terms.tax_percent),
            policy=self.terms.policy,
            doctor_zone=hours.time_zone,
            patient_zone=patient.time_zone,
            reason="",
            actor=actor,
            at=now,
            kind=HoldKind.FOLLOW_UP,
        )
        await unit.appointments.add(move)
        offer = Offer(
            appointment_id=move.after.id,
            doctor_id=visit.doctor_id,
            person_id=visit.person_id,
            starts_at=starts_at,
            made_at=now,
            visit_id=visit.id,
        )
        await unit.offers.add(offer)
        return move.after

    async def _open(self, unit: Unit, visit: Appointment, hours: Hours, starts_at: datetime, now: datetime) -> Interval:
        wanted = Interval(start=starts_at, end=starts_at + timedelta(minutes=hours.slot_minutes))
        time_off = await unit.schedules.time_off(visit.doctor_id, within=wanted)
        interval = offered(hours, time_off=time_off, starts_at=starts_at, now=now)
        # Kept for less, it could not be accepted and then paid for.
        if interval.start - now < 2 * self.terms.shortest_hold:
            raise SlotNotOffered("notice")
        return interval
