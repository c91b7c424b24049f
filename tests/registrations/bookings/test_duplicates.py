import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registrations.bookings.duplicates import key_of, same_class


@pytest.mark.parametrize(
    "label",
    [
        "9A",
        "9a",
        " 9 A ",
        "9:A",
        "9-a",
        "Åk 9A",
        "åk9a",
        "Årskurs 9 A",
        "Klass 9A",
        "klass: 9a",
        "Klass åk 9A",
        "kl. 9A",
    ],
)
def test_key_is_shared_by_all_spellings(label):
    assert key_of(label) == "9a"


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Klassisk 1", "klassisk1"),
        ("Klass", "klass"),
        ("TE2b", "te2b"),
        ("9A halva", "9ahalva"),
        ("ÅK", "åk"),
        ("–", ""),
    ],
)
def test_key_leaves_what_is_a_label_of_its_own(label, key):
    assert key_of(label) == key


def test_key_takes_the_year_from_the_grade():
    assert (key_of("A", 9), key_of("9A", 9), key_of("TE2b", 11)) == ("9a", "9a", "te2b")


def test_same_class_tells_neighbours_apart():
    assert same_class("9A", "klass 9 a")
    assert same_class("A", "9a", grade=9)
    assert not same_class("9A", "9B")
    assert not same_class("–", "–")


@given(st.text(), st.integers(1, 13) | st.none())
@example(":AK0", None)
@example("a:k0", None)
@example("\u1100-\u1161", None)  # two letters that are one when they stand together
def test_key_of_a_key_is_the_key(label, grade):
    key = key_of(label, grade)

    assert key_of(key, grade) == key or not key


@given(st.from_regex(r"[1-9][A-Fa-f]{1,2}", fullmatch=True))
def test_key_ignores_case_and_spaces(label):
    assert same_class(label, f"  klass {label.upper()[0]} {label.upper()[1:]} ")
