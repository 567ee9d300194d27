"""The OpenAPI document: what the web client is generated from, so every word of it counts."""

import asyncio
import importlib
import json
import pkgutil
from typing import Any

import msgspec
import pytest

from adapters.http import openapi_document, views
from adapters.http.examples import EXAMPLES
from adapters.http.problems import ALL
from adapters.http.views.appointment_parts import PaymentState
from adapters.http.views.endings import KINDS
from contract.http.front import Front, open_front
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.transitions import TRANSITIONS, Status

METHODS = {"get", "put", "post", "patch", "delete"}
SHAPES = {
    name: shape
    for module in pkgutil.iter_modules(views.__path__)
    for name, shape in vars(importlib.import_module(f"{views.__name__}.{module.name}")).items()
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct)
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    async def written() -> dict[str, Any]:
        async with open_front() as front:
            return json.loads(openapi_document(front.app))

    return asyncio.run(written())


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


async def test_is_the_same_bytes_each_time_and_the_ones_that_are_served(front: Front) -> None:
    async with open_front() as other:
        assert openapi_document(front.app) == openapi_document(other.app)
    served = await front.http.get("/schema/openapi.json")
    assert served.content == openapi_document(front.app)
    assert served.headers["content-type"].startswith("application/json")


def test_describes_every_operation_whole(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids)) > 30
    for method, path, operation in operations(document):
        assert operation["summary"], (method, path)
        assert operation["description"], (method, path)
        assert operation["tags"], (method, path)
        assert operation["security"], (method, path)
        for status, answer in operation["responses"].items():
            assert answer["description"], (method, path, status)
            if int(status) >= 400 and path != "/health/ready":
                assert list(answer["content"]) == ["application/problem+json"], (method, path, status)
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert content["schema"], (method, path)


def test_asks_for_a_token_exactly_where_one_is_needed(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        needs_token = operation["security"] == [{"bearer": []}]
        assert needs_token == ("401" in operation["responses"] and not path.startswith("/api/auth")), (method, path)


def test_documents_only_problems_that_exist_and_all_that_do(document: dict[str, Any]) -> None:
    told = {
        word.strip("`:").removeprefix("/problems/")
        for _, _, operation in operations(document)
        for answer in operation["responses"].values()
        for word in answer["description"].split()
        if word.startswith("`/problems/")
    }
    assert told <= ALL.keys()
    # A base class of refusals is never raised itself; a wrong method or host, or a full house, belongs to no operation.
    never = {"refused", "invalid", "conflict", "time-off-conflicts", "method-not-allowed", "wrong-host", "overloaded"}
    assert ALL.keys() - told == never


def test_closes_every_request_to_unknown_fields(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for _, path, operation in operations(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            if reference := content["schema"].get("$ref"):
                assert schemas[reference.rpartition("/")[2]]["additionalProperties"] is False, path


def test_requires_the_request_key_where_it_is_required(document: dict[str, Any]) -> None:
    keyed = {
        (method, path): parameter["required"]
        for method, path, operation in operations(document)
        for parameter in operation.get("parameters", [])
        if parameter["name"] == "Idempotency-Key"
    }
    assert keyed == {
        ("post", "/api/admin/doctors/{doctor_id}/approve"): False,
        ("post", "/api/admin/doctors/{doctor_id}/reject"): False,
        ("post", "/api/admin/doctors/{doctor_id}/suspend"): False,
        ("post", "/api/admin/payments/{payment_id}/resolve"): False,
        ("post", "/api/admin/tasks/{task_id}/retry"): False,
        ("post", "/api/admin/reports/{report_id}/close"): False,
        ("post", "/api/reports"): False,
        ("post", "/api/appointments"): True,
        ("post", "/api/appointments/{appointment_id}/cancel"): False,
        ("post", "/api/appointments/{appointment_id}/accept"): False,
        ("post", "/api/appointments/{appointment_id}/follow-up"): False,
        ("post", "/api/waitlist"): False,
        ("post", "/api/appointments/{appointment_id}/reschedule"): False,
        ("post", "/api/appointments/{appointment_id}/arrive"): False,
        ("post", "/api/appointments/{appointment_id}/fulfil"): False,
        ("post", "/api/appointments/{appointment_id}/no-show"): False,
        ("post", "/api/appointments/{appointment_id}/undo-no-show"): False,
        ("post", "/api/appointments/{appointment_id}/doctor-absent"): False,
        ("post", "/api/appointments/{appointment_id}/doctor-absent/reject"): False,
        ("post", "/api/appointments/{appointment_id}/void"): False,
        ("post", "/api/admin/doctors/{doctor_id}/cancel-visits"): False,
        ("post", "/api/auth/doctors"): False,
        ("post", "/api/doctor/time-off"): False,
        ("post", "/api/patient/dependants"): False,
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_shows_examples_that_are_true(document: dict[str, Any], name: str) -> None:
    assert document["components"]["schemas"][name]["examples"] == [EXAMPLES[name]]
    text = msgspec.json.encode(EXAMPLES[name])
    shown = msgspec.json.decode(text, type=SHAPES[name], strict=True)
    assert msgspec.json.decode(msgspec.json.encode(shown)).items() >= EXAMPLES[name].items()


def test_names_schemas_as_people_would(document: dict[str, Any]) -> None:
    for name in document["components"]["schemas"]:
        assert name.isalnum(), name
        assert not name.startswith("Litestar"), name


def test_resolves_every_reference(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    names = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= document["components"]["schemas"].keys()


async def test_shows_the_same_on_a_page_that_loads_nothing(front: Front) -> None:
    page = await front.http.get("/schema")
    assert page.headers["content-type"].startswith("text/html")
    for forbidden in ("<script", "http://", "https://", "<link", "<img"):
        assert forbidden not in page.text
    for _, path, _ in operations(json.loads(openapi_document(front.app))):
        assert path in page.text


def test_has_a_word_for_every_state_of_the_core() -> None:
    assert {state.value for state in PaymentState} == {"not_required", *(status.value for status in PaymentStatus)}
    ends = {verb for (_, verb), transition in TRANSITIONS.items() if transition.to is Status.CANCELLED}
    assert KINDS.keys() == ends
