"""Looking at visits and calling them off."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.errors import Forbidden, HoldExpired, InvalidInput, RefundChanged
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import day_interval
from scheduling_core.money import Money
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance, Clock
from scheduling_core.ports.views import AppointmentDetails, When
from scheduling_core.rescheduling import patients_refund, refund_stands_until
from scheduling_core.terms import Terms
from scheduling_core.use_cases.changes import end
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.visit_verbs import answered, under_locks
from scheduling_core.windows import Action, Case, require, window_of

LONGEST_REASON = 500
MOST_DAYS = 62


@dataclass(frozen=True, slots=True)
class ReadAppointment:
    """One appointment as its participants and administrators see it at this moment. NotFound for everybody else."""

    storage: Storage
    clock: Clock

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> AppointmentDetails:
        actor.known()
        async with self.storage.reading() as unit:
            details = await unit.appointments.details(appointment_id, actor)
        return details.seen_at(self.clock.now())


@dataclass(frozen=True, slots=True)
class ListAppointments:
    """A patient's or doctor's own: upcoming ones ascending, past ones descending."""

    storage: Storage
    clock: Clock

    async def __call__(
        self, actor: Actor, *, when: When, after: tuple[datetime, UUID] | None = None, limit: int = 20
    ) -> list[AppointmentDetails]:
        actor.known()
        if actor.role not in (Role.PATIENT, Role.DOCTOR):
            raise Forbidden
        now = self.clock.now()
        async with self.storage.reading() as unit:
            found = await unit.appointments.list_details(actor, when=when, now=now, after=after, limit=limit)
        return [details.seen_at(now) for details in found]


@dataclass(frozen=True, slots=True)
class ReadSchedule:
    """A doctor's visits that overlap the days [first, last) of their own zone, by start; lapsed holds left out."""

    storage: Storage
    clock: Clock

    async def __call__(self, actor: Actor, *, first: date, last: date) -> list[AppointmentDetails]:
        doctor_id = actor.as_doctor()
        if not 0 < (last - first).days <= MOST_DAYS:
            raise InvalidInput("to", f"Ask for 1 to {MOST_DAYS} days.")
        now = self.clock.now()
        async with self.storage.reading() as unit:
            zone = (await unit.schedules.hours(doctor_id)).time_zone
            found = await unit.appointments.schedule(doctor_id, day_interval(first, last, zone))
        return [details for details in found if not details.appointment.hold_lapsed(now)]


@dataclass(frozen=True, slots=True)
class CancellationPreview:
    """What cancelling now would give back, to the cent, and until when it stays so."""

    refund: Money
    refundable_until: datetime | None
    allowed: bool


def refund_due(appointment: Appointment, role: Role, now: datetime) -> Money:
    """What comes back when `role` cancels at `now`: by policy and promise for patients, all of it otherwise; of nothing, nothing."""
    total = appointment.quote.total
    if appointment.paid_by is None:
        return Money(0, total.currency)
    if role is not Role.PATIENT:
        return total
    return patients_refund(appointment, now)


@dataclass(frozen=True, slots=True)
class PreviewCancellation:
    storage: Storage
    clock: Clock
    terms: Terms

    async def __call__(self, actor: Actor, appointment_id: AppointmentId) -> CancellationPreview:
        actor.known()
        now = self.clock.now()
        async with self.storage.reading() as unit:
            appointment = await unit.appointments.get(appointment_id, actor)
        until = refund_stands_until(appointment, now)
        refund = refund_due(appointment, actor.role, now)
        window = window_of(Action.CANCEL, Case(appointment=appointment, role=actor.role, terms=self.terms))
        return CancellationPreview(
            refund=refund,
            refundable_until=until if actor.role is Role.PATIENT and refund.amount else None,
            allowed=window is not None and window.open(now),
        )


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    """Call a visit off, or let a hold go. The refund follows the policy snapshotted at the hold; by the doctor, all of it.

    `expected_refund` is what the person was shown: raise RefundChanged when it is no longer true. Raise HoldExpired
    for a lapsed hold, TooLate when a patient's visit has begun, IllegalTransition when it has ended.
    """

    storage: Storage
    chance: Chance
    terms: Terms

    @decide_again
    async def __call__(
        self,
        actor: Actor,
        request: RequestKey | None,
        *,
        appointment_id: AppointmentId,
        reason: str = "",
        expected_refund: Money | None = None,
    ) -> AppointmentDetails:
        actor.known()
        if len(reason) > LONGEST_REASON:
            raise InvalidInput("reason", f"Say it in {LONGEST_REASON} characters.")
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AppointmentDetails)):
                return done
            appointment, now = await under_locks(unit, appointment_id, actor)
            if appointment.hold_lapsed(now):
                raise HoldExpired
            require(Action.CANCEL, Case(appointment=appointment, role=actor.role, terms=self.terms), now)
            refund = refund_due(appointment, actor.role, now)
            if expected_refund is not None and expected_refund != refund:
                raise RefundChanged
            if appointment.status is Status.PENDING:
                verb, keep = Verb.ABANDON, Money(0, refund.currency)
            else:
                verb = Verb.CANCEL
                keep = appointment.quote.total - refund if appointment.paid_by else refund
            await end(unit, self.chance, appointment, verb, actor, now, keep=keep, reason=reason)
            return await answered(unit, request, actor, appointment_id)
