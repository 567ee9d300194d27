"""Access tokens: what they say, how long they live, and every known way of forging one."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.identity.access_tokens import JwtAccessTokens
from adapters.identity.jwt_keys import JwtKeys, generate_keys
from scheduling_core.access import ANONYMOUS, SYSTEM, Actor, Role
from scheduling_core.errors import Unauthenticated
from scheduling_core.ids import DoctorId
from support.clock import MONDAY

ISSUER = AUDIENCE = "http://127.0.0.1:8000"
KEYS = JwtKeys.parse(generate_keys())
TOKENS = JwtAccessTokens(KEYS, issuer=ISSUER, audience=AUDIENCE)
DOCTOR = Actor.doctor(DoctorId(uuid4()))
SECONDS = int(MONDAY.timestamp())
PUBLIC_PEM = KEYS.verifying[KEYS.active_kid].public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
PUBLIC_RAW = KEYS.verifying[KEYS.active_kid].public_bytes_raw()


def claims(**changes: Any) -> dict[str, Any]:
    facts = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(DOCTOR.id),
        "role": "doctor",
        "iat": SECONDS,
        "exp": SECONDS + 600,
        "jti": "j",
    }
    return {name: value for name, value in {**facts, **changes}.items() if value is not ...}


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def part(content: object) -> str:
    return encoded(json.dumps(content).encode())


def signed(payload: object, *, key: Ed25519PrivateKey = KEYS.signing, **headers: object) -> str:
    """A token made by whoever has the key: the clinic itself by default."""
    all_headers = {"alg": "EdDSA", "typ": "at+jwt", "kid": KEYS.active_kid, **headers}
    head = part({name: value for name, value in all_headers.items() if value is not ...})
    return f"{head}.{part(payload)}.{encoded(key.sign(f'{head}.{part(payload)}'.encode()))}"


def hs256(secret: bytes) -> str:
    """HS256 with any secret, also one that a library refuses because it is a public key."""
    head = part({"alg": "HS256", "typ": "at+jwt", "kid": KEYS.active_kid})
    return f"{head}.{PAYLOAD}.{encoded(hmac.digest(secret, f'{head}.{PAYLOAD}'.encode(), 'sha256'))}"


def test_names_its_actor_and_nothing_else() -> None:
    token, life = TOKENS.issue(DOCTOR, now=MONDAY)
    assert TOKENS.read(token, now=MONDAY) == DOCTOR
    assert life == 600
    said = jwt.decode(token, options={"verify_signature": False})
    assert said.keys() == {"iss", "aud", "sub", "role", "iat", "exp", "jti"}
    assert jwt.get_unverified_header(token) == {"alg": "EdDSA", "typ": "at+jwt", "kid": KEYS.active_kid}


def test_two_tokens_of_one_moment_differ() -> None:
    assert TOKENS.issue(DOCTOR, now=MONDAY)[0] != TOKENS.issue(DOCTOR, now=MONDAY)[0]


@pytest.mark.parametrize("actor", [ANONYMOUS, SYSTEM])
def test_nobody_and_the_system_get_none(actor: Actor) -> None:
    with pytest.raises(Unauthenticated):
        TOKENS.issue(actor, now=MONDAY)


def test_lives_ten_minutes_to_the_second() -> None:
    token, _ = TOKENS.issue(DOCTOR, now=MONDAY)
    assert TOKENS.read(token, now=MONDAY + timedelta(seconds=599)) == DOCTOR
    with pytest.raises(Unauthenticated):
        TOKENS.read(token, now=MONDAY + timedelta(seconds=600))


def test_is_believed_by_a_process_whose_clock_is_a_minute_behind_and_no_more() -> None:
    token, _ = TOKENS.issue(DOCTOR, now=MONDAY)
    assert TOKENS.read(token, now=MONDAY - timedelta(seconds=60)) == DOCTOR
    with pytest.raises(Unauthenticated):
        TOKENS.read(token, now=MONDAY - timedelta(seconds=61))


def test_no_longer_life_can_be_set() -> None:
    for life in (timedelta(minutes=10, seconds=1), timedelta(0)):
        with pytest.raises(ValueError, match="10"):
            JwtAccessTokens(KEYS, issuer=ISSUER, audience=AUDIENCE, life=life)


def test_a_retired_key_still_verifies_and_no_longer_signs() -> None:
    old, new = json.loads(generate_keys()), json.loads(generate_keys())
    retired = {"kid": old["keys"][0]["kid"], "public": old["keys"][0]["public"]}
    both = json.dumps({"active_kid": new["active_kid"], "keys": [*new["keys"], retired]})
    before = JwtAccessTokens(JwtKeys.parse(json.dumps(old)), issuer=ISSUER, audience=AUDIENCE)
    after = JwtAccessTokens(JwtKeys.parse(both), issuer=ISSUER, audience=AUDIENCE)
    token, _ = before.issue(DOCTOR, now=MONDAY)
    assert after.read(token, now=MONDAY) == DOCTOR
    assert jwt.get_unverified_header(after.issue(DOCTOR, now=MONDAY)[0])["kid"] == new["active_kid"]
    with pytest.raises(Unauthenticated):
        before.read(after.issue(DOCTOR, now=MONDAY)[0], now=MONDAY)


GOOD = signed(claims())
HEADER, PAYLOAD, SIGNATURE = GOOD.split(".")
STRANGER = Ed25519PrivateKey.generate()
RSA = generate_private_key(public_exponent=65537, key_size=2048)

FORGERIES: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "no token": lambda: "nonsense",
    "two dots": lambda: "..",
    "truncated": lambda: GOOD[:-10],
    "without its signature": lambda: f"{HEADER}.{PAYLOAD}.",
    "with one part more": lambda: f"{GOOD}.{SIGNATURE}",
    "with another payload": lambda: f"{HEADER}.{part(claims(role='administrator'))}.{SIGNATURE}",
    "with another header": lambda: f"{part({'alg': 'EdDSA', 'typ': 'at+jwt', 'kid': 'x'})}.{PAYLOAD}.{SIGNATURE}",
    "giant": lambda: signed(claims(jti="j" * 100_000)),
    "not ASCII": lambda: GOOD + "ü",
    "padded": lambda: GOOD + "=" * 3 + "!",
    "alg none": lambda: f"{part({'alg': 'none', 'typ': 'at+jwt', 'kid': KEYS.active_kid})}.{PAYLOAD}.",
    "alg None, signed": lambda: (
        f"{part({'alg': 'None', 'typ': 'at+jwt', 'kid': KEYS.active_kid})}.{PAYLOAD}.{SIGNATURE}"
    ),
    "HS256 with the public key as PEM": lambda: hs256(PUBLIC_PEM),
    "HS256 with the public key, raw": lambda: hs256(PUBLIC_RAW),
    "HS256 with an empty secret": lambda: hs256(b""),
    "RS256": lambda: jwt.encode(claims(), RSA, algorithm="RS256", headers={"typ": "at+jwt", "kid": KEYS.active_kid}),
    "EdDSA signature called RS256": lambda: signed(claims(), alg="RS256"),
    "EdDSA signature called eddsa": lambda: signed(claims(), alg="eddsa"),
    "no alg": lambda: signed(claims(), alg=...),
    "a payload that is a list": lambda: signed([claims()]),
    "a payload that is null": lambda: signed(None),
    "a stranger's key": lambda: signed(claims(), key=STRANGER),
    "a stranger's key under a kid of its own": lambda: signed(claims(), key=STRANGER, kid="stranger"),
    "a kid that is a path": lambda: signed(claims(), key=STRANGER, kid="../../dev/null"),
    "a kid that is no text": lambda: signed(claims(), kid=1),
    "no kid": lambda: signed(claims(), kid=...),
    "jwk header": lambda: signed(claims(), key=STRANGER, jwk={"kty": "OKP", "crv": "Ed25519", "x": "AA"}),
    "jku header": lambda: signed(claims(), jku="https://evil.example/keys.json"),
    "x5u header": lambda: signed(claims(), x5u="https://evil.example/cert"),
    "crit header": lambda: signed(claims(), crit=["exp"]),
    "b64 header": lambda: signed(claims(), b64=True),
    "typ of another use": lambda: signed(claims(), typ="JWT"),
    "no typ": lambda: signed(claims(), typ=...),
    "aud of another": lambda: signed(claims(aud="https://other.example")),
    "aud that is a list": lambda: signed(claims(aud=[AUDIENCE, "https://other.example"])),
    "no aud": lambda: signed(claims(aud=...)),
    "iss of another": lambda: signed(claims(iss="https://evil.example")),
    "no iss": lambda: signed(claims(iss=...)),
    "expired": lambda: signed(claims(iat=SECONDS - 600, exp=SECONDS)),
    "of tomorrow": lambda: signed(claims(iat=SECONDS + 86_400, exp=SECONDS + 87_000)),
    "living too long": lambda: signed(claims(exp=SECONDS + 601)),
    "no exp": lambda: signed(claims(exp=...)),
    "exp as text": lambda: signed(claims(exp=str(SECONDS + 600))),
    "exp as a fraction": lambda: signed(claims(exp=SECONDS + 599.5)),
    "exp as endless": lambda: signed(claims(exp=float("inf"))),
    "exp as a truth": lambda: signed(claims(exp=True)),
    "no iat": lambda: signed(claims(iat=...)),
    "not before tomorrow": lambda: signed(claims(nbf=SECONDS + 86_400)),
    "a role that is none": lambda: signed(claims(role="root")),
    "the system": lambda: signed(claims(role="system")),
    "nobody": lambda: signed(claims(role="anonymous")),
    "roles as a list": lambda: signed(claims(role=["doctor"])),
    "sub that is no id": lambda: signed(claims(sub="1")),
    "no sub": lambda: signed(claims(sub=...)),
    "no jti": lambda: signed(claims(jti=...)),
    "a claim too many": lambda: signed(claims(scope="everything")),
}


@pytest.mark.parametrize("how", FORGERIES)
def test_refuses_every_forgery(how: str) -> None:
    assert TOKENS.read(GOOD, now=MONDAY) == DOCTOR
    with pytest.raises(Unauthenticated):
        TOKENS.read(FORGERIES[how](), now=MONDAY)


def test_refuses_a_token_with_any_byte_changed() -> None:
    for at in range(0, len(GOOD), 3):
        other = "A" if GOOD[at] != "A" else "B"
        changed = GOOD[:at] + other + GOOD[at + 1 :]
        # The last character of a part carries bits that mean nothing: such a token is the same one, spelt otherwise.
        if changed != GOOD and at not in (len(HEADER) - 1, len(HEADER) + len(PAYLOAD), len(GOOD) - 1):
            with pytest.raises(Unauthenticated):
                TOKENS.read(changed, now=MONDAY)


@pytest.mark.parametrize("role", [Role.PATIENT, Role.DOCTOR, Role.ADMINISTRATOR])
def test_carries_each_role(role: Role) -> None:
    actor = Actor(role, uuid4())
    assert TOKENS.read(TOKENS.issue(actor, now=MONDAY)[0], now=MONDAY) == actor
