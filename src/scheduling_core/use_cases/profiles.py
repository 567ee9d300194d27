"""What doctors say of themselves, after they have registered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.errors import InvalidInput
from scheduling_core.money import Money, Quote
from scheduling_core.ports.storage import Storage
from scheduling_core.terms import Terms
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import sound_fee, sound_languages, sound_line, sound_phone, sound_text


@dataclass(frozen=True, slots=True)
class ReadDoctorProfile:
    """The signed-in doctor's own details, listed or not."""

    storage: Storage

    async def __call__(self, actor: Actor) -> Doctor:
        doctor_id = actor.as_doctor()
        async with self.storage.reading() as unit:
            return (await unit.doctors.get(doctor_id)).here()


@dataclass(frozen=True, slots=True)
class QuoteFee:
    """What a patient would pay at such a fee. Raise InvalidInput for a fee that no doctor can ask for."""

    terms: Terms

    async def __call__(self, amount: int) -> Quote:
        if amount < 0:
            raise InvalidInput("fee", "A fee is 0 or more.")
        fee = sound_fee(Money(amount, self.terms.currency), self.terms)
        return Quote.of(fee, tax_percent=self.terms.tax_percent)


@dataclass(frozen=True, slots=True)
class UpdateDoctorProfile:
    """Change what is given of the signed-in doctor's details; None leaves as it is.

    Another fee is the price of holds that are made afterwards: what is held or booked keeps the price that was shown.
    """

    storage: Storage
    terms: Terms

    @decide_again
    async def __call__(
        self,
        actor: Actor,
        *,
        name: str | None = None,
        phone: str | None = None,
        specialization: str | None = None,
        fee: Money | None = None,
        languages: Sequence[str] | None = None,
        qualifications: str | None = None,
        about: str | None = None,
    ) -> Doctor:
        doctor_id = actor.as_doctor()
        changes: dict[str, object] = {}
        if name is not None:
            changes["name"] = sound_line("name", name)
        if phone is not None:
            changes["phone"] = sound_phone(phone)
        if specialization is not None:
            changes["specialization"] = sound_line("specialization", specialization, longest=80)
        if fee is not None:
            changes["fee"] = sound_fee(fee, self.terms)
        if languages is not None:
            changes["languages"] = sound_languages(languages)
        if qualifications is not None:
            changes["qualifications"] = sound_text("qualifications", qualifications, longest=500)
        if about is not None:
            changes["about"] = sound_text("about", about, longest=2000)
        async with self.storage.writing() as unit:
            doctor = (await unit.doctors.get(doctor_id)).here()
            return await unit.doctors.save(replace(doctor, **changes))  # type: ignore[arg-type]  # names are its own
