"""Visits that did not go as they should have: the doctor who did not come, and rows that should not be there."""

from dataclasses import dataclass, replace

from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Verb
from scheduling_core.appointment_parts import Absence
from scheduling_core.errors import InvalidInput
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.money import Money
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.tasks import MessageKind, Recipient, fulfil_visit
from scheduling_core.terms import Terms
from scheduling_core.use_cases.changes import end, tell
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import sound_limit, sound_line, sound_text
from scheduling_core.use_cases.visit_verbs import answered, under_locks
from scheduling_core.windows import Action, Case, permit, require

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class SayDoctorAbsent:
    """The doctor did not come. A patient claims it, which closes nothing yet; the doctor, or an administrator whom the
    patient's claim has reached, confirms it: the visit is cancelled, and all of the money comes back.

    While a claim is open nobody says that the visit took place or that the patient was not there. Raise TooEarly before
    the doctor is late, TooLate when a patient claims it after the visit counted as fulfilled.
    """

    storage: Storage
    chance: Chance
    terms: Terms

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, appointment_id: AppointmentId, reason: str = ""
    ) -> AppointmentDetails:
        permit(Action.DOCTOR_ABSENT, actor)
        why = sound_text("reason", reason, longest=LONGEST_REASON)
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AppointmentDetails)):
                return done
            visit, now = await under_locks(unit, appointment_id, actor)
            require(Action.DOCTOR_ABSENT, Case(appointment=visit, role=actor.role, terms=self.terms), now)
            if actor.role is Role.PATIENT:
                claimed = await unit.appointments.save(replace(visit, absence=Absence(claimed_at=now, note=why)))
                await unit.appointments.note(Event.unmoved(claimed, Verb.CLAIM_ABSENCE, actor, now))
                doctor = Recipient(Role.DOCTOR, claimed.doctor_id)
                await tell(unit, self.chance, MessageKind.ABSENCE_CLAIMED, doctor, at=now, appointment=claimed)
            else:
                nothing = Money(0, visit.quote.total.currency)
                await end(unit, self.chance, visit, Verb.DOCTOR_ABSENT, actor, now, keep=nothing, reason=why)
            return await answered(unit, request, actor, appointment_id)


@dataclass(frozen=True, slots=True)
class RejectAbsence:
    """An administrator does not follow the patient's claim, and says why. The visit goes on from what it was."""

    storage: Storage
    chance: Chance
    terms: Terms

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, appointment_id: AppointmentId, reason: str
    ) -> AppointmentDetails:
        permit(Action.REJECT_ABSENCE, actor)
        why = sound_line("reason", reason, longest=LONGEST_REASON)
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AppointmentDetails)):
                return done
            visit = await unit.appointments.lock(appointment_id, actor)
            now = await unit.now()
            require(Action.REJECT_ABSENCE, Case(appointment=visit, role=actor.role, terms=self.terms), now)
            visit = await unit.appointments.save(visit.with_absence_rejected(now, why))
            await unit.appointments.note(Event.unmoved(visit, Verb.REJECT_ABSENCE, actor, now))
            patient = Recipient(Role.PATIENT, visit.booked_by)
            await tell(unit, self.chance, MessageKind.ABSENCE_REJECTED, patient, at=now, appointment=visit)
            # The task that closes the visit may have found it disputed, and been done with it.
            due_at = max(now, visit.ends_at)
            await unit.tasks.wake(fulfil_visit(TaskId(self.chance.new_id()), visit.id, due_at=due_at, at=now))
            return await answered(unit, request, actor, appointment_id)


@dataclass(frozen=True, slots=True)
class ListAbsenceClaims:
    """For administrators: visits whose patient says that the doctor did not come, and nobody has answered; oldest first."""

    storage: Storage

    async def __call__(self, actor: Actor, *, limit: int = 50) -> list[AppointmentDetails]:
        actor.as_administrator()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            return await unit.appointments.disputed(limit=limit)


@dataclass(frozen=True, slots=True)
class VoidAppointment:
    """Strike an appointment that should never have been there, in whatever state it is; the reason is kept with it.

    All of the money comes back unless `refund` says otherwise; what the patient said of the visit is hidden. Raise
    InvalidInput for a refund that is more than was paid, or less than has come back already.
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
        reason: str,
        refund: Money | None = None,
    ) -> AppointmentDetails:
        permit(Action.VOID, actor)
        why = sound_line("reason", reason, longest=LONGEST_REASON)
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AppointmentDetails)):
                return done
            visit, now = await under_locks(unit, appointment_id, actor)
            require(Action.VOID, Case(appointment=visit, role=actor.role, terms=self.terms), now)
            await end(unit, self.chance, visit, Verb.VOID, actor, now, keep=_kept(visit, refund), reason=why)
            given = await unit.feedback.find(appointment_id)
            if given is not None and not given.hidden:
                await unit.feedback.save(given.hide(now, why))
            return await answered(unit, request, actor, appointment_id)


def _kept(visit: Appointment, refund: Money | None) -> Money:
    """What is kept once `refund` has come back, of what was paid. What came back before cannot be taken again."""
    nothing = Money(0, visit.quote.total.currency)
    paid = visit.quote.total if visit.paid_by else nothing
    if refund is None:
        return nothing
    least = paid - visit.keep if visit.paid_by else nothing
    if refund.currency != paid.currency or not least.amount <= refund.amount <= paid.amount:
        raise InvalidInput("refund", f"Give back {least.amount} to {paid.amount} minor units of {paid.currency}.")
    return paid - refund
