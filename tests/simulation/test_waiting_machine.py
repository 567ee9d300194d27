"""Waits, offers and follow-up times among everything else that people do: every promise kept, no overlap, no lost cent."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from simulation.over import in_memory, over_database
from simulation.waiting import WaitingMachine

MEMORY = settings(max_examples=50, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck))
# 300 on each: what the machine finds is mostly the core's, and a database is forty times as slow.
DATABASE = settings(max_examples=6, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))


def test_keeps_every_promise_to_those_who_wait_in_memory() -> None:
    machine = in_memory(WaitingMachine)
    run_state_machine_as_test(machine, settings=MEMORY)
    assert machine.operations >= 2_000


@pytest.mark.long
def test_keeps_every_promise_to_those_who_wait_on_each_database(database_url: str) -> None:
    machine = over_database(WaitingMachine, database_url)
    run_state_machine_as_test(machine, settings=DATABASE)
    assert machine.operations >= 200
