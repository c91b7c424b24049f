import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from registrations.bookings.counts import next_label, too_many, without_zeros
from registrations.bookings.duplicates import same_class
from registrations.bookings.grades import grade_name, grades_of_school

COUNTS = st.dictionaries(st.sampled_from(["wheelchair", "quiet", "vegan"]), st.integers(0, 300))


@pytest.mark.parametrize(
    ("label", "following"),
    [
        *[("9A", "9B"), ("TE2b", "TE2c"), ("9 c", "9 d"), ("EE1", "EE2"), ("8", "9")],
        *[("9Z", ""), ("9", ""), ("Industri", ""), ("TE12", ""), ("", "")],
    ],
)
def test_next_label_follows_the_school(label, following):
    assert next_label(label) == following


@given(st.from_regex(r"[1-9][A-Y]", fullmatch=True))
def test_next_label_is_never_the_same_class(label):
    assert next_label(label)
    assert not same_class(label, next_label(label))


@given(COUNTS, st.integers(1, 200))
def test_too_many_names_exactly_what_exceeds_the_class(counts, pupils):
    wrong = too_many(counts, pupils)

    assert all(counts[kind] > pupils for kind in wrong)
    assert all(count <= pupils for kind, count in counts.items() if kind not in wrong)


@given(COUNTS)
def test_without_zeros_keeps_every_pupil(counts):
    kept = without_zeros(counts)

    assert sum(kept.values()) == sum(counts.values())
    assert 0 not in kept.values()


def test_grade_name_counts_on_in_upper_secondary_school():
    with translation.override("en"):
        names = [grade_name(grade) for grade in (9, 10, 12)]

    assert names == ["grade 9", "upper secondary, year 1", "upper secondary, year 3"]


def test_grades_of_school_fall_back_on_all_of_the_evening():
    night = range(9, 13)

    assert grades_of_school(night, compulsory=True, upper_secondary=False) == [9]
    assert grades_of_school(night, compulsory=False, upper_secondary=True) == [10, 11, 12]
    assert grades_of_school(night, compulsory=True, upper_secondary=True) == [9, 10, 11, 12]
    assert grades_of_school(range(10, 13), compulsory=True, upper_secondary=False) == [10, 11, 12]
