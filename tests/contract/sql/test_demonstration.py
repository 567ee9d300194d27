"""The demonstration is a clinic like any other: whoever audits it finds nothing."""

from pathlib import Path

import pytest

from entrypoints.cli import main


@pytest.mark.slow
def test_an_auditor_finds_nothing_in_it(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENHOURS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("OPENHOURS_VAR", str(tmp_path / "var"))
    assert main(["demo"]) == 0
    assert "Demonstration data is in." in capsys.readouterr().out
    assert main(["audit", "inspect", "--provider"]) == 0, capsys.readouterr().out
    assert main(["audit", "strangers", "--since", "2020-01-01T00:00:00+00:00"]) == 0, capsys.readouterr().out
