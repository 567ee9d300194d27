"""How instants, lengths, amounts and names are put into words for people, the same in every message and page."""

import unicodedata
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduling_core.money import Money

# Zero-width space and joiner of words, byte order mark, and everything that overrides or isolates a direction.
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥", "CAD": "CA$", "AUD": "A$"}
# ISO 4217: how many digits of an amount are minor units, where it is not two.
_NO_MINOR = frozenset(
    (
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"),
        *("PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
    )
)
_THREE_MINOR = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


def say_money(money: Money) -> str:
    """`$1,106.20`; the code in front where there is no well-known sign."""
    digits = 0 if money.currency in _NO_MINOR else 3 if money.currency in _THREE_MINOR else 2
    whole, rest = divmod(money.amount, 10**digits)
    sign = _SYMBOLS.get(money.currency, f"{money.currency} ")
    return f"{sign}{whole:,}.{rest:0{digits}d}" if digits else f"{sign}{whole:,}"


def say_moment(instant: datetime, zone: str) -> str:
    """`Thursday 19 November 2026, 2:20 pm Chicago time`."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{_date(local)} {local.year}, {_time(local)} {_place(local, zone)}"


def say_clock(instant: datetime, zone: str) -> str:
    """`2:20 pm Chicago time`."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{_time(local)} {_place(local, zone)}"


def say_day(instant: datetime, zone: str) -> str:
    """`Thursday 19 November`."""
    return _date(instant.astimezone(ZoneInfo(zone)))


def say_both(instant: datetime, *, zone: str, other_zone: str) -> str:
    """The reader's zone first, and the other party's when it differs, with its day where that differs too:
    `Thursday 19 November 2026, 2:20 pm Chicago time (3:20 pm New York time)`."""
    if zone == other_zone:
        return say_moment(instant, zone)
    here, there = instant.astimezone(ZoneInfo(zone)), instant.astimezone(ZoneInfo(other_zone))
    day = "" if here.date() == there.date() else f"{_date(there)}, "
    return f"{say_moment(instant, zone)} ({day}{say_clock(instant, other_zone)})"


def say_length(length: timedelta) -> str:
    """`30 minutes`, `1 hour`, `1 hour 15 minutes`."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    parts = [f"{hours} hour{'s' * (hours != 1)}"] * (hours > 0) + [f"{minutes} minute{'s' * (minutes != 1)}"] * (
        minutes > 0 or hours == 0
    )
    return " ".join(parts)


def one_line(text: str) -> str:
    """The text on one line, without the control and direction characters that could make it look like something else.

    Joiners stay: names in several scripts are spelt with them.
    """
    return " ".join("".join(" " if _hidden(character) else character for character in text).split())


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _INVISIBLE


def _date(local: datetime) -> str:
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"


def _time(local: datetime) -> str:
    return f"{local.hour % 12 or 12}:{local.minute:02d} {'pm' if local.hour >= 12 else 'am'}"


def _place(local: datetime, zone: str) -> str:
    """`Chicago time`; with the offset when the clock shows this time twice that day, the offset alone where there is no city."""
    region, _, city = zone.rpartition("/")
    name = "" if zone == "UTC" or region == "Etc" else f"{city.replace('_', ' ')} time"
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    if name and not twice:
        return name
    return f"{name} ({_offset(local)})" if name else _offset(local)


def _offset(local: datetime) -> str:
    offset = local.utcoffset() or timedelta(0)
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    return f"UTC{'−' if offset < timedelta(0) else '+'}{hours}{f':{minutes:02d}' if minutes else ''}"
