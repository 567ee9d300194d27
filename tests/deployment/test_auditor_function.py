"""The function Auditor as Lambda runs it: its figures are those that alarms of CloudWatch ask for."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deployment.templates import resources
from entrypoints.aws_lambda import auditor, migrate
from entrypoints.aws_lambda.process import this_process
from scheduling_core.invariants import Invariant


class Minute:
    """What Lambda says of an invocation that has just begun."""

    def get_remaining_time_in_millis(self) -> int:
        return 55_000


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A process of Lambda's over an empty database."""
    for name, value in {
        "OPENHOURS_ENV": "development",
        "OPENHOURS_VAR": str(tmp_path),
        "OPENHOURS_DATABASE_URL": f"sqlite:///{tmp_path / 'it.sqlite'}",
        "OPENHOURS_METRICS": "embedded",
    }.items():
        monkeypatch.setenv(name, value)
    this_process.cache_clear()
    yield
    this_process().close()
    this_process.cache_clear()


def test_every_invariant_is_counted_written_and_watched(function: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate.handler({}, Minute()) == {"ready": True}
    assert auditor.handler({}, Minute()) == {each.value: 0 for each in Invariant}
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith('{"_aws"')]
    written = {each["invariant"] for each in lines if "invariant" in each}
    assert {(space, *dimensions) for space, dimensions in spaces(lines)} >= {("Openhours", "invariant")}
    watched = {
        each["Value"]
        for _, _, body in resources("AWS::CloudWatch::Alarm")
        if body["Properties"]["MetricName"] == "openhours_invariant_violations"
        for each in body["Properties"]["Dimensions"]
    }
    assert written == watched == {each.value for each in Invariant}


def spaces(lines: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Namespace and dimensions of what was written."""
    for line in lines:
        for group in line["_aws"]["CloudWatchMetrics"]:
            for dimensions in group["Dimensions"]:
                yield group["Namespace"], dimensions


def test_a_look_that_cannot_be_had_is_an_error(function: None) -> None:
    with pytest.raises(Exception, match="no such table"):
        auditor.handler({}, Minute())
