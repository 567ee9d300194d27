"""Ordering faults over HTTP. To be mounted in development alone."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.exceptions import HTTPException

from adapters.kit.faults import CAN_HAVE, Fault, Faults
from adapters.kit.pages import ROOT
from scheduling_core.errors import InvalidInput


class FaultOrder(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`seconds` is how long a timeout hangs."""

    port: str
    fault: Fault
    times: int = 1
    seconds: float | None = None


def faults_router(faults: Faults) -> Router:
    """POST /simulator/faults orders one, GET lists what is still to happen and what each port can have.

    It takes application/json and nothing else, which no foreign site can make a browser send without asking first.
    """

    async def ordered(status: int) -> Response[Any]:
        waiting = [
            {"port": each.port, "fault": each.fault, "times": each.times, "seconds": each.seconds}
            for each in await faults.ordered()
        ]
        return Response({"ordered": waiting, "possible": CAN_HAVE}, status_code=status)

    @get("/faults")
    async def show() -> Response[Any]:
        return await ordered(200)

    @post("/faults", status_code=200)
    async def order(request: Request[Any, Any, Any]) -> Response[Any]:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPException(status_code=415, detail="Send application/json.")
        try:
            wanted = msgspec.json.decode(await request.body(), type=FaultOrder)
        except msgspec.MsgspecError as error:
            raise InvalidInput("body", str(error)) from error
        await faults.order(wanted.port, wanted.fault, times=wanted.times, seconds=wanted.seconds)
        return await ordered(200)

    return Router(path=ROOT, route_handlers=[show, order], include_in_schema=False)
