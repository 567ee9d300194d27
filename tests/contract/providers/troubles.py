"""What is done by a provider, the six ways in which it fails, and what came of it."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from adapters.kit.calls import Calls, Limits
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.tasks import TaskKind
from support.clinic import Clinic

HANGS, BREAKS_OFF, PATIENCE = "hangs", "breaks off after it was done", "asks for patience"
FAILS, NONSENSE, LOCKED_OUT = "fails", "answers nonsense", "no longer lets us in"
FAULTS = (HANGS, BREAKS_OFF, PATIENCE, FAILS, NONSENSE, LOCKED_OUT)
MANY = 9
"""More often than anybody asks before their task is put off."""
SILENT_FOR = "did not answer within"


class Trouble(Protocol):
    """One provider, for one clinic."""

    kind: TaskKind
    """Of the work."""
    provider: str
    """As administrators read it."""
    says: ClassVar[dict[str, str]]
    """What of the reason is peculiar to the provider, by fault."""

    patience: str

    def equip(self, seconds: float) -> None:
        """Have the clinic ask the provider from now on, and wait for so long."""

    async def begin(self) -> None:
        """Order the work; it is due at once."""

    def fail(self, fault: str) -> None: ...

    def mend(self) -> None: ...

    async def done(self) -> int:
        """How often the work is done, by what stands at the provider."""


@dataclass
class WorkOf:
    clinic: Clinic
    visit: Appointment | None = None
    patience: str = "0"
    """For how long the provider asks to be left alone."""

    def calls(self, name: str, seconds: float) -> Calls:
        return Calls(name, self.clinic.called, self.clinic.chance, limits=Limits(seconds=seconds, tries=1))

    async def a_visit(self) -> Appointment:
        """Held and paid for, of which nothing that follows is done."""
        clinic = self.clinic
        patient, doctor = await clinic.patient(name="Canary Patient"), await clinic.doctor(name="Dr Canary")
        self.visit = await clinic.hold(patient, doctor, minutes=7 * 24 * 60)
        await clinic.open_checkout(Actor.patient(patient.id), self.visit.id)
        return self.visit
