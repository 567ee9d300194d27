"""Tokens, keys and publications that no honest provider makes, from one that signs whatever it likes; and how it fails."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from structlog.testing import capture_logs

from adapters.identity.google import GoogleIdentity
from adapters.identity.id_tokens import NotVouched
from adapters.identity.openid_provider import ASK_AGAIN_AFTER, LONGEST_KEPT, METADATA_LIFE, SHORTEST_KEPT
from adapters.kit.breaker import Breaker
from contract.identity.conftest import a_ticket, google_identity, some_calls
from contract.identity.forger import SECONDS, Forger, a_key, forging, published
from scheduling_core.errors import ProviderFailed, ProviderUnavailable
from servers.wire import Break, Fault, Reply
from support.clock import ManualClock

Token = Callable[[Forger], str]


@pytest.fixture
def forger() -> Iterator[Forger]:
    with forging() as forger:
        yield forger


@pytest.fixture
async def google(forger: Forger, clock: ManualClock) -> AsyncIterator[GoogleIdentity]:
    async with google_identity(forger.issuer, clock) as google:
        yield google


def unsigned(forger: Forger, algorithm: str) -> str:
    _, payload, _ = forger.token().split(".")
    kid = {"alg": algorithm, "typ": "JWT", "kid": "a"}
    return f"{jwt.utils.base64url_encode(json.dumps(kid).encode()).decode()}.{payload}."


def hs256_with_the_public_key(forger: Forger) -> str:
    pem = a_key("a").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = jwt.utils.base64url_encode(json.dumps({"alg": "HS256", "kid": "a"}).encode()).decode()
    signed = f"{head}.{forger.token().split('.')[1]}"
    digest = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    # By hand, since the library refuses to use a public key so.
    return f"{signed}.{jwt.utils.base64url_encode(digest.sign(signed.encode(), pem.hex().encode())).decode()}"


FORGERIES: dict[str, Token] = {
    "no token": lambda _: "nonsense",
    "giant": lambda forger: forger.token(name="n" * 20_000),
    "not ASCII": lambda forger: forger.token() + "ü",
    "alg none": lambda forger: unsigned(forger, "none"),
    "alg None": lambda forger: unsigned(forger, "None"),
    "without a signature": lambda forger: unsigned(forger, "RS256"),
    "HS256 with the public key": hs256_with_the_public_key,
    "another algorithm of the same key": lambda forger: forger.token(algorithm="PS256"),
    "a stranger's signature": lambda forger: forger.token(key=a_key("stranger")),
    "a key that is not published": lambda forger: forger.token(headers={"kid": "b"}),
    "no kid": lambda forger: forger.token(headers={"kid": ...}),
    "a key in the header": lambda forger: forger.token(
        key=a_key("stranger"), headers={"jwk": published(a_key("stranger"), "a")}
    ),
    "an unknown critical header": lambda forger: forger.token(headers={"crit": ["x"], "x": 1}),
    "another issuer": lambda forger: forger.token(iss="https://accounts.google.com"),
    "an issuer like ours": lambda forger: forger.token(iss=forger.issuer + "/"),
    "no issuer": lambda forger: forger.token(iss=...),
    "another audience": lambda forger: forger.token(aud="another-clinic"),
    "one audience more": lambda forger: forger.token(aud=["openhours", "another-clinic"]),
    "no audience": lambda forger: forger.token(aud=[]),
    "another party": lambda forger: forger.token(azp="another-clinic"),
    "another nonce": lambda forger: forger.token(nonce=a_ticket("thief").nonce),
    "no nonce": lambda forger: forger.token(nonce=...),
    "expired": lambda forger: forger.token(exp=SECONDS - 60),
    "no expiry": lambda forger: forger.token(exp=...),
    "an expiry that is no number": lambda forger: forger.token(exp=float("nan")),
    "from the future": lambda forger: forger.token(iat=SECONDS + 61),
    "not good yet": lambda forger: forger.token(nbf=SECONDS + 61),
    "no subject": lambda forger: forger.token(sub=""),
    "a subject that is no text": lambda forger: forger.token(sub=7),
    "a giant subject": lambda forger: forger.token(sub="s" * 256),
    "no e-mail": lambda forger: forger.token(email=...),
    "no address": lambda forger: forger.token(email="lena"),
    "two lines of e-mail": lambda forger: forger.token(email="lena@example.com\nbcc@example.com"),
    "an e-mail that nobody confirmed": lambda forger: forger.token(email_verified=False),
    "an e-mail of which nothing is said": lambda forger: forger.token(email_verified=...),
}


async def test_no_forged_token_signs_anybody_in(forger: Forger, google: GoogleIdentity) -> None:
    ends: dict[str, object] = {}
    for name, forgery in FORGERIES.items():
        forger.id_token = forgery(forger)
        with capture_logs() as logs:
            (end,) = await asyncio.gather(google.redeem("code", a_ticket()), return_exceptions=True)
        # Whoever runs the product learns why, and the log learns nothing else.
        assert ([line["event"] for line in logs], "lena" in str(logs)) == (["sign_in_refused"], False), name
        ends[name] = type(end)
    assert ends == dict.fromkeys(FORGERIES, NotVouched)


GENUINE: dict[str, dict[str, Any]] = {
    "plain": {},
    "for a list of one": {"aud": ["openhours"]},
    "for us, at our request": {"azp": "openhours"},
    "of a clock a minute ahead": {"iat": SECONDS + 60, "nbf": SECONDS + 60},
    "at the end of its leeway": {"exp": SECONDS - 59},
    "with a name in many letters": {"name": "Zoë  O'Brien\n李"},
}


async def test_every_genuine_token_signs_in(forger: Forger, google: GoogleIdentity) -> None:
    for name, claims in GENUINE.items():
        forger.id_token = forger.token(**claims)
        identity = await google.redeem("code", a_ticket())
        assert (identity.issuer, identity.subject, identity.email) == (forger.issuer, "sub-1", "lena@example.com")
        assert identity.name == ("Zoë O'Brien 李" if "name" in claims else "Lena Koch"), name


OTHER_KEYS = ({"use": "enc"}, {"alg": "RS512"}, {"kty": "oct", "k": "c2VjcmV0"}, {"n": ""}, {"n": "?"}, {"e": "AA"})


async def test_a_key_for_something_else_verifies_nothing(
    forger: Forger, google: GoogleIdentity, clock: ManualClock
) -> None:
    forger.id_token = forger.token()
    for changes in OTHER_KEYS:
        forger.keys = [published(a_key("a"), "a", **changes)]
        clock.advance(ASK_AGAIN_AFTER)
        with pytest.raises(NotVouched, check=lambda refusal: "does not publish" in refusal.why):
            await google.redeem("code", a_ticket())


async def test_a_key_that_can_be_broken_verifies_nothing(forger: Forger, google: GoogleIdentity) -> None:
    forger.keys = [published(a_key("small", 1024), "a")]
    with pytest.warns(jwt.InsecureKeyLengthWarning):
        forger.id_token = forger.token(key=a_key("small", 1024))
    with pytest.raises(NotVouched, check=lambda refusal: "does not publish" in refusal.why):
        await google.redeem("code", a_ticket())


STRANGE: tuple[dict[str, Any], ...] = (
    {"issuer": "https://accounts.google.com"},
    {"token_endpoint": "ftp://127.0.0.1/token"},
    {"jwks_uri": "file:///etc/passwd"},
    {"authorization_endpoint": None},
)


async def test_a_provider_that_says_something_else_of_itself_is_not_used(
    forger: Forger, google: GoogleIdentity
) -> None:
    for forger.metadata in STRANGE:
        with pytest.raises(ProviderUnavailable):
            await google.authorization_url(a_ticket())
    forger.metadata = {}
    assert await google.authorization_url(a_ticket())


async def test_tokens_that_name_invented_keys_cause_no_flood(
    forger: Forger, google: GoogleIdentity, clock: ManualClock
) -> None:
    for number in range(20):
        forger.id_token = forger.token(headers={"kid": f"invented-{number}"})
        with pytest.raises(NotVouched):
            await google.redeem("code", a_ticket())
    assert forger.asked_for("/keys") == 1
    clock.advance(ASK_AGAIN_AFTER)
    with pytest.raises(NotVouched):
        await google.redeem("code", a_ticket())
    assert forger.asked_for("/keys") == 2


KEPT = {"max-age=3600": timedelta(hours=1), "max-age=999999999": LONGEST_KEPT, "no-store": SHORTEST_KEPT}


async def test_keys_are_kept_as_long_as_the_provider_says_within_bounds(
    forger: Forger, google: GoogleIdentity, clock: ManualClock
) -> None:
    asked = 0
    for said, kept in KEPT.items():
        forger.keys_headers = {"Cache-Control": f"public, {said}"}
        clock.advance(LONGEST_KEPT)
        for ahead, times in ((timedelta(), 1), (kept - timedelta(seconds=1), 1), (timedelta(seconds=1), 2)):
            now = int(clock.advance(ahead).timestamp())
            forger.id_token = forger.token(iat=now, exp=now + 60)
            await google.redeem("code", a_ticket())
            assert forger.asked_for("/keys") == asked + times, said
        asked += 2


FAULTS: dict[str, Fault] = {
    "hang": Break.HANG,
    "hang after it was done": Break.DONE_THEN_HANG,
    "reset": Break.RESET,
    "reset after it was done": Break.DONE_THEN_RESET,
    "429": Reply(429, b"{}"),
    "500": Reply(500, b"oops"),
    "503": Reply(503, b"", {"Retry-After": "0"}),
    "a body that cannot be read": Reply(200, b'{"id_token": '),
    "a body of another form": Reply(200, b'{"id_token": 7}'),
    "a page instead": Reply(200, b"<html>", {"Content-Type": "text/html"}),
    "a body that is no text": Reply(200, b"\xff\xfe"),
    "an endless body": Reply(200, b" " * 300_000),
    "led elsewhere": Reply(302, b"", {"Location": "https://evil.example/"}),
    "our client's credentials expired": Reply(401, b'{"error": "invalid_client"}'),
    "another address than was registered": Reply(400, b'{"error": "redirect_uri_mismatch"}'),
    "a 400 without a word": Reply(400, b"canary"),
    "our client was deleted": Reply(401, b'{"error": "deleted_client"}'),
}


async def test_a_provider_that_fails_is_unavailable_and_asked_once(forger: Forger, clock: ManualClock) -> None:
    forger.id_token = forger.token()
    # It never rests here: each fault is met.
    calls = some_calls(seconds=2.0, breaker=Breaker(failures=1_000))
    async with google_identity(forger.issuer, clock, calls=calls) as google:
        await google.authorization_url(a_ticket())
        for number, (name, fault) in enumerate(FAULTS.items(), 1):
            forger.wire.fail(fault, at="/token")
            with pytest.raises(ProviderUnavailable) as trouble:
                await google.redeem("a-code", a_ticket())
            assert isinstance(trouble.value, ProviderFailed) == (name == "500"), name
            # A code is good once: repeating it could only turn a sign-in into a refusal.
            assert forger.asked_for("/token") == number, name
        assert (await google.redeem("a-code", a_ticket())).subject == "sub-1"


async def test_a_provider_that_asks_to_be_left_alone_is_left_alone(forger: Forger, google: GoogleIdentity) -> None:
    forger.wire.fail(Reply(429, b"{}", {"Retry-After": "30"}), at="/token")
    for _ in range(3):
        with pytest.raises(ProviderUnavailable):
            await google.redeem("a-code", a_ticket())
    assert forger.asked_for("/token") == 1


async def test_a_provider_that_is_away_for_a_moment_is_asked_again_for_what_it_publishes(
    forger: Forger, google: GoogleIdentity
) -> None:
    forger.wire.fail(Break.RESET, Reply(500), at="openid-configuration")
    forger.wire.fail(Reply(503), at="/keys")
    forger.id_token = forger.token()
    assert (await google.redeem("code", a_ticket())).subject == "sub-1"


async def test_addresses_are_used_on_while_the_provider_does_not_repeat_them(
    forger: Forger, google: GoogleIdentity, clock: ManualClock
) -> None:
    await google.authorization_url(a_ticket())
    clock.advance(METADATA_LIFE)
    forger.wire.fail(*[Reply(500)] * 3, at="openid-configuration")
    assert (await google.authorization_url(a_ticket())).startswith(f"{forger.issuer}/authorization?")


async def test_fifty_at_once_before_a_provider_that_hangs_wait_no_longer_than_one(
    forger: Forger, clock: ManualClock
) -> None:
    async with google_identity(forger.issuer, clock, calls=some_calls(seconds=1.0)) as google:
        forger.wire.fail(*[Break.HANG] * 50)
        async with asyncio.timeout(20):
            ends = await asyncio.gather(
                *(google.authorization_url(a_ticket()) for _ in range(50)), return_exceptions=True
            )
    assert {type(end) for end in ends} == {ProviderUnavailable}


async def test_nothing_secret_is_logged_or_stands_in_an_address(
    forger: Forger, google: GoogleIdentity, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    forger.id_token = forger.token()
    with capture_logs() as logs:
        await google.redeem("canary-code", a_ticket())
        forger.id_token = forger.token(exp=SECONDS - 60)
        with pytest.raises(NotVouched):
            await google.redeem("canary-code", a_ticket())
    said = str(logs) + caplog.text + str([(asked.path, asked.query) for asked in forger.wire.asked])
    secrets = ["canary-code", "secret of openhours", a_ticket().verifier, a_ticket().nonce, forger.id_token, "lena@"]
    assert [secret for secret in secrets if secret in said] == []
