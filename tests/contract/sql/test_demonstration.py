"""The demonstration is a clinic like any other: whoever audits it finds nothing, and every screen has something to show."""

import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from entrypoints.cli import main
from entrypoints.demo_people import DOCTORS, PATIENTS
from entrypoints.demo_portraits import PORTRAITS, draw_portrait

SHOWN = (
    "appointments WHERE reason <> '' AND status = 'booked'",
    "appointments WHERE reason <> '' AND status = 'fulfilled'",
    "doctors WHERE photo_url IS NOT NULL",
    "patients WHERE photo_url IS NOT NULL",
    "medical_profiles",
    "prescriptions",
    "dependants",
    "reports WHERE closed_at IS NULL",
    "feedback WHERE answer IS NOT NULL",
)


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
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as data:
        counts = {what: data.execute(f"SELECT count(*) FROM {what}").fetchone()[0] for what in SHOWN}
    assert [what for what, count in counts.items() if count == 0] == []


def test_portraits_are_pictures_of_its_people_and_no_two_alike() -> None:
    names = {doctor.name for doctor in DOCTORS} | {name for name, _ in PATIENTS}
    assert set(PORTRAITS) - names == set()
    drawn = {name: draw_portrait(person) for name, person in PORTRAITS.items()}
    assert len(set(drawn.values())) == len(drawn)
    assert {Image.open(BytesIO(each)).size for each in drawn.values()} == {(512, 512)}
