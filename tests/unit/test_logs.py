"""How a process speaks of itself, whatever spoke before it was told how."""

import io
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

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


class _Output(io.StringIO):
    """Keeps apart what was written by each write; how much had arrived when it was asked to wait for nothing more."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self.flushed = 0

    def write(self, text: str) -> int:
        self.written.append(text)
        return len(text)

    def flush(self) -> None:
        self.flushed = len(self.written)


@pytest.mark.parametrize("production", [True, False])
def test_a_line_is_written_at_once_and_waits_for_nothing(production: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    output = _Output()
    monkeypatch.setattr(sys, "stdout", output)
    configure_logs(production=production)
    log = structlog.get_logger("one")
    for number in range(3):
        log.warning("said", number=number)
        assert len(output.written) == output.flushed == number + 1
        assert output.written[-1].count("\n") == 1
        assert output.written[-1].endswith("\n")


def test_lines_of_many_threads_stay_whole(capfd: pytest.CaptureFixture[str]) -> None:
    configure_logs(production=True)
    log = structlog.get_logger("many")
    with ThreadPoolExecutor(8) as threads:
        for number in range(400):
            threads.submit(log.info, "said", number=number, much="x" * 500)
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert sorted(line["number"] for line in lines) == [*range(400)]


class _Unknown:
    def __repr__(self) -> str:
        return "<something else>"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("Zoë\n\u2028", "Zoë\n\u2028"),
        ("not \udcff text", "not \udcff text"),
        (_Unknown(), "<something else>"),
        ({1: "one"}, {"1": "one"}),
        (2**80, 2**80),
    ],
)
def test_whatever_is_told_is_told(value: object, told: object, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(production=True)
    structlog.get_logger("values").error("failed", value=value)
    [line] = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["event"] == "failed"
    assert found["value"] == told
