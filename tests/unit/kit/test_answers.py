"""What the status of a provider's answer means for the call."""

import pytest

from adapters.kit.answers import retry_after, trouble_in
from adapters.kit.calls import ComeBackLater, NotLetIn
from scheduling_core.errors import ProviderFailed, ProviderUnavailable
from support.clock import MONDAY


@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (200, {}, None),
        (400, {}, None),
        (403, {}, None),
        (404, {}, None),
        (409, {}, None),
        (401, {}, NotLetIn),
        (408, {}, ProviderUnavailable),
        (429, {}, ComeBackLater),
        (500, {}, ProviderFailed),
        (503, {}, ProviderFailed),
        (503, {"retry-after": "3"}, ComeBackLater),
    ],
)
def test_a_status_says_whether_to_try_again(
    status: int, headers: dict[str, str], kind: type[ProviderUnavailable] | None
) -> None:
    trouble = trouble_in("example", status, headers, now=MONDAY)
    assert (None if trouble is None else type(trouble)) is kind


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3.0),
        ("Mon, 01 Mar 2027 08:00:30 GMT", 30.0),
        ("Mon, 01 Mar 2027 07:00:00 GMT", 0.0),
        ("soon", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("-1", None),
        ("٣", None),
        ("9" * 400, 999_999_999.0),
        ("", None),
    ],
)
def test_reads_both_forms_of_retry_after_and_survives_every_other(text: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": text}, now=MONDAY) == seconds
