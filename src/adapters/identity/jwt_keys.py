"""The keys that sign access tokens: Ed25519, several live at once, told apart by their kid.

Written as JSON: {"active_kid": "…", "keys": [{"kid": "…", "private": "…", "public": "…"}]}; keys are the 32 raw bytes
of RFC 8032 in unpadded base64url. A key that only verifies any more has no "private", and may say until when it does
("not_after"); one with "private" that is not active waits for its turn. "alg" may be there and is EdDSA.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from adapters.kit.private_files import read_or_create


class UnusableKeys(ValueError):
    """The text is no set of keys that can sign and verify. Its message says why and never shows a key."""


@dataclass(frozen=True, slots=True)
class JwtKeys:
    """One key signs, all of them verify."""

    active_kid: str
    signing: Ed25519PrivateKey
    verifying: Mapping[str, Ed25519PublicKey]
    not_after: Mapping[str, datetime] = field(default_factory=dict)
    """When keys end that only verify."""

    @classmethod
    def parse(cls, text: str | bytes) -> "JwtKeys":
        """The keys in the JSON. Raise UnusableKeys."""
        try:
            written = msgspec.json.decode(text, type=_Written)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise UnusableKeys(f"the JWT keys are not the JSON that was expected: {error}") from error
        kids = [key.kid for key in written.keys]
        if len(set(kids)) != len(kids):
            raise UnusableKeys("two JWT keys have the same kid")
        private = {key.kid: _private(key) for key in written.keys if key.private is not None}
        if written.active_kid not in private:
            raise UnusableKeys("the active_kid of the JWT keys names no key with a private part")
        verifying = {key.kid: _public(key) for key in written.keys}
        for kid, signing in private.items():
            try:
                verifying[kid].verify(signing.sign(b"pair"), b"pair")
            except InvalidSignature as error:
                raise UnusableKeys(f"private and public part of the JWT key {kid!r} do not belong together") from error
        not_after = {key.kid: key.not_after for key in written.keys if key.not_after is not None}
        if written.active_kid in not_after:
            raise UnusableKeys("the JWT key that signs has a not_after: make another one active before it ends")
        return cls(written.active_kid, private[written.active_kid], verifying, not_after)

    def ended(self, kid: str, now: datetime) -> bool:
        """Whether that key no longer verifies."""
        return kid in self.not_after and self.not_after[kid] <= now


def generate_keys() -> str:
    """A new key, active and alone, as text for `JwtKeys.parse`."""
    key = _new_key()
    return msgspec.json.encode(_Written(key.kid, [key])).decode()


def rotated(text: str, *, now: datetime, overlap: timedelta) -> str:
    """The keys that follow these. The key that signs is one that every reader has known since the last rotation, so that no
    token comes of a key that some process has not heard of; the one that signed verifies for `overlap` more, and a new one
    waits for its turn. An object without keys is a secret that never had any. Raise UnusableKeys.
    """
    if text.strip() == "{}":
        return _with_next(msgspec.json.decode(generate_keys(), type=_Written))
    JwtKeys.parse(text)
    written = msgspec.json.decode(text, type=_Written)
    [signed] = [key for key in written.keys if key.kid == written.active_kid]
    others = [key for key in written.keys if key.kid != signed.kid]
    waiting = [key for key in others if key.private is not None]
    retired = [key for key in others if key.private is None and (key.not_after is None or key.not_after > now)]
    signs = waiting[0] if waiting else _new_key()
    ends = _Key(signed.kid, signed.public, not_after=now + overlap)
    return _with_next(_Written(signs.kid, [signs, ends, *retired]))


def _with_next(written: "_Written") -> str:
    """With a key more, which signs after the next rotation."""
    return msgspec.json.encode(_Written(written.active_kid, [*written.keys, _new_key()])).decode()


def _new_key() -> "_Key":
    key = Ed25519PrivateKey.generate()
    return _Key(secrets.token_hex(8), _text(key.public_key().public_bytes_raw()), _text(key.private_bytes_raw()))


def load_or_create(path: Path) -> JwtKeys:
    """The keys in the file, made with mode 0600 if it is not there. Processes that start at once end with the same keys."""
    return JwtKeys.parse(read_or_create(path, generate_keys))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(kid: str, text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnusableKeys(f"the JWT key {kid!r} is not base64url") from error


def _private(key: "_Key") -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(_raw(key.kid, key.private or ""))
    except UnusableKeys:
        raise
    except ValueError as error:
        raise UnusableKeys(f"the private part of the JWT key {key.kid!r} is not 32 bytes") from error


def _public(key: "_Key") -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(_raw(key.kid, key.public))
    except UnusableKeys:
        raise
    except ValueError as error:
        raise UnusableKeys(f"the public part of the JWT key {key.kid!r} is not 32 bytes") from error


class _Key(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    kid: str
    public: str
    private: str | None = None
    alg: Literal["EdDSA"] = "EdDSA"
    not_after: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class _Written(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    active_kid: str
    keys: list[_Key]
