"""A prescription as it is written and read."""

from datetime import datetime
from typing import Annotated

import msgspec

from adapters.http.views.fields import Answer, Request
from scheduling_core import prescription


class MedicineInput(Request):
    """One medicine. Without `days` it is taken until further notice."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    dose: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    instructions: Annotated[str, msgspec.Meta(max_length=300)] = ""
    days: Annotated[int, msgspec.Meta(ge=1, le=730)] | None = None

    def value(self) -> prescription.Medicine:
        return prescription.Medicine(name=self.name, dose=self.dose, instructions=self.instructions, days=self.days)


class PrescriptionRequest(Request):
    """All of it: what is sent again takes the place of what was written, which is kept."""

    medicines: Annotated[list[MedicineInput], msgspec.Meta(max_length=20)]
    advice: Annotated[str, msgspec.Meta(max_length=4000)] = ""


class Medicine(Answer):
    """One medicine; `days` is null where it is taken until further notice."""

    name: str
    dose: str
    instructions: str
    days: int | None


class Prescription(Answer):
    """What the doctor wrote down for the patient after the visit."""

    medicines: list[Medicine]
    advice: str
    revision: int
    written_at: datetime
    first_written_at: datetime

    @classmethod
    def of(cls, written: prescription.Prescription) -> "Prescription":
        return cls(
            medicines=[
                Medicine(name=each.name, dose=each.dose, instructions=each.instructions, days=each.days)
                for each in written.medicines
            ],
            advice=written.advice,
            revision=written.revision,
            written_at=written.written_at,
            first_written_at=written.first_written_at,
        )
