"""Fixtures for every level of tests: real databases, a browser, the product as a process.

A fixture that cannot have what it needs fails; none skips.
"""

import gc
import os
import sys
import zoneinfo
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

from order import Shares, rank
from servers.databases import drop_postgresql, empty_postgresql, fresh_sqlite, lend_postgresql, take_postgresql_back
from servers.locate import chromium_program
from servers.processes import ServerProcess, run_server
from servers.run import begin_run, end_run

# The zones of the product, which are not the machine's: before any test asks for their names.
zoneinfo.reset_tzpath(to=())

# commit: the same examples on every machine, so that a red check is never luck. explore: new examples each time, the failing
# ones printed for replay. The machine's speed is no property of the code, hence no deadlines.
settings.register_profile(
    "commit",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore", deadline=None, print_blob=True, max_examples=1_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "commit"))

_RUN = pytest.StashKey[Path | None]()
_SERVERS = pytest.StashKey[list[ServerProcess]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin the run; xdist's workers join the one that their controller began."""
    # Playwright's own Node needs a shared library that a new Debian lacks; that of the environment needs none.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.prefix) / "bin" / "node"))
    config.stash[_RUN] = begin_run()
    # Nothing that is imported and collected is garbage: each process looks through all of it for a second otherwise.
    gc.disable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End every server of the run."""
    if folder := config.stash[_RUN]:
        end_run(folder)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first."""
    items.sort(key=rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Shares:
    """Workers share the tests as `order` says."""
    return Shares(config, log)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: no search for garbage has to look through it between tests."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show what the servers of a failed test printed."""
    report = yield
    if report.failed:
        report.sections += [(f"log of {server.url}", server.log) for server in item.stash.get(_SERVERS, [])]
    return report


@pytest.fixture
def met(request: pytest.FixtureRequest) -> Callable[[str, str, str], None]:
    """Notes which adapter of a port is judged by which server, once a test; the list stands at the end of the run."""

    def note(port: str, adapter: str, peer: str) -> None:
        meeting = ("met", f"{port}: {adapter} met {peer}")
        if meeting not in request.node.user_properties:
            request.node.user_properties.append(meeting)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List, port by port, which adapter met whom in how many tests that passed."""
    passed = terminalreporter.stats.get("passed", [])
    meetings = Counter(text for report in passed for name, text in report.user_properties if name == "met")
    if meetings:
        terminalreporter.section("which adapter met whom")
        for meeting, tests in sorted(meetings.items()):
            terminalreporter.write_line(f"{meeting} ({tests} tests)")


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL database of the test's own with the product's tables, all empty."""
    url = lend_postgresql()
    yield url
    take_postgresql_back(url)


@pytest.fixture
def empty_postgresql_url() -> Iterator[str]:
    """A PostgreSQL database of the test's own without any table."""
    url = empty_postgresql()
    yield url
    drop_postgresql(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite database of the test's own with the product's tables, all empty."""
    return fresh_sqlite(tmp_path)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'openhours.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn, with the product's tables, all empty."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser that playwright can drive."""
    return chromium_program()


@pytest.fixture
def shown_servers(request: pytest.FixtureRequest) -> list[ServerProcess]:
    """Whose logs are shown if the test fails."""
    return request.node.stash.setdefault(_SERVERS, [])


@pytest.fixture
def start_openhours(shown_servers: list[ServerProcess], tmp_path: Path) -> Iterator[Callable[..., ServerProcess]]:
    """Starts `openhours serve` from nothing with the settings given, as often as asked; all end with the test."""
    with ExitStack() as servers:

        def start(config: Mapping[str, str], *arguments: str) -> ServerProcess:
            server = servers.enter_context(run_server(config, folder=tmp_path, arguments=arguments, warm=False))
            shown_servers.append(server)
            return server

        yield start
