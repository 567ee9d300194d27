"""Whoever was erased is erased again by the command, from the notes that another copy printed."""

import asyncio
from pathlib import Path

import pytest

from adapters.persistence.sql import open_storage
from contract.storage.making import stored_patient
from entrypoints.cli import main
from scheduling_core.patient import Patient
from scheduling_core.privacy import ERASED


async def _patient(url: str) -> Patient:
    storage = open_storage(url)
    patient = await stored_patient(storage)
    await storage.close()
    return patient


async def _see(url: str, patient: Patient) -> Patient:
    storage = open_storage(url)
    async with storage.reading() as unit:
        found = await unit.patients.get(patient.id)
    await storage.close()
    return found


def test_replays_what_was_noted(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENHOURS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("OPENHOURS_VAR", str(tmp_path / "var"))
    patient = asyncio.run(_patient(sqlite_url))
    notes = tmp_path / "erasures"
    notes.write_text(f"patient {patient.id} 2027-03-01T08:00:00+00:00\n\n")
    assert main(["privacy", "replay", str(notes)]) == 0
    assert "1 erased people" in capsys.readouterr().out
    assert asyncio.run(_see(sqlite_url, patient)).issuer == ERASED
    assert main(["privacy", "erasures"]) == 0
    assert capsys.readouterr().out == notes.read_text().strip() + "\n"
    assert main(["privacy", "replay"]) == 0
    for nonsense in ("patient", "nobody 1 2", "administrator 0198f0c2-7b10-7f02-8e55-91c3d2a7b604 2027-03-01"):
        notes.write_text(nonsense)
        assert main(["privacy", "replay", str(notes)]) == 2
    assert main(["privacy", "replay", str(tmp_path / "absent")]) == 2
