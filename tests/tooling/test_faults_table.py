"""The table of faults says of each provider and each fault which test shows it, and those tests exist."""

import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROVIDERS = {
    *("Stripe", "Google sign-in", "Google Calendar", "Google free/busy"),
    *("a mail server", "Amazon SES", "Amazon SNS", "Amazon S3"),
}
FAULTS = {
    *("hangs", "breaks off after it was done", "asks for patience"),
    *("fails", "answers nonsense", "no longer lets us in"),
}
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `(tests/[^`:]+)::(test_\w+)` \| (?:–|`([^`]+)`) \|$", re.MULTILINE)
ROWS = _ROW.findall((ROOT / "docs/faults.md").read_text(encoding="utf-8"))


def test_no_fault_of_any_provider_is_left_out() -> None:
    assert sorted((provider, fault) for provider, fault, *_ in ROWS) == sorted(product(PROVIDERS, FAULTS))


@pytest.mark.parametrize(("path", "test", "case"), sorted({row[2:] for row in ROWS}))
def test_what_is_named_exists(path: str, test: str, case: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert f"def {test}(" in text
    assert case in text
