"""Whatever is sent, the answer is one that the API document describes, and never a crash."""

import asyncio
import json
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from adapters.http import openapi_document
from contract.http.front import PUBLIC_URL, Front, open_front
from contract.http.world import MINE, World, a_world

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ROLES = ("anonymous", "patient", "doctor", "administrator")


@pytest.mark.parametrize("role", ROLES)
def test_answers_nothing_that_is_not_described(role: str) -> None:
    with asyncio.Runner() as runner:
        opened = open_front()
        front = runner.run(opened.__aenter__())
        try:
            world = runner.run(a_world(front))
            schema = schemathesis.openapi.from_dict(json.loads(openapi_document(front.app)))
            for found in schema.get_all_operations():
                fuzz(runner, world, found.ok(), role)
        finally:
            runner.run(opened.__aexit__(None, None, None))


def fuzz(runner: asyncio.Runner, world: World, operation: Any, role: str) -> None:
    """Some good and some bad requests for one operation, about what there is and about what there is not."""
    # Whoever is nobody is turned away from most operations before anything is read.
    examples = 3 if role == "anonymous" else 5

    @settings(max_examples=examples, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
    @given(case=operation.as_strategy(), real=st.booleans())
    def one(case: Any, real: bool) -> None:
        for name in case.path_parameters or {}:
            if real and name in MINE:
                case.path_parameters[name] = MINE[name].format(w=world)
        sent = case.as_transport_kwargs(base_url=PUBLIC_URL)
        sent["headers"] = {**{k: v for k, v in sent["headers"].items() if v is not None}, **world.headers[role]}
        sent.pop("cookies", None)
        answer = runner.run(_request(world.front, sent))
        case.validate_response(answer, checks=CHECKS)

    one()


async def _request(front: Front, sent: dict[str, Any]) -> httpx.Response:
    return await front.http.request(**sent)
