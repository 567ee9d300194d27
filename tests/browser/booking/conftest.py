"""One house and one browser for all of these: none of them changes what another finds, and each takes times of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browser.conftest import opened_browser, opened_house
from browser.house import House


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with opened_browser(chromium) as browser:
        yield browser
