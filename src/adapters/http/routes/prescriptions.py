"""What the doctor writes down for the patient after a visit."""

from uuid import UUID

from litestar import Response, Router, get, put
from litestar.params import FromPath, JSONBody

from adapters.http.auth import BEARER, NEEDS_TOKEN
from adapters.http.call import Call, Given
from adapters.http.documents import BODY, SIGNED_IN, refuses
from adapters.http.views.prescriptions import Prescription, PrescriptionRequest
from scheduling_core import errors
from scheduling_core.ids import AppointmentId


@put(
    "/prescription",
    operation_id="writePrescription",
    summary="Write a prescription",
    responses=refuses(
        *SIGNED_IN,
        *BODY,
        errors.NotFound,
        errors.IllegalTransition,
        errors.TooLate,
        errors.Outdated,
        errors.StorageBusy,
    ),
)
async def write(appointment_id: FromPath[UUID], data: JSONBody[PrescriptionRequest], call: Given[Call]) -> Prescription:
    """The doctor of a fulfilled visit; for a day it can be written anew, which `actions` tells."""
    written = await call.use.prescribe(
        call.actor,
        AppointmentId(appointment_id),
        medicines=[each.value() for each in data.medicines],
        advice=data.advice,
    )
    return Prescription.of(written)


@get(
    "/prescription",
    operation_id="readPrescription",
    summary="The prescription of a visit",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def read(appointment_id: FromPath[UUID], call: Given[Call]) -> Prescription:
    """For the patient and the doctor of the visit, and for nobody else."""
    printed = await call.use.read_prescription(call.actor, AppointmentId(appointment_id))
    return Prescription.of(printed.prescription)


@get(
    "/prescription.pdf",
    operation_id="readPrescriptionFile",
    summary="The prescription of a visit as PDF",
    media_type="application/pdf",
    responses=refuses(*SIGNED_IN, errors.NotFound),
)
async def file(appointment_id: FromPath[UUID], call: Given[Call]) -> Response[bytes]:
    """To keep and to show at a pharmacy."""
    drawn = await call.use.print_prescription(call.actor, AppointmentId(appointment_id))
    headers = {"Content-Disposition": 'attachment; filename="prescription.pdf"', "Cache-Control": "no-store"}
    return Response(drawn, media_type="application/pdf", headers=headers)


router = Router(
    "/appointments/{appointment_id:uuid}",
    route_handlers=[write, read, file],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["visit"],
)
