"""Thousands of random operations: no overlap, no unexplained cent, every refusal foretold by the model."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from simulation.machine import BookingMachine
from simulation.moving import MovingMachine
from simulation.over import in_memory, over_database

MEMORY = settings(max_examples=250, stateful_step_count=100, deadline=None, suppress_health_check=list(HealthCheck))
DATABASE = settings(max_examples=31, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))


def agree(machine: type[BookingMachine]) -> None:
    run_state_machine_as_test(machine, settings=DATABASE)
    assert machine.operations >= 1_000


def test_agrees_with_the_model_in_memory() -> None:
    machine = in_memory(MovingMachine)
    run_state_machine_as_test(machine, settings=MEMORY)
    assert machine.operations >= 25_000


@pytest.mark.slow
def test_agrees_with_the_model_on_sqlite(sqlite_url: str) -> None:
    agree(over_database(MovingMachine, sqlite_url))


@pytest.mark.slow
def test_agrees_with_the_model_on_postgresql(postgresql_url: str) -> None:
    agree(over_database(MovingMachine, postgresql_url))
