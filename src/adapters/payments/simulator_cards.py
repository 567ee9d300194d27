"""The cards that the simulated payment page takes, and what becomes of each. No other card gets in: it might be real."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`decline` is the bank's reason; `confirm`: the bank asks its owner first; `dispute`: charged, then disputed;
    `bounce`: the money is reserved, and then not paid out."""

    number: str
    says: str
    decline: str | None = None
    confirm: bool = False
    dispute: bool = False
    bounce: bool = False


CARDS = (
    Card(number="4242 4242 4242 4242", says="pays"),
    Card(number="4000 0000 0000 3220", says="asks you to confirm first, then pays", confirm=True),
    Card(number="4000 0000 0000 0002", says="is declined", decline="card_declined"),
    Card(number="4000 0000 0000 9995", says="has too little money", decline="insufficient_funds"),
    Card(number="4000 0000 0000 0259", says="pays, and disputes the charge once it is taken", dispute=True),
    Card(number="4000 0000 0000 0341", says="reserves the money, and refuses when it is taken", bounce=True),
)
"""The numbers are Stripe's own for tests."""

_BY_NUMBER: Mapping[str, Card] = {card.number.replace(" ", ""): card for card in CARDS}
_REQUIRED = {
    "name": "Enter the name on the card.",
    "address_line": "Enter the street and house number.",
    "city": "Enter the city.",
    "postal_code": "Enter the postal code.",
    "country": "Enter the country.",
}


class WrongForm(Exception):
    """What is wrong with the form, by field, in words for the payer."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def read_card(form: Mapping[str, str], now: datetime) -> Card:
    """The card in a filled form. Raise WrongForm with every mistake at once."""
    number = re.sub(r"[ -]", "", form.get("card_number", ""))
    checks = {
        "email": _email(form.get("email", "")),
        "card_number": _number(number),
        "expiry": _expiry(form.get("expiry", ""), now),
        "cvc": None if re.fullmatch(r"[0-9]{3}", form.get("cvc", "")) else "Enter the 3 digits of the security code.",
        **{name: None if form.get(name) else text for name, text in _REQUIRED.items()},
    }
    errors = {name: text for name, text in checks.items() if text}
    if errors:
        raise WrongForm(errors)
    return _BY_NUMBER[number]


def _email(text: str) -> str | None:
    return (
        None
        if not text or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text)
        else "Enter an e-mail address like name@example.com."
    )


def _number(number: str) -> str | None:
    if not re.fullmatch(r"[0-9]{13,19}", number):
        return "Enter the card number: 16 digits."
    if not _luhn(number):
        return "This card number is not right: please compare the digits."
    if number not in _BY_NUMBER:
        return "This page takes the test cards that it lists and no other. Never enter a real card here."
    return None


def _luhn(number: str) -> bool:
    """ISO/IEC 7812: the check digit."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _expiry(text: str, now: datetime) -> str | None:
    match = re.fullmatch(r"(0?[1-9]|1[0-2]) ?[/-]? ?(?:20)?([0-9]{2})", text)
    if match is None:
        return "Enter when the card expires as month and year, like 04/31."
    month, year = int(match[1]), 2000 + int(match[2])
    return "This card has expired." if (year, month) < (now.year, now.month) else None
