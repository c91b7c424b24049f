"""Which state of an application may follow which."""

import pytest

from registrations.exhibitors.states import TRANSITIONS, State, can_become


def test_every_state_has_its_row():
    assert set(TRANSITIONS) == set(State)


@pytest.mark.parametrize("state", State)
def test_no_state_follows_itself(state):
    assert not can_become(state, state)


def test_only_the_company_takes_a_withdrawn_application_up_again():
    assert TRANSITIONS[State.WITHDRAWN] == {State.DRAFT}
