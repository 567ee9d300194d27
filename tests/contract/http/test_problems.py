"""Every refusal is a problem document, and every kind of refusal has one."""

from collections.abc import Iterator

import pytest
from litestar import Router, get
from litestar.exceptions import NotAuthorizedException, TooManyRequestsException
from litestar.params import FromPath

from adapters.http.problems import ALL, REFUSALS
from contract.http.front import Front, open_front
from scheduling_core import errors
from scheduling_core.errors import Refusal
from support.clock import MONDAY


def _kinds(base: type[Refusal]) -> Iterator[type[Refusal]]:
    yield base
    for kind in base.__subclasses__():
        yield from _kinds(kind)


CORE = [kind for kind in _kinds(Refusal) if kind.__module__ == errors.__name__]

STATUSES = {
    errors.InvalidInput: 400,
    errors.InvalidHours: 400,
    errors.RequestReused: 422,
    errors.SlotNotOffered: 422,
    errors.Unauthenticated: 401,
    errors.BadCredentials: 401,
    errors.SessionRevoked: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.SlotTaken: 409,
    errors.PatientBusy: 409,
    errors.RequestInFlight: 409,
    errors.ProviderUnavailable: 503,
    errors.StorageBusy: 503,
}


EXTENSIONS: dict[type[Refusal], dict[str, object]] = {
    errors.InvalidInput: {"errors": [{"field": "fee", "message": "Too low."}]},
    errors.InvalidHours: {"errors": [{"field": "fee", "message": "Too low."}]},
    errors.SlotNotOffered: {"reason": "notice"},
    errors.CannotErase: {"reason": "visits"},
    errors.CannotReschedule: {"reason": "too_late"},
    errors.TooEarly: {"opens_at": "2027-03-01T08:00:00Z"},
    errors.TooLate: {"closed_at": "2027-03-01T08:00:00Z"},
    errors.TimeOffConflicts: {"appointment_ids": ["one", "two"]},
}
"""What a machine needs to go on."""


def _raise(kind: type[Refusal]) -> Refusal:
    if kind in (errors.InvalidInput, errors.InvalidHours):
        return kind("fee", "Too low.")  # type: ignore[call-arg,arg-type]
    if kind is errors.SlotNotOffered:
        return errors.SlotNotOffered("notice")
    if kind is errors.CannotErase:
        return errors.CannotErase("visits")
    if kind is errors.CannotReschedule:
        return errors.CannotReschedule("too_late")
    if kind in (errors.TooEarly, errors.TooLate):
        return kind(MONDAY)
    if kind is errors.TimeOffConflicts:
        return errors.TimeOffConflicts(["one", "two"])
    return kind()


@get("/raise/{name:str}")
async def raising(name: FromPath[str]) -> None:
    if name == "framework-401":
        raise NotAuthorizedException
    if name == "framework-429":
        raise TooManyRequestsException
    if name == "crash":
        raise ZeroDivisionError("the secret of the day")
    raise _raise(getattr(errors, name))


ROUTERS = {"parts": {"routers": [Router("/api/test", route_handlers=[raising])]}}


@pytest.mark.parametrize("kind", CORE, ids=lambda kind: kind.__name__)
def test_knows_every_refusal_of_the_core(kind: type[Refusal]) -> None:
    assert kind in REFUSALS, "a refusal of the core has no problem type"
    assert REFUSALS[kind].status == STATUSES.get(kind, REFUSALS[kind].status)


async def test_tells_every_refusal_of_the_core() -> None:
    async with open_front(**ROUTERS) as front:
        for kind in CORE:
            answer = await front.http.get(f"/api/test/raise/{kind.__name__}")
            told = REFUSALS[kind]
            assert answer.json() == {
                "type": f"/problems/{told.slug}",
                "title": told.title,
                "status": answer.status_code,
                "detail": str(_raise(kind)),
                "instance": f"/api/test/raise/{kind.__name__}",
                **EXTENSIONS.get(kind, {}),
            }
            assert answer.status_code == told.status
            assert answer.headers["content-type"] == "application/problem+json"
            assert ("retry-after" in answer.headers) == (told.retry_after is not None)
            assert ("www-authenticate" in answer.headers) == (answer.status_code == 401)


async def test_tells_a_crash_without_its_details() -> None:
    async with open_front(**ROUTERS) as front:
        answer = await front.http.get("/api/test/raise/crash")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal-error")
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text


async def test_tells_what_the_framework_refuses_in_the_same_way() -> None:
    async with open_front(**ROUTERS) as front:
        limited = await front.http.get("/api/test/raise/framework-429")
        unknown = await front.http.get("/api/no/such/thing")
        wrong_method = await front.http.delete("/api/doctors")
        bad_parameter = await front.http.get("/api/doctors?limit=many")
    assert limited.json()["type"] == "/problems/too-many-requests"
    assert limited.headers["retry-after"]
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/not-found")
    assert (wrong_method.status_code, wrong_method.json()["type"]) == (405, "/problems/method-not-allowed")
    assert "GET" in wrong_method.headers["allow"]
    assert (bad_parameter.status_code, bad_parameter.json()["errors"][0]["field"]) == (400, "limit")
    for answer in (limited, unknown, wrong_method, bad_parameter):
        assert answer.headers["content-type"] == "application/problem+json"


async def test_takes_an_id_that_is_none_for_something_that_is_not_there(front: Front) -> None:
    for id in ("1", "not-a-uuid", "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d6", "..", "%00", "a" * 1000):
        answer = await front.http.get(f"/api/doctors/{id}/slots?from=2027-03-01&to=2027-03-02")
        assert (id, answer.status_code, answer.json()["type"]) == (id, 404, "/problems/not-found")


async def test_explains_every_problem_type_at_its_own_address(front: Front) -> None:
    for kind in ALL.values():
        told = (await front.http.get(kind.uri)).json()
        assert told == {"type": kind.uri, "title": kind.title, "status": kind.status, "meaning": kind.meaning}
    page = await front.http.get("/problems/slot-taken", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "choose another time" in page.text
    assert {each["type"] for each in (await front.http.get("/problems")).json()} == {kind.uri for kind in ALL.values()}
    assert (await front.http.get("/problems/no-such-problem")).status_code == 404


def test_gives_one_meaning_to_one_slug() -> None:
    kinds = {*REFUSALS.values(), *ALL.values()}
    assert len({kind.slug for kind in kinds}) == len(kinds)
