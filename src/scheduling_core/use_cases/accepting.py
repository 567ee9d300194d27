"""Accepting a time that was offered: from then on it is a hold like any other, and what was offered with it is free again."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, HoldKind, Verb
from scheduling_core.errors import HoldExpired, IllegalTransition
from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.money import Money
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.tasks import offer_time
from scheduling_core.terms import Terms
from scheduling_core.use_cases.changes import end
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.siblings import offered_together


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    """Take the time that is kept for the patient: it is theirs to pay for within the ordinary hold, counted from now, once.

    Accepting again changes nothing. Raise HoldExpired for an offer whose time is over, IllegalTransition for what is no
    offer or no longer one.
    """

    storage: Storage
    chance: Chance
    terms: Terms

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, appointment_id: AppointmentId
    ) -> AppointmentDetails:
        actor.as_patient()
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, AppointmentDetails)):
                return done
            seen = await unit.appointments.get(appointment_id, actor)
            now = await unit.schedules.lock(seen.doctor_id)
            await unit.patients.lock_person(seen.person_id)
            offered = await unit.appointments.lock(appointment_id, actor)
            if offered.hold_lapsed(now) or offered.expired():
                raise HoldExpired
            if offered.hold_kind is HoldKind.PATIENT:
                raise IllegalTransition("This time was not offered: you hold it already.")
            if offered.accepted_at is None:
                offered = await accept(unit, self.chance, self.terms, offered, actor, now)
            details = await unit.appointments.details(offered.id, actor)
            if request:
                await unit.requests.remember(request, details)
            return details


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
    await unit.tasks.wake(offer_time(TaskId(chance.new_id()), offered.doctor_id, due_at=expires_at, at=now))
    return await unit.appointments.store(move.amend(accepted_at=now, hold_expires_at=expires_at))
