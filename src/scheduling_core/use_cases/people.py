"""Whoever signed in, as they see themselves: the same few facts for every role."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.doctor import DoctorStatus
from scheduling_core.errors import Forbidden
from scheduling_core.ids import AdministratorId, DoctorId, PatientId
from scheduling_core.ports.storage import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """`status` is a doctor's; a patient without `phone` has not completed the first sign-in; administrators have none."""

    role: Role
    id: UUID
    name: str
    email: str
    phone: str | None
    time_zone: str
    photo_url: str | None
    status: DoctorStatus | None


async def read_me(unit: Unit, actor: Actor) -> Me:
    """Raise Unauthenticated for nobody, NotFound for somebody who is gone, Forbidden for the system."""
    id = actor.known()
    reader = _READERS.get(actor.role)
    if reader is None:
        raise Forbidden
    return await reader(unit, id)


async def _patient(unit: Unit, id: UUID) -> Me:
    patient = (await unit.patients.get(PatientId(id))).here()
    return Me(
        role=Role.PATIENT,
        id=id,
        name=patient.name,
        email=patient.email,
        phone=patient.phone,
        time_zone=patient.time_zone,
        photo_url=patient.photo_url,
        status=None,
    )


async def _doctor(unit: Unit, id: UUID) -> Me:
    doctor = (await unit.doctors.get(DoctorId(id))).here()
    hours = await unit.schedules.hours(doctor.id)
    return Me(
        role=Role.DOCTOR,
        id=id,
        name=doctor.name,
        email=doctor.email,
        phone=doctor.phone,
        time_zone=hours.time_zone,
        photo_url=doctor.photo_url,
        status=doctor.status,
    )


async def _administrator(unit: Unit, id: UUID) -> Me:
    administrator = await unit.accounts.administrator(AdministratorId(id))
    return Me(
        role=Role.ADMINISTRATOR,
        id=id,
        name=administrator.name,
        email=administrator.email,
        phone=None,
        time_zone=administrator.time_zone,
        photo_url=None,
        status=None,
    )


_READERS: Mapping[Role, Callable[[Unit, UUID], Awaitable[Me]]] = {
    Role.PATIENT: _patient,
    Role.DOCTOR: _doctor,
    Role.ADMINISTRATOR: _administrator,
}
