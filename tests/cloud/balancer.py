"""A load balancer: one instance after the other, none that is being drained."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import httpx

from servers.http import Misbehaviour, Reply, Request, serving

_ITS_OWN = frozenset(
    {"connection", "content-length", "transfer-encoding", "content-encoding", "host", "accept-encoding"}
)


class Balancer:
    """`url` is where people ask. Instances are added once they are healthy, and drained before they end."""

    def __init__(self) -> None:
        self.url = ""
        self.instances: list[str] = []
        self.in_flight: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()
        self._turns = count()

    def is_drained(self, instance: str) -> bool:
        return not self.in_flight[instance]

    async def forward(self, client: httpx.AsyncClient, request: Request) -> Reply | Misbehaviour:
        instance = self.instances[next(self._turns) % len(self.instances)]
        self.in_flight[instance] += 1
        try:
            headers = {name: value for name, value in request.headers.items() if name not in _ITS_OWN}
            headers["host"] = request.headers["host"]
            target = f"{instance}{request.path}" + (f"?{request.query}" if request.query else "")
            answer = await client.request(request.method, target, headers=headers, content=request.body)
        except httpx.HTTPError:
            self.answers[502] += 1
            return Reply(status=502)
        finally:
            self.in_flight[instance] -= 1
        self.answers[answer.status_code] += 1
        kept = {name: value for name, value in answer.headers.items() if name not in _ITS_OWN}
        return Reply(status=answer.status_code, body=answer.content, headers=kept)


@asynccontextmanager
async def balancer() -> AsyncIterator[Balancer]:
    made = Balancer()
    # It keeps no connection: one that an instance closes at the end of its life would be ours to explain.
    limits = httpx.Limits(max_keepalive_connections=0)
    async with (
        httpx.AsyncClient(trust_env=False, timeout=60, limits=limits) as client,
        serving(lambda request: made.forward(client, request)) as made.url,
    ):
        yield made
