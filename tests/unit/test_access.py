"""Who acts: roles never stand in for one another."""

from collections.abc import Callable
from uuid import UUID

import pytest

from scheduling_core.access import ANONYMOUS, SYSTEM, Actor, Role
from scheduling_core.errors import Forbidden, Unauthenticated
from scheduling_core.ids import AdministratorId, DoctorId, PatientId

ID = UUID(int=7)
PATIENT, DOCTOR = Actor.patient(PatientId(ID)), Actor.doctor(DoctorId(ID))
ADMINISTRATOR = Actor.administrator(AdministratorId(ID))

GATES: dict[Role, Callable[[Actor], UUID]] = {
    Role.PATIENT: Actor.as_patient,
    Role.DOCTOR: Actor.as_doctor,
    Role.ADMINISTRATOR: Actor.as_administrator,
}


@pytest.mark.parametrize("actor", [PATIENT, DOCTOR, ADMINISTRATOR], ids=lambda actor: actor.role)
def test_opens_the_gate_of_its_own_role_and_no_other(actor: Actor):
    assert GATES[actor.role](actor) == ID
    for role, gate in GATES.items():
        if role is not actor.role:
            with pytest.raises(Forbidden):
                gate(actor)


@pytest.mark.parametrize("gate", GATES.values(), ids=GATES)
def test_sends_nobody_to_sign_in(gate: Callable[[Actor], UUID]):
    with pytest.raises(Unauthenticated):
        gate(ANONYMOUS)


@pytest.mark.parametrize(("role", "gate"), GATES.items(), ids=GATES)
def test_lets_neither_the_system_nor_a_role_without_a_person_pass(role: Role, gate: Callable[[Actor], UUID]):
    with pytest.raises(Forbidden):
        gate(SYSTEM)
    with pytest.raises(Forbidden):
        gate(Actor(role))


def test_knows_whoever_signed_in():
    assert [actor.known() for actor in (PATIENT, DOCTOR, ADMINISTRATOR)] == [ID, ID, ID]


@pytest.mark.parametrize("actor", [ANONYMOUS, SYSTEM], ids=lambda actor: actor.role)
def test_knows_no_person_behind_nobody_or_the_system(actor: Actor):
    with pytest.raises(Unauthenticated):
        actor.known()


def test_tells_equal_ids_of_different_roles_apart():
    assert len({PATIENT, DOCTOR, ADMINISTRATOR}) == 3
