"""Callers are told apart behind proxies of ours, and nobody can pass for another by what they write."""

from typing import Any

import pytest

from adapters.http.proxies import caller_behind

CONNECTION = ("10.0.0.7", 4711)


def caller(*written: str, proxies: int = 2) -> str:
    scope: Any = {"client": CONNECTION, "headers": [(b"x-forwarded-for", each.encode()) for each in written]}
    found = caller_behind(scope, proxies)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    "written",
    [
        ["203.0.113.5, 10.1.1.1"],
        ["203.0.113.5", "10.1.1.1"],
        ["198.51.100.1, 203.0.113.5, 10.1.1.1"],
        ["nonsense, , 203.0.113.5 , 10.1.1.1"],
    ],
)
def test_is_whom_the_outermost_proxy_saw(written: list[str]) -> None:
    assert caller(*written) == "203.0.113.5"


def test_an_address_of_version_six_is_one() -> None:
    assert caller("2001:db8::1, 10.1.1.1") == "2001:db8::1"


@pytest.mark.parametrize("written", [[], ["203.0.113.5"], ["not an address, 10.1.1.1"], [",,"]])
def test_what_did_not_pass_all_of_them_is_its_connections(written: list[str]) -> None:
    assert caller(*written) == CONNECTION[0]
