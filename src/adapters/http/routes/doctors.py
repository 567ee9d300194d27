"""Finding a doctor and a time: open to everybody."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.config.compression import CompressionConfig
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, HeaderParameter, QueryParameter

from adapters.http import problems
from adapters.http.auth import ONLY_COUNTED, OPEN
from adapters.http.call import Call, Given
from adapters.http.cursors import read_place
from adapters.http.documents import refuses
from adapters.http.kept_answers import KeptAnswer
from adapters.http.routes.parameters import IMMEDIATE, Cursor, FirstDay, LastDay, PageSize
from adapters.http.views.doctors import DoctorDetail, DoctorPage, FeedbackPage, SpecializationCount, Suggestions
from adapters.http.views.fields import read_instant, sound_days
from adapters.http.views.slots import Slots
from scheduling_core import errors
from scheduling_core.ids import DoctorId
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.use_cases.directory import (
    Sort,
)

_Fee = Annotated[
    int | None,
    QueryParameter(ge=0, le=100_000_000, schema_extra={"minimum": 0}, description="Minor units, before tax."),
]
_Word = Annotated[str | None, QueryParameter(max_length=100)]


@get(
    "/specializations",
    operation_id="listSpecializations",
    summary="Specializations of listed doctors",
    responses=refuses(),
)
async def specializations(call: Given[Call]) -> list[SpecializationCount]:
    """By name, each with how many doctors there are."""
    return [SpecializationCount(name=each.name, doctors=each.count) for each in await call.use.list_specializations()]


@get("/doctors", operation_id="findDoctors", summary="Find doctors", responses=refuses(problems.VALIDATION))
async def doctors(
    call: Given[Call],
    request: Request[Any, Any, Any],
    q: Annotated[str, QueryParameter(max_length=200, description="Words of a name or a specialization.")] = "",
    specialization: _Word = None,
    max_fee: _Fee = None,
    min_rating: Annotated[float | None, QueryParameter(ge=0, le=5, schema_extra={"minimum": 0})] = None,
    language: _Word = None,
    available_before: Annotated[
        str | None, QueryParameter(schema_extra={"format": "date-time"}, description="Free before this instant.")
    ] = None,
    sort: Annotated[
        Sort | None, QueryParameter(description="The order: `relevance` where `q` is given, else `next_free`.")
    ] = None,
    cursor: Cursor = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
) -> Response[DoctorPage]:
    """Every filter narrows; counts and facets are of all that fit. Slips in `q` are forgiven where nobody fits it as it is."""
    wanted = DoctorFilter(
        text=q, specialization=specialization, max_fee=max_fee, min_rating=min_rating, language=language
    )
    before = read_instant(available_before, "available_before") if available_before else None
    answer = await call.search_answers(wanted, before=before, sort=sort, after=cursor, limit=limit)
    return _sent(answer, request, {})


@get(
    "/doctors/suggest",
    operation_id="suggestDoctors",
    summary="What somebody who is typing may mean",
    responses=refuses(problems.VALIDATION),
)
async def suggest(
    call: Given[Call],
    q: Annotated[str, QueryParameter(max_length=200, description="What was typed so far.")] = "",
) -> Suggestions:
    """A few specializations and doctors. Slips are forgiven where nobody fits as it was typed."""
    return Suggestions.of(await call.use.suggest_doctors(q))


@get(
    "/doctors/{doctor_id:uuid}",
    operation_id="readDoctor",
    summary="One doctor",
    responses=refuses(errors.NotFound),
)
async def doctor(doctor_id: FromPath[UUID], call: Given[Call]) -> DoctorDetail:
    """A listed doctor, with the terms of a visit."""
    try:
        found = await call.use.read_doctor(DoctorId(doctor_id))
    except errors.NotFound:
        call.introductions.forget(doctor_id)
        raise
    call.introductions.meet(doctor_id, found.listed.doctor.name)
    return DoctorDetail.of(found, call.settings.terms)


@get(
    "/doctors/{doctor_id:uuid}/feedback",
    operation_id="readDoctorFeedback",
    summary="What patients said of a doctor",
    responses=refuses(errors.NotFound, problems.VALIDATION, problems.BAD_CURSOR),
)
async def feedback(
    doctor_id: FromPath[UUID], call: Given[Call], cursor: Cursor = None, limit: PageSize = 20
) -> FeedbackPage:
    """Newest first; who wrote it is not told."""
    found = await call.use.read_feedback(DoctorId(doctor_id), after=read_place(cursor), limit=limit + 1)
    return FeedbackPage.of(found, limit=limit)


@get(
    "/doctors/{doctor_id:uuid}/slots",
    operation_id="findSlots",
    summary="A doctor's slots",
    responses={
        304: ResponseSpec(None, description="Nothing has changed."),
        **refuses(errors.NotFound, problems.VALIDATION),
    },
)
async def slots(
    doctor_id: FromPath[UUID],
    first: FirstDay,
    last: LastDay,
    call: Given[Call],
    request: Request[Any, Any, Any],
    if_none_match: Annotated[str | None, HeaderParameter(name="If-None-Match")] = None,
) -> Response[Slots | None]:
    """Free, held and booked ones, in order. They change without being written to: see `valid_until`."""
    first, last = sound_days(first, last)
    tag, answer = await call.slot_answers(DoctorId(doctor_id), first, last, if_none_match)
    headers = {"ETag": str(tag)}
    if answer is None:
        return Response(None, status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
    return _sent(answer, request, headers)


def _sent(answer: KeptAnswer[Any], request: Request[Any, Any, Any], headers: Mapping[str, str]) -> Response[Any]:
    """Bytes that are the JSON of the shape, compressed for those who read that."""
    gzipped = answer.compressed() if "gzip" in request.headers.get("accept-encoding", "") else None
    body = gzipped or answer.body
    # Litestar would find out the first two by looking through all headers for each, which takes four microseconds.
    written = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Vary": "Accept-Encoding",
        **headers,
    }
    return Response(body, headers=written if gzipped is None else {**written, "Content-Encoding": "gzip"})


# Only public answers are compressed: none of them holds a secret that its length could betray.
_compressed = DefineMiddleware(
    CompressionMiddleware, config=CompressionConfig(backend="gzip", minimum_size=1024, gzip_compress_level=5)
)

router = Router(
    "/",
    route_handlers=[
        Router("/", route_handlers=[specializations, suggest, doctor, feedback], middleware=[_compressed]),
        # Their answers are kept, and so are their compressed forms.
        doctors,
        slots,
    ],
    response_headers=IMMEDIATE,
    security=OPEN,
    opt=ONLY_COUNTED,
    tags=["finding"],
)
