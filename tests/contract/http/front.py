"""The product over HTTP as tests use it: real use cases over memory storage, simulated providers, a clock that obeys."""

import json
from collections.abc import AsyncIterator, Hashable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from litestar import Litestar

from adapters.documents.printed import PrintedDocuments
from adapters.http import HttpParts, HttpSettings, UseCases, create_app
from adapters.http.kept_answers import KeptAnswers
from adapters.identity.access_tokens import JwtAccessTokens
from adapters.identity.jwt_keys import JwtKeys, generate_keys
from adapters.identity.passwords import Argon2Passwords
from adapters.identity.simulator import SimulatedIdentity
from adapters.payments.signatures import sign
from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.patient import Patient
from scheduling_core.use_cases import administration
from support.clinic import SEALS, SECRET, TERMS, Clinic
from support.clock import ManualClock
from wiring.use_cases import Parts, use_cases

PUBLIC_URL = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery"
ADMIN_EMAIL = "admin@clinic.example.com"
_KEYS = JwtKeys.parse(generate_keys())


class Front:
    """One running product and a browser-like client of it; everything behind it can be looked at and moved."""

    kept_answers: KeptAnswers
    use_cases: "Substitute"

    def __init__(self, app: Litestar, clinic: Clinic, tokens: JwtAccessTokens, identity: SimulatedIdentity) -> None:
        self.app, self.clinic, self.tokens, self.identity = app, clinic, tokens, identity
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
            base_url=PUBLIC_URL,
        )

    def token(self, actor: Actor) -> dict[str, str]:
        """The header that signs a request as this actor."""
        token, _ = self.tokens.issue(actor, now=self.clinic.clock.now())
        return {"Authorization": f"Bearer {token}"}

    def as_patient(self, patient: Patient) -> dict[str, str]:
        return self.token(Actor.patient(patient.id))

    def as_doctor(self, doctor: Doctor) -> dict[str, str]:
        return self.token(Actor.doctor(doctor.id))

    async def administrator(self, email: str = ADMIN_EMAIL) -> dict[str, str]:
        """A new administrator's header."""
        create = administration.CreateAdministrator(self.clinic.storage, self.clinic.chance, Argon2Passwords())
        who = await create(name="Ada Admin", email=email, password=PASSWORD, time_zone="UTC")
        return self.token(Actor.administrator(who.id))

    async def post(self, path: str, body: object = None, *, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return await self.http.post(path, json=body, headers=dict(headers or {}))

    async def hold(
        self, patient: Patient, doctor_id: object, starts_at: str, *, key: str = "k", **more: Any
    ) -> httpx.Response:
        """POST /api/appointments, in the name of this patient."""
        body = {"doctor_id": str(doctor_id), "starts_at": starts_at, **more}
        return await self.post("/api/appointments", body, headers={**self.as_patient(patient), "Idempotency-Key": key})

    async def webhook(self, ref: str, *, secret: str = SECRET, age: timedelta = timedelta(0)) -> httpx.Response:
        """A signed event of the payment provider about one checkout."""
        event = {"id": str(self.clinic.chance.new_id()), "type": "checkout.session.completed", "livemode": False}
        body = json.dumps({**event, "data": {"object": {"id": ref}}}).encode()
        signature = sign(body, [secret], at=self.clinic.clock.now() - age)
        return await self.http.post("/api/webhooks/payments", content=body, headers={"Stripe-Signature": signature})

    def stored(self) -> dict[str, dict[Hashable, object]]:
        """All committed rows of every table: equal before and after means that nothing was written."""
        storage = self.clinic.storage
        assert isinstance(storage, MemoryStorage)
        return storage.committed()

    async def come_back(self, start: httpx.Response, *, email: str, name: str = "Lena Koch") -> str:
        """What the provider's page answers a person who chose this account: the path and query of the callback."""
        query = dict(httpx.QueryParams(urlsplit(start.headers["location"]).query))
        back = await self.identity.grant(query, email=email, name=name)
        parts = urlsplit(back)
        return f"{parts.path}?{parts.query}"


@asynccontextmanager
async def open_front(**changes: Any) -> AsyncIterator[Front]:
    """A running product. `changes` are of HttpSettings, but for `parts`, which are of HttpParts."""
    clock = ManualClock()
    clinic = Clinic(MemoryStorage(clock), clock)
    tokens = JwtAccessTokens(_KEYS, issuer="openhours", audience="openhours")
    public_url = changes.get("public_url", PUBLIC_URL)
    identity = SimulatedIdentity(clinic.state, clinic.faults, clock, public_url=public_url)
    documents = PrintedDocuments()
    wired = _use_cases(clinic, tokens, identity, documents)
    with _building(changes) as building:
        building.use_cases.stands_for, building.clock.stands_for = wired, clock
        building.kept_answers.clear()
        front = Front(building.app, clinic, tokens, identity)
        front.kept_answers = building.kept_answers
        front.use_cases = building.use_cases
        try:
            yield front
        finally:
            documents.close()
            await front.http.aclose()
            await clinic.close()


class Substitute:
    """Has every attribute of the object that it stands for at the moment."""

    stands_for: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stands_for, name)


class Building:
    """An application whose use cases and clock can be exchanged: to make one takes longer than most tests."""

    def __init__(self, changes: Mapping[str, Any]) -> None:
        self.use_cases, self.clock, self.kept_answers = Substitute(), Substitute(), KeptAnswers()
        parts = changes.get("parts", {})
        settings = HttpSettings(
            **{
                "public_url": PUBLIC_URL,
                "production": False,
                "rate_limits": False,
                "terms": TERMS,
                "version": "1",
                **{name: value for name, value in changes.items() if name != "parts"},
            }
        )
        tokens = JwtAccessTokens(_KEYS, issuer="openhours", audience="openhours")
        given = {"use_cases": self.use_cases, "settings": settings, "tokens": tokens, "clock": self.clock}
        given["kept_answers"] = self.kept_answers
        self.app = create_app(HttpParts(**{**given, "ticks": lambda: 0.0, **parts}))


_EMPTY: list[Building] = []
"""Those with the usual settings in which nobody is at the moment."""


@contextmanager
def _building(changes: Mapping[str, Any]) -> Iterator[Building]:
    if changes:
        yield Building(changes)
        return
    building = _EMPTY.pop() if _EMPTY else Building({})
    yield building
    _EMPTY.append(building)


def _use_cases(
    clinic: Clinic, tokens: JwtAccessTokens, identity: SimulatedIdentity, documents: PrintedDocuments
) -> UseCases:
    """As the product wires them, over what the clinic has."""
    parts = Parts(
        storage=clinic.storage,
        spare_storage=clinic.storage,
        clock=clinic.clock,
        chance=clinic.chance,
        terms=clinic.terms,
        seals=SEALS,
        texts=False,
        payments=clinic.payments,
        calendar=clinic.rooms,
        called=clinic.called,
        identity=identity,
        photo_keeper=clinic.album,
        documents=documents,
        tokens=tokens,
        passwords=Argon2Passwords(),
        read_busy_times=clinic.read_busy_times,
        hold_slot=clinic.hold_slot,
        open_checkout=clinic.open_checkout,
        decide_doctor=administration.DecideDoctor(clinic.storage, clinic.chance),
    )
    return use_cases(parts, once=lambda what, *over, **named: what(*over, **named))


def cookies_of(answer: httpx.Response) -> SimpleCookie:
    """The cookies that an answer sets, with their attributes."""
    jar = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        jar.load(header)
    return jar


def query(**parameters: object) -> str:
    """A query string; `from_` stands for `from`."""
    return "?" + urlencode({name.rstrip("_"): value for name, value in parameters.items()})
