"""Instants, lengths, amounts and names in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.kit.words import one_line, say_both, say_length, say_moment, say_money
from scheduling_core.money import Money


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (10_620, "USD", "$106.20"),
        (5, "USD", "$0.05"),
        (123_456_789, "EUR", "€1,234,567.89"),
        (59_000, "INR", "₹590.00"),
        (1_500, "JPY", "¥1,500"),
        (1_234, "KWD", "KWD 1.234"),
        (100, "CHF", "CHF 1.00"),
    ],
)
def test_money_has_the_digits_of_its_currency(amount: int, currency: str, words: str) -> None:
    assert say_money(Money(amount, currency)) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/Chicago", "Thursday 19 November 2026, 2:20 pm Chicago time"),
        ("America/Argentina/Buenos_Aires", "Thursday 19 November 2026, 5:20 pm Buenos Aires time"),
        ("Asia/Kolkata", "Friday 20 November 2026, 1:50 am Kolkata time"),
        ("UTC", "Thursday 19 November 2026, 8:20 pm UTC"),
        ("Etc/GMT+5", "Thursday 19 November 2026, 3:20 pm UTC−5"),
        ("Japan", "Friday 20 November 2026, 5:20 am Japan time"),
    ],
)
def test_a_moment_is_what_the_clock_there_shows(zone: str, words: str) -> None:
    assert say_moment(datetime(2026, 11, 19, 20, 20, tzinfo=UTC), zone) == words


@pytest.mark.parametrize(("hour", "words"), [(0, "12:05 am"), (11, "11:05 am"), (12, "12:05 pm"), (23, "11:05 pm")])
def test_noon_is_pm_and_midnight_am(hour: int, words: str) -> None:
    assert f", {words} UTC" in say_moment(datetime(2026, 1, 1, hour, 5, tzinfo=UTC), "UTC")


def test_both_zones_are_named_even_where_their_clocks_agree() -> None:
    noon = datetime(2026, 1, 1, 18, 0, tzinfo=UTC)
    assert say_both(noon, zone="America/Chicago", other_zone="America/Winnipeg") == (
        "Thursday 1 January 2026, 12:00 pm Chicago time (12:00 pm Winnipeg time)"
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (30, "30 minutes"),
        (60, "1 hour"),
        (75, "1 hour 15 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_lengths_are_counted_as_people_do(minutes: int, words: str) -> None:
    assert say_length(timedelta(minutes=minutes)) == words


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line)
    assert line.splitlines() in ([], [line])
    assert line.strip() == line
    assert not any(character in line for character in "\u202e\u2066\u200b\x00")


def test_joiners_that_names_are_spelt_with_stay() -> None:
    assert one_line("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\u2695") == (
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\u2695"
    )
