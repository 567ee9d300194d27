"""Who may do what: every operation of the API document, asked for by each kind of person, with what is theirs and not."""

import json
from typing import Any

import pytest

from adapters.http import openapi_document
from contract.http.front import Front, open_front
from contract.http.matrix import MATRIX
from contract.http.world import ACTORS, MINE, a_world

REFUSED = {401, 403, 404}
HOW_TO = """
tests/contract/http/matrix.py does not know every operation. Add these lines to MATRIX, with the statuses that are right
({actors}; REPLACE what says so, with a new field of World if need be):

{lines}
"""


async def test_has_a_row_for_every_operation(front: Front) -> None:
    missing = [line for id, line in _lines(front).items() if id not in MATRIX]
    assert not missing, HOW_TO.format(actors=", ".join(ACTORS), lines="\n".join(missing))


async def test_has_no_row_for_an_operation_that_is_gone(front: Front) -> None:
    assert MATRIX.keys() <= _lines(front).keys()


@pytest.mark.parametrize("operation", MATRIX)
async def test_lets_each_do_what_is_theirs_and_nothing_else(operation: str) -> None:
    ask, expected = MATRIX[operation]
    found: dict[str, int] = {}
    async with open_front() as front:
        world = None
        for actor, status in zip(ACTORS, expected, strict=True):
            world = world or await a_world(front)
            before = front.stored()
            found[actor] = await ask(world, actor)
            if front.stored() != before:
                assert status not in REFUSED, f"{actor} was refused {operation} and still changed something"
                world = None
    assert found == dict(zip(ACTORS, expected, strict=True))


def _lines(front: Front) -> dict[str, str]:
    """The line of the matrix for each operation of the document, as far as the document tells."""
    document = json.loads(openapi_document(front.app))
    return {
        operation["operationId"]: _line(method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "operationId" in operation
    }


def _line(method: str, path: str, operation: dict[str, Any]) -> str:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            name = parameter["name"]
            path = path.replace(f"{{{name}}}", MINE.get(name, "{w.REPLACE}"))
    body = ', {"REPLACE": 1}' if operation.get("requestBody", {}).get("required") else ""
    ask = f'get("{path}")' if method == "get" else f'send("{method.upper()}", "{path}"{body})'
    done = min(int(status) for status in operation["responses"])
    guess = (401, *[done] * 5) if operation["security"] == [{"bearer": []}] else f"everybody({done})"
    return f'    "{operation["operationId"]}": ({ask}, {guess}),'
