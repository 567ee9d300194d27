"""Accepting a time that was offered: from then on it is a hold like any other, and what was offered with it is free again."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.errors import CannotReschedule, HoldExpired, IllegalTransition
from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.money import Money
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.rescheduling import Bar, move_to
from scheduling_core.tasks import offer_time
from scheduling_core.terms import Terms
from scheduling_core.use_cases.changes import end, reschedule
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.siblings import offered_together, visit_replaced_by
from scheduling_core.use_cases.visit_verbs import answered, under_locks
from scheduling_core.use_cases.waiting import satisfy
from scheduling_core.windows import Action, permit


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    """Take the time that is kept for the patient: it is theirs to pay for within the ordinary hold, counted from now, once.
    Where it is an earlier time of a visit, the visit moves there at once, with its payment, and is what is answered.

    Accepting again changes nothing. Raise HoldExpired for an offer whose time is over, IllegalTransition for what is no
    offer or no longer one, CannotReschedule for a visit that cannot be moved any more.
    """

    storage: Storage
    chance: Chance
    terms: Terms

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, appointment_id: AppointmentId
    ) -> AppointmentDetails:
        permit(Action.ACCEPT, actor)
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AppointmentDetails)):
                return done
            offered, now = await under_locks(unit, appointment_id, actor, person=True)
            if offered.hold_lapsed(now) or offered.expired():
                raise HoldExpired
            if offered.hold_kind is HoldKind.PATIENT:
                raise IllegalTransition("This time was not offered: you hold it already.")
            visit_id = await visit_replaced_by(unit, offered)
            if visit_id is not None:
                offered = await self._move(unit, actor, offered, visit_id, now)
            elif offered.accepted_at is None:
                offered = await accept(unit, self.chance, self.terms, offered, actor, now)
            return await answered(unit, request, actor, offered.id)

    async def _move(
        self, unit: Unit, actor: Actor, offered: Appointment, visit_id: AppointmentId, now: datetime
    ) -> Appointment:
        """Turn the hold over to the visit for which an earlier time was waited for. It counts as nobody's move, and the
        window of a full refund does not bar it, since it is the clinic that offers it."""
        if not offered.on_offer:
            # Nothing but accepting it ends such an offer like that.
            if offered.cancellation is not None and offered.cancellation.verb is Verb.REPLACE:
                return await unit.appointments.get(visit_id, actor)
            raise IllegalTransition
        visit = await unit.appointments.lock(visit_id, actor)
        if visit.status is not Status.BOOKED:
            raise CannotReschedule(Bar.NOT_BOOKED)
        if visit.pay_by is not None:
            raise CannotReschedule(Bar.UNPAID)
        if offered.starts_at >= visit.starts_at:
            raise IllegalTransition("The visit is as early as that already.")
        await satisfy(unit, offered, now)
        nothing = Money(0, offered.quote.total.currency)
        await end(unit, self.chance, offered, Verb.REPLACE, actor, now, keep=nothing)
        gap, zones = offered.occupied_until - offered.ends_at, (offered.doctor_zone, offered.patient_zone)
        move = move_to(visit, offered.interval, actor, now, gap=gap, zones=zones)
        return await reschedule(unit, self.chance, move.amend(moves=visit.moves), freed=visit.occupied)


async def accept(
    unit: Unit, chance: Chance, terms: Terms, offered: Appointment, actor: Actor, now: datetime
) -> Appointment:
    """Make the offer a hold of the ordinary length, and let go of what was offered with it. The caller holds its locks."""
    move = offered.move(Verb.ACCEPT, actor, now)
    nothing = Money(0, offered.quote.total.currency)
    for other in await offered_together(unit, offered, now):
        if other.id != offered.id:
            await end(unit, chance, other, Verb.REPLACE, actor, now, keep=nothing)
    expires_at = min(now + terms.hold, offered.starts_at)
    # Should it lapse, sooner than the offer would have, the next who waits is asked at that moment.
    await unit.tasks.wake_at_end(offer_time(TaskId(chance.new_id()), offered.doctor_id, due_at=expires_at, at=now))
    return await unit.appointments.store(move.amend(accepted_at=now, hold_expires_at=expires_at))
