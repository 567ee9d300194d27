"""Entity tags of slots: what makes two answers the same, so that the second need not be sent, or even be made.

A tag says of which version of the schedule the answer is and until when time alone changes nothing: whoever shows it again can be
told that it is still true by a look at the schedule's version.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from scheduling_core.instants import EPOCH

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SlotsTag:
    """`about` is the doctor, the dates and the deployment, in a word."""

    version: int
    valid_until: datetime
    about: str

    def __str__(self) -> str:
        # Weak: compressed or not, it is the same answer (RFC 9110, 8.8.3).
        return f'W/"{self.version:x}-{(self.valid_until - EPOCH) // _MICROSECOND:x}-{self.about}"'


def about(*facts: object) -> str:
    """What an answer's tag says beside its version and its time: all else that it follows from, in a word."""
    return sha256(repr(facts).encode()).hexdigest()[:16]


def tags_shown(if_none_match: str, about: str) -> Iterator[SlotsTag]:
    """Those tags about it that the client has; what is no tag of ours is passed over."""
    for each in if_none_match.split(","):
        version, _, rest = each.strip().removeprefix("W/").strip('"').partition("-")
        until, _, named = rest.partition("-")
        if named == about:
            try:
                yield SlotsTag(int(version, 16), EPOCH + int(until, 16) * _MICROSECOND, about)
            except (ValueError, OverflowError):
                continue


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether the client has it already (weak comparison, as RFC 9110 asks for If-None-Match)."""
    if if_none_match is None:
        return False
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return "*" in known or tag.removeprefix("W/") in known
