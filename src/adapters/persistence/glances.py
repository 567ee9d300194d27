"""A glance by the repositories of one unit: for storages that gain nothing by asking all at once."""

from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.schedules import Glance
from scheduling_core.ports.storage import Unit


async def glance(unit: Unit, doctor_id: DoctorId, within: Interval) -> Glance:
    """As `Storage.glance`, in a unit that sees one moment."""
    listed = await unit.directory.one(doctor_id)
    return Glance(
        version=await unit.schedules.version(doctor_id),
        hours=listed.hours,
        time_off=await unit.schedules.time_off(doctor_id, within=within),
        taken=await unit.appointments.taken(doctor_id, within),
    )


async def listed_version(unit: Unit, doctor_id: DoctorId) -> int:
    """As `Storage.listed_version`, in a unit that sees one moment."""
    await unit.directory.one(doctor_id)
    return await unit.schedules.version(doctor_id)
