"""Holding a slot and letting holds go: the only ways by which time is claimed before it is paid for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Verb, hold
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.availability import offered
from scheduling_core.errors import Forbidden, HoldLimit, InvalidInput, PatientBusy, SlotNotOffered
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.money import Money, Quote
from scheduling_core.ports.claims import Standing, Wish
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.terms import Terms
from scheduling_core.use_cases.accepting import accept
from scheduling_core.use_cases.asking_first import asking_first, require_fresh
from scheduling_core.use_cases.changes import end, expire
from scheduling_core.use_cases.claims import clear_way
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.own_calendars import ReadBusyTimes
from scheduling_core.use_cases.siblings import visit_replaced_by

LONGEST_REASON = 500


def patient_of(actor: Actor, patient_id: PatientId | None) -> PatientId:
    """For whom is booked: patients for themselves, administrators for the patient they name. Raise Forbidden otherwise."""
    if actor.role is Role.ADMINISTRATOR:
        if patient_id is None:
            raise InvalidInput("patient_id", "Say for which patient.")
        return patient_id
    if patient_id is not None:
        raise Forbidden
    return actor.as_patient()


@dataclass(frozen=True, slots=True)
class HoldSlot:
    """Keep one slot for one patient, or for one of their dependants, while they pay.

    Exactly one of any number of rivals gets it, whatever the clocks of their machines say. Price, refund policy and
    zones are snapshotted. Holding the own slot again answers the same appointment, its expiry unchanged; holding another
    slot of the same doctor for the same person, or the same slot for another, lets the earlier one go. Raise
    SlotNotOffered, SlotTaken, PatientBusy, HoldLimit, and NotFound for a dependant of somebody else.

    A doctor's own calendar is asked before, if that was long ago; where it does not answer, what it said last counts, and
    nothing once that is too old.
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
        doctor_id: DoctorId,
        starts_at: datetime,
        reason: str = "",
        patient_id: PatientId | None = None,
        dependant_id: PersonId | None = None,
    ) -> AppointmentDetails:
        patient_id = patient_of(actor, patient_id)
        if len(reason) > LONGEST_REASON:
            raise InvalidInput("reason", f"Say it in {LONGEST_REASON} characters.")
        wish = Wish(doctor_id=doctor_id, patient_id=patient_id, dependant_id=dependant_id, starts_at=starts_at)
        return await asking_first(
            self.read_busy_times, lambda asked: self._claim(actor, request, wish, reason, asked=asked)
        )

    @decide_again
    async def _claim(
        self, actor: Actor, request: RequestKey | None, wish: Wish, reason: str, *, asked: bool
    ) -> AppointmentDetails:
        async with self.storage.writing() as unit:
            standing = await unit.claims.open(wish, request, AppointmentDetails)
            if isinstance(standing, AppointmentDetails):
                return standing
            if not asked:
                require_fresh(wish.doctor_id, standing.time_off, standing.now)
            details = await self._hold(unit, actor, wish, standing, reason)
            if request:
                await unit.requests.remember(request, details)
            return details

    async def _hold(self, unit: Unit, actor: Actor, wish: Wish, standing: Standing, reason: str) -> AppointmentDetails:
        now, person_id = standing.now, wish.person_id
        pending = [mine for mine in standing.pending if not mine.hold_lapsed(now)]
        for mine in pending:
            if (mine.doctor_id, mine.person_id, mine.starts_at) == (wish.doctor_id, person_id, wish.starts_at):
                return await unit.appointments.details(await self._again(unit, actor, mine, now), actor)
        live = [mine for mine in pending if mine.hold_kind is HoldKind.PATIENT]
        if not standing.listed:
            raise SlotNotOffered("not_listed")
        interval = self._offered(standing, wish.starts_at)
        replaced = [
            mine
            for mine in live
            if mine.doctor_id == wish.doctor_id and (mine.person_id == person_id or mine.interval.overlaps(interval))
        ]
        for earlier in replaced:
            await end(unit, self.chance, earlier, Verb.REPLACE, actor, now, keep=Money(0, self.terms.currency))
        self._require_within_limits(standing, len(live) - len(replaced))
        gone = {earlier.id for earlier in replaced}
        await clear_way(
            unit,
            self.chance,
            doctors=[other for other in standing.of_doctor if other.id not in gone],
            persons=[other for other in standing.of_person if other.id not in gone],
            now=now,
        )
        move = hold(
            id=AppointmentId(self.chance.new_id()),
            doctor_id=wish.doctor_id,
            patient_id=wish.patient_id,
            person_id=person_id,
            interval=interval,
            occupied_until=interval.end + timedelta(minutes=standing.hours.gap_minutes),
            expires_at=min(now + self.terms.hold, interval.start),
            quote=Quote.of(standing.fee, tax_percent=self.terms.tax_percent),
            policy=self.terms.policy,
            doctor_zone=standing.hours.time_zone,
            patient_zone=standing.patient_zone,
            reason=reason,
            actor=actor,
            at=now,
        )
        await unit.appointments.add_at_end(move)
        return standing.details(move.after)

    async def _again(self, unit: Unit, actor: Actor, mine: Appointment, now: datetime) -> AppointmentId:
        """What is theirs already is answered as it is; choosing a time that is on offer to oneself accepts it."""
        if not mine.on_offer:
            return mine.id
        if actor.role is not Role.PATIENT or await visit_replaced_by(unit, mine) is not None:
            raise PatientBusy("This time is on offer already: answer the offer.")
        return (await accept(unit, self.chance, self.terms, mine, actor, now)).id

    def _offered(self, standing: Standing, starts_at: datetime) -> Interval:
        now = standing.now
        interval = offered(standing.hours, time_off=standing.time_off, starts_at=starts_at, now=now)
        if interval.start - now < self.terms.shortest_hold:
            raise SlotNotOffered("notice")
        return interval

    def _require_within_limits(self, standing: Standing, live: int) -> None:
        if live >= self.terms.live_holds:
            raise HoldLimit(f"You are holding {live} other times. Pay for one or let one go first.")
        if standing.unpaid >= self.terms.holds_a_day:
            raise HoldLimit("That is as many times as can be held in a day. Please try again tomorrow.")


@dataclass(frozen=True, slots=True)
class ExpireHolds:
    """Tidy lapsed holds, one doctor a transaction. Nothing depends on it: every reader and claim applies expiry itself."""

    storage: Storage
    chance: Chance

    async def __call__(self, *, limit: int = 50) -> int:
        """How many holds were written down as expired."""
        async with self.storage.reading() as unit:
            doctors = await unit.appointments.lapsed(now=await unit.now(), limit=limit)
        return sum([len(await self._of(doctor_id)) for doctor_id in doctors])

    @decide_again
    async def _of(self, doctor_id: DoctorId) -> list[Appointment]:
        async with self.storage.writing() as unit:
            now = await unit.schedules.lock(doctor_id)
            lapsed = await unit.appointments.lapsed_of(doctor_id, now=now)
            return [await expire(unit, self.chance, appointment, now) for appointment in lapsed]
