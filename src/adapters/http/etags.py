"""Entity tags: what makes two answers the same, so that the second need not be sent."""

from datetime import date
from hashlib import sha256

from adapters.http.wiring import HttpSettings
from scheduling_core.use_cases.directory import OfferedSlots


def slots_tag(offered: OfferedSlots, first: date, last: date, settings: HttpSettings) -> str:
    """Changes with the schedule's version, with what time alone changes (`valid_until`), and with the deployment."""
    facts = (
        offered.doctor_id, first, last, offered.schedule_version, offered.valid_until,
        settings.terms.tax_percent, settings.tzdata_version, settings.version,
    )  # fmt: skip
    # Weak: compressed or not, it is the same answer (RFC 9110, 8.8.3).
    return f'W/"{sha256(repr(facts).encode()).hexdigest()[:24]}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether the client has it already (weak comparison, as RFC 9110 asks for If-None-Match)."""
    if if_none_match is None:
        return False
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return "*" in known or tag.removeprefix("W/") in known
