import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.figures.shares import Interval
from surveys.followup.targets import Standing, standing_of, tally

numbers = st.floats(-1000, 1000, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "target", "facts", "standing"),
    [
        (76.1, None, {}, Standing.NO_TARGET),
        (None, 75, {}, Standing.CANT_TELL),
        (75, 75, {}, Standing.REACHED),
        (74.9, 75, {}, Standing.NOT_REACHED),
        (74.9, 75, {"baseline": 60}, Standing.ON_THE_WAY),
        (60, 75, {"baseline": 60}, Standing.NOT_REACHED),
        # 54 of 71: the whole interval must have reached, 65.0 to 84.5
        (76.1, 65, {"interval": Interval(65.0, 84.5)}, Standing.REACHED),
        (76.1, 75, {"interval": Interval(65.0, 84.5)}, Standing.CANT_TELL),
        (76.1, 84.5, {"interval": Interval(65.0, 84.5)}, Standing.CANT_TELL),
        (76.1, 90, {"interval": Interval(65.0, 84.5)}, Standing.NOT_REACHED),
        (76.1, 90, {"interval": Interval(65.0, 84.5), "baseline": 60}, Standing.ON_THE_WAY),
        (76.1, 90, {"interval": Interval(65.0, 84.5), "baseline": 70}, Standing.NOT_REACHED),
        # 350 kronor a pupil, where less is better
        (350, 400, {"lower_is_better": True}, Standing.REACHED),
        (420, 400, {"lower_is_better": True}, Standing.NOT_REACHED),
        (420, 400, {"lower_is_better": True, "baseline": 438}, Standing.ON_THE_WAY),
    ],
)
def test_standing_of_hand_worked(value, target, facts, standing):
    assert standing_of(value, target, **facts) == standing


@given(numbers, numbers, numbers)
def test_standing_is_the_same_upside_down(value, target, baseline):
    up = standing_of(value, target, baseline=baseline)
    down = standing_of(-value, -target, baseline=-baseline, lower_is_better=True)
    assert up == down


@given(numbers, numbers, st.floats(0, 50))
def test_interval_never_says_the_opposite_of_its_value(value, target, half):
    plain = standing_of(value, target)
    careful = standing_of(value, target, interval=Interval(value - half, value + half))
    assert careful in {plain, Standing.CANT_TELL}


def test_tally_leaves_out_those_without_a_target():
    standings = [Standing.CANT_TELL, Standing.REACHED, Standing.NO_TARGET, Standing.REACHED]
    assert tally(standings) == {Standing.REACHED: 2, Standing.CANT_TELL: 1}
