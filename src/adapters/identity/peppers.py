"""Peppers: secrets that go into each password hash and stand in no database, so that a stolen one cannot be tried at home.

Written as JSON: {"active": "v2", "v1": "…", "v2": "…"}, each of 32 characters or more. New hashes take the active one; a hash
names its own, so older ones are needed for as long as there are hashes with them.
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

SHORTEST = 32
_VERSION = re.compile(r"[a-z0-9]{1,16}")


class UnusablePeppers(ValueError):
    """The text is no set of peppers. Its message says why and never shows one."""


@dataclass(frozen=True, slots=True)
class Peppers:
    """By version; `active` is the one of new hashes."""

    active: str
    by_version: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "Peppers":
        """The peppers in the JSON. Raise UnusablePeppers."""
        try:
            written = msgspec.json.decode(text, type=dict[str, str])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise UnusablePeppers("the peppers are not a JSON object of texts") from None
        active = written.pop("active", "")
        if active not in written:
            raise UnusablePeppers("the active pepper is not among the peppers")
        for version, pepper in written.items():
            if not _VERSION.fullmatch(version):
                raise UnusablePeppers("a pepper's version must be small letters and digits, sixteen at most")
            if len(pepper) < SHORTEST:
                raise UnusablePeppers(f"the pepper {version} has less than {SHORTEST} characters")
        return cls(active, {version: pepper.encode() for version, pepper in written.items()})

    def mix(self, version: str, password: bytes) -> bytes:
        """What is hashed in the password's place. Raise KeyError for a version that there is not."""
        return b64encode(hmac.digest(self.by_version[version], password, "sha256"))
