"""The table of faults says of each provider and each fault which test shows it, and those tests exist."""

import re
from collections.abc import Sequence
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROVIDERS = {
    *("Stripe", "Google sign-in", "Google Calendar", "Google free/busy"),
    *("a mail server", "Amazon SES", "Amazon SNS", "Amazon S3"),
    *("text messages", "Amazon SQS", "AWS Secrets Manager"),
}
FAULTS = {
    *("hangs", "breaks off after it was done", "asks for patience"),
    *("fails", "answers nonsense", "no longer lets us in"),
}
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `(tests/[^`:]+)::(test_\w+)` \| (?:–|`([^`]+)`) \|$", re.MULTILINE)
TEXT = (ROOT / "docs/faults.md").read_text(encoding="utf-8")
ROWS = _ROW.findall(TEXT)


def test_no_fault_of_any_provider_is_left_out() -> None:
    assert sorted((provider, fault) for provider, fault, *_ in ROWS) == sorted(product(PROVIDERS, FAULTS))


def ids_of(values: Sequence[object], ids: Sequence[str] | None) -> list[str]:
    """What pytest calls the cases of one parametrization: of names and texts alone."""
    named = list(ids) if ids is not None else list(values)
    assert all(isinstance(name, str) for name in named), "only cases that have a name can be named"
    return [str(name) for name in named]


def cases_of(test: object) -> set[str]:
    """Of each of its parametrizations one, in the order in which they are applied."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    lists = [ids_of(list(mark.args[1]), mark.kwargs.get("ids")) for mark in marks]
    return {"-".join(each) for each in product(*lists)} if lists else {""}


@pytest.mark.parametrize(("path", "test", "case"), sorted({row[2:] for row in ROWS}))
def test_what_is_named_is_run(path: str, test: str, case: str) -> None:
    module = import_module(path.removeprefix("tests/").removesuffix(".py").replace("/", "."))
    assert case in cases_of(getattr(module, test))


def test_further_tests_exist() -> None:
    named = re.findall(r"`(tests/[^`:]+\.py)`", TEXT)
    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []
