"""People who ask without a pause, and what they were answered."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx


@dataclass
class Traffic:
    """`answers` by what was asked and its status; `tokens` are used in turn."""

    url: str
    doctor_id: str
    tokens: list[str]
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    held: list[str] = field(default_factory=list)

    @property
    def failures(self) -> dict[tuple[str, int], int]:
        return {asked: times for asked, times in self.answers.items() if asked[1] >= 400}

    def count(self) -> int:
        return sum(self.answers.values())

    async def read(self, client: httpx.AsyncClient, number: int) -> None:
        """Somebody signed in looks at themselves and at a doctor's times."""
        while True:
            token = self.tokens[number % len(self.tokens)]
            await self._ask(client, "GET", "/api/me", token)
            await self._ask(client, "GET", f"/api/doctors/{self.doctor_id}", None)
            number += 1

    async def book(self, client: httpx.AsyncClient, starts: list[str]) -> None:
        """One after the other holds a time, and then another: fewer than they may in a day."""
        for number, start in enumerate(starts):
            token, key = self.tokens[number % len(self.tokens)], {"Idempotency-Key": f"traffic-{number}"}
            body = {"doctor_id": self.doctor_id, "starts_at": start}
            held = await self._ask(client, "POST", "/api/appointments", token, body, key)
            if held is not None:
                self.held.append(held["id"])
            await asyncio.sleep(1)

    async def _ask(
        self,
        client: httpx.AsyncClient,
        method: str,
        path: str,
        token: str | None,
        body: object = None,
        headers: dict[str, str] | None = None,
    ) -> dict[str, str] | None:
        named = {**(headers or {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        try:
            answer = await client.request(method, self.url + path, json=body, headers=named)
        except httpx.HTTPError:
            self.answers[method, 599] += 1
            return None
        self.answers[method, answer.status_code] += 1
        # Leave the processor to those who are to be measured.
        await asyncio.sleep(0.5)
        return dict(answer.json()) if answer.status_code == 201 else None


@asynccontextmanager
async def flowing(traffic: Traffic, starts: list[str]) -> AsyncIterator[Traffic]:
    """It flows for as long as the block lasts."""
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        asking = [asyncio.ensure_future(traffic.read(client, number)) for number in range(2)]
        asking.append(asyncio.ensure_future(traffic.book(client, starts)))
        try:
            yield traffic
        finally:
            for each in asking:
                each.cancel()
            ended = await asyncio.gather(*asking, return_exceptions=True)
    for each in ended:
        if isinstance(each, Exception):
            raise each
