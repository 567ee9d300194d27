"""A patient's dependants and medical profiles, and the profile as the doctor of a visit reads it."""

from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.views.persons import (
    Dependant,
    DependantChange,
    MedicalProfile,
    MedicalProfileText,
    NewDependant,
    VisitContact,
    VisitMedicalProfile,
)
from scheduling_core import errors
from scheduling_core.ids import AppointmentId, PersonId
from scheduling_core.ports.requests import RequestKey

OfDependant = Annotated[
    UUID | None, QueryParameter(name="dependant_id", description="Whose; absent for the patient's own.")
]


def _person(dependant_id: UUID | None) -> PersonId | None:
    return None if dependant_id is None else PersonId(dependant_id)


@get(
    "/patient/dependants",
    operation_id="listDependants",
    summary="Those for whom the patient books",
    responses=refuses(*SIGNED_IN),
)
async def dependants(call: Given[Call]) -> list[Dependant]:
    """The first one added first."""
    return [Dependant.of(each) for each in await call.use.list_dependants(call.actor)]


@post(
    "/patient/dependants",
    operation_id="addDependant",
    summary="Add somebody to book for",
    responses=refuses(*SIGNED_IN, *BODY, *KEY, errors.DependantLimit),
)
async def add(data: JSONBody[NewDependant], request_key: Given[RequestKey | None], call: Given[Call]) -> Dependant:
    """Twenty at most. Their visits are booked, paid for and cancelled by the patient."""
    added = await call.use.add_dependant(
        call.actor, request_key, name=data.name, birth_date=data.birth_date, relation=data.relation
    )
    return Dependant.of(added)


@patch(
    "/patient/dependants/{dependant_id:uuid}",
    operation_id="changeDependant",
    summary="Change a dependant's details",
    responses=refuses(*SIGNED_IN, *BODY, errors.NotFound, errors.Outdated),
)
async def change(dependant_id: FromPath[UUID], data: JSONBody[DependantChange], call: Given[Call]) -> Dependant:
    """What is absent stays as it is."""
    changed = await call.use.change_dependant(
        call.actor, PersonId(dependant_id), name=data.name, birth_date=data.birth_date, relation=data.relation
    )
    return Dependant.of(changed)


@delete(
    "/patient/dependants/{dependant_id:uuid}",
    operation_id="removeDependant",
    summary="Remove a dependant",
    responses=refuses(*SIGNED_IN, errors.NotFound, errors.DependantHasVisits, errors.Outdated),
)
async def remove(dependant_id: FromPath[UUID], call: Given[Call]) -> None:
    """Refused while visits lie ahead. Their medical profile is forgotten; past visits keep the name."""
    await call.use.remove_dependant(call.actor, PersonId(dependant_id))


@get(
    "/patient/medical-profile",
    operation_id="readMedicalProfile",
    summary="The patient's or a dependant's medical profile",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def medical_profile(call: Given[Call], dependant_id: OfDependant = None) -> MedicalProfile:
    """Empty until something is written."""
    return MedicalProfile.of(await call.use.read_medical_profile(call.actor, _person(dependant_id)))


@put(
    "/patient/medical-profile",
    operation_id="writeMedicalProfile",
    summary="Replace a medical profile",
    responses=refuses(*SIGNED_IN, *BODY, errors.NotFound, errors.StorageBusy),
)
async def replace_medical_profile(
    data: JSONBody[MedicalProfileText], call: Given[Call], dependant_id: OfDependant = None
) -> MedicalProfile:
    """Read by doctors only while a visit with them is booked, going on, or was held."""
    profile = await call.use.write_medical_profile(
        call.actor,
        _person(dependant_id),
        conditions=data.conditions,
        medication=data.medication,
        allergies=data.allergies,
    )
    return MedicalProfile.of(profile)


@get(
    "/appointments/{appointment_id:uuid}/medical-profile",
    operation_id="readMedicalProfileOfVisit",
    summary="The medical profile of whom the doctor sees",
    responses=refuses(*SIGNED_IN, errors.NotFound, errors.StorageBusy),
)
async def medical_profile_of_visit(appointment_id: FromPath[UUID], call: Given[Call]) -> VisitMedicalProfile:
    """For the doctor of a booked, arrived or fulfilled visit. Each reading is recorded in the visit's history."""
    return VisitMedicalProfile.of(
        await call.use.read_medical_profile_of_visit(call.actor, AppointmentId(appointment_id))
    )


@get(
    "/appointments/{appointment_id:uuid}/contact",
    operation_id="readContactOfVisit",
    summary="How the doctor reaches who booked the visit",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def contact_of_visit(appointment_id: FromPath[UUID], call: Given[Call]) -> VisitContact:
    """For the doctor of a visit that is booked, going on, held or missed."""
    return VisitContact.of(await call.use.read_contact_of_visit(call.actor, AppointmentId(appointment_id)))


router = Router(
    "/",
    route_handlers=[
        dependants,
        add,
        change,
        remove,
        medical_profile,
        replace_medical_profile,
        medical_profile_of_visit,
        contact_of_visit,
    ],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["accounts"],
)
