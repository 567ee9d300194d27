"""The calendars that keep the promises of ports/calendar.py: every contract test here runs over each of them."""

from collections.abc import Callable, Iterator

import pytest
from prometheus_client import CollectorRegistry

from adapters.calendar.google import GoogleCalendar
from adapters.calendar.google_access import BUSY_SCOPE, SCOPE, GoogleAccess, read_credentials
from adapters.calendar.google_client import CalendarClient
from adapters.calendar.simulator import SimulatedCalendar
from adapters.kit.breaker import Breaker
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from bootstrap import Container
from scheduling_core.ports.calendar import Calendar
from servers.google_calendar import CLINIC, GoogleCalendarServer, google_calendar_server
from support.chance import SeededChance
from support.clock import ManualClock

HOME = "http://127.0.0.1:1"


@pytest.fixture
def simulated(state: SimulatorState, faults: Faults) -> SimulatedCalendar:
    return SimulatedCalendar(state, faults, public_url=HOME, secret="secret")


def google_calendar(
    server: GoogleCalendarServer,
    clock: ManualClock,
    *,
    key: str | None = None,
    delegate: str | None = CLINIC,
    calendar_id: str = "primary",
    seconds: float = 20.0,
    breaker: Breaker | None = None,
) -> GoogleCalendar:
    """Google's adapter before the server, with its service account unless another key is given."""

    def client(scope: str) -> CalendarClient:
        access = GoogleAccess(read_credentials(key or server.service_account(), delegate=delegate, scope=scope))
        return CalendarClient(access, clock, calendar_id=calendar_id, url=server.api)

    figures, limits = CallFigures(CollectorRegistry()), Limits(seconds=seconds, first_pause=0.01, longest_pause=0.02)
    calls = Calls("google_calendar", figures, SeededChance(1), limits=limits, breaker=breaker)
    asked = Calls("google_free_busy", figures, SeededChance(1), limits=limits)
    return GoogleCalendar(client(SCOPE), calls, asking=client(BUSY_SCOPE), asked=asked, shared_with=delegate)


@pytest.fixture
def server() -> Iterator[GoogleCalendarServer]:
    with google_calendar_server() as server:
        yield server


@pytest.fixture
def google(server: GoogleCalendarServer, clock: ManualClock) -> GoogleCalendar:
    return google_calendar(server, clock)


@pytest.fixture
def of_simulator(simulated: SimulatedCalendar) -> Calendar:
    return simulated


@pytest.fixture
def of_google(google: GoogleCalendar) -> Calendar:
    return google


PEERS = {"google": "our own Calendar v3 over HTTP"}


@pytest.fixture(params=Container.calendar.providers)
def calendar(request: pytest.FixtureRequest, met: Callable[[str, str, str], None]) -> Calendar:
    """Each of bootstrap's table in turn, made when its turn comes by the fixture `of_<its name>`."""
    port = "free/busy" if "enter" in request.fixturenames else "calendar"
    met(port, request.param, PEERS.get(request.param, "itself"))
    made: Calendar = request.getfixturevalue(f"of_{request.param}")
    return made
