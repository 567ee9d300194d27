"""What an offered time belongs to: the times that were offered with it, and the visit that it would replace."""

from datetime import datetime

from scheduling_core.access import SYSTEM
from scheduling_core.appointment import Appointment, Status
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.storage import Unit


async def offered_together(unit: Unit, offered: Appointment, now: datetime) -> list[Appointment]:
    """What is on offer at `now` with this one, itself included while it is, by start. Nothing is, once one was taken."""
    offer = await unit.offers.of(offered.id) if offered.on_offer else None
    if offer is not None and offer.visit_id is not None:
        found = await _offers_after(unit, offer.visit_id)
    else:
        found = [offered]
    standing = [each for each in found if each.on_offer and not each.hold_lapsed(now)]
    return sorted(standing, key=lambda each: (each.starts_at, each.id))


async def kept_after(unit: Unit, visit_id: AppointmentId, now: datetime) -> list[Appointment]:
    """The follow-up times that are kept after this visit at `now`, accepted or not."""
    found = await _offers_after(unit, visit_id)
    return [each for each in found if each.status is Status.PENDING and not each.hold_lapsed(now)]


async def visit_replaced_by(unit: Unit, offered: Appointment) -> AppointmentId | None:
    """The booked visit that moves to this time when it is accepted; None where accepting leads to a visit of its own."""
    offer = await unit.offers.of(offered.id)
    if offer is None or offer.entry_id is None:
        return None
    return (await unit.waitlist.get(offer.entry_id)).appointment_id


async def _offers_after(unit: Unit, visit_id: AppointmentId) -> list[Appointment]:
    offers = await unit.offers.of_visit(visit_id)
    return [await unit.appointments.get(offer.appointment_id, SYSTEM) for offer in offers]
