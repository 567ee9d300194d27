"""Refresh tokens: rotated at each use, forgiving of a lost reply, unforgiving of a stolen token."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.errors import SessionRevoked
from scheduling_core.session import LOST_REPLY, SESSION_LIFE, Session
from support.clock import MONDAY
from support.making import a_session

MICROSECOND = timedelta(microseconds=1)
NEXT_DAY = MONDAY + timedelta(days=1)


def test_lives_for_thirty_days_and_forgives_for_ten_seconds():
    assert timedelta(days=30) == SESSION_LIFE
    assert timedelta(seconds=10) == LOST_REPLY


def test_begins_with_its_first_generation_and_ends_when_its_life_is_over():
    session = a_session(at=MONDAY)

    assert (session.generation, session.created_at, session.rotated_at) == (1, MONDAY, None)
    assert session.live(MONDAY + SESSION_LIFE - MICROSECOND)
    assert not session.live(MONDAY + SESSION_LIFE)


def test_makes_a_new_generation_for_the_newest_token():
    rotated = a_session().rotate(1, at=NEXT_DAY)

    assert (rotated.generation, rotated.rotated_at) == (2, NEXT_DAY)
    assert rotated.rotate(2, at=NEXT_DAY + SESSION_LIFE / 2).generation == 3


@pytest.mark.parametrize("late", [timedelta(0), LOST_REPLY - MICROSECOND, LOST_REPLY])
def test_answers_again_when_the_reply_may_have_been_lost(late: timedelta):
    rotated = a_session().rotate(1, at=NEXT_DAY)

    assert rotated.rotate(1, at=NEXT_DAY + late) == rotated


def test_takes_a_token_shown_again_after_that_for_stolen():
    rotated = a_session().rotate(1, at=NEXT_DAY)

    with pytest.raises(SessionRevoked):
        rotated.rotate(1, at=NEXT_DAY + LOST_REPLY + MICROSECOND)


def test_takes_a_token_shown_again_after_its_successor_was_used_for_stolen():
    third = a_session().rotate(1, at=NEXT_DAY).rotate(2, at=NEXT_DAY + MICROSECOND)

    with pytest.raises(SessionRevoked):
        third.rotate(1, at=NEXT_DAY + 2 * MICROSECOND)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=20))
def test_forgives_for_ten_seconds_in_all_however_often_it_is_asked(pauses: list[int]):
    session, now = a_session().rotate(1, at=NEXT_DAY), NEXT_DAY
    for pause in pauses:
        now += timedelta(seconds=pause)
        if now - NEXT_DAY <= LOST_REPLY:
            session = session.rotate(1, at=now)
            assert session.generation == 2
        else:
            with pytest.raises(SessionRevoked):
                session.rotate(1, at=now)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 12)), max_size=12))
def test_honours_at_any_time_no_more_than_the_newest_token_and_the_one_before_it(shown: list[tuple[int, int]]):
    session, now = a_session(), MONDAY
    for generation, pause in shown:
        now += timedelta(seconds=pause)
        try:
            rotated = session.rotate(generation, at=now)
        except SessionRevoked:
            continue
        assert generation in (session.generation - 1, session.generation)
        assert rotated.generation == generation + 1
        session = rotated


@pytest.mark.parametrize("generation", [0, 2, 99, -1])
def test_honours_no_token_that_was_never_handed_out(generation: int):
    with pytest.raises(SessionRevoked):
        a_session().rotate(generation, at=MONDAY)


def test_ends_after_thirty_days_however_busy_it_was():
    busy = a_session(at=MONDAY).rotate(1, at=MONDAY + SESSION_LIFE - MICROSECOND)

    with pytest.raises(SessionRevoked):
        busy.rotate(2, at=MONDAY + SESSION_LIFE)


def test_a_revoked_session_rotates_for_no_token():
    revoked = a_session().rotate(1, at=MONDAY).revoke(at=MONDAY)

    assert not revoked.live(MONDAY)
    for generation in (1, 2):
        with pytest.raises(SessionRevoked):
            revoked.rotate(generation, at=MONDAY)


def test_remembers_when_it_was_revoked_first():
    revoked: Session = a_session().revoke(at=MONDAY)

    assert revoked.revoke(at=NEXT_DAY).revoked_at == MONDAY
