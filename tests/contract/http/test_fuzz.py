"""Whatever is sent, the answer is one that the API document describes, and never a crash."""

import asyncio
import json
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from adapters.http import openapi_document
from contract.http.front import PUBLIC_URL, Front, open_front

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ROLES = ("anonymous", "patient", "doctor", "administrator")


async def headers_of(front: Front, role: str) -> dict[str, str]:
    match role:
        case "patient":
            return front.as_patient(await front.clinic.patient())
        case "doctor":
            return front.as_doctor(await front.clinic.doctor())
        case "administrator":
            return await front.administrator()
        case _:
            return {}


@pytest.mark.parametrize("role", ROLES)
def test_answers_nothing_that_is_not_described(role: str) -> None:
    with asyncio.Runner() as runner:
        opened = open_front()
        front = runner.run(opened.__aenter__())
        try:
            headers = runner.run(headers_of(front, role))
            schema = schemathesis.openapi.from_dict(json.loads(openapi_document(front.app)))
            for found in schema.get_all_operations():
                fuzz(runner, front, found.ok(), headers)
        finally:
            runner.run(opened.__aexit__(None, None, None))


def fuzz(runner: asyncio.Runner, front: Front, operation: Any, headers: dict[str, str]) -> None:
    """Some good and some bad requests for one operation."""

    @settings(max_examples=6, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
    @given(case=operation.as_strategy())
    def one(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url=PUBLIC_URL)
        sent["headers"] = {**{k: v for k, v in sent["headers"].items() if v is not None}, **headers}
        sent.pop("cookies", None)
        answer = runner.run(_request(front, sent))
        case.validate_response(answer, checks=CHECKS)

    one()


async def _request(front: Front, sent: dict[str, Any]) -> httpx.Response:
    return await front.http.request(**sent)
