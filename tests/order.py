"""In which order tests run, and which of them stay together when several workers share them."""

from functools import cache
from pathlib import PurePosixPath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# What takes longest begins first, so that no worker is left alone with it at the end.
_LONGEST_FIRST = (
    "tests/crashes/test_kill_nine.py",
    "tests/browser/screens",
    "tests/browser/test_robustness.py",
    "tests/browser/test_staff.py",
    "tests/browser/test_visits.py",
    "tests/browser/booking",
    "tests/races",
    "tests/simulation",
    "tests/browser",
    "tests/crashes",
    "tests/contract/http/test_fuzz.py",
    "tests/tooling",
    "tests/contract/simulators/test_in_a_browser.py",
    "tests/contract/migrations",
    "tests/contract/sql",
)
# So long, and with so little in common, that every test of them can go to whoever is free.
_APART = (
    "tests/simulation",
    "tests/crashes",
    "tests/contract/http/test_fuzz.py",
    "tests/tooling",
    "tests/contract/sql",
)

# What they share is made at the cost of seconds: filled tables, a served town and a browser.
_TOGETHER = ("tests/contract/sql/test_plans.py", "tests/browser/booking")


def rank(item: pytest.Item) -> int:
    """The place of a test's kind; tests of one kind keep their order."""
    return _place(item.nodeid.partition("::")[0])


@cache
def _place(path: str) -> int:
    return next((place for place, first in enumerate(_LONGEST_FIRST) if _within(path, first)), len(_LONGEST_FIRST))


class Shares(LoadScopeScheduling):
    """A worker takes a file at a time, with the servers and browsers that its tests share."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        # As they were collected, not the largest files first.
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        path, _, name = nodeid.partition("::")
        if together := next((place for place in _TOGETHER if _within(path, place)), None):
            return together
        if any(_within(path, folder) for folder in _APART):
            return nodeid
        if _within(path, "tests/races"):
            # A pair of servers for each kind of database.
            return path + name.partition("[")[2]
        return path


def _within(path: str, folder: str) -> bool:
    return PurePosixPath(path).is_relative_to(folder)
