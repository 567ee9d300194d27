"""Accounts: registering as a doctor, and what people say of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from scheduling_core.access import Actor, Role
from scheduling_core.doctor import Doctor
from scheduling_core.hours import WEEKDAYS, Hours
from scheduling_core.ids import DoctorId
from scheduling_core.money import Money
from scheduling_core.patient import Patient
from scheduling_core.ports.accounts import Credential
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance, Passwords
from scheduling_core.tasks import MessageKind, Recipient
from scheduling_core.terms import Terms
from scheduling_core.use_cases.changes import tell
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import (
    sound_email,
    sound_fee,
    sound_languages,
    sound_line,
    sound_password,
    sound_phone,
    sound_text,
    sound_zone,
)
from scheduling_core.use_cases.people import Me, read_me

SLOT_MINUTES, NOTICE_MINUTES, HORIZON_DAYS = 30, 60, 60


@dataclass(frozen=True, slots=True)
class RegisterDoctor:
    """A new doctor, pending until an administrator decides, with hours that offer nothing yet.

    Raise EmailTaken if a doctor or an administrator has the e-mail. That tells strangers who has an account, which a
    form that refuses cannot avoid: how often one may ask is limited at the door.
    """

    storage: Storage
    chance: Chance
    passwords: Passwords
    terms: Terms

    async def __call__(
        self,
        request: RequestKey | None = None,
        *,
        email: str,
        password: str,
        name: str,
        phone: str,
        specialization: str,
        fee: Money,
        time_zone: str,
        languages: Sequence[str] = (),
        qualifications: str = "",
        about: str = "",
    ) -> Doctor:
        address = sound_email(email)
        secret = await sound_password(password, self.passwords, email=address)
        draft = partial(
            Doctor,
            id=DoctorId(self.chance.new_id()),
            name=sound_line("name", name),
            email=address,
            phone=sound_phone(phone),
            specialization=sound_line("specialization", specialization, longest=80),
            fee=sound_fee(fee, self.terms),
            languages=sound_languages(languages),
            qualifications=sound_text("qualifications", qualifications, longest=500),
            about=sound_text("about", about, longest=2000),
        )
        hours = initial_hours(sound_zone(time_zone))
        # Outside any transaction: hashing is slow on purpose.
        password_hash = await self.passwords.hash(secret)
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, Doctor)):
                return done
            now = await unit.now()
            doctor = draft(created_at=now)
            await unit.doctors.add(doctor, hours)
            await unit.accounts.add_credential(Credential(Actor.doctor(doctor.id), address, password_hash))
            await tell(unit, self.chance, MessageKind.REGISTERED, Recipient(Role.DOCTOR, doctor.id), at=now)
            if request:
                await unit.requests.remember(request, doctor)
        return doctor


def initial_hours(time_zone: str) -> Hours:
    """Hours that offer nothing until the doctor says when they are open."""
    return Hours(
        time_zone=time_zone,
        slot_minutes=SLOT_MINUTES,
        gap_minutes=0,
        minimum_notice_minutes=NOTICE_MINUTES,
        horizon_days=HORIZON_DAYS,
        weekly=((),) * len(WEEKDAYS),
        overrides={},
    )


@dataclass(frozen=True, slots=True)
class ReadMe:
    """Whoever is signed in, as they see themselves."""

    storage: Storage

    async def __call__(self, actor: Actor) -> Me:
        async with self.storage.reading() as unit:
            return await read_me(unit, actor)


@dataclass(frozen=True, slots=True)
class ReadPatientProfile:
    """The signed-in patient's own details."""

    storage: Storage

    async def __call__(self, actor: Actor) -> Patient:
        patient_id = actor.as_patient()
        async with self.storage.reading() as unit:
            return (await unit.patients.get(patient_id)).here()


@dataclass(frozen=True, slots=True)
class UpdatePatientProfile:
    """Change what is given of the signed-in patient's details; None leaves as it is."""

    storage: Storage

    @decide_again
    async def __call__(
        self, actor: Actor, *, name: str | None = None, phone: str | None = None, time_zone: str | None = None
    ) -> Patient:
        patient_id = actor.as_patient()
        new_name = None if name is None else sound_line("name", name)
        new_phone = None if phone is None else sound_phone(phone)
        new_zone = None if time_zone is None else sound_zone(time_zone)
        async with self.storage.writing() as unit:
            patient = (await unit.patients.get(patient_id)).here()
            changed = replace(
                patient,
                name=new_name or patient.name,
                phone=new_phone or patient.phone,
                time_zone=new_zone or patient.time_zone,
            )
            return await unit.patients.save(changed)
