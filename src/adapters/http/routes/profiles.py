"""A doctor's own details."""

from litestar import Router, get, patch
from litestar.params import JSONBody

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, SIGNED_IN, refuses
from adapters.http.views.profiles import DoctorProfile, DoctorProfileChange
from scheduling_core import errors


@get(
    "/doctor/profile",
    operation_id="readDoctorProfile",
    summary="The doctor's own details",
    responses=refuses(*SIGNED_IN),
)
async def profile(call: Given[Call]) -> DoctorProfile:
    """For the signed-in doctor, listed or not."""
    return DoctorProfile.of(await call.use.read_doctor_profile(call.actor))


@patch(
    "/doctor/profile",
    operation_id="updateDoctorProfile",
    summary="Change the doctor's own details",
    responses=refuses(*SIGNED_IN, *BODY, errors.Outdated),
)
async def change(data: JSONBody[DoctorProfileChange], call: Given[Call]) -> DoctorProfile:
    """What is absent stays as it is. What is held or booked keeps its price."""
    doctor = await call.use.update_doctor_profile(
        call.actor,
        name=data.name,
        phone=data.phone,
        specialization=data.specialization,
        fee=data.fee.value() if data.fee else None,
        languages=data.languages,
        qualifications=data.qualifications,
        about=data.about,
    )
    return DoctorProfile.of(doctor)


router = Router("/", route_handlers=[profile, change], opt=NEEDS_TOKEN, security=BEARER, tags=["accounts"])
