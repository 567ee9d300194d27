"""Signed texts: what comes back is what was sent, for the purpose it was sent for."""

import pytest

from scheduling_core.errors import NotFound
from scheduling_core.seals import Seals

SEALS = Seals(b"a key")


@pytest.mark.parametrize("text", ["", "patient 1 reminders", "Zoë . / ?"])
def test_gives_back_what_was_sealed(text: str):
    sealed = SEALS.seal("unsubscribe", text)
    assert SEALS.open("unsubscribe", sealed) == text
    assert all(char.isascii() and (char.isalnum() or char in "-_.") for char in sealed)


def test_opens_nothing_else():
    sealed = SEALS.seal("unsubscribe", "patient 1 reminders")
    body, _, signature = sealed.partition(".")
    other, _, _ = SEALS.seal("unsubscribe", "patient 2 reminders").partition(".")
    forged = [
        "", ".", body, f"{body}.", f".{signature}", f"{other}.{signature}", f"{sealed}=", f"{sealed}A", f"{body}=.{signature}",
        Seals(b"another").seal("unsubscribe", "patient 1 reminders"), SEALS.seal("upload", "patient 1 reminders"), "ü.ü", "a.b",
    ]  # fmt: skip
    for trial in forged:
        with pytest.raises(NotFound):
            SEALS.open("unsubscribe", trial)


def test_the_key_stands_in_no_repr():
    assert "a key" not in repr(SEALS)
