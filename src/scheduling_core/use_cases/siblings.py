"""Times that were offered together, of which the patient takes one."""

from datetime import datetime

from scheduling_core.access import SYSTEM
from scheduling_core.appointment import Appointment
from scheduling_core.ports.storage import Unit


async def offered_together(unit: Unit, offered: Appointment, now: datetime) -> list[Appointment]:
    """What is on offer at `now` with this one, itself included while it is, by start. Nothing is, once one was taken."""
    found = [offered]
    offer = await unit.offers.of(offered.id) if offered.on_offer else None
    if offer is not None and offer.visit_id is not None:
        others = [each.appointment_id for each in await unit.offers.of_visit(offer.visit_id)]
        found += [await unit.appointments.get(other, SYSTEM) for other in others if other != offered.id]
    standing = [each for each in found if each.on_offer and not each.hold_lapsed(now)]
    return sorted(standing, key=lambda each: (each.starts_at, each.id))
