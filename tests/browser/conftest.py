"""One server, one town and one browser a module; a window of their own for everybody who visits."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.house import House
from browser.visitor import FLAGS, ROOT, Visitor

FAILURES = ROOT / "var" / "browser-failures"
_FAILED = pytest.StashKey[bool]()
_numbers = count(1)

Visitors = Callable[..., Visitor]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember a failure until its windows close, and show what the server printed."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
        house = getattr(item, "funcargs", {}).get("house")
        if isinstance(house, House):
            report.sections.append((f"log of {house.url}", house.log[-6_000:]))
    return report


@contextmanager
def opened_house(folder: Path) -> Iterator[House]:
    house = House(folder)
    house.open()
    yield house
    house.close()


@contextmanager
def opened_browser(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with opened_browser(chromium) as browser:
        yield browser


@pytest.fixture
def visitors(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Visitors]:
    """Opens a window for a person; at the end none may have seen an error that the test did not expect."""
    here: list[Visitor] = []

    def enter(*, width: int = 1280, zone: str = "America/Chicago") -> Visitor:
        here.append(Visitor(browser, house.url, width=width, zone=zone))
        return here[-1]

    yield enter
    complaints = [complaint for visitor in here for complaint in visitor.complaints]
    failed = request.node.stash.get(_FAILED, False) or bool(complaints)
    for number, visitor in enumerate(here):
        visitor.leave(_folder(request.node.name) / str(number) if failed else None)
    assert complaints == []


@pytest.fixture(params=[1280, pytest.param(360, marks=pytest.mark.long)])
def width(request: pytest.FixtureRequest) -> int:
    """A desk's window; and a telephone's, which only the long tests take besides."""
    return int(request.param)


@pytest.fixture
def half(width: int) -> int:
    """The minute at which the times of this width begin, so that both fit into one house."""
    return 30 * (width < 600)


@pytest.fixture
def email() -> str:
    """An address that nobody in the house has had."""
    return f"lena{next(_numbers)}@example.com"


def _folder(test: str) -> Path:
    return FAILURES / re.sub(r"\W+", "-", test)
