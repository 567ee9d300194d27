"""What people type in, made sound or refused: InvalidInput names the field as the outside knows it."""

import re
from collections.abc import Iterable

from scheduling_core.errors import InvalidHours, InvalidInput
from scheduling_core.instants import check_zone
from scheduling_core.money import Money, check_fee
from scheduling_core.ports.system import Passwords
from scheduling_core.terms import Terms

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128
LONGEST_NAME = 100
MOST_LANGUAGES = 10
LONGEST_SEARCH = 200
LARGEST_PAGE = 200

# The shape that HTML's <input type=email> accepts, with a dot in the domain; what exists, only a message can show.
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_LONGEST_EMAIL = 254
# E.164: a plus, a country code that does not start with 0, 15 digits at most.
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_PHONE_PUNCTUATION = str.maketrans("", "", " -.()")


def sound_email(text: str, field: str = "email") -> str:
    """The address in lower case, so that one mailbox is one account."""
    email = text.strip().lower()
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise InvalidInput(field, "Give an e-mail address like name@example.com.")
    return email


def sound_phone(text: str) -> str:
    """The number in E.164, without the spaces and dashes it was typed with."""
    phone = text.translate(_PHONE_PUNCTUATION)
    if not _PHONE.fullmatch(phone):
        raise InvalidInput("phone", "Give a phone number with its country code, like +49 30 123456.")
    return phone


async def sound_password(password: str, passwords: Passwords, *, email: str) -> str:
    """Length is all that is asked for (NIST SP 800-63B), and that it is neither the e-mail nor what very many people use."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidInput("password", f"Choose a password of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    if not password.isprintable():
        raise InvalidInput("password", "A password is made of characters that one can type.")
    if password.strip().lower() == email:
        raise InvalidInput("password", "Choose a password that is not your e-mail address.")
    if await passwords.common(password):
        raise InvalidInput("password", "Very many people use this password. Choose another one.")
    return password


def sound_line(field: str, text: str, *, longest: int = LONGEST_NAME) -> str:
    """One line with something on it, at most `longest` characters, runs of spaces made one."""
    line = " ".join(text.split())
    if not line:
        raise InvalidInput(field, "This cannot be empty.")
    if len(line) > longest or not line.isprintable():
        raise InvalidInput(field, f"This must be one line of at most {longest} characters.")
    return line


def sound_text(field: str, text: str, *, longest: int) -> str:
    """Any number of lines, none at all included."""
    stripped = text.strip()
    if len(stripped) > longest or not all(char.isprintable() or char in "\n\r\t" for char in stripped):
        raise InvalidInput(field, f"This must be text of at most {longest} characters.")
    return stripped


def sound_words(field: str, text: str) -> str:
    """What is looked for: short, nothing at all included, and made of characters that one can type."""
    words = " ".join(text.split())
    if len(words) > LONGEST_SEARCH or not words.isprintable():
        raise InvalidInput(field, f"Look for at most {LONGEST_SEARCH} characters.")
    return words


def sound_languages(languages: Iterable[str]) -> tuple[str, ...]:
    """At most ten, in the order given, none twice."""
    once: dict[str, str] = {}
    for language in languages:
        line = sound_line("languages", language, longest=40)
        once.setdefault(line.casefold(), line)
    if len(once) > MOST_LANGUAGES:
        raise InvalidInput("languages", f"Name at most {MOST_LANGUAGES} languages.")
    return tuple(once.values())


def sound_fee(fee: Money, terms: Terms) -> Money:
    """Nothing, or at least what can be charged, in the deployment's currency."""
    if fee.currency != terms.currency:
        raise InvalidInput("fee", f"Fees are in {terms.currency} here.")
    return check_fee(fee, minimum=terms.minimum_fee)


def sound_zone(name: str) -> str:
    """A name that the zone database lists."""
    try:
        return check_zone(name)
    except InvalidHours as refusal:
        raise InvalidInput("time_zone", str(refusal)) from None


def sound_limit(limit: int) -> int:
    """How many a page may hold."""
    if not 1 <= limit <= LARGEST_PAGE:
        raise InvalidInput("limit", f"Ask for 1 to {LARGEST_PAGE} at a time.")
    return limit
