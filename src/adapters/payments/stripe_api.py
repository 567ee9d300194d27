"""One request to Stripe's API, and what its status means. Retries, deadlines and places are those of `Calls`."""

from collections.abc import Iterator, Mapping

import httpx

from adapters.kit.answers import bounded, trouble_in
from adapters.kit.calls import NotLetIn
from adapters.payments.stripe_objects import ErrorAnswer, Refused, plain_code, read
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ports.system import Clock

NAME = "stripe"
VERSION = "2026-10-28.endive"
"""Of the API, whatever the account's own default is: answers keep the form that is read here."""

LONGEST_ANSWER = 8_388_608
"""Far more bytes than a page of a hundred sessions are."""

Value = str | int | bool | Mapping[str, "Value"] | list["Value"]
Parameters = Mapping[str, Value]


class StripeApi:
    """The HTTP client of one account. Raises ProviderUnavailable, ProviderFailed or ProviderRefused with Stripe's code.

    What Stripe says in words goes no further than this: it may name a card or a person.
    """

    def __init__(self, clock: Clock, *, base: str, secret_key: str, account: str | None, seconds: float) -> None:
        self._clock = clock
        headers = {"Authorization": f"Bearer {secret_key}", "Stripe-Version": VERSION}
        if account is not None:
            headers["Stripe-Account"] = account
        # A server of this machine, which a peer is, is no matter of proxies and certificates.
        far = base.startswith("https://")
        self._client = httpx.AsyncClient(base_url=base, headers=headers, timeout=seconds, trust_env=far, verify=far)

    async def get(self, path: str, parameters: Parameters | None = None) -> bytes:
        return await self._send("GET", path, params=dict(_flat(parameters or {})))

    async def post(self, path: str, parameters: Parameters, *, key: str) -> bytes:
        """Under an idempotency key: however often it is sent, it happens once."""
        form = dict(_flat(parameters))
        return await self._send("POST", path, data=form, headers={"Idempotency-Key": key})

    async def close(self) -> None:
        await self._client.aclose()

    async def _send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        asked = self._client.stream(method, path, params=params or None, data=data, headers=headers)
        try:
            async with asked as answer:
                body = await bounded(answer, LONGEST_ANSWER, "Stripe")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderUnavailable(f"Stripe could not be reached ({type(error).__name__})") from error
        trouble = trouble_in("Stripe", answer.status_code, answer.headers, now=self._clock.now())
        if trouble is not None:
            raise trouble
        if answer.is_success:
            return body
        raise _refusal(answer, body)


def _refusal(answer: httpx.Response, body: bytes) -> ProviderUnavailable | ProviderRefused:
    status = answer.status_code
    if status == 403:
        return NotLetIn("Stripe's key may not do this (403): give it the permissions that docs/providers.md lists")
    if status == 409:
        return ProviderUnavailable("Stripe is still busy with the same request (409)")
    said = read(body, ErrorAnswer).error
    return ProviderRefused(_code(said), f"Stripe refused it ({status}, {_code(said)}, {_where(answer, said)})")


def _code(said: Refused) -> str:
    if said.type == "idempotency_error":
        return "key_reused"
    return plain_code(said.decline_code or said.code or said.type)


def _where(answer: httpx.Response, said: Refused) -> str:
    """By what the clinic finds the request in Stripe's dashboard."""
    return f"request {plain_code(answer.headers.get('request-id', '').lower())}, parameter {plain_code(said.param)}"


def _flat(parameters: Parameters) -> Iterator[tuple[str, str]]:
    """As Stripe's forms want them: `a[b][0]=…`."""

    def under(name: str, value: Value) -> Iterator[tuple[str, str]]:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                yield from under(f"{name}[{key}]", inner)
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from under(f"{name}[{number}]", inner)
        elif isinstance(value, bool):
            yield name, str(value).lower()
        else:
            yield name, str(value)

    for name, value in parameters.items():
        yield from under(name, value)
