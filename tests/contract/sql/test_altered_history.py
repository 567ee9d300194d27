"""History altered in the database itself, past its guards, is found out by the command that verifies it."""

import asyncio

import pytest
from sqlalchemy import text

from adapters.persistence.sql import open_database, open_storage
from entrypoints.cli import main
from scheduling_core.access import SYSTEM
from scheduling_core.audit import Act, Deed, Subject
from scheduling_core.use_cases.audit import ChainHistory
from support.clock import MONDAY
from support.making import an_id

_PAST_THE_GUARDS = {
    False: ["DROP TRIGGER events_keep_on_update"],
    True: ["SET LOCAL session_replication_role = replica"],
}


async def _make_history(url: str) -> None:
    storage = open_storage(url)
    for _ in range(3):
        async with storage.writing() as unit:
            act = Act(deed=Deed.RETRY_TASK, actor=SYSTEM, subject=Subject.TASK, subject_id=an_id(), at=MONDAY)
            await unit.history.record(act)
    added = await asyncio.gather(*(ChainHistory(storage)() for _ in range(4)))
    assert sum(added) == 3
    await storage.close()


async def _forge(url: str) -> None:
    database = open_database(url)
    async with database.engine.begin() as connection:
        for statement in (*_PAST_THE_GUARDS[database.on_postgresql], "UPDATE events SET verb = 'x' WHERE number = 2"):
            await connection.execute(text(statement))
    await database.close()


def test_names_the_altered_entry(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENHOURS_DATABASE_URL", database_url)
    asyncio.run(_make_history(database_url))
    assert main(["audit", "verify"]) == 0
    newest = capsys.readouterr().out.split()[-1]
    assert main(["audit", "verify", "--expect", newest]) == 0
    assert main(["audit", "verify", "--expect", "3"]) == 2
    assert main(["audit", "inspect", "--provider"]) == 0
    capsys.readouterr()

    asyncio.run(_forge(database_url))
    assert main(["audit", "verify"]) == 1
    assert "BROKEN at link 2, entry 2: the entry or its link was altered." in capsys.readouterr().out
    assert main(["audit", "inspect"]) == 1
    assert "BROKEN audit_chain 2: the entry or its link was altered" in capsys.readouterr().out
