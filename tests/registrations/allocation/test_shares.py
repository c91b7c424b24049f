"""Fair shares: in proportion, at most what was applied for, the rest handed on."""

from hypothesis import given
from hypothesis import strategies as st

from registrations.allocation.shares import targets

# Inhabitants, pupils applied for, and the fair share of 1 000 places.
TWELVE = {
    "Burlöv": (19_900, 134, 55),
    "Eslöv": (34_700, 91, 91),
    "Höör": (17_200, 91, 48),
    "Kävlinge": (32_400, 173, 90),
    "Lomma": (24_900, 24, 24),
    "Lund": (129_600, 72, 72),
    "Malmö": (361_800, 274, 274),
    "Skurup": (16_700, 20, 20),
    "Staffanstorp": (26_700, 244, 74),
    "Svedala": (23_300, 71, 65),
    "Trelleborg": (46_700, 163, 129),
    "Vellinge": (37_900, 58, 58),
}


def test_targets_of_the_twelve_municipalities():
    demands = {name: demand for name, (_, demand, _) in TWELVE.items()}
    inhabitants = {name: count for name, (count, _, _) in TWELVE.items()}

    assert targets(1000, demands, inhabitants) == {name: share for name, (_, _, share) in TWELVE.items()}


def test_targets_hand_on_what_somebody_does_not_need():
    # 30 places by 1:1:1 are ten each; a needs only 4, so the six left make 13 for each of the others.
    assert targets(30, {"a": 4, "b": 20, "c": 20}, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 13, "c": 13}


def test_targets_give_the_odd_place_to_the_largest_remainder():
    # 10 by 5:3:3 are 4.55, 2.73, 2.73: two odd places, both to those who lost most by rounding down.
    assert targets(10, {"a": 99, "b": 99, "c": 99}, {"a": 5, "b": 3, "c": 3}) == {"a": 4, "b": 3, "c": 3}


def test_targets_give_everybody_what_they_want_when_there_is_enough():
    assert targets(100, {"a": 4, "b": 20}, {"a": 1, "b": 1000}) == {"a": 4, "b": 20}


def test_targets_without_places_or_wishes():
    assert targets(0, {"a": 5}, {"a": 1}) == {"a": 0}
    assert targets(10, {}, {}) == {}
    assert targets(10, {"a": 0}, {"a": 7}) == {"a": 0}


def test_targets_share_alike_where_no_basis_is_above_zero():
    assert targets(10, {"a": 9, "b": 9}, {"a": 0, "b": 0}) == {"a": 5, "b": 5}


cases = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 400_000)), max_size=12)


@given(places=st.integers(0, 2000), rows=cases)
def test_targets_properties(places, rows):
    demands = {str(index): demand for index, (demand, _) in enumerate(rows)}
    bases = {str(index): basis for index, (_, basis) in enumerate(rows)}

    fair = targets(places, demands, bases)

    assert fair.keys() == demands.keys()
    assert sum(fair.values()) == min(places, sum(demands.values()))
    assert all(0 <= fair[key] <= demands[key] for key in demands)
    for one in fair:  # whoever has the greater basis and wants no less gets no less
        for other in fair:
            if bases[one] > bases[other] and demands[one] >= demands[other]:
                assert fair[one] >= fair[other]


@given(places=st.integers(0, 2000), rows=cases)
def test_targets_of_more_places_are_no_smaller_by_more_than_rounding(places, rows):
    demands = {str(index): demand for index, (demand, _) in enumerate(rows)}
    bases = {str(index): basis for index, (_, basis) in enumerate(rows)}

    fewer, more = targets(places, demands, bases), targets(places + 1, demands, bases)

    assert all(more[key] >= fewer[key] - 1 for key in fewer)
