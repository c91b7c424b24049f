"""The same data has the same seal, and no other data has it."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.seal import canonical, seal, spoken

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), PLAIN, max_size=5)


def test_canonical_is_sorted_and_compact_and_keeps_its_letters():
    assert canonical({"å": 1, "b": [0.5, None, True], "a": "é\n"}) == '{"a":"é\\n","b":[0.5,null,true],"å":1}'


def test_seal_is_the_hash_of_the_file():
    """As ``printf '{"a":1}' | sha256sum`` has it."""
    assert seal('{"a":1}') == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert spoken("015abd7f5cc5") == "015a bd7f 5cc5"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_canonical_refuses_what_json_cannot_say(number):
    with pytest.raises(ValueError):
        canonical({"value": number})


@given(DOCUMENTS)
def test_same_data_has_the_same_seal_in_any_order(contents):
    turned = dict(reversed(contents.items()))

    assert seal(canonical(turned)) == seal(canonical(contents))
    assert canonical(json.loads(canonical(contents))) == canonical(contents)


@given(DOCUMENTS.filter(bool), PLAIN, st.data())
def test_any_other_value_has_another_seal(contents, value, data):
    name = data.draw(st.sampled_from(sorted(contents)))
    was = json.dumps(contents[name], sort_keys=True)
    changed = contents | {name: value}

    assert (seal(canonical(changed)) == seal(canonical(contents))) == (was == json.dumps(value, sort_keys=True))
