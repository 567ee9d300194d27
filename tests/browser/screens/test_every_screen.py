"""Every screen that there is, as each kind of person sees it, on a desk and on a telephone, in both lights."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from browser.conftest import Visitors
from browser.house import House
from browser.screens.lives import ZONE, Lives, lived_in
from browser.screens.table import ADMINISTRATOR, ANYBODY, DOCTOR, PATIENT, ROLES, SCREENS
from browser.screens.walk import ANSWERS, Look, Walk, as_it_is, in_other_words, on_paper, twice_as_large

_NOT_THERE = (r"/api/doctors/00000000-\S+ 404", r"/medical-profile 404")
"""What nobody may read: a doctor who is not listed, and the health of somebody whose visit is called off."""


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Lives]:
    with lived_in(tmp_path_factory.mktemp("lives"), browser) as lives:
        yield lives


@pytest.fixture(scope="module")
def house(lives: Lives) -> House:
    return lives.house


@pytest.mark.long
def test_the_table_has_every_route_of_the_client_and_no_other(visitors: Visitors, lives: Lives) -> None:
    walk = Walk(visitors(), lives, ANYBODY)
    routes = walk.page.evaluate("Object.keys(window.__TSR_ROUTER__.routesByPath)")
    assert {each.route for each in SCREENS} - {"/nowhere"} == set(routes)


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("role", ROLES)
def test_everybody_can_use_every_screen(visitors: Visitors, lives: Lives, role: str, width: int) -> None:
    visitor = visitors(width=width, zone=ZONE)
    visitor.expects(*_NOT_THERE)
    found = Walk(visitor, lives, role).faults(as_it_is(lives))
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("look", ANSWERS)
@pytest.mark.parametrize("role", ROLES)
def test_a_screen_that_is_told_nothing_can_be_used_too(
    visitors: Visitors, lives: Lives, role: str, look: Callable[[Lives], Look]
) -> None:
    visitor = visitors(width=360, zone=ZONE)
    visitor.expects("/api/.* 500$")
    found = Walk(visitor, lives, role, answer=ANSWERS[look]).faults(look(lives))
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_everybody_can_use_every_screen_in_german_on_the_smallest_telephone(
    visitors: Visitors, lives: Lives, role: str
) -> None:
    visitor = visitors(width=320, zone=ZONE)
    visitor.expects(*_NOT_THERE)
    visitor.page.add_init_script("localStorage.setItem('openhours-language', 'de')")
    found = Walk(visitor, lives, role).faults(in_other_words(lives))
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("role", [PATIENT, DOCTOR, ADMINISTRATOR])
def test_what_is_printed_is_dark_on_white_whatever_the_screen_is(visitors: Visitors, lives: Lives, role: str) -> None:
    visitor = visitors(zone=ZONE)
    visitor.expects(*_NOT_THERE)
    found = Walk(visitor, lives, role).faults(on_paper(lives))
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_text_of_twice_the_size_is_not_cut_off(visitors: Visitors, lives: Lives, role: str) -> None:
    visitor = visitors(zone=ZONE)
    visitor.expects(*_NOT_THERE)
    found = Walk(visitor, lives, role).faults(twice_as_large(lives))
    assert not found, "\n".join(found)
