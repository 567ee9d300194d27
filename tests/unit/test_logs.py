"""How a process speaks of itself, whatever spoke before it was told how."""

import json
from collections.abc import Iterator

import pytest
import structlog
from structlog.testing import capture_logs

from entrypoints.logs import configure_logs


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = structlog.get_config()
    processors = list(before["processors"])
    yield
    before["processors"][:] = processors
    structlog.configure(**before)


def test_a_logger_that_has_spoken_already_speaks_as_told_last(capsys: pytest.CaptureFixture[str]) -> None:
    log = structlog.get_logger("early")
    configure_logs(production=False)
    log.info("said for people")
    configure_logs(production=True)
    log.info("said for machines")
    people, machines = capsys.readouterr().out.splitlines()
    assert "said for people" in people
    assert json.loads(machines)["event"] == "said for machines"


def test_what_a_logger_says_is_caught_however_often_its_process_was_configured() -> None:
    log = structlog.get_logger("early")
    configure_logs(production=True)
    log.info("now it is kept for good")
    configure_logs(production=True)
    with capture_logs() as lines:
        log.warning("caught")
    assert [line["event"] for line in lines] == ["caught"]
