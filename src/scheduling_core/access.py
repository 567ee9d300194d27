"""Who acts. Every use case takes an Actor and decides for itself what that actor may do."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from scheduling_core.errors import Forbidden, Unauthenticated
from scheduling_core.ids import AdministratorId, DoctorId, PatientId


class Role(StrEnum):
    ANONYMOUS = "anonymous"
    PATIENT = "patient"
    DOCTOR = "doctor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who asks for something: a role and, but for the system and the anonymous, an id within it."""

    role: Role
    id: UUID | None = None

    @classmethod
    def patient(cls, patient_id: PatientId) -> "Actor":
        return cls(Role.PATIENT, patient_id)

    @classmethod
    def doctor(cls, doctor_id: DoctorId) -> "Actor":
        return cls(Role.DOCTOR, doctor_id)

    @classmethod
    def administrator(cls, administrator_id: AdministratorId) -> "Actor":
        return cls(Role.ADMINISTRATOR, administrator_id)

    def as_patient(self) -> PatientId:
        """This actor's patient id. Raise Unauthenticated for nobody, Forbidden for any other role."""
        return PatientId(self._require(Role.PATIENT))

    def as_doctor(self) -> DoctorId:
        return DoctorId(self._require(Role.DOCTOR))

    def as_administrator(self) -> AdministratorId:
        return AdministratorId(self._require(Role.ADMINISTRATOR))

    def known(self) -> UUID:
        """The id of whoever signed in. Raise Unauthenticated for nobody."""
        if self.id is None:
            raise Unauthenticated
        return self.id

    def _require(self, role: Role) -> UUID:
        if self.role is Role.ANONYMOUS:
            raise Unauthenticated
        if self.role is not role or self.id is None:
            raise Forbidden
        return self.id


ANONYMOUS = Actor(Role.ANONYMOUS)
SYSTEM = Actor(Role.SYSTEM)
